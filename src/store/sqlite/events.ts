import type { Contact } from '../../core/contact.ts'
import type { EventBody, EventHead, InboundEvent } from '../../core/event.ts'

/** What of an event stands in its own row's `body`: everything but the columns, as JSON. No platform id of the person. */
export function bodyOf(event: InboundEvent): string {
  const { id: _id, contact: _contact, sentAt: _sentAt, receivedAt: _receivedAt, orderAt: _orderAt, ...body } = event
  return JSON.stringify(body)
}

/** The columns an event is put together from. */
export interface EventColumns {
  seq: number
  id: string
  sent_at: number
  received_at: number
  order_at: number
  attempts: number
  body: string
}

export function eventFrom(row: EventColumns, contact: Contact): InboundEvent {
  const body = JSON.parse(row.body) as EventBody & Pick<EventHead, 'messageId'>
  return { id: row.id, contact, sentAt: row.sent_at, receivedAt: row.received_at, orderAt: row.order_at, ...body }
}

/** A person's own words in an event, for the person to read; null where there were none or they are removed. */
export function wordsOf(body: string | null): string | null {
  if (body === null) return null
  const event = JSON.parse(body) as EventBody
  switch (event.kind) {
    case 'text': return event.text
    case 'tap': return event.payload
    case 'start': return event.ref
    case 'attachment': return event.caption ?? event.url ?? null
    case 'submitted_info': case 'comment': return JSON.stringify(event.fields)
    default: return null
  }
}
