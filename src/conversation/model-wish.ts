import type { Answer } from '../answer/answerer.ts'
import type { Article } from '../answer/article.ts'
import { givesOrders } from '../answer/model/question.ts'
import type { NotAsked } from '../answer/model/outcome.ts'
import type { Content } from '../content.ts'
import { words } from '../core/text.ts'
import { HOUR, MINUTE, vietnamDay, type Millis } from '../core/time.ts'
import { isWaiting } from './person.ts'
import type { Conversation } from './state.ts'

/** From so many words on a sure answer is fitted to what was told. */
const longStory = 30
/** Whoever has waited so long gets the article's own words at once: after an interruption the model would only hold up the queue. */
const longestAge = 2 * MINUTE

/** A question that the model could serve, with all that decides whether it is asked. */
export interface ModelQuestion {
  question: string
  answer: Answer
  conversation: Conversation
  content: Content
  sentAt: Millis
  /** 1 on the first try: a process that died while waiting must not wait again. */
  attempt: number
  now: Millis
}

export interface ModelTerms {
  /** The host that needs the person's consent; null where none is needed. */
  consentFor: string | null
  perContactADay: number
}

/**
 * What the model may choose from, best first: the candidates where no article is sure, or the sure one where a long story
 * was told; never what retrieval may only offer. Null where it has no part: small talk, emergencies, follow-ups, two questions, expired articles, whoever waits for a person.
 */
export function modelArticles({ question, answer, conversation, content, now }: ModelQuestion): Article[] | null {
  if (isWaiting({ conversation, content, now })) return null
  const known = (ids: readonly (string | null)[]): Article[] => ids.flatMap((id) => content.articles.get(id ?? '') ?? [])
  if (answer.status === 'clarify' && answer.reply === null && answer.candidates.length > 0) {
    const mayBeSure = answer.candidates.slice(0, 3).map(({ article }) => article).filter((id) => answer.neverSure?.includes(id) !== true)
    return mayBeSure.length === 0 ? null : known(mayBeSure)
  }
  const isAgain = conversation.article?.id === answer.article && now - (conversation.article?.at ?? 0) < HOUR
  if (answer.status !== 'answered' || answer.also !== undefined || isAgain || words(question).length < longStory) return null
  return known([answer.article])
}

/** Why it is not asked, as far as the question and the contact can tell; null: nothing speaks against it. */
export function whyNotAsked({ question, conversation, sentAt, attempt, now }: ModelQuestion, terms: ModelTerms): NotAsked | null {
  if (attempt > 1) return 'second_try'
  if (now - sentAt > longestAge) return 'old_question'
  if (givesOrders(question)) return 'injection'
  if (terms.consentFor !== null && !(conversation.model?.given === true && conversation.model.host === terms.consentFor)) return 'consent_missing'
  return usedToday(conversation, now) >= terms.perContactADay ? 'contact_budget' : null
}

/** How often the model was asked for this contact today. */
function usedToday({ modelUse }: Conversation, now: Millis): number {
  return modelUse?.day === vietnamDay(now) ? modelUse.count : 0
}

/** One more; saved with the turn, so that processes share it. */
export const oneMore = (conversation: Conversation, now: Millis): Conversation =>
  ({ ...conversation, modelUse: { day: vietnamDay(now), count: usedToday(conversation, now) + 1 } })
