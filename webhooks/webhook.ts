import type { ChannelName } from '../src/core/contact.ts'
import type { AccountEvent, InboundEvent } from '../src/core/event.ts'
import type { Millis } from '../src/core/time.ts'
import type { Glance } from './json.ts'

/** One platform that writes to us. `verify` sees the raw bytes before anything else does. */
export interface Webhook {
  readonly channel: ChannelName
  /** The most bytes a body may have. */
  readonly bodyLimit: number
  /** Where the platform puts its proof. */
  readonly proofHeader: string
  /**
   * Whether the bytes come from the platform, and for which of our accounts where that is known from the proof itself
   * (null: the body tells). False without a secret, with a bad one, or with none sent. Constant time.
   * `sent`: the value of `proofHeader`, null where there was none. `addressedTo` is the account named in the address (`/webhooks/telegram/7000000001`): then only its secrets count.
   */
  verify(rawBody: Uint8Array, sent: string | null, addressedTo?: string): Verification
  /**
   * Pure and total: never throws, whatever the JSON. Every kind it does not know is counted under its name in `ignored`.
   * `payload` must come from `readJson`, which keeps ids that `JSON.parse` would round.
   */
  parse(payload: unknown, context: ParseContext): Parsed
  /** The platform's question when its webhook is set up: the text to answer, or null to refuse. */
  handshake?(query: URLSearchParams): string | null
}

/**
 * `unreadable`: the proof itself cannot be checked because the bytes are not what it needs (Zalo signs a field inside). `glance`: what had
 * to be read for it.
 */
export type Verification = { ok: true; accountId: string | null; glance?: Glance } | { ok: false; unreadable?: true }

export interface ParseContext {
  receivedAt: Millis
  /** What `verify` found. */
  accountId: string | null
}

export interface Parsed {
  events: InboundEvent[]
  accountEvents: AccountEvent[]
  /** How many of each kind were left, by name: `user_call_oa`, `another_account`, `group_chat`, `unknown_shape` … */
  ignored: Record<string, number>
}
