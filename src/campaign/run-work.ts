import { errorName } from '../core/error-name.ts'
import { whenIdle } from '../core/idle.ts'
import type { Log } from '../core/ports.ts'

/** What a runner has begun and not ended. */
export interface WorkUnderWay {
  /** Counts it until it ends; what it throws is logged. */
  track(work: Promise<void>): void
  /** One piece of work of that name at a time: a second one is not begun. Nothing begins after `stop`. */
  begin(name: string, work: () => Promise<void>): void
  isBusy(name: string): boolean
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
  stop(): void
}

export function createWorkUnderWay(log: Log): WorkUnderWay {
  const busy = new Set<string>()
  let underWay = 0
  let stopping = false
  const { settle, idle } = whenIdle(() => underWay > 0)

  function track(work: Promise<void>): void {
    underWay++
    void work.catch((error: unknown) => log.error({ error: errorName(error) }, 'campaign work failed')).then(() => {
      underWay--
      settle()
    })
  }

  return {
    track,
    begin(name, work) {
      if (busy.has(name) || stopping) return
      busy.add(name)
      track(work().finally(() => busy.delete(name)))
    },
    isBusy: (name) => busy.has(name),
    idle,
    stop() {
      stopping = true
    },
  }
}
