import type { Choice } from '../core/message.ts'
import type { ReplyKey } from '../core/replies.ts'
import type { Remembered } from '../core/remembered.ts'
import type { Millis } from '../core/time.ts'
import { noFlow, type FlowMove, type FlowState } from '../flow/flow.ts'

/** Our state for one contact, saved as JSON after every turn. Holds no words of the citizen but what a flow saves or shows. */
export interface Conversation {
  greeted: boolean
  /** The QR code or link that led in last, as it is counted with every outcome. */
  entry: string | null
  /** How many codes with a place were counted by that place on that day (`YYYY-MM-DD`). */
  places: { day: string; count: number } | null
  flow: FlowState
  /** What a number answers: only the latest list, for 24 hours. */
  list: LatestList | null
  /** The article given last, for follow-ups and for "back". */
  article: { id: string; at: Millis; /** Its steps were given too. */ full?: boolean } | null
  /** When the free question was sent that was last answered or offered choices, and with which articles; its words stay among the events. */
  asked: { at: Millis; articles: string[] } | null
  /** What a yes or no is about. */
  pending: Pending | null
  /** A person has the conversation until then; the bot is silent. */
  pausedUntil: Millis | null
  /** When the citizen asked for a person who has not written yet. */
  waitingSince: Millis | null
  pace: Pace
  /** When the apology for old questions was made, so that a backlog gets one. */
  staleToldAt: Millis | null
  /** When pictures were last answered, so that a burst gets one reply. */
  pictureToldAt: Millis | null
  /** The emergency that was answered last. */
  alarm: { key: ReplyKey; at: Millis } | null
  /** Whether questions may go to the model on that host; null: never asked. The record is among the consents. */
  model: { host: string; given: boolean } | null
  /** How often the model was asked on that day (`YYYY-MM-DD`). */
  modelUse: { day: string; count: number } | null
}

export interface LatestList {
  at: Millis
  items: readonly Choice[]
  /**
   * In place of `items`, where all their titles stand in the flows: titles are nine tenths of a menu, which is written with
   * every message. An older release sees a list without entries.
   */
  payloads?: readonly string[]
  /** A digest of their titles, by which it is seen that staff changed them meanwhile. */
  titles?: string
}

/** A question that waits for its yes or no. */
export type Pending =
  | { kind: 'erase' }
  | { kind: 'remember'; field: keyof Remembered; value: string; then: FlowMove }
  | { kind: 'model'; host: string }

/** How fast this contact writes, and how often in vain. */
export interface Pace {
  minute: number
  count: number
  /** Turns in a row that found nothing to say, since `futileSince`. */
  futile: number
  futileSince: Millis
  /** The one notice before silence was given. */
  told: boolean
  /** Since when futile turns are met with silence; null: they are not. */
  silentFrom: Millis | null
}

export const newConversation: Conversation = {
  greeted: false,
  entry: null,
  places: null,
  flow: noFlow,
  list: null,
  article: null,
  asked: null,
  pending: null,
  pausedUntil: null,
  waitingSince: null,
  pace: { minute: 0, count: 0, futile: 0, futileSince: 0, told: false, silentFrom: null },
  staleToldAt: null,
  pictureToldAt: null,
  alarm: null,
  model: null,
  modelUse: null,
}

/** What is worth saving: `readConversation` fills up what is as it was in the beginning. */
export function savedConversation(conversation: Conversation): Partial<Conversation> {
  const saved: Partial<Record<keyof Conversation, unknown>> = {}
  for (const field of fields) if (conversation[field] !== newConversation[field]) saved[field] = conversation[field]
  return saved as Partial<Conversation>
}

const fields = Object.keys(newConversation) as (keyof Conversation)[]

/** What the store saved, filled up with what was left out or an older version did not know. */
export function readConversation(saved: unknown): Conversation {
  if (saved === null || typeof saved !== 'object') return newConversation
  return { ...newConversation, ...(saved as Partial<Conversation>) }
}
