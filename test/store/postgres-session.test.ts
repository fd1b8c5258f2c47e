import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOUR } from '../../src/core/time.ts'
import { openDatabase, type Database } from '../../src/store/postgres/database.ts'
import { migrate } from '../../src/store/postgres/migrate.ts'
import { schemaSteps } from '../../src/store/postgres/schema.ts'
import { openSession, type Session } from '../../src/store/postgres/session.ts'
import { startPostgres, type PostgresServer } from '../support/postgres-server.ts'
import { openWay, type Way } from '../support/way.ts'

const signs = { every: 100, endedAfter: 1_500 }
let server: PostgresServer
let way: Way
let far: Database
let near: Database
beforeAll(async () => {
  server = await startPostgres()
  await server.createDatabase('session')
  const url = server.urlOf('session')
  way = await openWay(url)
  far = openDatabase(way.through(url), 2_000)
  near = openDatabase(url)
  await migrate(near, schemaSteps)
})
afterAll(async () => {
  await near.close()
  await far.close()
  way.close()
  await server.stop()
})

async function withBoth(database: Database, leading: { every: number; endedAfter: number }, body: (leader: Session, other: Session) => Promise<void>): Promise<void> {
  const leader = await openSession(database, 1, () => undefined, leading)
  const other = await openSession(near, 2, () => undefined, signs)
  try {
    expect([await leader.leads(), await other.leads()]).toEqual([true, false])
    await body(leader, other)
  } finally {
    await Promise.all([leader.close(), other.close()])
  }
}

describe('the process that leads', () => {
  it('leads no longer once it hangs: another does', () => withBoth(near, { every: HOUR, endedAfter: signs.endedAfter }, async (leader, other) => {
    // As a stopped process it says nothing more, while its machine keeps the connection.
    await expect.poll(() => other.leads(), { timeout: 10_000, interval: 50 }).toBe(true)
    expect(await leader.leads()).toBe(false)
  }))

  it('leads no longer once its way to the database is silent; it comes back as one of the others', () => withBoth(far, signs, async (leader, other) => {
    way.fallSilent()
    await expect.poll(() => other.leads(), { timeout: 10_000, interval: 50 }).toBe(true)
    expect(await leader.leads()).toBe(false)
    await other.close()
    await expect.poll(() => leader.leads(), { timeout: 10_000, interval: 50 }).toBe(true)
  }), 20_000)

  it('goes on leading for as long as it lives, though nobody asks it', () => withBoth(near, signs, async (leader, other) => {
    await near.rows('select pg_sleep(2.5)')
    expect([await other.leads(), await leader.leads()]).toEqual([false, true])
  }))

  it('ends though its way is silent', async () => {
    const leader = await openSession(far, 1, () => undefined, signs)
    way.fallSilent()
    await leader.close()
  })
})
