import type { DeliveryStatus } from '../../core/delivery.ts'
import type { Millis } from '../../core/time.ts'
import { CAMPAIGN } from '../origins.ts'
import type { Settling } from '../settling.ts'
import { goOnWithParts } from './campaigns-parts.ts'
import { byKey, columnsOf } from './columns.ts'
import { endFarewells } from './eraser.ts'
import { advanceLanes } from './lanes.ts'
import type { Unit } from './unit.ts'

export interface Settled { event: Settling; key: string; now: Millis }

interface Unsettled { seq: number; id: string; contactId: number | null; origin: number; status: DeliveryStatus; lineId: number | null; n: number | null }

/** A delivery of another contact than the one that is locked is left alone. */
const selectUnsettled = `
  select d.seq, d.id, d.contact_id as "contactId", d.origin, d.status, d.line_id as "lineId", d.part_no as n
  from unnest($1::text[], $2::text[]) u(id, contact_key) join deliveries d on d.id = u.id and (d.finished_at is null or d.status = 'uncertain')
  left join contacts c on c.id = d.contact_id where d.contact_id is null or c.contact_key = u.contact_key`
const settleSent = `
  update deliveries d set status = 'sent', reason = null, platform_message_id = case when d.contact_id is null then null else u.platform_message_id end,
    due_at = null, finished_at = coalesce(d.finished_at, u.now)
  from unnest($1::bigint[], $2::text[], $3::bigint[]) u(seq, platform_message_id, now) where d.seq = u.seq`

/** A receipt only ever replaces a smaller one. */
const rank = `case d.receipt when 'delivered' then 1 when 'failed' then 2 when 'read' then 3 else 0 end`
const ranks = ['delivered', 'failed', 'read'] as const
const markMessages = ranks.map((status, n) => `
  update deliveries d set receipt = '${status}' from unnest($1::text[], $2::text[]) u(contact_key, platform_message_id) join contacts c on c.contact_key = u.contact_key
  where d.contact_id = c.id and d.origin = ${CAMPAIGN} and d.finished_at is not null and d.platform_message_id = u.platform_message_id and ${rank} < ${n + 1}`)
const markUpTo = ranks.map((status, n) => `
  update deliveries d set receipt = '${status}' from unnest($1::text[], $2::bigint[]) u(contact_key, until) join contacts c on c.contact_key = u.contact_key
  where d.contact_id = c.id and d.origin = ${CAMPAIGN} and d.finished_at <= u.until and d.status = 'sent' and ${rank} < ${n + 1}`)

const dropComments = `
  update events e set body = null from unnest($1::text[], $2::text[], $3::text[]) u(contact_key, comment_id, words) join contacts c on c.contact_key = u.contact_key
  where e.kind = 'comment' and e.body is not null and e.contact_id = c.id
    and e.body::json -> 'fields' ->> 'comment_id' = u.comment_id and (u.words is null or e.body::json -> 'fields' ->> 'message' is distinct from u.words)`

export async function settle(unit: Unit, settled: readonly Settled[]): Promise<void> {
  markReceipts(unit, settled)
  const removed = settled.flatMap(({ event, key }) => (event.kind === 'comment_removed' ? [{ ...event, key }] : []))
  if (removed.length > 0) unit.send(dropComments, columnsOf(removed, ({ key }) => key, ({ commentId }) => commentId, ({ words }) => words))
  const echoes = settled.flatMap(({ event, key, now }) => (event.kind === 'echo' ? [{ ...event, key, now }] : []))
  if (echoes.length === 0) return
  const found = await unit.rows<Unsettled>(selectUnsettled, columnsOf(echoes, ({ deliveryId }) => deliveryId, ({ key }) => key))
  const rows = [...byKey(found, ({ seq }) => seq).values()]
  if (rows.length === 0) return
  const echoOf = byKey(echoes, ({ deliveryId }) => deliveryId)
  unit.send(settleSent, columnsOf(rows, ({ seq }) => seq, ({ id }) => echoOf.get(id)!.platformMessageId, ({ id }) => echoOf.get(id)!.now))
  for (const { origin, status } of rows) unit.totals.moved(origin, status, 'sent')
  goOnWithParts(unit, rows.flatMap(({ id, contactId, lineId, n }) =>
    (contactId === null || lineId === null ? [] : [{ contactId, lineId, n: n!, ended: 'sent' as const, reason: null, now: echoOf.get(id)!.now }])))
  const freed = rows.flatMap(({ id, contactId, origin, status, lineId }) =>
    (contactId === null || lineId !== null || status === 'uncertain' ? [] : [{ contactId, campaign: origin === CAMPAIGN, now: echoOf.get(id)!.now }]))
  await advanceLanes(unit, freed)
  if (freed.length > 0) unit.leavesWork()
  await endFarewells(unit, freed)
}

function markReceipts(unit: Unit, settled: readonly Settled[]): void {
  for (const [n, status] of ranks.entries()) {
    const receipts = settled.flatMap(({ event, key }) => (event.kind === 'receipt' && event.status === status ? [{ ...event, key }] : []))
    const messages = receipts.flatMap(({ key, platformMessageIds = [] }) => platformMessageIds.map((id) => ({ key, id })))
    if (messages.length > 0) unit.send(markMessages[n]!, columnsOf(messages, ({ key }) => key, ({ id }) => id))
    const upTo = receipts.filter(({ readUpTo }) => readUpTo !== undefined)
    if (upTo.length > 0) unit.send(markUpTo[n]!, columnsOf(upTo, ({ key }) => key, ({ readUpTo }) => readUpTo))
  }
}
