import type { AccountKey } from '../core/contact.ts'
import type { Entries } from '../core/ports.ts'
import type { Millis } from '../core/time.ts'
import type { Outcome } from './inbox-ports.ts'

/** Everything of a store that is neither a message nor a person: named values, statistics, terms, copies. The rules of `ports.ts` hold. */

/**
 * Small named values with compare-and-set: token pairs, account states, alert states, pauses. Names that begin with
 * `secret:` are left out of copies unless asked for. Durable when it resolves.
 */
export interface Register extends Entries {
  listEntries(prefix: string): Promise<{ name: string; value: string; version: number }[]>
}

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
  /** A conversation and its contact without any event for this long, and nothing queued for it since: what an account that was stopped never sent keeps nobody. */
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
