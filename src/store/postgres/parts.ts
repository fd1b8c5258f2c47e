import type { Contact } from '../../core/contact.ts'
import type { StoreOptions } from '../ports.ts'
import type { Accounts } from './accounts.ts'
import type { Clock } from './clock.ts'
import type { Database } from './database.ts'
import type { Graves } from './graves.ts'

/** What writing itself needs of an opened store. */
export interface Parts {
  database: Database
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
