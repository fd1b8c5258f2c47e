import type { AccountKey } from '../../core/contact.ts'
import type { Millis } from '../../core/time.ts'
import type { CampaignStore } from '../campaign-ports.ts'
import { columnsOf } from './columns.ts'
import { claimParts, type Core } from './core.ts'
import { CAMPAIGN } from './lanes.ts'
import { lockContacts } from './locks.ts'
import { inUnit, type Unit } from './unit.ts'

interface UncertainRow { seq: number; contactId: number | null; lineId: number; n: number; reason: string | null; part: string | null }

const linesOf = (campaign: string): string => `(select id from campaign_lines where campaign = ${campaign})`
const putBack = `
  update deliveries d set status = 'queued', due_at = $1, noted_at = $1, attempts = d.attempts - 1, claimed_by = 0, claims = d.claims + 1
  from unnest($2::bigint[], $3::integer[], $4::text[]) u(seq, claims, id)
  where d.seq = u.seq and d.claims = u.claims and d.id = u.id and d.claimed_by <> 0 and d.status = 'sending' and d.line_id in ${linesOf('$5')} returning 1`
const cancelQueued = `
  update deliveries set status = 'skipped', reason = 'cancelled', due_at = null, finished_at = $1
  where line_id in ${linesOf('$2')} and line_id is not null and finished_at is null and status = 'queued' returning 1`
const endLost = `
  update deliveries set status = 'uncertain', reason = 'no_answer', due_at = null, finished_at = $1
  where line_id in ${linesOf('$2')} and line_id is not null and status = 'sending' and due_at <= $1 returning 1`
const cancelPublications = `update publications set status = 'skipped', reason = 'cancelled' where campaign = $1 and status = 'planned' returning 1`
const selectContact = `select contact_id as "contactId" from deliveries where id = $1 and origin = ${CAMPAIGN}`
const selectUncertain = `
  select seq, contact_id as "contactId", line_id as "lineId", part_no as n, reason, part from deliveries
  where id = $1 and origin = ${CAMPAIGN} and status = 'uncertain' and line_id is not null for no key update`
const mayGoOn = `
  select 1 from campaign_lines l join campaigns c on c.id = l.campaign and c.status in ('running', 'paused') where l.id = $1 for share of c`
const sendAgain = `
  update deliveries set status = 'queued', reason = null, due_at = $1, noted_at = $1, finished_at = null, maybe_sent = false, settled = false, claimed_by = 0 where seq = $2`
const queueRest = `
  update deliveries set status = 'queued', reason = null, due_at = null, noted_at = $1, finished_at = null
  where contact_id = $2 and line_id = $3 and part_no > $4 and status = 'skipped' and reason = $5 and origin = ${CAMPAIGN} and contact_id is not null
    and finished_at is not null and part is not null returning 1`
const leave = 'update deliveries set settled = true where seq = $1'
const list = `
  select d.id, coalesce(c.contact_key, '') as "contactKey", a.account, d.finished_at as at, d.settled
  from deliveries d join accounts a on a.id = d.account_id left join contacts c on c.id = d.contact_id
  where d.line_id in ${linesOf('$1')} and d.line_id is not null and d.status = 'uncertain' order by d.finished_at, d.seq limit $2`

/** Stops campaigns, and lets staff settle what nobody knows. */
export function campaignSettling(core: Core): Pick<CampaignStore, 'stopDeliveries' | 'settleUncertain' | 'listUncertain'> {
  const { database } = core

  async function giveBack(unit: Unit, campaign: string, unsent: readonly { id: string; claim: string }[], now: Millis): Promise<number> {
    if (unsent.length === 0) return 0
    const claims = unsent.map(({ id, claim }) => ({ id, parts: claimParts(claim, 3) }))
    lockContacts(unit, claims.map(({ parts: [contactId] }) => ({ id: contactId })))
    const back = await unit.rows(putBack, [now, ...columnsOf(claims, ({ parts }) => parts[1], ({ parts }) => parts[2], ({ id }) => id), campaign])
    unit.totals.moved(CAMPAIGN, 'sending', 'queued', back.length)
    return back.length
  }
  async function cancel(unit: Unit, campaign: string, now: Millis): Promise<number> {
    const queued = await unit.rows(cancelQueued, [now, campaign])
    const lost = await unit.rows(endLost, [now, campaign])
    unit.totals.moved(CAMPAIGN, 'queued', 'skipped', queued.length)
    unit.totals.moved(CAMPAIGN, 'sending', 'uncertain', lost.length)
    return queued.length + lost.length + (await unit.rows(cancelPublications, [campaign])).length
  }
  async function queueAgain(unit: Unit, row: UncertainRow, now: Millis): Promise<boolean> {
    if (row.contactId === null || row.part === null) return false
    if ((await unit.rows(mayGoOn, [row.lineId])).length === 0) return false
    unit.send(sendAgain, [now, row.seq])
    const rest = await unit.rows(queueRest, [now, row.contactId, row.lineId, row.n, row.reason])
    unit.totals.moved(CAMPAIGN, 'uncertain', 'queued')
    unit.totals.moved(CAMPAIGN, 'skipped', 'queued', rest.length)
    return true
  }

  return {
    stopDeliveries: (campaign, how, unsent, now) => inUnit(core, 'other', async (unit) => {
      // A campaign may have hundreds of thousands of rows.
      unit.bePatient()
      const back = await giveBack(unit, campaign, unsent, now)
      return how === 'hold' ? back : cancel(unit, campaign, now)
    }),
    settleUncertain: (id, how, now) => inUnit(core, 'other', async (unit) => {
      const [found] = await unit.rows<{ contactId: number | null }>(selectContact, [id])
      if (found === undefined) return false
      if (found.contactId !== null) lockContacts(unit, [{ id: found.contactId }])
      const [row] = await unit.rows<UncertainRow>(selectUncertain, [id])
      if (row === undefined) return false
      if (how === 'send_again') return queueAgain(unit, row, now)
      unit.send(leave, [row.seq])
      return true
    }),
    listUncertain: (campaign, limit) => database.rows<{ id: string; contactKey: string; account: AccountKey; at: Millis; settled: boolean }>(list, [campaign, limit]),
  }
}
