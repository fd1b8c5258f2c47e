import type { DeliveryStatus } from '../../core/delivery.ts'
import type { Millis } from '../../core/time.ts'
import { CAMPAIGN } from '../origins.ts'
import { columnsOf } from './columns.ts'
import type { Unit } from './unit.ts'

/** A part of a post that has ended, and to whom it went. */
export interface EndedPart {
  contactId: number
  lineId: number
  n: number
  ended: DeliveryStatus
  reason: string | null
  now: Millis
}

const makeDue = `
  update deliveries d set due_at = u.now, noted_at = u.now from unnest($1::bigint[], $2::integer[], $3::integer[], $4::bigint[]) u(contact_id, line_id, n, now)
  where d.contact_id = u.contact_id and d.finished_at is null and d.line_id = u.line_id and d.part_no = u.n + 1 and d.status = 'queued' and d.due_at is null`
const skipRest = `
  with skipped as (
    update deliveries d set status = 'skipped', reason = u.reason, due_at = null, finished_at = u.now
    from unnest($1::bigint[], $2::integer[], $3::integer[], $4::bigint[], $5::text[]) u(contact_id, line_id, n, now, reason)
    where d.contact_id = u.contact_id and d.finished_at is null and d.line_id = u.line_id and d.part_no > u.n and d.status = 'queued' returning 1),
  counted as (select count(*) as n from skipped)
  insert into counts (name, shard, count) select name, $6, n * by from counted cross join (values ('delivery/${CAMPAIGN}/queued', -1), ('delivery/${CAMPAIGN}/skipped', 1)) u(name, by) where n > 0
  on conflict (name, shard) do update set count = counts.count + excluded.count`

/** The parts of a post to a contact, in their order: the next is due where one was sent; where it was not, the rest are skipped for the same reason. */
export function goOnWithParts(unit: Unit, parts: readonly EndedPart[]): void {
  const [sent, others] = [parts.filter(({ ended }) => ended === 'sent'), parts.filter(({ ended }) => ended !== 'sent')]
  if (sent.length > 0) unit.send(makeDue, columnsOf(sent, ({ contactId }) => contactId, ({ lineId }) => lineId, ({ n }) => n, ({ now }) => now))
  if (others.length === 0) return
  unit.send(skipRest, [...columnsOf(others, ({ contactId }) => contactId, ({ lineId }) => lineId, ({ n }) => n, ({ now }) => now, ({ reason }) => reason), unit.totals.shard])
}
