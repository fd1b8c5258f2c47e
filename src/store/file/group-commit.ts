import { StoreUnavailable } from '../ports.ts'
import { Unit, type State } from './unit.ts'

interface Job { run(unit: Unit): void; done(): void; failed(error: unknown): void }

interface Hooks {
  /** What must stand before the unit itself does. When it throws, nothing of the unit happened. */
  record(unit: Unit): void
  /** The unit is recorded. */
  recorded(): void
}

/**
 * Calls that arrive in the same turn of the event loop are recorded by one write. Each call is done as a whole or not
 * at all; when the write fails, all of them fail and nothing is kept in memory either.
 */
export class GroupCommit {
  readonly #state: State
  readonly #hooks: Hooks
  #jobs: Job[] = []
  #closed = false

  constructor(state: State, hooks: Hooks) {
    this.#state = state
    this.#hooks = hooks
  }

  run<T>(job: (unit: Unit) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new StoreUnavailable('the store is closed'))
      let result: T
      if (this.#jobs.length === 0) setImmediate(() => this.flush())
      this.#jobs.push({ run: (unit) => { result = job(unit) }, done: () => resolve(result), failed: reject })
    })
  }

  /** Does now what is waiting. */
  flush(): void {
    const jobs = this.#jobs
    if (jobs.length === 0) return
    this.#jobs = []
    const unit = new Unit(this.#state)
    const good = jobs.filter((job) => attempt(job, unit))
    try {
      this.#hooks.record(unit)
      this.#state.documents.record(unit.changes)
    } catch (error) {
      unit.takeBack()
      for (const job of good) job.failed(error)
      return
    }
    this.#hooks.recorded()
    for (const job of good) job.done()
  }

  /** Does what is waiting and takes no more. */
  close(): void {
    this.flush()
    this.#closed = true
  }
}

function attempt(job: Job, unit: Unit): boolean {
  const mark = unit.mark
  try {
    job.run(unit)
    return true
  } catch (error) {
    unit.takeBack(mark)
    job.failed(error)
    return false
  }
}
