import type { AuditLine, CampaignRecord, PublicationRow } from '../../core/campaign.ts'
import { accountKey, type AccountKey } from '../../core/contact.ts'
import { DAY } from '../../core/time.ts'
import { asJson } from '../column-values.ts'
import { CAMPAIGN, origins } from '../origins.ts'
import type { StoreRow, Upkeep } from '../ports.ts'
import { CONTACT_KEY_SECRET, rowSchemas, type ConsentRow, type ContactRow, type DeliveryRow, type EntryRow, type EventRow, type HandoverRow, type OutcomeRow, type PlanRow, type TagRow, type UnansweredRow } from '../rows.ts'
import { addPublications } from './campaigns-publications.ts'
import { putAuditLine, putCampaign } from './campaigns-records.ts'
import { columnsOf } from './columns.ts'
import type { Core } from './core.ts'
import type { KeySecret } from './secret.ts'
import { inUnit, type Unit } from './unit.ts'

const lockTables = 'lock table contacts, events, deliveries, mailbox, outcomes, unanswered in exclusive mode'
const selectAny = ['contacts', 'events', 'deliveries', 'outcomes', 'unanswered', 'campaigns', 'audit_lines'].map((table) => `exists (select 1 from ${table})`).join(' or ')
const insertEntries = `
  insert into entries (name, value, version) select name, value, version from unnest($1::text[], $2::text[], $3::bigint[]) u(name, value, version)
  on conflict (name) do update set value = excluded.value, version = excluded.version`
const insertContacts = `
  insert into contacts (contact_key, account_id, user_id, first_seen_at, last_inbound_at, last_event_at, last_event_day, opted_out, blocked, remembered, farewell, version, conversation)
  select contact_key, account_id, user_id, first_seen_at, last_inbound_at, last_event_at, last_event_day, opted_out, blocked, remembered, farewell, version, conversation
  from unnest($1::text[], $2::integer[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::integer[], $8::boolean[], $9::boolean[], $10::text[], $11::boolean[], $12::bigint[], $13::text[])
    with ordinality u(contact_key, account_id, user_id, first_seen_at, last_inbound_at, last_event_at, last_event_day, opted_out, blocked, remembered, farewell, version, conversation, place)
  order by place returning id, contact_key as "contactKey"`
const insertEvents = `
  insert into events (id, contact_id, account_id, status, kind, sent_at, received_at, order_at, settled_at, attempts, cause, body)
  select id, contact_id, account_id, status, kind, sent_at, received_at, order_at, settled_at, attempts, cause, body
  from unnest($1::text[], $2::bigint[], $3::integer[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::integer[], $11::text[], $12::text[])
    with ordinality u(id, contact_id, account_id, status, kind, sent_at, received_at, order_at, settled_at, attempts, cause, body, place) order by place`
const insertDeliveries = `
  insert into deliveries (id, contact_id, account_id, origin, status, question_at, question_message_id, attempts, maybe_sent, queued_at, due_at, noted_at, finished_at,
    reason, platform_message_id, receipt, part, line_id, part_no, settled)
  select id, contact_id, account_id, origin, status, question_at, question_message_id, attempts, maybe_sent, queued_at, due_at, queued_at, finished_at,
    reason, platform_message_id, receipt, part, line_id, part_no, settled
  from unnest($1::text[], $2::bigint[], $3::integer[], $4::integer[], $5::text[], $6::bigint[], $7::text[], $8::integer[], $9::boolean[], $10::bigint[], $11::bigint[], $12::bigint[],
      $13::text[], $14::text[], $15::text[], $16::text[], $17::integer[], $18::integer[], $19::boolean[])
    with ordinality u(id, contact_id, account_id, origin, status, question_at, question_message_id, attempts, maybe_sent, queued_at, due_at, finished_at,
      reason, platform_message_id, receipt, part, line_id, part_no, settled, place) order by place`
const insertConsents = `
  insert into consents (contact_id, purpose, given, at, notice, event_id) select contact_id, purpose, given, at, notice, event_id
  from unnest($1::bigint[], $2::text[], $3::boolean[], $4::bigint[], $5::text[], $6::text[]) with ordinality u(contact_id, purpose, given, at, notice, event_id, place) order by place`
const insertHandover = `
  insert into handovers (id, contact_id, account_id, reason, asked_at, first_staff_answer_at, closed_at, marks) values ($1, $2, $3, $4, $5, $6, $7, $8)`
const insertUnanswered = `
  insert into unanswered (seq, contact_id, question, status, at, released_by, released_at) overriding system value
  select seq, contact_id, question, status, at, released_by, released_at
  from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::bigint[]) u(seq, contact_id, question, status, at, released_by, released_at)`
const insertLine = `
  insert into campaign_lines (campaign, post, account_id, means, after_key, done, planned) values ($1, $2, $3, $4, $5, $6, $7) returning id`
const insertTags = 'insert into contact_tags (contact_id, tag) select contact_id, tag from unnest($1::bigint[], $2::text[]) u(contact_id, tag)'

/** What the rows do not say but follows from them: who waits, and what is first in each lane. */
const finish = [
  `insert into mailbox (contact_id, waiting, due_at, noted_at, event_at)
     select contact_id, count(*), 0, 0, 0 from events where status = 'waiting' and contact_id is not null group by contact_id`,
  'update deliveries set due_at = null where due_at is not null and (finished_at is not null or contact_id is null)',
  `update deliveries set due_at = queued_at where due_at is null and seq in (
     select min(seq) from deliveries where finished_at is null and contact_id is not null and line_id is null group by contact_id, origin = ${CAMPAIGN})`,
  `update deliveries d set due_at = queued_at where due_at is null and line_id is not null and finished_at is null and not exists (
     select 1 from deliveries o where o.contact_id = d.contact_id and o.finished_at is null and o.line_id = d.line_id and o.part_no < d.part_no)`,
  `select setval(pg_get_serial_sequence('unanswered', 'seq'), greatest(1, (select max(seq) from unanswered)))`,
]

/** So many rows of one table go in one statement. */
const together = 1_000

/** Puts a copy's rows into an empty store: all of them or none. All other writing waits for its end. */
export function loadRows(core: Core, secret: KeySecret): Upkeep['loadRows'] {
  return async (rows) => {
    const before = secret.read()
    // The rows can be read once, so this is not done again: whoever made a deadlock of it is refused.
    try {
      return await inUnit(core, 'other', async (unit) => {
        unit.bePatient()
        unit.send(lockTables)
        const [found] = await unit.rows<{ any: boolean }>(`select ${selectAny} as any`)
        if (found?.any === true) throw new Error('rows can only be loaded into an empty store')
        const loader = openLoader(core, unit, secret)
        let count = 0
        for await (const row of rows) {
          await loader.put(row)
          count++
        }
        await loader.end()
        return count
      })
    } catch (error) {
      secret.use(before)
      throw error
    }
  }
}

function openLoader(core: Core, unit: Unit, secret: KeySecret) {
  let table: StoreRow['table'] | null = null
  let batch: StoreRow['row'][] = []
  /** By the key in the copy: the contact's row here and its key here. */
  const loaded = new Map<string, { id: number; key: string }>()
  let sameKeys = true
  const lines = new Map<string, number>()
  let accounts: ReadonlyMap<AccountKey, number> = new Map()
  const idOf = (contactKey: string | null): number | null => (contactKey === null || contactKey === '' ? null : loaded.get(contactKey)?.id ?? null)
  const accountId = ({ account }: { account: string }): number => accounts.get(account as AccountKey)!
  const know = async (rows: readonly { account: string }[]): Promise<void> => { accounts = await core.accounts.idsOf(rows.map(({ account }) => account as AccountKey)) }

  async function putContacts(rows: readonly ContactRow[]): Promise<void> {
    accounts = await core.accounts.idsOf(rows.map(accountKey))
    const keys = rows.map((row) => core.keyOf(row))
    const ids = new Map((await unit.rows<{ id: number; contactKey: string }>(insertContacts, [keys, ...columnsOf(
      rows, (row) => accounts.get(accountKey(row)), (row) => row.userId, ({ profile }) => profile.firstSeenAt, ({ profile }) => profile.lastInboundAt, (row) => row.lastEventAt,
      (row) => Math.floor(row.lastEventAt / DAY), ({ profile }) => profile.optedOut, ({ profile }) => profile.blocked, ({ profile }) => JSON.stringify(profile.remembered),
      (row) => row.farewell, (row) => row.version, (row) => asJson(row.conversation))])).map(({ id, contactKey }) => [contactKey, id]))
    sameKeys &&= rows.every((row, n) => row.contactKey === keys[n])
    for (const [n, row] of rows.entries()) loaded.set(row.contactKey, { id: ids.get(keys[n]!)!, key: keys[n]! })
    unit.totals.contacts(rows.length)
  }
  async function putEvents(rows: readonly EventRow[]): Promise<void> {
    await know(rows)
    for (const row of rows) unit.totals.heard(accountId(row), row.receivedAt)
    unit.send(insertEvents, columnsOf(
      rows, (row) => row.id, (row) => idOf(row.contactKey), accountId, (row) => row.status, (row) => row.kind, (row) => row.sentAt, (row) => row.receivedAt, (row) => row.orderAt,
      (row) => (row.status === 'waiting' ? null : row.receivedAt), (row) => row.attempts, (row) => row.cause, (row) => asJson(row.body)))
  }
  async function putDeliveries(rows: readonly DeliveryRow[]): Promise<void> {
    await know(rows)
    const contactOf = (row: DeliveryRow) => (row.contactKey === null ? undefined : loaded.get(row.contactKey))
    for (const row of rows) unit.totals.moved(origins.indexOf(row.origin), null, row.status)
    unit.send(insertDeliveries, columnsOf(
      rows, (row) => (contactOf(row) === undefined ? row.id : row.id.replaceAll(row.contactKey!, contactOf(row)!.key)), (row) => contactOf(row)?.id ?? null,
      accountId, (row) => origins.indexOf(row.origin), (row) => row.status, (row) => row.questionAt, (row) => row.questionMessageId, (row) => row.attempts, (row) => row.maybeSent,
      (row) => row.queuedAt, (row) => row.dueAt, (row) => row.finishedAt, (row) => row.reason, (row) => row.platformMessageId, (row) => row.receipt, (row) => asJson(row.part),
      (row) => (row.planned === undefined ? null : lineOf(row)), (row) => row.planned?.n ?? null, (row) => row.planned?.settled ?? false))
  }
  function putEntries(rows: readonly EntryRow[]): void {
    unit.send(insertEntries, columnsOf(rows, (row) => row.name, (row) => row.value, (row) => row.version))
    const found = rows.find(({ name }) => name === CONTACT_KEY_SECRET)
    if (found !== undefined) secret.use(found.value)
  }
  const putConsents = (rows: readonly ConsentRow[]): void => unit.send(insertConsents, columnsOf(
    rows, (row) => idOf(row.contactKey), (row) => row.purpose, (row) => row.given, (row) => row.at, (row) => row.notice, (row) => row.eventId))
  async function putHandovers(rows: readonly HandoverRow[]): Promise<void> {
    await know(rows)
    for (const row of rows) unit.send(insertHandover, [row.id, idOf(row.contactKey), accountId(row), row.reason, row.askedAt, row.firstStaffAnswerAt, row.closedAt, row.marks])
  }
  const putTags = (rows: readonly TagRow[]): void => unit.send(insertTags, columnsOf(rows, (row) => idOf(row.contactKey), (row) => row.tag))
  const putOutcomes = (rows: readonly OutcomeRow[]): void => rows.forEach((row) => unit.totals.outcome({ ...row, account: row.account as AccountKey }, row.count))
  const putUnanswered = (rows: readonly UnansweredRow[]): void => unit.send(insertUnanswered, columnsOf(
    rows, (row) => Number(row.id), (row) => idOf(row.contactKey), (row) => row.question, (row) => row.status, (row) => row.at, (row) => row.released?.by ?? null, (row) => row.released?.at ?? null))
  /** Where the keys are others, their order is too: planning begins again, and leaves the rows that are there. */
  async function putPlans(rows: readonly PlanRow[]): Promise<void> {
    await know(rows)
    for (const row of rows) {
      const [line] = await unit.rows<{ id: number }>(insertLine, [row.campaign, row.post, accountId(row), row.means, sameKeys ? row.after : null, row.done, row.planned])
      lines.set(lineName(row), line!.id)
    }
  }
  const lineName = ({ campaign, post, account }: { campaign: string; post: string; account: string }): string => JSON.stringify([campaign, post, account])
  function lineOf({ planned, account }: DeliveryRow): number {
    const line = lines.get(lineName({ ...planned!, account }))
    if (line === undefined) throw new Error('a planned delivery of a post that is not in the copy')
    return line
  }
  async function putPublications(rows: readonly PublicationRow[]): Promise<void> {
    await know(rows)
    addPublications(unit, rows, accounts)
  }

  async function flush(): Promise<void> {
    const rows = batch
    batch = []
    if (rows.length === 0 || table === null) return
    switch (table) {
      case 'entry': return putEntries(rows.map((row) => rowSchemas.entry.parse(row)))
      case 'contact': return putContacts(rows.map((row) => rowSchemas.contact.parse(row)))
      case 'event': return putEvents(rows.map((row) => rowSchemas.event.parse(row)))
      case 'delivery': return putDeliveries(rows.map((row) => rowSchemas.delivery.parse(row)))
      case 'consent': return putConsents(rows.map((row) => rowSchemas.consent.parse(row)))
      case 'handover': return putHandovers(rows.map((row) => rowSchemas.handover.parse(row)))
      case 'outcome': return putOutcomes(rows.map((row) => rowSchemas.outcome.parse(row)))
      case 'campaign': return rows.forEach((row) => putCampaign(unit, rowSchemas.campaign.parse(row) as CampaignRecord))
      case 'plan': return putPlans(rows.map((row) => rowSchemas.plan.parse(row)))
      case 'publication': return putPublications(rows.map((row) => rowSchemas.publication.parse(row) as PublicationRow))
      case 'audit': return rows.forEach((row) => putAuditLine(unit, rowSchemas.audit.parse(row) as AuditLine))
      case 'tag': return putTags(rows.map((row) => rowSchemas.tag.parse(row)))
      case 'unanswered': return putUnanswered(rows.map((row) => rowSchemas.unanswered.parse(row)))
    }
  }

  return {
    async put({ table: next, row }: StoreRow): Promise<void> {
      if (next !== table || batch.length === together) {
        await flush()
        table = next
      }
      batch.push(row)
    },
    async end(): Promise<void> {
      await flush()
      for (const sql of finish) unit.send(sql)
    },
  }
}
