import type { InboundEvent } from '../../core/event.ts'
import type { Millis } from '../../core/time.ts'
import { bodyOf } from '../stored-events.ts'
import { columnsOf } from './columns.ts'
import type { Transaction } from './database.ts'

/** An event as it becomes a row. */
export interface NewEventRow {
  event: InboundEvent
  contactId: number
  accountId: number
  status: 'waiting' | 'handled'
  now: Millis
}

const insert = `
  insert into events (id, contact_id, account_id, status, kind, sent_at, received_at, order_at, settled_at, body)
  select id, contact_id, account_id, status, kind, sent_at, received_at, order_at, settled_at, body
  from unnest($1::text[], $2::bigint[], $3::integer[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::text[])
    with ordinality u(id, contact_id, account_id, status, kind, sent_at, received_at, order_at, settled_at, body, place)
  order by place on conflict (id) do nothing returning id, seq`
const insertDead = `
  insert into events (id, contact_id, account_id, status, kind, sent_at, received_at, order_at, settled_at, cause)
  values ($1, $2, $3, 'dead', $4, $5, $6, $7, $8, $9) on conflict (id) do nothing returning seq`
const selectKnown = 'select id from events where id = any($1::text[])'

/** Of these ids, those that were recorded before. */
export async function knownEvents(transaction: Transaction, ids: readonly string[]): Promise<Set<string>> {
  return new Set((await transaction.rows<{ id: string }>(selectKnown, [ids])).map(({ id }) => id))
}

/** Writes events in the order they came; their rows' numbers by id. An id that somebody else wrote first is missing. */
export async function insertEvents(transaction: Transaction, rows: readonly NewEventRow[]): Promise<Map<string, number>> {
  const inserted = await transaction.rows<{ id: string; seq: number }>(insert, columnsOf(
    rows, ({ event }) => event.id, ({ contactId }) => contactId, ({ accountId }) => accountId, ({ status }) => status, ({ event }) => event.kind, ({ event }) => event.sentAt,
    ({ event }) => event.receivedAt, ({ event }) => event.orderAt, ({ status, now }) => (status === 'waiting' ? null : now), ({ event }) => bodyOf(event)))
  return new Map(inserted.map(({ id, seq }) => [id, seq]))
}

/** What of an event can be kept that cannot be kept as it is. False where its id is known already. */
export async function insertDeadEvent(transaction: Transaction, event: InboundEvent, contact: { id: number; accountId: number }, cause: string, now: Millis): Promise<boolean> {
  const at = (time: Millis): Millis => (Number.isSafeInteger(time) ? time : now)
  const rows = await transaction.rows(insertDead, [event.id, contact.id, contact.accountId, event.kind, at(event.sentAt), at(event.receivedAt), at(event.orderAt), now, cause])
  return rows.length === 1
}
