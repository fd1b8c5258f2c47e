import type { Transaction } from './database.ts'

const tell = `
  update contacts c set last_event_at = greatest(c.last_event_at, m.event_at), last_inbound_at = greatest(c.last_inbound_at, m.inbound_at)
  from mailbox m where m.contact_id = c.id and c.id = any($1::bigint[])`
const remove = 'delete from mailbox where contact_id = any($1::bigint[])'

/** Nothing waits any more: the contacts' rows learn when they were last heard of, and the mailboxes go. Safe to repeat. */
export function closeMailboxes(transaction: Transaction, contactIds: readonly number[]): void {
  transaction.send(tell, [contactIds])
  removeMailboxes(transaction, contactIds)
}

/** The mailboxes go, with what they have not told. Claims on them are good for nothing from then on. */
export function removeMailboxes(transaction: Transaction, contactIds: readonly number[]): void {
  transaction.send(remove, [contactIds])
}
