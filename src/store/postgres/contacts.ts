import { accountFrom, type Contact } from '../../core/contact.ts'
import type { DeliveryStatus } from '../../core/delivery.ts'
import type { Message } from '../../core/message.ts'
import type { Millis } from '../../core/time.ts'
import { json } from '../column-values.ts'
import { origins } from '../origins.ts'
import type { Consent, ContactExport, Contacts, Handover } from '../ports.ts'
import { toldOf } from '../stored-events.ts'
import { profileColumns, profileFrom, type ClaimableContact } from './claims.ts'
import type { Core } from './core.ts'
import type { Transaction } from './database.ts'
import { forget } from './eraser.ts'
import { selectHandovers } from './handovers.ts'
import { rowsOfContacts } from './schema.ts'
import type { Kind } from './writer.ts'

const select = `
  select c.id, c.contact_key as "contactKey", a.account, c.user_id as "userId", c.version, c.conversation, ${profileColumns}
  from contacts c join accounts a on a.id = c.account_id left join mailbox m on m.contact_id = c.id where c.contact_key = $1 and not c.farewell`
const selectId = 'select id from contacts where contact_key = $1'
const selectEvents = `select kind, sent_at as "sentAt", body from events where seq in (select seq from (${rowsOfContacts('events')}) own) order by seq`
const selectDeliveries = `
  select origin, status, coalesce(finished_at, queued_at) as at, part from deliveries where seq in (select seq from (${rowsOfContacts('deliveries')}) own) order by seq`
const selectConsents = 'select purpose, given, at, notice, event_id as "eventId" from consents where contact_id = $1 order by seq'
const selectTags = 'select tag from contact_tags where contact_id = $1 order by tag'
const selectHis = `${selectHandovers} where h.contact_id = $1 order by h.seq`
const selectUnanswered = 'select question, at from unanswered where contact_id = $1 order by seq'

const contactOf = ({ account, userId }: ClaimableContact): Contact => ({ ...accountFrom(account), userId })

async function everythingAbout(transaction: Transaction, row: ClaimableContact): Promise<ContactExport> {
  const [events, deliveries, consents, handovers, unanswered, tags] = await Promise.all([
    transaction.rows<{ kind: string; sentAt: Millis; body: string | null }>(selectEvents, [[row.id]]),
    transaction.rows<{ origin: number; status: DeliveryStatus; at: Millis; part: string | null }>(selectDeliveries, [[row.id]]),
    transaction.rows<Consent>(selectConsents, [row.id]),
    transaction.rows<Handover>(selectHis, [row.id]),
    transaction.rows<ContactExport['unanswered'][number]>(selectUnanswered, [row.id]),
    transaction.rows<{ tag: string }>(selectTags, [row.id]),
  ])
  return {
    contact: contactOf(row), profile: profileFrom(row), conversation: json(row.conversation),
    events: events.map(toldOf),
    deliveries: deliveries.map(({ origin, status, at, part }) => ({ origin: origins[origin]!, status, at, text: part === null ? null : (JSON.parse(part) as Message).text })),
    consents, handovers, unanswered, ...(tags.length > 0 && { tags: tags.map(({ tag }) => tag) }),
  }
}

interface Forgetting { contactKey: string; now: Millis }

/** People: found, shown to themselves, forgotten. */
export function contacts(core: Core): Contacts {
  const { database, writer } = core
  const erasures: Kind<Forgetting, boolean> = {
    touches: ({ contactKey }) => ({ key: contactKey }),
    async apply(unit, elements) {
      const known: boolean[] = []
      for (const { contactKey, now } of elements) {
        const [contact] = await unit.rows<{ id: number }>(selectId, [contactKey])
        known.push(contact !== undefined)
        if (contact === undefined) continue
        unit.erased(contactKey, now)
        await forget(unit, [{ contactId: contact.id, now }])
      }
      return known
    },
  }
  return {
    keyOf: core.keyOf,
    async findContact(key) {
      const [row] = await database.rows<ClaimableContact>(select, [key])
      return row === undefined ? null : { contact: contactOf(row), profile: profileFrom(row) }
    },
    exportContact: (key) => database.transaction(async (transaction) => {
      const [row] = await transaction.rows<ClaimableContact>(select, [key])
      return row === undefined ? null : everythingAbout(transaction, row)
    }),
    forgetContact: (contactKey, now) => writer.one(erasures, { contactKey, now }),
  }
}
