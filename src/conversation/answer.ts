import type { Answer } from '../answer/answerer.ts'
import { maskPersonal } from '../core/mask.ts'
import { replyUses, type ReplyKey } from '../core/replies.ts'
import { vietnamDay } from '../core/time.ts'
import { articleMessage, choice, humanChoice, menuChoice, reply } from './compose.ts'
import { mainMenu } from './menu.ts'
import type { Draft, Situation } from './turn.ts'

/** The Answerer's finding as a turn. */
export function answerTurn(situation: Situation, question: string, answer: Answer): Draft {
  const { content, conversation, now } = situation
  switch (answer.status) {
    case 'answered':
    case 'expired_article': {
      const article = answer.article === null ? undefined : content.articles.get(answer.article)
      if (article === undefined) return nothingFound(situation, question, 'no_source_found')
      return {
        conversation: { ...conversation, article: { id: article.id, at: now } },
        messages: [articleMessage(content, article, vietnamDay(now))],
        status: answer.status,
        article: article.id,
      }
    }
    case 'clarify': {
      const choices = answer.candidates.slice(0, 3).flatMap(({ article: id }) => {
        const article = content.articles.get(id)
        return article === undefined ? [] : [{ title: article.title, payload: `a:${id}` }]
      })
      if (choices.length === 0) return nothingFound(situation, question, 'no_source_found')
      return {
        conversation,
        messages: [{ text: reply(content, 'clarify'), choices: [...choices, choice(content, 'clarify_none_title', 'k:none')] }],
        status: 'clarify',
      }
    }
    case 'small_talk':
    case 'blocked_question':
    case 'emergency':
      return canned(situation, answer)
    case 'no_source_found':
    case 'not_grounded':
    case 'model_unavailable':
      return nothingFound(situation, question, answer.status)
  }
}

function canned(situation: Situation, answer: Answer): Draft {
  const { content, conversation } = situation
  const key: ReplyKey = answer.reply !== null && answer.reply in replyUses ? (answer.reply as ReplyKey) : 'off_topic'
  if (key === 'hello') return { ...mainMenu(situation, [{ text: reply(content, 'hello') }]), status: answer.status }
  return { conversation, messages: [{ text: reply(content, key), choices: [menuChoice(content), humanChoice(content)] }], status: answer.status }
}

/** Says so, offers the menu and a person, and keeps the question for staff without what could name anybody. */
export function nothingFound(situation: Situation, question: string, status: string): Draft {
  const { content, conversation } = situation
  return {
    conversation,
    messages: [{ text: reply(content, 'no_source_found'), choices: [menuChoice(content), humanChoice(content)] }],
    status,
    changes: { unanswered: { question: maskPersonal(question), status } },
  }
}
