import { MINUTE, SECOND, type Millis } from '../../core/time.ts'

/** Leaves a failing server alone: after so many failures in a row come rests that double, each ended by one try. */
export interface Breaker {
  /** Whether nothing may be asked now. Changes nothing. */
  rests(now: Millis): boolean
  /** Whether it may be asked now. True at the end of a rest means: this is the one try. */
  mayAsk(now: Millis): boolean
  /** How a call that was allowed ended. */
  ended(well: boolean, now: Millis): void
}

const failuresInARow = 5
const firstRest = 30 * SECOND
const longestRest = 10 * MINUTE

export function createBreaker(): Breaker {
  let failures = 0
  let rest = firstRest
  let restUntil: Millis | null = null
  let trying = false
  return {
    rests: (now) => restUntil !== null && now < restUntil,
    mayAsk(now) {
      if (restUntil === null) return true
      if (now < restUntil) return false
      // Nobody else until this try has ended; one that never ends frees the way after another rest.
      restUntil = now + rest
      trying = true
      return true
    },
    ended(well, now) {
      if (well) {
        failures = 0
        rest = firstRest
        restUntil = null
      } else if (restUntil === null) {
        failures++
        if (failures >= failuresInARow) restUntil = now + rest
      } else if (trying) {
        rest = Math.min(rest * 2, longestRest)
        restUntil = now + rest
      }
      trying = false
    },
  }
}
