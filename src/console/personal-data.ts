import type { FiguresReader } from '../campaign/asked-read.ts'
import { openHandovers } from '../conversation/open-handovers.ts'
import { DAY, vietnamDay, type Clock, type Millis } from '../core/time.ts'
import type { ContactExport, Handover, Register, Store } from '../store/ports.ts'
import type { AccessLog } from './access-log.ts'
import { shortKey } from './show.ts'
import type { StaffAccount } from './staff.ts'
import { afterWorkingDays } from './working-days.ts'

/** Requests of people about their own data (Law 91/2025): a register with due dates, and what is done about each. */

export const requestKinds = ['access', 'correct', 'erase', 'withdraw', 'restrict'] as const
export type RequestKind = (typeof requestKinds)[number]
export const requestWays = ['chat', 'phone', 'paper', 'person'] as const
export type RequestWay = (typeof requestWays)[number]

/** A request is answered within so many working days (Decree 356/2025). */
export const answerWithinDays = 2

export interface DataRequest {
  id: string
  kind: RequestKind
  way: RequestWay
  receivedAt: Millis
  dueAt: Millis
  /** Whose data; null while nobody knows, and once they are erased. */
  contactKey: string | null
  /** The beginning of the key, kept when the data are gone; empty while nobody knows. */
  shortKey: string
  /** Where the request itself is kept, without personal data: `công văn đến số 12`. */
  note: string
  notedBy: string
  exportedAt: Millis | null
  erasedAt: Millis | null
  /** Null: still to be answered. */
  closed: { at: Millis; by: string; outcome: string } | null
}

/** What there is about a person, without a word of theirs. */
export interface KeptAbout { account: `${string}:${string}`; firstSeenAt: Millis; events: number; deliveries: number; consents: number; handovers: number; questions: number }

export interface RequestsSeen {
  open: DataRequest[]
  /** The last ones first. */
  closed: DataRequest[]
  /** Requests that citizens made in the conversation and a person has to see to. */
  inChat: { handover: Handover; dueAt: Millis }[]
  /** How many people erased their data themselves in the last 30 days. */
  erasedAlone: number
}

export type PersonalData = ReturnType<typeof createPersonalData>

const prefix = 'data-request:'
const mostClosed = 100
export const isContactKey = (text: string): boolean => /^[\w-]{22}$/.test(text)

type Ports = {
  store: Pick<Store, 'exportContact' | 'forgetContact' | 'listHandovers' | 'handoversAsked' | 'readEntry' | 'writeEntry' | 'listEntries'>
  figures: FiguresReader
  log: AccessLog
  /** Days on which nobody works, `YYYY-MM-DD`. */
  holidays: () => readonly string[]
  newId: () => string
  now: Clock
}

export function createPersonalData({ store, figures, log, holidays, newId, now }: Ports) {
  const find = async (id: string): Promise<{ request: DataRequest; version: number } | null> => {
    const entry = /^[\w-]{1,64}$/.test(id) ? await store.readEntry(prefix + id) : null
    return entry === null ? null : { request: JSON.parse(entry.value) as DataRequest, version: entry.version }
  }

  async function change(id: string, what: (request: DataRequest) => DataRequest): Promise<DataRequest | null> {
    for (;;) {
      const found = await find(id)
      if (found === null) return null
      const next = what(found.request)
      if (await store.writeEntry(prefix + id, JSON.stringify(next), found.version)) return next
    }
  }

  const keptAbout = async (contactKey: string): Promise<KeptAbout | null> => {
    const kept = await store.exportContact(contactKey)
    return kept === null ? null : {
      account: `${kept.contact.channel}:${kept.contact.accountId}`, firstSeenAt: kept.profile.firstSeenAt, events: kept.events.length, deliveries: kept.deliveries.length,
      consents: kept.consents.length, handovers: kept.handovers.length, questions: kept.unanswered.length,
    }
  }

  return {
    async list(): Promise<RequestsSeen> {
      const [requests, waiting, { byStatus }] = await Promise.all([readRequests(store), openHandovers(store, now()), figures({ from: vietnamDay(now() - 30 * DAY), to: vietnamDay(now()) }, now())])
      return {
        open: requests.filter(({ closed }) => closed === null).sort((a, b) => a.dueAt - b.dueAt),
        closed: requests.filter(({ closed }) => closed !== null).sort((a, b) => b.closed!.at - a.closed!.at).slice(0, mostClosed),
        inChat: waiting.filter(({ reason }) => reason === 'erasure').map((handover) => ({ handover, dueAt: afterWorkingDays(handover.askedAt, answerWithinDays, holidays()) })),
        erasedAlone: byStatus.get('erased') ?? 0,
      }
    },

    find: async (id: string): Promise<DataRequest | null> => (await find(id))?.request ?? null,
    keptAbout,

    async note(by: StaffAccount, given: Pick<DataRequest, 'kind' | 'way' | 'receivedAt' | 'contactKey' | 'note'>): Promise<string> {
      const id = newId().slice(0, 12)
      const request: DataRequest = {
        ...given, id, shortKey: given.contactKey === null ? '' : shortKey(given.contactKey), notedBy: by.name, dueAt: afterWorkingDays(given.receivedAt, answerWithinDays, holidays()),
        exportedAt: null, erasedAt: null, closed: null,
      }
      await log.append({ at: now(), who: by.name, action: 'data_request_noted', about: given.contactKey ?? id, count: null, reason: given.note })
      await store.writeEntry(prefix + id, JSON.stringify(request), 0)
      return id
    },

    /** Whose data a request is about, once somebody knows. False when it is known already. */
    async nameContact(id: string, contactKey: string): Promise<boolean> {
      const request = await change(id, (one) => (one.contactKey === null && one.erasedAt === null ? { ...one, contactKey, shortKey: shortKey(contactKey) } : one))
      return request?.contactKey === contactKey
    },

    /** Everything kept about the person, for that person; logged first. Null when nothing is kept, or nobody knows whose request it is. */
    async export(by: StaffAccount, id: string, why: string): Promise<ContactExport | null> {
      const request = (await find(id))?.request ?? null
      const kept = request?.contactKey == null ? null : await store.exportContact(request.contactKey)
      if (request?.contactKey == null || kept === null) return null
      await log.append({ at: now(), who: by.name, action: 'contact_exported', about: request.contactKey, count: kept.events.length + kept.deliveries.length, reason: why })
      await change(id, (one) => ({ ...one, exportedAt: now() }))
      return kept
    },

    /** Removes everything kept about the person; logged first. False when there was nothing (any more). The request is closed with it. */
    async erase(by: StaffAccount, id: string, why: string): Promise<boolean> {
      const request = (await find(id))?.request ?? null
      if (request?.contactKey == null) return false
      const { contactKey } = request
      const about = await keptAbout(contactKey)
      await log.append({ at: now(), who: by.name, action: 'contact_erased', about: contactKey, count: about === null ? 0 : about.events + about.deliveries, reason: why })
      const gone = await store.forgetContact(contactKey, now())
      await drop(store, `case:${contactKey}`)
      await change(id, (one) => ({ ...one, contactKey: null, erasedAt: now(), closed: { at: now(), by: by.name, outcome: 'Đã xóa dữ liệu' } }))
      return gone
    },

    /** Answered. False when it is closed already. */
    async close(by: StaffAccount, id: string, outcome: string): Promise<boolean> {
      const before = (await find(id))?.request ?? null
      if (before === null || before.closed !== null) return false
      await log.append({ at: now(), who: by.name, action: 'data_request_closed', about: before.contactKey ?? id, count: null, reason: outcome })
      await change(id, (one) => (one.closed === null ? { ...one, closed: { at: now(), by: by.name, outcome } } : one))
      return true
    },
  }
}

/** All requests, open and closed. */
export const readRequests = async (register: Pick<Register, 'listEntries'>): Promise<DataRequest[]> => (await register.listEntries(prefix)).map(({ value }) => JSON.parse(value) as DataRequest)

async function drop(register: Pick<Register, 'readEntry' | 'writeEntry'>, name: string): Promise<void> {
  const entry = await register.readEntry(name)
  if (entry !== null) await register.writeEntry(name, null, entry.version)
}
