import { accountKey, type AccountKey } from '../../core/contact.ts'
import type { AuditLine, CampaignRecord, PublicationRow } from '../../core/campaign.ts'
import { DAY } from '../../core/time.ts'
import { asJson, bit } from '../column-values.ts'
import { origins } from '../origins.ts'
import type { StoreRow, Upkeep } from '../ports.ts'
import { CONTACT_KEY_SECRET, rowSchemas, type ContactRow, type DeliveryRow, type EventRow } from '../rows.ts'
import { appendLine, putCampaign } from './campaigns-records.ts'
import { addPublication } from './campaigns-publications.ts'
import type { Core } from './core.ts'
import { quiet, rowsOf, statement, type Statement } from './database.ts'
import { counted } from './turn-records.ts'

const contactOf = (place: string): string => `(select id from contacts where contact_key = ${place})`
const lineOf = (campaign: string, post: string, account: string): string => `(select id from campaign_lines where campaign = ${campaign} and post = ${post} and account = ${account})`
const insertEntry = 'insert into entries (name, value, version) values (?1, ?2, ?3) on conflict do update set value = excluded.value, version = excluded.version'
const insertContact = `
  insert into contacts (contact_key, account, user_id, first_seen_at, last_inbound_at, last_event_at, last_event_day, opted_out, blocked, remembered, erased_at, version, conversation)
  values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)`
const insertEvent = `
  insert into events (id, contact_id, account, status, kind, sent_at, received_at, order_at, settled_at, attempts, cause, body)
  values (?1, ${contactOf('?2')}, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)`
const insertDelivery = `
  insert into deliveries (id, contact_id, account, origin, status, question_at, question_message_id, attempts, maybe_sent, queued_at, due_at, noted_at, finished_at, reason,
    platform_message_id, receipt, part, line_id, part_no, settled)
  values (?1, ${contactOf('?2')}, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?10, ?12, ?13, ?14, ?15, ?16, ${lineOf('?17', '?18', '?3')}, ?19, ?20)`
const insertConsent = `insert into consents (contact_id, purpose, given, at, notice, event_id) values (${contactOf('?1')}, ?2, ?3, ?4, ?5, ?6)`
const insertHandover = `
  insert into handovers (id, contact_id, account, reason, asked_at, first_staff_answer_at, closed_at, marks) values (?1, ${contactOf('?2')}, ?3, ?4, ?5, ?6, ?7, ?8)`
const insertUnanswered = `
  insert into unanswered (seq, question, status, at, contact_id, released_by, released_at) values (?1, ?2, ?3, ?4, ${contactOf('?5')}, ?6, ?7)`
const insertLine = 'insert into campaign_lines (campaign, post, account, means, after_key, done, planned) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)'
const insertTag = `insert into contact_tags (contact_id, tag) values (${contactOf('?1')}, ?2)`

const filled = ['contacts', 'events', 'deliveries', 'outcomes', 'unanswered', 'campaigns', 'audit_lines']
/** Triggers take what hangs on contacts, deliveries and events. */
const everything = [
  ...filled, 'mailbox', 'consents', 'handovers', 'contact_tags', 'campaign_lines', 'campaign_counts', 'publications', 'accounts', 'counts', `entries where name <> '${CONTACT_KEY_SECRET}'`,
]
/** What the rows do not say but follows from them: who waits, what is first in each lane, when accounts were last heard of. */
export const finish = [`
  insert into mailbox (contact_id, waiting, due_at, noted_at, event_at)
    select contact_id, count(*), 0, 0, 0 from events where status = 'waiting' and contact_id is not null group by contact_id`, `
  insert into accounts (account, last_event_at) select account, max(received_at) from events group by account on conflict do nothing`, `
  update deliveries set due_at = null where finished_at is not null or contact_id is null`, `
  update deliveries set due_at = queued_at where due_at is null and seq in (
    select min(seq) from deliveries where finished_at is null and contact_id is not null and line_id is null group by contact_id, origin = 2)`, `
  update deliveries set due_at = queued_at where due_at is null and line_id is not null and finished_at is null and not exists (
    select 1 from deliveries o where o.contact_id = deliveries.contact_id and o.finished_at is null and +o.line_id = deliveries.line_id and o.part_no < deliveries.part_no)`,
]
const loading = 'a copy is being loaded'

/** So many rows go in one batch. */
const TOGETHER = 100

/**
 * Puts a copy's rows into an empty store. A copy is larger than a batch: what fails is taken out again, and what a killed load left is taken out by the next.
 * Nothing else may be let in meanwhile.
 */
export const loadRows = (core: Core, useSecret: (value: string) => void): Upkeep['loadRows'] => async (rows) => {
  const { database } = core
  await expectEmpty(core)
  await database.rows('insert into marks (name) values (?1)', loading)
  try {
    const loader = openLoader(core, useSecret)
    let count = 0
    let waiting: Statement[] = []
    for await (const row of rows) {
      waiting.push(loader(row))
      count++
      if (waiting.length < TOGETHER) continue
      await database.run(quiet(...waiting))
      waiting = []
    }
    await database.run(quiet(...waiting, ...finish.map((sql) => statement(sql)), statement('delete from marks where name = ?1', loading)))
    return count
  } catch (error) {
    await clear(core)
    throw error
  }
}

async function expectEmpty(core: Core): Promise<void> {
  const [cutShort, ...found] = await core.database.run(
    rowsOf('select 1 from marks where name = ?1', loading), ...filled.map((table) => rowsOf(`select 1 from ${table} limit 1`)))
  if (cutShort.length > 0) return clear(core)
  if (found.some((rows) => rows.length > 0)) throw new Error('rows can only be loaded into an empty store')
}

const clear = async ({ database }: Core): Promise<void> => {
  await database.run(quiet(...everything.map((table) => statement(`delete from ${table}`)), statement('delete from marks where name = ?1', loading)))
}

/** Each row as the statement that writes it. Throws where it is none. */
export function openLoader(core: Pick<Core, 'keyOf'>, useSecret: (value: string) => void): (row: StoreRow) => Statement {
  /** Contact keys of the copy that are others here; planning by key then begins again, and leaves the rows that are there. */
  const renamed = new Map<string, string>()
  const here = (key: string | null): string | null => (key === null ? null : renamed.get(key) ?? key)

  function contact(row: ContactRow): Statement {
    const key = core.keyOf(row)
    if (key !== row.contactKey) renamed.set(row.contactKey, key)
    const { profile } = row
    return statement(
      insertContact, key, accountKey(row), row.userId, profile.firstSeenAt, profile.lastInboundAt, row.lastEventAt, Math.floor(row.lastEventAt / DAY), bit(profile.optedOut),
      bit(profile.blocked), JSON.stringify(profile.remembered), row.farewell ? row.lastEventAt : null, row.version, asJson(row.conversation))
  }
  const event = (row: EventRow): Statement => statement(
    insertEvent, row.id, here(row.contactKey), row.account, row.status, row.kind, row.sentAt, row.receivedAt, row.orderAt, row.status === 'waiting' ? null : row.receivedAt,
    row.attempts, row.cause, asJson(row.body))
  function delivery(row: DeliveryRow): Statement {
    const key = here(row.contactKey)
    return statement(
      insertDelivery, key === null ? row.id : row.id.replaceAll(row.contactKey!, key), key, row.account, origins.indexOf(row.origin), row.status, row.questionAt,
      row.questionMessageId, row.attempts, bit(row.maybeSent), row.queuedAt, row.dueAt, row.finishedAt, row.reason, row.platformMessageId, row.receipt, asJson(row.part),
      row.planned?.campaign ?? null, row.planned?.post ?? null, row.planned?.n ?? null, bit(row.planned?.settled ?? false))
  }

  return ({ table, row }) => {
    switch (table) {
      case 'entry': {
        const { name, value, version } = rowSchemas.entry.parse(row)
        if (name === CONTACT_KEY_SECRET) useSecret(value)
        return statement(insertEntry, name, value, version)
      }
      case 'contact': return contact(rowSchemas.contact.parse(row))
      case 'event': return event(rowSchemas.event.parse(row))
      case 'delivery': return delivery(rowSchemas.delivery.parse(row))
      case 'consent': {
        const { contactKey, purpose, given, at, notice, eventId } = rowSchemas.consent.parse(row)
        return statement(insertConsent, here(contactKey), purpose, bit(given), at, notice, eventId)
      }
      case 'handover': {
        const { id, contactKey, account, reason, askedAt, firstStaffAnswerAt, closedAt, marks } = rowSchemas.handover.parse(row)
        return statement(insertHandover, id, here(contactKey), account, reason, askedAt, firstStaffAnswerAt, closedAt, JSON.stringify(marks))
      }
      case 'outcome': {
        const outcome = rowSchemas.outcome.parse(row)
        return counted({ ...outcome, account: outcome.account as AccountKey }, outcome.count)
      }
      case 'unanswered': {
        const { id, question, status, at, contactKey, released } = rowSchemas.unanswered.parse(row)
        return statement(insertUnanswered, Number(id), question, status, at, here(contactKey), released?.by ?? null, released?.at ?? null)
      }
      case 'campaign': return putCampaign(rowSchemas.campaign.parse(row) as CampaignRecord)
      case 'plan': {
        const { campaign, post, account, means, after, done, planned } = rowSchemas.plan.parse(row)
        return statement(insertLine, campaign, post, account, means, renamed.size === 0 ? after : null, bit(done), planned)
      }
      case 'publication': return addPublication(rowSchemas.publication.parse(row) as PublicationRow)
      case 'audit': return appendLine(rowSchemas.audit.parse(row) as AuditLine)
      case 'tag': {
        const { contactKey, tag } = rowSchemas.tag.parse(row)
        return statement(insertTag, here(contactKey), tag)
      }
    }
  }
}
