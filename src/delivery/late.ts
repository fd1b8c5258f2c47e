import type { ClaimedDelivery } from '../core/delivery.ts'
import type { InboundEvent } from '../core/event.ts'
import type { Part } from '../core/message.ts'
import { tellTime, type Millis } from '../core/time.ts'

export interface LateTerms {
  /** From here on a reply says that it is late and quotes the question. */
  lateAfter: Millis
  /** From here on it is not sent; the citizen gets one apology. */
  staleAfter: Millis
  /** The line put first; `time` is that of the question. */
  lateLine: (time: string) => string
}

/** What a delivery has become by the time it can be sent. Pure. */
export function lateness(
  delivery: Pick<ClaimedDelivery, 'part' | 'questionAt' | 'questionMessageId' | 'origin'>, now: Millis, terms: LateTerms,
): { kind: 'send'; part: Part } | { kind: 'too_late' } {
  const { part, questionAt, questionMessageId } = delivery
  if (delivery.origin !== 'reply' || questionAt === null) return { kind: 'send', part }
  const age = now - questionAt
  if (age > terms.staleAfter) return { kind: 'too_late' }
  if (age <= terms.lateAfter) return { kind: 'send', part }
  const quote = questionMessageId === undefined ? {} : { quote: questionMessageId }
  return { kind: 'send', part: { ...part, ...quote, text: `${terms.lateLine(tellTime(questionAt, now))}\n\n${part.text}` } }
}

/** The event that makes the conversation apologise: one per question, however many parts its reply had. */
export function lateEventOf(delivery: Pick<ClaimedDelivery, 'id' | 'contact'>, now: Millis): InboundEvent {
  return {
    id: `overdue:${delivery.id.slice(0, delivery.id.lastIndexOf('#'))}`,
    contact: delivery.contact,
    sentAt: now,
    receivedAt: now,
    orderAt: now,
    kind: 'overdue',
    deliveryId: delivery.id,
  }
}
