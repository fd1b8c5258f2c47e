import { decide } from '../../src/conversation/decide.ts'
import { newConversation, type Conversation } from '../../src/conversation/state.ts'
import type { Draft, TurnSettings } from '../../src/conversation/turn.ts'
import type { Content } from '../../src/content.ts'
import type { Answer } from '../../src/answer/answerer.ts'
import type { EventBody, InboundEvent } from '../../src/core/event.ts'
import { DAY, HOUR, MINUTE, vietnamMoment } from '../../src/core/time.ts'

/** Monday, 9 o'clock in Viet Nam: the office is open. */
export const monday9 = vietnamMoment('2026-11-23', 9 * 60)

export const settings: TurnSettings = {
  handoverPause: 240 * MINUTE, staleAfter: 2 * HOUR, floodPerMinute: 60, privacyUrl: 'https://tinh.example/privacy', publicUrl: 'https://tinh.example', retention: { eventText: 7 * DAY },
}

/** One contact talked to decision by decision, without a store: what `decide` says, saved and read again as JSON. */
export class Dialogue {
  conversation: Conversation
  now: number
  #serial = 0
  /** What staff change while somebody is in the middle of it. */
  content: Content
  readonly #settings: TurnSettings
  constructor(content: Content, given: { greeted?: boolean; now?: number; settings?: Partial<TurnSettings> } = {}) {
    this.content = content
    this.#settings = { ...settings, ...given.settings }
    this.now = given.now ?? monday9
    this.conversation = { ...newConversation, greeted: given.greeted ?? true }
  }

  /** Handles one event; `sentAt` before now makes it late. */
  on(body: EventBody & Pick<InboundEvent, 'entry'>, sentAt = this.now): Draft {
    const event: InboundEvent = {
      id: `zalo:oa:${body.kind}:${++this.#serial}`, contact: { channel: 'zalo', accountId: 'oa', userId: 'u' },
      sentAt, receivedAt: this.now, orderAt: sentAt, messageId: `m${this.#serial}`, ...body,
    }
    const decision = decide({ event, conversation: this.conversation, content: this.content, now: this.now, settings: this.#settings })
    const draft = decision.kind === 'turn' ? decision.draft
      : decision.kind === 'export' ? decision.resume(null)
        : decision.resume(this.content.answerer.answer(decision.question, { now: this.now, lastArticle: decision.lastArticle }) as Answer)
    this.conversation = JSON.parse(JSON.stringify(draft.conversation)) as Conversation
    return draft
  }

  says(text: string, sentAt?: number): Draft {
    return this.on({ kind: 'text', text }, sentAt)
  }

  /** What was said, one text per message. */
  hears(text: string, sentAt?: number): string[] {
    return this.says(text, sentAt).messages.map((message) => message.text)
  }

  taps(payload: string): Draft {
    return this.on({ kind: 'tap', payload })
  }
}
