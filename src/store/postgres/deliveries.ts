import type { AccountKey } from '../../core/contact.ts'
import type { ClaimedDelivery, DeliveryStatus } from '../../core/delivery.ts'
import type { Millis } from '../../core/time.ts'
import { CAMPAIGN } from '../origins.ts'
import type { Deliveries, FinishedDelivery } from '../ports.ts'
import { goOnWithParts } from './campaigns-parts.ts'
import { columnsOf } from './columns.ts'
import { claimParts, type Core } from './core.ts'
import { claimDeliveries, claimDue } from './delivery-claims.ts'
import { endFarewells } from './eraser.ts'
import { advanceLanes, laneName } from './lanes.ts'
import { inWaves } from './locks.ts'
import { countedDeliveries } from './statistics.ts'
import type { Unit } from './unit.ts'
import type { Kind } from './writer.ts'

interface DueClaim { accountId: number; limit: number; now: Millis; lease: Millis }

/** How one ended. `lease`: the next of the lane is claimed; null: not asked for. */
interface Finishing {
  result: FinishedDelivery
  contactId: number
  seq: number
  claims: number
  now: Millis
  lease: Millis | null
}
/** One whose claim is good. */
interface HeldDelivery extends Finishing {
  place: number
  origin: number
  farewell: boolean
  /** Something else to this contact is not final. */
  others: boolean
  /** Of a planned delivery; null for others. */
  lineId: number | null
  n: number | null
}
interface Noted { noted: boolean; next: ClaimedDelivery | null }

const selectDueAccounts = `
  select a.account from accounts a cross join lateral (
    select o.origin from (values (0), (1), (2)) o(origin)
    where exists (select 1 from deliveries d where d.account_id = a.id and d.origin = o.origin and d.line_id is null and d.due_at <= $1) order by o.origin limit 1) first
  order by first.origin, a.id`
const selectHeld = `
  select u.place::integer - 1 as place, d.origin, d.line_id as "lineId", d.part_no as n, c.farewell,
    exists (select 1 from deliveries n where n.contact_id = d.contact_id and n.finished_at is null and n.seq <> d.seq) as others
  from unnest($1::bigint[], $2::bigint[], $3::integer[], $4::text[]) with ordinality u(seq, contact_id, claims, id, place)
  join deliveries d on d.seq = u.seq and d.contact_id = u.contact_id and d.claims = u.claims and d.id = u.id and d.status = 'sending'
  join contacts c on c.id = d.contact_id order by u.place`
const finish = `
  update deliveries d set status = u.status, reason = u.reason, platform_message_id = u.platform_message_id, due_at = null, finished_at = u.now
  from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[]) u(seq, status, reason, platform_message_id, now) where d.seq = u.seq`
const putBack = `
  update deliveries d set status = 'queued', due_at = u.due_at, noted_at = u.now, maybe_sent = u.maybe_sent
  from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::boolean[]) u(seq, due_at, now, maybe_sent) where d.seq = u.seq`
const learn = `
  update contacts c set blocked = c.blocked or u.blocked, opted_out = c.opted_out or u.opted_out, last_inbound_at = case when u.window_closed then null else c.last_inbound_at end
  from unnest($1::bigint[], $2::boolean[], $3::boolean[], $4::boolean[]) u(id, blocked, opted_out, window_closed) where c.id = u.id`
const closeWindows = 'update mailbox set inbound_at = null where contact_id = any($1::bigint[])'

/** The way out: what is to be sent, by whom it is claimed and how it ended. */
export function deliveries(core: Core): Deliveries {
  const { database, writer, clock, accounts } = core

  async function finishWave(unit: Unit, wave: readonly Finishing[]): Promise<Noted[]> {
    const found = await unit.rows<Omit<HeldDelivery, keyof Finishing>>(selectHeld, columnsOf(wave, ({ seq }) => seq, ({ contactId }) => contactId, ({ claims }) => claims, ({ result }) => result.id))
    const held = found.map((row): HeldDelivery => ({ ...row, ...wave[row.place]! }))
    const ends: Noted[] = wave.map(() => ({ noted: false, next: null }))
    noteLearnt(unit, held)
    noteEnds(unit, held)
    const final = held.filter(({ result }) => result.end.status !== 'queued')
    goOnWithParts(unit, final.flatMap((one) => (one.lineId === null ? [] : [{ ...one, lineId: one.lineId, n: one.n!, ...endOf(one.result) }])))
    const lanes = final.filter(({ others, lineId }) => others && lineId === null).map((one) => ({ ...one, campaign: one.origin === CAMPAIGN }))
    const advanced = new Map((await advanceLanes(unit, lanes)).map((lane) => [laneName(lane), lane.seq]))
    const nexts = lanes.flatMap((one) => {
      const seq = advanced.get(laneName(one))
      return seq === undefined ? [] : [{ ...one, next: seq }]
    })
    if (nexts.some(({ lease }) => lease === null)) unit.leavesWork()
    const claimed = await claimDeliveries(core, unit, nexts.flatMap(({ next, now, lease }) => (lease === null ? [] : [{ seq: next, now, lease }])))
    await endFarewells(unit, final.filter(({ farewell, others }) => farewell && !others))
    for (const { place } of held) ends[place] = { noted: true, next: null }
    for (const { place, next } of nexts) ends[place] = { noted: true, next: claimed.get(next) ?? null }
    return ends
  }

  const dueClaims: Kind<DueClaim, ClaimedDelivery[]> = {
    touches: () => ({}),
    async apply(unit, elements) {
      const claimed: ClaimedDelivery[][] = []
      for (const { accountId, ...terms } of elements) claimed.push(await claimDue(core, unit, accountId, terms))
      return claimed
    },
  }
  const finishes: Kind<Finishing, Noted> = {
    touches: ({ contactId }) => ({ id: contactId }),
    apply: (unit, elements) => inWaves(elements, ({ contactId }) => contactId, (wave) => finishWave(unit, wave)),
  }
  const finishAll = (results: readonly FinishedDelivery[], now: Millis, lease: Millis | null): Promise<Noted[]> => writer.each(finishes, results.map((result) => {
    const [contactId, seq, claims] = claimParts(result.claim, 3)
    return { result, contactId, seq, claims, now, lease }
  }))

  return {
    async dueAccounts(now) {
      await clock.settle(now)
      return (await database.rows<{ account: AccountKey }>(selectDueAccounts, [now])).map(({ account }) => account)
    },
    async claimDeliveries(account, limit, now, lease) {
      await clock.settle(now)
      const accountId = await accounts.find(account)
      return accountId === null ? [] : writer.one(dueClaims, { accountId, limit, now, lease })
    },
    finishDeliveries: async (results, now) => (await finishAll(results, now, null)).map(({ noted }) => noted),
    finishAndClaim: finishAll,
    countDeliveries: () => countedDeliveries(database),
  }
}

/** What the platform's answer told about the person. */
function noteLearnt(unit: Unit, held: readonly HeldDelivery[]): void {
  const learnt = held.flatMap(({ contactId, result }) => (result.contact === undefined ? [] : [{ contactId, ...result.contact }]))
  if (learnt.length === 0) return
  unit.send(learn, columnsOf(learnt, ({ contactId }) => contactId, ({ blocked }) => blocked === true, ({ optedOut }) => optedOut === true, ({ windowClosed }) => windowClosed === true))
  const closed = learnt.filter(({ windowClosed }) => windowClosed === true)
  if (closed.length > 0) unit.send(closeWindows, [closed.map(({ contactId }) => contactId)])
}

const endOf = ({ end }: FinishedDelivery): { ended: DeliveryStatus; reason: string | null } => ({ ended: end.status, reason: 'reason' in end ? end.reason : null })

function noteEnds(unit: Unit, held: readonly HeldDelivery[]): void {
  const back = held.flatMap(({ result: { end }, ...one }) => (end.status === 'queued' ? [{ ...one, ...end }] : []))
  if (back.length > 0) unit.send(putBack, columnsOf(back, ({ seq }) => seq, ({ dueAt }) => dueAt, ({ now }) => now, ({ maybeSent }) => maybeSent))
  const final = held.flatMap(({ result: { end }, ...one }) => (end.status === 'queued' ? [] : [{ ...one, ...end }]))
  if (final.length > 0) {
    unit.send(finish, columnsOf(
      final, ({ seq }) => seq, ({ status }) => status, (one) => (one.status === 'sent' ? null : one.reason), (one) => (one.status === 'sent' ? one.platformMessageId : null), ({ now }) => now))
  }
  for (const { origin, result } of held) unit.totals.moved(origin, 'sending', result.end.status)
}
