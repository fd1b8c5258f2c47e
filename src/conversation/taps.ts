import type { Message } from '../core/message.ts'
import type { ReplyKey } from '../core/replies.ts'
import { vietnamDay } from '../core/time.ts'
import { tapped as flowTapped } from '../flow/advance.ts'
import { arrive } from './entry.ts'
import { answerUnder, choice, expiredAnswer, forwardable, humanChoice, menuChoice, reply, spokenAnswer, stepsMessages } from './compose.ts'
import { isExpired } from '../answer/article.ts'
import { saysOtherwise } from './latest-list.ts'
import { currentMenu, draftOfMove } from './menu.ts'
import { askModelConsent } from './model-consent.ts'
import { answerPending, obey } from './orders.ts'
import type { Command } from '../core/commands.ts'
import { askForPerson, isPaused } from './person.ts'
import { refused } from './silence.ts'
import { flowContext, silence, turn, type Decision, type Draft, type Situation } from './turn.ts'

/**
 * What a payload means. Flow payloads (`c:`, `p:`) are the flow engine's; ours are `a:` short answer, `s:` steps,
 * `h:` to hear, `g:` to forward, `y:` helpful, `n:` not what I asked, `k:` an order. `text` is what the citizen typed when the tap was a number or words.
 */
export function tapped(situation: Situation, payload: string, text = ''): Decision {
  const [kind, id] = [payload.slice(0, payload.indexOf(':')), payload.slice(payload.indexOf(':') + 1)]
  if (isPaused(situation) && !['menu', 'stop', 'start', 'erase', 'erase-yes', 'erase-no'].includes(kind === 'k' ? id : '')) {
    return turn(silence(situation, 'paused'))
  }
  switch (kind) {
    case 'c':
    case 'p': {
      const move = saysOtherwise(situation, payload) ? null : flowTapped(situation.content.flows, situation.conversation.flow, payload, flowContext(situation, text))
      return move === null ? nowhere(situation) : turn(draftOfMove(situation, move, 'flow'))
    }
    case 'k': return orderTapped(situation, id)
    default: return articleTapped(situation, kind, id)
  }
}

/** An old button: the current menu with a sentence. */
const nowhere = (situation: Situation): Decision => turn(currentMenu(situation, [{ text: reply(situation.content, 'old_button') }]))

function articleTapped(situation: Situation, kind: string, named: string): Decision {
  const { content, conversation, now } = situation
  const found = answerUnder(content, named, vietnamDay(now))
  if (found === null) return nowhere(situation)
  const { article, message } = found
  const { id } = article
  if (content.withdrawn.has(named) && ['a', 's', 'h', 'g'].includes(kind)) return turn({ conversation: { ...conversation, article: { id, at: now } }, article: id, messages: [message], status: 'answered' })
  const full = kind === 's' || kind === 'h' || (conversation.article?.id === id && conversation.article.full === true)
  const given: Pick<Draft, 'conversation' | 'article'> = { conversation: { ...conversation, article: { id, at: now, full } }, article: id }
  const { publicUrl } = situation.settings
  const showing = { day: vietnamDay(now), publicUrl }
  const unlessExpired = (messages: () => Message[]): Message[] => (isExpired(article, showing.day) ? [expiredAnswer(content, article)] : messages())
  switch (kind) {
    case 'a': return turn({ ...given, messages: [message], status: 'answered' })
    case 's': return turn({ ...given, messages: unlessExpired(() => stepsMessages(content, article, showing)), status: 'steps' })
    case 'h': return turn({ ...given, messages: unlessExpired(() => spokenAnswer(content, article, showing)), status: 'steps' })
    case 'g': return turn({ ...given, messages: unlessExpired(() => forwardable(content, article, publicUrl)), status: 'share' })
    case 'y': return turn({ ...given, messages: [{ text: reply(content, 'helpful_thanks'), choices: [menuChoice(content)] }], status: 'feedback', helpful: 'yes' })
    case 'n': return refused(situation, id, 'not_helpful', { ...given, conversation: { ...conversation, article: null }, messages: [{ text: reply(content, 'not_helpful_sorry'), choices: [...relatedChoices(situation, id), menuChoice(content), humanChoice(content)] }], status: 'feedback', helpful: 'no' })
    default: return nowhere(situation)
  }
}

function relatedChoices({ content }: Situation, id: string) {
  return (content.articles.get(id)?.related ?? []).slice(0, 3).flatMap((other) => {
    const article = content.articles.get(other)
    return article === undefined ? [] : [{ title: article.title, payload: `a:${other}` }]
  })
}

/** Orders that are commands too, by the names used in `entry.yaml`. */
const orderNames: Readonly<Record<string, Command>> = { menu: 'menu', human: 'human', stop: 'stop', start: 'start', data: 'data', erase: 'erase' }

/** Canned next steps after a picture or voice message: the payload and what is said. */
const followUps: Readonly<Record<string, ReplyKey>> = { 'img-strange': 'image_strange', 'img-error': 'image_error', 'img-papers': 'image_papers' }

function orderTapped(situation: Situation, name: string): Decision {
  const { content, conversation } = situation
  const command = Object.hasOwn(orderNames, name) ? orderNames[name] : undefined
  if (command !== undefined) return obey(situation, command)
  const followUp = Object.hasOwn(followUps, name) ? followUps[name] : undefined
  if (followUp !== undefined) {
    return turn({ conversation, messages: [{ text: reply(content, followUp), choices: [choice(content, 'pass_to_staff_title', 'k:pass'), menuChoice(content)] }], status: 'attachment' })
  }
  switch (name) {
    case 'pass': return turn(askForPerson(situation, 'attachment'))
    case 'none': return refused(situation, null, 'none_of_these', { conversation: { ...conversation, article: null }, messages: [{ text: reply(content, 'no_source_found'), choices: [menuChoice(content), humanChoice(content)] }], status: 'no_source_found' })
    case 'get-started': return arrive(situation)
    case 'model': return turn(askModelConsent(situation))
    case 'erase-yes':
    case 'erase-no':
    case 'remember-yes':
    case 'remember-no':
    case 'model-yes':
    case 'model-no': {
      const [about, answer] = name.split('-') as ['erase' | 'remember' | 'model', 'yes' | 'no']
      const draft = answerPending(situation, answer === 'yes', about)
      return draft === null ? nowhere(situation) : turn(draft)
    }
    default: return nowhere(situation)
  }
}
