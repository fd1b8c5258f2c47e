import type { Millis } from '../../core/time.ts'
import type { HandoverChange, Outcome, Turn } from '../ports.ts'
import { statement, type Statement } from './database.ts'

const insertConsent = 'insert into consents (contact_id, purpose, given, at, notice, event_id) values (?1, ?2, ?3, ?4, ?5, ?6)'
const insertUnanswered = 'insert into unanswered (contact_id, question, status, at) values (?1, ?2, ?3, ?4)'
const openHandover = `
  insert into handovers (id, contact_id, account, reason, asked_at)
  select ?1, c.id, c.account, ?3, coalesce((select sent_at from events where id = ?1), ?4) from contacts c where c.id = ?2 on conflict do nothing`
const noteStaffAnswer = 'update handovers set first_staff_answer_at = ?1 where contact_id = ?2 and closed_at is null and first_staff_answer_at is null'
const closeHandover = 'update handovers set closed_at = ?1 where contact_id = ?2 and closed_at is null'
const addOutcome = `
  insert into outcomes (day, account, entry, flow, step, article, status, handover, helpful, count) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
  on conflict do update set count = count + excluded.count`

/** What a turn leaves beside the conversation and the deliveries; the profile is saved with the conversation. */
export const recordsOf = (contactId: number, { consents = [], unanswered, handover, outcome, eventId }: Turn, now: Millis): Statement[] => [
  ...consents.map(({ purpose, given, at, notice, eventId: event }) => statement(insertConsent, contactId, purpose, given ? 1 : 0, at, notice, event)),
  ...(unanswered === undefined ? [] : [statement(insertUnanswered, contactId, unanswered.question, unanswered.status, now)]),
  ...(handover === undefined ? [] : [changeHandover(contactId, eventId, handover, now)]),
  ...(outcome === null ? [] : [counted(outcome, 1)]),
]

function changeHandover(contactId: number, eventId: string, change: HandoverChange, now: Millis): Statement {
  switch (change.kind) {
    case 'open': return statement(openHandover, eventId, contactId, change.reason, now)
    case 'staff_answered': return statement(noteStaffAnswer, now, contactId)
    case 'close': return statement(closeHandover, now, contactId)
  }
}

/** An outcome so many times; null stands as ''. */
export const counted = ({ day, account, entry, flow, step, article, status, handover, helpful }: Outcome, count: number): Statement =>
  statement(addOutcome, day, account, entry ?? '', flow ?? '', step ?? '', article ?? '', status, handover ? 1 : 0, helpful ?? '', count)
