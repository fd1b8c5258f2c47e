import type { DeliveryStatus } from '../../core/delivery.ts'
import type { Millis } from '../../core/time.ts'
import { removeMailboxes } from './mailboxes.ts'
import { rowsOfContact } from './schema.ts'
import type { Unit } from './unit.ts'

const clearEvents = `
  update events set contact_id = null, body = null, cause = null, settled_at = coalesce(settled_at, $2), status = 'handled' where seq in (${rowsOfContact('events')})`
const selectOpen = 'select origin, status from deliveries where contact_id = $1 and finished_at is null'
const endOpen = `
  update deliveries set status = case status when 'sending' then 'uncertain' else 'skipped' end, reason = 'erased', due_at = null, finished_at = $2
  where contact_id = $1 and finished_at is null`
const clearDeliveries = `
  update deliveries set part = null, platform_message_id = null, question_message_id = null, contact_id = null,
    id = case when origin = 2 or starts_with(id, 'trial:') then replace(id, (select contact_key from contacts where contacts.id = $1), 'erased-' || seq) else id end
  where seq in (${rowsOfContact('deliveries')})`
const clearConsents = 'update consents set contact_id = null where contact_id = $1'
const clearHandovers = 'update handovers set closed_at = coalesce(closed_at, $2), contact_id = null where contact_id = $1'
const clearUnanswered = 'delete from unanswered where contact_id = $1'
const clearTags = 'delete from contact_tags where contact_id = $1'
const removeContact = 'delete from contacts where id = $1'
const stripContact = `update contacts set farewell = true, conversation = null, version = 0, opted_out = false, remembered = '{}' where id = $1`
const selectEnded = `
  select c.id from contacts c where c.id = any($1::bigint[]) and c.farewell
    and not exists (select 1 from deliveries d where d.contact_id = c.id and d.finished_at is null)`

async function clear(unit: Unit, contactId: number, now: Millis): Promise<void> {
  unit.send(clearEvents, [contactId, now])
  for (const { origin, status } of await unit.rows<{ origin: number; status: DeliveryStatus }>(selectOpen, [contactId])) {
    unit.totals.moved(origin, status, status === 'sending' ? 'uncertain' : 'skipped')
  }
  unit.send(endOpen, [contactId, now])
  unit.send(clearDeliveries, [contactId])
  unit.send(clearConsents, [contactId])
  unit.send(clearHandovers, [contactId, now])
  unit.send(clearUnanswered, [contactId])
  unit.send(clearTags, [contactId])
  removeMailboxes(unit, [contactId])
}

/** Mapping, words, conversation and queued sends go; ledger rows lose their person; ids of events stay. The contact is locked. */
export async function forget(unit: Unit, contactId: number, now: Millis): Promise<void> {
  await clear(unit, contactId, now)
  unit.send(removeContact, [contactId])
  unit.totals.contacts(-1)
}

/** As `forget`, but the way to the person stays for what is queued next, until `endFarewells`. */
export async function forgetButFarewell(unit: Unit, contactId: number, now: Millis): Promise<void> {
  await clear(unit, contactId, now)
  unit.send(stripContact, [contactId])
}

/** Forgets the rest once nothing of a farewell is under way. Does nothing to contacts that are not erased. */
export async function endFarewells(unit: Unit, contacts: readonly { contactId: number; now: Millis }[]): Promise<void> {
  if (contacts.length === 0) return
  const times = new Map(contacts.map(({ contactId, now }) => [contactId, now]))
  const ended = await unit.rows<{ id: number }>(selectEnded, [[...times.keys()]])
  for (const { id } of ended) await forget(unit, id, times.get(id)!)
}
