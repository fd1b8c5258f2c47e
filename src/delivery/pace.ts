import type { Origin } from '../core/delivery.ts'
import { MINUTE, SECOND, type Millis } from '../core/time.ts'
import { isOn } from '../core/wait.ts'

/** How one account is doing with its platform, in this process. */
export interface AccountPace {
  /** Nothing is sent before. */
  waitUntil: Millis
  /** When that was decided; a clock put far back since then ends the wait. */
  since: Millis
  /** The platform itself said how long, so that no success of an earlier call ends it. */
  told: boolean
  failuresInRow: number
}

export const calmAccount: AccountPace = { waitUntil: 0, since: 0, told: false, failuresInRow: 0 }

const firstWait = 1 * SECOND
const longestWait = 60 * SECOND
/** From so many failures in a row on, one probe at a time. */
const probeAfter = 5

/** From this share of a platform's limits on, announcements go slower; from the second on, the rest is for replies. */
const slowFrom = 0.75
const stopFrom = 0.9

/**
 * How long announcements of the account leave the platform alone after an answer that tells how much of its limits is used;
 * null: they go on. Replies never do. While they are only slowed, answers to replies say nothing: a busy hour would stop them.
 */
export function announcementsWait(used: number, origin: Origin): Millis | null {
  if (used >= stopFrom) return 5 * MINUTE
  return used >= slowFrom && origin === 'campaign' ? 1 * SECOND : null
}

const waits = ({ waitUntil, since }: AccountPace, now: Millis): boolean => isOn({ until: waitUntil, since }, now)

/** How many more may be started now, beside those under way. */
export function free(pace: AccountPace, inFlight: number, now: Millis, most: number): number {
  if (waits(pace, now)) return 0
  const allowed = pace.failuresInRow >= probeAfter ? 1 : most
  return Math.max(0, allowed - inFlight)
}

/**
 * The account waits: as long as the platform said, else 1 s doubling to 60 s, with up to a quarter of jitter.
 * Failures of calls that were already under way when the wait began do not lengthen it. `random` is between 0 and 1.
 */
export function afterRefusal(pace: AccountPace, now: Millis, until: Millis | undefined, random: number): AccountPace {
  const waiting = waits(pace, now)
  if (waiting && until === undefined) return pace
  const failuresInRow = pace.failuresInRow + 1
  const wait = Math.min(longestWait, firstWait * 2 ** Math.min(failuresInRow - 1, 6))
  return { failuresInRow, since: now, told: until !== undefined, waitUntil: Math.max(waiting ? pace.waitUntil : 0, until ?? now + wait * (1 + random / 4)) }
}

/** All is well again; but a call that was under way when the platform told us to wait says nothing against that wait. */
export const afterSuccess = (pace: AccountPace, now: Millis): AccountPace =>
  (pace.told && waits(pace, now) ? { ...pace, failuresInRow: 0 } : calmAccount)
