import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { D1, D1Prepared, Value } from '../../src/store/d1/binding.ts'

/** D1's interface over a SQLite file in this process, for looking at what the statements do. The contract itself runs in workerd. */
export function d1InNode(file = ':memory:'): { d1: D1; db: DatabaseSync; statements: Map<string, readonly Value[]> } {
  const db = new DatabaseSync(file, { enableForeignKeyConstraints: false })
  db.exec('pragma synchronous = off; pragma journal_mode = memory')
  const compiled = new Map<string, StatementSync>()
  const compile = (sql: string): StatementSync => {
    const statement = compiled.get(sql) ?? db.prepare(sql)
    compiled.set(sql, statement)
    return statement
  }
  /** Each that ran, with the values of its last run. */
  const statements = new Map<string, readonly Value[]>()
  const made = new WeakMap<D1Prepared, { sql: string; values: readonly Value[] }>()
  const prepared = (sql: string, values: readonly Value[]): D1Prepared => {
    const one: D1Prepared = { bind: (...bound) => prepared(sql, bound) }
    made.set(one, { sql, values })
    return one
  }
  return {
    db, statements,
    d1: {
      prepare: (sql) => prepared(sql, []),
      async batch(batch) {
        db.exec('begin immediate')
        try {
          const answers = batch.map((one) => {
            const { sql, values } = made.get(one)!
            statements.set(sql, values)
            return { results: compile(sql).all(...values as SQLInputValue[]).map((row) => ({ ...row })) }
          })
          db.exec('commit')
          return answers
        } catch (error) {
          db.exec('rollback')
          throw Object.assign(new Error(`D1_ERROR: ${(error as Error).message}: SQLITE_${(error as { errcode?: number }).errcode === 1 ? 'ERROR' : 'CONSTRAINT'}`), { cause: error })
        }
      },
    },
  }
}
