import { errorName } from '../core/error-name.ts'
import type { Log } from '../core/ports.ts'
import type { Millis } from '../core/time.ts'

/** Something done again and again. A step does what is due at `now` and returns; it never waits for time to pass. A long one asks whether it is to stop. */
export interface Job {
  name: string
  /** At least so long between two steps. */
  every: Millis
  /** Of many processes on one store only the leading one runs it. What looks at the process itself runs in each. */
  alone?: true
  step(now: Millis, isStopping?: () => boolean): Promise<void>
}

export interface Jobs {
  run(now: Millis): Promise<void>
  /** Begins no further step; resolves when the one under way has ended: a token that was spent meanwhile has its successor stored. */
  stop(): Promise<void>
}

/**
 * Runs the jobs that are due, one after another. A failing step is logged and comes again at its next time; it never
 * keeps the others from running. Called by a timer on Node, by cron on a Worker, by hand in tests. `leads`: whether this
 * process leads; absent where one process has the store. `lastRun`: when each ran last, by name; handed in where it outlives this program.
 */
export function createJobs(jobs: readonly Job[], log: Log, leads?: () => Promise<boolean>, lastRun = new Map<string, Millis>()): Jobs {
  let running: Promise<void> | null = null
  let stopped = false

  async function isOthersTurn(): Promise<boolean> {
    try {
      return leads !== undefined && !(await leads())
    } catch (error) {
      log.warn({ error: errorName(error) }, 'cannot tell who leads')
      return true
    }
  }

  async function runDue(now: Millis): Promise<void> {
    let othersTurn = false
    for (const job of jobs) {
      if (stopped) return
      const last = lastRun.get(job.name)
      // A clock set back must not stop a job for as long as it was set back.
      if (last !== undefined && now >= last && now - last < job.every) continue
      if (job.alone === true) {
        othersTurn ||= await isOthersTurn()
        // Not marked as run: who comes to lead does at once what is due.
        if (othersTurn) continue
      }
      lastRun.set(job.name, now)
      try {
        await job.step(now, () => stopped)
      } catch (error) {
        log.error({ job: job.name, error: errorName(error) }, 'job failed')
      }
    }
  }

  return {
    run(now) {
      running ??= runDue(now).finally(() => { running = null })
      return running
    },
    stop() {
      stopped = true
      return running ?? Promise.resolve()
    },
  }
}
