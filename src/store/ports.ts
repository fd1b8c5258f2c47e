/**
 * What the rest needs from a store, in small ports. Every implementation passes `test/contracts/store.ts`.
 *
 * Rules that hold everywhere:
 * - One array element is one atomic unit. An array may share one transaction (group commit); an element that is
 *   refused never takes its neighbours with it.
 * - A stale version or a lost claim fails by a condition in the statement, never by read-then-write.
 * - Ids are made by the caller, so every write may be repeated.
 * - Time is passed in. Nothing here reads a clock.
 * - All methods reject with `StoreUnavailable` when nothing can be written or read (disk full, connection gone):
 *   then nothing of the call has happened.
 */
import type { AccountKey } from '../core/contact.ts'
import type { Millis } from '../core/time.ts'
import type { CampaignStore } from './campaign-ports.ts'
import type { Comments, Contacts, Handovers } from './contact-ports.ts'
import type { Deliveries, Pacing } from './delivery-ports.ts'
import type { Inbox } from './inbox-ports.ts'
import type { Register, Statistics, Upkeep } from './upkeep-ports.ts'

export type * from './contact-ports.ts'
export type * from './delivery-ports.ts'
export type * from './inbox-ports.ts'
export type * from './upkeep-ports.ts'

/** Nothing can be recorded or read now. Webhooks answer 503, workers back off. */
export class StoreUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreUnavailable'
  }
}

export interface Store extends Inbox, Deliveries, Contacts, Handovers, Comments, Register, Statistics, Upkeep, CampaignStore {
  /**
   * Whether this process is the one of many that runs what must run once (of those that have the store open as `server` at
   * most one). Absent where only one process can. False also while nobody can tell.
   */
  leads?(): Promise<boolean>
  /**
   * How far the clock that all processes of this store share is ahead of `now`: whoever passes times in adds it, so that
   * leases mean the same everywhere. Absent where one process has the store.
   */
  clockAhead?(now: Millis): Promise<Millis>
  /** Absent where one process has the store: its own limiter is enough then. */
  pacing?: Pacing
  /** Gives up all leases of this process and closes. Safe to call twice. */
  close(): Promise<void>
}

/** How a store is opened: by whom, with which bounds. */
export interface StoreOptions {
  /** `server` takes the lock and frees its dead predecessor's leases; `tool` works beside a running server where the store can. */
  role: 'server' | 'tool'
  now: Millis
  /** At most so many waiting events a contact. */
  waitingLimit: number
  /** Age beyond which an event is not taken because its key may be gone. */
  keysKept: Millis
  /** What the clock that all processes share says where the caller's says `now`. Absent: the database's own; whoever hands in times of their own, as tests do, says so here. */
  sharedClock?: (now: Millis) => Millis
  /** Another process left something to do: events to handle, or deliveries to send. Called as `server` only, in stores of many processes. */
  onWake?: () => void
  /** Somebody who was erased at `at` had come back with a restored database and was erased again while the store was opened. Called in stores of many processes. */
  onErasedAgain?: (contactKey: string, at: Millis) => void
}

/** Whose contacts are rehearsals: sandbox accounts never enter audiences or reports. */
export const isSandboxAccount = (account: AccountKey): boolean => account.split(':')[1]?.startsWith('sandbox') ?? false
