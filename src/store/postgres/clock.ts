import { MINUTE, type Millis } from '../../core/time.ts'
import type { StoreOptions } from '../ports.ts'
import type { Database } from './database.ts'

/** Finds out that the database's clock was put back, and keeps that from stopping everything for as long. */
export interface Clock {
  /**
   * To be called with the time of every claim, before it. When it seems put back, and at the first call of an opened store, rows whose `due_at` was set later
   * than the database's own clock says keep their wait, counted from there: what waited is due at once, a lease lasts at most its full length again. A caller
   * alone whose clock was put back ends nobody's lease. Safe to repeat, also by several processes.
   */
  settle(now: Millis): Promise<void>
}

/** Smaller steps back (several callers, a clock being slewed) delay things by less than this and are left alone. */
const TOLERATED: Millis = MINUTE

const late = `due_at > $1 and noted_at > $1 + ${TOLERATED}`
const rebase = [
  `update mailbox set due_at = $1 + greatest(0, due_at - noted_at), noted_at = $1 where ${late}`,
  ...['null', 'not null'].map((line) => `
    update deliveries set due_at = $1 + greatest(0, due_at - noted_at), noted_at = $1 where due_at is not null and line_id is ${line} and ${late}`),
  `update publications set claimed_until = $1 + greatest(0, claimed_until - noted_at), noted_at = $1
    where claimed_until > $1 and noted_at > $1 + ${TOLERATED} and status = 'publishing'`,
]

/** `sharedClock`: as of `StoreOptions`. */
export function openClock(database: Database, sharedClock: StoreOptions['sharedClock']): Clock {
  let latest = Number.POSITIVE_INFINITY
  return {
    async settle(now) {
      if (now >= latest - TOLERATED) {
        latest = Math.max(latest, now)
        return
      }
      const at = sharedClock?.(now) ?? await databaseTime(database)
      await database.transaction(async (transaction) => {
        for (const statement of rebase) transaction.send(statement, [at])
      })
      latest = now
    },
  }
}

export async function databaseTime(database: Database): Promise<Millis> {
  const [row] = await database.rows<{ at: number }>('select (extract(epoch from clock_timestamp()) * 1000)::bigint as at')
  return row!.at
}
