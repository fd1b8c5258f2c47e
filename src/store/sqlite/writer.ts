import type { DatabaseSync } from 'node:sqlite'
import { StoreUnavailable } from '../ports.ts'
import { isUnavailable, unavailable } from './errors.ts'

/** Totals that many elements of one transaction add to: written once, just before it commits. */
export interface Totals {
  write(): void
  discard(): void
}

/** The only way anything is written: group commit. */
export interface Writer {
  /**
   * Applies every element in order, in one transaction with whatever else was asked for in the same tick, and resolves
   * after its commit. An element that throws for its own data is undone alone: `refused` then says what stands instead;
   * without it the promise rejects with the cause, the other elements kept.
   */
  each<E, R>(elements: readonly E[], apply: (element: E) => R, refused?: (element: E, cause: unknown) => R): Promise<R[]>
  /** One element. */
  run<R>(apply: () => R, refused?: (cause: unknown) => R): Promise<R>
  /** A transaction of its own that may wait in between; all other writing waits for its end. */
  alone<R>(body: () => Promise<R>): Promise<R>
  /** Takes part in every transaction from now on. */
  adds(totals: Totals): void
  /** Commits what is waiting; everything later is refused. */
  end(): void
}

interface Job {
  elements: readonly unknown[]
  apply(element: unknown): unknown
  refused: ((element: unknown, cause: unknown) => unknown) | undefined
  resolve(results: unknown[]): void
  reject(error: unknown): void
}
type Ended = { results: unknown[] } | { error: unknown }

/** For work that is about no element. */
const noElement: readonly unknown[] = [null]

/** A writer for one connection, on which nobody else begins transactions. */
export function openWriter(db: DatabaseSync): Writer {
  const begin = db.prepare('begin immediate')
  const commit = db.prepare('commit')
  const allTotals: Totals[] = []
  let waiting: Job[] = []
  let armed = false
  let alone: Promise<unknown> | null = null
  let ended = false

  const writeTotals = (): void => {
    for (const totals of allTotals) totals.write()
  }
  const undo = (): void => {
    for (const totals of allTotals) totals.discard()
    if (db.isTransaction) db.exec('rollback')
  }

  function inTransaction<R>(body: () => R): R {
    begin.run()
    try {
      const result = body()
      writeTotals()
      commit.run()
      return result
    } catch (error) {
      undo()
      throw error
    }
  }

  /** The element's result, or undone alone and refused. */
  function applyApart(job: Job, element: unknown): unknown {
    try {
      return inSavepoint(() => job.apply(element))
    } catch (error) {
      if (isUnavailable(error) || job.refused === undefined) throw error
      return inSavepoint(() => job.refused?.(element, error))
    }
  }

  function inSavepoint<R>(body: () => R): R {
    db.exec('savepoint element')
    try {
      const result = body()
      writeTotals()
      db.exec('release element')
      return result
    } catch (error) {
      for (const totals of allTotals) totals.discard()
      if (db.isTransaction) db.exec('rollback to element; release element')
      throw error
    }
  }

  function endApart(job: Job): Ended {
    let failed: { error: unknown } | null = null
    const results: unknown[] = []
    for (const element of job.elements) {
      try {
        results.push(applyApart(job, element))
      } catch (error) {
        if (isUnavailable(error)) throw error
        failed ??= { error }
      }
    }
    return failed ?? { results }
  }

  function commitAll(jobs: readonly Job[]): Ended[] {
    try {
      return inTransaction(() => jobs.map((job) => ({ results: job.elements.map((element) => job.apply(element)) })))
    } catch (error) {
      if (isUnavailable(error)) throw error
      return inTransaction(() => jobs.map(endApart))
    }
  }

  function flush(): void {
    armed = false
    if (alone !== null || waiting.length === 0) return
    const jobs = waiting
    waiting = []
    let ends: Ended[]
    try {
      ends = commitAll(jobs)
    } catch (error) {
      const all = { error: isUnavailable(error) ? unavailable(error) : error }
      ends = jobs.map(() => all)
    }
    for (const [n, end] of ends.entries()) 'error' in end ? jobs[n]!.reject(end.error) : jobs[n]!.resolve(end.results)
  }

  function arm(): void {
    if (armed) return
    armed = true
    setImmediate(flush)
  }

  function ask(job: Job): void {
    if (ended) return job.reject(new StoreUnavailable('the store is closed'))
    waiting.push(job)
    arm()
  }

  const writer: Writer = {
    each: <E, R>(elements: readonly E[], apply: (element: E) => R, refused?: (element: E, cause: unknown) => R) =>
      new Promise<R[]>((resolve, reject) => ask({ elements, apply, refused, resolve, reject } as Job)),
    run: <R>(apply: () => R, refused?: (cause: unknown) => R) => new Promise<R>((resolve, reject) => ask({
      elements: noElement, apply, refused: refused && ((_, cause) => refused(cause)), resolve: ([result]) => resolve(result as R), reject,
    })),
    async alone<R>(body: () => Promise<R>): Promise<R> {
      while (alone !== null) await alone
      flush()
      const work = transactionAlone(body)
      alone = work.catch(() => {})
      try {
        return await work
      } finally {
        alone = null
        arm()
      }
    },
    adds(totals: Totals): void {
      allTotals.push(totals)
    },
    end(): void {
      flush()
      ended = true
    },
  }

  async function transactionAlone<R>(body: () => Promise<R>): Promise<R> {
    begin.run()
    try {
      const result = await body()
      writeTotals()
      commit.run()
      return result
    } catch (error) {
      undo()
      throw isUnavailable(error) ? unavailable(error) : error
    }
  }
  return writer
}
