import type { MeansName } from '../../core/campaign.ts'
import type { CampaignStore, ClaimedCampaignDelivery } from '../campaign-ports.ts'
import { factColumns, factsFrom, selectReached, type FactColumns, type Reached } from './campaigns-facts.ts'
import type { Core } from './core.ts'
import { statement, type Step } from './database.ts'
import { claimedFrom, takeDeliveries, type TakenDelivery } from './delivery-claims.ts'

/**
 * Rows of running campaigns on an account that are due at `now`, `limit` of each line, one for each contact, none for whom another planned delivery is on
 * its way. What a dead process was sending stands behind all that is queued: it is looked for by itself, and comes first.
 */
const due = (now: string, account: string, limit: string): string => {
  const ofLine = (and: string): string => `
    select seq from (select x.seq from deliveries x where x.line_id = l.id and x.line_id is not null ${and} and x.due_at <= ${now} and not exists (
      select 1 from deliveries b where b.contact_id = x.contact_id and b.finished_at is null and b.line_id is not null and b.status = 'sending' and b.seq <> x.seq and b.due_at > ${now})
    order by x.due_at, x.seq limit ${limit})`
  return `
    select seq from (
      select d.seq, d.status = 'sending' as lost, d.due_at,
        row_number() over (partition by d.contact_id order by d.status = 'sending' desc, d.due_at, d.seq) as nth
      from campaign_lines l join campaigns k on k.id = l.campaign and k.status = 'running'
      join deliveries d on d.seq in (${ofLine(`and x.status = 'sending'`)} union ${ofLine('')})
      where l.account = ${account} and d.contact_id is not null)
    where nth = 1 order by lost desc, due_at, seq limit ${limit}`
}
const selectDue = due('?1', '?2', '?3')
const takeDue = takeDeliveries(due('?2', '?5', '?6'))
const taken = `from campaign_lines l join deliveries d on d.line_id = l.id and d.line_id is not null and d.due_at = ?2 and d.claims = ?3 where l.account = ?1`
const selectTaken = `
  select d.seq, d.origin, d.id, d.part, d.question_at as questionAt, d.question_message_id as questionMessageId, d.attempts, d.maybe_sent as maybeSent, c.user_id as userId,
    l.campaign, l.post, l.means, ${factColumns}
  ${taken.replace(' where', ' join contacts c on c.id = d.contact_id left join mailbox m on m.contact_id = c.id where')}`

interface Taken extends TakenDelivery, FactColumns { campaign: string; post: string; means: MeansName; account: TakenDelivery['account']; lastInboundAt: number | null }

/** Hands planned deliveries out, one contact at a time. */
export function campaignClaims(core: Core): Pick<CampaignStore, 'claimCampaignDeliveries'> {
  const { database } = core
  return {
    async claimCampaignDeliveries(account, limit, now, lease) {
      const [claims, until] = [core.nextClaim(), now + lease]
      const claiming: Step<ClaimedCampaignDelivery[]> = {
        statements: [
          statement(selectDue, now, account, limit), statement(takeDue, until, now, claims, core.holder, account, limit), statement(selectTaken, account, until, claims),
          statement(selectReached(`select d.contact_id ${taken}`), account, until, claims),
        ],
        read([order, , rows, reached]) {
          const place = new Map(order!.map(({ seq }, n) => [seq, n]))
          const reachedBy = Map.groupBy(reached as unknown as Reached[], ({ contactId }) => contactId)
          return (rows as unknown as Taken[]).toSorted((a, b) => place.get(a.seq)! - place.get(b.seq)!).map((row) => {
            const { campaign, post, means } = row
            return { ...claimedFrom(row, claims), campaign, post, means, facts: factsFrom(row, reachedBy.get(row.contactId) ?? [], `${campaign}/${post}`) }
          })
        },
      }
      const [, claimed] = await database.run(core.settleClock(now), claiming)
      return claimed
    },
  }
}
