import { closeSync, existsSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import type { Millis } from '../core/time.ts'
import { createPrivately } from './private.ts'

/**
 * Who was erased, kept outside the database (one line each: contact key and time), so that a backup brought back does
 * not bring them back. Written before the erasure commits: a line too many erases what was to be erased anyway.
 */
export interface Tombstones {
  /** Durable when it returns. */
  add(contactKeys: readonly string[], now: Millis): void
  /** All lines, oldest first. */
  list(): { contactKey: string; at: Millis }[]
}

export function openTombstones(file: string): Tombstones {
  return {
    add(contactKeys, now) {
      createPrivately(file)
      const handle = openSync(file, 'a')
      try {
        writeSync(handle, contactKeys.map((key) => `${key} ${now}\n`).join(''))
        fdatasyncSync(handle)
      } finally {
        closeSync(handle)
      }
    },
    list() {
      if (!existsSync(file)) return []
      return readFileSync(file, 'utf8').split('\n').map((line) => line.split(' '))
        .filter((parts) => parts.length === 2 && parts[0] !== '' && Number.isFinite(Number(parts[1])))
        .map(([contactKey, at]) => ({ contactKey: contactKey!, at: Number(at) }))
    },
  }
}
