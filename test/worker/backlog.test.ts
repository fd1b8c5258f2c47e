import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Contact } from '../../src/core/contact.ts'
import { postText, ZaloFarSide, zaloSettings } from '../support/platform-server.ts'
import { aText } from '../support/store-fixtures.ts'
import { startWorker, type WorkerWorld } from '../support/worker.ts'

const far = new ZaloFarSide()
let worker: WorkerWorld
beforeAll(async () => {
  await far.listen()
  worker = await startWorker({ ...zaloSettings, ZALO_API_URL: far.origin, ZALO_OAUTH_URL: far.origin, FLOOD_PER_MINUTE: '0', LOG_LEVEL: 'info' })
})
afterAll(async () => {
  await worker?.stop()
  far.close()
})

const someone = (n: number): Contact => ({ channel: 'zalo', accountId: zaloSettings.ZALO_OA_ID, userId: `p${n}` })
/** What invocations said of themselves, by the words of the line. */
const statementsIn = (words: string): number[] => worker.log().flatMap((line) => (line.includes(words) ? [(JSON.parse(line) as { statements: number }).statements] : []))

describe('a backlog', () => {
  const people = 60

  it('is taken up by webhooks and cron in turn, as much of it as D1 lets each invocation, and each person is answered once', { timeout: 120_000 }, async () => {
    const store = await worker.store()
    const now = Date.now()
    await store.recordEvents(Array.from({ length: 3 * people }, (_, n) => aText(someone(n % people), n, now + n, n < people ? 'xin chào' : 'menu')), now)
    expect(await postText(worker.url, 'someone-else', 'xin chào', 'm1')).toBe(200)
    await expect.poll(() => statementsIn('more waits'), { timeout: 30_000 }).toHaveLength(1)
    expect((await store.load(Date.now())).waitingEvents).toBeGreaterThan(people)
    for (let minutes = 0; minutes < 20 && ((await store.load(Date.now())).waitingEvents > 0 || await store.nextDueAt() !== null); minutes++) await worker.cron()
    expect(await store.load(Date.now())).toMatchObject({ waitingEvents: 0, queuedDeliveries: 0, deadEvents: 0 })

    const greetings = (userId: string): number => far.sent.filter((one) => one.userId === userId && one.text.startsWith('Chào bà con')).length
    expect(Array.from({ length: people }, (_, n) => greetings(`p${n}`)).filter((times) => times !== 1)).toEqual([])
    expect(Math.max(...statementsIn('more waits'))).toBeLessThan(600)
    expect(Math.max(...statementsIn('cron ended'))).toBeLessThan(1_000)
  })
})

describe('a minute in which something fails', () => {
  it('ends in good order: what ran is kept, and the next minute leads', async () => {
    const database = await worker.database()
    const valueOf = async (name: string): Promise<string | undefined> => (await database.batch([database.prepare('select value from entries where name = ?1').bind(name)]))[0]!.results.map((row) => (row as { value: string }).value)[0]
    await database.batch([database.prepare('alter table campaigns rename to elsewhere')])
    await database.batch([database.prepare(`delete from entries where name like 'worker:%'`)])
    const before = worker.log().length
    await worker.cron()
    await database.batch([database.prepare('alter table elsewhere rename to campaigns')])
    expect(worker.log().slice(before).some((line) => line.includes('a part of cron failed'))).toBe(true)
    expect(JSON.parse((await valueOf('worker:jobs'))!)).toHaveProperty('handovers')
    expect(await valueOf('worker:leader')).toBeUndefined()
  })
})
