import type { LedgerCount } from '../../core/campaign.ts'
import { DAY, dayName, dayNumber, vietnamDay, vietnamMoment, type Millis } from '../../core/time.ts'
import type { CampaignStore, Recipient } from '../campaign-ports.ts'
import { findRecipients, lookedAtOnce, toldById } from '../recipient.ts'
import { spanOf } from '../span.ts'
import type { Core } from './core.ts'
import { lockContacts } from './locks.ts'
import { inUnit } from './unit.ts'

/** Days since 1970 in Viet Nam, as the ledger's totals count them. */

type CountColumns = Omit<LedgerCount, 'day' | 'reason'> & { day: number; reason: string }

const sumCounts = (where: string): string => `
  select l.campaign, l.post, a.account, l.means, k.day, k.status, k.reason, sum(k.count)::bigint as count, sum(k.people)::bigint as people
  from campaign_lines l join campaign_counts k on k.line_id = l.id join accounts a on a.id = l.account_id where ${where}
  group by l.id, a.id, k.day, k.status, k.reason having sum(k.count) <> 0 order by l.campaign, l.post, a.account, k.day, k.status, k.reason`
const countsOf = sumCounts('l.campaign = $1')
const countsBetween = sumCounts('k.day between $1 and $2')
const sumUsed = `
  select (select coalesce(sum(k.people), 0)::bigint from campaign_lines l join campaign_counts k on k.line_id = l.id
      where l.means = $1 and l.account_id = $2 and k.day between $3 and $4 and k.status in ('sending', 'sent', 'uncertain'))
    + (select count(*) from publications where means = $1 and account_id = $2 and status not in ('failed', 'skipped')
      and coalesce(published_at, due_at) >= $5 and coalesce(published_at, due_at) < $6)
    + case when $7 then 0 else (select count(*) from campaign_lines l join deliveries d on d.line_id = l.id and d.line_id is not null
      where l.means = $1 and l.account_id = $2 and d.due_at >= $5 and d.due_at < $6 and d.status = 'queued' and d.part_no = 1) end as used`
/** Ids of one post stand together, in the order of contact key; `;` comes after `:`. Who got anything of it got its first part. */
const selectReached = `
  select c.contact_key as "contactKey" from deliveries d join contacts c on c.id = d.contact_id
  where d.origin = 2 and d.id >= $1 and d.id < $2 and d.account_id = $3 and d.status in ('sent', 'uncertain') and d.line_id is not null and d.part_no = 1 and c.contact_key > $4
  order by d.id limit $5`
const selectRecipients = `
  select d.id, a.account, d.status, d.reason, coalesce(d.finished_at, d.noted_at) as at
  from deliveries d join accounts a on a.id = d.account_id
  where d.origin = 2 and d.id > $1 and d.id < $2 and d.line_id is not null order by d.id limit ${lookedAtOnce}`
const release = 'update unanswered set released_by = $1, released_at = $2 where seq = $3 returning 1'
const selectReleased = `
  select question, at, released_by as by from unanswered where released_by is not null and at >= $1 and at < $2 order by at, seq`
const selectContact = 'select id from contacts where contact_key = $1 and not farewell'
const addTag = 'insert into contact_tags (contact_id, tag) values ($1, $2) on conflict do nothing'
const dropTag = 'delete from contact_tags where contact_id = $1 and tag = $2'

/** What went, to how many, and what staff may show of questions. */
export function campaignFigures(core: Core): Pick<CampaignStore, 'usedAllowance' | 'readLedger' | 'reachedBy' | 'listRecipients' | 'releaseUnanswered' | 'releasedUnanswered' | 'tagContact'> {
  const { database, accounts } = core
  /**
   * A page in the order of an index, which stops at its end. What is prepared once is planned without its values, and a range then
   * looks so small that collecting all of it and sorting would be chosen: of a post to 100,000 people for every page.
   */
  const page = <Row>(sql: string, values: readonly unknown[]): Promise<Row[]> => database.transaction(async (transaction) => {
    transaction.send('set local enable_bitmapscan = off')
    return transaction.rows<Row>(sql, values)
  })
  const countFrom = ({ day, reason, ...row }: CountColumns): LedgerCount => ({ ...row, day: dayName(day), reason: reason === '' ? null : reason })
  return {
    async usedAllowance(means, account, span, which) {
      const accountId = await accounts.find(account)
      if (accountId === null) return 0
      const { from, to } = spanOf(span)
      const [row] = await database.rows<{ used: number }>(sumUsed, [
        means, accountId, dayNumber(from), dayNumber(to), vietnamMoment(from), vietnamMoment(to) + DAY, which === 'gone'])
      return row!.used
    },
    async readLedger(of) {
      const rows = 'campaign' in of
        ? await database.rows<CountColumns>(countsOf, [of.campaign])
        : await database.rows<CountColumns>(countsBetween, [dayNumber(of.from), dayNumber(of.to)])
      return rows.map(countFrom)
    },
    async reachedBy(campaign, post, account, after, limit) {
      const accountId = await accounts.find(account)
      if (accountId === null) return []
      const rows = await page<{ contactKey: string }>(selectReached, [`${campaign}/${post}:${after ?? ''}`, `${campaign}/${post};`, accountId, after ?? '', limit])
      return rows.map(({ contactKey }) => contactKey)
    },
    listRecipients: (of, after, limit) => findRecipients(of, after, limit, async (from, to) =>
      (await page<Omit<Recipient, 'post' | 'contactKey' | 'n'>>(selectRecipients, [from, to])).map((row) => ({ ...row, ...toldById(row.id) }))),
    releaseUnanswered: async (id, by, now) => /^\d{1,15}$/.test(id) && (await database.rows(release, [by, now, Number(id)])).length === 1,
    releasedUnanswered: async (from, to) => (await database.rows<{ question: string; at: Millis; by: string }>(selectReleased, [vietnamMoment(from), vietnamMoment(to) + DAY]))
      .map(({ question, at, by }) => ({ question, day: vietnamDay(at), releasedBy: by })),
    tagContact: (contactKey, tag, given) => inUnit(core, 'other', async (unit) => {
      lockContacts(unit, [{ key: contactKey }])
      const [contact] = await unit.rows<{ id: number }>(selectContact, [contactKey])
      if (contact === undefined) return false
      unit.send(given ? addTag : dropTag, [contact.id, tag])
      return true
    }),
  }
}
