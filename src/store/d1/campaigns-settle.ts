import type { Millis } from '../../core/time.ts'
import type { CampaignStore, Settlement } from '../campaign-ports.ts'
import { CAMPAIGN } from '../origins.ts'
import { appending, putCampaign } from './campaigns-records.ts'
import type { Core } from './core.ts'
import { only, quiet, statement, type Step } from './database.ts'
import { isLost, isRefused } from './errors.ts'

const delivery = "from deliveries where id = ?1 and status = 'uncertain' and line_id is not null"
const toSend = `${delivery} and contact_id is not null and part is not null and line_id in (
  select l.id from campaign_lines l join campaigns c on c.id = l.campaign and c.status in ('running', 'paused'))`
/** The parts that were skipped because of it, before it is queued itself. */
const queueRest = `
  update deliveries set status = 'queued', reason = null, due_at = null, noted_at = ?2, finished_at = null where seq in (
    select r.seq from deliveries d join deliveries r on r.contact_id = d.contact_id and r.origin = ${CAMPAIGN} and r.finished_at is not null and +r.line_id = d.line_id
      and r.part_no > d.part_no and r.status = 'skipped' and r.reason = d.reason and r.part is not null
    where d.id = ?1 and d.status = 'uncertain' and d.line_id is not null)`
const sendAgain = `
  update deliveries set status = 'queued', reason = null, due_at = ?2, noted_at = ?2, finished_at = null, maybe_sent = 0, settled = 0, claimed_by = 0
  where id = ?1 and status = 'uncertain' and line_id is not null`
const leave = `update deliveries set settled = 1 where id = ?1 and status = 'uncertain' and line_id is not null`

const publication = "from publications where id = ?1 and status = 'uncertain'"
const toPublish = `${publication} and exists (select 1 from campaigns c where c.id = publications.campaign and c.status in ('running', 'paused'))`
const looked = {
  published: `update publications set status = 'published', published_at = coalesce(published_at, due_at), reason = null where id = ?1`,
  not_published: `update publications set status = 'failed', reason = 'not_published' where id = ?1`,
}
const publishAgain = `update publications set status = 'planned', reason = null, due_at = ?2, claimed_by = 0, claimed_until = null where id = ?1`
const noteReach = 'update publications set reach = ?2 where id = ?1'

/** What must be so, and what is done then. */
function steps(settlement: Settlement, now: Millis): [Step<null>, Step<null>] {
  const { kind, id } = settlement
  if (kind === 'reach') return [only('from publications where id = ?1', id), quiet(statement(noteReach, id, JSON.stringify(settlement.reach)))]
  switch (settlement.how) {
    case 'leave': return [only(delivery, id), quiet(statement(leave, id))]
    case 'send_again': return [only(toSend, id), quiet(statement(queueRest, id, now), statement(sendAgain, id, now))]
    case 'publish_again': return [only(toPublish, id), quiet(statement(publishAgain, id, now))]
    default: return [only(publication, id), quiet(statement(looked[settlement.how], id))]
  }
}

/** What staff decide about something nobody knows the end of, with its line in the log. */
export const campaignSettlements = ({ database }: Core): Pick<CampaignStore, 'settle'> => ({
  async settle(settlement, { line, expectedVersion, reopened }, now) {
    if (!settlement.id.startsWith(`${line.campaign}/`)) return 'refused'
    try {
      await database.run(
        ...appending(line, line.campaign, expectedVersion), quiet(...(reopened === null ? [] : [putCampaign({ ...reopened, version: expectedVersion + 1 })])),
        ...steps(settlement, now))
      return 'settled'
    } catch (error) {
      if (isLost(error)) return 'stale'
      if (isRefused(error)) return 'refused'
      throw error
    }
  },
})
