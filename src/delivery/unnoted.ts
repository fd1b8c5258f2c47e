import type { Clock } from '../core/time.ts'
import type { Deliveries, FinishedDelivery } from '../store/ports.ts'

/**
 * How sends ended that the store could not take. They are kept until it can: what is not noted counts as "may have been sent"
 * once its claim runs out. As long as the store takes nothing, nothing more is claimed, so that they stay few.
 */
export interface Unnoted {
  keep(ended: readonly FinishedDelivery[]): void
  count(): number
  /** How this one ended, to be noted under a newer claim; undefined: nothing of it is kept. */
  take(id: string): FinishedDelivery | undefined
  /** Tries all of them once more. Rejects where the store cannot take them; they stay kept. */
  noteAgain(): Promise<void>
}

export function createUnnoted(store: Pick<Deliveries, 'finishDeliveries'>, now: Clock): Unnoted {
  const kept = new Map<string, FinishedDelivery>()
  return {
    keep(ended) {
      for (const each of ended) kept.set(each.id, each)
    },
    count: () => kept.size,
    take(id) {
      const ended = kept.get(id)
      kept.delete(id)
      return ended
    },
    async noteAgain() {
      const noting = [...kept.values()]
      if (noting.length === 0) return
      await store.finishDeliveries(noting, now())
      for (const each of noting) if (kept.get(each.id) === each) kept.delete(each.id)
    },
  }
}
