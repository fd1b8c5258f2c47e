import type { AccountKey } from '../../core/contact.ts'
import type { Millis } from '../../core/time.ts'
import type { Turn } from '../ports.ts'

/** A turn to be committed. `claim`: what comes next is claimed in the same unit. */
export interface Committing {
  turn: Turn
  contactId: number
  claims: number
  now: Millis
  claim: { lease: Millis; deliveries: boolean } | null
}

/** A turn whose claim and version are good, with what its event, contact and mailbox say. */
export interface HeldTurn extends Committing {
  place: number
  seq: number
  receivedAt: Millis
  account: AccountKey
  accountId: number
  userId: string
  waiting: number
  head: number | null
  attempts: number
  lastInboundAt: Millis | null
  lastEventAt: Millis
  optedOut: boolean
  blocked: boolean
}
