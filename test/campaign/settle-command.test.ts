import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { campaign } from '../../src/commands/campaign.ts'
import { DAY } from '../../src/core/time.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { aPublication, batch, known, put, row } from '../support/campaign-fixtures.ts'
import { finishedAs, LEASE, OA, person, T } from '../support/store-fixtures.ts'

let folder: string
let env: Record<string, string>

async function using<Result>(use: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await openStore(env['STORE']!, { role: 'tool', now: T, waitingLimit: 200, keysKept: 30 * DAY })
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}

async function run(...args: string[]) {
  const [out, errors]: string[][] = [[], []]
  const code = await campaign(args, { env, input: Readable.from([]), out: (line) => void out!.push(line), error: (line) => void errors!.push(line) })
  return { code, out: out!.join('\n') }
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camnang-settle-'))
  const content = join(folder, 'content')
  cpSync('content', content, { recursive: true, filter: (from) => !/campaigns\/|\/assets\/.*\.(mp3|mp4|m4a|png|jpg)$/.test(from) })
  env = { STORE: `sqlite:${folder}/c.db`, CONTENT_DIR: content, SANDBOX: '1' }
  await using(async (store) => {
    const key = await known(store, person(1))
    await put(store, 'dot', 'running', ['a', 'b'].map((post) => aPublication('dot', post, { status: 'uncertain', reason: 'no_answer' })))
    await store.planBatch(batch('dot', 'tin', [row(key)]))
    const [claimed] = await store.claimCampaignDeliveries(OA, 1, T, LEASE)
    await store.finishDeliveries([finishedAs(claimed!, { status: 'uncertain', reason: 'no_answer' })], T)
  })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('campaign settle', () => {
  it('shows what nobody knows of, publications first, and settles each in its way', async () => {
    const listed = JSON.parse((await run('uncertain', 'dot', '--json')).out) as { kind: string; id: string }[]
    expect(listed.map(({ kind }) => kind)).toEqual(['publication', 'publication', 'delivery'])
    const [up, again, delivery] = listed.map(({ id }) => id)
    for (const words of [['--leave'], ['--published', '--not-published']]) await expect(run('settle', up!, ...words)).rejects.toThrow('Bài đăng thì chọn một')
    for (const words of [['--published'], []]) await expect(run('settle', delivery!, ...words)).rejects.toThrow('--send-again (gửi lại) hoặc --leave')
    expect((await run('settle', up!, '--published')).code).toBe(0)
    expect((await run('settle', again!, '--send-again')).code).toBe(0)
    expect((await run('settle', up!, '--not-published')).code).toBe(1)
    expect((await run('settle', delivery!, '--leave')).code).toBe(0)
    expect(JSON.parse((await run('uncertain', 'dot', '--json')).out)).toMatchObject([{ kind: 'delivery', settled: true }])
    expect((await using((store) => store.listPublications({ campaign: 'dot' }))).map(({ status }) => status)).toEqual(['published', 'planned'])
  })

  it('a reach with perhaps a digit too many is to be typed twice', async () => {
    const [{ id: up }] = JSON.parse((await run('uncertain', 'dot', '--json')).out) as [{ id: string }]
    await run('settle', up, '--published')
    await expect(run('reach', up, '12340000')).rejects.toThrow(`campaign reach ${up} 12340000 12340000`)
    expect((await run('reach', up, '12340000', '12340000')).code).toBe(0)
    expect((await using((store) => store.listPublications({ campaign: 'dot' })))[0]!.reach!.value).toBe(12_340_000)
  })
})
