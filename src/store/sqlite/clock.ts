import type { DatabaseSync } from 'node:sqlite'
import { MINUTE, type Millis } from '../../core/time.ts'
import { inLedger } from './schema.ts'
import type { Remembered } from './writer.ts'

/** Finds out that the clock was put back, and keeps that from stopping everything for as long. */
export interface Clock extends Remembered {
  /** Whether `now` lies so far before what was seen that rows may carry times to come. */
  wentBack(now: Millis): boolean
  /**
   * Rows whose `due_at` was set later than now keep their wait, counted from now: what waited is due at once, a lease
   * lasts at most its full length again. Only inside a transaction; safe to repeat, also by several processes.
   */
  settle(now: Millis): void
}

/** Smaller steps back (several callers, a clock being slewed) delay things by less than this and are left alone. */
const TOLERATED: Millis = MINUTE

export function openClock(db: DatabaseSync, now: Millis): Clock {
  const rebase = [
    ...[['mailbox set', ''], ['deliveries set', ' and line_id is null'], [`deliveries set ${inLedger},`, ' and line_id is not null']].map(([rows, which]) => `
      update ${rows} due_at = :now + max(0, due_at - noted_at), noted_at = :now
      where due_at is not null${which} and due_at > :now and noted_at > :now + ${TOLERATED}`),
    `update publications set claimed_until = :now + max(0, claimed_until - noted_at), noted_at = :now
      where claimed_until > :now and noted_at > :now + ${TOLERATED} and status = 'publishing'`,
  ].map((sql) => db.prepare(sql))
  let latest = now
  let highest = now
  return {
    wentBack(now) {
      if (now < latest - TOLERATED) return true
      latest = Math.max(latest, now)
      highest = Math.max(highest, latest)
      return false
    },
    settle(now) {
      for (const statement of rebase) statement.run({ now })
      latest = now
    },
    // What was settled may be undone with the rest: then once more.
    discard() {
      latest = highest
    },
  }
}
