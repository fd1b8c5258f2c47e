import pg from 'pg'
import { StoreUnavailable } from '../ports.ts'

/** Somebody else came first: nothing was changed, and the whole transaction is to be done once more. */
export class Overtaken extends Error {}

/** SQLSTATE of deadlocks and of what two processes insert at the same moment: https://www.postgresql.org/docs/18/errcodes-appendix.html */
const repeatable: ReadonlySet<string> = new Set(['40001', '40P01'])
export const isRepeatable = (error: unknown): boolean => error instanceof Overtaken || (error instanceof pg.DatabaseError && repeatable.has(error.code ?? ''))

/**
 * Classes of SQLSTATE about the values of a row: data, constraints, sizes. Everything else (locks, rights, resources, a shutdown, a table that
 * is not as this version knows it) would meet every row: nothing can be written or read now, and nobody's message is to blame.
 */
const aboutTheRow: ReadonlySet<string> = new Set(['22', '23', '54'])

/** An error of PostgreSQL that somebody deals with: who stands alone refuses the row, or does it once more. Any other, and any of the driver, is about the database or the way to it. */
const isDealtWith = (error: unknown): boolean => error instanceof pg.DatabaseError && (aboutTheRow.has(error.code?.slice(0, 2) ?? '') || isRepeatable(error))

/** Whether the database or the way to it failed, not the row. */
export const isUnavailable = (error: unknown): boolean => error instanceof StoreUnavailable

/** As the ports promise it. The message names PostgreSQL's code or the system's, and nothing of the data, the address or the password. */
export function unavailable(error: unknown): StoreUnavailable {
  if (error instanceof StoreUnavailable) return error
  if (error instanceof Overtaken) return new StoreUnavailable('PostgreSQL: others always came first', { cause: error })
  const code = (error as { code?: unknown } | null)?.code
  return new StoreUnavailable(`PostgreSQL: ${typeof code === 'string' ? code : 'connection lost'}`, { cause: error })
}

/** An error of the driver: PostgreSQL's own about a row, and those to be repeated, as they are; with every other nothing can be written or read now. */
export const fromDriver = (error: unknown): unknown => (isDealtWith(error) ? error : unavailable(error))

/** The name of an error for a `cause` column: never its message, which may quote a citizen's words. */
export function nameOf(error: unknown): string {
  if (error instanceof pg.DatabaseError) return `PostgreSQL ${error.code ?? ''}`
  return error instanceof Error ? error.name : 'Error'
}
