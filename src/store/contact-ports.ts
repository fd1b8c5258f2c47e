import type { AccountKey, Contact } from '../core/contact.ts'
import type { DeliveryStatus, Origin } from '../core/delivery.ts'
import type { Remembered } from '../core/remembered.ts'
import type { Millis } from '../core/time.ts'

/** What a store keeps about people: who they are, who waits for a person, what they said under our posts. The rules of `ports.ts` hold. */

export interface Contacts {
  /** The key a contact has in this store, whether it is known or not. */
  keyOf(contact: Contact): string
  /** Null when not known (or erased). */
  findContact(contactKey: string): Promise<{ contact: Contact; profile: Profile } | null>
  /** Everything kept about one person, as JSON a person can read; null when nothing is kept. */
  exportContact(contactKey: string): Promise<ContactExport | null>
  /**
   * Removes mapping, words, conversation and queued sends; ledger rows become anonymous, dedupe keys and totals stay.
   * A turn or send under way for the contact then fails by its lost claim. False when there was nothing. Safe to repeat.
   */
  forgetContact(contactKey: string, now: Millis): Promise<boolean>
}

export interface ContactExport {
  contact: Contact
  profile: Profile
  conversation: unknown
  /** `automatic` of a message from the platform's own app: not by a person; absent for other kinds, and once its words are removed. */
  events: { kind: string; sentAt: Millis; text: string | null; automatic?: boolean }[]
  deliveries: { origin: Origin; status: DeliveryStatus; at: Millis; text: string | null }[]
  consents: Consent[]
  handovers: Handover[]
  /** What nobody could answer, masked, oldest first. */
  unanswered: { question: string; at: Millis }[]
  /** What staff tagged them with; absent where nothing. */
  tags?: string[]
}

/** What is kept about a person beside the conversation. */
export interface Profile {
  firstSeenAt: Millis
  lastInboundAt: Millis | null
  optedOut: boolean
  blocked: boolean
  /** Only what the person agreed to (`consents`, purpose `remember`). */
  remembered: Remembered
}

/** Append-only. Silence is not consent. */
export interface Consent {
  purpose: 'answer' | 'announce' | 'model' | 'remember'
  given: boolean
  at: Millis
  /** Which text was shown: the notice's version. */
  notice: string
  eventId: string
}

/** A citizen asked for a person, or was left without an answer. */
export interface Handover {
  /** `<event id>` of the asking. */
  id: string
  contactKey: string
  account: AccountKey
  reason: 'asked' | 'stale' | 'erasure' | 'attachment'
  askedAt: Millis
  firstStaffAnswerAt: Millis | null
  closedAt: Millis | null
  /** What has been said or done about the waiting, so that each happens once. */
  marks: HandoverMark[]
}

/** Staff were told of it, and again when nobody had answered, and of what came after an answer; the person was told that nobody had answered yet, and that the reply window closes. */
export type HandoverMark = 'staff_alerted' | 'staff_reminded' | 'unread_reminded' | 'citizen_told' | 'window_told'

export type HandoverChange =
  /** Nothing when one is open for this contact. */
  | { kind: 'open'; reason: Handover['reason'] }
  /** A person wrote: the open one, if any, gets its first answer. */
  | { kind: 'staff_answered' }
  | { kind: 'close' }

export interface Handovers {
  /** Open ones (or all), oldest first. */
  listHandovers(which: { open: boolean; limit: number }): Promise<Handover[]>
  /** Asked between two moments, both included, open or not, oldest first: for figures of a period. */
  handoversAsked(from: Millis, to: Millis): Promise<Handover[]>
  /** Adds a mark once: false when it is already there or the handover is closed or gone. */
  markHandover(id: string, mark: HandoverMark): Promise<boolean>
  /** False when it is closed already or gone. */
  closeHandover(id: string, now: Millis): Promise<boolean>
}

/** Something said under one of our posts. It goes with the words of events, and with its author's data. */
export interface KeptComment {
  /** Of the event it came with. */
  id: string
  contactKey: string
  account: AccountKey
  sentAt: Millis
  /** The platform's own: the channel reads them. */
  fields: Record<string, string>
}

export interface Comments {
  /** Those whose words are still kept, the last that came in first. */
  listComments(limit: number): Promise<KeptComment[]>
}
