import type { LedgerCount } from '../../core/campaign.ts'
import { DAY, dayName, dayNumber, vietnamDay, vietnamMoment, type Millis } from '../../core/time.ts'
import type { CampaignStore, Recipient } from '../campaign-ports.ts'
import { findRecipients, lookedAtOnce, toldById } from '../recipient.ts'
import { spanOf } from '../span.ts'
import type { Core } from './core.ts'
import { rowsOf } from './database.ts'

/** Days since 1970 in Viet Nam, as the ledger's totals count them. */

const selectCounts = `
  select l.campaign, l.post, l.account, l.means, k.day, k.status, k.reason, k.count, k.people
  from campaign_lines l join campaign_counts k on k.line_id = l.id where k.count <> 0`
const order = 'order by l.campaign, l.post, l.account, k.day, k.status, k.reason'
const countsOf = `${selectCounts} and l.campaign = ?1 ${order}`
const countsBetween = `${selectCounts} and k.day between ?1 and ?2 ${order}`
const sumGone = `
  select coalesce(sum(k.people), 0) as n from campaign_lines l join campaign_counts k on k.line_id = l.id
  where l.means = ?1 and l.account = ?2 and k.day between ?3 and ?4 and k.status in ('sending', 'sent', 'uncertain')`
const countPublications = `
  select count(*) as n from publications where means = ?1 and account = ?2 and status not in ('failed', 'skipped')
    and coalesce(published_at, due_at) >= ?3 and coalesce(published_at, due_at) < ?4`
const countBooked = `
  select count(*) as n from campaign_lines l join deliveries d on d.line_id = l.id and d.line_id is not null
  where l.means = ?1 and l.account = ?2 and d.due_at >= ?3 and d.due_at < ?4 and d.status = 'queued' and d.part_no = 1`
const selectReached = `
  select distinct c.contact_key as contactKey from deliveries d join contacts c on c.id = d.contact_id
  where d.origin = 2 and d.id >= ?1 and d.id < ?2 and d.account = ?3 and d.status in ('sent', 'uncertain') and d.line_id is not null and c.contact_key > ?4
  order by d.id limit ?5`
const selectRecipients = `
  select id, account, status, reason, coalesce(finished_at, noted_at) as at from deliveries
  where origin = 2 and id > ?1 and id < ?2 and line_id is not null order by id limit ${lookedAtOnce}`
const release = 'update unanswered set released_by = ?1, released_at = ?2 where seq = ?3 returning seq'
const selectReleased = 'select question, at, released_by as by from unanswered where released_by is not null and at >= ?1 and at < ?2 order by at, seq'
const known = 'select id from contacts where contact_key = ?1 and erased_at is null'
const addTag = `insert into contact_tags (contact_id, tag) select id, ?2 from contacts where contact_key = ?1 and erased_at is null on conflict do nothing`
const dropTag = `delete from contact_tags where contact_id = (${known}) and tag = ?2`

/** What went, to how many, and what staff may show of questions. */
export function campaignFigures({ database }: Core): Pick<CampaignStore, 'usedAllowance' | 'readLedger' | 'reachedBy' | 'listRecipients' | 'releaseUnanswered' | 'releasedUnanswered' | 'tagContact'> {
  type CountColumns = Omit<LedgerCount, 'day' | 'reason'> & { day: number; reason: string }
  const countFrom = ({ day, reason, ...row }: CountColumns): LedgerCount => ({ ...row, day: dayName(day), reason: reason === '' ? null : reason })
  return {
    async usedAllowance(means, account, span, which) {
      const { from, to } = spanOf(span)
      const [begin, end] = [vietnamMoment(from), vietnamMoment(to) + DAY]
      const sums = await database.run(
        rowsOf<{ n: number }>(sumGone, means, account, dayNumber(from), dayNumber(to)), rowsOf<{ n: number }>(countPublications, means, account, begin, end),
        ...(which === 'gone' ? [] : [rowsOf<{ n: number }>(countBooked, means, account, begin, end)]))
      return sums.reduce((sum, [row]) => sum + row!.n, 0)
    },
    readLedger: async (of) => ('campaign' in of
      ? await database.rows<CountColumns>(countsOf, of.campaign)
      : await database.rows<CountColumns>(countsBetween, dayNumber(of.from), dayNumber(of.to))).map(countFrom),
    async reachedBy(campaign, post, account, after, limit) {
      // Ids of one post stand together, in the order of contact key.
      const rows = await database.rows<{ contactKey: string }>(selectReached, `${campaign}/${post}:${after ?? ''}`, `${campaign}/${post};`, account, after ?? '', limit)
      return rows.map(({ contactKey }) => contactKey)
    },
    listRecipients: (of, after, limit) => findRecipients(of, after, limit, async (from, to) =>
      (await database.rows<Omit<Recipient, 'post' | 'contactKey' | 'n'>>(selectRecipients, from, to)).map((row) => ({ ...row, ...toldById(row.id) }))),
    releaseUnanswered: async (id, by, now) => /^\d{1,15}$/.test(id) && (await database.rows(release, by, now, Number(id))).length === 1,
    async releasedUnanswered(from, to) {
      const rows = await database.rows<{ question: string; at: Millis; by: string }>(selectReleased, vietnamMoment(from), vietnamMoment(to) + DAY)
      return rows.map(({ question, at, by }) => ({ question, day: vietnamDay(at), releasedBy: by }))
    },
    async tagContact(contactKey, tag, given) {
      const [found] = await database.run(rowsOf(known, contactKey), rowsOf(given ? addTag : dropTag, contactKey, tag))
      return found.length === 1
    },
  }
}
