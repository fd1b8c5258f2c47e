import type { AccountKey } from '../core/contact.ts'
import type { ClaimedDelivery, DeliveryStatus, Origin } from '../core/delivery.ts'
import type { Millis } from '../core/time.ts'

/** The way out of a store: deliveries, and the pace that processes share. The rules of `ports.ts` hold. */

export interface Deliveries {
  /** Accounts with deliveries due now, most urgent origin first. */
  dueAccounts(now: Millis): Promise<AccountKey[]>

  /**
   * Due deliveries of one account, each `sending` and claimed until `now + lease`: replies before staff messages before
   * campaigns, older first. Per contact at most one reply or staff message is in flight, and the next is due only when it
   * is final; campaign rows stand in a lane of their own and never hold replies. Durable before it resolves.
   * A claim that ran out is handed out again with `maybeSent: true`.
   */
  claimDeliveries(account: AccountKey, limit: number, now: Millis, lease: Millis): Promise<ClaimedDelivery[]>

  /** Notes how they ended. Ignored (`false` in that place) where the claim is no longer held. */
  finishDeliveries(results: readonly FinishedDelivery[], now: Millis): Promise<boolean[]>

  /** As `finishDeliveries`; where the next one of the same lane is now due, it is claimed in the same unit. */
  finishAndClaim(results: readonly FinishedDelivery[], now: Millis, lease: Millis): Promise<{ noted: boolean; next: ClaimedDelivery | null }[]>

  /** How often each status stands, by origin: what a store holds in all, by which it can be compared with its copy. */
  countDeliveries(): Promise<{ origin: Origin; status: DeliveryStatus; count: number }[]>
}

export interface FinishedDelivery {
  id: string
  claim: string
  end:
    | { status: 'sent'; platformMessageId: string }
    | { status: 'failed' | 'uncertain' | 'skipped'; reason: string }
    /** Not final: back in the queue, first in its lane, with its attempts kept. */
    | { status: 'queued'; dueAt: Millis; maybeSent: boolean }
  /** Also learnt from the answer. */
  contact?: { blocked?: true; optedOut?: true; windowClosed?: true }
}

/**
 * A sliding window over answers that all processes share: an account has `most` places, a request takes one from before it is
 * sent until `within` after its answer. However the processes and the network behave, no span of `within` then holds more than
 * `most` requests.
 */
export interface Pacing {
  /**
   * Takes at most `want` places that are free at `now`, each until `until` if nobody gives it back: the end of the longest call
   * plus `within`, so that a killed process keeps its places exactly as long as its calls may count. Durable when it resolves.
   */
  takePlaces(account: AccountKey, want: number, most: number, now: Millis, until: Millis): Promise<Place[]>
  /** The platform answered: they are free again at `freeAt` (`within` after the answer). Places that ran out meanwhile stay as they are. */
  givePlacesBack(account: AccountKey, places: readonly Place[], freeAt: Millis): Promise<void>
}
export interface Place { place: number; taken: number }
