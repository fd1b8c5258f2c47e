import { type Clock, type Millis, SECOND } from '../core/time.ts'

/** How many calls in how long. */
export interface RateLimit { most: number; within: Millis }

/** Counts calls in a sliding window. */
export class Rate {
  readonly #limit: RateLimit
  readonly #now: Clock
  #times: Millis[] = []

  constructor(limit: RateLimit, now: Clock) {
    this.#limit = limit
    this.#now = now
  }

  /** 0 when the call may pass (it is counted then), else how long to wait. */
  take(): Millis {
    const at = this.#now()
    const firstKept = this.#times.findIndex((time) => time > at - this.#limit.within)
    if (firstKept !== 0) this.#times = firstKept < 0 ? [] : this.#times.slice(firstKept)
    if (this.#times.length >= this.#limit.most) return Math.max(SECOND, this.#times[0]! + this.#limit.within - at)
    this.#times.push(at)
    return 0
  }

  /** How many more may pass now. */
  get left(): number {
    return this.#limit.most - this.#times.length
  }
}
