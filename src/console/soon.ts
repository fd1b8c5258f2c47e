import type { Millis } from '../core/time.ts'

/** What is computed elsewhere is not there yet. A page is shown without it and asks again. */
export const later = Symbol('later')
export type Later = typeof later

/** A page waits so long. */
const patience: Millis = 120

/** What `work` comes to, or `later` where that takes longer than a page waits. The work goes on; who asks again after it gets its end. */
export function soon<T>(work: Promise<T>): Promise<T | Later> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<Later>((resolve) => { timer = setTimeout(() => resolve(later), patience) })
  // Where nobody waits any more its failure is told to whoever asks again.
  work.catch(() => undefined)
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
