import type { AccountKey } from '../../core/contact.ts'
import type { Millis } from '../../core/time.ts'
import type { CampaignStore } from '../campaign-ports.ts'
import { claimParts, type Core } from './core.ts'
import { rowsOf, together } from './database.ts'

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
const endLostPublications = `
  update publications set status = 'uncertain', reason = 'no_answer', claimed_by = 0, claimed_until = null
  where campaign = ?2 and status = 'publishing' and (claimed_until is null or claimed_until <= ?1) returning id`
const cancelPublications = `update publications set status = 'skipped', reason = 'cancelled' where campaign = ?1 and status = 'planned' returning id`
const list = `
  select d.id, coalesce(c.contact_key, '') as contactKey, d.account, d.finished_at as at, d.settled
  from deliveries d left join contacts c on c.id = d.contact_id
  where d.line_id in (${linesOf('?1')}) and d.line_id is not null and d.status = 'uncertain' order by d.finished_at, d.seq limit ?2`

/** Stops campaigns, and shows staff what nobody knows. */
export function campaignSettling({ database }: Core): Pick<CampaignStore, 'stopDeliveries' | 'listUncertain'> {
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
      const giveBack = together(unsent.map(({ id, claim }) => {
        const [seq, claims] = claimParts(claim)
        return rowsOf(putBack, now, seq, claims, id, campaign)
      }))
      if (how === 'hold') {
        const [back, lost] = await database.run(giveBack, rowsOf(endLost, now, campaign))
        return back.flat().length + lost.length
      }
      await database.run(giveBack)
      const cancelled = await cancelAllQueued(campaign, now)
      const rest = await database.run(rowsOf(endLost, now, campaign), rowsOf(cancelPublications, campaign), rowsOf(endLostPublications, now, campaign))
      return cancelled + rest.flat().length
    },
    async listUncertain(campaign, limit) {
      const rows = await database.rows<{ id: string; contactKey: string; account: AccountKey; at: Millis; settled: number }>(list, campaign, limit)
      return rows.map((row) => ({ ...row, settled: row.settled === 1 }))
    },
  }
}
