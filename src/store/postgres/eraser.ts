import type { DeliveryStatus } from '../../core/delivery.ts'
import type { Millis } from '../../core/time.ts'
import { columnsOf } from './columns.ts'
import { removeMailboxes } from './mailboxes.ts'
import { rowsOfContacts } from './schema.ts'
import type { Unit } from './unit.ts'

/** A contact that is forgotten, and when. */
interface Forgotten { contactId: number; now: Millis }

const forgotten = 'unnest($1::bigint[], $2::bigint[]) u(contact_id, now)'
const clearEvents = `
  update events e set contact_id = null, body = null, cause = null, settled_at = coalesce(e.settled_at, u.now), status = 'handled'
  from (${rowsOfContacts('events')}) own join ${forgotten} on u.contact_id = own.contact_id where e.seq = own.seq`
const selectOpen = 'select origin, status from deliveries where contact_id = any($1::bigint[]) and finished_at is null'
const endOpen = `
  update deliveries d set status = case d.status when 'sending' then 'uncertain' else 'skipped' end, reason = 'erased', due_at = null, finished_at = u.now
  from ${forgotten} where d.contact_id = u.contact_id and d.finished_at is null`
const clearDeliveries = `
  update deliveries d set part = null, platform_message_id = null, question_message_id = null, contact_id = null,
    id = case when d.origin = 2 or starts_with(d.id, 'trial:') then replace(d.id, c.contact_key, 'erased-' || d.seq) else d.id end
  from (${rowsOfContacts('deliveries')}) own join contacts c on c.id = own.contact_id where d.seq = own.seq`
const clearConsents = 'update consents set contact_id = null where contact_id = any($1::bigint[])'
const clearHandovers = `
  update handovers h set closed_at = coalesce(h.closed_at, u.now), contact_id = null from ${forgotten} where h.contact_id = u.contact_id`
const clearUnanswered = 'delete from unanswered where contact_id = any($1::bigint[])'
const clearTags = 'delete from contact_tags where contact_id = any($1::bigint[])'
const removeContacts = 'delete from contacts where id = any($1::bigint[])'
const stripContacts = `
  update contacts set farewell = true, conversation = null, version = 0, opted_out = false, remembered = '{}' where id = any($1::bigint[])`
const selectEnded = `
  select c.id from contacts c where c.id = any($1::bigint[]) and c.farewell
    and not exists (select 1 from deliveries d where d.contact_id = c.id and d.finished_at is null)`

const idsOf = (contacts: readonly Forgotten[]): number[] => contacts.map(({ contactId }) => contactId)

async function clear(unit: Unit, contacts: readonly Forgotten[]): Promise<void> {
  const [ids, columns] = [idsOf(contacts), columnsOf(contacts, ({ contactId }) => contactId, ({ now }) => now)]
  unit.send(clearEvents, columns)
  for (const { origin, status } of await unit.rows<{ origin: number; status: DeliveryStatus }>(selectOpen, [ids])) {
    unit.totals.moved(origin, status, status === 'sending' ? 'uncertain' : 'skipped')
  }
  unit.send(endOpen, columns)
  unit.send(clearDeliveries, [ids])
  unit.send(clearConsents, [ids])
  unit.send(clearHandovers, columns)
  unit.send(clearUnanswered, [ids])
  unit.send(clearTags, [ids])
  removeMailboxes(unit, ids)
}

/** Mapping, words, conversation and queued sends go; ledger rows lose their person; ids of events stay. The contacts are locked. */
export async function forget(unit: Unit, contacts: readonly Forgotten[]): Promise<void> {
  if (contacts.length === 0) return
  await clear(unit, contacts)
  unit.send(removeContacts, [idsOf(contacts)])
  unit.totals.contacts(-contacts.length)
}

/** As `forget`, but the way to the people stays for what is queued next, until `endFarewells`. */
export async function forgetButFarewell(unit: Unit, contacts: readonly Forgotten[]): Promise<void> {
  if (contacts.length === 0) return
  await clear(unit, contacts)
  unit.send(stripContacts, [idsOf(contacts)])
}

/** Forgets the rest once nothing of a farewell is under way. Does nothing to contacts that are not erased. */
export async function endFarewells(unit: Unit, contacts: readonly Forgotten[]): Promise<void> {
  if (contacts.length === 0) return
  const times = new Map(contacts.map(({ contactId, now }) => [contactId, now]))
  const ended = await unit.rows<{ id: number }>(selectEnded, [[...times.keys()]])
  await forget(unit, ended.map(({ id }) => ({ contactId: id, now: times.get(id)! })))
}
