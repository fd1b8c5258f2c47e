import type { Contact } from '../../core/contact.ts'
import type { Millis } from '../../core/time.ts'
import type { StoreOptions } from '../ports.ts'
import type { Database, Step } from './database.ts'
import type { Graves } from './graves.ts'

/** What the parts of the D1 store share. */
export interface Core {
  database: Database
  keyOf(contact: Contact): string
  options: StoreOptions
  graves: Graves
  /** Who holds the claims made by this opened store. Never 0. */
  holder: number
  /** Drawn, so that no other claim has it. */
  nextClaim(): number
  /** What must be done before anything is claimed, because the clock was put back; nearly always nothing. */
  settleClock(now: Millis): Step<null>
}

/** The two numbers of a claim's token: which row, and the number drawn for it. Nonsense becomes numbers that fit nothing. */
export function claimParts(token: string): [row: number, claims: number] {
  const [, row, claims] = /^(\d{1,15})\.(\d{1,15})$/.exec(token) ?? []
  return claims === undefined ? [-1, -1] : [Number(row), Number(claims)]
}
