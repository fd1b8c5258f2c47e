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
import type { AccountKey, Contact } from '../core/contact.ts'
import type { ClaimedDelivery, Delivery, DeliveryStatus, Origin } from '../core/delivery.ts'
import type { InboundEvent } from '../core/event.ts'
import type { Remembered } from '../core/remembered.ts'
import type { Millis } from '../core/time.ts'
import type { CampaignStore } from './campaign-ports.ts'

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

// ── Pacing ───────────────────────────────────────────────────────────────────────────────────────────────────────

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

// ── Inbox ────────────────────────────────────────────────────────────────────────────────────────────────────────

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
   * can be handled at once; contacts that are held or not due are left to `claimTurns` and to whoever holds them.
   */
  recordAndClaim(events: readonly InboundEvent[], now: Millis, lease: Millis): Promise<{ results: RecordResult[]; claimed: ClaimedTurn[] }>

  /**
   * Contacts with waiting events that are due and not claimed, longest due first, each claimed until `now + lease`.
   * A claim that ran out is simply due again. Each claim counts one attempt at the first waiting event, durably,
   * before this resolves, so that a killed process counts too.
   */
  claimTurns(limit: number, now: Millis, lease: Millis): Promise<ClaimedTurn[]>

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

/** What is kept about a person beside the conversation. */
export interface Profile {
  firstSeenAt: Millis
  lastInboundAt: Millis | null
  optedOut: boolean
  blocked: boolean
  /** Only what the person agreed to (`consents`, purpose `remember`). */
  remembered: Remembered
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
  /** Queued replies to this contact become `skipped`, for this reason: a person answered, or newer words overtook them. */
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
  /** Keep the claim for the next waiting event: its attempt is counted now. The version rises by one either way. */
  keepClaim?: boolean
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

/** Append-only. Silence is not consent. */
export interface Consent {
  purpose: 'answer' | 'announce' | 'model' | 'remember'
  given: boolean
  at: Millis
  /** Which text was shown: the notice's version. */
  notice: string
  eventId: string
}

/**
 * What became of a turn, without words or identity. Counted per day; totals survive erasure. Absent fields are null.
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
  /** An answer status (design §7) or a turn status such as `menu`, `command`, `silent`, `late`. */
  status: string
  handover: boolean
  helpful: 'yes' | 'no' | null
}

// ── Deliveries ───────────────────────────────────────────────────────────────────────────────────────────────────

export interface Deliveries {
  /** Accounts with deliveries due now, most urgent origin first. */
  dueAccounts(now: Millis): Promise<AccountKey[]>

  /**
   * Due deliveries of one account, each `sending` and claimed until `now + lease`: replies before staff messages before
   * campaigns, older first. Per contact at most one reply or staff message is in flight, and the next is due only when it
   * is final; campaign rows stand in a lane of their own and never hold replies. Durable before it resolves.
   * A claim that ran out is handed out again with `maybeSent: true`.
   */
  claimDeliveries(account: AccountKey, limit: number, now: Millis, lease: Millis, origins?: readonly Origin[]): Promise<ClaimedDelivery[]>

  /** Notes how they ended. Ignored (`false` in that place) where the claim is no longer held. */
  finishDeliveries(results: readonly FinishedDelivery[], now: Millis): Promise<boolean[]>

  /** As `finishDeliveries`; where the next one of the same lane is now due, it is claimed in the same unit. */
  finishAndClaim(results: readonly FinishedDelivery[], now: Millis, lease: Millis): Promise<{ noted: boolean; next: ClaimedDelivery | null }[]>

  /** How often each status stands, by origin; for metrics and `doctor`. */
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

// ── Contacts ─────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Contacts {
  /** The key a contact has in this store, whether it is known or not. */
  keyOf(contact: Contact): string
  /** Null when not known (or erased). */
  findContact(contactKey: string): Promise<{ contact: Contact; profile: Profile } | null>
  /** Everything kept about one person, as JSON a person can read; null when nothing is kept. */
  exportContact(contactKey: string): Promise<ContactExport | null>
  /**
   * Removes mapping, words, conversation and queued sends; ledger rows become anonymous, dedupe keys and totals stay.
   * A turn or send under way for the contact then fails by its lost claim. False when there was nothing. Safe to repeat.
   */
  forgetContact(contactKey: string, now: Millis): Promise<boolean>
}

export interface ContactExport {
  contact: Contact
  profile: Profile
  conversation: unknown
  events: { kind: string; sentAt: Millis; text: string | null }[]
  deliveries: { origin: Origin; status: DeliveryStatus; at: Millis; text: string | null }[]
  consents: Consent[]
  handovers: Handover[]
  /** What nobody could answer, masked, oldest first. */
  unanswered: { question: string; at: Millis }[]
  /** What staff tagged them with; absent where nothing. */
  tags?: string[]
}

// ── Handovers ────────────────────────────────────────────────────────────────────────────────────────────────────

/** A citizen asked for a person, or was left without an answer. */
export interface Handover {
  /** `<event id>` of the asking. */
  id: string
  contactKey: string
  account: AccountKey
  reason: 'asked' | 'stale' | 'erasure' | 'attachment'
  askedAt: Millis
  firstStaffAnswerAt: Millis | null
  closedAt: Millis | null
  /** What has been said or done about the waiting, so that each happens once: `staff_reminded`, `citizen_told`, `window_told`. */
  marks: string[]
}

export type HandoverChange =
  /** Nothing when one is open for this contact. */
  | { kind: 'open'; reason: Handover['reason'] }
  /** A person wrote: the open one, if any, gets its first answer. */
  | { kind: 'staff_answered' }
  | { kind: 'close' }

export interface Handovers {
  /** Open ones (or all), oldest first. */
  listHandovers(which: { open: boolean; limit: number }): Promise<Handover[]>
  /** Asked between two moments, both included, open or not, oldest first: for figures of a period. */
  handoversAsked(from: Millis, to: Millis): Promise<Handover[]>
  /** Adds a mark once: false when it is already there or the handover is gone. */
  markHandover(id: string, mark: string): Promise<boolean>
  closeHandover(id: string, now: Millis): Promise<boolean>
}

// ── Comments ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Something said under one of our posts. It goes with the words of events, and with its author's data. */
export interface KeptComment {
  /** Of the event it came with. */
  id: string
  contactKey: string
  account: AccountKey
  sentAt: Millis
  /** The platform's own: the channel reads them. */
  fields: Record<string, string>
}

export interface Comments {
  /** Those whose words are still kept, the last that came in first. */
  listComments(limit: number): Promise<KeptComment[]>
}

// ── Register ─────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Small named values with compare-and-set: token pairs, account states, alert states, pauses. Names that begin with
 * `secret:` are left out of copies unless asked for. Durable when it resolves.
 */
export interface Register {
  readEntry(name: string): Promise<{ value: string; version: number } | null>
  /** `expected` 0: only if absent. False when another version stands there. A null value deletes. */
  writeEntry(name: string, value: string | null, expected: number): Promise<boolean>
  listEntries(prefix: string): Promise<{ name: string; value: string; version: number }[]>
}

// ── Statistics ───────────────────────────────────────────────────────────────────────────────────────────────────

export interface Statistics {
  /** Day totals of outcomes, both days included. */
  readOutcomes(fromDay: string, toDay: string): Promise<(Outcome & { count: number })[]>
  listUnanswered(limit: number): Promise<{ id: string; question: string; status: string; at: Millis }[]>
  /** State of the queues, for metrics, readiness and alerts. */
  load(now: Millis): Promise<Load>
}

export interface Load {
  contacts: number
  waitingEvents: number
  /** Age of the oldest event that waits for a turn; 0 when none. */
  oldestWaiting: Millis
  queuedDeliveries: number
  oldestQueued: Millis
  deadEvents: number
  openHandovers: number
  lastEventAt: Partial<Record<AccountKey, Millis>>
}

// ── Upkeep ───────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Upkeep {
  /** Files set aside because they could not be read; for `doctor` and the log. Only where a store keeps several. */
  fileProblems?(): readonly { file: string; what: 'unreadable' | 'unwritable' }[]
  /** When something is next due: an event waiting, a lease running out, a delivery, a retry. Null when nothing is. */
  nextDueAt(): Promise<Millis | null>
  /** One batch of what has outlived its term. Call again while `more`. */
  sweep(terms: RetentionTerms, now: Millis, limit: number): Promise<{ removed: Record<keyof RetentionTerms, number>; more: boolean }>
  deadEvents(limit: number): Promise<{ id: string; contactKey: string; kind: string; cause: string; at: Millis }[]>
  /** A dead event waits again. False when it is not dead. */
  reviveEvent(id: string, now: Millis): Promise<boolean>
  /** Everything, in an order that `loadRows` takes; `store copy` and tests use it. Without `secret:` entries unless asked. */
  dumpRows(options: { withSecrets: boolean }): AsyncIterable<StoreRow>
  /** Only into an empty store. */
  loadRows(rows: AsyncIterable<StoreRow>): Promise<number>
}

/** How long each is kept, in milliseconds. */
export interface RetentionTerms {
  /** Words and attachments of events (the row and its key stay). */
  eventText: Millis
  replyText: Millis
  /** A conversation and its contact without any event for this long. */
  idleContact: Millis
  /** The contact key on campaign deliveries. */
  campaignKey: Millis
  /** Event rows, with their dedupe keys; never shorter than the platforms' retries. */
  dedupeKey: Millis
  unanswered: Millis
  /** Lines of the campaigns' log; its last line is never taken. */
  audit: Millis
}

/** One record of a copy. `table` is one of the design's words; `row` is JSON. */
export interface StoreRow {
  table: 'contact' | 'event' | 'delivery' | 'consent' | 'handover' | 'entry' | 'outcome' | 'unanswered' | 'campaign' | 'plan' | 'publication' | 'audit' | 'tag'
  row: Record<string, unknown>
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
  /** Another process left something to do: events to handle, or deliveries to send. Called as `server` only, in stores of many processes. */
  onWake?: () => void
}

/** Whose contacts are rehearsals: sandbox accounts never enter audiences or reports. */
export const isSandboxAccount = (account: AccountKey): boolean => account.split(':')[1]?.startsWith('sandbox') ?? false
