import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ConfigError } from '../../src/config.ts'
import { copyStore } from '../../src/store/copy.ts'
import { DAY, MINUTE } from '../../src/core/time.ts'
import { openStore } from '../../src/store/open.ts'
import { StoreUnavailable, type Store, type StoreOptions, type StoreRow } from '../../src/store/ports.ts'
import { migrate } from '../../src/store/postgres/migrate.ts'
import { openDatabase } from '../../src/store/postgres/database.ts'
import { schemaSteps } from '../../src/store/postgres/schema.ts'
import { fillForPlans, findPlans, isWalk } from '../bench/postgres/plans.ts'
import { postText, ZaloFarSide, zaloSettings } from '../support/platform-server.ts'
import { startPostgres, type PostgresServer } from '../support/postgres-server.ts'
import { startProcess } from '../support/server-process.ts'
import { anEvent, anOutcome, aReply, aText, claimOne, handled, LEASE, OA, person, sent, storeOptions, T, turnOf } from '../support/store-fixtures.ts'

const an = person(1)
let server: PostgresServer
let folder: string
let url: string
let databases = 0
const opened: Store[] = []
beforeAll(async () => { server = await startPostgres('server') })
afterAll(() => server?.stop())
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camnang-postgres-test-'))
  const name = `d${databases++}`
  await server.createDatabase(name)
  url = server.urlOf(name)
})
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
  rmSync(folder, { recursive: true, force: true })
})
async function open(more: Partial<StoreOptions> = {}, at = url): Promise<Store> {
  const store = await openStore(at, { ...storeOptions, ...more })
  opened.push(store)
  return store
}
const refusalOf = (opening: Promise<unknown>): Promise<string> => opening.then(() => 'opened', (error: unknown) => (error instanceof ConfigError ? error.message : `not for the operator: ${String(error)}`))

describe('STORE=postgres://', () => {
  it('tells in one sentence why it cannot be opened, without address and password', async () => {
    const wrong = url.replace('camnang@', 'camnang:canary@')
    for (const [address, part] of [
      [wrong.replace(/:\d+\//, ':1/'), 'không kết nối được'], [wrong.replace(/d\d+$/, 'nowhere'), 'createdb'], [wrong.replace('camnang:', 'nobody:'), 'không cho người dùng này vào'],
    ] as const) {
      const told = await refusalOf(openStore(address, storeOptions))
      expect(told).toMatch(/^STORE: /)
      expect(told).toContain(part)
      expect(told).not.toMatch(/canary|127\.0\.0\.1/)
    }
  })

  it('takes what the address leaves out from PG* variables', async () => {
    const { hostname, port, pathname, username } = new URL(url)
    const before = { ...process.env }
    Object.assign(process.env, { PGHOST: hostname, PGPORT: port, PGDATABASE: pathname.slice(1), PGUSER: username })
    try {
      const store = await open({}, 'postgres:///')
      expect(await store.recordEvents([aText(an, 1)], T)).toEqual(['recorded'])
    } finally {
      for (const name of ['PGHOST', 'PGPORT', 'PGDATABASE', 'PGUSER']) {
        if (before[name] === undefined) delete process.env[name]
        else process.env[name] = before[name]
      }
    }
  })
})

describe('the tables', () => {
  it('are made once by many processes that start together', async () => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => open()))
    await stores[0]!.recordEvents([aText(an, 1)], T)
    expect(await stores[3]!.recordEvents([aText(an, 1)], T)).toEqual(['duplicate'])
    expect(new Set(stores.map((store) => store.keyOf(an))).size).toBe(1)
  })

  it('of a newer version are refused, and a step that fails changes nothing', async () => {
    await open()
    const database = openDatabase(url)
    await expect(migrate(database, [...schemaSteps, 'create table half (a integer); no such statement'])).rejects.toThrow()
    expect(await database.rows(`select to_regclass('half') as half`)).toEqual([{ half: null }])
    await migrate(database, [...schemaSteps, 'alter table contacts add column nickname text'])
    await database.close()
    expect(await refusalOf(openStore(url, storeOptions))).toContain('bản mới hơn')
  })

  it('of the first version are brought up to date with what is in them', async () => {
    const database = openDatabase(url)
    await migrate(database, schemaSteps.slice(0, 1))
    await database.rows(`insert into accounts (account) values ('${OA}')`)
    await database.rows(`insert into contacts (contact_key, account_id, user_id, first_seen_at, last_event_at, last_event_day) values ('an', 1, 'u', ${T}, ${T}, ${T / DAY | 0})`)
    await database.rows(`insert into events (id, contact_id, account_id, status, kind, sent_at, received_at, order_at, body) values ('e', 1, 1, 'waiting', 'text', ${T}, ${T}, ${T}, '{"text":"alo"}')`)
    await database.rows(`insert into mailbox (contact_id, waiting, due_at, noted_at, event_at) values (1, 1, ${T}, ${T}, ${T})`)
    await database.close()
    const turn = await claimOne(await open())
    expect(turn).toMatchObject({ contactKey: 'an', waiting: [{ id: 'e', text: 'alo' }] })
  })

  it('are found by an index in every statement that a server sends', async () => {
    await fillForPlans(url, 1_000, 5_000, () => undefined)
    const plans = await findPlans(url, 1)
    expect(plans.length).toBeGreaterThan(100)
    expect(plans.filter((plan) => isWalk(plan, 1_500)).map(({ statement, whole, walked }) => ({ statement, whole, walked }))).toEqual([])
  }, 60_000)

  it('live in a schema of their own, beside tables of other programs', async () => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query('create table public.contacts (theirs integer); create table public.events (theirs integer)')
    await handled(await open(), an, 1, (id) => [aReply(id)])
    expect((await client.query('select count(*)::integer as n from public.contacts')).rows).toEqual([{ n: 0 }])
    await client.end()
  })
})

describe('when the database is gone', () => {
  it('every call says that the store is unavailable, and all go on when it is back', async () => {
    if (!server.ours) return
    const store = await open()
    await handled(store, an, 1, (id) => [aReply(id)])
    await store.recordEvents([aText(an, 2)], T)
    const turn = await claimOne(store)
    const [delivery] = await store.claimDeliveries(OA, 1, T, LEASE)
    await server.kill()
    const calls: (() => Promise<unknown>)[] = [
      () => store.recordEvents([aText(an, 3)], T), () => store.recordAndClaim([aText(an, 3)], T, LEASE), () => store.claimTurns(1, T, LEASE), () => store.renewTurns([turn.claim], T, LEASE),
      () => store.commitTurns([turnOf(turn)], T), () => store.commitAndClaim([turnOf(turn)], T, { lease: LEASE, deliveries: true }),
      () => store.failTurn({ contactKey: turn.contactKey, claim: turn.claim, eventId: 'x', cause: 'x', then: { dead: true } }, T), () => store.dueAccounts(T),
      () => store.claimDeliveries(OA, 1, T, LEASE), () => store.finishDeliveries([sent(delivery!)], T), () => store.finishAndClaim([sent(delivery!)], T, LEASE),
      () => store.countDeliveries(), () => store.findContact('x'), () => store.exportContact('x'), () => store.forgetContact('x', T), () => store.listHandovers({ open: true, limit: 1 }),
      () => store.markHandover('x', 'citizen_told'), () => store.closeHandover('x', T), () => store.readEntry('x'), () => store.writeEntry('x', 'y', 0), () => store.listEntries('x'),
      () => store.readOutcomes('2026-11-21', '2026-11-21'), () => store.listUnanswered(1), () => store.load(T), () => store.nextDueAt(), () => store.deadEvents(1),
      () => store.reviveEvent('x', T), () => store.sweep({ eventText: 0, replyText: 0, idleContact: 0, campaignKey: 0, dedupeKey: 0, unanswered: 0, audit: 0 }, T, 1),
      async () => { for await (const _ of store.dumpRows({ withSecrets: false })); }, () => store.claimCampaignDeliveries(OA, 1, T, LEASE), () => store.clockAhead!(T),
    ]
    for (const call of [...calls, ...calls]) await expect(call(), call.toString()).rejects.toBeInstanceOf(StoreUnavailable)
    expect(await store.leads!()).toBe(false)

    await server.start()
    expect(await store.recordEvents([aText(an, 3)], T)).toEqual(['recorded'])
    expect(await store.commitTurns([turnOf(turn)], T)).toEqual(['committed'])
    expect(await store.finishDeliveries([sent(delivery!)], T)).toEqual([true])
    await expect.poll(() => store.leads!(), { timeout: 10_000 }).toBe(true)
  })
})

describe('two servers', () => {
  it('answer 503 while the database is away, end nothing, and answer people by themselves when it is back; either stands in for the other', async () => {
    if (!server.ours) return
    const far = new ZaloFarSide()
    await far.listen()
    const env = { ...zaloSettings, ZALO_API_URL: far.origin, ZALO_OAUTH_URL: far.origin, STORE: url, LOG_LEVEL: 'error', PORT: '0' }
    const servers = await Promise.all([startProcess(env), startProcess(env)])
    const status = (n: number, path: string): Promise<number> => fetch(servers[n]!.url + path).then((response) => response.status)
    try {
      expect(await postText(servers[0]!.url, 'an', 'xin chào', 'm1')).toBe(200)
      await far.until(() => far.sent.length > 0)
      // A reply that is under way when the database goes holds up its person until its lease is over.
      const watch = await open({ role: 'tool' })
      await expect.poll(async () => (await watch.countDeliveries()).map(({ status }) => status), { timeout: 10_000 }).toEqual(['sent'])
      await server.kill()
      expect(await Promise.all([0, 1].map((n) => postText(servers[n]!.url, 'an', 'menu', 'm2')))).toEqual([503, 503])
      expect(await Promise.all([0, 1].map((n) => status(n, '/ready')))).toEqual([503, 503])
      expect(await status(0, '/health')).toBe(200)
      await server.start()
      const before = far.sent.length
      // As a platform does: the same message once more.
      expect(await postText(servers[1]!.url, 'an', 'menu', 'm2')).toBe(200)
      await far.until(() => far.sent.length > before)
      await expect.poll(() => Promise.all([0, 1].map((n) => status(n, '/ready'))), { timeout: 20_000 }).toEqual([200, 200])
      servers[1]!.child.kill('SIGKILL')
      expect(await postText(servers[0]!.url, 'binh', 'xin chào', 'm3')).toBe(200)
      await far.until(() => far.sent.some(({ userId }) => userId === 'binh'))
      expect(servers[0]!.child.exitCode).toBeNull()
    } finally {
      for (const { child } of servers) child.kill('SIGKILL')
      await Promise.all(servers.map(({ ended }) => ended))
      far.close()
    }
  }, 60_000)
})

describe('contacts', () => {
  it('are written into their indexes neither by messages nor by replies', async () => {
    const store = await open()
    for (let day = 0; day < 3; day++) await handled(store, an, day, (id) => [aReply(id)], {}, T + day * DAY)
    // What a connection has counted it tells when it ends.
    await store.close()
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    const counted = async () => (await client.query(`select n_tup_upd::integer as changed, n_tup_upd - n_tup_hot_upd as indexed from pg_stat_user_tables where relname = 'contacts'`)).rows[0]
    await expect.poll(counted, { timeout: 5_000 }).toMatchObject({ changed: 3 })
    expect((await counted()).indexed).toBe('0')
    await client.end()
  })

  it('are looked at again a term after they were last heard of, and tomorrow where something waits', async () => {
    const store = await open()
    const [heard, silent, waiting] = [person(1), person(2), person(3)]
    await handled(store, heard, 'a', () => [])
    await handled(store, silent, 'b', () => [])
    const question = aText(waiting, 'c')
    await store.recordEvents([question], T)
    await store.commitTurns([turnOf(await claimOne(store), { deliveries: [aReply(question.id)] })], T + 5 * DAY)
    await handled(store, heard, 'd', () => [], {}, T + 50 * DAY)
    const never = 1_000 * DAY
    const sweep = async (day: number, limit = 10): Promise<[number, boolean]> => {
      const { removed, more } = await store.sweep(
        { eventText: never, replyText: never, idleContact: 90 * DAY, campaignKey: never, dedupeKey: never, unanswered: never, audit: never }, T + day * DAY, limit)
      return [removed.idleContact, more]
    }
    const known = async (): Promise<boolean[]> => Promise.all([heard, silent, waiting].map(async (one) => await store.findContact(store.keyOf(one)) !== null))
    expect(await sweep(90)).toEqual([0, false])
    // One at a time: those who are not idle take a batch of their own, and the next goes past them.
    const done = [await sweep(91, 1), await sweep(91, 1), await sweep(91, 1), await sweep(91, 1)]
    expect(done.map(([, more]) => more)).toEqual([true, true, true, false])
    expect(done.reduce((sum, [removed]) => sum + removed, 0)).toBe(1)
    expect(await known()).toEqual([true, false, true])
    await store.finishDeliveries((await store.claimDeliveries(OA, 1, T + 5 * DAY, LEASE)).map(sent), T + 5 * DAY)
    expect(await sweep(91)).toEqual([0, false])
    expect(await sweep(92)).toEqual([1, false])
    expect(await sweep(139)).toEqual([0, false])
    expect(await sweep(141)).toEqual([1, false])
    expect(await known()).toEqual([false, false, false])
  })

  it('keep the order of what they write while one transaction begins before the one before it is durable', async () => {
    const store = await open()
    const recorded: Promise<unknown>[] = []
    for (let n = 0; n < 15; n++) {
      for (let one = 0; one < 5; one++) recorded.push(store.recordEvents([aText(person(one), `${one}-${n}`)], T))
      await new Promise((resolve) => { setImmediate(resolve) })
    }
    await Promise.all(recorded)
    for (const { waiting } of await store.claimTurns(5, T, LEASE)) {
      const [first] = waiting
      expect(waiting.map(({ id }) => id)).toEqual(Array.from({ length: 15 }, (_, n) => first!.id.replace(/-0$/, `-${n}`)))
    }
  })
})

describe('several processes', () => {
  it('give each contact and each delivery to one of them, and see each other\'s work', async () => {
    const stores = await Promise.all([open(), open(), open()])
    await Promise.all(Array.from({ length: 60 }, (_, n) => stores[n % 3]!.recordEvents([aText(person(n % 20), n)], T)))
    const turns = (await Promise.all(stores.map(async (store) => (await store.claimTurns(20, T, LEASE)).map((turn) => ({ store, turn }))))).flat()
    expect(turns.map(({ turn }) => turn.contactKey).toSorted()).toEqual(Array.from({ length: 20 }, (_, n) => stores[0]!.keyOf(person(n))).toSorted())
    const committed = await Promise.all(turns.map(({ store, turn }) => store.commitTurns([turnOf(turn, { deliveries: [aReply(turn.waiting[0]!.id)], outcome: anOutcome() })], T)))
    expect(committed.flat()).toEqual(turns.map(() => 'committed'))
    const deliveries = (await Promise.all(stores.map((store) => store.claimDeliveries(OA, 20, T, LEASE)))).flat()
    expect(new Set(deliveries.map(({ id }) => id)).size).toBe(20)
    expect(deliveries).toHaveLength(20)
    expect(await stores[0]!.readOutcomes('2026-11-21', '2026-11-21')).toEqual([{ ...anOutcome(), count: 20 }])
    expect((await stores[1]!.load(T)).contacts).toBe(20)
  })

  it('record an event once that reaches all of them at the same moment', async () => {
    const stores = await Promise.all([open(), open(), open()])
    for (let n = 0; n < 20; n++) {
      const results = (await Promise.all(stores.map((store) => store.recordAndClaim([aText(person(n), n)], T, LEASE))))
      expect(results.flatMap((one) => one.results).toSorted()).toEqual(['duplicate', 'duplicate', 'recorded'])
      expect(results.flatMap((one) => one.claimed)).toHaveLength(1)
    }
  })

  it('do not give back what another one holds when they begin and end', async () => {
    const first = await open()
    await first.recordEvents([aText(an, 1)], T)
    const turn = await claimOne(first)
    const second = await openStore(url, storeOptions)
    expect(await second.claimTurns(10, T, LEASE)).toEqual([])
    await second.close()
    expect(await first.commitTurns([turnOf(turn)], T)).toEqual(['committed'])
  })

  it('are woken by what another leaves for them, not by their own', async () => {
    let woken = 0
    let own = 0
    await open({ onWake: () => { woken++ } })
    const busy = await open({ onWake: () => { own++ } })
    await busy.recordAndClaim([aText(an, 1)], T, LEASE)
    await busy.recordEvents([aText(person(2), 1)], T)
    await expect.poll(() => woken, { timeout: 5_000 }).toBe(1)
    expect(own).toBe(0)
  })

  it('have one that leads; another takes over when it ends', async () => {
    const [first, second] = [await openStore(url, storeOptions), await open()]
    expect(await first.leads!()).toBe(true)
    expect(await second.leads!()).toBe(false)
    expect(await first.leads!()).toBe(true)
    await first.close()
    await expect.poll(() => second.leads!(), { timeout: 5_000 }).toBe(true)
    expect(await (await open({ role: 'tool' })).leads!()).toBe(false)
  })

  it('lose nothing that is under way to one whose own clock was put back', async () => {
    const { sharedClock: _, ...asServersDo } = storeOptions
    const now = Date.now()
    const [first, wrong] = [await openStore(url, asServersDo), await openStore(url, asServersDo)]
    opened.push(first, wrong)
    await first.recordEvents([aText(an, 1, now)], now)
    const turn = await claimOne(first, now)
    expect(await wrong.claimTurns(10, now - 10 * MINUTE, LEASE)).toEqual([])
    expect(await wrong.claimTurns(10, now, LEASE)).toEqual([])
    expect(await first.commitTurns([turnOf(turn, { deliveries: [aReply(turn.waiting[0]!.id)] })], now)).toEqual(['committed'])
    const [delivery] = await first.claimDeliveries(OA, 1, now, LEASE)
    expect(await wrong.claimDeliveries(OA, 1, now - 10 * MINUTE, LEASE)).toEqual([])
    expect(await first.finishDeliveries([sent(delivery!)], now)).toEqual([true])
  })

  it('can learn how the shared clock differs from theirs', async () => {
    const store = await open()
    const now = Date.now()
    expect(Math.abs(await store.clockAhead!(now - 3_600_000) - 3_600_000)).toBeLessThan(5_000)
  })
})

describe('the rate of an account', () => {
  const most = 30
  const within = 1_000

  it('is kept by three processes in every span, though one of them is killed', async () => {
    const stores = await Promise.all([open(), open(), open()])
    /** Each call: sent, answered; a killed process's calls still reach the platform. */
    const calls: { from: number; to: number }[] = []
    const underWay: { store: Store; places: Awaited<ReturnType<NonNullable<Store['pacing']>['takePlaces']>>; from: number; to: number }[] = []
    const travel = (n: number): number => 20 + (n * 37) % 300
    for (let step = 0; step < 600; step++) {
      const now = T + step * 10
      for (const done of underWay.filter(({ to }) => to <= now)) {
        underWay.splice(underWay.indexOf(done), 1)
        await done.store.pacing!.givePlacesBack(OA, done.places, done.to + within)
      }
      const store = stores[step % 3]!
      if (store === stores[2] && step > 300) continue
      const places = await store.pacing!.takePlaces(OA, 1 + step % 4, most, now, now + 320 + within)
      const to = now + travel(step)
      for (const _ of places) calls.push({ from: now, to })
      // The third is killed at this step: nobody gives its places back.
      if (places.length > 0 && !(store === stores[2] && step > 290)) underWay.push({ store, places, from: now, to })
    }
    expect(calls.length).toBeGreaterThan(120)
    // A platform counts each call at some moment between its sending and its answer: the worst is counted for every window.
    for (const { to: begin } of calls) {
      const counted = calls.filter(({ from, to }) => to >= begin && from < begin + within)
      expect(counted.length).toBeLessThanOrEqual(most)
    }
  })

  it('gives each place to one of many that ask at the same moment, and is not given back late by somebody else', async () => {
    const stores = await Promise.all([open(), open()])
    const taken = (await Promise.all(Array.from({ length: 40 }, (_, n) => stores[n % 2]!.pacing!.takePlaces(OA, 2, most, T, T + within)))).flat()
    expect(new Set(taken.map(({ place }) => place)).size).toBe(taken.length)
    const [first] = taken
    expect(await stores[1]!.pacing!.takePlaces('zalo:khac', 3, most, T, T + within)).toHaveLength(3)
    const again = await stores[1]!.pacing!.takePlaces(OA, most, most, T + within, T + 5 * within)
    expect(again).toHaveLength(most)
    await stores[0]!.pacing!.givePlacesBack(OA, [first!], T + within)
    expect(await stores[0]!.pacing!.takePlaces(OA, most, most, T + 2 * within, T + 5 * within)).toEqual([])
  })
})

describe('erasures', () => {
  it('are repeated on a database that was restored to a state before them, from this machine\'s file', async () => {
    const tombstones = join(folder, 'erased')
    const store = await open({}, `${url}?tombstones=${tombstones}`)
    await handled(store, an, 1, () => [])
    await handled(store, person(2), 1, () => [])
    await store.close()
    const client = new pg.Client({ connectionString: server.urlOf('postgres') })
    await client.connect()
    const backup = `backup_${new URL(url).pathname.slice(1)}`
    await client.query(`create database ${backup} template ${new URL(url).pathname.slice(1)}`)
    await client.end()

    const again = await open({}, `${url}?tombstones=${tombstones}`)
    expect(await again.forgetContact(again.keyOf(an), T)).toBe(true)
    expect(readFileSync(tombstones, 'utf8')).toBe(`${again.keyOf(an)} ${T}\n`)
    await again.recordEvents([aText(an, 2, T + 1)], T + 1)
    await again.close()
    const back = await open({}, `${url}?tombstones=${tombstones}`)
    expect(await back.findContact(back.keyOf(an)), 'came back after the erasure').not.toBeNull()

    const told: unknown[] = []
    const restored = await open({ onErasedAgain: (...erased) => told.push(erased) }, `${server.urlOf(backup)}?tombstones=${tombstones}`)
    expect(told).toEqual([[restored.keyOf(an), T]])
    expect(await restored.findContact(restored.keyOf(an))).toBeNull()
    expect(await restored.findContact(restored.keyOf(person(2)))).not.toBeNull()
    expect((await restored.load(T)).contacts).toBe(1)
  })

  it.each([
    ['a turn', async (store: Store, at: number) => {
      const turn = (await store.claimTurns(1, at, LEASE))[0]!
      return store.commitTurns([turnOf(turn, { erase: true })], at)
    }],
    ['staff', async (store: Store, at: number) => store.forgetContact(store.keyOf(an), at)],
  ])('that fail, though their line is written, and are repeated erase nobody who comes back: by %s', async (_, erase) => {
    const at = `${url}?tombstones=${join(folder, 'erased')}`
    const store = await open({}, at)
    await handled(store, an, 1, () => [])
    await store.recordEvents([aText(an, 2, T + 1)], T + 1)
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query('alter table camnang.tombstones rename to away')
    await expect(erase(store, T + 2)).rejects.toBeInstanceOf(StoreUnavailable)
    await client.query('alter table camnang.away rename to tombstones')
    await client.end()
    await erase(store, T + 2 * LEASE)
    expect(await store.findContact(store.keyOf(an))).toBeNull()
    await handled(store, an, 3, () => [], {}, T + 3 * LEASE)
    await store.close()
    const told: unknown[] = []
    const again = await open({ onErasedAgain: (...erased) => told.push(erased) }, at)
    expect(await again.findContact(again.keyOf(an))).not.toBeNull()
    expect(told).toEqual([])
  })

  it('leave no file where none was asked for', async () => {
    const store = await open()
    await handled(store, an, 1, () => [])
    await store.forgetContact(store.keyOf(an), T)
    expect(existsSync(join(folder, 'erased'))).toBe(false)
  })
})

it('keeps what PostgreSQL cannot store as a dead event, and its neighbours as they are', async () => {
  const store = await open()
  const bad = anEvent(person(9), 'bad', T, { kind: 'text', text: 'x' }, { sentAt: T + 0.5 })
  expect((await Promise.all([aText(an, 1), bad, aText(person(2), 1)].map((event) => store.recordEvents([event], T)))).flat()).toEqual(['recorded', 'recorded', 'recorded'])
  expect(await store.claimTurns(10, T, LEASE)).toHaveLength(2)
  expect(await store.deadEvents(10)).toMatchObject([{ id: bad.id, cause: 'refused: PostgreSQL 22P02' }])
})

it('moves to and from the embedded stores row by row', async () => {
  const rowsOf = async (at: string): Promise<StoreRow[]> => {
    const store = await openStore(at, { ...storeOptions, role: 'tool' })
    const rows: StoreRow[] = []
    for await (const row of store.dumpRows({ withSecrets: true })) rows.push(row)
    await store.close()
    return rows
  }
  const from = `sqlite:${folder}/from.db`
  const source = await openStore(from, storeOptions)
  for (let n = 0; n < 30; n++) {
    await handled(source, person(n), 1, (id) => [aReply(id)], { outcome: anOutcome(), conversation: { n }, unanswered: { question: `câu ${n}`, status: 'clarify' } })
  }
  await source.recordEvents([aText(an, 2, T + 1)], T + 1)
  await source.close()
  const rows = await rowsOf(from)
  expect(await copyStore(from, url, { withSecrets: true, now: T })).toBe(rows.length)
  expect(await rowsOf(url)).toEqual(rows)
  await copyStore(url, `sqlite:${folder}/back.db`, { withSecrets: true, now: T })
  expect(await rowsOf(`sqlite:${folder}/back.db`)).toEqual(rows)
  await expect(copyStore(from, url, { withSecrets: true, now: T })).rejects.toThrow(ConfigError)
  const store = await open()
  expect((await store.load(T)).contacts).toBe(30)
  expect(await store.claimTurns(10, T + 1, LEASE)).toMatchObject([{ contact: an, waiting: [{ id: aText(an, 2).id }] }])
})
