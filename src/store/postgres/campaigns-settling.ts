import type { AccountKey } from '../../core/contact.ts'
import type { Millis } from '../../core/time.ts'
import type { CampaignStore } from '../campaign-ports.ts'
import { CAMPAIGN } from '../origins.ts'
import { goOnWithParts } from './campaigns-parts.ts'
import { columnsOf } from './columns.ts'
import { claimParts, type Core } from './core.ts'
import { lockContacts } from './locks.ts'
import { inUnit, type Unit } from './unit.ts'

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
  where line_id in ${linesOf('$2')} and line_id is not null and status = 'sending' and due_at <= $1
  returning contact_id as "contactId", line_id as "lineId", part_no as n`
const cancelPublications = `update publications set status = 'skipped', reason = 'cancelled' where campaign = $1 and status = 'planned' returning 1`
const endLostPublications = `
  update publications set status = 'uncertain', reason = 'no_answer', claimed_by = 0, claimed_until = null
  where campaign = $1 and status = 'publishing' and (claimed_until is null or claimed_until <= $2) returning 1`
const list = `
  select d.id, coalesce(c.contact_key, '') as "contactKey", a.account, d.finished_at as at, d.settled
  from deliveries d join accounts a on a.id = d.account_id left join contacts c on c.id = d.contact_id
  where d.line_id in ${linesOf('$1')} and d.line_id is not null and d.status = 'uncertain' order by d.finished_at, d.seq limit $2`

/** Stops campaigns, and shows staff what nobody knows. */
export function campaignSettling(core: Core): Pick<CampaignStore, 'stopDeliveries' | 'listUncertain'> {
  const { database } = core

  async function giveBack(unit: Unit, campaign: string, unsent: readonly { id: string; claim: string }[], now: Millis): Promise<number> {
    if (unsent.length === 0) return 0
    const claims = unsent.map(({ id, claim }) => ({ id, parts: claimParts(claim, 3) }))
    lockContacts(unit, claims.map(({ parts: [contactId] }) => ({ id: contactId })))
    const back = await unit.rows(putBack, [now, ...columnsOf(claims, ({ parts }) => parts[1], ({ parts }) => parts[2], ({ id }) => id), campaign])
    unit.totals.moved(CAMPAIGN, 'sending', 'queued', back.length)
    return back.length
  }
  /** What a killed process was sending. */
  async function endAllLost(unit: Unit, campaign: string, now: Millis): Promise<number> {
    const lost = await unit.rows<{ contactId: number | null; lineId: number; n: number }>(endLost, [now, campaign])
    unit.totals.moved(CAMPAIGN, 'sending', 'uncertain', lost.length)
    goOnWithParts(unit, lost.flatMap(({ contactId, lineId, n }) => (contactId === null ? [] : [{ contactId, lineId, n, ended: 'uncertain' as const, reason: 'no_answer', now }])))
    return lost.length
  }
  async function cancel(unit: Unit, campaign: string, now: Millis): Promise<number> {
    const queued = await unit.rows(cancelQueued, [now, campaign])
    unit.totals.moved(CAMPAIGN, 'queued', 'skipped', queued.length)
    const lost = await endAllLost(unit, campaign, now)
    const publications = [await unit.rows(cancelPublications, [campaign]), await unit.rows(endLostPublications, [campaign, now])]
    return queued.length + lost + publications.flat().length
  }

  return {
    stopDeliveries: (campaign, how, unsent, now) => inUnit(core, 'other', async (unit) => {
      // A campaign may have hundreds of thousands of rows.
      unit.bePatient()
      const back = await giveBack(unit, campaign, unsent, now)
      return how === 'hold' ? back + await endAllLost(unit, campaign, now) : cancel(unit, campaign, now)
    }),
    listUncertain: (campaign, limit) => database.rows<{ id: string; contactKey: string; account: AccountKey; at: Millis; settled: boolean }>(list, [campaign, limit]),
  }
}
