import { accountFrom, type Contact } from '../../core/contact.ts'
import type { DeliveryStatus } from '../../core/delivery.ts'
import type { Message } from '../../core/message.ts'
import { json } from '../column-values.ts'
import { origins } from '../origins.ts'
import type { Consent, ContactExport, Contacts } from '../ports.ts'
import { toldOf } from '../stored-events.ts'
import { profileFrom, type ProfileColumns } from './claims.ts'
import { read, type Core } from './core.ts'
import { openEraser } from './eraser.ts'
import type { EventRecords } from './event-records.ts'
import { handoverFrom, type HandoverColumns, selectHandovers } from './handovers.ts'
import { deliveriesOfContact, eventsOfContact, lastInbound } from './schema.ts'
import { partColumn } from './shared-parts.ts'

interface ContactColumns extends ProfileColumns {
  id: number
  account_id: number
  user_id: string
  conversation: string | null
}

/** People: found, shown to themselves, forgotten. */
export function contacts(core: Core, records: EventRecords): Contacts {
  const { db, writer, accounts } = core
  const eraser = openEraser(core)
  const select = db.prepare(`
    select c.id, c.account_id, c.user_id, c.first_seen_at, ${lastInbound} as last_inbound_at, c.opted_out, c.blocked, c.remembered, c.conversation
    from contacts c left join mailbox m on m.contact_id = c.id where c.contact_key = ? and c.farewell = 0`)
  const selectId = db.prepare('select id from contacts where contact_key = ?')
  const selectEvents = db.prepare(`select kind, sent_at, body from events where seq in (${eventsOfContact}) order by seq`)
  const selectDeliveries = db.prepare(`
    select origin, status, coalesce(finished_at, queued_at) as at, ${partColumn('deliveries')} as part from deliveries where seq in (${deliveriesOfContact}) order by seq`)
  const selectConsents = db.prepare('select purpose, given, at, notice, event_id from consents where contact_id = ? order by seq')
  const selectTags = db.prepare('select tag from contact_tags where contact_id = ? order by tag')
  const selectUnanswered = db.prepare('select question, at from unanswered where contact_id = ? order by seq')
  const selectHis = db.prepare(`${selectHandovers} where h.contact_id = ? order by h.seq`)

  function contactOf(row: ContactColumns): Contact {
    return { ...accountFrom(accounts.keyOf(row.account_id)), userId: row.user_id }
  }
  const tagsOf = (id: number): { tags?: string[] } => {
    const tags = selectTags.all(id).map(({ tag }) => String(tag))
    return tags.length === 0 ? {} : { tags }
  }
  const consentsOf = (id: number): Consent[] => selectConsents.all(id).map((row) => ({
    purpose: row.purpose as Consent['purpose'], given: row.given === 1, at: Number(row.at), notice: String(row.notice), eventId: String(row.event_id),
  }))
  const everythingAbout = (row: ContactColumns): ContactExport => ({
    ...tagsOf(row.id),
    contact: contactOf(row),
    profile: profileFrom(row),
    conversation: json(row.conversation),
    events: selectEvents.all(row.id).map((event) => toldOf({ kind: String(event.kind), sentAt: Number(event.sent_at), body: event.body as string | null })),
    deliveries: selectDeliveries.all(row.id).map((delivery) => ({
      origin: origins[Number(delivery.origin)]!, status: delivery.status as DeliveryStatus, at: Number(delivery.at),
      text: delivery.part === null ? null : (JSON.parse(String(delivery.part)) as Message).text,
    })),
    consents: consentsOf(row.id),
    handovers: (selectHis.all(row.id) as unknown as HandoverColumns[]).map(handoverFrom),
    unanswered: selectUnanswered.all(row.id).map(({ question, at }) => ({ question: String(question), at: Number(at) })),
  })

  return {
    keyOf: core.keyOf,
    findContact: (key) => read(() => {
      const row = select.get(key) as ContactColumns | undefined
      return row === undefined ? null : { contact: contactOf(row), profile: profileFrom(row) }
    }),
    exportContact: (key) => read(() => {
      const row = select.get(key) as ContactColumns | undefined
      return row === undefined ? null : everythingAbout(row)
    }),
    forgetContact: (key, now) => writer.run(() => {
      records.takeUpArrivals(now, { contactKey: key })
      const row = selectId.get(key)
      if (row === undefined) return false
      core.erased(key, now)
      eraser.forget(Number(row.id), now)
      return true
    }),
  }
}
