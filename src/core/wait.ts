import { MINUTE, type Millis } from './time.ts'

/** A wait that was decided at `since`. */
export interface Wait {
  until: Millis
  since: Millis
}

/** Smaller steps back of the clock lengthen a wait by no more than this. */
const tolerated: Millis = 1 * MINUTE

/** Whether it is on; a clock put far back since it was decided ends it. */
export const isOn = ({ until, since }: Wait, now: Millis): boolean => now < until && now >= since - tolerated
