import type { DatabaseSync } from 'node:sqlite'
import type { InboundEvent } from '../../core/event.ts'
import type { Millis } from '../../core/time.ts'
import { bodyOf } from '../stored-events.ts'

/** Writes events as they arrive. Inside a transaction; null where the id is known already, else the new row. */
export interface EventRows {
  insert(event: InboundEvent, contact: { id: number; accountId: number }, status: 'waiting' | 'handled', now: Millis): number | null
  /** What of an event can be kept that cannot be kept as it is. */
  insertDead(event: InboundEvent, contact: { id: number; accountId: number }, cause: string, now: Millis): number | null
  isKnown(id: string): boolean
}

export function openEventRows(db: DatabaseSync): EventRows {
  const select = db.prepare('select 1 from events where id = ?')
  const insert = db.prepare(`
    insert into events (id, contact_id, account_id, status, kind, sent_at, received_at, order_at, settled_at, cause, body)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing`)
  const rowOf = ({ changes, lastInsertRowid }: { changes: number | bigint; lastInsertRowid: number | bigint }): number | null => (changes === 0 ? null : Number(lastInsertRowid))
  return {
    isKnown: (id) => select.get(id) !== undefined,
    insert: (event, contact, status, now) => rowOf(insert.run(
      event.id, contact.id, contact.accountId, status, event.kind, event.sentAt, event.receivedAt, event.orderAt, status === 'waiting' ? null : now, null, bodyOf(event))),
    insertDead(event, contact, cause, now) {
      const at = (time: Millis): Millis => (Number.isSafeInteger(time) ? time : now)
      return rowOf(insert.run(
        event.id, contact.id, contact.accountId, 'dead', event.kind, at(event.sentAt), at(event.receivedAt), at(event.orderAt), now, cause, null))
    },
  }
}
