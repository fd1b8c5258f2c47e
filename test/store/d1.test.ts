import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DAY, MINUTE } from '../../src/core/time.ts'
import { eraseAgain } from '../../src/store/d1/graves.ts'
import { migrate } from '../../src/store/d1/migrate.ts'
import { openDatabase } from '../../src/store/d1/database.ts'
import { freshMemory, openD1Store } from '../../src/store/d1/open.ts'
import { schemaSteps } from '../../src/store/d1/schema.ts'
import { StoreUnavailable } from '../../src/store/ports.ts'
import { d1InNode } from '../support/d1-in-node.ts'
import { aReply, aText, everythingIn, handled, LEASE, OA, person, storeOptions, T, turnOf } from '../support/store-fixtures.ts'

const an = person(1)

/** The database answers with this error until it is mended. */
async function breaking() {
  const { d1 } = d1InNode()
  let message: string | null = null
  const store = await openD1Store({
    prepare: (sql) => d1.prepare(sql),
    batch: (statements) => (message === null ? d1.batch(statements) : Promise.reject(new Error(message))),
  }, storeOptions)
  return { store, breaks: (as: string | null) => { message = as } }
}

describe('a D1 database that cannot be reached', () => {
  it.each(['D1_ERROR: Network connection lost.', 'D1_ERROR: D1 DB is overloaded. Requests queued for too long.', 'D1_ERROR: D1 DB reset because its code was updated.',
    'D1_ERROR: internal error; reference = x', 'D1_ERROR: database or disk is full: SQLITE_FULL', 'The Worker exceeded something',
  ])('is told as such: %s', async (message) => {
    const { store, breaks } = await breaking()
    breaks(message)
    const failed = store.recordEvents([aText(an, 1)], T)
    await expect(failed).rejects.toThrow(StoreUnavailable)
    await expect(failed).rejects.toThrow(/^D1: (D1_ERROR|no answer)$/)
    breaks(null)
    expect(await store.recordEvents([aText(an, 1)], T)).toEqual(['recorded'])
  })

  it('commits once, though the first answer got lost', async () => {
    const { d1 } = d1InNode()
    let loses = false
    const store = await openD1Store({
      prepare: (sql) => d1.prepare(sql),
      async batch(statements) {
        const answers = await d1.batch(statements)
        if (loses) throw new Error('D1_ERROR: Network connection lost.')
        return answers
      },
    }, storeOptions)
    const { claimed: [turn] } = await store.recordAndClaim([aText(an, 1)], T, LEASE)
    const written = turnOf(turn!, { deliveries: [aReply(aText(an, 1).id)] })
    loses = true
    await expect(store.commitTurns([written], T)).rejects.toThrow(StoreUnavailable)
    loses = false
    expect(await store.commitTurns([written], T)).toEqual(['stale'])
    expect(await store.claimDeliveries(OA, 10, T, LEASE)).toHaveLength(1)
  })
})

describe('the tables', () => {
  it('are made once by many that open at the same moment, and kept', async () => {
    const { d1, db } = d1InNode()
    const stores = await Promise.all(Array.from({ length: 5 }, () => openD1Store(d1, storeOptions)))
    expect(db.prepare('select version from schema_version').all()).toEqual(schemaSteps.map((_, n) => ({ version: n + 1 })))
    expect(new Set(stores.map((store) => store.keyOf(an))).size).toBe(1)
  })

  it('go on from the version that is there, a step and its number together', async () => {
    const { d1, db } = d1InNode()
    const database = openDatabase(d1)
    const steps = [['create table one (a integer)'], ['alter table one add column b integer', 'update one set b = 2']]
    await migrate(database, steps.slice(0, 1))
    db.exec('insert into one values (1)')
    await expect(migrate(database, [steps[0]!, [...steps[1]!, 'no sql']])).rejects.toThrow()
    expect(db.prepare('select * from one').all()).toEqual([{ a: 1 }])
    await migrate(database, steps)
    await migrate(database, steps)
    expect(db.prepare('select * from one').all()).toEqual([{ a: 1, b: 2 }])
    await expect(migrate(database, steps.slice(0, 1))).rejects.toThrow('bản mới hơn')
  })

  it('of the first version are brought up to date with what is in them', async () => {
    const { d1, db } = d1InNode()
    await migrate(openDatabase(d1), schemaSteps.slice(0, 1))
    db.exec(`insert into contacts (contact_key, account, user_id, first_seen_at, last_event_at, last_event_day) values ('an', '${OA}', 'u', ${T}, ${T}, ${Math.floor(T / DAY)})`)
    db.exec(`insert into events (id, contact_id, account, status, kind, sent_at, received_at, order_at, recorded_at, recorded_by, body) values ('e', 1, '${OA}', 'waiting', 'text', ${T}, ${T}, ${T}, ${T}, 1, '{"text":"alo"}')`)
    const [turn] = await (await openD1Store(d1, storeOptions)).claimTurns(1, T, LEASE)
    expect(turn).toMatchObject({ contactKey: 'an', waiting: [{ id: 'e', text: 'alo' }] })
  })

  it('are read once for all who open the database in one isolate', async () => {
    const { d1, statements } = d1InNode()
    const memory = freshMemory()
    const first = await openD1Store(d1, storeOptions, memory)
    statements.clear()
    const second = await openD1Store(d1, storeOptions, memory)
    expect(statements.size).toBe(0)
    expect(second.keyOf(an)).toBe(first.keyOf(an))
  })
})

describe('erasures', () => {
  it('are repeated on a database that was restored to a state before them, and nobody is erased twice', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'camnang-d1-'))
    const { d1, db } = d1InNode(join(folder, 'camnang.db'))
    const erasures = d1InNode()
    const store = await openD1Store(d1, storeOptions, freshMemory(), erasures.d1)
    const [byStaff, byThemselves, stays] = [person(1), person(2), person(3)]
    for (const [n, one] of [byStaff, byThemselves, stays].entries()) await handled(store, one, n, () => [])
    db.exec(`vacuum into '${folder}/before.db'`)
    expect(await store.forgetContact(store.keyOf(byStaff), T)).toBe(true)
    await handled(store, byThemselves, 'xóa', () => [], { erase: true })
    await handled(store, byStaff, 'back again', () => [])
    const soon = T + 2 * MINUTE
    const thoseKnown = async (of: typeof store): Promise<boolean[]> => Promise.all([byStaff, byThemselves, stays].map(async (one) => await of.findContact(store.keyOf(one)) !== null))
    expect(await eraseAgain(d1, erasures.d1, soon)).toBe(0)
    expect(await thoseKnown(store)).toEqual([true, false, true])

    const restored = d1InNode(join(folder, 'before.db')).d1
    const again = await openD1Store(restored, storeOptions, freshMemory(), erasures.d1)
    expect(await thoseKnown(again)).toEqual([true, true, true])
    expect(await eraseAgain(restored, erasures.d1, soon)).toBe(2)
    expect(await thoseKnown(again)).toEqual([false, false, true])
    await handled(again, byStaff, 'once more', () => [])
    expect(await eraseAgain(restored, erasures.d1, soon)).toBe(0)
    expect(await thoseKnown(again)).toEqual([true, false, true])
    expect(await eraseAgain(restored, erasures.d1, T + 38 * DAY)).toBe(0)
    expect(erasures.db.prepare('select count(*) as n from erasures').get()).toEqual({ n: 0 })
    rmSync(folder, { recursive: true, force: true })
  })

  it('that fail once they are noted, and are repeated, erase nobody who comes back', async () => {
    const { d1 } = d1InNode()
    const erasures = d1InNode()
    let breaks = false
    const store = await openD1Store({ prepare: (sql) => d1.prepare(sql), batch: (statements) => (breaks ? Promise.reject(new Error('D1_ERROR: Network connection lost.')) : d1.batch(statements)) }, storeOptions, freshMemory(), {
      prepare: (sql) => erasures.d1.prepare(sql),
      async batch(statements) {
        breaks = failing
        return erasures.d1.batch(statements)
      },
    })
    let failing = true
    const [byThemselves, byStaff] = [person(1), person(2)]
    const erase = async (at: number): Promise<unknown> => store.commitTurns([turnOf((await store.claimTurns(1, at, LEASE))[0]!, { erase: true })], at)
    await handled(store, byStaff, 1, () => [])
    await store.recordEvents([aText(byThemselves, 1)], T)
    await expect(erase(T)).rejects.toThrow(StoreUnavailable)
    breaks = false
    await expect(store.forgetContact(store.keyOf(byStaff), T)).rejects.toThrow(StoreUnavailable)
    failing = breaks = false
    await erase(T + 2 * MINUTE)
    await store.forgetContact(store.keyOf(byStaff), T + 2 * MINUTE)
    expect(erasures.db.prepare('select count(*) as n from erasures').get()).toEqual({ n: 3 })
    for (const one of [byThemselves, byStaff]) await handled(store, one, 'back again', () => [], {}, T + 3 * MINUTE)
    expect(await eraseAgain(d1, erasures.d1, T + 5 * MINUTE)).toBe(0)
    expect(await store.findContact(store.keyOf(byStaff))).not.toBeNull()
    expect(await store.findContact(store.keyOf(byThemselves))).not.toBeNull()
  })

  it('by a turn whose claim is lost are not noted', async () => {
    const erasures = d1InNode()
    const store = await openD1Store(d1InNode().d1, storeOptions, freshMemory(), erasures.d1)
    await store.recordEvents([aText(an, 1)], T)
    const [lost] = await store.claimTurns(1, T, LEASE)
    await store.claimTurns(1, T + LEASE, LEASE)
    expect(await store.commitTurns([turnOf(lost!, { erase: true })], T + LEASE)).toEqual(['stale'])
    expect(await eraseAgain(d1InNode().d1, erasures.d1, T + 5 * MINUTE)).toBe(0)
    expect(erasures.db.prepare('select count(*) as n from erasures').get()).toEqual({ n: 0 })
  })

  it('are refused while they cannot be noted', async () => {
    const { d1 } = d1InNode()
    const gone = { prepare: (sql: string) => d1.prepare(sql), batch: () => Promise.reject(new Error('D1_ERROR: Network connection lost.')) }
    const store = await openD1Store(d1, storeOptions, freshMemory(), gone)
    await handled(store, an, 1, () => [])
    await expect(store.forgetContact(store.keyOf(an), T)).rejects.toThrow(StoreUnavailable)
    expect(await store.findContact(store.keyOf(an))).not.toBeNull()
  })
})

it('takes out what a load that was cut short had left', async () => {
  const { d1 } = d1InNode()
  const store = await openD1Store(d1, storeOptions)
  const from = await openD1Store(d1InNode().d1, storeOptions)
  await from.recordEvents(Array.from({ length: 300 }, (_, n) => aText(person(n), n)), T)
  const whole = await everythingIn(from, true)
  async function* killed() {
    let n = 0
    for await (const row of from.dumpRows({ withSecrets: true })) {
      if (n++ === 250) return new Promise<never>(() => undefined)
      yield row
    }
  }
  void store.loadRows(killed())
  await expect.poll(async () => (await store.load(T)).contacts).toBeGreaterThan(100)
  expect(await store.loadRows(from.dumpRows({ withSecrets: true }))).toBeGreaterThan(600)
  expect(await everythingIn(store, true)).toBe(whole)
})
