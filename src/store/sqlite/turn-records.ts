import type { Millis } from '../../core/time.ts'
import { bitOrNull } from '../column-values.ts'
import type { Consent, HandoverChange, Turn } from '../ports.ts'
import type { Core } from './core.ts'
import { openOutcomes } from './outcomes.ts'

/** What a turn leaves beside the conversation and the deliveries. Runs inside the turn's transaction. */
export interface TurnRecords {
  write(contact: { id: number; accountId: number }, turn: Turn, now: Millis): void
}

export function openTurnRecords({ db, writer }: Core): TurnRecords {
  const outcomes = openOutcomes(db)
  writer.adds(outcomes)
  const saveProfile = db.prepare(`
    update contacts set opted_out = coalesce(?, opted_out), blocked = coalesce(?, blocked), remembered = coalesce(?, remembered) where id = ?`)
  const insertConsent = db.prepare('insert into consents (contact_id, purpose, given, at, notice, event_id) values (?, ?, ?, ?, ?, ?)')
  const insertUnanswered = db.prepare('insert into unanswered (question, status, at, contact_id) values (?, ?, ?, ?)')
  const selectAskedAt = db.prepare('select sent_at from events where id = ?')
  const openHandover = db.prepare(`
    insert into handovers (id, contact_id, account_id, reason, asked_at) values (?, ?, ?, ?, ?) on conflict do nothing`)
  const noteStaffAnswer = db.prepare(`
    update handovers set first_staff_answer_at = ? where contact_id = ? and closed_at is null and first_staff_answer_at is null`)
  const closeHandover = db.prepare('update handovers set closed_at = ? where contact_id = ? and closed_at is null')


  function writeProfile(id: number, profile: NonNullable<Turn['profile']>): void {
    saveProfile.run(bitOrNull(profile.optedOut), bitOrNull(profile.blocked), profile.remembered === undefined ? null : JSON.stringify(profile.remembered), id)
  }
  function writeConsent(id: number, consent: Consent): void {
    insertConsent.run(id, consent.purpose, consent.given ? 1 : 0, consent.at, consent.notice, consent.eventId)
  }
  function changeHandover(contact: { id: number; accountId: number }, eventId: string, change: HandoverChange, now: Millis): void {
    switch (change.kind) {
      case 'open': return void openHandover.run(eventId, contact.id, contact.accountId, change.reason, Number(selectAskedAt.get(eventId)?.sent_at ?? now))
      case 'staff_answered': return void noteStaffAnswer.run(now, contact.id)
      case 'close': return void closeHandover.run(now, contact.id)
    }
  }

  return {
    write(contact, turn, now) {
      if (turn.profile !== undefined) writeProfile(contact.id, turn.profile)
      for (const consent of turn.consents ?? []) writeConsent(contact.id, consent)
      if (turn.handover !== undefined) changeHandover(contact, turn.eventId, turn.handover, now)
      if (turn.unanswered !== undefined) insertUnanswered.run(turn.unanswered.question, turn.unanswered.status, now, contact.id)
      if (turn.outcome !== null) outcomes.add(turn.outcome)
    },
  }
}
