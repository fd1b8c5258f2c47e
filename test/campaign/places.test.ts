import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLane, keptForReplies, type Lane } from '../../src/campaign/run-lane.ts'
import { createSharedPlaces } from '../../src/campaign/run-places.ts'
import { silentLog } from '../../src/core/ports.ts'
import { SECOND, type Millis } from '../../src/core/time.ts'
import { openPostgresStore } from '../../src/store/postgres/open.ts'
import { StoreUnavailable, type Pacing, type Store } from '../../src/store/ports.ts'
import { startPostgres, type PostgresServer } from '../support/postgres-server.ts'
import { storeOptions, T } from '../support/store-fixtures.ts'
import { BOT } from './support.ts'

const limit = { most: 30, within: SECOND }
let server: PostgresServer
let folder: string
const stores: Store[] = []
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camnang-places-'))
  server = await startPostgres()
  await server.createDatabase('places')
  for (const name of ['a', 'b']) stores.push(await openPostgresStore({ address: server.urlOf('places'), tombstones: join(folder, name) }, storeOptions))
})
afterAll(async () => {
  for (const store of stores) await store.close()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

let now: Millis = T
let timers: { at: Millis; work: () => void }[] = []
const after = (time: Millis, work: () => void) => {
  timers.push({ at: now + time, work })
  return () => undefined
}
const laneOn = (pacing: Pacing): Lane => createLane({
  account: BOT, limit, chatLimit: null, shared: true, openedAt: now - SECOND, othersUntil: now,
  places: createSharedPlaces({ pacing, account: BOT, limit, keptForReplies: keptForReplies(true), after, now: () => now, log: silentLog }),
})
const turns = async (): Promise<void> => { for (let n = 0; n < 5; n++) await new Promise((resolve) => setImmediate(resolve)) }

it('two processes together keep to the limit of one account, use nearly all of it, and let replies through', async () => {
  const lanes = stores.map(({ pacing }) => laneOn(pacing!))
  const underWay: { lane: Lane; id: string; at: Millis }[] = []
  const counted: Millis[] = []
  const waits: Millis[] = []
  let replies = 0
  let nth = 0
  const end = T + 6 * SECOND
  const begins = (lane: Lane, id: string): void => {
    counted.push(now)
    underWay.push({ lane, id, at: now + 40 + (counted.length % 7) * 30 })
  }
  for (; now < end; now += 10) {
    const due = timers.filter(({ at }) => at <= now)
    timers = timers.filter(({ at }) => at > now)
    for (const { work } of due) work()
    for (const done of underWay.filter(({ at }) => at <= now)) {
      underWay.splice(underWay.indexOf(done), 1)
      done.lane.answered(done.id, now)
    }
    if (now % 200 === 0 && now < end - SECOND) {
      const [lane, id, asked] = [lanes[replies++ % 2]!, `r${replies}`, now]
      const place = lane.enterReply(id, id, now)
      void Promise.resolve(place).then(() => { waits.push(now - asked); begins(lane, id) })
    }
    for (const lane of lanes) {
      if (lane.serveReplies(now) !== null) continue
      const { free } = lane.room(now, 0)
      if (free === 0) continue
      const got = await lane.take(free)
      for (let n = 0; n < got; n++) {
        const id = `c${nth++}`
        if (lane.start(id, id, now)) begins(lane, id)
        else lane.spare(1)
      }
    }
    await turns()
    // Over a connection: what was asked for in this moment is answered in it.
    await stores[0]!.auditHead()
    await turns()
  }
  const most = Math.max(...counted.map((at) => counted.filter((other) => other > at - SECOND && other <= at).length))
  expect(most).toBeLessThanOrEqual(limit.most)
  // A place is taken for the call and a second after: with calls of 130 ms on average 30 places make about 26 a second.
  expect(counted.length).toBeGreaterThan(6 * 20)
  expect(waits.length).toBe(25)
  expect(waits.toSorted((a, b) => a - b)[20]).toBeLessThan(300)
  expect(Math.max(...waits)).toBeLessThan(2 * SECOND)
}, 60_000)

it('while nobody can tell, announcements wait and replies go after a while', async () => {
  const broken: Pacing = { takePlaces: () => Promise.reject(new StoreUnavailable('gone')), givePlacesBack: () => Promise.reject(new StoreUnavailable('gone')) }
  timers = []
  const lane = laneOn(broken)
  expect(await lane.take(5)).toBe(0)
  const asked = now
  let went: Millis | null = null
  void lane.enterReply('r', 'r', now)!.then(() => { went = now })
  for (; went === null && now < asked + 10 * SECOND; now += 50) {
    await turns()
    const due = timers.filter(({ at }) => at <= now)
    timers = timers.filter(({ at }) => at > now)
    for (const { work } of due) work()
  }
  expect(went! - asked).toBeLessThan(4 * SECOND)
  lane.answered('r', now)
})
