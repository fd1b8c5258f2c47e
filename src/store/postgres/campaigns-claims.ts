import { accountFrom, type AccountKey } from '../../core/contact.ts'
import type { MeansName } from '../../core/campaign.ts'
import type { DeliveryStatus } from '../../core/delivery.ts'
import type { Part } from '../../core/message.ts'
import type { Millis } from '../../core/time.ts'
import type { CampaignStore, ClaimedCampaignDelivery } from '../campaign-ports.ts'
import { CAMPAIGN } from '../origins.ts'
import { factsOf, type FactsOf } from './campaigns-facts.ts'
import type { Core } from './core.ts'
import { deliveryClaim } from './delivery-claims.ts'
import type { Unit } from './unit.ts'
import type { Kind } from './writer.ts'

interface DueClaim { accountId: number; account: AccountKey; limit: number; now: Millis; lease: Millis }
interface Line { id: number; campaign: string; post: string; means: MeansName }
interface Due { row: DuePlanned; line: Line }
interface DuePlanned {
  seq: number
  contactId: number
  id: string
  status: DeliveryStatus
  part: string
  attempts: number
  maybeSent: boolean
  claims: number
  userId: string
  dueAt: Millis
}

/** Once a pause is written nothing of the campaign is handed out: it waits for claims under way, and later ones see it. */
const selectLines = `
  select l.id, l.campaign, l.post, l.means from campaign_lines l join campaigns c on c.id = l.campaign and c.status = 'running' where l.account_id = $1
  order by c.id, l.id for share of c`
const dueOf = (which: string): string => `
  select d.seq, d.contact_id as "contactId", d.id, d.status, d.part, d.attempts, d.maybe_sent as "maybeSent", d.claims, c.user_id as "userId", d.due_at as "dueAt"
  from deliveries d join contacts c on c.id = d.contact_id
  where d.line_id = $1 and d.line_id is not null and ${which}d.due_at <= $2
    and not exists (
      select 1 from deliveries b where b.contact_id = d.contact_id and b.finished_at is null and b.line_id is not null and b.status = 'sending' and b.seq <> d.seq and b.due_at > $2)
  order by d.due_at, d.seq limit $3 for no key update of d, c skip locked`
/** What a dead process was sending stands behind all that is queued: it is looked for by itself. */
const [selectLost, selectDue] = [dueOf("d.status = 'sending' and "), dueOf('')]
/** Once more under the locks: to whom something planned is under way. */
const selectUnderWay = `
  select contact_id as "contactId" from deliveries
  where contact_id = any($1::bigint[]) and finished_at is null and line_id is not null and status = 'sending' and due_at > $2`
const claim = `
  update deliveries set status = 'sending', due_at = $1, noted_at = $2, attempts = attempts + 1, maybe_sent = maybe_sent or status = 'sending', claims = claims + 1, claimed_by = $3
  where seq = any($4::bigint[])`

/** Hands planned deliveries out, one contact at a time. */
export function campaignClaims(core: Core): Pick<CampaignStore, 'claimCampaignDeliveries'> {
  async function claimDue(unit: Unit, { accountId, account, limit, now, lease }: DueClaim): Promise<ClaimedCampaignDelivery[]> {
    const lines = await unit.rows<Line>(selectLines, [accountId])
    const find = async (select: string): Promise<Due[]> => {
      const found: Due[] = []
      for (const line of lines) found.push(...(await unit.rows<DuePlanned>(select, [line.id, now, limit])).map((row) => ({ row, line })))
      return found.toSorted((a, b) => a.row.dueAt - b.row.dueAt || a.row.seq - b.row.seq)
    }
    const lost = await find(selectLost)
    const seen = new Set(lost.map(({ row }) => row.seq))
    const due = [...lost, ...(await find(selectDue)).filter(({ row }) => !seen.has(row.seq))]
    if (due.length === 0) return []
    const underWay = await unit.rows<{ contactId: number }>(selectUnderWay, [[...new Set(due.map(({ row }) => row.contactId))], now])
    const busy = new Set(underWay.map(({ contactId }) => contactId))
    const taken: Due[] = []
    for (const one of due) {
      if (taken.length === limit) break
      if (busy.has(one.row.contactId)) continue
      busy.add(one.row.contactId)
      taken.push(one)
    }
    if (taken.length === 0) return []
    const facts = await factsOf(unit, taken.map(({ row }) => row.contactId))
    unit.send(claim, [now + lease, now, core.holder, taken.map(({ row }) => row.seq)])
    for (const { row } of taken) if (row.status !== 'sending') unit.totals.moved(CAMPAIGN, row.status, 'sending')
    return taken.map(({ row, line }) => claimedFrom(row, line, account, facts.get(row.contactId)!))
  }

  const dueClaims: Kind<DueClaim, ClaimedCampaignDelivery[]> = {
    touches: () => ({}),
    async apply(unit, elements) {
      const claimed: ClaimedCampaignDelivery[][] = []
      for (const element of elements) claimed.push(await claimDue(unit, element))
      return claimed
    },
  }
  return {
    async claimCampaignDeliveries(account, limit, now, lease) {
      await core.clock.settle(now)
      const accountId = await core.accounts.find(account)
      return accountId === null ? [] : core.writer.one(dueClaims, { accountId, account, limit, now, lease })
    },
  }
}

function claimedFrom(row: DuePlanned, { campaign, post, means }: Line, account: AccountKey, found: FactsOf): ClaimedCampaignDelivery {
  const facts = found(`${campaign}/${post}`)
  const { contactKey, lastInboundAt, optedOut, blocked } = facts
  return {
    id: row.id, contactKey, account, origin: 'campaign', part: JSON.parse(row.part) as Part, questionAt: null, contact: { ...accountFrom(account), userId: row.userId },
    claim: deliveryClaim(row.contactId, row.seq, row.claims + 1), attempt: row.attempts + 1, maybeSent: row.maybeSent || row.status === 'sending',
    lastInboundAt, optedOut, blocked, campaign, post, means, facts,
  }
}
