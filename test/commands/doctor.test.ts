import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { expect, it } from 'vitest'
import { setAccountState } from '../../src/channels/account-state.ts'
import { doctor, missingStore, namesWorkerDatabase, tightDisk, whyNotReached } from '../../src/commands/doctor.ts'
import { openStore } from '../../src/store/open.ts'
import { fewWords } from '../support/few-words.ts'
import { zaloSettings } from '../support/platform-server.ts'
import { aText, claimOne, person, storeOptions, T } from '../support/store-fixtures.ts'

it('warns of data abroad once somebody has entered a database of theirs, and not before', () => {
  const shipped = readFileSync('wrangler.toml', 'utf8')
  expect(namesWorkerDatabase(null)).toBe(false)
  expect(namesWorkerDatabase(shipped)).toBe(false)
  expect(namesWorkerDatabase(shipped.replace(/database_id = ".*"/, 'database_id = "4f1c2b7e-9a53-4d0e-8c1f-0a2b3c4d5e6f"'))).toBe(true)
})

it('tells a store that it makes itself from the one of a server', () => {
  expect(missingStore('sqlite:./nowhere/camnang.db?sync=normal')).toBe(resolve('nowhere/camnang.db'))
  expect(missingStore('file:./nowhere')).toBe(resolve('nowhere'))
  expect(missingStore('file:./content')).toBeNull()
  expect(missingStore('postgres://127.0.0.1/camnang')).toBeNull()
})

it('knows that platforms call https alone', () => {
  expect([null, 'http://bot.tinh.vn', 'https://bot.tinh.vn'].map(whyNotReached)).toEqual(['Chưa đặt PUBLIC_URL', 'PUBLIC_URL không phải địa chỉ https', null])
})

it('tells of a disk that is nearly full, also where the store still opens', () => {
  expect([null, 0.5, 0.05, 0.049, 0].map(tightDisk)).toEqual([null, null, null, 'Ổ đĩa của kho dữ liệu còn trống 4 %.', 'Ổ đĩa của kho dữ liệu còn trống 0 %.'])
})

it('takes up a new token before it says what an account lacks', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'camnang-doctor-'))
  const far = 'http://127.0.0.1:9'
  const env = { ...zaloSettings, ...fewWords, ZALO_API_URL: far, ZALO_OAUTH_URL: far, PUBLIC_URL: 'https://bot.tinh.vn', STORE: `sqlite:${folder}/c.db` }
  const account = `zalo:${zaloSettings.ZALO_OA_ID}` as const
  const store = await openStore(env.STORE, storeOptions)
  await setAccountState(store, account, { status: 'needs_consent', code: 'no_token' }, T)
  await store.close()
  const out: string[] = []
  await doctor([], { env, input: Readable.from([]), out: (line) => void out.push(line), error: (line) => void out.push(line) })
  expect(out.join('\n')).toContain(account)
  expect(out.join('\n')).not.toContain('no_token')
  rmSync(folder, { recursive: true, force: true })
})

it('has a message that was set aside handled once more', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'camnang-doctor-'))
  const url = `sqlite:${folder}/c.db`
  const run = async (...words: string[]): Promise<[number, string]> => {
    const lines: string[] = []
    const code = await doctor(words, { env: { STORE: url, SANDBOX: '1' }, out: (line) => lines.push(line), error: (line) => lines.push(line), input: Readable.from([]) })
    return [code, lines.join('\n')]
  }
  const event = aText(person(1), 1)
  const store = await openStore(url, storeOptions)
  await store.recordEvents([event], T)
  const claimed = await claimOne(store)
  await store.failTurn({ contactKey: claimed.contactKey, claim: claimed.claim, eventId: event.id, cause: 'Error', then: { dead: true } }, T)
  await store.close()
  expect(await run('retry', event.id)).toEqual([0, 'Tin này sẽ được xử lý lại trong vài giây.'])
  expect((await run('retry', event.id))[0]).toBe(1)
  const again = await openStore(url, storeOptions)
  expect([await again.deadEvents(10), (await again.load(T)).waitingEvents]).toEqual([[], 1])
  await again.close()
  rmSync(folder, { recursive: true })
})
