import type { PublicationRow } from '../../core/campaign.ts'
import { vietnamMoment, DAY } from '../../core/time.ts'
import type { CampaignStore } from '../campaign-ports.ts'
import { json } from '../column-values.ts'
import { read, type Core } from './core.ts'

type Columns = Record<string, unknown>

export const selectPublications = `
  select p.id, p.campaign, p.post, a.account, p.means, p.status, p.platform_ids, p.due_at, p.published_at, p.reason, p.reach, p.opted_out_reached
  from publications p join accounts a on a.id = p.account_id`

export const publicationFrom = (row: Columns): PublicationRow => ({
  id: String(row.id), campaign: String(row.campaign), post: String(row.post), account: row.account as PublicationRow['account'],
  means: row.means as PublicationRow['means'], status: row.status as PublicationRow['status'], platformIds: JSON.parse(String(row.platform_ids)) as Record<string, string>,
  dueAt: Number(row.due_at), publishedAt: row.published_at as number | null, reason: row.reason as string | null,
  reach: json(row.reach) as PublicationRow['reach'], optedOutReached: row.opted_out_reached as number | null,
})

/** Inside a transaction. */
export interface PublicationRows {
  /** Nothing where its id is there. */
  add(row: PublicationRow): void
}

export function openPublicationRows({ db, accounts }: Pick<Core, 'db' | 'accounts'>): PublicationRows {
  const insert = db.prepare(`
    insert into publications (id, campaign, post, account_id, means, status, platform_ids, due_at, published_at, reason, reach, opted_out_reached)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`)
  return {
    add(row) {
      insert.run(
        row.id, row.campaign, row.post, accounts.idOf(row.account), row.means, row.status, JSON.stringify(row.platformIds), row.dueAt, row.publishedAt, row.reason,
        row.reach === null ? null : JSON.stringify(row.reach), row.optedOutReached,
      )
    },
  }
}

/** Page posts, articles and broadcasts: claimed, noted, counted. */
export function campaignPublications(core: Core): Pick<CampaignStore, 'claimPublications' | 'notePublication' | 'correctPublication' | 'listPublications'> {
  const { db, writer, clock } = core
  const selectDue = db.prepare(`
    ${selectPublications} join campaigns c on c.id = p.campaign and c.status = 'running'
    where p.status in ('planned', 'publishing') and p.due_at <= ?1 and (p.claimed_until is null or p.claimed_until <= ?1) order by p.due_at, p.id limit ?2`)
  const claim = db.prepare(`
    update publications set status = 'publishing', claims = claims + 1, claimed_by = ?, claimed_until = ?, noted_at = ? where id = ? returning claims`)
  const note = db.prepare(`
    update publications set status = coalesce(?, status), platform_ids = coalesce(?, platform_ids), published_at = coalesce(?, published_at),
      reason = iif(?, ?, reason), due_at = coalesce(?, due_at), claimed_by = iif(?, 0, claimed_by), claimed_until = iif(?, null, claimed_until)
    where id = ? and claims = ? and claimed_by <> 0`)
  const correct = db.prepare(`update publications set status = ?, reason = ? where id = ? and status in ('published', 'edited', 'uncertain')`)
  const selectOf = db.prepare(`${selectPublications} where p.campaign = ? order by p.campaign, p.post, a.account`)
  const selectBetween = db.prepare(`
    ${selectPublications} where coalesce(p.published_at, p.due_at) >= ? and coalesce(p.published_at, p.due_at) < ? order by p.campaign, p.post, a.account`)

  return {
    claimPublications: (now, lease, limit) => writer.run(() => {
      if (clock.wentBack(now)) clock.settle(now)
      return selectDue.all(now, limit).map((columns) => {
        const row = publicationFrom(columns)
        const nth = Number(claim.get(core.holder, now + lease, now, row.id)?.claims)
        return { ...row, status: 'publishing' as const, claim: String(nth), maybePublished: row.status === 'publishing' }
      })
    }),
    notePublication: (id, token, change, final) => writer.run(() => {
      const { status, platformIds, publishedAt, reason, dueAt } = change
      const end = final ? 1 : 0
      return note.run(
        status ?? null, platformIds === undefined ? null : JSON.stringify(platformIds), publishedAt ?? null, reason === undefined ? 0 : 1, reason ?? null, dueAt ?? null,
        end, end, id, /^\d+$/.test(token) ? Number(token) : -1,
      ).changes === 1
    }),
    correctPublication: (id, { status, reason }) => writer.run(() => correct.run(status, reason, id).changes === 1),
    listPublications: (of) => read(() => ('campaign' in of
      ? selectOf.all(of.campaign)
      : selectBetween.all(vietnamMoment(of.from), vietnamMoment(of.to) + DAY)).map(publicationFrom)),
  }
}
