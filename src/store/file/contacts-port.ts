import type { Contact } from '../../core/contact.ts'
import type { EventBody } from '../../core/event.ts'
import type { Millis } from '../../core/time.ts'
import type { ContactExport, Contacts, Handover, Handovers } from '../ports.ts'
import { tellingOf } from '../stored-events.ts'
import { accountOf, replaced, type ContactDocument, type HistoryDocument, type StoredHandover } from './contact-document.ts'
import { eraseContact } from './erasing.ts'
import type { AnonymousDocument } from './erasure.ts'
import type { GroupCommit } from './group-commit.ts'
import { unansweredBy } from './outcomes.ts'
import { Unit, type State } from './unit.ts'

export function contactsPort(state: State, keyOf: (contact: Contact) => string, commits: GroupCommit): Contacts {
  return {
    keyOf,

    findContact: async (key) => {
      const document = new Unit(state).contact(key)
      return document === null || document.farewell ? null : structuredClone({ contact: document.contact, profile: document.profile })
    },

    exportContact: async (key) => {
      const unit = new Unit(state)
      const document = unit.contact(key)
      return document === null || document.farewell ? null : structuredClone(exported(document, unit.history(document), unansweredBy(unit, key)))
    },

    forgetContact: (key, now) => commits.run((unit) => {
      state.index.see(now)
      const document = unit.contact(key)
      if (document === null) return false
      eraseContact(unit, document, now, { farewell: [], tombstone: true })
      return true
    }),
  }
}

function exported(document: ContactDocument, history: HistoryDocument, unanswered: ContactExport['unanswered']): ContactExport {
  return {
    contact: document.contact,
    profile: document.profile,
    conversation: document.conversation,
    events: [...history.events, ...document.events].map((row) => tellingOf(row.kind, row.sentAt, row.body as unknown as EventBody | null)),
    deliveries: [...history.deliveries, ...document.deliveries].map((row) =>
      ({ origin: row.origin, status: row.status, at: row.finishedAt ?? row.queuedAt, text: typeof row.part?.text === 'string' ? row.part.text : null })),
    consents: [...document.consents],
    handovers: document.handovers.map((row) => handoverOf(document, row)),
    unanswered,
    ...(document.tags !== undefined && document.tags.length > 0 && { tags: [...document.tags] }),
  }
}

function handoverOf(document: ContactDocument, row: StoredHandover): Handover {
  return { ...row, marks: [...row.marks], contactKey: document.key, account: accountOf(document) }
}

interface Listed { id: string; key: string; askedAt: Millis; isOpen: boolean; row: AnonymousDocument['handovers'][number] | null }

export function handoversPort(state: State, commits: GroupCommit): Handovers {
  /** Changes an open handover; false when there is none of this id or `change` does nothing. */
  const changeOpen = (id: string, change: (row: StoredHandover) => StoredHandover | null): Promise<boolean> => commits.run((unit) => {
    const document = unit.contact(state.index.handovers.get(id)?.key ?? '')
    const row = document?.handovers.find((one) => one.id === id && one.closedAt === null)
    const after = row && change(row)
    if (!document || !after) return false
    unit.saveContact({ ...document, handovers: replaced(document.handovers, after) })
    return true
  })

  /** Oldest first; `row` is null where it stands with its contact. */
  function listed(which: (handover: { askedAt: Millis; isOpen: boolean }) => boolean): Listed[] {
    const unit = new Unit(state)
    const known = [...state.index.handovers].map(([id, { key, askedAt, open }]) => ({ id, key, askedAt, isOpen: open, row: null }))
    const anonymous = state.documents.names('anonymous').flatMap((name) => unit.read<AnonymousDocument>(name)?.handovers ?? [])
      .map((row) => ({ id: row.id, key: '', askedAt: row.askedAt, isOpen: false, row }))
    return [...known, ...anonymous].filter(which).sort((a, b) => a.askedAt - b.askedAt)
  }
  function found({ id, key, row }: Listed): Handover[] {
    if (row !== null) return [{ ...row, marks: [...row.marks] } as Handover]
    const document = new Unit(state).contact(key)
    return document === null ? [] : document.handovers.filter((one) => one.id === id).map((one) => handoverOf(document, one))
  }

  return {
    listHandovers: async ({ open, limit }) => listed(({ isOpen }) => isOpen || !open).slice(0, limit).flatMap(found),

    handoversAsked: async (from, to) => listed(({ askedAt }) => askedAt >= from && askedAt <= to).flatMap(found),

    markHandover: (id, mark) => changeOpen(id, (row) => (row.marks.includes(mark) ? null : { ...row, marks: [...row.marks, mark] })),

    closeHandover: (id, now) => changeOpen(id, (row) => ({ ...row, closedAt: now })),
  }
}
