import { StoreUnavailable } from '../ports.ts'

/**
 * SQLite's primary codes for "nothing can be written or read now": busy, locked, out of memory, read-only, I/O,
 * corrupt, full, cannot open, not a database. Every other failure is about the row at hand.
 */
const unavailableCodes: ReadonlySet<number> = new Set([5, 6, 7, 8, 10, 11, 13, 14, 26])

/** Whether the place failed (disk, lock, file), not the row. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof StoreUnavailable) return true
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  if (code === 'ERR_INVALID_STATE') return true
  return code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number' && unavailableCodes.has(errcode & 0xff)
}

/** As the ports promise it; the message names SQLite's reason and nothing of the data. */
export function unavailable(error: unknown): StoreUnavailable {
  if (error instanceof StoreUnavailable) return error
  return new StoreUnavailable(`SQLite: ${(error as { errstr?: string }).errstr ?? 'closed'}`, { cause: error })
}

/** The name of an error for a `cause` column: never its message, which may quote a citizen's words. */
export function nameOf(error: unknown): string {
  const { name, errstr } = error as { name?: string; errstr?: string }
  return errstr === undefined ? (name ?? 'Error') : `SQLite ${errstr}`
}
