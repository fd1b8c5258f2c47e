import * as z from 'zod'
import { campaignStatuses, meansNames } from '../core/campaign.ts'
import { channelNames } from '../core/contact.ts'

/**
 * The rows of a copy (`dumpRows`, `loadRows`), the same from every store, in the order in which they are dumped:
 * entries first, because `secret:contact_key` must stand before the first contact. A store that is loaded without that
 * secret makes new contact keys from the mappings and puts them wherever an old one stood.
 * Claims are not copied: what is claimed is dumped as waiting or queued (`maybeSent` for what was being sent).
 */
const time = z.number().int()
const key = z.string().min(1)

export const entryRow = z.strictObject({ name: key, value: z.string(), version: z.number().int().positive() })

export const contactRow = z.strictObject({
  contactKey: key,
  channel: z.enum(channelNames),
  accountId: key,
  userId: key,
  profile: z.strictObject({
    firstSeenAt: time,
    lastInboundAt: time.nullable(),
    optedOut: z.boolean(),
    blocked: z.boolean(),
    remembered: z.strictObject({ commune: z.string().exactOptional(), role: z.string().exactOptional(), language: z.string().exactOptional() }),
  }),
  /** Null when there was no turn yet. */
  conversation: z.json(),
  version: z.number().int().nonnegative(),
  lastEventAt: time,
  /** Erased; kept only until its last delivery is final. */
  farewell: z.boolean(),
})

/** In order of arrival. */
export const eventRow = z.strictObject({
  id: key,
  /** Null once the contact is erased. */
  contactKey: key.nullable(),
  account: key,
  kind: key,
  status: z.enum(['waiting', 'handled', 'dead']),
  sentAt: time,
  receivedAt: time,
  orderAt: time,
  attempts: z.number().int().nonnegative(),
  /** Why it is dead. */
  cause: z.string().nullable(),
  /** All fields beside `EventHead`, with `kind`, `messageId` and `entry`; null once the words are removed. */
  body: z.record(z.string(), z.json()).nullable(),
})

/** In the order they were queued. */
export const deliveryRow = z.strictObject({
  id: key,
  /** Null once the contact is erased or its term is over. */
  contactKey: key.nullable(),
  account: key,
  origin: z.enum(['reply', 'staff', 'campaign']),
  status: z.enum(['queued', 'sent', 'failed', 'uncertain', 'skipped']),
  reason: z.string().nullable(),
  platformMessageId: z.string().nullable(),
  receipt: z.enum(['delivered', 'read', 'failed']).nullable(),
  /** Null once the words are removed. */
  part: z.record(z.string(), z.json()).nullable(),
  questionAt: time.nullable(),
  questionMessageId: z.string().nullable(),
  attempts: z.number().int().nonnegative(),
  maybeSent: z.boolean(),
  queuedAt: time,
  /** Not to be sent before; null for what is final. */
  dueAt: time.nullable(),
  finishedAt: time.nullable(),
  /** Only of a planned delivery. */
  planned: z.strictObject({
    campaign: key,
    post: key,
    means: z.enum(meansNames),
    /** Which part of the post, from 1. */
    n: z.number().int().positive(),
    /** Uncertain, and seen by staff. */
    settled: z.boolean(),
  }).exactOptional(),
})

export const consentRow = z.strictObject({
  contactKey: key.nullable(),
  purpose: z.enum(['answer', 'announce', 'model', 'remember']),
  given: z.boolean(),
  at: time,
  notice: z.string(),
  eventId: z.string(),
})

export const handoverRow = z.strictObject({
  id: key,
  /** Empty once the contact is erased. */
  contactKey: z.string(),
  account: key,
  reason: z.enum(['asked', 'stale', 'erasure', 'attachment']),
  askedAt: time,
  firstStaffAnswerAt: time.nullable(),
  closedAt: time.nullable(),
  marks: z.array(z.enum(['staff_alerted', 'staff_reminded', 'unread_reminded', 'citizen_told', 'window_told'])),
})

export const outcomeRow = z.strictObject({
  day: key,
  account: key,
  entry: z.string().nullable(),
  flow: z.string().nullable(),
  step: z.string().nullable(),
  article: z.string().nullable(),
  status: key,
  handover: z.boolean(),
  helpful: z.enum(['yes', 'no']).nullable(),
  count: z.number().int().positive(),
})

/** Erased with its contact; null: the contact is gone or was not noted. */
export const unansweredRow = z.strictObject({
  id: key, question: z.string(), status: z.string(), at: time, contactKey: z.string().nullable().default(null),
  /** A person let it into reports. */
  released: z.strictObject({ by: z.string(), at: time }).exactOptional(),
})

const correctionRow = z.strictObject({
  kind: z.enum(['correct', 'recall']), text: z.string(), reason: z.string(), proposedBy: z.string(), proposedAt: time,
  confirmedBy: z.string().nullable(), confirmedAt: time.nullable(), posts: z.array(z.string()).exactOptional(),
  get previous() { return correctionRow.exactOptional() },
})

export const campaignRow = z.strictObject({
  id: key,
  status: z.enum(campaignStatuses),
  version: z.number().int().positive(),
  content: z.json(),
  author: z.string(),
  lastEditor: z.string(),
  approval: z.strictObject({ by: z.string(), at: time, hash: z.string(), manifest: z.record(z.string(), z.string()) }).nullable(),
  correction: correctionRow.nullable(),
  reason: z.string().nullable(),
  changedAt: time,
})

/** How far the planning of a post on an account has come. Where contact keys are made anew it begins again: their order is another. */
export const planRow = z.strictObject({
  campaign: key, post: key, account: key, means: z.enum(meansNames), after: z.string().nullable(), done: z.boolean(), planned: z.number().int().nonnegative(),
})

export const publicationRow = z.strictObject({
  id: key,
  campaign: key,
  post: key,
  account: key,
  means: z.enum(meansNames),
  /** What is claimed is `publishing`. */
  status: z.enum(['planned', 'publishing', 'published', 'failed', 'uncertain', 'skipped', 'edited', 'withdrawn']),
  platformIds: z.record(z.string(), z.string()),
  dueAt: time,
  publishedAt: time.nullable(),
  reason: z.string().nullable(),
  reach: z.strictObject({ value: z.number(), source: z.enum(['platform', 'by_hand']), who: z.string().nullable(), day: key }).nullable(),
  optedOutReached: z.number().int().nonnegative().nullable(),
})

/** In order, without gaps. The first is not number 1 where retention took those before it. */
export const auditRow = z.strictObject({
  seq: z.number().int().positive(),
  at: time,
  who: z.string(),
  via: z.enum(['console', 'cli', 'job']),
  why: z.string(),
  action: z.string(),
  campaign: z.string(),
  before: z.enum(campaignStatuses).nullable(),
  after: z.enum(campaignStatuses),
  approval: z.string().nullable(),
  previous: z.string(),
  hash: z.string(),
})

const tagRow = z.strictObject({ contactKey: key, tag: key })

export const rowSchemas = {
  entry: entryRow,
  contact: contactRow,
  event: eventRow,
  delivery: deliveryRow,
  consent: consentRow,
  handover: handoverRow,
  outcome: outcomeRow,
  unanswered: unansweredRow,
  campaign: campaignRow,
  plan: planRow,
  publication: publicationRow,
  audit: auditRow,
  tag: tagRow,
} as const

export type EntryRow = z.infer<typeof entryRow>
export type ContactRow = z.infer<typeof contactRow>
export type EventRow = z.infer<typeof eventRow>
export type DeliveryRow = z.infer<typeof deliveryRow>
export type ConsentRow = z.infer<typeof consentRow>
export type HandoverRow = z.infer<typeof handoverRow>
export type OutcomeRow = z.infer<typeof outcomeRow>
export type UnansweredRow = z.infer<typeof unansweredRow>
export type CampaignRow = z.infer<typeof campaignRow>
export type PlanRow = z.infer<typeof planRow>
export type TagRow = z.infer<typeof tagRow>

/** The register's name of the secret under which contact keys are made. */
export const CONTACT_KEY_SECRET = 'secret:contact_key'

/** The register's name of what a server notes while it runs. It is about that server's life, so that no copy takes it along. */
export const SERVER_RUNNING = 'server:running'
