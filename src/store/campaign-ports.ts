import type { AuditLine, CampaignRecord, ContactFacts, LedgerCount, MeansName, PublicationRow, SkipReason } from '../core/campaign.ts'
import type { AccountKey } from '../core/contact.ts'
import type { ClaimedDelivery } from '../core/delivery.ts'
import type { Part } from '../core/message.ts'
import type { Millis } from '../core/time.ts'

/**
 * What running campaigns needs from a store. The rules of `src/store/ports.ts` hold: an array element is one atomic unit, a stale
 * version fails by a condition in the statement, ids are made by the caller so that every call may be repeated, time is passed in.
 *
 * Planned deliveries are deliveries of the origin `campaign` that `planBatch` made. They end by `finishDeliveries`, are settled by
 * echoes and erased with their contact as all others are; but only `claimCampaignDeliveries` hands them out, and `dueAccounts`,
 * `nextDueAt` and `claimDeliveries` know nothing of them, so that no reply ever waits behind a campaign.
 */
export interface CampaignStore {
  /** Contacts that one post may go to, on all accounts together; null: any number. */
  readonly audienceLimit: number | null

  // ── Campaigns and their log: one unit, so that nothing happens without a line and no line without its change ──

  loadCampaign(id: string): Promise<CampaignRecord | null>
  /** The one that changed last first. */
  listCampaigns(): Promise<Omit<CampaignRecord, 'content'>[]>
  /**
   * Writes the record (its version becomes `expectedVersion + 1`) and appends the audit line, both or neither. `stale`: the record's version is not `expectedVersion` (0: it
   * must not be there), or the log's last line is not `line.previous`: read both again and decide again. `publications` are added
   * where their id is new. Durable when it resolves.
   */
  saveCampaign(change: { record: CampaignRecord; expectedVersion: number; line: AuditLine; publications?: readonly PublicationRow[] }): Promise<'saved' | 'stale'>
  /** The last line; null when the log is empty. */
  auditHead(): Promise<Pick<AuditLine, 'seq' | 'hash'> | null>
  /** What the first line that is kept follows: null where that is number 1, else number and hash of the last one that retention took. */
  auditStart(): Promise<Pick<AuditLine, 'seq' | 'hash'> | null>
  /** The lines that are kept, in the order of writing; with `after` only those with a larger number: a page of the log does not read what stands before it. */
  auditLines(after?: number): AsyncIterable<AuditLine[]>

  // ── Planning ──

  /**
   * Contacts of one account with what the deciders look at, in the order of contact key, at most `limit` after `after`
   * (null: from the first). Anonymous visitors and erased contacts are not among them. `campaignsThatDay` counts posts sent, being sent or
   * uncertain, other than `exceptPost` (`<campaign>/<post>`). An empty batch ends it.
   */
  contactFacts(account: AccountKey, after: string | null, limit: number, exceptPost: string | null): Promise<ContactFacts[]>
  /**
   * The audience of a post is fixed batch by batch: delivery rows and how far planning has come in one unit, so that a kill repeats or
   * loses nobody. Rows whose id is there are left as they are. Contacts that are gone since are left out. `stale`:
   * planning does not stand at `after`, or the campaign is not `running`. Rejects with `AudienceTooLarge` where the store bounds it.
   */
  planBatch(batch: PlannedBatch): Promise<'planned' | 'stale'>
  /** How far planning of a post on an account has come; null: not begun. */
  planProgress(campaign: string, post: string, account: AccountKey): Promise<PlanProgress | null>
  /**
   * Publications and posts to people of a means that went, may have gone or are booked (`2026-10-10`, `2026-10`: in Viet Nam), other
   * campaigns' included. `gone`: without those queued for people; what is being sent at this moment counts. Quick enough to ask at each send.
   */
  usedAllowance(means: MeansName, account: AccountKey, span: string, which?: 'gone'): Promise<number>

  // ── Sending ──

  /**
   * Trials on staff phones: staff deliveries outside every figure of a campaign, ids `trial:<campaign>/<post>:<contact key>:<time>#<n>`.
   * `no_contact`: the phone never wrote to that account, so that it cannot be written to.
   */
  queueTrial(trial: { contactKey: string; account: AccountKey; ids: readonly string[]; parts: readonly Part[] }, now: Millis): Promise<'queued' | 'no_contact'>

  /**
   * As `claimDeliveries` with origin `campaign`, for campaigns that are `running` only, with the facts of each contact at this
   * moment, `exceptPost` being the delivery's own. A claim that ran out comes back with `maybeSent`. One contact has at most one
   * planned delivery in flight, so that the facts of the next post count this one. Those whose claim ran out come first, so that
   * what is unknown after a kill is soon known to be. The parts of one post go to a contact in their
   * order: the next is due when the one before is `sent`; when it is not sent, the rest are skipped with its reason.
   */
  claimCampaignDeliveries(account: AccountKey, limit: number, now: Millis, lease: Millis): Promise<ClaimedCampaignDelivery[]>
  /**
   * After a campaign was paused (`hold`) or cancelled. `unsent`: claims that the caller holds and has surely not sent; they go back
   * to the queue as if never claimed. Deliveries whose lease has run out become `uncertain` (`no_answer`): nobody else ends what a killed
   * process was sending. `cancel`: all queued deliveries and all publications that are planned become skipped with reason `cancelled`,
   * publications that nobody is at work on any more `uncertain`. What others are sending is left to them, and a store may take several
   * steps, between which replies go: repeat it (safely) until nothing of the campaign is queued or sending. Returns how many rows it changed.
   */
  stopDeliveries(campaign: string, how: 'hold' | 'cancel', unsent: readonly { id: string; claim: string }[], now: Millis): Promise<number>
  /** Oldest first, without contact data but the key (empty once the contact is erased). */
  listUncertain(campaign: string, limit: number): Promise<{ id: string; contactKey: string; account: AccountKey; at: Millis; settled: boolean }[]>

  /** Publications of running campaigns that are due, claimed until `now + lease`; after a lease that ran out `maybePublished` is true and the platform is asked first (`Publisher.find`). */
  claimPublications(now: Millis, lease: Millis, limit: number): Promise<(PublicationRow & { claim: string; maybePublished: boolean })[]>
  /**
   * Ignored (false) where the claim is no longer held; `final` gives it up. Ids learnt on the way are kept before the last call, so
   * that a crash finds them. To try later: final with `dueAt`, and `planned` (surely not up) or `publishing` (perhaps up).
   */
  notePublication(id: string, claim: string, change: Partial<Pick<PublicationRow, 'status' | 'platformIds' | 'publishedAt' | 'reason' | 'dueAt'>>, final: boolean): Promise<boolean>
  /** A correction of what is up. False when it is not `published`, `edited` or `uncertain`, or there is no such row. */
  correctPublication(id: string, change: { status: 'published' | 'edited' | 'withdrawn'; reason: string | null }): Promise<boolean>
  /**
   * What a person decides about something nobody knows the end of, or reports of a publication: in one unit with its line in the log,
   * and with the record of a campaign that runs again because of it. `stale`: as in `saveCampaign`. `refused`: it is not uncertain, or
   * is of another campaign; and for sending or publishing again where its words or its contact are gone, or its campaign is (even with
   * `reopened`) neither running nor paused. Durable when it resolves.
   */
  settle(settlement: Settlement, logged: { line: AuditLine; expectedVersion: number; reopened: CampaignRecord | null }, now: Millis): Promise<'settled' | 'stale' | 'refused'>

  // ── Figures ──

  /** The ledger of one campaign, or of all between two days (both included). Trials are not in it. Kept as it changes: quick for any number of recipients. */
  readLedger(of: { campaign: string } | { from: string; to: string }): Promise<LedgerCount[]>
  /** Between two days: by the day it went up, or is to. In the order of campaign, post and account. */
  listPublications(of: { campaign: string } | { from: string; to: string }): Promise<PublicationRow[]>
  /** Who got a post (sent or uncertain), in the order of contact key: for a follow-up to exactly those. */
  reachedBy(campaign: string, post: string, account: AccountKey, after: string | null, limit: number): Promise<string[]>
  /** Row by row what came of a campaign, in the order of id, those that stand like this, after the row `after` (null: from the first). None: there are no more. */
  listRecipients(of: RecipientFilter, after: string | null, limit: number): Promise<Recipient[]>
  /** A person lets a masked question into reports. False when there is no such question. */
  releaseUnanswered(id: string, by: string, now: Millis): Promise<boolean>
  /** Asked between two days, both included, oldest first. `day`: of asking. */
  releasedUnanswered(from: string, to: string): Promise<{ question: string; day: string; releasedBy: string }[]>

  // ── People ──

  /** Tags that staff give; they go with the contact when it is erased. False when the contact is not known. */
  tagContact(contactKey: string, tag: string, given: boolean): Promise<boolean>
}

/** Null: any. */
export interface RecipientFilter {
  campaign: string
  post: string | null
  status: LedgerCount['status'] | null
  reason: string | null
}

/** One planned part and how it stands. */
export interface Recipient {
  id: string
  post: string
  /** Empty once the contact is erased, or its key's time is over. */
  contactKey: string
  account: AccountKey
  /** Which part of the post, from 1. */
  n: number
  status: LedgerCount['status']
  reason: string | null
  /** Since when it stands so. */
  at: Millis
}

/** How a person settles something. Ids are of the delivery or the publication; both begin with their campaign. */
export type Settlement =
  /** Queued once more, with the parts that were skipped because of it; or left as it is and marked as seen. */
  | { kind: 'delivery'; id: string; how: 'send_again' | 'leave' }
  /** Staff looked: it is up (at the time of its try where no other is known), it is not (`failed`, `not_published`), or it is to be published once more, whatever became of the try. */
  | { kind: 'publication'; id: string; how: 'published' | 'not_published' | 'publish_again' }
  /** How many a publication reached, in place of what was noted before. Needs nothing uncertain. */
  | { kind: 'reach'; id: string; reach: NonNullable<PublicationRow['reach']> }

/** The store takes no audience of this size; nothing of the batch has happened. */
export class AudienceTooLarge extends Error {
  readonly limit: number
  constructor(limit: number) {
    super(`this store takes audiences of at most ${limit}`)
    this.name = 'AudienceTooLarge'
    this.limit = limit
  }
}

export interface PlanProgress {
  /** The contact key planned last; null: none yet. */
  after: string | null
  done: boolean
  /** Contacts that have rows. */
  planned: number
}

export interface PlannedBatch {
  campaign: string
  post: string
  account: AccountKey
  means: MeansName
  /** Where this batch begins: the `after` of the progress it was read at. */
  after: string | null
  /** Where it ends. */
  upTo: string
  done: boolean
  rows: readonly PlannedRow[]
  now: Millis
}

/** One contact of the audience. Who cannot get it stands in the ledger too, with the reason. */
export interface PlannedRow {
  contactKey: string
  /** Ids are `campaignDeliveryId(campaign, post, contactKey, n)`. For who is skipped they may be none: one row then stands for all. */
  parts: readonly Part[]
  dueAt: Millis
  /** Null: queued. Otherwise skipped at once, for this reason. */
  skip: SkipReason | null
}

export interface ClaimedCampaignDelivery extends ClaimedDelivery {
  campaign: string
  post: string
  means: MeansName
  facts: ContactFacts
}

