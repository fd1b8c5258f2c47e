import type { AccountKey } from '../../core/contact.ts'
import type { Millis } from '../../core/time.ts'
import type { CampaignStore } from '../campaign-ports.ts'
import { claimParts, read, type Core } from './core.ts'
import { CAMPAIGN } from './lanes.ts'

interface UncertainRow {
  seq: number
  contact_id: number | null
  line_id: number
  part_no: number
  reason: string | null
  part: string | null
  status: string
}

/** So many rows of a cancelled campaign end in one transaction. */
const BATCH = 500

/** Stops campaigns, and lets staff settle what nobody knows. */
export function campaignSettling(core: Core): Pick<CampaignStore, 'stopDeliveries' | 'settleUncertain' | 'listUncertain'> {
  const { db, writer, counts } = core
  const linesOf = 'select id from campaign_lines where campaign = ?'
  const putBack = db.prepare(`
    update deliveries set status = 'queued', due_at = ?1, noted_at = ?1, attempts = attempts - 1, claimed_by = 0, claims = claims + 1
    where seq = ?2 and claims = ?3 and id = ?4 and claimed_by <> 0 and status = 'sending' and line_id in (${linesOf.replace('?', '?5')})`)
  const cancelQueued = db.prepare(`
    update deliveries set status = 'skipped', reason = 'cancelled', due_at = null, finished_at = ?1
    where seq in (select seq from deliveries where line_id in (${linesOf.replace('?', '?2')}) and line_id is not null and status = 'queued' limit ${BATCH})`)
  const selectLost = db.prepare(`
    select seq from deliveries where line_id in (${linesOf}) and line_id is not null and status = 'sending' and due_at <= ?`)
  const endLost = db.prepare(`update deliveries set status = 'uncertain', reason = 'no_answer', due_at = null, finished_at = ? where seq = ?`)
  const cancelPublications = db.prepare(`update publications set status = 'skipped', reason = 'cancelled' where campaign = ? and status = 'planned'`)
  const selectUncertain = db.prepare(`
    select seq, contact_id, line_id, part_no, reason, part, status from deliveries where id = ? and status = 'uncertain' and line_id is not null`)
  const mayGoOn = db.prepare(`
    select 1 from campaign_lines l join campaigns c on c.id = l.campaign and c.status in ('running', 'paused') where l.id = ?`)
  const sendAgain = db.prepare(`
    update deliveries set status = 'queued', reason = null, due_at = ?1, noted_at = ?1, finished_at = null, maybe_sent = 0, settled = 0, claimed_by = 0 where seq = ?2`)
  const queueRest = db.prepare(`
    update deliveries set status = 'queued', reason = null, due_at = null, noted_at = ?, finished_at = null
    where contact_id = ? and +line_id = ? and part_no > ? and status = 'skipped' and reason = ? and origin = ${CAMPAIGN} and finished_at is not null and part is not null`)
  const leave = db.prepare('update deliveries set settled = 1 where seq = ?')
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

  function cancelRest(campaign: string, now: Millis): number {
    const lost = selectLost.all(campaign, now)
    for (const { seq } of lost) endLost.run(now, Number(seq))
    counts.moved(CAMPAIGN, 'sending', 'uncertain', lost.length)
    return lost.length + Number(cancelPublications.run(campaign).changes)
  }

  function queueAgain(row: UncertainRow, now: Millis): boolean {
    if (row.contact_id === null || row.part === null || mayGoOn.get(row.line_id) === undefined) return false
    sendAgain.run(now, row.seq)
    counts.moved(CAMPAIGN, 'uncertain', 'queued')
    const { changes } = queueRest.run(now, row.contact_id, row.line_id, row.part_no, row.reason)
    counts.moved(CAMPAIGN, 'skipped', 'queued', Number(changes))
    return true
  }

  return {
    async stopDeliveries(campaign, how, unsent, now) {
      const back = await writer.run(() => unsent.filter((claim) => giveBack(campaign, claim, now)).length)
      if (how === 'hold') return back
      return await cancelAllQueued(campaign, now) + await writer.run(() => cancelRest(campaign, now))
    },
    settleUncertain: (id, how, now) => writer.run(() => {
      const row = selectUncertain.get(id) as unknown as UncertainRow | undefined
      if (row === undefined) return false
      if (how === 'send_again') return queueAgain(row, now)
      return leave.run(row.seq).changes === 1
    }),
    listUncertain: (campaign, limit) => read(() => list.all(campaign, limit).map((row) => ({
      id: String(row.id), contactKey: String(row.contactKey), account: row.account as AccountKey, at: Number(row.at), settled: row.settled === 1,
    }))),
  }
}
