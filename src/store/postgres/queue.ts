import type { ClaimedDelivery } from '../../core/delivery.ts'
import type { Millis } from '../../core/time.ts'
import { CAMPAIGN, origins } from '../origins.ts'
import type { NewDelivery } from '../ports.ts'
import { columnsOf } from './columns.ts'
import { claimedNew, type Recipient } from './delivery-claims.ts'
import { advanceLanes, busyLanes, laneName } from './lanes.ts'
import type { Unit } from './unit.ts'

/** What is to be sent to one contact, in order. `lease`: the first reply is claimed where its lane is free; null: none is. */
export interface Queued {
  to: Recipient
  deliveries: readonly NewDelivery[]
  now: Millis
  lease: Millis | null
}

interface NewRow {
  to: Recipient
  delivery: NewDelivery
  origin: number
  now: Millis
  /** The end of the lease where it is under way from the start. */
  until: Millis | null
  /** Nothing of its lane is before it. */
  first: boolean
}

const insert = `
  insert into deliveries (id, contact_id, account_id, origin, status, question_at, question_message_id, queued_at, noted_at, part, due_at, attempts, claims, claimed_by)
  select id, contact_id, account_id, origin, case when sending then 'sending' else 'queued' end, question_at, question_message_id, queued_at, queued_at, part, due_at,
    sending::integer, sending::integer, case when sending then $1 else 0 end
  from unnest($2::text[], $3::bigint[], $4::integer[], $5::integer[], $6::boolean[], $7::bigint[], $8::text[], $9::bigint[], $10::text[], $11::bigint[]) with ordinality
    u(id, contact_id, account_id, origin, sending, question_at, question_message_id, queued_at, part, due_at, place)
  order by place on conflict do nothing returning id, seq`

/** Queues what is new; what was queued before stays as it is. The first replies that were claimed, by their contact's row. */
export async function queueDeliveries(unit: Unit, holder: number, queued: readonly Queued[]): Promise<Map<number, ClaimedDelivery>> {
  const some = queued.filter(({ deliveries }) => deliveries.length > 0)
  if (some.length === 0) return new Map()
  const busy = await busyLanes(unit, some.map(({ to }) => to.id))
  const rows = some.flatMap((each) => place(each, busy))
  const inserted = await unit.rows<{ id: string; seq: number }>(insert, [holder, ...columnsOf(
    rows, ({ delivery }) => delivery.id, ({ to }) => to.id, ({ to }) => to.accountId, ({ origin }) => origin, ({ until }) => until !== null, ({ delivery }) => delivery.questionAt,
    ({ delivery }) => delivery.questionMessageId ?? null, ({ now }) => now, ({ delivery }) => JSON.stringify(delivery.part), ({ first, until, now }) => (first ? until ?? now : null))])
  const seqs = new Map(inserted.map(({ id, seq }) => [id, seq]))

  const claimed = new Map<number, ClaimedDelivery>()
  for (const { to, delivery, origin, until, first } of rows) {
    const seq = seqs.get(delivery.id)
    if (seq === undefined) continue
    unit.totals.moved(origin, null, until === null ? 'queued' : 'sending')
    if (until !== null) claimed.set(to.id, claimedNew(to, delivery, seq))
    else if (first) unit.leavesWork()
  }
  // One that was queued before leaves its place to the next.
  if (inserted.length < rows.length) {
    await advanceLanes(unit, rows.map(({ to, origin, now }) => ({ contactId: to.id, campaign: origin === CAMPAIGN, now })))
  }
  return claimed
}

/** Notes in `busy` which lanes are no longer free. */
function place({ to, deliveries, now, lease }: Queued, busy: Set<string>): NewRow[] {
  const firstReply = lease === null ? undefined : deliveries.find((delivery) => delivery.origin === 'reply')
  return deliveries.map((delivery) => {
    const origin = origins.indexOf(delivery.origin)
    const lane = laneName({ contactId: to.id, campaign: origin === CAMPAIGN })
    const first = !busy.has(lane)
    busy.add(lane)
    return { to, delivery, origin, now, first, until: first && delivery === firstReply ? now + lease! : null }
  })
}
