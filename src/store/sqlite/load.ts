import { accountKey, type AccountKey } from '../../core/contact.ts'
import { DAY } from '../../core/time.ts'
import { asJson, bit } from '../column-values.ts'
import { origins } from '../origins.ts'
import type { StoreRow, Upkeep } from '../ports.ts'
import { CONTACT_KEY_SECRET, rowSchemas, type ContactRow, type DeliveryRow, type EntryRow, type EventRow, type ConsentRow, type HandoverRow, type OutcomeRow, type PlanRow, type TagRow, type UnansweredRow } from '../rows.ts'
import type { Core } from './core.ts'
import type { AuditLine, CampaignRecord, PublicationRow } from '../../core/campaign.ts'
import { openCampaignRows } from './campaigns-records.ts'
import { openPublicationRows } from './campaigns-publications.ts'
import { openOutcomes } from './outcomes.ts'

/** Puts a copy's rows into an empty store: all of them or none. */
export function loadRows(core: Core, secretChanged: () => void): Upkeep['loadRows'] {
  return (rows) => core.writer.alone(async () => {
    const loader = openLoader(core, secretChanged)
    loader.expectEmpty()
    let count = 0
    for await (const row of rows) {
      loader.put(row)
      count++
    }
    loader.end()
    return count
  }).catch((error: unknown) => {
    // The copy's secret went with its rows.
    secretChanged()
    throw error
  })
}

function openLoader(core: Core, secretChanged: () => void) {
  const { db, accounts, counts } = core
  const outcomes = openOutcomes(db)
  const insertEntry = db.prepare('insert into entries (name, value, version) values (?, ?, ?) on conflict do update set value = excluded.value, version = excluded.version')
  const insertContact = db.prepare(`
    insert into contacts (contact_key, account_id, user_id, first_seen_at, last_inbound_at, last_event_at, last_event_day, opted_out, blocked, remembered, farewell, version, conversation)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const insertEvent = db.prepare(`
    insert into events (id, contact_id, account_id, status, kind, sent_at, received_at, order_at, settled_at, attempts, cause, body) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const insertDelivery = db.prepare(`
    insert into deliveries (id, contact_id, account_id, origin, status, question_at, question_message_id, attempts, maybe_sent, queued_at, due_at, noted_at, finished_at, reason, platform_message_id, receipt, part,
      line_id, part_no, settled)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const insertConsent = db.prepare('insert into consents (contact_id, purpose, given, at, notice, event_id) values (?, ?, ?, ?, ?, ?)')
  const insertHandover = db.prepare(`
    insert into handovers (id, contact_id, account_id, reason, asked_at, first_staff_answer_at, closed_at, marks) values (?, ?, ?, ?, ?, ?, ?, ?)`)
  const insertUnanswered = db.prepare('insert into unanswered (seq, question, status, at, contact_id, released_by, released_at) values (?, ?, ?, ?, ?, ?, ?)')
  const insertLine = db.prepare('insert into campaign_lines (campaign, post, account_id, means, after_key, done, planned) values (?, ?, ?, ?, ?, ?, ?)')
  const selectLine = db.prepare('select id from campaign_lines where campaign = ? and post = ? and account_id = ?')
  const insertTag = db.prepare('insert into contact_tags (contact_id, tag) values (?, ?)')
  const campaignRows = openCampaignRows(core)
  const publicationRows = openPublicationRows(core)

  /** By the key in the copy: the contact's row here and its key here. */
  const loaded = new Map<string, { id: number; key: string }>()
  let sameKeys = true
  const idOf = (contactKey: string | null): number | null => (contactKey === null || contactKey === '' ? null : loaded.get(contactKey)?.id ?? null)
  const accountId = (account: string): number => accounts.idOf(account as AccountKey)

  function putContact(row: ContactRow): void {
    const key = core.keyOf(row)
    const { profile } = row
    const { lastInsertRowid } = insertContact.run(
      key, accountId(accountKey(row)), row.userId, profile.firstSeenAt, profile.lastInboundAt, row.lastEventAt, Math.floor(row.lastEventAt / DAY), bit(profile.optedOut),
      bit(profile.blocked), JSON.stringify(profile.remembered), bit(row.farewell), row.version, asJson(row.conversation),
    )
    loaded.set(row.contactKey, { id: Number(lastInsertRowid), key })
    sameKeys &&= key === row.contactKey
  }
  function putEvent(row: EventRow): void {
    const account = accountId(row.account)
    accounts.heard(account, row.receivedAt)
    insertEvent.run(
      row.id, idOf(row.contactKey), account, row.status, row.kind, row.sentAt, row.receivedAt, row.orderAt, row.status === 'waiting' ? null : row.receivedAt,
      row.attempts, row.cause, asJson(row.body),
    )
  }
  function putDelivery(row: DeliveryRow): void {
    const origin = origins.indexOf(row.origin)
    const contact = row.contactKey === null ? undefined : loaded.get(row.contactKey)
    const accountOfRow = accountId(row.account)
    const id = contact === undefined ? row.id : row.id.replaceAll(row.contactKey!, contact.key)
    insertDelivery.run(
      id, contact?.id ?? null, accountOfRow, origin, row.status, row.questionAt, row.questionMessageId, row.attempts, bit(row.maybeSent), row.queuedAt,
      row.dueAt, row.queuedAt, row.finishedAt, row.reason, row.platformMessageId, row.receipt, asJson(row.part),
      row.planned === undefined ? null : lineOf(row.planned, accountOfRow), row.planned?.n ?? null, bit(row.planned?.settled ?? false),
    )
    counts.moved(origin, null, row.status)
  }
  function lineOf({ campaign, post }: NonNullable<DeliveryRow['planned']>, account: number): number {
    const line = selectLine.get(campaign, post, account)
    if (line === undefined) throw new Error('a planned delivery of a post that is not in the copy')
    return Number(line.id)
  }
  /** Where the keys are others, their order is too: planning begins again, and leaves the rows that are there. */
  const putPlan = (row: PlanRow) => insertLine.run(
    row.campaign, row.post, accountId(row.account), row.means, sameKeys ? row.after : null, bit(row.done), row.planned)
  const putTag = (row: TagRow) => insertTag.run(idOf(row.contactKey), row.tag)
  function putEntry(row: EntryRow): void {
    insertEntry.run(row.name, row.value, row.version)
    if (row.name === CONTACT_KEY_SECRET) secretChanged()
  }
  const putConsent = (row: ConsentRow) => insertConsent.run(idOf(row.contactKey), row.purpose, bit(row.given), row.at, row.notice, row.eventId)
  const putHandover = (row: HandoverRow) => insertHandover.run(
    row.id, idOf(row.contactKey), accountId(row.account), row.reason, row.askedAt, row.firstStaffAnswerAt, row.closedAt, JSON.stringify(row.marks))
  const putOutcome = (row: OutcomeRow) => outcomes.add({ ...row, account: row.account as AccountKey }, row.count)
  const putUnanswered = (row: UnansweredRow) => insertUnanswered.run(Number(row.id), row.question, row.status, row.at, idOf(row.contactKey), row.released?.by ?? null, row.released?.at ?? null)

  return {
    expectEmpty(): void {
      for (const table of ['contacts', 'events', 'deliveries', 'outcomes', 'unanswered', 'campaigns', 'audit_lines']) {
        if (db.prepare(`select 1 from ${table} limit 1`).get() !== undefined) throw new Error('rows can only be loaded into an empty store')
      }
    },
    put({ table, row }: StoreRow): void {
      switch (table) {
        case 'entry': return void putEntry(rowSchemas.entry.parse(row))
        case 'contact': return void putContact(rowSchemas.contact.parse(row))
        case 'event': return void putEvent(rowSchemas.event.parse(row))
        case 'delivery': return void putDelivery(rowSchemas.delivery.parse(row))
        case 'consent': return void putConsent(rowSchemas.consent.parse(row))
        case 'handover': return void putHandover(rowSchemas.handover.parse(row))
        case 'outcome': return void putOutcome(rowSchemas.outcome.parse(row))
        case 'unanswered': return void putUnanswered(rowSchemas.unanswered.parse(row))
        case 'campaign': return campaignRows.put(rowSchemas.campaign.parse(row) as CampaignRecord)
        case 'plan': return void putPlan(rowSchemas.plan.parse(row))
        case 'publication': return publicationRows.add(rowSchemas.publication.parse(row) as PublicationRow)
        case 'audit': return campaignRows.load(rowSchemas.audit.parse(row) as AuditLine)
        case 'tag': return void putTag(rowSchemas.tag.parse(row))
      }
    },
    /** What the rows do not say but follows from them: who waits, what is first in each lane, and the ledger added up. */
    end(): void {
      outcomes.write()
      db.exec(`
        insert into mailbox (contact_id, waiting, due_at, noted_at, event_at)
          select contact_id, count(*), 0, 0, 0 from events where status = 'waiting' and contact_id is not null group by contact_id;
        update deliveries set due_at = null where finished_at is not null or contact_id is null;
        update deliveries set due_at = queued_at where due_at is null and seq in (
          select min(seq) from deliveries where finished_at is null and contact_id is not null and line_id is null group by contact_id, origin = 2);
        update deliveries set due_at = queued_at where due_at is null and line_id is not null and finished_at is null and not exists (
          select 1 from deliveries o where o.contact_id = deliveries.contact_id and o.finished_at is null and +o.line_id = deliveries.line_id and o.part_no < deliveries.part_no);
        insert into campaign_counts (line_id, day, status, reason, count, people)
          select line_id, (coalesce(finished_at, noted_at) + 25200000) / 86400000, status, coalesce(reason, ''), count(*), sum(part_no = 1) from deliveries where line_id is not null group by 1, 2, 3, 4;`)
    },
  }
}
