import { StoreUnavailable } from '../ports.ts'

/**
 * SQLite's answers that are about the row at hand, as D1 spells them in its messages; everything else (network, overload, time, a database that
 * is being moved) means that nothing can be written or read now.
 */
const aboutTheRow = /SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE|ERROR)|D1_TYPE_ERROR|string or blob too big/

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '')
const isFromD1 = (error: unknown): boolean => /^D1_|SQLITE_/.test(messageOf(error))

/** A condition in a batch did not hold (`guard`, `only`): nothing of the batch has happened. */
export const isLost = (error: unknown): boolean => messageOf(error).includes('CHECK constraint failed: held')
export const isRefused = (error: unknown): boolean => messageOf(error).includes('CHECK constraint failed: possible')

/** Whether the database or the way to it failed, not the row. Errors of our own code are about the row: what cannot be made into JSON. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof StoreUnavailable) return true
  return isFromD1(error) && !aboutTheRow.test(messageOf(error))
}

/** An error of a call to D1: about the row as it is, everything else as the ports promise it. The message names D1's code and nothing of the data. */
export function fromD1(error: unknown): unknown {
  if (error instanceof StoreUnavailable || (isFromD1(error) && !isUnavailable(error))) return error
  return new StoreUnavailable(`D1: ${/D1_\w+|SQLITE_\w+/.exec(messageOf(error))?.[0] ?? 'no answer'}`, { cause: error })
}

/** The name of an error for a `cause` column: never its message, which may quote a citizen's words. */
export function nameOf(error: unknown): string {
  const code = /SQLITE_[A-Z]+/.exec(messageOf(error))?.[0]
  return code === undefined ? (error instanceof Error ? error.name : 'Error') : `D1 ${code}`
}
