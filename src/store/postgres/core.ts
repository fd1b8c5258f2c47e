import type { Contact } from '../../core/contact.ts'
import type { StoreOptions } from '../ports.ts'
import type { Accounts } from './accounts.ts'
import type { Clock } from './clock.ts'
import type { Database } from './database.ts'
import type { Graves } from './graves.ts'
import type { Writer } from './writer.ts'

/** What the parts of the PostgreSQL store share. */
export interface Core {
  database: Database
  writer: Writer
  accounts: Accounts
  clock: Clock
  graves: Graves
  keyOf(contact: Contact): string
  options: StoreOptions
  /** Who holds the claims made by this opened store. Never 0. */
  holder: number
  /** Which rows of totals this process writes. */
  shard(): number
  /** A number that no other claim of a mailbox has. */
  nextClaim(): number
  /** Wakes the processes that wait for work. Returns at once. */
  tellOthers(): void
}

/** The numbers of a claim's token. Nonsense becomes numbers that fit nothing. */
export function claimParts(token: string, length: 2): [number, number]
export function claimParts(token: string, length: 3): [number, number, number]
export function claimParts(token: string, length: number): number[] {
  const parts = token.split('.').map((part) => (/^\d{1,15}$/.test(part) ? Number(part) : -1))
  return parts.length === length && !parts.includes(-1) ? parts : Array.from({ length }, () => -1)
}
