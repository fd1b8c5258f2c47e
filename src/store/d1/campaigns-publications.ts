import type { PublicationRow } from '../../core/campaign.ts'
import { DAY, vietnamMoment } from '../../core/time.ts'
import type { CampaignStore } from '../campaign-ports.ts'
import { json } from '../column-values.ts'
import type { Core } from './core.ts'
import { quiet, rowsOf, statement, type Row, type Statement } from './database.ts'

const columns = `
  p.id, p.campaign, p.post, p.account, p.means, p.status, p.platform_ids as platformIds, p.due_at as dueAt, p.published_at as publishedAt, p.reason, p.reach,
  p.opted_out_reached as optedOutReached`
export const selectPublications = `select ${columns} from publications p`
export const publicationFrom = (row: Row): PublicationRow =>
  ({ ...row, platformIds: JSON.parse(String(row.platformIds)), reach: json(row.reach) }) as PublicationRow

const insert = `
  insert into publications (id, campaign, post, account, means, status, platform_ids, due_at, published_at, reason, reach, opted_out_reached)
  values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) on conflict do nothing`
/** Nothing where its id is there. */
export const addPublication = ({ id, campaign, post, account, means, status, platformIds, dueAt, publishedAt, reason, reach, optedOutReached }: PublicationRow): Statement =>
  statement(insert, id, campaign, post, account, means, status, JSON.stringify(platformIds), dueAt, publishedAt, reason, reach === null ? null : JSON.stringify(reach), optedOutReached)

const due = (now: string, limit: string): string => `
  from publications p join campaigns c on c.id = p.campaign and c.status = 'running'
  where p.status in ('planned', 'publishing') and p.due_at <= ${now} and (p.claimed_until is null or p.claimed_until <= ${now}) order by p.due_at, p.id limit ${limit}`
const selectDue = `select ${columns}, p.claims as taken ${due('?1', '?2')}`
const claim = `
  update publications set status = 'publishing', claims = claims + 1, claimed_by = ?1, claimed_until = ?2, noted_at = ?3 where id in (select p.id ${due('?3', '?4')})`
const note = `
  update publications set status = coalesce(?1, status), platform_ids = coalesce(?2, platform_ids), published_at = coalesce(?3, published_at),
    reason = iif(?4, ?5, reason), due_at = coalesce(?6, due_at), claimed_by = iif(?7, 0, claimed_by), claimed_until = iif(?7, null, claimed_until)
  where id = ?8 and claims = ?9 and claimed_by <> 0 returning id`
const correct = `update publications set status = ?1, reason = ?2 where id = ?3 and status in ('published', 'edited', 'uncertain') returning id`
const selectOf = `${selectPublications} where p.campaign = ?1 order by p.campaign, p.post, p.account`
const selectBetween = `
  ${selectPublications} where coalesce(p.published_at, p.due_at) >= ?1 and coalesce(p.published_at, p.due_at) < ?2 order by p.campaign, p.post, p.account`

/** Page posts, articles and broadcasts: claimed, noted, counted. */
export function campaignPublications(core: Core): Pick<CampaignStore, 'claimPublications' | 'notePublication' | 'correctPublication' | 'listPublications'> {
  const { database } = core
  return {
    async claimPublications(now, lease, limit) {
      const [, rows] = await database.run(
        core.settleClock(now), rowsOf<Row & { taken: number }>(selectDue, now, limit), quiet(statement(claim, core.holder, now + lease, now, limit)))
      return rows.map(({ taken, ...columns }) => {
        const row = publicationFrom(columns)
        return { ...row, status: 'publishing' as const, claim: String(taken + 1), maybePublished: row.status === 'publishing' }
      })
    },
    async notePublication(id, token, { status, platformIds, publishedAt, reason, dueAt }, final) {
      const noted = await database.rows(
        note, status ?? null, platformIds === undefined ? null : JSON.stringify(platformIds), publishedAt ?? null, reason === undefined ? 0 : 1, reason ?? null, dueAt ?? null,
        final ? 1 : 0, id, /^\d+$/.test(token) ? Number(token) : -1)
      return noted.length === 1
    },
    correctPublication: async (id, { status, reason }) => (await database.rows(correct, status, reason, id)).length === 1,
    listPublications: async (of) => ('campaign' in of
      ? await database.rows<Row>(selectOf, of.campaign)
      : await database.rows<Row>(selectBetween, vietnamMoment(of.from), vietnamMoment(of.to) + DAY)).map(publicationFrom),
  }
}
