import type { PublicationRow } from '../../core/campaign.ts'
import type { AccountKey } from '../../core/contact.ts'
import { DAY, vietnamMoment } from '../../core/time.ts'
import type { CampaignStore } from '../campaign-ports.ts'
import { json } from '../column-values.ts'
import { columnsOf } from './columns.ts'
import type { Core } from './core.ts'
import type { Transaction } from './database.ts'

export type PublicationColumns = Omit<PublicationRow, 'platformIds' | 'reach'> & { platformIds: string; reach: string | null }

export const selectPublications = `
  select p.id, p.campaign, p.post, a.account, p.means, p.status, p.platform_ids as "platformIds", p.due_at as "dueAt", p.published_at as "publishedAt", p.reason, p.reach,
    p.opted_out_reached as "optedOutReached"
  from publications p join accounts a on a.id = p.account_id`
export const publicationFrom = ({ id, campaign, post, account, means, status, platformIds, dueAt, publishedAt, reason, reach, optedOutReached }: PublicationColumns): PublicationRow => ({
  id, campaign, post, account, means, status, platformIds: JSON.parse(platformIds) as Record<string, string>, dueAt, publishedAt, reason,
  reach: json(reach) as PublicationRow['reach'], optedOutReached,
})

const insert = `
  insert into publications (id, campaign, post, account_id, means, status, platform_ids, due_at, published_at, reason, reach, opted_out_reached)
  select * from unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::bigint[], $10::text[], $11::text[], $12::integer[]) on conflict do nothing`
const selectDue = `
  ${selectPublications} join campaigns c on c.id = p.campaign and c.status = 'running'
  where p.status in ('planned', 'publishing') and p.due_at <= $1 and (p.claimed_until is null or p.claimed_until <= $1) order by p.due_at, p.id limit $2
  for no key update of p skip locked for share of c skip locked`
const claim = `
  update publications set status = 'publishing', claims = claims + 1, claimed_by = $1, claimed_until = $2, noted_at = $3 where id = any($4::text[]) returning id, claims`
const note = `
  update publications set status = coalesce($1, status), platform_ids = coalesce($2, platform_ids), published_at = coalesce($3, published_at),
    reason = case when $4 then $5 else reason end, due_at = coalesce($6, due_at),
    claimed_by = case when $7 then 0 else claimed_by end, claimed_until = case when $7 then null else claimed_until end
  where id = $8 and claims = $9 and claimed_by <> 0 returning 1`
const correct = `update publications set status = $1, reason = $2 where id = $3 and status in ('published', 'edited', 'uncertain') returning 1`
const selectOf = `${selectPublications} where p.campaign = $1 order by p.campaign, p.post, a.account`
const selectBetween = `
  ${selectPublications} where coalesce(p.published_at, p.due_at) >= $1 and coalesce(p.published_at, p.due_at) < $2 order by p.campaign, p.post, a.account`

/** Adds those whose id is new. */
export function addPublications(transaction: Transaction, rows: readonly PublicationRow[], accountIds: ReadonlyMap<AccountKey, number>): void {
  if (rows.length === 0) return
  transaction.send(insert, columnsOf(
    rows, ({ id }) => id, ({ campaign }) => campaign, ({ post }) => post, ({ account }) => accountIds.get(account), ({ means }) => means, ({ status }) => status,
    ({ platformIds }) => JSON.stringify(platformIds), ({ dueAt }) => dueAt, ({ publishedAt }) => publishedAt, ({ reason }) => reason,
    ({ reach }) => (reach === null ? null : JSON.stringify(reach)), ({ optedOutReached }) => optedOutReached))
}

/** Page posts, articles and broadcasts: claimed, noted, counted. */
export function campaignPublications(
  { database, clock, holder }: Core,
): Pick<CampaignStore, 'claimPublications' | 'notePublication' | 'correctPublication' | 'listPublications'> {
  return {
    async claimPublications(now, lease, limit) {
      await clock.settle(now)
      return database.transaction(async (transaction) => {
        const due = await transaction.rows<PublicationColumns>(selectDue, [now, limit])
        if (due.length === 0) return []
        const claims = await transaction.rows<{ id: string; claims: number }>(claim, [holder, now + lease, now, due.map(({ id }) => id)])
        const nth = new Map(claims.map(({ id, claims }) => [id, claims]))
        return due.map((row) => ({ ...publicationFrom(row), status: 'publishing' as const, claim: String(nth.get(row.id)), maybePublished: row.status === 'publishing' }))
      })
    },
    async notePublication(id, token, { status, platformIds, publishedAt, reason, dueAt }, final) {
      const noted = await database.rows(note, [
        status ?? null, platformIds === undefined ? null : JSON.stringify(platformIds), publishedAt ?? null, reason !== undefined, reason ?? null, dueAt ?? null,
        final, id, /^\d{1,9}$/.test(token) ? Number(token) : -1])
      return noted.length === 1
    },
    correctPublication: async (id, { status, reason }) => (await database.rows(correct, [status, reason, id])).length === 1,
    async listPublications(of) {
      const rows = 'campaign' in of
        ? await database.rows<PublicationColumns>(selectOf, [of.campaign])
        : await database.rows<PublicationColumns>(selectBetween, [vietnamMoment(of.from), vietnamMoment(of.to) + DAY])
      return rows.map(publicationFrom)
    },
  }
}
