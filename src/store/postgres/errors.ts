import pg from 'pg'
import { StoreUnavailable } from '../ports.ts'

/** Somebody else came first: nothing was changed, and the whole transaction is to be done once more. */
export class Overtaken extends Error {}

/** SQLSTATE of deadlocks and of what two processes insert at the same moment: https://www.postgresql.org/docs/18/errcodes-appendix.html */
const repeatable: ReadonlySet<string> = new Set(['40001', '40P01'])
export const isRepeatable = (error: unknown): boolean => error instanceof Overtaken || (error instanceof pg.DatabaseError && repeatable.has(error.code ?? ''))

/**
 * Classes of SQLSTATE for "nothing can be written or read now": connection, authorisation, resources, operator (shutdown, a
 * statement that took too long), system, internal; and single codes: read-only (a standby), no such database, no right to.
 */
const unavailableClasses: ReadonlySet<string> = new Set(['08', '28', '53', '57', '58', 'XX'])
const unavailableCodes: ReadonlySet<string> = new Set(['25006', '3D000', '42501'])

/** Whether the database or the way to it failed, not the row. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof StoreUnavailable) return true
  if (!(error instanceof pg.DatabaseError)) return false
  const code = error.code ?? ''
  return unavailableClasses.has(code.slice(0, 2)) || unavailableCodes.has(code)
}

/** As the ports promise it. The message names PostgreSQL's code or the system's, and nothing of the data, the address or the password. */
function unavailable(error: unknown): StoreUnavailable {
  if (error instanceof StoreUnavailable) return error
  const code = (error as { code?: unknown } | null)?.code
  return new StoreUnavailable(`PostgreSQL: ${typeof code === 'string' ? code : 'connection lost'}`, { cause: error })
}

/** An error of the driver: PostgreSQL's own as they are; every other means that the connection is gone. */
export const fromDriver = (error: unknown): unknown => (error instanceof pg.DatabaseError && !isUnavailable(error) ? error : unavailable(error))

/** The name of an error for a `cause` column: never its message, which may quote a citizen's words. */
export function nameOf(error: unknown): string {
  if (error instanceof pg.DatabaseError) return `PostgreSQL ${error.code ?? ''}`
  return error instanceof Error ? error.name : 'Error'
}
