import { MINUTE, type Millis } from '../../core/time.ts'
import { quiet, statement, type Step } from './database.ts'

/** Smaller steps back (several machines, a clock being slewed) delay things by less than this and are left alone. */
const TOLERATED: Millis = MINUTE

/** Rows whose `due_at` was set later than now keep their wait, counted from now. Safe to repeat, also by many. */
const rebase = [
  ...['mailbox where due_at is not null', 'deliveries where due_at is not null and line_id is null', 'deliveries where due_at is not null and line_id is not null'].map((rows) => `
    update ${rows.replace(' where', ' set due_at = ?1 + max(0, due_at - noted_at), noted_at = ?1 where')} and due_at > ?1 and noted_at > ?1 + ${TOLERATED}`),
  `update publications set claimed_until = ?1 + max(0, claimed_until - noted_at), noted_at = ?1 where claimed_until > ?1 and noted_at > ?1 + ${TOLERATED} and status = 'publishing'`,
]

/** Finds out that the clock was put back, also while nobody looked: the first asked is always told to settle. */
export function openClock(): (now: Millis) => Step<null> {
  let latest = Number.POSITIVE_INFINITY
  return (now) => {
    const wentBack = now < latest - TOLERATED
    latest = wentBack ? now : Math.max(latest, now)
    return wentBack ? quiet(...rebase.map((sql) => statement(sql, now))) : quiet()
  }
}
