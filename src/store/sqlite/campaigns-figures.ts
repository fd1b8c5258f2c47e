import type { LedgerCount } from '../../core/campaign.ts'
import { DAY, dayName, dayNumber, vietnamDay, vietnamMoment } from '../../core/time.ts'
import type { CampaignStore } from '../campaign-ports.ts'
import { findRecipients, lookedAtOnce, toldById } from '../recipient.ts'
import { spanOf } from '../span.ts'
import { read, type Core } from './core.ts'

/** Days since 1970 in Viet Nam, as the ledger's totals count them. */

/** What went, to how many, and what staff may show of questions. */
export function campaignFigures(core: Core): Pick<CampaignStore, 'usedAllowance' | 'readLedger' | 'reachedBy' | 'listRecipients' | 'releaseUnanswered' | 'releasedUnanswered' | 'tagContact'> {
  const { db, writer, accounts } = core
  const selectCounts = `
    select l.campaign, l.post, a.account, l.means, k.day, k.status, k.reason, k.count, k.people
    from campaign_lines l join campaign_counts k on k.line_id = l.id join accounts a on a.id = l.account_id where k.count <> 0`
  const order = 'order by l.campaign, l.post, a.account, k.day, k.status, k.reason'
  const countsOf = db.prepare(`${selectCounts} and l.campaign = ? ${order}`)
  const countsBetween = db.prepare(`${selectCounts} and k.day between ? and ? ${order}`)
  const sumGone = db.prepare(`
    select coalesce(sum(k.people), 0) as n from campaign_lines l join campaign_counts k on k.line_id = l.id
    where l.means = ? and l.account_id = ? and k.day between ? and ? and k.status in ('sending', 'sent', 'uncertain')`)
  const countBooked = db.prepare(`
    select count(*) as n from campaign_lines l join deliveries d on d.line_id = l.id and d.line_id is not null
    where l.means = ? and l.account_id = ? and d.due_at >= ? and d.due_at < ? and d.status = 'queued' and d.part_no = 1`)
  const countPublications = db.prepare(`
    select count(*) as n from publications where means = ? and account_id = ? and status not in ('failed', 'skipped')
      and coalesce(published_at, due_at) >= ? and coalesce(published_at, due_at) < ?`)
  const selectReached = db.prepare(`
    select distinct c.contact_key as contactKey from deliveries d join contacts c on c.id = d.contact_id
    where d.origin = 2 and d.id >= ?1 and d.id < ?2 and d.account_id = ?3 and d.status in ('sent', 'uncertain') and d.line_id is not null and c.contact_key > ?4
    order by d.id limit ?5`)
  const selectRecipients = db.prepare(`
    select d.id, a.account, d.status, d.reason, coalesce(d.finished_at, d.noted_at) as at
    from deliveries d join accounts a on a.id = d.account_id
    where d.origin = 2 and d.id > ? and d.id < ? and d.line_id is not null order by d.id limit ${lookedAtOnce}`)
  const release = db.prepare('update unanswered set released_by = ?, released_at = ? where seq = ?')
  const selectReleased = db.prepare('select question, at, released_by as by from unanswered where released_by is not null and at >= ? and at < ? order by at, seq')
  const selectContact = db.prepare('select id from contacts where contact_key = ? and farewell = 0')
  const addTag = db.prepare('insert into contact_tags (contact_id, tag) values (?, ?) on conflict do nothing')
  const dropTag = db.prepare('delete from contact_tags where contact_id = ? and tag = ?')

  const countFrom = (row: Record<string, unknown>): LedgerCount => ({
    campaign: String(row.campaign), post: String(row.post), account: row.account as LedgerCount['account'], means: row.means as LedgerCount['means'],
    day: dayName(Number(row.day)), status: row.status as LedgerCount['status'], reason: row.reason === '' ? null : String(row.reason),
    count: Number(row.count), people: Number(row.people),
  })

  return {
    usedAllowance: (means, account, span, which) => read(() => {
      const accountId = accounts.find(account)
      if (accountId === null) return 0
      const { from, to } = spanOf(span)
      const [begin, end] = [vietnamMoment(from), vietnamMoment(to) + DAY]
      const gone = [sumGone.get(means, accountId, dayNumber(from), dayNumber(to)), countPublications.get(means, accountId, begin, end)]
      const all = which === 'gone' ? gone : [...gone, countBooked.get(means, accountId, begin, end)]
      return all.reduce((sum, row) => sum + Number(row?.n), 0)
    }),
    readLedger: (of) => read(() => ('campaign' in of ? countsOf.all(of.campaign) : countsBetween.all(dayNumber(of.from), dayNumber(of.to))).map(countFrom)),
    reachedBy: (campaign, post, account, after, limit) => read(() => {
      const accountId = accounts.find(account)
      if (accountId === null) return []
      // Ids of one post stand together, in the order of contact key.
      const prefix = `${campaign}/${post}:`
      return selectReached.all(`${prefix}${after ?? ''}`, `${campaign}/${post};`, accountId, after ?? '', limit).map((row) => String(row.contactKey))
    }),
    listRecipients: (of, after, limit) => findRecipients(of, after, limit, (from, to) => read(() => selectRecipients.all(from, to).map((row) => ({
      ...toldById(String(row.id)), account: row.account as LedgerCount['account'], status: row.status as LedgerCount['status'], reason: row.reason as string | null, at: Number(row.at),
    })))),
    releaseUnanswered: (id, by, now) => writer.run(() => /^\d{1,15}$/.test(id) && release.run(by, now, Number(id)).changes === 1),
    releasedUnanswered: (from, to) => read(() => selectReleased.all(vietnamMoment(from), vietnamMoment(to) + DAY).map((row) => ({
      question: String(row.question), day: vietnamDay(Number(row.at)), releasedBy: String(row.by),
    }))),
    tagContact: (contactKey, tag, given) => writer.run(() => {
      const contact = selectContact.get(contactKey)
      if (contact === undefined) return false
      if (given) addTag.run(Number(contact.id), tag)
      else dropTag.run(Number(contact.id), tag)
      return true
    }),
  }
}
