import { accountFrom, type AccountKey } from '../../core/contact.ts'
import type { Part } from '../../core/message.ts'
import type { Millis } from '../../core/time.ts'
import type { CampaignStore, ClaimedCampaignDelivery } from '../campaign-ports.ts'
import { CAMPAIGN } from '../origins.ts'
import type { Core } from './core.ts'
import type { Facts } from './campaigns-facts.ts'
import type { Lines } from './campaigns-lines.ts'
import { hotQuery } from './hot.ts'
import { inLedger } from './schema.ts'
import { partColumn } from './shared-parts.ts'

interface DuePlanned {
  seq: number
  contactId: number
  id: string
  status: 'queued' | 'sending'
  part: string
  attempts: number
  maybeSent: number
  claims: number
  userId: string
  dueAt: Millis
  lineId: number
}

const byTime = (a: DuePlanned, b: DuePlanned): number => a.dueAt - b.dueAt || a.seq - b.seq

/** Another planned delivery (not `?2`) is on its way to the contact `?1` at `?3`. */
const busy = `
  select 1 from deliveries b where b.contact_id = ?1 and b.finished_at is null and b.line_id is not null and b.status = 'sending' and b.seq <> ?2 and b.due_at > ?3`

/** Hands planned deliveries out, one contact at a time. */
export function campaignClaims(core: Core, lines: Lines, facts: Facts): Pick<CampaignStore, 'claimCampaignDeliveries'> {
  const { db, writer, accounts, counts, clock, holder } = core
  const selectLines = db.prepare(`
    select l.id from campaign_lines l join campaigns c on c.id = l.campaign and c.status = 'running' where l.account_id = ?`)
  const dueOf = (which: string) => hotQuery(
    db, `
    select d.seq, d.contact_id, d.id, d.status, ${partColumn('d')}, d.attempts, d.maybe_sent, d.claims, c.user_id, d.due_at, d.line_id
    from deliveries d join contacts c on c.id = d.contact_id
    where d.line_id = ?1 and d.line_id is not null and ${which}d.due_at <= ?2 and not exists (${busy.replace('?1', 'd.contact_id').replace('?2', 'd.seq').replace('?3', '?2')})
    order by d.due_at, d.seq limit ?3`,
    (
      seq: number, contactId: number, id: string, status: 'queued' | 'sending', part: string, attempts: number, maybeSent: number, claims: number, userId: string,
      dueAt: number, lineId: number,
    ): DuePlanned => ({ seq, contactId, id, status, part, attempts, maybeSent, claims, userId, dueAt, lineId }),
  )
  /** What a dead process was sending stands behind all that is queued: it is looked for by itself. */
  const [selectLost, selectDue] = [dueOf("d.status = 'sending' and "), dueOf('')]
  const isBusy = db.prepare(busy)
  const claim = db.prepare(`
    update deliveries set ${inLedger}, status = 'sending', due_at = ?, noted_at = ?, attempts = attempts + 1, maybe_sent = ?, claims = claims + 1, claimed_by = ? where seq = ?`)

  function claimed(row: DuePlanned, account: AccountKey, now: Millis, lease: Millis): ClaimedCampaignDelivery | null {
    if (isBusy.get(row.contactId, row.seq, now) !== undefined) return null
    const { campaign, post, means } = lines.of(row.lineId)
    const found = facts.of(row.contactId, account, `${campaign}/${post}`)
    if (found === null) return null
    const underWay = row.status === 'sending'
    const maybeSent = row.maybeSent === 1 || underWay
    claim.run(now + lease, now, maybeSent ? 1 : 0, holder, row.seq)
    if (!underWay) counts.moved(CAMPAIGN, 'queued', 'sending')
    const { contactKey, lastInboundAt, optedOut, blocked } = found
    return {
      id: row.id, contactKey, account, origin: 'campaign', part: JSON.parse(row.part) as Part, questionAt: null, contact: { ...accountFrom(account), userId: row.userId },
      claim: `${row.seq}.${row.claims + 1}`, attempt: row.attempts + 1, maybeSent, lastInboundAt, optedOut, blocked, campaign, post, means, facts: found,
    }
  }

  return {
    claimCampaignDeliveries: (account, limit, now, lease) => writer.run(() => {
      if (clock.wentBack(now)) clock.settle(now)
      const accountId = accounts.find(account)
      if (accountId === null) return []
      const lines = selectLines.all(accountId).map(({ id }) => Number(id))
      const taken: ClaimedCampaignDelivery[] = []
      for (const due of [selectLost, selectDue]) {
        if (taken.length === limit) break
        for (const row of lines.flatMap((id) => due.all(id, now, limit)).sort(byTime)) {
          if (taken.length === limit) break
          const delivery = claimed(row, account, now, lease)
          if (delivery !== null) taken.push(delivery)
        }
      }
      return taken
    }),
  }
}
