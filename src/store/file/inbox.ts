import { isByCitizen, type InboundEvent } from '../../core/event.ts'
import type { Millis } from '../../core/time.ts'
import type { FailedTurn, HandoverChange, Turn } from '../ports.ts'
import { plainJson, replaced, storedDelivery, storedEvent, type ContactDocument, type StoredDelivery, type StoredEvent } from './contact-document.ts'

/** Numbers of rows in order of arrival. */
export type NextNumber = () => number

/** The contact with a new event, its words and its place in the reply window. Settling and marking is `outbox.ts`. */
export function withEvent(document: ContactDocument, event: InboundEvent, status: 'waiting' | 'handled', now: Millis, next: NextNumber): ContactDocument {
  return {
    ...document,
    ...(hasWaiting(document) ? {} : { dueAt: now, waitsSince: null }),
    profile: isByCitizen(event.kind) ? heardFrom(document, event.sentAt) : document.profile,
    lastEventAt: Math.max(document.lastEventAt, now),
    events: [...document.events, storedEvent(event, status, next(), now)],
  }
}

function heardFrom({ profile }: ContactDocument, at: Millis): ContactDocument['profile'] {
  return { ...profile, lastInboundAt: Math.max(profile.lastInboundAt ?? at, at), blocked: false }
}

/** One more try of this event. */
export const withAttempt = (document: ContactDocument, event: StoredEvent): ContactDocument =>
  ({ ...document, events: replaced(document.events, { ...event, attempts: event.attempts + 1 }) })

/**
 * The contact after a turn; null when the version is not the turn's or its event does not wait: then it is stale.
 * Throws `TypeError` when the turn's data is not JSON. Erasure is `erasure.ts`.
 */
export function withTurn(document: ContactDocument, turn: Turn, now: Millis, next: NextNumber): ContactDocument | null {
  const event = document.events.find((row) => row.id === turn.eventId)
  if (document.version !== turn.version || event?.status !== 'waiting') return null
  const cancelled = turn.cancelReplies === undefined ? document.deliveries : cancelReplies(document.deliveries, turn.cancelReplies, now)
  const known = new Set(cancelled.map((row) => row.id))
  const queued = turn.deliveries.filter((delivery) => !known.has(delivery.id)).map((delivery) => storedDelivery(delivery, next(), now))
  return {
    ...document,
    version: document.version + 1,
    dueAt: now,
    waitsSince: null,
    conversation: plainJson(turn.conversation),
    profile: { ...document.profile, ...(turn.profile === undefined ? {} : (plainJson(turn.profile) as Partial<ContactDocument['profile']>)) },
    events: replaced(document.events, { ...event, status: 'handled', endedAt: now }),
    deliveries: queued.length === 0 ? cancelled : [...cancelled, ...queued],
    consents: turn.consents === undefined ? document.consents : [...document.consents, ...(plainJson(turn.consents) as unknown as ContactDocument['consents'])],
    handovers: turn.handover === undefined ? document.handovers : withHandover(document.handovers, turn.handover, event, now),
  }
}

function cancelReplies(deliveries: readonly StoredDelivery[], reason: string, now: Millis): readonly StoredDelivery[] {
  return deliveries.map((row) =>
    row.origin === 'reply' && row.status === 'queued' ? { ...row, status: 'skipped' as const, reason, dueAt: null, finishedAt: now } : row)
}

function withHandover(handovers: ContactDocument['handovers'], change: HandoverChange, { id, sentAt }: StoredEvent, now: Millis): ContactDocument['handovers'] {
  const open = handovers.find((handover) => handover.closedAt === null)
  switch (change.kind) {
    case 'open':
      if (open !== undefined || handovers.some((handover) => handover.id === id)) return handovers
      return [...handovers, { id, reason: change.reason, askedAt: sentAt, firstStaffAnswerAt: null, closedAt: null, marks: [] }]
    case 'staff_answered':
      return open === undefined || open.firstStaffAnswerAt !== null ? handovers : replaced(handovers, { ...open, firstStaffAnswerAt: now })
    case 'close':
      return open === undefined ? handovers : replaced(handovers, { ...open, closedAt: now })
  }
}

/** The contact after a turn that could not be handled; null when its event does not wait any more. */
export function withFailure(document: ContactDocument, failure: FailedTurn, now: Millis, next: NextNumber): ContactDocument | null {
  const event = document.events.find((row) => row.id === failure.eventId)
  if (event?.status !== 'waiting') return null
  if ('retryAt' in failure.then) return { ...document, dueAt: failure.then.retryAt, waitsSince: now }
  const { apology } = failure.then
  const fresh = apology !== undefined && !document.deliveries.some(({ id }) => id === apology.id)
  return {
    ...document,
    dueAt: now,
    waitsSince: null,
    events: replaced(document.events, { ...event, status: 'dead', endedAt: now, cause: failure.cause }),
    deliveries: fresh ? [...document.deliveries, storedDelivery(apology, next(), now)] : document.deliveries,
  }
}

/** A dead event waits again, as if it had never been tried; null when it is not dead or its words are gone. */
export function withRevived(document: ContactDocument, eventId: string, now: Millis): ContactDocument | null {
  const event = document.events.find((row) => row.id === eventId)
  if (event?.status !== 'dead' || event.body === null) return null
  const events = replaced(document.events, { ...event, status: 'waiting', endedAt: null, attempts: 0, cause: null })
  return { ...document, ...(hasWaiting(document) ? {} : { dueAt: now, waitsSince: null }), events }
}

const hasWaiting = (document: ContactDocument): boolean => document.events.some((event) => event.status === 'waiting')
