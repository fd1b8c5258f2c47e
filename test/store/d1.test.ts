import { describe, expect, it } from 'vitest'
import { migrate } from '../../src/store/d1/migrate.ts'
import { openDatabase } from '../../src/store/d1/database.ts'
import { freshMemory, openD1Store } from '../../src/store/d1/open.ts'
import { schemaSteps } from '../../src/store/d1/schema.ts'
import { StoreUnavailable } from '../../src/store/ports.ts'
import { d1InNode } from '../support/d1-in-node.ts'
import { aReply, aText, everythingIn, LEASE, OA, person, storeOptions, T, turnOf } from '../support/store-fixtures.ts'

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
    expect(db.prepare('select version from schema_version').all()).toEqual([{ version: schemaSteps.length }])
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
