import type { Log } from '../core/ports.ts'
import { HOUR } from '../core/time.ts'
import type { RetentionTerms, Store } from '../store/ports.ts'
import type { Job } from './job.ts'

const batch = 500
const mostBatches = 40

/** Deletes in batches what has outlived its term; what is left over is taken at the next step. */
export function retentionJob(store: Store, terms: RetentionTerms, log: Log): Job {
  return {
    name: 'retention',
    every: 1 * HOUR,
    async step(now) {
      for (let done = 0; done < mostBatches; done++) {
        const { removed, more } = await store.sweep(terms, now, batch)
        if (Object.values(removed).some((count) => count > 0)) log.info({ removed }, 'retention')
        if (!more) return
      }
    },
  }
}
