import type { Millis } from '../../core/time.ts'
import type { CampaignStore, Settlement } from '../campaign-ports.ts'
import { CAMPAIGN } from '../origins.ts'
import { NotSettled, orRefused } from '../settlement.ts'
import { openCampaignRows } from './campaigns-records.ts'
import type { Core } from './core.ts'
import { inLedger } from './schema.ts'

interface UncertainRow { seq: number; contact_id: number | null; line_id: number; part_no: number; reason: string | null; part: string | null }

/** What staff decide about something nobody knows the end of, with its line in the log. */
export function campaignSettlements(core: Core): Pick<CampaignStore, 'settle'> {
  const { db, writer, counts } = core
  const rows = openCampaignRows(core)
  const selectUncertain = db.prepare(`
    select seq, contact_id, line_id, part_no, reason, part from deliveries where id = ? and status = 'uncertain' and line_id is not null`)
  const mayGoOn = db.prepare(`
    select 1 from campaign_lines l join campaigns c on c.id = l.campaign and c.status in ('running', 'paused') where l.id = ?`)
  const sendAgain = db.prepare(`
    update deliveries set ${inLedger}, status = 'queued', reason = null, due_at = ?1, noted_at = ?1, finished_at = null, maybe_sent = 0, settled = 0, claimed_by = 0 where seq = ?2`)
  const queueRest = db.prepare(`
    update deliveries set ${inLedger}, status = 'queued', reason = null, due_at = null, noted_at = ?, finished_at = null
    where contact_id = ? and +line_id = ? and part_no > ? and status = 'skipped' and reason = ? and origin = ${CAMPAIGN} and finished_at is not null and part is not null`)
  const leave = db.prepare('update deliveries set settled = 1 where seq = ?')
  const looked = {
    published: db.prepare(`update publications set status = 'published', published_at = coalesce(published_at, due_at), reason = null where id = ? and status = 'uncertain'`),
    not_published: db.prepare(`update publications set status = 'failed', reason = 'not_published' where id = ? and status = 'uncertain'`),
  }
  const publishAgain = db.prepare(`
    update publications set status = 'planned', reason = null, due_at = ?, claimed_by = 0, claimed_until = null
    where id = ? and status = 'uncertain' and exists (select 1 from campaigns c where c.id = publications.campaign and c.status in ('running', 'paused'))`)
  const noteReach = db.prepare('update publications set reach = ? where id = ?')

  function queueAgain({ seq, contact_id: contactId, line_id: lineId, part_no: n, reason, part }: UncertainRow, now: Millis): boolean {
    if (contactId === null || part === null || mayGoOn.get(lineId) === undefined) return false
    sendAgain.run(now, seq)
    counts.moved(CAMPAIGN, 'uncertain', 'queued')
    counts.moved(CAMPAIGN, 'skipped', 'queued', Number(queueRest.run(now, contactId, lineId, n, reason).changes))
    return true
  }

  function isSettled(settlement: Settlement, now: Millis): boolean {
    const { kind, id } = settlement
    if (kind === 'reach') return noteReach.run(JSON.stringify(settlement.reach), id).changes === 1
    if (kind === 'publication') return (settlement.how === 'publish_again' ? publishAgain.run(now, id) : looked[settlement.how].run(id)).changes === 1
    const row = selectUncertain.get(id) as unknown as UncertainRow | undefined
    if (row === undefined) return false
    return settlement.how === 'send_again' ? queueAgain(row, now) : leave.run(row.seq).changes === 1
  }

  return {
    settle: (settlement, { line, expectedVersion, reopened }, now) => orRefused(writer.run(() => {
      if (!settlement.id.startsWith(`${line.campaign}/`)) return 'refused' as const
      if (!rows.append(line, line.campaign, expectedVersion)) return 'stale' as const
      if (reopened !== null) rows.put({ ...reopened, version: expectedVersion + 1 })
      if (!isSettled(settlement, now)) throw new NotSettled()
      return 'settled' as const
    })),
  }
}
