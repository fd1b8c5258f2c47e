import type { AccountKey, Contact } from './contact.ts'
import type { Millis } from './time.ts'

/** Something a platform told us about one contact, in our words. */
export type InboundEvent = EventHead & EventBody

export interface EventHead {
  /** Made from what the platform gave, never drawn, so that a repeat is the same id: `<channel>:<account>:<kind>:<native id>`. */
  id: string
  contact: Contact
  /** When the person did it, by the platform's clock; `receivedAt` where the platform gives no time or one in the future. */
  sentAt: Millis
  receivedAt: Millis
  /** Waiting events of one contact are handled by this, ties by arrival. Platforms with coarse clocks set it to `receivedAt`. */
  orderAt: Millis
  /** The platform's id of the message, where there is one: what a quoting reply names. */
  messageId?: string
  /** The ref of the link or advertisement that led here, where it came along with the person's own words. `start` has one of its own. */
  entry?: string
}

export type EventBody =
  | { kind: 'text'; text: string; quotedMessageId?: string }
  /** A button, quick reply or callback. `tapId` must be acknowledged to the platform at once. */
  | { kind: 'tap'; payload: string; tapId?: string }
  /** Get Started, m.me?ref=, /start x, the first press on "Nhắn tin". `ref` says which QR code or link led here; null when none. */
  | { kind: 'start'; ref: string | null }
  | { kind: 'attachment'; mediaType: MediaType; url?: string; caption?: string }
  | { kind: 'location' }
  | { kind: 'follow' }
  /** Unfollowed or blocked us: nothing can be sent any more. */
  | { kind: 'unfollow' }
  /** The platform passes on a demand to delete what is kept about this person (Zalo `user_withdraw`). */
  | { kind: 'erasure_request' }
  /** Opens the reply window and nothing else: a reaction, a thread handed back. Never starts a turn. */
  | { kind: 'interaction' }
  /** Written in the platform's own app. `automatic`: by a machine of the platform or another app, not a person. */
  | { kind: 'staff_message'; platformMessageId: string; automatic: boolean }
  /** Our own send came back: settles a delivery whose outcome was unknown. */
  | { kind: 'echo'; deliveryId: string; platformMessageId: string }
  | { kind: 'receipt'; platformMessageIds?: string[]; readUpTo?: Millis; status: 'delivered' | 'read' | 'failed' }
  | { kind: 'submitted_info'; fields: Record<string, string> }
  /** Another app or the inbox holds the thread (`standby`), or gave it back. */
  | { kind: 'thread_control'; owner: 'us' | 'others'; /** The citizen waits for nobody any more. */ settled?: true }
  /** Recorded for later use, no turn: a comment under one of our posts. `fields` are the platform's own. */
  | { kind: 'comment'; fields: Record<string, string> }
  /** The author took a comment away, or changed it to `words` (null: away): other words kept of it go. `commentId`: the platform's, among its `fields`. Leaves no row of its own. */
  | { kind: 'comment_removed'; commentId: string; words: string | null }
  /** Ours, not a platform's: a reply could not go out in time (see delivery), or a citizen waits for a person too long. */
  | { kind: 'overdue'; deliveryId: string }
  | { kind: 'reminder'; handoverId: string; what: 'no_answer_yet' | 'window_closing' }
  /** Ours: an officer answers on our own pages. Counts as a person's message and goes out in order, once. */
  | { kind: 'staff_reply'; says: { text: string } | { article: string } }

export type EventKind = EventBody['kind']

export type MediaType = 'image' | 'audio' | 'video' | 'file' | 'sticker' | 'link' | 'contact_card' | 'other'

/** Kinds that wait in the inbox for a turn; the others only settle or mark something when recorded. */
const kindsWithTurn: ReadonlySet<EventKind> = new Set<EventKind>([
  'text', 'tap', 'start', 'attachment', 'location', 'follow', 'unfollow', 'erasure_request',
  'staff_message', 'submitted_info', 'thread_control', 'overdue', 'reminder', 'staff_reply',
])
export const needsTurn = (event: InboundEvent): boolean =>
  kindsWithTurn.has(event.kind) && !(event.kind === 'staff_message' && event.automatic)

/** Kinds by which the citizen opens the reply window. */
const kindsByCitizen: ReadonlySet<EventKind> = new Set<EventKind>([
  'text', 'tap', 'start', 'attachment', 'location', 'follow', 'interaction', 'submitted_info',
])
export const isByCitizen = (kind: EventKind): boolean => kindsByCitizen.has(kind)

/** Something a platform told us about an account, without a contact. */
export interface AccountEvent {
  account: AccountKey
  at: Millis
  kind: 'token_revoked' | 'policy_warning' | 'policy_block' | 'policy_unblock' | 'quota_changed' | 'template_changed'
  /** The platform's own words, for the operator: no citizen's words are ever in it. */
  detail: string
}
