import { DatabaseSync } from 'node:sqlite'
import { createPrivately } from './private.ts'

/** Held until released or until the process dies, however it dies: the operating system frees it. */
export interface Lock {
  release(): void
}

/**
 * Takes the lock beside a store, or null when another process (or another holder in this one) has it. It is an exclusive
 * transaction on a small SQLite file, because file locks are what SQLite has and `node:fs` has not.
 */
export function takeLock(file: string): Lock | null {
  createPrivately(file)
  const db = new DatabaseSync(file, { timeout: 0 })
  try {
    db.exec('begin exclusive')
  } catch (error) {
    db.close()
    if ((error as { errcode?: number }).errcode === 5) return null
    throw error
  }
  return { release: () => { if (db.isOpen) db.close() } }
}
