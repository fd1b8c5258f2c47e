import type { AccountKey, Contact } from './contact.ts'
import type { Part } from './message.ts'
import type { Millis } from './time.ts'

/** Who wants it sent. Replies go before staff messages, those before campaigns. */
export type Origin = 'reply' | 'staff' | 'campaign'

/** One part to one contact. */
export interface Delivery {
  /** `<event id>#<n>` for replies, `<campaign>/<post>:<contact key>#<n>` for campaigns: made, so a retry cannot double. */
  id: string
  contactKey: string
  account: AccountKey
  origin: Origin
  part: Part
  /** When the question was asked that this answers; null for what answers nothing. Decides "late" and "too late". */
  questionAt: Millis | null
  /** The platform's id of that question, to quote it in a late answer. */
  questionMessageId?: string
}

export type DeliveryStatus = 'queued' | 'sending' | 'sent' | 'failed' | 'uncertain' | 'skipped'

/** "Cannot be sent" is an answer with a reason, not a failure. */
export type UnsendableReason =
  | 'opted_out' | 'outside_reply_window' | 'night_hours' | 'blocked' | 'quota' | 'daily_cap' | 'too_late' | 'unsupported_content'
  /** A person answered first; the contact was erased; the account may not send. */
  | 'staff_answered' | 'erased' | 'account_stopped'

/** How one platform call ended, other than well. Channels choose the kind; `delivery/retry.ts` acts on it. */
export type SendOutcome =
  /** The account must wait; `retryAfter` in milliseconds where the platform said how long. `perhapsOneChat`: it may be this contact alone that was written to too fast. */
  | { kind: 'throttled'; retryAfter?: Millis; perhapsOneChat?: true }
  /** The platform or the way to it is down, and this message surely did not go out. */
  | { kind: 'unavailable' }
  /** Nothing of this account can go out until a person acts: token, permission, package, money. */
  | { kind: 'bad_configuration'; needs: 'consent' | 'permission' | 'money' | 'blocked' }
  /** This person cannot be reached: blocked us, left, window closed by the platform's clock. */
  | { kind: 'contact_gone'; reason: 'blocked' | 'outside_reply_window' | 'opted_out' | 'daily_cap' }
  /** This content will never be accepted as it is. `againstRules`: the platform says that it breaks its rules, so that nobody else may get it either. */
  | { kind: 'rejected'; againstRules?: true }
  /** Not now for everyone: quota used up or a night rule. */
  | { kind: 'not_now'; reason: 'quota' | 'night_hours'; retryAt?: Millis }
  /** No answer came: it may have gone out or not. */
  | { kind: 'uncertain' }

/**
 * Whether the account is well, and lacks only what this kind of call needs beside: a permission, its package, money. A dead token
 * or a block concerns everything it sends.
 */
export const lacksForThis = (outcome: SendOutcome): boolean => outcome.kind === 'bad_configuration' && (outcome.needs === 'permission' || outcome.needs === 'money')

/**
 * The only thing a channel's `send` throws. `code` is the platform's own (`-216`, `10/2018278`, `429`), stable and
 * safe to show; there is never a citizen's word, a platform id or a secret in it. `trace`: what the platform's own people
 * find the call by, for the log; null where it gives none.
 */
export class SendError extends Error {
  readonly outcome: SendOutcome
  readonly code: string
  readonly trace: string | null
  constructor(outcome: SendOutcome, code: string, trace: string | null = null) {
    super(`${outcome.kind} (${code})`)
    this.name = 'SendError'
    this.outcome = outcome
    this.code = code
    this.trace = trace
  }
}

/** What the store hands to whoever sends: a delivery with what must be known at the moment of sending. */
export interface ClaimedDelivery extends Delivery {
  contact: Contact
  claim: string
  /** 1 on the first try. */
  attempt: number
  /** An earlier try may have gone out: its process died between "sending" and "noted", or the platform did not answer. */
  maybeSent: boolean
  lastInboundAt: Millis | null
  optedOut: boolean
  blocked: boolean
}
