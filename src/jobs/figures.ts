import { keepWeeks, type WeeksStore } from '../campaign/asked-weeks.ts'
import { MINUTE } from '../core/time.ts'
import type { Job } from './job.ts'

/** Adds up the weeks that are over, a few at a step, so that nobody who asks for a year waits for it. */
export const figuresJob = (store: WeeksStore): Job => ({
  name: 'figures',
  alone: true,
  every: 1 * MINUTE,
  step: async (now) => void await keepWeeks(store, now),
})
