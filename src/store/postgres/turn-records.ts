import type { HandoverChange } from '../ports.ts'
import { columnsOf } from './columns.ts'
import type { HeldTurn } from './held-turn.ts'
import type { Unit } from './unit.ts'

const insertConsents = `
  insert into consents (contact_id, purpose, given, at, notice, event_id)
  select contact_id, purpose, given, at, notice, event_id
  from unnest($1::bigint[], $2::text[], $3::boolean[], $4::bigint[], $5::text[], $6::text[]) with ordinality u(contact_id, purpose, given, at, notice, event_id, place) order by place`
const insertUnanswered = `
  insert into unanswered (contact_id, question, status, at)
  select contact_id, question, status, at from unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[]) with ordinality u(contact_id, question, status, at, place) order by place`
const openHandovers = `
  insert into handovers (id, contact_id, account_id, reason, asked_at)
  select u.id, u.contact_id, u.account_id, u.reason, coalesce(e.sent_at, u.now)
  from unnest($1::text[], $2::bigint[], $3::integer[], $4::text[], $5::bigint[]) with ordinality u(id, contact_id, account_id, reason, now, place)
  left join events e on e.id = u.id order by u.place on conflict do nothing`
const noteStaffAnswers = `
  update handovers h set first_staff_answer_at = u.now from unnest($1::bigint[], $2::bigint[]) u(contact_id, now)
  where h.contact_id = u.contact_id and h.closed_at is null and h.first_staff_answer_at is null`
const closeHandovers = `
  update handovers h set closed_at = u.now from unnest($1::bigint[], $2::bigint[]) u(contact_id, now) where h.contact_id = u.contact_id and h.closed_at is null`

/** What turns leave beside the conversation and the deliveries; the profile is saved with the conversation. */
export function writeRecords(unit: Unit, held: readonly HeldTurn[]): void {
  const consents = held.flatMap(({ turn, contactId }) => (turn.consents ?? []).map((consent) => ({ ...consent, contactId })))
  if (consents.length > 0) {
    unit.send(insertConsents, columnsOf(
      consents, ({ contactId }) => contactId, ({ purpose }) => purpose, ({ given }) => given, ({ at }) => at, ({ notice }) => notice, ({ eventId }) => eventId))
  }
  const unanswered = held.filter(({ turn }) => turn.unanswered !== undefined)
  if (unanswered.length > 0) {
    unit.send(insertUnanswered, columnsOf(unanswered, ({ contactId }) => contactId, ({ turn }) => turn.unanswered!.question, ({ turn }) => turn.unanswered!.status, ({ now }) => now))
  }
  changeHandovers(unit, held)
  for (const { turn } of held) if (turn.outcome !== null) unit.totals.outcome(turn.outcome)
}

function changeHandovers(unit: Unit, held: readonly HeldTurn[]): void {
  const of = (kind: HandoverChange['kind']): HeldTurn[] => held.filter(({ turn }) => turn.handover?.kind === kind)
  const opened = of('open')
  if (opened.length > 0) {
    unit.send(openHandovers, columnsOf(
      opened, ({ turn }) => turn.eventId, ({ contactId }) => contactId, ({ accountId }) => accountId,
      ({ turn }) => (turn.handover?.kind === 'open' ? turn.handover.reason : null), ({ now }) => now))
  }
  for (const [kind, statement] of [['staff_answered', noteStaffAnswers], ['close', closeHandovers]] as const) {
    const changed = of(kind)
    if (changed.length > 0) unit.send(statement, columnsOf(changed, ({ contactId }) => contactId, ({ now }) => now))
  }
}
