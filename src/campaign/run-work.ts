import { errorName } from '../core/error-name.ts'
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
  let waiters: (() => void)[] = []
  let stopping = false

  function track(work: Promise<void>): void {
    underWay++
    void work.catch((error: unknown) => log.error({ error: errorName(error) }, 'campaign work failed')).then(() => {
      underWay--
      if (underWay > 0) return
      const done = waiters
      waiters = []
      for (const resolve of done) resolve()
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
    idle: () => (underWay === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
    stop() {
      stopping = true
    },
  }
}
