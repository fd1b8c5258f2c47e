import { whenIdle } from '../../core/idle.ts'
import { once } from '../../core/once.ts'
import { StoreUnavailable } from '../ports.ts'
import { isUnavailable } from './errors.ts'
import { lockContacts, type Touched } from './locks.ts'
import type { Parts } from './parts.ts'
import { inUnit, type Unit } from './unit.ts'

/** One kind of change: how many elements of it are applied by few statements. */
export interface Kind<E, R> {
  /** Which contacts an element touches: they are locked before anything else. */
  touches(element: E): Touched
  /** Applies all in order; one result for each. Throws when any of them cannot be stored. */
  apply(unit: Unit, elements: readonly E[]): Promise<R[]>
  /** What stands instead of an element that cannot be stored; without it the promise rejects with the cause. */
  refused?(unit: Unit, element: E, cause: unknown): Promise<R>
}

/** How contacts are changed: group commit. */
export interface Writer {
  /**
   * Applies every element, in one transaction with whatever else is asked for until it begins, and resolves after its
   * commit. An element that cannot be stored is refused alone, the others kept.
   */
  each<E, R>(kind: Kind<E, R>, elements: readonly E[]): Promise<R[]>
  one<E, R>(kind: Kind<E, R>, element: E): Promise<R>
  /** Resolves when everything asked for has ended; everything later is refused. */
  end(): Promise<void>
}

interface Job {
  kind: Kind<unknown, unknown>
  elements: readonly unknown[]
  resolve(results: unknown[]): void
  reject(error: unknown): void
}
type Ended = { results: unknown[] } | { error: unknown }

/** So many elements share a transaction at most: the next ones need not wait for a mountain. */
const mostTogether = 1_000
/** While one transaction is made durable and its results are worked on, the next is carried out. */
const mostUnderWay = 2

export function openWriter(core: Parts): Writer {
  let waiting: Job[] = []
  let underWay = 0
  /** A transaction of which more is left than its commit: the next begins after it, so that a contact's changes keep their order. */
  let carriedOut = true
  let armed = false
  let ended = false
  const { settle, idle } = whenIdle(() => waiting.length > 0 || underWay > 0)

  /** Jobs of one kind become one run; what is asked for at the same time has no order among itself. */
  function byKind(jobs: readonly Job[]): Map<Kind<unknown, unknown>, Job[]> {
    const runs = new Map<Kind<unknown, unknown>, Job[]>()
    for (const job of jobs) runs.set(job.kind, [...(runs.get(job.kind) ?? []), job])
    return runs
  }

  /** `onCarriedOut`: only the commit is left. Called once for each try. */
  const commitTogether = (jobs: readonly Job[], onCarriedOut: () => void): Promise<Map<Job, unknown[]>> => inUnit(core, 'writer', async (unit) => {
    lockContacts(unit, jobs.flatMap(({ kind, elements }) => elements.map((element) => kind.touches(element))))
    const results = new Map<Job, unknown[]>()
    for (const [kind, run] of byKind(jobs)) {
      const all = await kind.apply(unit, run.flatMap(({ elements }) => elements))
      let at = 0
      for (const job of run) results.set(job, all.slice(at, at += job.elements.length))
    }
    onCarriedOut()
    return results
  })

  function commitApart(kind: Kind<unknown, unknown>, element: unknown): Promise<unknown> {
    return inUnit(core, 'writer', async (unit) => {
      lockContacts(unit, [kind.touches(element)])
      const [result] = await kind.apply(unit, [element])
      return result
    })
  }
  const refuse = (kind: Kind<unknown, unknown>, element: unknown, cause: unknown): Promise<unknown> => inUnit(core, 'writer', async (unit) => {
    lockContacts(unit, [kind.touches(element)])
    return kind.refused?.(unit, element, cause)
  })

  async function endApart({ kind, elements }: Job): Promise<Ended> {
    const results: unknown[] = []
    let failed: { error: unknown } | null = null
    for (const element of elements) {
      try {
        results.push(await commitApart(kind, element).catch((error: unknown) => {
          if (isUnavailable(error) || kind.refused === undefined) throw error
          return refuse(kind, element, error)
        }))
      } catch (error) {
        if (isUnavailable(error)) return { error }
        failed ??= { error }
      }
    }
    return failed ?? { results }
  }

  async function flush(jobs: readonly Job[], onCarriedOut: () => void): Promise<void> {
    try {
      const results = await commitTogether(jobs, onCarriedOut)
      for (const job of jobs) job.resolve(results.get(job)!)
    } catch (error) {
      for (const job of jobs) {
        const end = isUnavailable(error) ? { error } : await endApart(job)
        if ('error' in end) job.reject(end.error)
        else job.resolve(end.results)
      }
    }
  }

  function take(): Job[] {
    let elements = 0
    let jobs = 0
    while (jobs < waiting.length && elements < mostTogether) elements += waiting[jobs++]!.elements.length
    return waiting.splice(0, jobs)
  }
  /** Soon: what is asked for in the same tick goes together. */
  function goOn(): void {
    if (armed) return
    armed = true
    setImmediate(() => {
      armed = false
      if (waiting.length > 0 && carriedOut && underWay < mostUnderWay) begin()
    })
  }
  function begin(): void {
    underWay++
    carriedOut = false
    const next = once(() => {
      carriedOut = true
      goOn()
    })
    void flush(take(), next).then(() => {
      underWay--
      next()
      goOn()
      settle()
    })
  }

  const writer: Writer = {
    each<E, R>(kind: Kind<E, R>, elements: readonly E[]): Promise<R[]> {
      if (ended) return Promise.reject(new StoreUnavailable('the store is closed'))
      if (elements.length === 0) return Promise.resolve([])
      return new Promise<R[]>((resolve, reject) => {
        waiting.push({ kind, elements, resolve, reject } as unknown as Job)
        goOn()
      })
    },
    async one<E, R>(kind: Kind<E, R>, element: E): Promise<R> {
      const [result] = await writer.each(kind, [element])
      return result as R
    },
    async end() {
      ended = true
      await idle()
    },
  }
  return writer
}
