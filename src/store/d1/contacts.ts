import type { DeliveryStatus } from '../../core/delivery.ts'
import type { Message } from '../../core/message.ts'
import type { Millis } from '../../core/time.ts'
import { json } from '../column-values.ts'
import { origins } from '../origins.ts'
import type { Consent, ContactExport, Contacts } from '../ports.ts'
import { toldOf } from '../stored-events.ts'
import { contactColumns, contactFrom, profileFrom, type ContactColumns } from './claims.ts'
import type { Core } from './core.ts'
import { rowsOf } from './database.ts'
import { forgetting } from './graves.ts'
import { handoverFrom, selectHandovers, type HandoverColumns } from './handovers.ts'
import { ofContact } from './schema.ts'

const select = `select ${contactColumns} from contacts c left join mailbox m on m.contact_id = c.id where c.contact_key = ?1 and c.erased_at is null`
const id = '(select id from contacts where contact_key = ?1 and erased_at is null)'
const his = `contact_id = ${id}`
const selectEvents = `select kind, sent_at as sentAt, body from events where ${ofContact(id)} order by seq`
const selectDeliveries = `select origin, status, coalesce(finished_at, queued_at) as at, part from deliveries where ${ofContact(id)} order by seq`
const selectConsents = `select purpose, given, at, notice, event_id as eventId from consents where ${his} order by seq`
const selectHis = `${selectHandovers} where h.${his} order by h.seq`
const selectUnanswered = `select question, at from unanswered where ${his} order by seq`
const selectTags = `select tag from contact_tags where ${his} order by tag`

/** People: found, shown to themselves, forgotten. */
export function contacts({ database, keyOf, graves }: Core): Contacts {
  async function exportContact(key: string): Promise<ContactExport | null> {
    const [[row], events, deliveries, consents, handovers, unanswered, tags] = await database.run(
      rowsOf<ContactColumns>(select, key),
      rowsOf<{ kind: string; sentAt: Millis; body: string | null }>(selectEvents, key),
      rowsOf<{ origin: number; status: DeliveryStatus; at: Millis; part: string | null }>(selectDeliveries, key),
      rowsOf<Omit<Consent, 'given'> & { given: number }>(selectConsents, key),
      rowsOf<HandoverColumns>(selectHis, key),
      rowsOf<ContactExport['unanswered'][number]>(selectUnanswered, key),
      rowsOf<{ tag: string }>(selectTags, key),
    )
    if (row === undefined) return null
    return {
      contact: contactFrom(row), profile: profileFrom(row), conversation: json(row.conversation),
      events: events.map(toldOf),
      deliveries: deliveries.map(({ origin, status, at, part }) => ({ origin: origins[origin]!, status, at, text: part === null ? null : (JSON.parse(part) as Message).text })),
      consents: consents.map((consent) => ({ ...consent, given: consent.given === 1 })),
      handovers: handovers.map(handoverFrom), unanswered, ...(tags.length > 0 && { tags: tags.map(({ tag }) => tag) }),
    }
  }
  return {
    keyOf,
    exportContact,
    async findContact(key) {
      const [row] = await database.rows<ContactColumns>(select, key)
      return row === undefined ? null : { contact: contactFrom(row), profile: profileFrom(row) }
    },
    async forgetContact(key, now) {
      const [erased] = await database.run(forgetting(key, now), await graves.bury(key, now))
      return erased.length === 1
    },
  }
}
