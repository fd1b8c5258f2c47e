import type { Answer } from '../answer/answerer.ts'
import type { Content } from '../content.ts'
import type { InboundEvent } from '../core/event.ts'
import type { Message } from '../core/message.ts'
import { showDay, vietnamDay, type Millis } from '../core/time.ts'
import type { TurnStatus } from '../core/turn-status.ts'
import type { FlowContext } from '../flow/flow.ts'
import type { ContactExport, Turn } from '../store/ports.ts'
import { calendarText, reviewOf, withList } from './compose.ts'
import { keptList } from './latest-list.ts'
import type { Conversation } from './state.ts'

/** Everything a decision rests on. Nothing else is looked at. */
export interface Situation {
  event: InboundEvent
  conversation: Conversation
  content: Content
  now: Millis
  settings: TurnSettings
}

export interface TurnSettings {
  handoverPause: Millis
  staleAfter: Millis
  /** 0: no limit. */
  floodPerMinute: number
  /** Where `/privacy` is read; null when the server has no public address. */
  privacyUrl: string | null
  /** Where citizens reach `/muc/<id>`; null where `PUBLIC_URL` is not set. */
  publicUrl: string | null
  /** The host of the model when a question goes there only with the person's consent; null or absent where none is needed. */
  modelHost?: string | null
  /** How long the words of a message are kept. */
  retention: { eventText: Millis }
}

/** What one event comes to, before it is given ids and parts. */
export interface Draft {
  conversation: Conversation
  /** In order. At most the last one with choices offers them. */
  messages: Message[]
  status: TurnStatus
  article?: string
  handedOver?: boolean
  helpful?: 'yes' | 'no'
  /** The rest goes to the store as it is. */
  changes?: Pick<Turn, 'cancelReplies' | 'profile' | 'consents' | 'handover' | 'unanswered' | 'erase'>
}

/** Either the turn itself, or what must be looked up first. */
export type Decision =
  | { kind: 'turn'; draft: Draft }
  | { kind: 'question'; question: string; lastArticle: string | null; resume: (answer: Answer) => Draft }
  | { kind: 'export'; resume: (kept: ContactExport | null) => Draft }

export const turn = (draft: Draft): Decision => ({ kind: 'turn', draft })

/** The same decision with its draft changed, now or once it is there. */
export function mapDraft(decision: Decision, change: (draft: Draft) => Draft): Decision {
  if (decision.kind === 'turn') return turn(change(decision.draft))
  if (decision.kind === 'export') return { ...decision, resume: (kept: ContactExport | null) => change(decision.resume(kept)) }
  return { ...decision, resume: (answer: Answer) => change(decision.resume(answer)) }
}

/** Nothing to say. */
export const silence = (situation: Situation, status: TurnStatus, conversation = situation.conversation): Draft =>
  ({ conversation, messages: [], status })

export function flowContext(situation: Situation, text: string): FlowContext {
  const { content, now } = situation
  const day = vietnamDay(now)
  return {
    text,
    province: content.province.values,
    today: showDay(day),
    review: (articles) => reviewOf(content, articles, day),
    calendar: (campaign) => calendarText(content, campaign, day),
    moreTitle: content.replies.more_title,
    firstPageTitle: content.replies.first_page_title,
  }
}

/** Numbers the last list, remembers it as the one that numbers answer, and drops the choices of earlier messages. */
export function finish(situation: Situation, draft: Draft): Draft {
  const last = draft.messages.findLastIndex((message) => (message.choices?.length ?? 0) > 0)
  if (last === -1) return draft
  const messages = draft.messages.map((message, index) => {
    if (index === last) return withList(situation.content, message)
    const { choices: _, ...rest } = message
    return rest
  })
  const list = { at: situation.now, ...keptList(situation.content, draft.messages[last]!.choices!) }
  return { ...draft, messages, conversation: { ...draft.conversation, list } }
}
