import { MINUTE, type Millis } from '../../core/time.ts'
import type { Database } from './database.ts'

/** Finds out that the clock was put back, and keeps that from stopping everything for as long. */
export interface Clock {
  /**
   * To be called with the time of every claim, before it. When the clock was put back, and at the first call of an opened
   * store, rows whose `due_at` was set later than now keep their wait, counted from now: what waited is due at once, a lease
   * lasts at most its full length again. Safe to repeat, also by several processes.
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

export function openClock(database: Database): Clock {
  let latest = Number.POSITIVE_INFINITY
  return {
    async settle(now) {
      if (now >= latest - TOLERATED) {
        latest = Math.max(latest, now)
        return
      }
      await database.transaction(async (transaction) => {
        for (const statement of rebase) transaction.send(statement, [now])
      })
      latest = now
    },
  }
}
