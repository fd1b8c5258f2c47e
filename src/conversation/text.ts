import { findEmergency } from '../answer/emergency.ts'
import { typedRef } from '../content/refs.ts'
import { asksWhetherToMeet } from '../core/asking.ts'
import { withoutSecrets } from '../core/mask.ts'
import type { ReplyKey } from '../core/replies.ts'
import { clean, lengthOf, says } from '../core/text.ts'
import { tellTerm } from '../core/time.ts'
import { otherwise, said, triggered, enter } from '../flow/advance.ts'
import { mainFlow } from '../flow/flow.ts'
import { commandOf, type Command } from '../core/commands.ts'
import type { TurnStatus } from '../core/turn-status.ts'
import { humanChoice, menuChoice, reply } from './compose.ts'
import { answerTurn } from './answer.ts'
import { decideStart, payloadOf, typedCommand } from './entry.ts'
import { latestPayloads, payloadSaid } from './latest-list.ts'
import { fromNumber, fromSeveralNumbers, fromWishToGoOn, nothingCancelled, recentArticle } from './list-words.ts'
import { currentMenu, draftOfMove } from './menu.ts'
import { fromModelWords } from './model-consent.ts'
import { answerPending, obey } from './orders.ts'
import { isPaused, isWaiting } from './person.ts'
import { agreesToErase, bareNumber, cancels, isFragment, needsNoMore, surelyCancels, takesBack, verdictOn, wantsToShare, yesOrNo } from './short-words.ts'
import { tapped } from './taps.ts'
import { answersYesNo } from './yes-no.ts'
import { flowContext, mapDraft, silence, turn, type Decision, type Draft, type Situation } from './turn.ts'

/** Longer texts are read only so far, and are no question. */
const longestText = 2_000

/** While a person has the conversation only these are obeyed. */
const duringPause: ReadonlySet<Command> = new Set<Command>(['menu', 'stop', 'start', 'erase'])

/** What was typed: an emergency before everything; secrets are warned of before whatever else is said. */
export function decideText(situation: Situation, typed: string): Decision {
  const whole = clean(typed).trim()
  const isLong = lengthOf(whole) > longestText
  const text = isLong ? [...whole].slice(0, longestText).join('') : whole

  const emergency = findEmergency(text)
  if (emergency !== null) return turn(emergencyDraft(situation, emergency))
  const open = withoutSecrets(text, ' ')
  if (open === text) return decideWords(situation, text, isLong)
  const kept = { kept: tellTerm(situation.settings.retention.eventText) }
  if (open.trim() === '' && !isPaused(situation)) return turn(plain(situation, 'secret_warning', 'secret', kept))
  return withFirst(decideWords(situation, text, isLong), reply(situation.content, 'secret_warning', kept))
}

/** Commands, the latest list, the flow's choices, triggers, the step's otherwise. */
function decideWords(situation: Situation, text: string, isLong: boolean): Decision {
  const ordered = fromEntryCommands(situation, text)
  if (ordered !== null) return ordered
  const command = commandOf(text)
  if (isPaused(situation)) return whilePaused(situation, text, command)
  const settled = fromPending(situation, text) ?? fromYesOrNo(situation, text)
  if (settled !== null) return settled
  if (command !== null) return obey(situation, command)
  if (isWaiting(situation) && needsNoMore(text)) return obey(situation, 'take_back')
  const aboutModel = fromModelWords(situation, text)
  if (aboutModel !== null) return aboutModel
  if (!/[\p{L}\p{N}]/u.test(text)) return turn(plain(situation, text === '' ? 'empty' : 'sticker', 'small_talk'))

  const ref = typedRef(situation.content, text)
  if (ref !== null) return decideStart(situation, ref)
  return fromOffered(situation, text) ?? fromNavigation(situation, text)
    ?? (surelyCancels(text) ? nothingCancelled(situation) : fromStep(situation, text, isLong))
}

/** What is offered, by number or by its words: lists, menus, the flow. "Có cần gặp cán bộ?" does not choose "Gặp cán bộ". */
function fromOffered(situation: Situation, text: string): Decision | null {
  if (asksWhetherToMeet(text)) return null
  return fromLatestList(situation, text) ?? fromPersistentMenu(situation, text) ?? fromFlows(situation, text)
}

/** While a person has the conversation: the orders that always hold, and the answer to "really erase?". */
function whilePaused(situation: Situation, text: string, command: Command | null): Decision {
  if (command !== null && duringPause.has(command)) return obey(situation, command)
  const erasing = situation.conversation.pending?.kind === 'erase' ? (fromPending(situation, text) ?? fromLatestList(situation, text)) : null
  return erasing ?? turn(silence(situation, 'paused'))
}

/** The words of a line of the menu that is always there: where a platform has no payload for it, it sends them. */
function fromPersistentMenu(situation: Situation, text: string): Decision | null {
  const item = situation.content.entry.persistentMenu.find(({ title, opens }) => !opens.startsWith('https://') && says(text, title))
  return item === undefined ? null : tapped(situation, payloadOf(situation.content, item.opens), text)
}

/** `/gapcanbo`: what the commands of `entry.yaml` open. */
function fromEntryCommands(situation: Situation, text: string): Decision | null {
  const { content, conversation } = situation
  const command = typedCommand(content, text)
  if (command === null) return null
  if (!command.opens.startsWith('https://')) return tapped(situation, payloadOf(content, command.opens), text)
  if (isPaused(situation)) return turn(silence(situation, 'paused'))
  return turn({ conversation, messages: [{ text: `${command.description}: ${command.opens}`, choices: [menuChoice(content)] }], status: 'command' })
}

/** A yes or no in words, as long as the question is the list shown last. Erasing needs a clear yes; agreed to later, it is asked once more. */
function fromPending(situation: Situation, text: string): Decision | null {
  const { pending } = situation.conversation
  if (pending === null) return null
  if (!latestPayloads(situation).includes(`k:${pending.kind}-yes`)) return pending.kind === 'erase' && agreesToErase(text) ? obey(situation, 'erase') : null
  const answer = pending.kind === 'erase' && takesBack(text) ? 'no' : yesOrNo(text)
  if (answer === null) return null
  if (pending.kind === 'erase' && answer === 'soft') return obey(situation, 'erase')
  const draft = answerPending(situation, answer !== 'no', pending.kind)
  return draft === null ? null : turn(draft)
}

/** A yes or no in any words, where the step shown last asks for one. Before orders: "dung" says yes there, and stops nothing. */
function fromYesOrNo(situation: Situation, text: string): Decision | null {
  const { content: { flows }, conversation: { flow } } = situation
  if (flow.at === null || flow.at.flow === mainFlow) return null
  const answer = answersYesNo(text)
  if (answer === null || !latestPayloads(situation).every((payload) => payload.startsWith(`c:${flow.at!.flow}:${flow.at!.step}:`))) return null
  const [yes, no] = ['có', 'không'].map((word) => said(flows, flow, flowContext(situation, word)))
  if (yes === null || yes === undefined || no === null || no === undefined) return null
  return turn(draftOfMove(situation, answer === 'yes' ? yes : no, 'flow'))
}

/** A number, or the words of an entry, of the list shown last. */
function fromLatestList(situation: Situation, text: string): Decision | null {
  const number = bareNumber(text)
  const payload = number === null ? payloadSaid(situation, text) : latestPayloads(situation)[number - 1]
  return payload === undefined ? null : tapped(situation, payload, text)
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
  const number = bareNumber(text)
  if (number === 0) return obey(situation, 'menu')
  return number === 9 ? obey(situation, 'back') : null
}

/** Nothing matched: the step says what any other text does; outside flows it is a free question. */
function fromStep(situation: Situation, text: string, isLong: boolean): Decision {
  const { content, conversation } = situation
  const move = otherwise(content.flows, conversation.flow, flowContext(situation, text))
  if (move.kind !== 'question') return turn(draftOfMove(situation, move, 'flow'))
  if (isLong) return turn(plain(situation, 'too_long', 'too_long'))
  return fromNumber(situation, text) ?? fromSeveralNumbers(situation, text) ?? (cancels(text) ? nothingCancelled(situation) : null) ?? fromWishToGoOn(situation, text) ?? fromVerdict(situation, text) ?? fromWishToShare(situation, text) ?? fromFragment(situation, text) ?? ask(situation, text)
}

/** "5 triệu", "hôm qua" in the middle of something urgent: an answer to it that no choice fits, and no question. The step is asked once more. */
function fromFragment(situation: Situation, text: string): Decision | null {
  const { content, conversation } = situation
  if (content.flows.get(conversation.flow.at?.flow ?? '')?.urgent !== true || !isFragment(text)) return null
  return turn(currentMenu(situation, [{ text: reply(content, 'say_what') }]))
}

/** "đúng rồi", "không hiểu" after an article: what was thought of it. */
function fromVerdict(situation: Situation, text: string): Decision | null {
  const id = recentArticle(situation)
  const verdict = id === null ? null : verdictOn(text)
  return verdict === null ? null : tapped(situation, `${verdict === 'helpful' ? 'y' : 'n'}:${id}`)
}

/** "gửi người nhà": the article just given, as a message to forward. */
function fromWishToShare(situation: Situation, text: string): Decision | null {
  if (!wantsToShare(text)) return null
  const id = recentArticle(situation)
  return id === null ? turn(plain(situation, 'share_what', 'share')) : tapped(situation, `g:${id}`)
}

function ask(situation: Situation, text: string): Decision {
  return {
    kind: 'question',
    question: withoutSecrets(text, ' ').trim(),
    lastArticle: recentArticle(situation),
    resume: (answer) => answerTurn(situation, text, answer),
  }
}

/** Numbers to call and what to do, nothing else to read. */
const emergencyDraft = ({ content, conversation, event }: Situation, key: ReplyKey): Draft =>
  ({ conversation: { ...conversation, alarm: { key, at: event.sentAt } }, messages: [{ text: reply(content, key) }], status: 'emergency' })

/** A canned sentence with the two ways on. */
export function plain(situation: Situation, key: ReplyKey, status: TurnStatus, values: Record<string, string> = {}): Draft {
  const { content, conversation } = situation
  return { conversation, messages: [{ text: reply(content, key, values), choices: [menuChoice(content), humanChoice(content)] }], status }
}

/** Says one sentence before whatever is decided. */
const withFirst = (decision: Decision, text: string): Decision =>
  mapDraft(decision, (draft) => (draft.messages.length === 0 ? draft : { ...draft, messages: [{ text }, ...draft.messages] }))
