import { MINUTE, type Millis } from '../core/time.ts'
import type { Pace } from './state.ts'

/** So many turns in a row that found nothing to say are a machine talking to a machine. */
const futileLimit = 20
/** After so long without another one, the count begins anew. */
const futilePause = 10 * MINUTE

/** Silence over futile turns ends after so long even for somebody who goes on writing: it may be a person after all. */
const longestSilence = 30 * MINUTE

/** Whether words that must always be heard (an emergency, an order) still are: far beyond any person's pace they are a machine's. */
export const hearsUrgent = (pace: Pace, perMinute: number): boolean => pace.count <= 3 * perMinute && pace.futile < 3 * futileLimit

export type PaceVerdict = 'go_on' | 'tell_once' | 'silent'

/** Counts one message of the citizen, by its own time so that a backlog is not a flood. `perMinute` 0: no limit of any kind. */
export function countMessage(pace: Pace, sentAt: Millis, perMinute: number): { pace: Pace; verdict: PaceVerdict } {
  if (perMinute === 0) return { pace, verdict: 'go_on' }
  const minute = Math.floor(sentAt / MINUTE)
  const calm = sentAt - pace.futileSince > futilePause || (pace.silentFrom !== null && sentAt - pace.silentFrom > longestSilence)
  const futile = calm ? 0 : pace.futile
  const sameMinute = minute === pace.minute
  const wasFast = pace.count > perMinute
  const count = sameMinute ? pace.count + 1 : 1
  const tooMuch = count > perMinute || futile >= futileLimit
  const stillTold = pace.told && (tooMuch || wasFast)
  const tooFutile = futile >= futileLimit
  const next: Pace = {
    minute, count, futile, futileSince: tooFutile ? sentAt : pace.futileSince, told: stillTold || tooMuch,
    silentFrom: tooFutile ? (pace.silentFrom ?? sentAt) : null,
  }
  return { pace: next, verdict: tooMuch ? (stillTold ? 'silent' : 'tell_once') : 'go_on' }
}

/** Notes whether the turn found something to say. */
export function countUse(pace: Pace, sentAt: Millis, useful: boolean): Pace {
  if (useful) return pace.futile === 0 ? pace : { ...pace, futile: 0 }
  return { ...pace, futile: pace.futile + 1, futileSince: sentAt }
}
