import { accountFrom, type AccountKey } from '../../core/contact.ts'
import { bool, json } from '../column-values.ts'
import { origins } from '../origins.ts'
import type { StoreRow } from '../ports.ts'
import { campaignFrom, selectAudit, selectCampaigns } from './campaigns-records.ts'
import { publicationFrom, selectPublications } from './campaigns-publications.ts'
import { profileColumns, profileFrom, type ProfileColumns } from './claims.ts'
import type { Database, Row } from './database.ts'
import type { Value } from './binding.ts'
import { handoverFrom, selectHandovers, type HandoverColumns } from './handovers.ts'
import { lastEvent } from './schema.ts'
import { outcomeFrom } from './statistics.ts'


/** One table of a dump: `key` names the columns that put its rows in one order, under the names that `select` gives them in `as`. */
interface Dumped {
  table: StoreRow['table']
  select: string
  key: readonly string[]
  tell(row: Row): Row
}

const outcomeKey = ['day', 'account', 'entry', 'flow', 'step', 'article', 'status', 'handover', 'helpful']

/** In the order of `rows.ts`. */
const tables: readonly Dumped[] = [
  { table: 'entry', select: 'select name, value, version, name as k0 from entries', key: ['name'], tell: (row) => row },
  {
    table: 'contact',
    select: `
      select c.contact_key, c.account, c.user_id, ${profileColumns}, c.conversation, c.version, ${lastEvent} as last_event_at, c.erased_at, c.id as k0
      from contacts c left join mailbox m on m.contact_id = c.id`,
    key: ['c.id'],
    tell: (row) => ({
      contactKey: row.contact_key, ...accountFrom(row.account as AccountKey), userId: row.user_id, profile: profileFrom(row as unknown as ProfileColumns),
      conversation: json(row.conversation), version: row.version, lastEventAt: row.last_event_at, farewell: row.erased_at !== null,
    }),
  },
  {
    table: 'event',
    select: `
      select e.id, c.contact_key as contactKey, e.account, e.kind, e.status, e.sent_at as sentAt, e.received_at as receivedAt, e.order_at as orderAt, e.attempts, e.cause, e.body,
        e.seq as k0
      from events e left join contacts c on c.id = e.contact_id`,
    key: ['e.seq'],
    tell: (row) => ({ ...row, body: json(row.body) }),
  },
  { table: 'campaign', select: selectCampaigns.replace(' from', ', id as k0 from'), key: ['id'], tell: (row) => ({ ...campaignFrom(row) }) },
  {
    table: 'plan',
    select: 'select campaign, post, account, means, after_key as after, done, planned, campaign as k0, post as k1, account as k2 from campaign_lines',
    key: ['campaign', 'post', 'account'],
    tell: (row) => ({ ...row, done: bool(row.done) }),
  },
  { table: 'publication', select: selectPublications.replace(' from', ', p.id as k0 from'), key: ['p.id'], tell: (row) => ({ ...publicationFrom(row) }) },
  { table: 'audit', select: selectAudit.replace(' from', ', seq as k0 from'), key: ['seq'], tell: (row) => row },
  {
    table: 'tag',
    select: 'select c.contact_key as contactKey, t.tag, c.id as k0, t.tag as k1 from contact_tags t join contacts c on c.id = t.contact_id',
    key: ['c.id', 't.tag'],
    tell: (row) => row,
  },
  {
    table: 'delivery',
    select: `
      select d.id, c.contact_key as contactKey, d.account, d.origin, iif(d.status = 'sending', 'queued', d.status) as status, d.reason,
        d.platform_message_id as platformMessageId, d.receipt, d.part, d.question_at as questionAt, d.question_message_id as questionMessageId,
        d.attempts, max(d.maybe_sent, d.status = 'sending') as maybeSent, d.queued_at as queuedAt,
        iif(d.status = 'queued' and d.due_at > d.queued_at, d.due_at, null) as dueAt, d.finished_at as finishedAt,
        l.campaign, l.post, l.means, d.part_no, d.settled, d.seq as k0
      from deliveries d left join campaign_lines l on l.id = d.line_id left join contacts c on c.id = d.contact_id`,
    key: ['d.seq'],
    tell: ({ campaign, post, means, part_no: n, settled, ...row }) => ({
      ...row, origin: origins[Number(row.origin)], part: json(row.part), maybeSent: bool(row.maybeSent),
      ...(campaign !== null && { planned: { campaign, post, means, n, settled: bool(settled) } }),
    }),
  },
  {
    table: 'consent',
    select: `
      select c.contact_key as contactKey, o.purpose, o.given, o.at, o.notice, o.event_id as eventId, o.seq as k0
      from consents o left join contacts c on c.id = o.contact_id`,
    key: ['o.seq'],
    tell: (row) => ({ ...row, given: bool(row.given) }),
  },
  { table: 'handover', select: selectHandovers.replace(' from', ', h.seq as k0 from'), key: ['h.seq'], tell: (row) => ({ ...handoverFrom(row as unknown as HandoverColumns) }) },
  {
    table: 'outcome',
    select: `select *, ${outcomeKey.map((name, n) => `${name} as k${n}`).join(', ')} from outcomes`,
    key: outcomeKey,
    tell: (row) => ({ ...outcomeFrom(row as unknown as Parameters<typeof outcomeFrom>[0]) }),
  },
  {
    table: 'unanswered',
    select: `
      select cast(u.seq as text) as id, u.question, u.status, u.at, c.contact_key as contactKey, u.released_by, u.released_at, u.seq as k0
      from unanswered u left join contacts c on c.id = u.contact_id`,
    key: ['u.seq'],
    tell: ({ released_by: by, released_at: at, ...row }) => ({ ...row, ...(by !== null && { released: { by, at } }) }),
  },
]

/** So many rows are read at a time. */
const PAGE = 500

/** Page by page, each the state of its own moment: who wants one moment's state lets nothing in meanwhile. */
export async function* dumpRows(database: Database, { withSecrets }: { withSecrets: boolean }): AsyncIterable<StoreRow> {
  for (const { table, select, key, tell } of tables) {
    for await (const row of rowsInOrder(database, select, key)) {
      if (table === 'entry' && !withSecrets && String(row.name).startsWith('secret:')) continue
      yield { table, row: tell(row) }
    }
  }
}

async function* rowsInOrder(database: Database, select: string, key: readonly string[]): AsyncIterable<Row> {
  const places = key.map((_, n) => `?${n + 1}`)
  const order = `order by ${key.join(', ')} limit ${PAGE}`
  for (let last: Value[] | null = null; ;) {
    const rows: Row[] = last === null ? await database.rows(`${select} ${order}`) : await database.rows(`${select} where (${key.join(', ')}) > (${places.join(', ')}) ${order}`, ...last)
    for (const row of rows) {
      last = key.map((_, n) => row[`k${n}`] as Value)
      for (const n of key.keys()) delete row[`k${n}`]
      yield row
    }
    if (rows.length < PAGE) return
  }
}
