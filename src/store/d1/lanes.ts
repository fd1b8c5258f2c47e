import type { Millis } from '../../core/time.ts'
import { origins } from '../origins.ts'
import type { NewDelivery } from '../ports.ts'
import { statement, type Statement } from './database.ts'

/**
 * A contact's two lanes: replies and staff messages in one, campaigns in the other. Within a lane only the first that is not final can be due;
 * the next is made due by a trigger. Planned deliveries stand in neither. Not conditional: `c` is the contact, `?4` the origin.
 */
const busy = `exists (select 1 from deliveries where contact_id = c.id and finished_at is null and line_id is null and (origin = 2) = (?4 = 2))`
const insert = `
  insert into deliveries (id, contact_id, account, origin, status, question_at, question_message_id, queued_at, noted_at, part, due_at)
  select ?1, c.id, c.account, ?4, 'queued', ?5, ?6, ?2, ?2, ?7, iif(${busy}, null, ?2) from contacts c where c.id = ?3`
const insertTrial = `
  insert into deliveries (id, contact_id, account, origin, status, queued_at, noted_at, part, due_at)
  select ?1, c.id, c.account, ?4, 'queued', ?2, ?2, ?5, iif(${busy}, null, ?2) from contacts c where c.contact_key = ?3 and c.account = ?6 and c.erased_at is null
    and not exists (select 1 from deliveries where id = ?1 and origin = 1) on conflict do nothing`
const insertSending = `
  insert into deliveries (id, contact_id, account, origin, status, question_at, question_message_id, queued_at, noted_at, part, due_at, attempts, claims, claimed_by)
  select ?1, c.id, c.account, ?4, iif(${busy}, 'queued', 'sending'), ?5, ?6, ?2, ?2, ?7, iif(${busy}, null, ?8), iif(${busy}, 0, 1), ?9, iif(${busy}, 0, ?10)
  from contacts c where c.id = ?3 on conflict do nothing returning seq, status`

const columns = (contactId: number, { id, origin, questionAt, questionMessageId, part }: NewDelivery, now: Millis) =>
  [id, now, contactId, origins.indexOf(origin), questionAt, questionMessageId ?? null, JSON.stringify(part)] as const

/** Queued where it is new; `andIf` is one more condition, its values from `?8` on. */
export const queue = (contactId: number, delivery: NewDelivery, now: Millis, andIf: { sql: string; values: readonly (string | number)[] } = { sql: '', values: [] }): Statement =>
  statement(`${insert} ${andIf.sql} on conflict do nothing`, ...columns(contactId, delivery, now), ...andIf.values)

/** Under way from the start where the lane is free, queued where it is not; tells its `seq` and `status`. */
export const queueSending = (contactId: number, delivery: NewDelivery, now: Millis, claim: { until: Millis; claims: number; holder: number }): Statement =>
  statement(insertSending, ...columns(contactId, delivery, now), claim.until, claim.claims, claim.holder)

/** A staff delivery by contact key, queued once whatever became of it. */
export const queueTrial = (contactKey: string, account: string, { id, part }: Pick<NewDelivery, 'id' | 'part'>, now: Millis): Statement =>
  statement(insertTrial, id, now, contactKey, origins.indexOf('staff'), JSON.stringify(part), account)

const cancel = `
  update deliveries set status = 'skipped', reason = ?3, due_at = null, finished_at = ?2 where contact_id = ?1 and finished_at is null and origin = 0 and status = 'queued'`
/** Queued replies become `skipped`. */
export const cancelReplies = (contactId: number, reason: string, now: Millis): Statement => statement(cancel, contactId, now, reason)
