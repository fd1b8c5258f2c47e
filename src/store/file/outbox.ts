import type { InboundEvent } from '../../core/event.ts'
import type { Millis } from '../../core/time.ts'
import type { FinishedDelivery } from '../ports.ts'
import { withPartsGoingOn } from './campaigns-parts.ts'
import { isFinal, replaced, type ContactDocument, type StoredDelivery } from './contact-document.ts'

/** Replies and staff messages stand in one line, campaign messages in another, planned ones in a third: none holds the others. */
export type Lane = 'direct' | 'campaign' | 'planned'
export const lanes: readonly Lane[] = ['direct', 'campaign', 'planned']
export const laneOf = ({ origin, planned }: Pick<StoredDelivery, 'origin' | 'planned'>): Lane =>
  (planned !== undefined ? 'planned' : origin === 'campaign' ? 'campaign' : 'direct')

/** What is to be sent next: what is being sent already, else the oldest that is queued. Null when the lane is empty. */
export function laneHead(deliveries: readonly StoredDelivery[], lane: Lane): StoredDelivery | null {
  let head: StoredDelivery | null = null
  for (const row of deliveries) {
    if (isFinal(row.status) || laneOf(row) !== lane) continue
    if (row.status === 'sending') return row
    if (head === null || row.seq < head.seq) head = row
  }
  return head
}

/** The head of a lane, which must not be empty, handed out for sending. What was `sending` already may have gone out. */
export function withSending(document: ContactDocument, lane: Lane): { document: ContactDocument; row: StoredDelivery } {
  return withSendingOf(document, laneHead(document.deliveries, lane)!)
}

/** As `withSending`, for this row. */
export function withSendingOf(document: ContactDocument, head: StoredDelivery): { document: ContactDocument; row: StoredDelivery } {
  const row: StoredDelivery = { ...head, status: 'sending', attempts: head.attempts + 1, maybeSent: head.maybeSent || head.status === 'sending' }
  return { document: { ...document, deliveries: replaced(document.deliveries, row) }, row }
}

/** The contact after a send ended; null when the delivery was not being sent. */
export function withFinished(document: ContactDocument, finished: FinishedDelivery, now: Millis): ContactDocument | null {
  const row = document.deliveries.find(({ id }) => id === finished.id)
  if (row?.status !== 'sending') return null
  const after = ended(row, finished.end, now)
  return { ...document, profile: learnt(document, finished.contact), deliveries: withPartsGoingOn(replaced(document.deliveries, after), after, now) }
}

function ended(row: StoredDelivery, end: FinishedDelivery['end'], now: Millis): StoredDelivery {
  switch (end.status) {
    case 'queued': return { ...row, status: 'queued', dueAt: end.dueAt, waitsSince: now, maybeSent: end.maybeSent }
    case 'sent': return { ...row, status: 'sent', platformMessageId: end.platformMessageId, reason: null, dueAt: null, finishedAt: now }
    default: return { ...row, status: end.status, reason: end.reason, dueAt: null, finishedAt: now }
  }
}

function learnt({ profile }: ContactDocument, contact: FinishedDelivery['contact']): ContactDocument['profile'] {
  if (contact === undefined) return profile
  return {
    ...profile,
    blocked: contact.blocked ?? profile.blocked,
    optedOut: contact.optedOut ?? profile.optedOut,
    lastInboundAt: contact.windowClosed ? null : profile.lastInboundAt,
  }
}

/** What an echo or a receipt says about the deliveries: our own send came back, or it arrived, was read, or failed. */
export function withNews(deliveries: readonly StoredDelivery[], event: InboundEvent, now: Millis): readonly StoredDelivery[] {
  if (event.kind === 'echo') {
    const before = deliveries.find(({ id }) => id === event.deliveryId)
    if (before === undefined) return deliveries
    const after = echoed(before, event.platformMessageId, now)
    return after === before ? deliveries : withPartsGoingOn(replaced(deliveries, after), after, now)
  }
  if (event.kind === 'receipt') return deliveries.map((row) => (isReceiptFor(row, event) ? marked(row, event.status) : row))
  return deliveries
}

function echoed(row: StoredDelivery, platformMessageId: string, now: Millis): StoredDelivery {
  if (isFinal(row.status) && row.status !== 'uncertain') return row
  return { ...row, status: 'sent', platformMessageId, reason: null, dueAt: null, finishedAt: now }
}

function isReceiptFor(row: StoredDelivery, receipt: Extract<InboundEvent, { kind: 'receipt' }>): boolean {
  if (row.origin !== 'campaign' || row.status !== 'sent') return false
  if (receipt.platformMessageIds !== undefined) return row.platformMessageId !== null && receipt.platformMessageIds.includes(row.platformMessageId)
  return receipt.readUpTo !== undefined && row.finishedAt !== null && row.finishedAt <= receipt.readUpTo
}

/** Read is never turned back into delivered. */
function marked(row: StoredDelivery, receipt: 'delivered' | 'read' | 'failed'): StoredDelivery {
  return row.receipt === receipt || (row.receipt === 'read' && receipt === 'delivered') ? row : { ...row, receipt }
}
