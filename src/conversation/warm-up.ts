import type { Content } from '../content.ts'
import type { InboundEvent } from '../core/event.ts'
import { fold } from '../core/text.ts'
import type { Channel } from '../channels/channel.ts'
import { decide } from './decide.ts'
import { newConversation } from './state.ts'
import type { Draft, TurnSettings } from './turn.ts'
import type { Millis } from '../core/time.ts'

export interface WarmUpPorts {
  content: Content
  channels: readonly Channel[]
  settings: TurnSettings
  now: Millis
}

/** So many articles are asked for, with marks and without: by then what a question runs through is compiled. */
const asked = 8

/**
 * Answers a few questions of the handbook to nobody, so that the first citizen does not wait until patterns and code are
 * compiled (measured: a first answer took 10 to 20 times as long as the second). Nothing is stored or sent; between two
 * questions whatever came in goes first.
 */
export async function warmUp({ content, channels, settings, now }: WarmUpPorts): Promise<void> {
  const questions = [...content.articles.values()].slice(0, asked).flatMap(({ questions: [said = ''] }) => [said, fold(said)])
  for (const text of ['menu', 'cảm ơn', ...questions]) {
    await new Promise<void>((resolve) => setImmediate(resolve))
    const draft = await answerTo(text, { content, settings, now })
    for (const channel of channels) draft?.messages.forEach((message) => channel.render(message))
  }
}

async function answerTo(text: string, { content, settings, now }: Omit<WarmUpPorts, 'channels'>): Promise<Draft | null> {
  const decision = decide({ event: nobodyWrites(text, now), conversation: newConversation, content, now, settings })
  switch (decision.kind) {
    case 'turn': return decision.draft
    case 'question': return decision.resume(await content.answerer.answer(decision.question, { now, lastArticle: decision.lastArticle }))
    case 'export': return null
  }
}

const nobodyWrites = (text: string, now: Millis): InboundEvent => ({
  id: 'warm-up', contact: { channel: 'zalo', accountId: 'warm-up', userId: 'warm-up' }, sentAt: now, receivedAt: now, orderAt: now, kind: 'text', text,
})
