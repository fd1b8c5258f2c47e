import type { Answer } from '../answer/answerer.ts'
import { isExpired, type Article } from '../answer/article.ts'
import { maskPersonal } from '../core/mask.ts'
import { replyUses, type ReplyKey } from '../core/replies.ts'
import { HOUR, MINUTE, vietnamDay } from '../core/time.ts'
import type { TurnStatus } from '../core/turn-status.ts'
import { mainFlow } from '../flow/flow.ts'
import { mayBeCheated } from './caution.ts'
import { articleMessage, choice, humanChoice, menuChoice, nothingMore, reply, stepsMessages } from './compose.ts'
import { currentMenu, joined, mainMenu } from './menu.ts'
import { modelChoices, modelTurn, statusWithout, withUse } from './model-answer.ts'
import { isWaiting, noted, stillWaiting } from './person.ts'
import { yesOrNo } from './short-words.ts'
import { askedAbout } from './silence.ts'
import type { Draft, Situation } from './turn.ts'

/** The Answerer's finding as a turn. */
export function answerTurn(situation: Situation, question: string, answer: Answer): Draft {
  const counted = withUse(situation, answer)
  const found = modelTurn(counted, answer) ?? foundTurn(counted, question, answer)
  const draft = isUnsure(answer) && found.status !== 'emergency' && mayBeCheated(question) ? withCaution(found, reply(situation.content, 'caution')) : found
  return { ...draft, conversation: { ...draft.conversation, asked: askedAbout(situation, answer) } }
}

/** What is said where no model wrote anything. */
function foundTurn(situation: Situation, question: string, answer: Answer): Draft {
  const alarm = situation.conversation.alarm
  if (alarm !== null && situation.event.sentAt - alarm.at < alarmHeld && (isUnsure(answer) || answer.reply === 'hello')) return emergencyAgain(situation, alarm.key)
  if (isWaiting(situation)) {
    const { waitingSince } = situation.conversation
    if (waitingSince !== null && (answer.reply === 'hello' || (answer.reply === 'thanks' && yesOrNo(question) === 'soft'))) return stillWaiting(situation, waitingSince)
    if (isUnsure(answer)) return noted(situation, 'noted_for_staff')
  }
  switch (answer.status) {
    case 'answered':
    case 'expired_article': {
      const article = answer.article === null ? undefined : situation.content.articles.get(answer.article)
      return article === undefined ? nothingFound(situation, question, 'no_source_found') : articleTurn(situation, article, answer)
    }
    case 'clarify':
      return answer.reply === null ? clarify(situation, question, answer) : canned(situation, answer)
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

function withCaution(draft: Draft, caution: string): Draft {
  return draft.messages.length === 0 ? draft : { ...draft, messages: joined([{ text: caution }], draft.messages) }
}

/** What is said after an emergency and not understood is about it, for so long. */
const alarmHeld = 30 * MINUTE
const emergencyAgain = ({ content, conversation }: Situation, key: ReplyKey): Draft => ({ conversation, messages: [{ text: reply(content, key), choices: [humanChoice(content)] }], status: 'emergency' })

/** What may as well be details for the person who is waited for. */
const unsure: ReadonlySet<string> = new Set<Answer['status']>(['clarify', 'no_source_found', 'not_grounded', 'model_unavailable'])
const unsureReplies: ReadonlySet<string | null> = new Set<ReplyKey>(['say_what', 'gibberish', 'off_topic', 'confused', 'other_language'])
const isUnsure = ({ status, reply }: Answer): boolean => unsure.has(status) || (status === 'small_talk' && unsureReplies.has(reply))

/** The short answer; asked on about the same article, the steps; after them, that this was all. */
function articleTurn(situation: Situation, article: Article, { status, also }: Answer): Draft {
  const { content, conversation, now } = situation
  const before = conversation.article
  const day = vietnamDay(now)
  const isAgain = before?.id === article.id && now - before.at < HOUR && !isExpired(article, day)
  const given = (full: boolean): Omit<Draft, 'messages'> => ({ conversation: { ...conversation, article: { id: article.id, at: now, full } }, status, article: article.id })
  if (isAgain && (before.full === true || article.details === '')) return { ...given(true), messages: [nothingMore(content, article)] }
  if (isAgain) return { ...given(true), messages: stepsMessages(content, article, { day, publicUrl: situation.settings.publicUrl }) }
  const other = also === undefined ? null : (content.articles.get(also) ?? null)
  return { ...given(false), messages: [articleMessage(content, article, day, other)] }
}

function clarify(situation: Situation, question: string, answer: Answer): Draft {
  const { content, conversation } = situation
  const choices = answer.candidates.slice(0, 3).flatMap(({ article: id }) => {
    const article = content.articles.get(id)
    return article === undefined ? [] : [{ title: article.title, payload: `a:${id}` }]
  })
  if (choices.length === 0) return nothingFound(situation, question, 'no_source_found')
  return {
    conversation,
    messages: [{ text: reply(content, 'clarify'), choices: [...choices, choice(content, 'clarify_none_title', 'k:none'), ...modelChoices(situation, answer)] }],
    status: statusWithout(answer) ?? 'clarify',
  }
}

function canned(situation: Situation, answer: Answer): Draft {
  const { content, conversation } = situation
  const key: ReplyKey = answer.reply !== null && answer.reply in replyUses ? (answer.reply as ReplyKey) : 'off_topic'
  const text = reply(content, key)
  if (answer.status === 'emergency') return { conversation, messages: [{ text }], status: answer.status }
  // The greeting of a first contact comes before; a second one would be too many.
  if (key === 'hello') return { ...mainMenu(situation, conversation.greeted ? [{ text }] : []), status: answer.status }
  if (key === 'say_what') return { ...currentMenu(situation, [{ text }]), status: answer.status }
  // "Rồi làm gì nữa?" in the middle of a flow is about where one stands.
  if (key === 'which_matter' && conversation.flow.at !== null && conversation.flow.at.flow !== mainFlow) return { ...currentMenu(situation, [{ text: reply(content, 'say_what') }]), status: answer.status }
  return { conversation, messages: [{ text, choices: [menuChoice(content), humanChoice(content)] }], status: answer.status }
}

/** Says so, offers the menu and a person, and keeps the question for staff without what could name anybody. */
function nothingFound(situation: Situation, question: string, status: TurnStatus): Draft {
  const { content, conversation } = situation
  const changes = { unanswered: { question: maskPersonal(question), status } }
  const text = reply(content, 'no_source_found')
  if (content.flows.get(conversation.flow.at?.flow ?? '')?.urgent === true) return { ...currentMenu(situation, [{ text }]), status, changes }
  return { conversation, messages: [{ text, choices: [menuChoice(content), humanChoice(content)] }], status, changes }
}
