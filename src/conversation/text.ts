import type { Answer } from '../answer/answerer.ts'
import { findEmergency } from '../answer/emergency.ts'
import { clean, lengthOf, says } from '../core/text.ts'
import { HOUR } from '../core/time.ts'
import { otherwise, said, triggered, enter } from '../flow/advance.ts'
import { commandOf, type Command } from './commands.ts'
import { humanChoice, menuChoice, reply } from './compose.ts'
import { answerTurn } from './answer.ts'
import { currentMenu, draftOfMove } from './menu.ts'
import { obey } from './orders.ts'
import { isPaused } from './person.ts'
import { tapped } from './taps.ts'
import { flowContext, silence, turn, type Decision, type Draft, type Situation } from './turn.ts'
import type { ContactExport } from '../store/ports.ts'

/** A list answers numbers for so long. */
const listLife = 24 * HOUR
/** Longer texts are read only so far. */
const longestText = 2_000

/** While a person has the conversation only these are obeyed. */
const duringPause: ReadonlySet<Command> = new Set<Command>(['menu', 'stop', 'start', 'erase'])

/** What was typed: emergency, command, the latest list, the flow's choices, triggers, the step's otherwise. */
export function decideText(situation: Situation, typed: string): Decision {
  const text = clean(typed).trim()
  if (lengthOf(text) > longestText) return withFirst(decideText(situation, [...text].slice(0, longestText).join('')), reply(situation.content, 'too_long'))

  const emergency = findEmergency(text)
  if (emergency !== null) return turn({ ...plain(situation, emergency, 'emergency'), status: 'emergency' })

  const command = commandOf(text)
  if (isPaused(situation)) return command !== null && duringPause.has(command) ? obey(situation, command) : turn(silence(situation, 'paused'))
  if (command !== null) return obey(situation, command)
  if (!/[\p{L}\p{N}]/u.test(text)) return turn(plain(situation, text === '' ? 'empty' : 'sticker', 'small_talk'))

  return fromLatestList(situation, text) ?? fromFlows(situation, text) ?? fromNavigation(situation, text) ?? fromStep(situation, text)
}

/** A number, or the words of an entry, of the list shown last. */
function fromLatestList(situation: Situation, text: string): Decision | null {
  const { list } = situation.conversation
  if (list === null || situation.now - list.at > listLife) return null
  const number = /^\d{1,2}[.)]?$/.test(text) ? Number.parseInt(text, 10) : null
  const item = number === null ? list.items.find(({ title }) => says(text, title)) : list.items[number - 1]
  return item === undefined ? null : tapped(situation, item.payload, text)
}

/** The current step's choices by words and patterns, then the triggers of all flows. */
function fromFlows(situation: Situation, text: string): Decision | null {
  const { content, conversation } = situation
  const context = flowContext(situation, text)
  const chosen = said(content.flows, conversation.flow, context)
  if (chosen !== null) return turn(draftOfMove(situation, chosen, 'flow'))
  const target = triggered(content.flows, context)
  return target === null ? null : turn(draftOfMove(situation, enter(content.flows, conversation.flow, target, context), 'flow'))
}

/** `0` main menu, `9` back: typed, so that they cost no buttons. */
function fromNavigation(situation: Situation, text: string): Decision | null {
  if (text === '0') return obey(situation, 'menu')
  if (text === '9') return obey(situation, 'back')
  return null
}

/** Nothing matched: the step says what any other text does; outside flows it is a free question. */
function fromStep(situation: Situation, text: string): Decision {
  const { content, conversation, now } = situation
  const move = otherwise(content.flows, conversation.flow, flowContext(situation, text))
  if (move.kind !== 'question') return turn(draftOfMove(situation, move, 'flow'))
  if (/^\d{1,2}[.)]?$/.test(text)) return turn(currentMenu(situation, [{ text: reply(content, 'number_without_list') }]))
  const recent = conversation.article !== null && now - conversation.article.at < HOUR
  return {
    kind: 'question',
    question: text,
    lastArticle: recent ? conversation.article!.id : null,
    resume: (answer) => answerTurn(situation, text, answer),
  }
}

/** A canned sentence with the two ways on. */
export function plain(situation: Situation, key: Parameters<typeof reply>[1], status: string): Draft {
  const { content, conversation } = situation
  return { conversation, messages: [{ text: reply(content, key), choices: [menuChoice(content), humanChoice(content)] }], status }
}

/** Says one sentence before whatever is decided. */
export function withFirst(decision: Decision, text: string): Decision {
  const first = (draft: Draft): Draft => (draft.messages.length === 0 ? draft : { ...draft, messages: [{ text }, ...draft.messages] })
  if (decision.kind === 'turn') return turn(first(decision.draft))
  if (decision.kind === 'export') return { ...decision, resume: (kept: ContactExport | null) => first(decision.resume(kept)) }
  return { ...decision, resume: (answer: Answer) => first(decision.resume(answer)) }
}
