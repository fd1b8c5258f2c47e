import * as z from 'zod'
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
  /** All fields beside `EventHead`, with `kind` and `messageId`; null once the words are removed. */
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
  marks: z.array(z.string()),
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
export const unansweredRow = z.strictObject({ id: key, question: z.string(), status: z.string(), at: time, contactKey: z.string().nullable().default(null) })

export const rowSchemas = {
  entry: entryRow,
  contact: contactRow,
  event: eventRow,
  delivery: deliveryRow,
  consent: consentRow,
  handover: handoverRow,
  outcome: outcomeRow,
  unanswered: unansweredRow,
} as const

export type EntryRow = z.infer<typeof entryRow>
export type ContactRow = z.infer<typeof contactRow>
export type EventRow = z.infer<typeof eventRow>
export type DeliveryRow = z.infer<typeof deliveryRow>
export type ConsentRow = z.infer<typeof consentRow>
export type HandoverRow = z.infer<typeof handoverRow>
export type OutcomeRow = z.infer<typeof outcomeRow>
export type UnansweredRow = z.infer<typeof unansweredRow>

/** The register's name of the secret under which contact keys are made. */
export const CONTACT_KEY_SECRET = 'secret:contact_key'
