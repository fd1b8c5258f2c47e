import { HOUR } from '../core/time.ts'
import { reply } from './compose.ts'
import { latestChoices, latestPayloads, listAgain, payloadSaid } from './latest-list.ts'
import { currentMenu, mainMenu } from './menu.ts'
import { obey } from './orders.ts'
import { asksAgain, asksOn, bareNumber, numberInWords, picksSeveral } from './short-words.ts'
import { tapped } from './taps.ts'
import { turn, type Decision, type Situation } from './turn.ts'

/** Short messages about what was just shown: which of the list, more of it, once more, no more. */

/** "số 2", "hai" of the list shown last; a number that stands in no list. */
export function fromNumber(situation: Situation, text: string): Decision | null {
  const payloads = latestPayloads(situation)
  const number = bareNumber(text) ?? numberInWords(text, payloads.length)
  if (number === null) return null
  if (number === 0) return obey(situation, 'menu')
  const payload = payloads[number - 1]
  if (payload !== undefined) return tapped(situation, payload, text)
  return turn(currentMenu(situation, [{ text: reply(situation.content, 'number_without_list') }]))
}

/** "1 và 2": one at a time, and the same list again. */
export function fromSeveralNumbers(situation: Situation, text: string): Decision | null {
  if (!picksSeveral(text, latestPayloads(situation).length)) return null
  const { content, conversation } = situation
  const choices = listAgain(situation)
  if (choices.length === 0) return null
  return turn({ conversation, messages: [{ text: reply(content, 'one_at_a_time'), choices: [...choices] }], status: 'menu' })
}

/** "hủy" where nothing waits for a yes or no: how to cancel what, and the way out of a flow. */
export const nothingCancelled = (situation: Situation): Decision => turn(mainMenu(situation, [{ text: reply(situation.content, 'cancel_what') }]))

/** "xem thêm": the next page of the list shown last; "nói lại": what was said last once more. More of an article is for the Answerer. */
export function fromWishToGoOn(situation: Situation, text: string): Decision | null {
  const { content, conversation } = situation
  if (asksOn(text)) {
    const next = payloadSaid(situation, reply(content, 'more_title'))
    return next === undefined ? null : tapped(situation, next, text)
  }
  if (!asksAgain(text)) return null
  const payloads = latestPayloads(situation)
  if (payloads.includes('k:none')) return turn({ conversation, messages: [{ text: reply(content, 'clarify'), choices: [...latestChoices(situation)] }], status: 'menu' })
  const id = recentArticle(situation)
  const isLast = payloads.some((payload) => /^[snyg]:/.test(payload) && payload.slice(2) === id)
  return isLast ? tapped(situation, `${conversation.article?.full === true ? 's' : 'a'}:${id}`) : turn(currentMenu(situation))
}

/** The article that a short question is about. */
export const recentArticle = ({ conversation: { article }, now }: Situation): string | null => (article !== null && now - article.at < HOUR ? article.id : null)
