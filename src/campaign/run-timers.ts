import type { Clock, Millis } from '../core/time.ts'
import type { Lane } from './run-lane.ts'

/** When lanes are looked at again: one timer each, for the soonest moment. */
export interface LaneTimers {
  /** Wakes the lane then, unless it is woken before. */
  wakeAt(lane: Lane, at: Millis): void
  /** None goes off any more, and none is set. */
  stop(): void
}

export function createLaneTimers({ after, now }: { after(time: Millis, work: () => void): () => void; now: Clock }, wake: (lane: Lane) => void): LaneTimers {
  const timers = new Map<Lane, { at: Millis; cancel: () => void }>()
  let stopping = false
  return {
    wakeAt(lane, at) {
      const set = timers.get(lane)
      if (stopping || (set !== undefined && set.at <= at && set.at > now())) return
      set?.cancel()
      timers.set(lane, {
        at, cancel: after(Math.max(1, Math.ceil(at - now())), () => {
          timers.delete(lane)
          wake(lane)
        }),
      })
    },
    stop() {
      stopping = true
      for (const { cancel } of timers.values()) cancel()
    },
  }
}
