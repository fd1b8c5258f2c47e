import type { Millis } from '../../core/time.ts'
import type { CampaignStore, Settlement } from '../campaign-ports.ts'
import { CAMPAIGN } from '../origins.ts'
import { NotSettled, orRefused } from '../settlement.ts'
import { appendAuditLine, putCampaign } from './campaigns-records.ts'
import type { Core } from './core.ts'
import { lockContacts } from './locks.ts'
import { inUnit, type Unit } from './unit.ts'

interface UncertainRow { seq: number; contactId: number | null; lineId: number; n: number; reason: string | null; part: string | null }

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
const looked = {
  published: `update publications set status = 'published', published_at = coalesce(published_at, due_at), reason = null where id = $1 and status = 'uncertain' returning 1`,
  not_published: `update publications set status = 'failed', reason = 'not_published' where id = $1 and status = 'uncertain' returning 1`,
}
const publishAgain = `
  update publications p set status = 'planned', reason = null, due_at = $1, claimed_by = 0, claimed_until = null
  where p.id = $2 and p.status = 'uncertain' and exists (select 1 from campaigns c where c.id = p.campaign and c.status in ('running', 'paused') for share) returning 1`
const noteReach = 'update publications set reach = $1 where id = $2 returning 1'

/** What staff decide about something nobody knows the end of, with its line in the log. */
export function campaignSettlements(core: Core): Pick<CampaignStore, 'settle'> {
  async function queueAgain(unit: Unit, { seq, contactId, lineId, n, reason, part }: UncertainRow, now: Millis): Promise<boolean> {
    if (contactId === null || part === null) return false
    if ((await unit.rows(mayGoOn, [lineId])).length === 0) return false
    unit.send(sendAgain, [now, seq])
    const rest = await unit.rows(queueRest, [now, contactId, lineId, n, reason])
    unit.totals.moved(CAMPAIGN, 'uncertain', 'queued')
    unit.totals.moved(CAMPAIGN, 'skipped', 'queued', rest.length)
    return true
  }

  /** The contact comes before the campaign and its log, as everywhere. */
  async function lockFor(unit: Unit, { kind, id }: Settlement): Promise<void> {
    if (kind !== 'delivery') return
    const [found] = await unit.rows<{ contactId: number | null }>(selectContact, [id])
    if (found !== undefined && found.contactId !== null) lockContacts(unit, [{ id: found.contactId }])
  }

  async function isSettled(unit: Unit, settlement: Settlement, now: Millis): Promise<boolean> {
    const { kind, id } = settlement
    if (kind === 'reach') return (await unit.rows(noteReach, [JSON.stringify(settlement.reach), id])).length === 1
    if (kind === 'publication') return (await (settlement.how === 'publish_again' ? unit.rows(publishAgain, [now, id]) : unit.rows(looked[settlement.how], [id]))).length === 1
    const [row] = await unit.rows<UncertainRow>(selectUncertain, [id])
    if (row === undefined) return false
    if (settlement.how === 'send_again') return queueAgain(unit, row, now)
    unit.send(leave, [row.seq])
    return true
  }

  return {
    settle: (settlement, { line, expectedVersion, reopened }, now) => orRefused(inUnit(core, 'other', async (unit) => {
      if (!settlement.id.startsWith(`${line.campaign}/`)) return 'refused' as const
      await lockFor(unit, settlement)
      if (!await appendAuditLine(unit, line, line.campaign, expectedVersion)) return 'stale' as const
      if (reopened !== null) putCampaign(unit, { ...reopened, version: expectedVersion + 1 })
      if (!await isSettled(unit, settlement, now)) throw new NotSettled()
      return 'settled' as const
    })),
  }
}
