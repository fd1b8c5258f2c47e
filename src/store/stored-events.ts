import type { Contact } from '../core/contact.ts'
import type { EventBody, EventHead, InboundEvent } from '../core/event.ts'
import type { ContactExport, KeptComment } from './ports.ts'

/** How an event stands in a row of a database: a few columns, and everything else in `body`. */

/** How many waiting events a claim shows at most. */
export const SHOWN = 20

/** What stands in `body`: everything but the columns, as JSON. No platform id of the person. */
export function bodyOf(event: InboundEvent): string {
  const { id: _id, contact: _contact, sentAt: _sentAt, receivedAt: _receivedAt, orderAt: _orderAt, ...body } = event
  return JSON.stringify(body)
}

/** A waiting event's row. */
export interface WaitingEvent {
  seq: number
  id: string
  sentAt: number
  receivedAt: number
  orderAt: number
  attempts: number
  body: string
}

/** The event as it came. */
export function eventFrom({ id, sentAt, receivedAt, orderAt, body }: WaitingEvent, contact: Contact): InboundEvent {
  return { id, contact, sentAt, receivedAt, orderAt, ...JSON.parse(body) as EventBody & Pick<EventHead, 'messageId' | 'entry'> }
}

/** A row as it is told to the person and to staff. */
export const toldOf = ({ kind, sentAt, body }: { kind: string; sentAt: number; body: string | null }): ContactExport['events'][number] => tellingOf(kind, sentAt, body === null ? null : JSON.parse(body) as EventBody)

/** The same of an event; `body` null where its words are removed. */
export const tellingOf = (kind: string, sentAt: number, body: EventBody | null): ContactExport['events'][number] =>
  ({ kind, sentAt, text: body === null ? null : wordsIn(body), ...(body?.kind === 'staff_message' && { automatic: body.automatic }) })

/** A person's own words in an event, for the person to read; null where there were none. */
function wordsIn(event: EventBody): string | null {
  switch (event.kind) {
    case 'text': return event.text
    case 'tap': return event.payload
    case 'start': return event.ref
    case 'attachment': return event.caption ?? event.url ?? null
    case 'submitted_info': case 'comment': return JSON.stringify(event.fields)
    default: return null
  }
}

/** The platform's own fields in the row of a comment; none in any other row. */
export function fieldsOf(body: string): KeptComment['fields'] {
  const event = JSON.parse(body) as EventBody
  return event.kind === 'comment' ? event.fields : {}
}
