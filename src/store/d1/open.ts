import { randomBytes, randomInt } from 'node:crypto'
import { rememberedKeys } from '../contact-keys.ts'
import type { Store, StoreOptions } from '../ports.ts'
import { CONTACT_KEY_SECRET } from '../rows.ts'
import type { D1 } from './binding.ts'
import { campaigns } from './campaigns.ts'
import { turnClaims } from './claims.ts'
import { openClock } from './clock.ts'
import { comments } from './comments.ts'
import { contacts } from './contacts.ts'
import type { Core } from './core.ts'
import { openDatabase, quiet, rowsOf, statement, type Database } from './database.ts'
import { deliveries } from './deliveries.ts'
import { dumpRows } from './dump.ts'
import { openGraves } from './graves.ts'
import { handovers } from './handovers.ts'
import { giveUpLeases } from './leases.ts'
import { loadRows } from './load.ts'
import { migrate } from './migrate.ts'
import { pacing } from './pacing.ts'
import { recording } from './record.ts'
import { register } from './register.ts'
import { schemaSteps } from './schema.ts'
import { statistics } from './statistics.ts'
import { turnEnds } from './turns.ts'
import { upkeep } from './upkeep.ts'

/** What is the same for all who open one database in one isolate: read once, because a message may open it anew. */
export interface D1Memory { ready: { secret: string; settleClock: Core['settleClock'] } | null }
export const freshMemory = (): D1Memory => ({ ready: null })

/**
 * Opens (and makes, and brings up to date) the store in a D1 database. Many open it at the same moment; nothing is taken from anybody at opening, so the role
 * makes no difference. `erasures`: another database, in which it is kept who was erased (`graves.ts`); null: that is not. Rejects with `ConfigError` for a database of a newer version, with `StoreUnavailable` when it cannot be read or written.
 */
export async function openD1Store(d1: D1, options: StoreOptions, memory: D1Memory = freshMemory(), erasures: D1 | null = null): Promise<Store> {
  const database = openDatabase(d1)
  memory.ready ??= { secret: await prepare(database), settleClock: openClock() }
  const { ready } = memory
  const core: Core = {
    database, options, graves: openGraves(erasures), keyOf: rememberedKeys(() => ready.secret), settleClock: ready.settleClock, holder: randomInt(1, 2 ** 31), nextClaim: () => randomInt(1, 2 ** 47),
  }
  const useSecret = (value: string): void => {
    ready.secret = value
  }
  let open = true
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
    pacing: pacing(core),
    dumpRows: (which) => dumpRows(database, which),
    loadRows: loadRows(core, useSecret),
    async close() {
      if (!open) return
      open = false
      await giveUpLeases(core)
    },
  }
}

/** The tables as they must be, and the secret that every contact key depends on: made once for each store and never changed. */
async function prepare(database: Database): Promise<string> {
  await migrate(database, schemaSteps)
  const [, [row]] = await database.run(
    quiet(statement('insert into entries (name, value, version) values (?1, ?2, 1) on conflict do nothing', CONTACT_KEY_SECRET, randomBytes(32).toString('base64url'))),
    rowsOf<{ value: string }>('select value from entries where name = ?1', CONTACT_KEY_SECRET))
  return row!.value
}
