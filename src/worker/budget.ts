import type { D1, D1Prepared } from '../store/d1/binding.ts'

/** Counts the statements of one invocation: D1 takes 1,000 (https://developers.cloudflare.com/d1/platform/limits/). */
export interface Budget {
  d1: D1
  /** How many so far. */
  made(): number
  /** Whether so many were made that no new work may begin. */
  spent(): boolean
  /** Resolves when it is. */
  whenSpent: Promise<void>
}

export function countStatements(d1: D1, most: number): Budget {
  let made = 0
  const { promise: whenSpent, resolve } = Promise.withResolvers<void>()
  return {
    whenSpent,
    made: () => made,
    spent: () => made >= most,
    d1: {
      prepare: (sql) => d1.prepare(sql),
      batch(statements: D1Prepared[]) {
        made += statements.length
        if (made >= most) resolve()
        return d1.batch(statements)
      },
    },
  }
}
