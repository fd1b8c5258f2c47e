import type { Contact } from '../../core/contact.ts'
import type { Outcome, StoreRow, Upkeep } from '../ports.ts'
import { CONTACT_KEY_SECRET, rowSchemas, type ContactRow, type DeliveryRow, type EventRow } from '../rows.ts'
import type { AuditLine, CampaignRecord, PublicationRow } from '../../core/campaign.ts'
import { appendAudit, auditLinesOf, auditNames, campaignsIn, lineId, putRecord, readCampaign, writeCampaign, type CampaignDocument } from './campaigns-document.ts'
import { inOrder as byFields } from './campaigns-ledger.ts'
import { accountOf, isFinal, newContact, type ContactDocument, type StoredDelivery, type StoredEvent } from './contact-document.ts'
import { noAnonymous, type AnonymousDocument } from './erasure.ts'
import type { GroupCommit } from './group-commit.ts'
import { addUnanswered, checkOutcome, countOutcome, outcomesOf, unansweredOf } from './outcomes.ts'
import type { FileRegister } from './register.ts'
import { Unit, type State } from './unit.ts'
import { removeEverything } from './wipe.ts'

type Copying = Pick<Upkeep, 'dumpRows' | 'loadRows'>

/** Rows that are loaded by one write. */
const CHUNK = 200

export function copyPort(state: State, register: FileRegister, keyOf: (contact: Contact) => string, commits: GroupCommit, loading: { begin(): void; end(): void }): Copying {
  const { documents, index, options } = state

  async function* dumpRows({ withSecrets }: { withSecrets: boolean }): AsyncIterable<StoreRow> {
    for (const row of register.all()) if (withSecrets || !row.name.startsWith('secret:')) yield { table: 'entry', row: { ...row } }
    for (const document of contacts()) yield { table: 'contact', row: contactRowOf(document) }
    for (const document of contacts()) for (const row of inOrder(history(document).events, document.events)) yield { table: 'event', row: eventRowOf(document, row) }
    for (const kept of anonymous()) for (const row of kept.events) yield { table: 'event', row: { ...row } }
    for (const { record } of campaigns()) yield { table: 'campaign', row: structuredClone({ ...record }) }
    for (const { record, lines } of campaigns()) {
      for (const { id: _, ...line } of lines.toSorted(byFields(({ post, account }) => [post, account]))) yield { table: 'plan', row: { campaign: record.id, ...line } }
    }
    for (const row of campaigns().flatMap(({ publications }) => publications).sort(byFields(({ id }) => [id]))) yield { table: 'publication', row: structuredClone({ ...row }) }
    for (const name of auditNames(new Unit(state))) for (const line of auditLinesOf(new Unit(state), name)) yield { table: 'audit', row: { ...line } }
    for (const document of contacts()) for (const tag of document.tags ?? []) yield { table: 'tag', row: { contactKey: document.key, tag } }
    for (const document of contacts()) for (const row of inOrder(history(document).deliveries, document.deliveries)) yield { table: 'delivery', row: deliveryRowOf(document, row) }
    for (const kept of anonymous()) for (const row of kept.deliveries) yield { table: 'delivery', row: { ...row } }
    for (const document of contacts()) for (const row of document.consents) yield { table: 'consent', row: { contactKey: document.key, ...row } }
    for (const kept of anonymous()) for (const row of kept.consents) yield { table: 'consent', row: { ...row } }
    for (const document of contacts()) for (const row of document.handovers) yield { table: 'handover', row: { ...row, contactKey: document.key, account: accountOf(document) } }
    for (const kept of anonymous()) for (const row of kept.handovers) yield { table: 'handover', row: { ...row } }
    for (const name of documents.names('outcomes')) for (const row of outcomesOf(documents.read(name))) yield { table: 'outcome', row: { ...row } }
    for (const name of documents.names('unanswered')) for (const row of unansweredOf(documents.read(name))) yield { table: 'unanswered', row: { ...row } }
  }

  const campaigns = () => campaignsIn(new Unit(state))

  function* contacts(): Generator<ContactDocument> {
    for (const key of [...index.keys()]) {
      const document = new Unit(state).contact(key)
      if (document !== null) yield document
    }
  }

  function* anonymous(): Generator<AnonymousDocument> {
    for (const name of documents.names('anonymous')) yield (documents.read(name) as AnonymousDocument | null) ?? noAnonymous
  }

  const history = (document: ContactDocument) => new Unit(state).history(document)

  async function loadRows(rows: AsyncIterable<StoreRow>): Promise<number> {
    if (!isEmpty()) throw new Error('rows are loaded only into an empty store')
    const ownSecret = register.find(CONTACT_KEY_SECRET)
    loading.begin()
    try {
      const count = await loadAll(rows)
      loading.end()
      return count
    } catch (error) {
      await commits.run((unit) => removeEverything(unit, state))
      for (const { name } of register.all()) register.put(name, null)
      register.put(CONTACT_KEY_SECRET, ownSecret)
      loading.end()
      throw error
    }
  }

  function isEmpty(): boolean {
    return index.size === 0 && register.all().every(({ name }) => name === CONTACT_KEY_SECRET)
      && ['anonymous', 'outcomes', 'unanswered', 'campaigns', 'audit'].every((folder) => documents.names(folder).length === 0)
  }

  async function loadAll(rows: AsyncIterable<StoreRow>): Promise<number> {
    const newKeys = new Map<string, string>()
    let count = 0
    let chunk: StoreRow[] = []
    const loadChunk = (): Promise<void> => {
      const some = chunk
      chunk = []
      return commits.run((unit) => some.forEach((row) => loadRow(unit, row, newKeys)))
    }
    for await (const row of rows) {
      count++
      if (row.table === 'entry') loadEntry(row)
      else if (chunk.push(row) >= CHUNK) await loadChunk()
    }
    await loadChunk()
    return count
  }

  function loadEntry({ row }: StoreRow): void {
    const entry = rowSchemas.entry.parse(row)
    register.put(entry.name, entry)
  }

  function loadRow(unit: Unit, { table, row }: StoreRow, newKeys: Map<string, string>): void {
    switch (table) {
      case 'contact': {
        const contact = rowSchemas.contact.parse(row)
        const key = keyOf(contact)
        newKeys.set(contact.contactKey, key)
        return unit.saveContact(contactFrom(key, contact))
      }
      case 'outcome': {
        const { count, ...outcome } = rowSchemas.outcome.parse(row)
        checkOutcome(outcome as Outcome)
        return countOutcome(unit, outcome as Outcome, count)
      }
      case 'unanswered': {
        const unanswered = rowSchemas.unanswered.parse(row)
        return addUnanswered(unit, { ...unanswered, contactKey: newKeys.get(unanswered.contactKey ?? '') ?? null })
      }
      case 'campaign': return void putRecord(unit, rowSchemas.campaign.parse(row) as CampaignRecord)
      case 'plan': {
        const { campaign, ...line } = rowSchemas.plan.parse(row)
        const sameKeys = [...newKeys].every(([before, now]) => before === now)
        const document = campaignOf(unit, campaign)
        // Where the keys are others, their order is too: planning begins again, and leaves the rows that are there.
        return writeCampaign(unit, { ...document, lines: [...document.lines, { id: lineId(line.post, line.account), ...line, after: sameKeys ? line.after : null }] })
      }
      case 'publication': {
        const publication = rowSchemas.publication.parse(row) as PublicationRow
        const document = campaignOf(unit, publication.campaign)
        return writeCampaign(unit, { ...document, publications: [...document.publications, publication] })
      }
      case 'audit': return appendAudit(unit, rowSchemas.audit.parse(row) as AuditLine)
      default: return loadPersonal(unit, { table, row }, newKeys)
    }
  }

  function campaignOf(unit: Unit, id: string): CampaignDocument {
    const document = readCampaign(unit, id)
    if (document === null) throw new Error('a row of a campaign that is not in the copy')
    return document
  }

  /** Rows that name a contact, or named one that is erased. */
  function loadPersonal(unit: Unit, { table, row }: StoreRow, newKeys: Map<string, string>): void {
    const oldKey = typeof row.contactKey === 'string' ? row.contactKey : ''
    const key = newKeys.get(oldKey)
    const document = key === undefined ? null : unit.contact(key)
    if (oldKey !== '' && (key === undefined || document === null)) throw new Error(`a ${table} row of a contact that is not in the copy`)
    const rekeyed: unknown = key === undefined || key === oldKey ? row : JSON.parse(JSON.stringify(row).replaceAll(oldKey, key))
    switch (table) {
      case 'event': {
        const event = rowSchemas.event.parse(rekeyed)
        return document === null
          ? unit.keepAnonymous({ events: [event] }, event.receivedAt)
          : unit.saveContact({ ...document, dueAt: options.now, events: [...document.events, eventFrom(event, unit.nextNumber())] })
      }
      case 'delivery': {
        const delivery = rowSchemas.delivery.parse(rekeyed)
        return document === null
          ? unit.keepAnonymous({ deliveries: [delivery] }, delivery.queuedAt)
          : unit.saveContact({ ...document, deliveries: [...document.deliveries, deliveryFrom(delivery, document.deliveries, unit.nextNumber())] })
      }
      case 'consent': {
        const consent = rowSchemas.consent.parse(rekeyed)
        if (document === null) return unit.keepAnonymous({ consents: [consent] }, consent.at)
        const { contactKey: _, ...rest } = consent
        return unit.saveContact({ ...document, consents: [...document.consents, rest] })
      }
      case 'handover': {
        const handover = rowSchemas.handover.parse(rekeyed)
        if (document === null) return unit.keepAnonymous({ handovers: [handover] }, handover.askedAt)
        const { contactKey: _, account: __, ...rest } = handover
        return unit.saveContact({ ...document, handovers: [...document.handovers, rest] })
      }
      case 'tag': {
        const { tag } = rowSchemas.tag.parse(rekeyed)
        if (document === null) throw new Error('a tag of nobody')
        return unit.saveContact({ ...document, tags: [...(document.tags ?? []), tag] })
      }
      default: throw new Error(`an unknown table: ${table}`)
    }
  }

  return { dumpRows, loadRows }
}

function inOrder<T extends { readonly seq: number }>(older: readonly T[], newer: readonly T[]): T[] {
  return [...older, ...newer].sort((a, b) => a.seq - b.seq)
}

const contactRowOf = ({ key, contact, profile, conversation, version, lastEventAt, farewell }: ContactDocument): Record<string, unknown> =>
  ({ contactKey: key, ...contact, profile, conversation, version, lastEventAt, farewell })

function contactFrom(key: string, row: ContactRow): ContactDocument {
  const { profile, conversation, version, lastEventAt, farewell } = row
  return { ...newContact(key, row, lastEventAt), profile, conversation, version, lastEventAt, farewell }
}

function eventRowOf(document: ContactDocument, row: StoredEvent): Record<string, unknown> {
  const { id, kind, status, sentAt, receivedAt, orderAt, attempts, cause, body } = row
  return { id, contactKey: document.key, account: accountOf(document), kind, status, sentAt, receivedAt, orderAt, attempts, cause, body }
}

function eventFrom(row: EventRow, seq: number): StoredEvent {
  const { contactKey: _, account: __, ...rest } = row
  return { ...rest, seq, endedAt: row.status === 'waiting' ? null : row.receivedAt }
}

/** What is being sent is copied as queued, perhaps sent; `dueAt` only where somebody asked to wait. */
function deliveryRowOf(document: ContactDocument, row: StoredDelivery): Record<string, unknown> {
  const { id, seq: _, waitsSince: __, ...rest } = row
  const status = row.status === 'sending' ? { status: 'queued', maybeSent: true } : {}
  const dueAt = row.status === 'queued' && row.dueAt !== null && row.dueAt > row.queuedAt ? row.dueAt : null
  return { id, contactKey: document.key, account: accountOf(document), ...rest, ...status, dueAt }
}

/** `before`: the contact's earlier ones; a part of a post waits for the part before it. */
function deliveryFrom(row: DeliveryRow, before: readonly StoredDelivery[], seq: number): StoredDelivery {
  const { contactKey: _, account: __, planned, ...others } = row
  const rest = planned === undefined ? others : { ...others, planned }
  const waits = planned !== undefined && before.some((one) => one.planned?.campaign === planned.campaign && one.planned.post === planned.post && !isFinal(one.status))
  const dueAt = row.status === 'queued' && !waits ? (row.dueAt ?? row.queuedAt) : null
  return { ...rest, seq, dueAt, waitsSince: row.dueAt === null ? null : row.queuedAt }
}
