import type { DatabaseSync } from 'node:sqlite'

/** Rows of contacts for whom events wait. Inside a transaction. */
export interface Mailboxes {
  /** Nothing waits any more: the contact's row learns when it was last heard of, and the mailbox goes. Safe to repeat. */
  close(contactId: number): void
  /** The mailbox goes, with what it has not told. Claims on it are good for nothing from then on. */
  remove(contactId: number): void
}

export function openMailboxes(db: DatabaseSync): Mailboxes {
  const tell = db.prepare(`
    update contacts set last_event_at = max(last_event_at, m.event_at), last_inbound_at = iif(m.inbound_at > coalesce(last_inbound_at, 0), m.inbound_at, last_inbound_at)
    from (select event_at, inbound_at from mailbox where contact_id = ?1) as m where id = ?1`)
  const remove = db.prepare('delete from mailbox where contact_id = ?')
  return {
    close(contactId) {
      tell.run(contactId)
      remove.run(contactId)
    },
    remove: (contactId) => void remove.run(contactId),
  }
}
