import type { DatabaseSync } from 'node:sqlite'
import { StoreUnavailable } from '../ports.ts'
import { isUnavailable, unavailable } from './errors.ts'

/** What is remembered of rows: to be forgotten when their transaction, or an element of it, is undone. */
export interface Remembered {
  discard(): void
}

/** Totals that many elements of one transaction add to: written once, just before it commits. */
export interface Totals extends Remembered {
  write(): void
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
  /**
   * One element that is a single statement: by itself and at once where nothing else is asked for, since that is the least anybody can wait
   * for. Of several in one turn of the event loop only the first; the others share a transaction.
   */
  single<R>(apply: () => R, refused: (cause: unknown) => R): Promise<R>
  /** Only within an element: undone alone where it throws for its own data, and then `refused` instead. */
  apart(apply: () => void, refused: (cause: unknown) => void): void
  /** A transaction of its own that may wait in between; all other writing waits for its end. */
  alone<R>(body: () => Promise<R>): Promise<R>
  /** Takes part in every transaction from now on. */
  adds(totals: Totals | Remembered): void
  /** Commits what is waiting; everything later is refused. */
  end(): void
}

interface Job {
  apply(): unknown
  refused: ((cause: unknown) => unknown) | undefined
  resolve(result: unknown): void
  reject(error: unknown): void
}
type Ended = { result: unknown } | { error: unknown }

/** A writer for one connection, on which nobody else begins transactions. */
export function openWriter(db: DatabaseSync): Writer {
  const begin = db.prepare('begin immediate')
  const commit = db.prepare('commit')
  const allTotals: (Remembered & Partial<Totals>)[] = []
  let waiting: Job[] = []
  let armed = false
  let alone: Promise<unknown> | null = null
  let ended = false
  let singleInTurn = false

  const writeTotals = (): void => {
    for (const totals of allTotals) totals.write?.()
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

  /** How it ended, undone alone where it failed by its own data. */
  function applyApart({ apply, refused }: Pick<Job, 'apply' | 'refused'>): Ended {
    try {
      return { result: inSavepoint(apply) }
    } catch (error) {
      if (isUnavailable(error)) throw error
      return refused === undefined ? { error } : applyApart({ apply: () => refused(error), refused: undefined })
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

  function commitAll(jobs: readonly Job[]): Ended[] {
    try {
      return inTransaction(() => jobs.map((job) => ({ result: job.apply() })))
    } catch (error) {
      if (isUnavailable(error)) throw error
      return inTransaction(() => jobs.map(applyApart))
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
    for (const [n, end] of ends.entries()) 'error' in end ? jobs[n]!.reject(end.error) : jobs[n]!.resolve(end.result)
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

  const run = <R>(apply: () => R, refused?: (cause: unknown) => R): Promise<R> => new Promise((resolve, reject) => {
    ask({ apply, refused, resolve, reject } as Job)
  })

  /** One promise for all of them: a message waits for several of these calls. */
  const each = <E, R>(elements: readonly E[], apply: (element: E) => R, refused?: (element: E, cause: unknown) => R): Promise<R[]> => new Promise((resolve, reject) => {
    const results = new Array<R>(elements.length)
    let left = elements.length
    if (left === 0) return resolve(results)
    for (const [n, element] of elements.entries()) {
      ask({
        apply: () => apply(element),
        refused: refused && ((cause) => refused(element, cause)),
        resolve(result) {
          results[n] = result as R
          if (--left === 0) resolve(results)
        },
        reject,
      })
    }
  })

  const writer: Writer = {
    each,
    run,
    async single(apply, refused) {
      if (ended || alone !== null || waiting.length > 0 || singleInTurn) return run(apply, refused)
      singleInTurn = true
      setImmediate(() => { singleInTurn = false })
      try {
        return apply()
      } catch (error) {
        if (isUnavailable(error)) throw unavailable(error)
        return refused(error)
      }
    },
    apart(apply, refused) {
      // What the transaction has added up so far is not this part's to undo.
      writeTotals()
      const end = applyApart({ apply, refused })
      if ('error' in end) throw end.error
    },
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
    adds(totals): void {
      allTotals.push(totals)
    },
    end(): void {
      flush()
      ended = true
    },
  }

  async function transactionAlone<R>(body: () => Promise<R>): Promise<R> {
    try {
      begin.run()
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
