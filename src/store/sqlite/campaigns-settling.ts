import type { AccountKey } from '../../core/contact.ts'
import type { Millis } from '../../core/time.ts'
import type { CampaignStore } from '../campaign-ports.ts'
import { CAMPAIGN } from '../origins.ts'
import { openParts } from './campaigns-parts.ts'
import { claimParts, read, type Core } from './core.ts'
import { inLedger } from './schema.ts'

/** So many rows of a cancelled campaign end in one transaction. */
const BATCH = 500

/** Stops campaigns, and shows staff what nobody knows. */
export function campaignSettling(core: Core): Pick<CampaignStore, 'stopDeliveries' | 'listUncertain'> {
  const { db, writer, counts } = core
  const parts = openParts(db, counts)
  const linesOf = 'select id from campaign_lines where campaign = ?'
  const putBack = db.prepare(`
    update deliveries set ${inLedger}, status = 'queued', due_at = ?1, noted_at = ?1, attempts = attempts - 1, claimed_by = 0, claims = claims + 1
    where seq = ?2 and claims = ?3 and id = ?4 and claimed_by <> 0 and status = 'sending' and line_id in (${linesOf.replace('?', '?5')})`)
  const cancelQueued = db.prepare(`
    update deliveries set ${inLedger}, status = 'skipped', reason = 'cancelled', due_at = null, finished_at = ?1
    where seq in (select seq from deliveries where line_id in (${linesOf.replace('?', '?2')}) and line_id is not null and status = 'queued' limit ${BATCH})`)
  const selectLost = db.prepare(`
    select seq, contact_id, line_id, part_no from deliveries where line_id in (${linesOf}) and line_id is not null and status = 'sending' and due_at <= ?`)
  const endLost = db.prepare(`update deliveries set ${inLedger}, status = 'uncertain', reason = 'no_answer', due_at = null, finished_at = ? where seq = ?`)
  const cancelPublications = db.prepare(`update publications set status = 'skipped', reason = 'cancelled' where campaign = ? and status = 'planned'`)
  const endLostPublications = db.prepare(`
    update publications set status = 'uncertain', reason = 'no_answer', claimed_by = 0, claimed_until = null
    where campaign = ? and status = 'publishing' and (claimed_until is null or claimed_until <= ?)`)
  const list = db.prepare(`
    select d.id, coalesce(c.contact_key, '') as contactKey, a.account, d.finished_at as at, d.settled
    from deliveries d join accounts a on a.id = d.account_id left join contacts c on c.id = d.contact_id
    where d.line_id in (${linesOf}) and d.line_id is not null and d.status = 'uncertain' order by d.finished_at, d.seq limit ?`)

  function giveBack(campaign: string, { id, claim }: { id: string; claim: string }, now: Millis): boolean {
    const { row, claims } = claimParts(claim)
    const changed = putBack.run(now, row, claims, id, campaign).changes === 1
    if (changed) counts.moved(CAMPAIGN, 'sending', 'queued')
    return changed
  }

  /** What is queued, a batch at a time, so that replies go between. */
  async function cancelAllQueued(campaign: string, now: Millis): Promise<number> {
    let changed = 0
    for (;;) {
      const batch = await writer.run(() => {
        const queued = Number(cancelQueued.run(now, campaign).changes)
        counts.moved(CAMPAIGN, 'queued', 'skipped', queued)
        return queued
      })
      changed += batch
      if (batch < BATCH) return changed
    }
  }

  /** What a killed process was sending. */
  function endAllLost(campaign: string, now: Millis): number {
    const lost = selectLost.all(campaign, now)
    counts.moved(CAMPAIGN, 'sending', 'uncertain', lost.length)
    for (const { seq, contact_id: contactId, line_id: lineId, part_no: n } of lost) {
      endLost.run(now, Number(seq))
      if (contactId !== null) parts.goOn({ contactId: Number(contactId), lineId: Number(lineId), n: Number(n) }, 'uncertain', 'no_answer', now)
    }
    return lost.length
  }

  const cancelRest = (campaign: string, now: Millis): number =>
    endAllLost(campaign, now) + Number(cancelPublications.run(campaign).changes) + Number(endLostPublications.run(campaign, now).changes)

  return {
    async stopDeliveries(campaign, how, unsent, now) {
      const giveAllBack = (): number => unsent.filter((claim) => giveBack(campaign, claim, now)).length
      if (how === 'hold') return writer.run(() => giveAllBack() + endAllLost(campaign, now))
      await writer.run(giveAllBack)
      return await cancelAllQueued(campaign, now) + await writer.run(() => cancelRest(campaign, now))
    },
    listUncertain: (campaign, limit) => read(() => list.all(campaign, limit).map((row) => ({
      id: String(row.id), contactKey: String(row.contactKey), account: row.account as AccountKey, at: Number(row.at), settled: row.settled === 1,
    }))),
  }
}
