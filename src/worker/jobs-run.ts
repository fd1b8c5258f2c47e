import type { Entries } from '../core/ports.ts'
import type { Millis } from '../core/time.ts'

const entry = 'worker:jobs'

/** When each job ran last, kept in the store because no invocation remembers it. */
export interface JobsRun {
  lastRun: Map<string, Millis>
  /** What another invocation has kept meanwhile stays: a job then runs once more than it would. */
  keep(): Promise<void>
}

export async function readJobsRun(register: Entries): Promise<JobsRun> {
  const found = await register.readEntry(entry)
  const lastRun = new Map(Object.entries(found === null ? {} : JSON.parse(found.value) as Record<string, Millis>))
  return {
    lastRun,
    async keep() {
      await register.writeEntry(entry, JSON.stringify(Object.fromEntries(lastRun)), found?.version ?? 0)
    },
  }
}
