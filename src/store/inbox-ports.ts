import type { AccountKey, Contact } from '../core/contact.ts'
import type { ClaimedDelivery, Delivery } from '../core/delivery.ts'
import type { InboundEvent } from '../core/event.ts'
import type { Remembered } from '../core/remembered.ts'
import type { Millis } from '../core/time.ts'
import type { Consent, HandoverChange, Profile } from './contact-ports.ts'

/** The way in of a store and what becomes of it: events, claims, turns. The rules of `ports.ts` hold. */

export interface Inbox {
  /**
   * Durable when it resolves. An event whose id is known is a duplicate and changes nothing. Creates the contact when
   * it is new. Events that need no turn (`needsTurn`) take effect here: an echo settles a delivery that is not final
   * or `uncertain`; a receipt marks campaign deliveries; an interaction moves `lastInboundAt`; a comment is kept.
   * Every event by the citizen moves `lastInboundAt` forward to `sentAt` (never back) and clears `blocked`.
   * An event sent before `now - keysKept` is `too_old`; one more than `waitingLimit` waiting for its contact is `flooded`:
   * both are only counted. The result has one entry per event, in order.
   */
  recordEvents(events: readonly InboundEvent[], now: Millis): Promise<RecordResult[]>

  /**
   * As `recordEvents`. A contact that nobody holds is claimed in the same unit as its event is recorded, so that the event
   * can be handled at once; contacts that are held or not due are left to `claimTurns` and to whoever holds them, and so may
   * those be whose last claim ran out.
   */
  recordAndClaim(events: readonly InboundEvent[], now: Millis, lease: Millis): Promise<{ results: RecordResult[]; claimed: ClaimedTurn[] }>

  /**
   * As `recordAndClaim` of one event, and where nothing else waits for its contact the event may be handled in the same
   * unit: `handle` says what its turn comes to, and both are stored or neither. Absent where a unit cannot ask anybody.
   * `arrival`: what `arrive` gave for this event; where the store has recorded it meanwhile it is recorded alone.
   */
  recordAndHandle?(event: InboundEvent, now: Millis, lease: Millis, handle: AtOnce, arrival?: number): Promise<Received>

  /**
   * Keeps one event that needs a turn, durably and with the least work, so that it can be acknowledged before it is recorded.
   * `recordAndHandle` then records it. Where that does not come, or fails, the store does: before anything else of the same
   * contact is recorded, when turns are claimed, and when it is opened. Until then reads do not show it.
   * Null: it cannot be kept so, or is older than `keysKept`; nothing was done. Absent where it would be no less work.
   */
  arrive?(event: InboundEvent, now: Millis): Promise<number | null>

  /**
   * Contacts with waiting events that are due and not claimed, longest due first, each claimed until `now + lease`.
   * A claim that ran out is simply due again. Each claim counts one attempt at the first waiting event, durably,
   * before this resolves, so that a killed process counts too.
   * `ranOut`: of those whose last claim ran out at most so many, all where it is left out. What stopped the holder may come again
   * with one of them, and those claimed beside it would be counted with it. A store of one process need not tell them
   * apart: it frees what a dead one held when it is opened.
   */
  claimTurns(limit: number, now: Millis, lease: Millis, ranOut?: number): Promise<ClaimedTurn[]>

  /** Prolongs claims still held; returns the tokens that are no longer held. */
  renewTurns(claims: readonly string[], now: Millis, lease: Millis): Promise<string[]>

  /**
   * Marks the event handled, saves the conversation, queues the deliveries, applies the other changes and adds the
   * outcome to the day's statistics: all or nothing per turn. `stale` when the claim or version is no longer held,
   * or the event is no longer waiting: nothing changed. `refused` when the row's own data cannot be stored.
   */
  commitTurns(turns: readonly Turn[], now: Millis): Promise<CommitResult[]>

  /**
   * As `commitTurns`, and in the same unit: where more events wait for the contact they are claimed (`next`); with
   * `claim.deliveries`, the first of the queued replies is claimed too where its lane is free. A turn with `keepClaim` gets no `next`.
   */
  commitAndClaim(turns: readonly Turn[], now: Millis, claim: { lease: Millis; deliveries: boolean }): Promise<CommittedTurn[]>

  /**
   * The turn could not be handled. `retryAt`: the contact waits until then, nothing is lost. `dead`: the event is set
   * aside with its cause, the apology is queued and the next event is due. Ignored when the claim is no longer held.
   */
  failTurn(failure: FailedTurn, now: Millis): Promise<void>
}

export type RecordResult = 'recorded' | 'duplicate' | 'too_old' | 'flooded'
export type CommitResult = 'committed' | 'stale' | 'refused'

/**
 * Handles an event while it is being recorded; null: it is to be claimed and handled as any other, and so it is where this
 * throws. Must be quick, since the sender waits for it, and must change nothing: it may be asked again for the same event.
 * The claim it is shown is good for nothing. `deliveries`: as in `commitAndClaim`.
 */
export type AtOnce = (turn: ClaimedTurn) => { turn: PlainTurn; deliveries: boolean } | null

/** A turn that saves the conversation, says something and is counted, and changes nothing else of the person. */
export type PlainTurn = Pick<Turn, 'contactKey' | 'claim' | 'version' | 'eventId' | 'conversation' | 'deliveries' | 'outcome'>

/** What became of one event: recorded alone when both are null. */
export interface Received {
  result: RecordResult
  claimed: ClaimedTurn | null
  /** Its turn is committed; with the first reply, where that was claimed. */
  handled: { delivery: ClaimedDelivery | null } | null
}

export interface CommittedTurn {
  result: CommitResult
  next: ClaimedTurn | null
  delivery: ClaimedDelivery | null
}

export interface ClaimedTurn {
  contact: Contact
  contactKey: string
  /** Must be given back with commit and fail. */
  claim: string
  version: number
  /** How often the first waiting event was tried, this time included. 4 means: three tries ended badly. */
  attempt: number
  /** What the last turn saved; null when there was none. */
  conversation: unknown
  profile: Profile
  /** In order (`orderAt`, then arrival), the first ones; never empty. */
  waiting: InboundEvent[]
}

/** One event handled. */
export interface Turn {
  contactKey: string
  claim: string
  version: number
  eventId: string
  /** JSON, saved whole. */
  conversation: unknown
  /** In the order they must arrive. Ids `<event id>#<n>`. */
  deliveries: readonly NewDelivery[]
  /** Queued replies to this contact become `skipped`, for this reason: a person answered. */
  cancelReplies?: 'staff_answered'
  profile?: { optedOut?: boolean; blocked?: boolean; remembered?: Remembered }
  consents?: readonly Consent[]
  handover?: HandoverChange
  /** A question nobody could answer, already masked: no names, numbers or addresses. Erased with the contact. */
  unanswered?: { question: string; status: string }
  outcome: Outcome | null
  /**
   * Erase the contact in the same unit, keeping only the way to send `deliveries` (a farewell), which goes too as soon
   * as they are final.
   */
  erase?: boolean
  /**
   * Keep the claim for this event, which the claim showed: its attempt is counted now. An earlier one may have come meanwhile; it is
   * not tried yet. Where the event named does not wait, the claim ends. The version rises by one either way.
   */
  keepClaim?: string
}

export type NewDelivery = Omit<Delivery, 'contactKey' | 'account'>

export interface FailedTurn {
  contactKey: string
  claim: string
  eventId: string
  /** Names of errors and places, never words of the citizen. */
  cause: string
  then: { retryAt: Millis } | { dead: true; apology?: NewDelivery }
}

/**
 * What became of a turn, without words or identity. Counted per day; totals survive erasure.
 */
export interface Outcome {
  /** `YYYY-MM-DD` in Viet Nam. */
  day: string
  account: AccountKey
  /** The QR code or link that led in. */
  entry: string | null
  flow: string | null
  step: string | null
  article: string | null
  /** A `TurnStatus`, of this version or an earlier one. */
  status: string
  handover: boolean
  helpful: 'yes' | 'no' | null
}
