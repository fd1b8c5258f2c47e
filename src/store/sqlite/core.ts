import type { DatabaseSync } from 'node:sqlite'
import type { Contact } from '../../core/contact.ts'
import type { StoreOptions } from '../ports.ts'
import type { Accounts } from './accounts.ts'
import type { Arrivals } from './arrivals.ts'
import type { Clock } from './clock.ts'
import { unavailable, isUnavailable } from './errors.ts'
import type { DeliveryCounts, Lanes } from './lanes.ts'
import type { Millis } from '../../core/time.ts'
import type { SharedParts } from './shared-parts.ts'
import type { Writer } from './writer.ts'

/** What the parts of the SQLite store share. */
export interface Core {
  db: DatabaseSync
  writer: Writer
  accounts: Accounts
  arrivals: Arrivals
  counts: DeliveryCounts
  lanes: Lanes
  shared: SharedParts
  clock: Clock
  /** Notes, before the transaction commits, that this contact is erased in it. */
  erased(contactKey: string, now: Millis): void
  keyOf(contact: Contact): string
  options: StoreOptions
  /** Who holds the claims made by this opened store. Never 0. */
  holder: number
  /** A number that no other claim of a mailbox, and no other arrival, has; each is larger than the one before that this opened store took. */
  nextNumber(): number
}

/** Reads now, outside every transaction: all that is committed. */
export function read<R>(body: () => R): Promise<R> {
  try {
    return Promise.resolve(body())
  } catch (error) {
    return Promise.reject(isUnavailable(error) ? unavailable(error) : error)
  }
}

/** The two numbers of a claim's token: which row, and its how manieth claim. Nonsense becomes numbers that fit nothing. */
export function claimParts(token: string): { row: number; claims: number } {
  const dot = token.indexOf('.')
  const row = Number(token.slice(0, dot))
  const claims = Number(token.slice(dot + 1))
  return dot > 0 && Number.isSafeInteger(row) && Number.isSafeInteger(claims) ? { row, claims } : { row: -1, claims: -1 }
}
