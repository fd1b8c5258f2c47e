import * as z from 'zod'
import type { Millis } from '../../core/time.ts'
import { consentRow, deliveryRow, eventRow, handoverRow, type ConsentRow, type DeliveryRow, type EventRow, type HandoverRow } from '../rows.ts'
import { accountOf, isFinal, type ContactDocument, type HistoryDocument, type StoredDelivery, type StoredEvent } from './contact-document.ts'

/** What stays of erased contacts, without words or identity, in `anonymous/<day>.json`. */
export const anonymousDocument = z.object({
  events: z.array(eventRow),
  deliveries: z.array(deliveryRow),
  consents: z.array(consentRow),
  handovers: z.array(handoverRow),
})
export interface AnonymousDocument {
  readonly events: readonly EventRow[]
  readonly deliveries: readonly DeliveryRow[]
  readonly consents: readonly ConsentRow[]
  readonly handovers: readonly HandoverRow[]
}
export const noAnonymous: AnonymousDocument = { events: [], deliveries: [], consents: [], handovers: [] }

/**
 * The contact divided into what may stay and what still has to be sent. With a farewell, these deliveries go out yet
 * and the contact stays until they have (`stays`); all else is anonymous at once.
 */
export function erased(document: ContactDocument, history: HistoryDocument, farewell: readonly string[], now: Millis): { stays: ContactDocument | null; anonymous: AnonymousDocument } {
  const toSend = document.deliveries.filter((row) => farewell.includes(row.id) && !isFinal(row.status))
  const done = [...history.deliveries, ...document.deliveries.filter((row) => !toSend.includes(row))]
  const anonymous: AnonymousDocument = {
    events: [...history.events, ...document.events].map((row) => anonymousEvent(document, row)),
    deliveries: done.map((row) => anonymousDelivery(document, row, now)),
    consents: document.consents.map((consent) => ({ ...consent, contactKey: null })),
    handovers: document.handovers.map((row) => ({ ...row, marks: [...row.marks], contactKey: '', account: accountOf(document), closedAt: row.closedAt ?? now })),
  }
  if (toSend.length === 0) return { stays: null, anonymous }
  const profile = { ...document.profile, optedOut: false, remembered: {} }
  const { tags: _, ...untagged } = document
  return {
    anonymous,
    stays: { ...untagged, profile, version: 0, conversation: null, farewell: true, events: [], deliveries: toSend, consents: [], handovers: [], history: null },
  }
}

/** The person wrote again before the farewell was out: a new acquaintance, whose farewell still goes. */
export function returned(document: ContactDocument, now: Millis): ContactDocument {
  return { ...document, farewell: false, profile: { ...document.profile, firstSeenAt: now, lastInboundAt: null } }
}

function anonymousEvent(document: ContactDocument, row: StoredEvent): EventRow {
  const { id, kind, sentAt, receivedAt, orderAt, attempts } = row
  return { id, contactKey: null, account: accountOf(document), kind, status: 'handled', sentAt, receivedAt, orderAt, attempts, cause: null, body: null }
}

/** A campaign delivery's id holds the contact key, which its number replaces. What was not out yet is skipped, what may be out is uncertain. */
export function anonymousDelivery(document: ContactDocument, row: StoredDelivery, now: Millis): DeliveryRow {
  const { seq, waitsSince: _, ...rest } = row
  const end = isFinal(row.status) ? {} : { reason: 'erased', dueAt: null, finishedAt: now }
  const status = row.status === 'sending' ? 'uncertain' : row.status === 'queued' ? 'skipped' : row.status
  const id = row.id.replaceAll(document.key, `erased-${seq}`)
  return { ...rest, ...end, status, id, contactKey: null, account: accountOf(document), part: null, platformMessageId: null, questionMessageId: null }
}
