import { randomInt } from 'node:crypto'
import { once } from '../../core/once.ts'
import { rememberedKeys } from '../contact-keys.ts'
import type { Store, StoreOptions } from '../ports.ts'
import { openTombstones } from '../tombstones.ts'
import { openAccounts } from './accounts.ts'
import { campaigns } from './campaigns.ts'
import { turnClaims } from './claims.ts'
import { databaseTime, openClock } from './clock.ts'
import { comments } from './comments.ts'
import { contacts } from './contacts.ts'
import type { Core } from './core.ts'
import { openDatabase, type Database } from './database.ts'
import { deliveries } from './deliveries.ts'
import { dumpRows } from './dump.ts'
import { eraseAgain } from './erase-again.ts'
import { openGraves } from './graves.ts'
import { handovers } from './handovers.ts'
import { giveUpLeases } from './leases.ts'
import { loadRows } from './load.ts'
import { migrate } from './migrate.ts'
import { pacing } from './pacing.ts'
import type { Parts } from './parts.ts'
import { recording } from './record.ts'
import { register } from './register.ts'
import { schemaSteps } from './schema.ts'
import { openKeySecret } from './secret.ts'
import { openSession, openTeller, type Session } from './session.ts'
import { statistics } from './statistics.ts'
import { turnEnds } from './turns.ts'
import { upkeep } from './upkeep.ts'
import { openWriter } from './writer.ts'

/** Where a PostgreSQL store is. */
export interface PostgresPlace {
  /** A `postgres:` URL; what it leaves out comes from `PG*` variables. Holds the password. */
  address: string
  /** This machine's file of erasures; null: none is kept outside the database. */
  tombstones: string | null
}

/**
 * Opens (and makes, and brings up to date) the store in this database. Any number of processes may have it open. Rejects with
 * `ConfigError` when its tables are of a newer version; with `StoreUnavailable` when the database cannot be reached.
 */
export async function openPostgresStore({ address, tombstones }: PostgresPlace, options: StoreOptions): Promise<Store> {
  const database = openDatabase(address)
  try {
    await reach(database)
    await migrate(database, schemaSteps)
    return await assemble(database, tombstones, options)
  } catch (error) {
    await database.close()
    throw error
  }
}

/** The first connection, so that a wrong address is told before anything else. */
const reach = (database: Database): Promise<unknown> => database.rows('select 1')

async function assemble(database: Database, tombstoneFile: string | null, options: StoreOptions): Promise<Store> {
  const holder = randomInt(1, 2 ** 31 - 1)
  const session = options.role === 'server' ? await openSession(database, holder, options.onWake) : null
  const secret = await openKeySecret(database)
  const tombstones = tombstoneFile === null ? null : openTombstones(tombstoneFile)
  const parts: Parts = {
    database, options, holder, keyOf: rememberedKeys(secret.read), shard: session?.shard ?? (() => toolShard), nextClaim: numbersFrom(randomInt(2 ** 47)),
    accounts: openAccounts(database), clock: openClock(database, options.sharedClock), graves: openGraves(tombstones), tellOthers: openTeller(database, holder),
  }
  const core: Core = { ...parts, writer: openWriter(parts) }
  if (tombstones !== null) await eraseAgain(core, tombstones)

  return {
    ...recording(core),
    ...turnClaims(core),
    ...turnEnds(core),
    ...deliveries(core),
    ...contacts(core),
    ...handovers(core),
    ...comments(core),
    ...register(core),
    ...statistics(core),
    ...upkeep(core),
    ...campaigns(core),
    dumpRows: dumpRows(database),
    loadRows: loadRows(core, secret),
    pacing: pacing(core),
    leads: async () => session !== null && await session.leads(),
    clockAhead: async (now) => await databaseTime(database) - now,
    close: once(() => close(core, session)),
  }
}

/** Beside those of servers: tools come and go, and change little. */
const toolShard = 1_000

/** A database that cannot be reached needs no goodbye: the leases run out. */
async function close(core: Core, session: Session | null): Promise<void> {
  await core.writer.end()
  try {
    await giveUpLeases(core)
  } catch {
    // Nothing else can be done about it.
  }
  await session?.close()
  await core.database.close()
}

const numbersFrom = (first: number) => (): number => first++
