import type { D1, Value } from './binding.ts'
import { fromD1 } from './errors.ts'

/** One statement with its values. */
export interface Statement { sql: string; values: readonly Value[] }
export const statement = (sql: string, ...values: readonly Value[]): Statement => ({ sql, values })

/**
 * Statements that belong together, and what their answers say. D1 has no transaction in which one could look at an answer before
 * the next statement: whatever is to be decided in between is decided by the statements.
 */
export interface Step<R> {
  statements: readonly Statement[]
  read(answers: readonly Row[][]): R
}
export type Row = Record<string, unknown>
type Results<S extends readonly Step<unknown>[]> = { [K in keyof S]: S[K] extends Step<infer R> ? R : never }

/** Statements whose answers nobody reads. */
export const quiet = (...statements: readonly Statement[]): Step<null> => ({ statements, read: () => null })
/** The rows of one statement. */
export const rowsOf = <R>(sql: string, ...values: readonly Value[]): Step<R[]> =>
  ({ statements: [statement(sql, ...values)], read: ([rows]) => rows as R[] })

/** Several steps of one kind as one. */
export const together = <R>(steps: readonly Step<R>[]): Step<R[]> => ({
  statements: steps.flatMap(({ statements }) => statements),
  read(answers) {
    let at = 0
    return steps.map(({ statements, read }) => read(answers.slice(at, at += statements.length)))
  },
})

export const both = <A, B>(first: Step<A>, second: Step<B>): Step<[A, B]> => {
  const { statements, read } = together<unknown>([first, second])
  return { statements, read: (answers) => read(answers) as [A, B] }
}

const giveUp = (as: 'lost' | 'refused') => (exists: string, ...values: readonly Value[]): Step<null> =>
  quiet(statement(`insert into guards (${as}) select 1 where not exists (select 1 ${exists})`, ...values))

/** The batch is given up where no row fits, with an error that `isLost` knows. `exists`: what is looked for, after `select 1`. */
export const guard = giveUp('lost')
/** As `guard`, for what cannot be done though nothing is lost: `isRefused`. */
export const only = giveUp('refused')

export interface Database {
  /** All steps as one transaction and one round trip. Rejects with `StoreUnavailable`, or with D1's error where a row cannot be stored. */
  run<const S extends readonly Step<unknown>[]>(...steps: S): Promise<Results<S>>
  rows<R>(sql: string, ...values: readonly Value[]): Promise<R[]>
}

/** The smaller of the two figures that Cloudflare has published for a row, a value and a bound parameter (1 MB, 2 MB): one that grew past it would be lost where the limit holds. */
const largest = 1_000_000

/** Throws where D1 would not take the row: workerd on this machine takes more. */
function expectToFit({ values }: Statement): void {
  let bytes = 0
  // A letter takes three bytes at most, so that only what is long is looked at closely.
  for (const value of values) if (typeof value === 'string') bytes += value.length * 3 < largest / 10 ? value.length * 3 : Buffer.byteLength(value)
  if (bytes > largest) throw new RangeError('a row larger than D1 takes')
}

export function openDatabase(d1: D1): Database {
  const batch = async (statements: readonly Statement[]): Promise<Row[][]> => {
    if (statements.length === 0) return []
    for (const statement of statements) expectToFit(statement)
    try {
      const answers = await d1.batch(statements.map(({ sql, values }) => (values.length === 0 ? d1.prepare(sql) : d1.prepare(sql).bind(...values))))
      return answers.map(({ results }) => results as Row[])
    } catch (error) {
      throw fromD1(error)
    }
  }
  return {
    async run<const S extends readonly Step<unknown>[]>(...steps: S): Promise<Results<S>> {
      const { statements, read } = together<unknown>(steps)
      return read(await batch(statements)) as Results<S>
    },
    rows: async <R>(sql: string, ...values: readonly Value[]) => (await batch([statement(sql, ...values)]))[0] as R[],
  }
}
