import { closeSync, existsSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { DAY, type Millis } from '../core/time.ts'
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
  /**
   * Takes the key out of every line older than `before`. The line stays and is as long as it was, because a store knows the
   * lines by their place: so this may happen while another process adds one. Returns how many lines lost their key.
   */
  dropKeys(before: Millis): number
}

/** How much longer than a backup an erasure is remembered: a backup may outlive its term while the server stands still. */
export const tombstoneMargin: Millis = 7 * DAY

/** Whether this stands where a key was. */
export const hasNoKey = (contactKey: string): boolean => /^-+$/.test(contactKey)

export function openTombstones(file: string): Tombstones {
  return {
    add: (contactKeys, now) => append(file, contactKeys.map((key) => `${key} ${now}`)),
    list() {
      if (!existsSync(file)) return []
      return readFileSync(file, 'utf8').split('\n').map((line) => line.split(' '))
        .filter((parts) => parts.length === 2 && parts[0] !== '' && Number.isFinite(Number(parts[1])))
        .map(([contactKey, at]) => ({ contactKey: contactKey!, at: Number(at) }))
    },
    dropKeys(before) {
      if (!existsSync(file)) return 0
      const old = [...readFileSync(file, 'latin1').matchAll(/^(\S+) (\d+)$/gm)].filter(([, contactKey = '', at]) => !hasNoKey(contactKey) && Number(at) < before)
      if (old.length === 0) return 0
      const handle = openSync(file, 'r+')
      try {
        for (const { index, 1: contactKey = '' } of old) writeSync(handle, '-'.repeat(contactKey.length), index)
        fdatasyncSync(handle)
      } finally {
        closeSync(handle)
      }
      return old.length
    },
  }
}

/**
 * Adds the lines of one list that another does not have, as they stand and in their order: a backup of the store that was copied
 * may be brought back where the copy is. Before the copy is opened, which then knows them. Safe to repeat.
 */
export function carryTombstones(from: string, to: string): void {
  if (!existsSync(from)) return
  const known = existsSync(to) ? readFileSync(to, 'utf8').split('\n') : []
  const missing = readFileSync(from, 'utf8').split('\n').filter((line) => line !== '' && !known.includes(line))
  if (missing.length > 0) append(to, missing)
}

function append(file: string, lines: readonly string[]): void {
  createPrivately(file)
  const handle = openSync(file, 'a')
  try {
    writeSync(handle, lines.map((line) => `${line}\n`).join(''))
    fdatasyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
