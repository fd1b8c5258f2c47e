import type { Answer, AnswerStatus } from '../answer/answerer.ts'
import { statusOf, type Written } from '../answer/model/outcome.ts'
import type { Choice } from '../core/message.ts'
import { choice, reply, shortAnswer } from './compose.ts'
import { oneMore } from './model-wish.ts'
import { silence, type Draft, type Situation } from './turn.ts'

/** The conversation with one more use of the model, where it was asked. */
export function withUse(situation: Situation, { model }: Answer): Situation {
  return model?.asked === true ? { ...situation, conversation: oneMore(situation.conversation, situation.now) } : situation
}

/** What the model brought about: its words, or silence where a person wrote meanwhile. Null where the articles speak for themselves. */
export function modelTurn(situation: Situation, answer: Answer): Draft | null {
  const { model } = answer
  if (model?.overtaken === true) return silence(situation, 'overtaken')
  return model === undefined || model.written === null ? null : writtenTurn(situation, answer, model.written)
}

/** How choices are counted that the model should have spared; null where it had no part in them. */
export const statusWithout = ({ model }: Answer): AnswerStatus | null => (model === undefined ? null : statusOf(model.reason))

/** The way to consent, where nothing but consent is missing and it was never asked for. */
export function modelChoices({ content, conversation, settings }: Situation, { model }: Answer): Choice[] {
  const isMissing = model?.reason === 'consent_missing' && conversation.model?.host !== settings.modelHost
  return isMissing ? [choice(content, 'model_title', 'k:model')] : []
}

/**
 * Checked words in place of the short answer, with a line that a machine put them together; page, source, review date
 * and choices are the article's. Where it chose between articles the next one is offered too. Null when the article is gone since.
 */
function writtenTurn({ content, conversation, now }: Situation, answer: Answer, { text, articleId }: Written): Draft | null {
  const article = content.articles.get(articleId)
  if (article === undefined) return null
  const next = answer.status === 'clarify' ? answer.candidates.slice(0, 3).find((candidate) => candidate.article !== articleId) : undefined
  const other = next === undefined ? null : (content.articles.get(next.article) ?? null)
  const said = { ...article, short: `${text}\n${reply(content, 'written_by_machine', { title: article.title })}` }
  return {
    conversation: { ...conversation, article: { id: articleId, at: now, full: false } },
    messages: [shortAnswer(content, said, other)],
    status: 'answered',
    article: articleId,
  }
}
