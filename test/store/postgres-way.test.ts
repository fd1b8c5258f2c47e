import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src/store/open.ts'
import { StoreUnavailable } from '../../src/store/ports.ts'
import { openDatabase, type Database } from '../../src/store/postgres/database.ts'
import { fromDriver } from '../../src/store/postgres/errors.ts'
import { startPostgres, type PostgresServer } from '../support/postgres-server.ts'
import { aText, person, storeOptions, T } from '../support/store-fixtures.ts'
import { openWay } from '../support/way.ts'

let server: PostgresServer
let url: string
beforeAll(async () => {
  server = await startPostgres()
  await server.createDatabase('way')
  url = server.urlOf('way')
})
afterAll(() => server?.stop())
async function administer<R>(body: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await body(client)
  } finally {
    await client.end()
  }
}

describe('what PostgreSQL refuses', () => {
  const saying = (code: string): Error => Object.assign(new pg.DatabaseError('canary', 1, 'error'), { code })

  it.each([['a text that is no number', '22P02'], ['a value twice', '23505'], ['a row too large for an index', '54000'], ['a deadlock, which is tried again', '40P01']])('is about the row: %s', (_, code) => {
    expect(fromDriver(saying(code))).toBeInstanceOf(pg.DatabaseError)
  })

  it.each([['a lock waited for too long', '55P03'], ['a table not as this version knows it', '42703'], ['a plan that changed', '0A000'], ['a transaction too long', '25P04'], ['a role taken away', '0P000'],
    ['a shutdown', '57P01'], ['a full disk', '53100'], ['a code nobody has seen', 'ZZ999']])('is about the database: %s', (_, code) => {
    expect(fromDriver(saying(code))).toBeInstanceOf(StoreUnavailable)
    expect(String(fromDriver(saying(code)))).toBe(`StoreUnavailable: PostgreSQL: ${code}`)
  })

  it('ends no message while a table is missing', async () => {
    const store = await openStore(url, storeOptions)
    await administer((client) => client.query('alter table camnang.events rename to elsewhere'))
    await expect(store.recordEvents([aText(person(1), 1)], T)).rejects.toBeInstanceOf(StoreUnavailable)
    await administer((client) => client.query('alter table camnang.elsewhere rename to events'))
    expect(await store.recordEvents([aText(person(1), 1)], T)).toEqual(['recorded'])
    expect(await store.deadEvents(1)).toEqual([])
    await store.close()
  })

  it('is not a lock that lasts a moment, whatever lock_timeout the database was given', async () => {
    await administer((client) => client.query(`alter database way set lock_timeout = '20ms'`))
    const store = await openStore(url, storeOptions)
    const recorded = await administer(async (client) => {
      await client.query('set lock_timeout = 0; begin; lock table camnang.events in share mode')
      const recording = store.recordEvents([aText(person(2), 1)], T)
      recording.catch(() => undefined)
      await expect.poll(async () => (await client.query('select 1 from pg_locks where not granted')).rowCount, { timeout: 5_000 }).toBe(1)
      await client.query('select pg_sleep(0.1); commit')
      return recording
    })
    expect(recorded).toEqual(['recorded'])
    await store.close()
  })
})

describe('a way that falls silent', () => {
  const patience = 2_000
  const takeAll = (database: Database): Promise<unknown> => Promise.all([
    ...[1, 2, 3].map(() => database.rows('select pg_sleep(0.05)')),
    ...[1, 2].map(() => database.transaction((transaction) => transaction.rows('select pg_sleep(0.05)'), 'writer')),
  ])

  it('is waited for once, not once for each connection, and said by its name', async () => {
    const way = await openWay(url)
    const database = openDatabase(way.through(url), patience)
    await takeAll(database)
    way.fallSilent()
    const began = performance.now()
    await expect(database.rows('select 1')).rejects.toThrow(/^PostgreSQL: connection lost$/)
    expect(performance.now() - began).toBeLessThan(3 * patience)
    const after = performance.now()
    await takeAll(database)
    expect(performance.now() - after).toBeLessThan(patience)
    await database.close()
    way.close()
  })

  it('is told from a statement that takes too long: that keeps its code', async () => {
    const database = openDatabase(url, patience)
    await expect(database.rows('select pg_sleep(9)')).rejects.toThrow(/^PostgreSQL: 57014$/)
    await database.close()
  })
})
