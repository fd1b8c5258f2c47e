import { accountFrom, type AccountKey } from '../../core/contact.ts'
import { json } from '../column-values.ts'
import { origins } from '../origins.ts'
import type { StoreRow, Upkeep } from '../ports.ts'
import { profileColumns, profileFrom, type ProfileColumns } from './claims.ts'
import type { Database, Transaction } from './database.ts'
import { auditFrom, campaignFrom, selectAudit, selectCampaigns, type AuditColumns, type CampaignColumns } from './campaigns-records.ts'
import { publicationFrom, selectPublications, type PublicationColumns } from './campaigns-publications.ts'
import { selectHandovers } from './handovers.ts'
import { lastEvent } from './schema.ts'
import { outcomeFrom, sumOutcomes } from './statistics.ts'

type Columns = Record<string, unknown>

/** In the order of `rows.ts`: what to read, named as the row names it, and what SQL does not say (`tell`). */
const tables: { table: StoreRow['table']; select: string; tell(row: Columns): Columns }[] = [
  { table: 'entry', select: 'select name, value, version from entries order by name', tell: (row) => row },
  {
    table: 'contact',
    select: `
      select c.contact_key as "contactKey", a.account, c.user_id as "userId", ${profileColumns}, c.conversation, c.version, ${lastEvent} as "lastEventAt", c.farewell
      from contacts c join accounts a on a.id = c.account_id left join mailbox m on m.contact_id = c.id order by c.id`,
    tell: ({ contactKey, account, userId, conversation, version, lastEventAt, farewell, ...profile }) => ({
      contactKey, ...accountFrom(account as AccountKey), userId, profile: profileFrom(profile as unknown as ProfileColumns), conversation: json(conversation), version, lastEventAt, farewell,
    }),
  },
  {
    table: 'event',
    select: `
      select e.id, c.contact_key as "contactKey", a.account, e.kind, e.status, e.sent_at as "sentAt", e.received_at as "receivedAt", e.order_at as "orderAt",
        case when m.head = e.seq then m.attempts else e.attempts end as attempts, e.cause, e.body
      from events e join accounts a on a.id = e.account_id left join contacts c on c.id = e.contact_id left join mailbox m on m.contact_id = e.contact_id order by e.seq`,
    tell: (row) => ({ ...row, body: json(row['body']) }),
  },
  { table: 'campaign', select: `${selectCampaigns} order by id`, tell: (row) => ({ ...campaignFrom(row as unknown as CampaignColumns) }) },
  {
    table: 'plan',
    select: `
      select l.campaign, l.post, a.account, l.means, l.after_key as after, l.done, l.planned
      from campaign_lines l join accounts a on a.id = l.account_id order by l.campaign, l.post, a.account`,
    tell: (row) => row,
  },
  { table: 'publication', select: `${selectPublications} order by p.id`, tell: (row) => ({ ...publicationFrom(row as unknown as PublicationColumns) }) },
  { table: 'audit', select: `${selectAudit} order by seq`, tell: (row) => ({ ...auditFrom(row as unknown as AuditColumns) }) },
  {
    table: 'tag',
    select: 'select c.contact_key as "contactKey", t.tag from contact_tags t join contacts c on c.id = t.contact_id order by c.id, t.tag',
    tell: (row) => row,
  },
  {
    table: 'delivery',
    select: `
      select d.id, c.contact_key as "contactKey", a.account, d.origin, case d.status when 'sending' then 'queued' else d.status end as status, d.reason,
        d.platform_message_id as "platformMessageId", d.receipt, d.part, d.question_at as "questionAt", d.question_message_id as "questionMessageId",
        d.attempts, d.maybe_sent or d.status = 'sending' as "maybeSent", d.queued_at as "queuedAt",
        case when d.status = 'queued' and d.due_at > d.queued_at then d.due_at end as "dueAt", d.finished_at as "finishedAt",
        l.campaign, l.post, l.means, d.part_no as n, d.settled
      from deliveries d left join campaign_lines l on l.id = d.line_id join accounts a on a.id = d.account_id left join contacts c on c.id = d.contact_id order by d.seq`,
    tell: ({ campaign, post, means, n, settled, ...row }) => ({
      ...row, origin: origins[Number(row['origin'])], part: json(row['part']), ...(campaign !== null && { planned: { campaign, post, means, n, settled } }),
    }),
  },
  {
    table: 'consent',
    select: `
      select c.contact_key as "contactKey", o.purpose, o.given, o.at, o.notice, o.event_id as "eventId"
      from consents o left join contacts c on c.id = o.contact_id order by o.seq`,
    tell: (row) => row,
  },
  { table: 'handover', select: `${selectHandovers} order by h.seq`, tell: (row) => row },
  { table: 'outcome', select: sumOutcomes(''), tell: (row) => ({ ...outcomeFrom(row as Parameters<typeof outcomeFrom>[0]) }) },
  {
    table: 'unanswered',
    select: `
      select u.seq::text as id, u.question, u.status, u.at, c.contact_key as "contactKey", u.released_by as by, u.released_at as "releasedAt"
      from unanswered u left join contacts c on c.id = u.contact_id order by u.seq`,
    tell: ({ by, releasedAt: at, ...row }) => ({ ...row, ...(by !== null && { released: { by, at } }) }),
  },
]

/** Rows that are held in memory at a time. */
const together = 500

/** One moment's state of the whole store, through a cursor, while others go on writing. */
export function dumpRows(database: Database): Upkeep['dumpRows'] {
  return ({ withSecrets }) => database.snapshot(async function* (transaction) {
    for (const { table, select, tell } of tables) {
      for await (const row of rowsOf(transaction, table, select)) {
        if (table === 'entry' && !withSecrets && String(row['name']).startsWith('secret:')) continue
        yield { table, row: tell({ ...row }) }
      }
    }
  })
}

async function* rowsOf(transaction: Transaction, table: string, select: string): AsyncIterable<Columns> {
  transaction.send(`declare dump_${table} no scroll cursor for ${select}`)
  for (;;) {
    const rows = await transaction.rows<Columns>(`fetch ${together} from dump_${table}`)
    yield* rows
    if (rows.length < together) return
  }
}
