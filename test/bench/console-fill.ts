import { DatabaseSync } from 'node:sqlite'
import type { CampaignRecord } from '../../src/core/campaign.ts'
import { accountKey, type AccountKey } from '../../src/core/contact.ts'
import { DAY, HOUR, MINUTE, vietnamDay, type Millis } from '../../src/core/time.ts'
import type { Store } from '../../src/store/ports.ts'
import { contactOf } from './load.ts'

/** What a province has after a year. */
export interface ConsoleFilling {
  contacts: number
  /** Rows of the day totals, over `days`. */
  outcomes: number
  days: number
  /** Finished campaigns, each with a message for everybody in the ledger. */
  campaigns: number
  /** Questions nobody could answer, comments, and people who once asked for an officer; the last fifty of them still wait. */
  people: number
  articles: readonly string[]
  flows: readonly { flow: string; steps: readonly string[] }[]
}

const waitingPeople = 50
const together = 10_000

/** Fills the tables of a SQLite store that has no rows but `draft`, beside the store and with its own triggers and indexes. `words`: one sentence for each question. */
export function fillForConsole(file: string, store: Pick<Store, 'keyOf'>, filling: ConsoleFilling, draft: CampaignRecord, words: readonly string[], now: Millis): void {
  const db = new DatabaseSync(file)
  db.exec('pragma synchronous = off; pragma cache_size = -200000')
  const inOne = (body: () => void): void => {
    db.exec('begin')
    body()
    db.exec('commit')
  }
  inOne(() => fillContacts(db, store, filling, now))
  for (let from = 0; from < filling.outcomes; from += together) inOne(() => fillOutcomes(db, filling, from, Math.min(from + together, filling.outcomes), now))
  for (let n = 0; n < filling.campaigns; n++) inOne(() => fillCampaign(db, filling, draft, n, now - (n + 2) * 7 * DAY))
  inOne(() => fillPeople(db, filling, words, now))
  db.exec('analyze; pragma wal_checkpoint(truncate)')
  db.close()
}

function fillContacts(db: DatabaseSync, store: Pick<Store, 'keyOf'>, { contacts }: ConsoleFilling, now: Millis): void {
  const account = db.prepare('insert into accounts (account, last_event_at) values (?, ?) on conflict do update set account = excluded.account returning id')
  const ids = [0, 1, 2].map((n) => Number(account.get(accountKey(contactOf(n)), now)!['id']))
  const contact = db.prepare(`
    insert into contacts (id, contact_key, account_id, user_id, first_seen_at, last_inbound_at, last_event_at, last_event_day, version) values (?, ?, ?, ?, ?, ?, ?, ?, 3)`)
  const consent = db.prepare(`insert into consents (contact_id, purpose, given, at, notice, event_id) values (?, 'announce', 1, ?, 'v1', ?)`)
  for (let n = 0; n < contacts; n++) {
    const at = now - (n % 40) * HOUR
    contact.run(n + 1, store.keyOf(contactOf(n)), ids[n % 3]!, contactOf(n).userId, now - 400 * DAY, at, at, Math.floor(at / DAY))
    consent.run(n + 1, at, `filled:${n}`)
  }
}

/** Row `n` of a day is the same combination every day: codes and articles are asked for again and again. */
function fillOutcomes(db: DatabaseSync, { days, articles, flows }: ConsoleFilling, from: number, to: number, now: Millis): void {
  const insert = db.prepare('insert or ignore into outcomes (day, account, entry, flow, step, article, status, handover, helpful, count) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const accounts: AccountKey[] = [0, 1, 2].map((n) => accountKey(contactOf(n)))
  for (let row = from; row < to; row++) {
    const [n, day] = [Math.floor(row / days), vietnamDay(now - (row % days) * DAY)]
    const account = accounts[n % 3]!
    const entry = n % 5 === 0 ? `ma-${n % 60}` : ''
    const k = Math.floor(n / 3)
    if (k % 4 === 0) {
      const { flow, steps } = flows[k % flows.length]!
      insert.run(day, account, entry, flow, steps[Math.floor(k / 4) % steps.length]!, '', 'flow', 0, '', 1 + (n % 7))
    } else {
      insert.run(day, account, entry, '', '', k % 9 === 0 ? '' : articles[k % articles.length]!, k % 9 === 0 ? 'no_source_found' : 'answered', k % 50 === 0 ? 1 : 0, ['', 'yes', 'no'][k % 3]!, 1 + (n % 11))
    }
  }
}

/** One campaign that is over, its ledger added up by the store's triggers. */
function fillCampaign(db: DatabaseSync, { contacts }: ConsoleFilling, draft: CampaignRecord, n: number, at: Millis): void {
  const id = `da-xong-${n}`
  const content = JSON.stringify({ ...JSON.parse(JSON.stringify(draft.content)) as object, id, name: `Đợt đã xong ${n}` })
  db.prepare(`insert into campaigns (id, status, version, content, author, last_editor, changed_at) values (?, 'finished', 1, ?, 'Lan', 'Lan', ?)`).run(id, content, at)
  db.prepare(`
    insert into campaign_lines (campaign, post, account_id, means, done, planned)
    select ?, 'mo-dau', id, 'telegram_direct', 1, (select count(*) from contacts c where c.account_id = a.id) from accounts a`).run(id)
  db.prepare(`
    insert into deliveries (id, contact_id, account_id, origin, status, attempts, claims, queued_at, noted_at, finished_at, reason, platform_message_id, line_id, part_no)
    select l.campaign || '/mo-dau:' || c.contact_key || '#1', c.id, c.account_id, 2,
      case c.id % 50 when 0 then 'skipped' when 1 then 'failed' else 'sent' end, 1, 1, ?1, ?1, ?1 + c.id * 10, case c.id % 50 when 0 then 'opted_out' when 1 then 'rejected' end, 'm' || c.id || l.id, l.id, 1
    from campaign_lines l join contacts c on c.account_id = l.account_id where l.campaign = ?2 order by c.contact_key`).run(at, id)
  db.prepare(`update campaign_lines set after_key = (select max(contact_key) from contacts c where c.account_id = campaign_lines.account_id) where campaign = ?`).run(id)
  if (contacts > 0 && n === 0) db.exec(`update deliveries set status = 'uncertain', reason = 'no_answer' where line_id in (select id from campaign_lines where campaign = '${id}') and contact_id % 2000 = 7`)
}

function fillPeople(db: DatabaseSync, { people, contacts }: ConsoleFilling, words: readonly string[], now: Millis): void {
  const unanswered = db.prepare('insert into unanswered (contact_id, question, status, at) values (?, ?, ?, ?)')
  const event = db.prepare(`
    insert into events (id, contact_id, account_id, status, kind, sent_at, received_at, order_at, settled_at, body)
    select ?1, id, account_id, 'handled', ?2, ?3, ?3, ?3, ?3, ?4 from contacts where id = ?5`)
  const handover = db.prepare(`insert into handovers (id, contact_id, account_id, reason, asked_at, first_staff_answer_at, closed_at) select ?, id, account_id, 'asked', ?, ?, ? from contacts where id = ?`)
  for (let n = 0; n < people; n++) {
    const [contact, at, said] = [1 + ((n * 7) % contacts), now - n * 10 * MINUTE, words[n % words.length]!]
    unanswered.run(contact, said, n % 3 === 0 ? 'not_helpful' : 'no_source_found', at)
    event.run(`filled:text:${n}`, 'text', at, JSON.stringify({ kind: 'text', text: said }), contact)
    // Every third person is on Facebook: see `contactOf`.
    event.run(`filled:comment:${n}`, 'comment', at, JSON.stringify({ kind: 'comment', fields: { comment_id: `9_${n}`, post_id: '9_1', message: said } }), 2 + 3 * (n % Math.floor(contacts / 4)))
    const waits = n < waitingPeople
    handover.run(`filled:text:${n}`, at, waits ? null : at + 20 * MINUTE, waits ? null : at + HOUR, contact)
  }
}
