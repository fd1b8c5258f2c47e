import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { handover } from '../../src/commands/handover.ts'
import { openStore } from '../../src/store/open.ts'
import { handled, LEASE, person, storeOptions } from '../support/store-fixtures.ts'

let folder = ''
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'camnang-handover-')) })
afterAll(() => rm(folder, { recursive: true, force: true }))

async function run(...words: string[]): Promise<{ code: number; out: string; error: string }> {
  const [out, error]: [string[], string[]] = [[], []]
  const env = { STORE: `sqlite:${folder}/c.db`, SANDBOX: '1' }
  const code = await handover(words, { env, out: (line) => out.push(line), error: (line) => error.push(line), input: new PassThrough() })
  return { code, out: out.join('\n'), error: error.join('\n') }
}

it('lists who waits, and gives one back to the assistant: the request is closed, and the person waits for nobody', async () => {
  const store = await openStore(`sqlite:${folder}/c.db`, storeOptions)
  await handled(store, person(1), 1, () => [], { handover: { kind: 'open', reason: 'asked' } })
  await store.close()

  const [contactKey = '', ...row] = (await run('list')).out.split('\t')
  expect(row).toEqual(['zalo:4300112233445566778', 'asked', expect.any(String), 'chưa trả lời'])
  expect(await run('release', contactKey)).toEqual({ code: 0, out: 'Trợ lý tự động sẽ trả lời lại người này.', error: '' })
  expect((await run('list')).out).toBe('Không có ai đang chờ cán bộ.')
  expect((await run('release', 'nobody')).code).toBe(1)

  const again = await openStore(`sqlite:${folder}/c.db`, storeOptions)
  const [turn] = await again.claimTurns(1, Date.now() + 1_000, LEASE)
  expect(turn!.waiting).toMatchObject([{ kind: 'thread_control', owner: 'us', settled: true }])
  await again.close()
})
