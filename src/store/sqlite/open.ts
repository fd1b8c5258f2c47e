import { randomBytes, randomInt } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { ConfigError } from '../../config.ts'
import { rememberedKeys } from '../contact-keys.ts'
import { takeLock, type Lock } from '../lock.ts'
import type { Store, StoreOptions } from '../ports.ts'
import { createPrivately } from '../private.ts'
import { CONTACT_KEY_SECRET } from '../rows.ts'
import { openTombstones } from '../tombstones.ts'
import { openAccounts } from './accounts.ts'
import { openArrivals } from './arrivals.ts'
import { campaigns } from './campaigns.ts'
import { turnClaims } from './claims.ts'
import { startCheckpointer } from './checkpointer.ts'
import { openClock } from './clock.ts'
import { comments } from './comments.ts'
import { contacts } from './contacts.ts'
import type { Core } from './core.ts'
import { deliveries } from './deliveries.ts'
import { dumpRows } from './dump.ts'
import { unavailable, isUnavailable } from './errors.ts'
import { openEventRecords } from './event-records.ts'
import { openGraves } from './graves.ts'
import { handovers } from './handovers.ts'
import { openDeliveryCounts, openLanes } from './lanes.ts'
import { openLeases } from './leases.ts'
import { loadRows } from './load.ts'
import { migrate, schemaVersion } from './migrate.ts'
import { recording } from './record.ts'
import { register } from './register.ts'
import { schemaSteps } from './schema.ts'
import { openSharedParts } from './shared-parts.ts'
import { statistics } from './statistics.ts'
import { openTurnCommits } from './turn-commits.ts'
import { turnEnds } from './turns.ts'
import { upkeep } from './upkeep.ts'
import { openWriter } from './writer.ts'

/** `full`: what is acknowledged survives a power cut. `normal`: it survives a killed process; a power cut may take the last moments. */
export type Sync = 'full' | 'normal'

/**
 * Opens (and makes, and brings up to date) the store in this SQLite file. Rejects with `ConfigError` when the file is not
 * ours, is of a newer version, or another server has it; with `StoreUnavailable` when it cannot be read or written.
 */
export async function openSqliteStore(file: string, sync: Sync, options: StoreOptions): Promise<Store> {
  createPrivately(file)
  const lock = options.role === 'server' ? lockOrRefuse(file) : null
  let db: DatabaseSync | null = null
  try {
    db = openDatabase(file, sync)
    await bringUpToDate(db, file, lock !== null)
    return assemble(db, file, options, lock)
  } catch (error) {
    if (db?.isOpen) db.close()
    lock?.release()
    throw isUnavailable(error) ? unavailable(error) : error
  }
}

function lockOrRefuse(file: string): Lock {
  const lock = takeLock(`${file}.lock`)
  if (lock === null) throw new ConfigError('STORE: một máy chủ khác đang dùng kho dữ liệu này. Hãy dừng máy chủ đó trước, hoặc chọn kho khác.')
  return lock
}

/** One connection with our settings. Others may write at the same time: wait for them up to five seconds. */
function openDatabase(file: string, sync: Sync): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: 5_000, enableForeignKeyConstraints: false })
  db.exec(`
    pragma journal_mode = wal; pragma synchronous = ${sync}; pragma wal_autocheckpoint = 16000;
    pragma cache_size = -8192; pragma temp_store = memory; pragma secure_delete = on`)
  return db
}

/** Tools use a file as it is; a file that must change is changed by whoever has the lock, so never under a running server. */
async function bringUpToDate(db: DatabaseSync, file: string, locked: boolean): Promise<void> {
  const version = schemaVersion(db, schemaSteps.length)
  if (version === schemaSteps.length) return
  if (locked) return void await migrate(db, file, schemaSteps)
  const lock = lockOrRefuse(file)
  try {
    await migrate(db, file, schemaSteps)
  } finally {
    lock.release()
  }
}

function assemble(db: DatabaseSync, file: string, options: StoreOptions, lock: Lock | null): Store {
  const writer = openWriter(db)
  const accounts = openAccounts(db)
  const counts = openDeliveryCounts(db)
  const shared = openSharedParts(db)
  const lanes = openLanes(db, counts, shared)
  const clock = openClock(db, options.now)
  const graves = openGraves(db, openTombstones(`${file}.erased`))
  const secret = openContactKeySecret(db)
  const nextNumber = numbersFrom(randomInt(2 ** 47))
  const arrivals = openArrivals(db, { alone: lock !== null, nextNumber })
  for (const totals of [accounts, arrivals, counts, shared, clock, graves]) writer.adds(totals)
  const checkpointer = lock === null ? null : startCheckpointer(file)
  const core: Core = {
    db, writer, accounts, arrivals, counts, lanes, shared, clock, keyOf: rememberedKeys(secret.read), options, holder: randomInt(1, 2 ** 31), nextNumber,
    erased(contactKey, now) {
      graves.add(contactKey, now)
      setImmediate(() => checkpointer?.scrub())
    },
  }
  const leases = openLeases(core)
  const records = openEventRecords(core)
  const commits = openTurnCommits(core, records)
  inOneTransaction(db, () => {
    records.takeUpArrivals(options.now)
    graves.eraseAgain(core, options.now)
    leases.begin(options.role === 'server', options.now)
  })

  return {
    ...recording(core, records, commits),
    ...turnClaims(core, records),
    ...turnEnds(core, commits),
    ...deliveries(core),
    ...contacts(core, records),
    ...handovers(core),
    ...comments(core),
    ...register(core),
    ...statistics(core),
    ...upkeep(core),
    ...campaigns(core),
    dumpRows: (which) => dumpRows(file, which),
    loadRows: loadRows(core, secret.reload),
    async close() {
      if (!db.isOpen) return
      writer.end()
      await checkpointer?.stop()
      if (!db.isOpen) return
      try {
        inOneTransaction(db, leases.giveUp)
      } finally {
        db.close()
        lock?.release()
      }
    },
  }
}

const numbersFrom = (first: number) => (): number => first++

/** Made once for each store and never changed, because every contact key depends on it. */
function openContactKeySecret(db: DatabaseSync): { read(): string; reload(): void } {
  db.prepare('insert into entries (name, value, version) values (?, ?, 1) on conflict do nothing').run(CONTACT_KEY_SECRET, randomBytes(32).toString('base64url'))
  const select = db.prepare('select value from entries where name = ?')
  let secret = String(select.get(CONTACT_KEY_SECRET)?.value)
  return {
    read: () => secret,
    reload: () => {
      secret = String(select.get(CONTACT_KEY_SECRET)?.value)
    },
  }
}

function inOneTransaction(db: DatabaseSync, body: () => void): void {
  db.exec('begin immediate')
  try {
    body()
    db.exec('commit')
  } catch (error) {
    if (db.isTransaction) db.exec('rollback')
    throw error
  }
}
