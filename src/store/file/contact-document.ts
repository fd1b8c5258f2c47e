import * as z from 'zod'
import { accountKey, type AccountKey, type Contact } from '../../core/contact.ts'
import type { Part } from '../../core/message.ts'
import type { EventBody, EventHead, InboundEvent } from '../../core/event.ts'
import type { Delivery } from '../../core/delivery.ts'
import type { Millis } from '../../core/time.ts'
import { consentRow, contactRow, deliveryRow, eventRow, handoverRow } from '../rows.ts'

/**
 * Everything kept about one contact, as it stands in `contacts/<ab>/<contact key>.json`. The functions beside this
 * file decide on such a value and return a new one; nothing in it is ever changed in place.
 */
export const contactDocument = z.object({
  key: z.string(),
  contact: contactRow.pick({ channel: true, accountId: true, userId: true }),
  profile: contactRow.shape.profile,
  /** Rises with every turn. */
  version: z.number().int().nonnegative(),
  /** When its waiting events are due for a turn; means nothing when none waits. */
  dueAt: z.number(),
  /** When somebody asked to wait until `dueAt`; null when nobody did. */
  waitsSince: z.number().nullable(),
  lastEventAt: z.number(),
  /** Erased, and kept only until the last of `deliveries` is final. */
  farewell: z.boolean(),
  conversation: z.json(),
  /** Waiting and dead ones, and the latest handled ones; the others stand in the history. */
  events: z.array(eventRow.omit({ contactKey: true, account: true }).extend({
    /** Order of arrival, over all contacts. */
    seq: z.number(),
    /** When it was handled or set aside; null while it waits. */
    endedAt: z.number().nullable(),
  })),
  /** What is not final, and the latest final ones; the others stand in the history. */
  deliveries: z.array(deliveryRow.omit({ contactKey: true, account: true }).extend({
    status: z.enum(['queued', 'sending', 'sent', 'failed', 'uncertain', 'skipped']),
    /** When somebody asked to wait until `dueAt`; null when nobody did. */
    waitsSince: z.number().nullable(),
    seq: z.number(),
  })),
  consents: z.array(consentRow.omit({ contactKey: true })),
  handovers: z.array(handoverRow.omit({ contactKey: true, account: true })),
  /** What staff tagged the person with; absent where nothing. */
  tags: z.array(z.string()).optional(),
  /** How many rows stand in `<contact key>.history.json` and how old the oldest of each kind is; null when there is no such file. */
  history: z.object({
    events: z.number(),
    deliveries: z.array(z.object({ origin: deliveryRow.shape.origin, status: deliveryRow.shape.status, count: z.number() })),
    oldestWords: z.number().nullable(),
    oldestEvent: z.number().nullable(),
    oldestText: z.number().nullable(),
    oldestCampaign: z.number().nullable(),
  }).nullable(),
})

export type ContactDocument = Readonly<Omit<z.infer<typeof contactDocument>, 'events' | 'deliveries' | 'consents' | 'handovers' | 'tags'>> & {
  readonly tags?: readonly string[] | undefined
  readonly events: readonly StoredEvent[]
  readonly deliveries: readonly StoredDelivery[]
  readonly consents: readonly z.infer<typeof contactDocument>['consents'][number][]
  readonly handovers: readonly StoredHandover[]
}
export type StoredEvent = Readonly<z.infer<typeof contactDocument>['events'][number]>
export type StoredDelivery = Readonly<z.infer<typeof contactDocument>['deliveries'][number]>
export type StoredHandover = Readonly<z.infer<typeof contactDocument>['handovers'][number]>
type StoredStatus = StoredDelivery['status']

/** Older rows of one contact, in `contacts/<ab>/<contact key>.history.json`: read only for a repeat, an export or their retention. */
export const historyDocument = z.object({
  events: contactDocument.shape.events,
  deliveries: contactDocument.shape.deliveries,
})
export interface HistoryDocument {
  readonly events: readonly StoredEvent[]
  readonly deliveries: readonly StoredDelivery[]
}

export const noHistory: HistoryDocument = { events: [], deliveries: [] }

export function newContact(key: string, contact: Contact, now: Millis): ContactDocument {
  return {
    key,
    contact: { channel: contact.channel, accountId: contact.accountId, userId: contact.userId },
    profile: { firstSeenAt: now, lastInboundAt: null, optedOut: false, blocked: false, remembered: {} },
    version: 0,
    dueAt: now,
    waitsSince: null,
    lastEventAt: now,
    farewell: false,
    conversation: null,
    events: [],
    deliveries: [],
    consents: [],
    handovers: [],
    history: null,
  }
}

export const accountOf = (document: ContactDocument): AccountKey => accountKey(document.contact)

export const isFinal = (status: StoredStatus): boolean => status !== 'queued' && status !== 'sending'

/** Waiting events in the order in which they are handled. */
export function waitingEvents(document: ContactDocument): StoredEvent[] {
  return document.events.filter((event) => event.status === 'waiting').sort((a, b) => a.orderAt - b.orderAt || a.seq - b.seq)
}

/** The row as the event it was. Only for events that still have their words. */
export function inboundEvent(contact: Contact, row: StoredEvent): InboundEvent {
  const { id, sentAt, receivedAt, orderAt } = row
  return { id, contact, sentAt, receivedAt, orderAt, ...(row.body as unknown as EventBody & Pick<EventHead, 'messageId' | 'entry'>) }
}

/** Set aside as dead, without its words, when they cannot be stored. */
export function storedEvent(event: InboundEvent, status: 'waiting' | 'handled', seq: number, now: Millis): StoredEvent {
  const { id, contact: _, sentAt, receivedAt, orderAt, ...body } = event
  const row = { id, kind: event.kind, sentAt, receivedAt, orderAt, seq, attempts: 0 }
  try {
    return { ...row, status, endedAt: status === 'handled' ? now : null, cause: null, body: plainJson(body) as StoredEvent['body'] }
  } catch {
    return { ...row, status: 'dead', endedAt: now, cause: 'cannot be stored', body: null }
  }
}

export function storedDelivery(delivery: Omit<Delivery, 'contactKey' | 'account'>, seq: number, now: Millis): StoredDelivery {
  return {
    id: delivery.id, origin: delivery.origin, status: 'queued', reason: null, platformMessageId: null, receipt: null,
    part: plainJson(delivery.part) as StoredDelivery['part'],
    questionAt: delivery.questionAt, questionMessageId: delivery.questionMessageId ?? null,
    attempts: 0, maybeSent: false, queuedAt: now, dueAt: now, waitsSince: null, finishedAt: null, seq,
  }
}

export const partOf = (row: StoredDelivery): Part => row.part as unknown as Part

/** The value as a file gives it back, shared with nobody. Throws `TypeError` for what JSON cannot hold. */
export function plainJson(value: unknown): z.core.util.JSONType {
  const text = JSON.stringify(value)
  if (text === undefined) throw new TypeError('not JSON')
  return JSON.parse(text) as z.core.util.JSONType
}

/** A copy of the list with one row replaced. */
export function replaced<T extends { readonly id: string }>(rows: readonly T[], row: T): readonly T[] {
  return rows.map((old) => (old.id === row.id ? row : old))
}
