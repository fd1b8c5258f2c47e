import { DatabaseSync } from 'node:sqlite'
import { accountFrom, type AccountKey } from '../../core/contact.ts'
import { bool, json } from '../column-values.ts'
import { origins } from '../origins.ts'
import type { StoreRow } from '../ports.ts'
import { profileFrom, type ProfileColumns } from './claims.ts'
import { auditFrom, campaignFrom, selectAudit, selectCampaigns } from './campaigns-records.ts'
import { publicationFrom, selectPublications } from './campaigns-publications.ts'
import { handoverFrom, selectHandovers, type HandoverColumns } from './handovers.ts'
import { lastEvent, lastInbound } from './schema.ts'
import { partColumn } from './shared-parts.ts'

type Columns = Record<string, unknown>
const orNull = (value: unknown): unknown => (value === '' ? null : value)

/** In the order of `rows.ts`: what to read, named as the row names it, and what SQLite cannot say (`tell`). */
const tables: { table: StoreRow['table']; select: string; tell(row: Columns): Columns }[] = [
  { table: 'entry', select: 'select name, value, version from entries order by name', tell: (row) => row },
  {
    table: 'contact',
    select: `
      select c.contact_key, a.account, c.user_id, c.first_seen_at, ${lastInbound} as last_inbound_at, c.opted_out, c.blocked, c.remembered, c.conversation, c.version,
        ${lastEvent} as last_event_at, c.farewell
      from contacts c join accounts a on a.id = c.account_id left join mailbox m on m.contact_id = c.id order by c.id`,
    tell: (row) => ({
      contactKey: row.contact_key, ...accountFrom(row.account as AccountKey), userId: row.user_id, profile: profileFrom(row as unknown as ProfileColumns),
      conversation: json(row.conversation), version: row.version, lastEventAt: row.last_event_at, farewell: bool(row.farewell),
    }),
  },
  {
    table: 'event',
    select: `
      select e.id, c.contact_key as contactKey, a.account, e.kind, e.status, e.sent_at as sentAt, e.received_at as receivedAt, e.order_at as orderAt,
        iif(m.head = e.seq, m.attempts, e.attempts) as attempts, e.cause, e.body
      from events e join accounts a on a.id = e.account_id left join contacts c on c.id = e.contact_id left join mailbox m on m.contact_id = e.contact_id order by e.seq`,
    tell: (row) => ({ ...row, body: json(row.body) }),
  },
  { table: 'campaign', select: `${selectCampaigns} order by id`, tell: (row) => ({ ...campaignFrom(row) }) },
  {
    table: 'plan',
    select: `
      select l.campaign, l.post, a.account, l.means, l.after_key as after, l.done, l.planned
      from campaign_lines l join accounts a on a.id = l.account_id order by l.campaign, l.post, a.account`,
    tell: (row) => ({ ...row, done: bool(row.done) }),
  },
  { table: 'publication', select: `${selectPublications} order by p.id`, tell: (row) => ({ ...publicationFrom(row) }) },
  { table: 'audit', select: `${selectAudit} order by seq`, tell: (row) => ({ ...auditFrom(row) }) },
  {
    table: 'tag',
    select: 'select c.contact_key as contactKey, t.tag from contact_tags t join contacts c on c.id = t.contact_id order by c.id, t.tag',
    tell: (row) => row,
  },
  {
    table: 'delivery',
    select: `
      select d.id, c.contact_key as contactKey, a.account, d.origin, iif(d.status = 'sending', 'queued', d.status) as status, d.reason,
        d.platform_message_id as platformMessageId, d.receipt, ${partColumn('d')} as part, d.question_at as questionAt, d.question_message_id as questionMessageId,
        d.attempts, max(d.maybe_sent, d.status = 'sending') as maybeSent, d.queued_at as queuedAt,
        iif(d.status = 'queued' and d.due_at > d.queued_at, d.due_at, null) as dueAt, d.finished_at as finishedAt,
        l.campaign, l.post, l.means, d.part_no, d.settled
      from deliveries d left join campaign_lines l on l.id = d.line_id join accounts a on a.id = d.account_id left join contacts c on c.id = d.contact_id order by d.seq`,
    tell: ({ campaign, post, means, part_no: n, settled, ...row }) => ({
      ...row, origin: origins[Number(row.origin)], part: json(row.part), maybeSent: bool(row.maybeSent),
      ...(campaign !== null && { planned: { campaign, post, means, n, settled: bool(settled) } }),
    }),
  },
  {
    table: 'consent',
    select: `
      select c.contact_key as contactKey, o.purpose, o.given, o.at, o.notice, o.event_id as eventId
      from consents o left join contacts c on c.id = o.contact_id order by o.seq`,
    tell: (row) => ({ ...row, given: bool(row.given) }),
  },
  { table: 'handover', select: `${selectHandovers} order by h.seq`, tell: (row) => ({ ...handoverFrom(row as unknown as HandoverColumns) }) },
  {
    table: 'outcome',
    select: 'select * from outcomes order by day, account, entry, flow, step, article, status, handover, helpful',
    tell: (row) => ({
      ...row, entry: orNull(row.entry), flow: orNull(row.flow), step: orNull(row.step), article: orNull(row.article),
      handover: bool(row.handover), helpful: orNull(row.helpful),
    }),
  },
  {
    table: 'unanswered',
    select: `
      select cast(u.seq as text) as id, u.question, u.status, u.at, c.contact_key as contactKey, u.released_by, u.released_at
      from unanswered u left join contacts c on c.id = u.contact_id order by u.seq`,
    tell: ({ released_by: by, released_at: at, ...row }) => ({ ...row, ...(by !== null && { released: { by, at } }) }),
  },
]

/** One moment's state of the whole file, read by a connection of its own while others go on writing. */
export async function* dumpRows(file: string, { withSecrets }: { withSecrets: boolean }): AsyncIterable<StoreRow> {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    db.exec('begin')
    for (const { table, select, tell } of tables) {
      for (const row of db.prepare(select).iterate()) {
        if (table === 'entry' && !withSecrets && String(row.name).startsWith('secret:')) continue
        yield { table, row: tell({ ...row }) }
      }
    }
  } finally {
    db.close()
  }
}
