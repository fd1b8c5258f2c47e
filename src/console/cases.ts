import type { Channel } from '../channels/channel.ts'
import { openHandoverOf, openHandovers } from '../conversation/open-handovers.ts'
import { lastOutsideAnswer, lastStaffAnswer } from '../conversation/staff-answers.ts'
import type { ChannelName } from '../core/contact.ts'
import type { InboundEvent } from '../core/event.ts'
import { SECOND, type Clock, type Millis } from '../core/time.ts'
import type { ContactExport, Handover, Store } from '../store/ports.ts'
import { oneReading, type AccessAction, type AccessLog } from './access-log.ts'
import { replyRoom, type ReplyRoom } from './reply-room.ts'
import { staffKey, type StaffAccount } from './staff.ts'

/** Citizens who wait for a person, and the officer who has taken one of them. */

/** Stands in the register under `case:<contact key>`: one officer has this citizen. */
export interface Hold {
  by: string
  at: Millis
  /** When the holder last sent something; null: not yet. */
  answeredAt: Millis | null
  /** When reading was last written into the log. */
  readAt: Millis | null
}

export interface Case {
  contactKey: string
  /** Null: closed meanwhile, and the officer still has the conversation. */
  handover: Handover | null
  account: Handover['account']
  since: Millis
  hold: Hold | null
  room: ReplyRoom
  /** The citizen wrote after the last answer of a person. */
  isUnread: boolean
  /** When the citizen last wrote; 0: nobody knows. */
  heardAt: Millis
}

export type Claiming = { done: true } | { done: false; heldBy: string }
/** `lost`: somebody else has it. `overtaken`: a colleague answered elsewhere since the page was shown. `gone`: nobody can be written to. */
export type Answering = 'sent' | 'lost' | 'overtaken' | 'closed_window' | 'gone'
/** `unread`: the citizen wrote something that the page did not show yet. */
export type Closing = 'closed' | 'lost' | 'unread'

export interface CasesPorts {
  store: Store
  channels: Partial<Record<ChannelName, Channel>>
  record: (events: readonly InboundEvent[]) => Promise<void>
  log: AccessLog
  /** How long the assistant is silent after a person wrote: so long a hold lasts without an answer. */
  pause: Millis
  now: Clock
}

/** A page shows no more of those who asked last, beside the oldest. */
const mostLatest = 500

export type Cases = ReturnType<typeof createCases>

/** Whether the citizen wrote after this answer. Some platforms tell whole seconds: within the same one, rather once too often than not at all. */
const isUnread = (heardAt: Millis, answeredAt: Millis): boolean => heardAt >= Math.floor(answeredAt / SECOND) * SECOND

const isHolder = (hold: Hold, staff: StaffAccount): boolean => staffKey(hold.by) === staffKey(staff.name)

export function createCases({ store, channels, record, log, pause, now }: CasesPorts) {
  const entryName = (contactKey: string): string => `case:${contactKey}`
  const isLapsed = (hold: Hold): boolean => now() - Math.max(hold.at, hold.answeredAt ?? 0) >= pause

  /** `version` 0 where there is no entry. A hold that has lapsed counts as none, and may be written over. */
  async function readHold(contactKey: string): Promise<{ hold: Hold | null; version: number }> {
    const entry = await store.readEntry(entryName(contactKey))
    if (entry === null) return { hold: null, version: 0 }
    const hold = JSON.parse(entry.value) as Hold
    return { hold: isLapsed(hold) ? null : hold, version: entry.version }
  }
  const writeHold = (contactKey: string, hold: Hold | null, version: number): Promise<boolean> =>
    store.writeEntry(entryName(contactKey), hold === null ? null : JSON.stringify(hold), version)

  const note = (staff: StaffAccount, action: AccessAction, contactKey: string, count: number | null = null, reason = ''): Promise<void> =>
    log.append({ at: now(), who: staff.name, action, about: contactKey, count, reason })

  async function caseOf(contactKey: string, handover: Handover | null, hold: Hold | null): Promise<Case | null> {
    const known = await store.findContact(contactKey)
    if (known === null) return null
    const { contact, profile } = known
    const account = handover?.account ?? (`${contact.channel}:${contact.accountId}` as const)
    const heardAt = profile.lastInboundAt ?? 0
    const answeredAt = Math.max(handover?.firstStaffAnswerAt ?? 0, hold?.answeredAt ?? 0)
    return {
      contactKey, handover, account, hold,
      since: handover?.askedAt ?? hold?.at ?? now(),
      room: replyRoom(channels[contact.channel], profile, now()),
      heardAt,
      isUnread: isUnread(heardAt, answeredAt) && (answeredAt === 0 || isUnread(heardAt, Math.max(answeredAt, await lastAnswerTo(contactKey)))),
    }
  }

  /** Where the first answer says nothing any more: all of them are looked through. */
  async function lastAnswerTo(contactKey: string): Promise<Millis> {
    const kept = await store.exportContact(contactKey)
    return kept === null ? 0 : lastStaffAnswer(kept)
  }

  /** The event that gives the conversation to people or back to the assistant. */
  async function moveThread(contactKey: string, owner: 'us' | 'others', settled: boolean): Promise<void> {
    const known = await store.findContact(contactKey)
    if (known === null) return
    const at = now()
    await record([{
      id: `console:${contactKey}:${owner}:${at}`, contact: known.contact, sentAt: at, receivedAt: at, orderAt: at, kind: 'thread_control', owner,
      ...(settled ? { settled: true as const } : {}),
    }])
  }

  /** What the officer holds; null when somebody else or nobody does. */
  async function ownHold(contactKey: string, staff: StaffAccount): Promise<{ hold: Hold; version: number } | null> {
    const { hold, version } = await readHold(contactKey)
    return hold !== null && isHolder(hold, staff) ? { hold, version } : null
  }

  /** Changes the officer's hold as long as it is theirs; false once it is not. Whoever takes it over in that moment wins. */
  async function changeOwn(contactKey: string, staff: StaffAccount, change: (hold: Hold) => Hold | null): Promise<boolean> {
    for (;;) {
      const own = await ownHold(contactKey, staff)
      if (own === null) return false
      if (await writeHold(contactKey, change(own.hold), own.version)) return true
    }
  }

  async function drop(contactKey: string, staff: StaffAccount, action: 'case_released' | 'case_closed'): Promise<boolean> {
    const dropped = await changeOwn(contactKey, staff, () => null)
    if (dropped) await note(staff, action, contactKey)
    return dropped
  }

  return {
    /** Everybody who waits or is being answered, whoever can be answered for the shortest time first. */
    async list(): Promise<Case[]> {
      const [handovers, entries] = await Promise.all([openHandovers(store, now(), mostLatest), store.listEntries('case:')])
      const holds = new Map(entries.map(({ name, value, version }) => [name.slice('case:'.length), { hold: JSON.parse(value) as Hold, version }]))
      const waiting = new Map(handovers.map((handover) => [handover.contactKey, handover]))
      for (const [key, { hold, version }] of holds) {
        if (!isLapsed(hold)) continue
        holds.delete(key)
        if (!waiting.has(key)) await writeHold(key, null, version)
      }
      const keys = new Set([...waiting.keys(), ...holds.keys()])
      const cases = await Promise.all([...keys].map((key) => caseOf(key, waiting.get(key) ?? null, holds.get(key)?.hold ?? null)))
      return cases.filter((found) => found !== null).sort((a, b) => (a.room.until ?? Infinity) - (b.room.until ?? Infinity) || a.since - b.since)
    },

    /** Null when nobody waits under this key and nobody holds it. */
    async find(contactKey: string): Promise<Case | null> {
      const [handover, { hold }] = await Promise.all([openHandoverOf(store, contactKey), readHold(contactKey)])
      return handover === null && hold === null ? null : caseOf(contactKey, handover, hold)
    },

    /** Takes it, and the assistant falls silent. `takeOver` is the reason for taking it from a colleague; null: only if it is free. */
    async claim(contactKey: string, staff: StaffAccount, takeOver: string | null): Promise<Claiming> {
      const { hold, version } = await readHold(contactKey)
      if (hold !== null && isHolder(hold, staff)) return { done: true }
      if (hold !== null && takeOver === null) return { done: false, heldBy: hold.by }
      const taken: Hold = { by: staff.name, at: now(), answeredAt: hold?.answeredAt ?? null, readAt: null }
      if (!(await writeHold(contactKey, taken, version))) return { done: false, heldBy: (await readHold(contactKey)).hold?.by ?? 'đồng nghiệp' }
      await note(staff, hold === null ? 'case_claimed' : 'case_taken_over', contactKey, null, takeOver ?? '')
      await moveThread(contactKey, 'others', false)
      return { done: true }
    },

    /** The conversation, for its holder only; written into the log first. Null for anybody else, or when it is erased. */
    async read(contactKey: string, staff: StaffAccount): Promise<ContactExport | null> {
      const own = await ownHold(contactKey, staff)
      if (own === null) return null
      const kept = await store.exportContact(contactKey)
      if (kept === null) return null
      if (own.hold.readAt === null || now() - own.hold.readAt >= oneReading) {
        await note(staff, 'conversation_read', contactKey, kept.events.length + kept.deliveries.length)
        await changeOwn(contactKey, staff, (hold) => ({ ...hold, readAt: now() }))
      }
      return kept
    },

    /** `once` makes pressing twice one answer. `seenAnswer`: the last answer in the platform's own app that the page showed. */
    async answer(contactKey: string, staff: StaffAccount, says: { text: string } | { article: string }, { once, seenAnswer }: { once: string; seenAnswer: Millis }): Promise<Answering> {
      const own = await ownHold(contactKey, staff)
      if (own === null) return 'lost'
      const known = await store.exportContact(contactKey)
      if (known === null) return 'gone'
      if (!replyRoom(channels[known.contact.channel], known.profile, now()).isOpen) return 'closed_window'
      if (lastOutsideAnswer(known) > seenAnswer) return 'overtaken'
      const at = now()
      if (!(await changeOwn(contactKey, staff, (hold) => ({ ...hold, answeredAt: at })))) return 'lost'
      await note(staff, 'answer_sent', contactKey, 1)
      await record([{ id: `console:${contactKey}:answer:${once}`, contact: known.contact, sentAt: at, receivedAt: at, orderAt: at, kind: 'staff_reply', says }])
      return 'sent'
    },

    /** Back into the queue for a colleague; the assistant answers meanwhile. False for anybody but the holder. */
    async release(contactKey: string, staff: StaffAccount): Promise<boolean> {
      if (!(await drop(contactKey, staff, 'case_released'))) return false
      await moveThread(contactKey, 'us', false)
      return true
    },

    /** Done: nobody waits any more, the assistant answers again. `lost` for anybody but the holder. `seenAt`: when the citizen last wrote, as the page showed it. */
    async close(contactKey: string, staff: StaffAccount, seenAt: Millis): Promise<Closing> {
      const kept = await store.exportContact(contactKey)
      if ((kept?.profile.lastInboundAt ?? 0) > seenAt) return 'unread'
      if (!(await drop(contactKey, staff, 'case_closed'))) return 'lost'
      const open = kept?.handovers.find(({ closedAt }) => closedAt === null)
      if (open !== undefined) await store.closeHandover(open.id, now())
      await moveThread(contactKey, 'us', true)
      return 'closed'
    },
  }
}
