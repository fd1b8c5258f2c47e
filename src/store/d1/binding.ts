/**
 * What of a D1 binding is used here (https://developers.cloudflare.com/d1/worker-api/), so that the store needs no types of a runtime.
 * `batch` is one transaction: all statements in order, or none.
 */
export interface D1 {
  prepare(sql: string): D1Prepared
  batch(statements: D1Prepared[]): Promise<D1Answer[]>
}
export interface D1Prepared {
  bind(...values: readonly Value[]): D1Prepared
}
export interface D1Answer {
  results: unknown[]
}

/** D1 takes numbers as floating point: an expression must not divide or print one, a column of a `strict` table takes it as it is meant. */
export type Value = string | number | null
