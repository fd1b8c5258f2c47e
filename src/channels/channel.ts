import type { ChannelName, Contact } from '../core/contact.ts'
import type { Origin, UnsendableReason } from '../core/delivery.ts'
import type { Message, Part } from '../core/message.ts'
import type { Millis } from '../core/time.ts'

/** One platform to send to, for all our accounts on it. Learn one, read all: `zalo.ts` sends what `zalo-message.ts` makes, and so with the others. */
export interface Channel {
  readonly name: ChannelName
  /** How long after a person's message the platform lets us write for nothing; null: for ever. */
  readonly replyWindow: Millis | null
  /** Pure. Cuts a message into parts within this channel's limits; one part is one platform call. Never empty for a message with content. */
  render(message: Message): Part[]
  /** Why it must not be sent now, by the platform's rules and the contact's wishes; null when it may be. Pure. */
  whyUnsendable(part: Part, context: SendContext): UnsendableReason | null
  /**
   * One platform call, given up after 15 s. `deliveryId` travels along where the platform can carry it, so that its echo
   * settles an unknown send. `context` is what `whyUnsendable` was asked with; without it the part is a reply inside the
   * window. Throws `SendError` and nothing else.
   */
  send(contact: Contact, part: Part, deliveryId: string, context?: SendContext): Promise<Sent>
  /** Shows the person that an answer is being written; absent where the platform has no such sign (Zalo OA). Failures are for nobody. */
  typing?(contact: Contact): Promise<void>
  /** Tells the platform that a tap was seen. Failures are for nobody. */
  acknowledge?(contact: Contact, tapId: string): Promise<void>
}

export interface Sent {
  platformMessageId: string
  /** How much of its limits the platform says that we have used, as a share; absent where it says nothing. */
  used?: number
}

export interface SendContext {
  origin: Origin
  lastInboundAt: Millis | null
  optedOut: boolean
  now: Millis
}
