import type { AccountKey, ChannelName } from './contact.ts'
import type { Millis } from './time.ts'

/** What stores and the campaign engine share: records of campaigns, their publications, their audit log and their ledger. */

export const campaignStatuses = ['draft', 'submitted', 'approved', 'scheduled', 'running', 'paused', 'finished', 'cancelled', 'returned'] as const
export type CampaignStatus = (typeof campaignStatuses)[number]

/** How a post reaches people on a channel. Each has either a personal ledger or one publication a post and account. */
export const meansNames = [
  'zalo_broadcast', 'zalo_consultation', 'zalo_template', 'facebook_post', 'facebook_message', 'facebook_utility', 'telegram_channel', 'telegram_direct',
] as const
export type MeansName = (typeof meansNames)[number]

export const channelOfMeans = (means: MeansName): ChannelName => means.slice(0, means.indexOf('_')) as ChannelName

/**
 * Why somebody of the audience does not get a post, in the order in which they are told: the first that holds counts.
 * Planner and sender use the same list.
 */
export const skipReasons = [
  'unsupported_content', 'blocked', 'opted_out', 'no_consent', 'outside_reply_window', 'daily_cap', 'night_hours', 'quota',
] as const
export type SkipReason = (typeof skipReasons)[number]

/** `<campaign>/<post>:<contact key>#<n>`, `n` from 1 in the order of the parts: made, so that a retry cannot double. */
export const campaignDeliveryId = (campaign: string, post: string, contactKey: string, n: number): string => `${campaign}/${post}:${contactKey}#${n}`

/** `<campaign>/<post>@<account>`: one publication of a post on an account. Also what the platform is searched by after a crash. */
export const publicationId = (campaign: string, post: string, account: AccountKey): string => `${campaign}/${post}@${account}`

/** What must be known of a contact to decide whether it is in an audience and may be written to. */
export interface ContactFacts {
  contactKey: string
  account: AccountKey
  /** The citizen's last own act; null: never wrote. */
  lastInboundAt: Millis | null
  optedOut: boolean
  blocked: boolean
  /** The latest `announce` consent is given and not withdrawn. */
  consented: boolean
  /** What the person agreed that we remember; null where nothing. */
  commune: string | null
  role: string | null
  language: string | null
  /** Tags that staff gave. */
  tags: readonly string[]
  /** The day in Viet Nam (`YYYY-MM-DD`) on which campaign messages last went or may have gone to them; null: never. */
  campaignDay: string | null
  /** How many posts that day, the post asked about left out: the parts of one post do not hinder each other. */
  campaignsThatDay: number
}

/** One campaign as the store keeps it. */
export interface CampaignRecord {
  id: string
  status: CampaignStatus
  /** Rises with every write; the next write names it. */
  version: number
  /** The campaign as written (`Campaign` in src/campaign/campaign.ts), JSON, saved whole. */
  content: unknown
  /** Staff names. The author never changes; the last editor is the author until somebody else edits. */
  author: string
  lastEditor: string
  approval: ApprovalRecord | null
  correction: CorrectionRecord | null
  /** Why it was returned, cancelled or paused; null otherwise. */
  reason: string | null
  changedAt: Millis
}

/** What was approved. The manifest names a hash for each thing that was approved, so that a change can be named too. */
export interface ApprovalRecord {
  by: string
  at: Millis
  hash: string
  manifest: Readonly<Record<string, string>>
}

/** What is done about something that has gone out. A second person confirms it; null `confirmedBy` until then. */
export interface CorrectionRecord {
  kind: 'correct' | 'recall'
  /** The words that put it right, sent where nothing can be edited; for a recall what is told to those reached. */
  text: string
  reason: string
  proposedBy: string
  proposedAt: Millis
  confirmedBy: string | null
  confirmedAt: Millis | null
  /** Which posts; absent: all that had gone out. */
  posts?: string[]
  /** The one that was confirmed before; absent: none was. */
  previous?: CorrectionRecord
}

/** One line of the audit log, chained by hash over all campaigns. Staff names only, never contact data. */
export interface AuditLine {
  /** From 1, without gaps. */
  seq: number
  at: Millis
  who: string
  via: 'console' | 'cli' | 'job'
  why: string
  action: string
  campaign: string
  /** Null: the campaign was made by this. */
  before: CampaignStatus | null
  after: CampaignStatus
  /** The hash that was approved or found valid; null where no approval is concerned. */
  approval: string | null
  /** The hash of the line before; 64 zeros for the first. */
  previous: string
  hash: string
}

/** One post on one account by a means without recipients. */
export interface PublicationRow {
  id: string
  campaign: string
  post: string
  account: AccountKey
  means: MeansName
  status: 'planned' | 'publishing' | 'published' | 'failed' | 'uncertain' | 'skipped' | 'edited' | 'withdrawn'
  /** Ids of what the platform made, by kind (`article`, `message`, `post`); empty until published. */
  platformIds: Readonly<Record<string, string>>
  dueAt: Millis
  publishedAt: Millis | null
  reason: string | null
  /** Never mixed with counted deliveries: told by the platform or typed by a person, with the day it was read. */
  reach: { value: number; source: 'platform' | 'by_hand'; who: string | null; day: string } | null
  /** Contacts of the account that had opted out and got it all the same; null where the means reaches nobody in person. */
  optedOutReached: number | null
}

/** So many deliveries of a post that ended, or stand, the same way. */
export interface LedgerCount {
  campaign: string
  post: string
  account: AccountKey
  means: MeansName
  /** The day in Viet Nam it took this status. */
  day: string
  status: 'queued' | 'sending' | 'sent' | 'failed' | 'uncertain' | 'skipped'
  /** Why, as `campaign/reason-words.ts` names them, or a platform's error code; null for sent, queued and sending. */
  reason: string | null
  /** Parts: what a platform call carries. */
  count: number
  /** Of these the first parts: people. */
  people: number
}
