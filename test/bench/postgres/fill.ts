import type pg from 'pg'
import type { Contact } from '../../../src/core/contact.ts'
import { accountKey } from '../../../src/core/contact.ts'
import { DAY, MINUTE, type Millis } from '../../../src/core/time.ts'

/** What a database is filled with. `deliveries`: replies and what campaigns sent or will send; as many events stand beside them. */
export interface Filling {
  contacts: number
  deliveries: number
  now: Millis
  /** The people, from number `first` on. */
  first: number
  contactOf(n: number): Contact
  keyOf(contact: Contact): string
  /** What a contact's row holds after a conversation. */
  conversation: string
  /** With people who wait for an answer or for staff, and a campaign that runs: not where a server will be at work. */
  underWay: boolean
}

/** Shares of the deliveries: what a campaign has sent, and what one is going to send. */
const campaignShare = 0.2
const plannedShare = 0.1
/** Rows of replies and events are spread over this time, contacts over three times as much. */
const kept = 30 * DAY
const wordsKept = 7 * DAY
/** Coprime to every size used: neighbours in one table are not neighbours in the other. */
const stride = 7_919
const together = 50_000

const tables = ['contacts', 'events', 'deliveries'] as const

/** Fills empty tables (a few rows that are there already stay) by `insert … select`, without indexes and triggers, which are put back at the end. */
export async function fill(client: pg.Client, filling: Filling): Promise<void> {
  await client.query(`set synchronous_commit = off; set session_replication_role = replica; set maintenance_work_mem = '512MB'; set work_mem = '128MB'`)
  const indexes = await dropIndexes(client)
  const first = await fillContacts(client, filling)
  await fillHistory(client, filling, first)
  await fillCampaigns(client, filling, first)
  await fillRest(client, filling, first)
  for (const index of indexes) await client.query(index)
  await client.query('reset session_replication_role')
  await client.query('vacuum analyze')
  await client.query('checkpoint')
}

/** Drops what does not stand behind a constraint; returns how to make it again. */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; made: string }>(`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made from pg_index i
    where i.indrelid = any($1::regclass[]) and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)`, [tables.map((table) => `camnang.${table}`)])
  for (const { name } of rows) await client.query(`drop index ${name}`)
  return rows.map(({ made }) => made)
}

/** The number of the first contact's row; the others follow without gaps. */
async function fillContacts(client: pg.Client, { contacts, now, first, contactOf, keyOf, conversation }: Filling): Promise<number> {
  const people = [0, 1, 2].map((n) => accountKey(contactOf(first + n)))
  for (const account of people) await client.query('insert into accounts (account) values ($1) on conflict do nothing', [account])
  const { rows: accounts } = await client.query<{ id: number; account: string }>('select id, account from accounts')
  const idOf = new Map(accounts.map(({ id, account }) => [account, id]))
  let firstId: number | null = null
  for (let from = 0; from < contacts; from += together) {
    const numbers = Array.from({ length: Math.min(together, contacts - from) }, (_, n) => first + from + n)
    const some = numbers.map(contactOf)
    const { rows } = await client.query<{ id: string }>(`
      with added as (
        insert into contacts (contact_key, account_id, user_id, first_seen_at, last_inbound_at, last_event_at, last_event_day, version, conversation)
        select key, account_id, user_id, $1::bigint - 400 * ${DAY}::bigint, at, at, at / ${DAY}, 3, $2
        from unnest($3::text[], $4::integer[], $5::text[], $6::bigint[]) with ordinality u(key, account_id, user_id, n, place)
          cross join lateral (select $1::bigint - (n * ${stride} * ${MINUTE}::bigint) % ${3 * kept}::bigint as at) spread order by place returning id)
      select min(id) as id from added`,
    [now, conversation, some.map(keyOf), some.map((contact) => idOf.get(accountKey(contact))), some.map(({ userId }) => userId), numbers])
    firstId ??= Number(rows[0]!.id)
  }
  return firstId!
}

const contactRow = (filling: Filling, first: number, n = 'n'): string => `(${first} + (${n}::bigint * ${stride}) % ${filling.contacts})`
const replies = ({ deliveries }: Filling): number => Math.round(deliveries * (1 - campaignShare - plannedShare))

/** Handled messages with their replies, the oldest first, as they would have come. */
async function fillHistory(client: pg.Client, filling: Filling, first: number): Promise<void> {
  const { now, deliveries } = filling
  const at = (rows: number): string => `(${now} - ((${rows} - n)::bigint * ${kept}) / ${rows})`
  await client.query(`
    insert into events (id, contact_id, account_id, status, kind, sent_at, received_at, order_at, settled_at, body)
    select 'filled:' || c.account_id || ':message:' || md5(n::text), c.id, c.account_id, 'handled', case when n % 1000 = 0 then 'comment' else 'text' end, at - 500, at, at - 500, at + 200,
      case when at > ${now - wordsKept} then '{"kind":"text","text":"làm khai sinh cho con ở đâu, cần giấy tờ gì ạ"}' end
    from generate_series(1, ${deliveries}) n cross join lateral (select ${at(deliveries)} as at) spread join contacts c on c.id = ${contactRow(filling, first)} order by n`)
  await client.query(`
    insert into deliveries (id, contact_id, account_id, origin, status, question_at, attempts, claims, queued_at, noted_at, finished_at, platform_message_id, part)
    select 'filled:' || c.account_id || ':message:' || md5(n::text) || '#0', c.id, c.account_id, 0, 'sent', at - 500, 1, 1, at, at, at + 300, 'm' || md5(n::text), '{"text":"' || repeat('Bà con đến bộ phận một cửa của xã. ', 8) || '"}'
    from generate_series(1, ${replies(filling)}) n cross join lateral (select ${at(replies(filling))} as at) spread join contacts c on c.id = ${contactRow(filling, first)} order by n`)
  await client.query(`insert into counts (name, shard, count) values ('contact', 999, ${filling.contacts}), ('delivery/0/sent', 999, ${replies(filling)})`)
}

/**
 * One campaign that went a week ago and one for tomorrow, each a post on every account, line by line in the order of contact key.
 * Where no campaign may be under way the second was cancelled, and its rows are as a server leaves them: else the servers to be
 * measured would do that first, and a vacuum after it would take its time from them.
 */
async function fillCampaigns(client: pg.Client, filling: Filling, first: number): Promise<void> {
  const { now, deliveries, contacts, underWay } = filling
  const part = `'{"text":"Mời bà con tham gia Ngày Chuyển đổi số quốc gia tại nhà văn hóa xã."}'`
  const [sent, planned] = [now - 7 * DAY, now + DAY]
  // Status, reason, due_at, finished_at, attempts, claims, platform_message_id of a row.
  const posts = [
    { campaign: 'da-xong', status: 'finished', rows: Math.round(deliveries * campaignShare), as: `case when n % 1000 = 0 then 'uncertain' else 'sent' end, null, null, ${sent} + n, 1, 1, 'c' || md5(n::text)` },
    { campaign: 'sap-toi', status: underWay ? 'running' : 'cancelled', rows: Math.round(deliveries * plannedShare), as: underWay ? `'queued', null, ${planned}, null, 0, 0, null` : `'skipped', 'cancelled', null, ${now}, 0, 0, null` },
  ]
  for (const { campaign, status, rows, as } of posts) {
    const people = Math.min(rows, contacts)
    await client.query(`insert into campaigns (id, status, version, content, author, last_editor, changed_at) values ($1, $2, 1, '{}', 'Lan', 'Lan', $3)`, [campaign, status, now])
    await client.query(`
      insert into campaign_lines (campaign, post, account_id, means, done, planned) select $1, 'bai', a.id, 'zalo_consultation', true, ${people} from accounts a`, [campaign])
    await client.query(`
      insert into deliveries (id, contact_id, account_id, origin, queued_at, noted_at, part, line_id, part_no, status, reason, due_at, finished_at, attempts, claims, platform_message_id)
      select $1 || '/bai:' || c.contact_key || '#1', c.id, c.account_id, 2, $2, $2, ${part}, l.id, 1, ${as}
      from generate_series(0, ${people - 1}) n join contacts c on c.id = ${first} + n join campaign_lines l on l.campaign = $1 and l.account_id = c.account_id order by c.contact_key`,
    [campaign, now - 8 * DAY])
    await client.query(`
      insert into campaign_counts (line_id, day, status, reason, shard, count, people)
      select line_id, (coalesce(finished_at, noted_at) + 25200000) / 86400000, status, coalesce(reason, ''), 0, count(*), count(*) from deliveries
      where line_id in (select id from campaign_lines where campaign = $1) group by 1, 2, 3, 4`, [campaign])
    await client.query(`
      insert into counts (name, shard, count) select 'delivery/2/' || status, 999, count(*) from deliveries where line_id in (select id from campaign_lines where campaign = $1) group by status`, [campaign])
  }
}

/** What people wait for, agreed to, asked and got tagged with. */
async function fillRest(client: pg.Client, filling: Filling, first: number): Promise<void> {
  const { now, contacts, underWay } = filling
  const waiting = underWay ? Math.min(1_000, contacts / 10) : 0
  const at = (rows: number): string => `(${now} - (n::bigint * ${kept}) / ${rows})`
  await client.query(`
    insert into events (id, contact_id, account_id, status, kind, sent_at, received_at, order_at, body)
    select 'filled:waiting:' || n, c.id, c.account_id, 'waiting', 'text', ${now}, ${now}, ${now}, '{"kind":"text","text":"alo"}' from generate_series(1, ${waiting}) n join contacts c on c.id = ${contactRow(filling, first)}`)
  await client.query(`
    insert into mailbox (contact_id, waiting, due_at, noted_at, event_at)
    select ${contactRow(filling, first)}, 1, ${now + 40 * DAY}, ${now}, ${now} from generate_series(1, ${waiting}) n`)
  await client.query(`
    insert into consents (contact_id, purpose, given, at, notice, event_id)
    select ${contactRow(filling, first)}, 'announce', true, ${now}, 'v1', 'filled:' || n from generate_series(1, ${contacts / 2}) n`)
  await client.query(`insert into contact_tags (contact_id, tag) select ${contactRow(filling, first)}, 'to-cong-nghe-so' from generate_series(1, ${contacts / 10}) n on conflict do nothing`)
  const asked = Math.ceil(contacts / 50)
  await client.query(`
    insert into handovers (id, contact_id, account_id, reason, asked_at, closed_at)
    select 'filled:h' || n, c.id, c.account_id, 'asked', ${at(asked)}, case when n > ${underWay ? 50 : 0} then ${at(asked)} + 60000 end
    from generate_series(1, ${asked}) n join contacts c on c.id = ${first} + n`)
  await client.query(`
    insert into unanswered (contact_id, question, status, at) select ${contactRow(filling, first)}, 'hỏi về đất đai ở xã', 'no_answer', ${at(asked)} from generate_series(1, ${asked}) n`)
  await client.query(`
    insert into outcomes (day, account, entry, flow, step, article, status, handover, helpful, shard, count)
    select to_char(to_timestamp(${now} / 1000) - make_interval(days => d), 'YYYY-MM-DD'), a.account, 'typed', 'main', 'menu', 'bai-' || k, 'answered', false, '', 999, 40
    from generate_series(0, 29) d cross join accounts a cross join generate_series(1, 150) k`)
}
