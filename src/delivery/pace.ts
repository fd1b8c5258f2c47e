import { SECOND, type Millis } from '../core/time.ts'

/** How one account is doing with its platform, in this process. */
export interface AccountPace {
  /** Nothing is sent before. */
  waitUntil: Millis
  failuresInRow: number
}

export const calmAccount: AccountPace = { waitUntil: 0, failuresInRow: 0 }

const firstWait = 1 * SECOND
const longestWait = 60 * SECOND
/** From so many failures in a row on, one probe at a time. */
const probeAfter = 5

/** How many more may be started now, beside those under way. */
export function free(pace: AccountPace, inFlight: number, now: Millis, most: number): number {
  if (now < pace.waitUntil) return 0
  const allowed = pace.failuresInRow >= probeAfter ? 1 : most
  return Math.max(0, allowed - inFlight)
}


/**
 * The account waits: as long as the platform said, else 1 s doubling to 60 s, with up to a quarter of jitter.
 * Failures of calls that were already under way when the wait began do not lengthen it. `random` is between 0 and 1.
 */
export function afterRefusal(pace: AccountPace, now: Millis, until: Millis | undefined, random: number): AccountPace {
  if (now < pace.waitUntil && until === undefined) return pace
  const failuresInRow = pace.failuresInRow + 1
  const wait = Math.min(longestWait, firstWait * 2 ** Math.min(failuresInRow - 1, 6))
  return { failuresInRow, waitUntil: Math.max(pace.waitUntil, until ?? now + wait * (1 + random / 4)) }
}
