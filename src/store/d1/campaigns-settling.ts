import type { AccountKey } from '../../core/contact.ts'
import type { Millis } from '../../core/time.ts'
import type { CampaignStore } from '../campaign-ports.ts'
import { claimParts, type Core } from './core.ts'
import { rowsOf, together } from './database.ts'
import { CAMPAIGN } from './lanes.ts'

/** So many rows of a cancelled campaign end in one transaction. */
const BATCH = 500

const linesOf = (campaign: string): string => `select id from campaign_lines where campaign = ${campaign}`
const putBack = `
  update deliveries set status = 'queued', due_at = ?1, noted_at = ?1, attempts = attempts - 1, claimed_by = 0, claims = 0
  where seq = ?2 and claims = ?3 and id = ?4 and claimed_by <> 0 and status = 'sending' and line_id in (${linesOf('?5')}) returning seq`
const cancelQueued = `
  update deliveries set status = 'skipped', reason = 'cancelled', due_at = null, finished_at = ?1
  where seq in (select seq from deliveries where line_id in (${linesOf('?2')}) and line_id is not null and status = 'queued' limit ${BATCH}) returning seq`
const endLost = `
  update deliveries set status = 'uncertain', reason = 'no_answer', due_at = null, finished_at = ?1
  where seq in (select seq from deliveries where line_id in (${linesOf('?2')}) and line_id is not null and status = 'sending' and due_at <= ?1) returning seq`
const cancelPublications = `update publications set status = 'skipped', reason = 'cancelled' where campaign = ?1 and status = 'planned' returning id`
const uncertain = `id = ?1 and status = 'uncertain' and line_id is not null`
/** The parts that were skipped because of it, before it is queued itself. */
const queueRest = `
  update deliveries set status = 'queued', reason = null, due_at = null, noted_at = ?2, finished_at = null where seq in (
    select r.seq from deliveries d join deliveries r on r.contact_id = d.contact_id and r.origin = ${CAMPAIGN} and r.finished_at is not null and +r.line_id = d.line_id
      and r.part_no > d.part_no and r.status = 'skipped' and r.reason = d.reason and r.part is not null
    where d.id = ?1 and d.status = 'uncertain' and d.line_id is not null and d.part is not null and d.line_id in (
      select l.id from campaign_lines l join campaigns c on c.id = l.campaign and c.status in ('running', 'paused')))`
const sendAgain = `
  update deliveries set status = 'queued', reason = null, due_at = ?2, noted_at = ?2, finished_at = null, maybe_sent = 0, settled = 0, claimed_by = 0
  where ${uncertain} and contact_id is not null and part is not null and line_id in (
    select l.id from campaign_lines l join campaigns c on c.id = l.campaign and c.status in ('running', 'paused')) returning seq`
const leave = `update deliveries set settled = 1 where ${uncertain} returning seq`
const list = `
  select d.id, coalesce(c.contact_key, '') as contactKey, d.account, d.finished_at as at, d.settled
  from deliveries d left join contacts c on c.id = d.contact_id
  where d.line_id in (${linesOf('?1')}) and d.line_id is not null and d.status = 'uncertain' order by d.finished_at, d.seq limit ?2`

/** Stops campaigns, and lets staff settle what nobody knows. */
export function campaignSettling({ database }: Core): Pick<CampaignStore, 'stopDeliveries' | 'settleUncertain' | 'listUncertain'> {
  /** What is queued, a batch at a time, so that replies go between. */
  async function cancelAllQueued(campaign: string, now: Millis): Promise<number> {
    for (let changed = 0; ;) {
      const { length } = await database.rows(cancelQueued, now, campaign)
      changed += length
      if (length < BATCH) return changed
    }
  }

  return {
    async stopDeliveries(campaign, how, unsent, now) {
      const [back] = await database.run(together(unsent.map(({ id, claim }) => {
        const [seq, claims] = claimParts(claim)
        return rowsOf(putBack, now, seq, claims, id, campaign)
      })))
      const given = back.filter((rows) => rows.length === 1).length
      if (how === 'hold') return given
      const cancelled = await cancelAllQueued(campaign, now)
      const [lost, publications] = await database.run(rowsOf(endLost, now, campaign), rowsOf(cancelPublications, campaign))
      return cancelled + lost.length + publications.length
    },
    async settleUncertain(id, how, now) {
      if (how === 'leave') return (await database.rows(leave, id)).length === 1
      const [, again] = await database.run(rowsOf(queueRest, id, now), rowsOf(sendAgain, id, now))
      return again.length === 1
    },
    async listUncertain(campaign, limit) {
      const rows = await database.rows<{ id: string; contactKey: string; account: AccountKey; at: Millis; settled: number }>(list, campaign, limit)
      return rows.map((row) => ({ ...row, settled: row.settled === 1 }))
    },
  }
}
