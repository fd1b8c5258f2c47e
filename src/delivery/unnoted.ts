import type { Clock, Millis } from '../core/time.ts'
import type { Deliveries, FinishedDelivery } from '../store/ports.ts'

/** How sends ended that the store could not take: noted again, since what is not noted counts as "may have been sent" once its claim runs out. */
export interface Unnoted {
  /** They are let go at `until`. */
  keep(ended: readonly FinishedDelivery[], until: Millis): void
  count(): number
  /** Tries all of them once more. Rejects where the store cannot take them; they stay kept. */
  noteAgain(): Promise<void>
}

export function createUnnoted(store: Pick<Deliveries, 'finishDeliveries'>, now: Clock): Unnoted {
  let kept: { ended: FinishedDelivery; until: Millis }[] = []
  return {
    keep(ended, until) {
      kept.push(...ended.map((each) => ({ ended: each, until })))
    },
    count: () => kept.length,
    async noteAgain() {
      const noting = kept.filter(({ until }) => until > now())
      kept = []
      if (noting.length === 0) return
      try {
        await store.finishDeliveries(noting.map(({ ended }) => ended), now())
      } catch (error) {
        kept.push(...noting)
        throw error
      }
    },
  }
}
