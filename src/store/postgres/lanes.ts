import type { Millis } from '../../core/time.ts'
import { CAMPAIGN } from '../origins.ts'
import { columnsOf } from './columns.ts'
import type { Transaction } from './database.ts'
import type { Unit } from './unit.ts'

/**
 * One of a contact's two lanes: replies and staff messages in one, campaigns in the other. Within a lane only the first that is
 * not final can be due. Planned deliveries stand in neither (`campaigns-parts.ts`).
 */
export interface Lane { contactId: number; campaign: boolean }

const selectBusy = `
  select distinct contact_id as "contactId", origin = ${CAMPAIGN} as campaign from deliveries where contact_id = any($1::bigint[]) and finished_at is null and line_id is null`
const advance = `
  update deliveries d set due_at = first.now, noted_at = first.now from (
    select u.now, head.seq, head.due_at from unnest($1::bigint[], $2::boolean[], $3::bigint[]) u(contact_id, campaign, now)
    cross join lateral (
      select seq, due_at from deliveries where contact_id = u.contact_id and finished_at is null and line_id is null and (origin = ${CAMPAIGN}) = u.campaign order by seq limit 1) head
  ) first where d.seq = first.seq and first.due_at is null returning d.seq, d.contact_id as "contactId", d.origin = ${CAMPAIGN} as campaign`
const cancel = `
  update deliveries d set status = 'skipped', reason = u.reason, due_at = null, finished_at = u.now
  from unnest($1::bigint[], $2::text[], $3::bigint[]) u(contact_id, reason, now)
  where d.contact_id = u.contact_id and d.finished_at is null and d.origin = 0 and d.status = 'queued' returning 1`

export const laneName = ({ contactId, campaign }: Lane): string => `${contactId}/${campaign}`

/** Lanes in which something is not final, by name. */
export async function busyLanes(transaction: Transaction, contactIds: readonly number[]): Promise<Set<string>> {
  return new Set((await transaction.rows<Lane>(selectBusy, [contactIds])).map(laneName))
}

/** Lets the first of each lane be due, where it waited for the one before it: which are due now because of it. */
export async function advanceLanes(transaction: Transaction, lanes: readonly (Lane & { now: Millis })[]): Promise<(Lane & { seq: number })[]> {
  if (lanes.length === 0) return []
  return transaction.rows(advance, columnsOf(lanes, ({ contactId }) => contactId, ({ campaign }) => campaign, ({ now }) => now))
}

/** Queued replies become `skipped`. */
export async function cancelReplies(unit: Unit, cancelled: readonly { contactId: number; reason: string; now: Millis }[]): Promise<void> {
  if (cancelled.length === 0) return
  const rows = await unit.rows(cancel, columnsOf(cancelled, ({ contactId }) => contactId, ({ reason }) => reason, ({ now }) => now))
  unit.totals.moved(0, 'queued', 'skipped', rows.length)
  await advanceLanes(unit, cancelled.map(({ contactId, now }) => ({ contactId, campaign: false, now })))
}
