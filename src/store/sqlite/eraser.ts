import type { Millis } from '../../core/time.ts'
import type { Core } from './core.ts'
import { openMailboxes } from './mailboxes.ts'
import { deliveriesOfContact, eventsOfContact } from './schema.ts'

/** Takes a person out of the store. Everything here runs inside a transaction. */
export interface Eraser {
  /** Mapping, words, conversation and queued sends go; ledger rows lose their person; ids of events stay. */
  forget(contactId: number, now: Millis): void
  /** As `forget`, but the way to the person stays for what is queued next, until `endFarewell`. */
  forgetButFarewell(contactId: number, now: Millis): void
  /** Forgets the rest once nothing of a farewell is under way. Does nothing to contacts that are not erased. */
  endFarewell(contactId: number, now: Millis): void
}

export function openEraser({ db, lanes }: Pick<Core, 'db' | 'lanes'>): Eraser {
  const clearEvents = db.prepare(`
    update events set contact_id = null, body = null, cause = null, settled_at = coalesce(settled_at, ?2), status = 'handled' where seq in (${eventsOfContact})`)
  const clearDeliveries = db.prepare(`
    update deliveries set part = null, platform_message_id = null, question_message_id = null, contact_id = null,
      id = iif(origin = 2 or id glob 'trial:*', replace(id, (select contact_key from contacts where contacts.id = ?1), 'erased-' || seq), id)
    where seq in (${deliveriesOfContact})`)
  const clearConsents = db.prepare('update consents set contact_id = null where contact_id = ?')
  const clearHandovers = db.prepare('update handovers set closed_at = coalesce(closed_at, ?), contact_id = null where contact_id = ?')
  const removeContact = db.prepare('delete from contacts where id = ?')
  const stripContact = db.prepare(`
    update contacts set farewell = 1, conversation = null, version = 0, opted_out = 0, remembered = '{}' where id = ?`)
  const clearUnanswered = db.prepare('delete from unanswered where contact_id = ?')
  const clearTags = db.prepare('delete from contact_tags where contact_id = ?')
  const mailboxes = openMailboxes(db)
  const selectFarewell = db.prepare('select farewell from contacts where id = ?')
  const selectOpen = db.prepare('select 1 from deliveries where contact_id = ? and finished_at is null limit 1')

  function clear(contactId: number, now: Millis): void {
    clearEvents.run(contactId, now)
    lanes.endAll(contactId, now)
    clearDeliveries.run(contactId)
    clearConsents.run(contactId)
    clearHandovers.run(now, contactId)
    clearUnanswered.run(contactId)
    clearTags.run(contactId)
    mailboxes.remove(contactId)
  }
  function forget(contactId: number, now: Millis): void {
    clear(contactId, now)
    removeContact.run(contactId)
  }
  return {
    forget,
    forgetButFarewell(contactId, now) {
      clear(contactId, now)
      stripContact.run(contactId)
    },
    endFarewell(contactId, now) {
      if (selectFarewell.get(contactId)?.farewell !== 1) return
      if (selectOpen.get(contactId) === undefined) forget(contactId, now)
    },
  }
}
