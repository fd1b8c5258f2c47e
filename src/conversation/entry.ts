import type { Content } from '../content.ts'
import { countedRef, otherRef, targetOf, withoutPlace } from '../content/refs.ts'
import { answerUnder } from './compose.ts'
import { enter } from '../flow/advance.ts'
import { latestPayloads } from './latest-list.ts'
import { draftOfMove, mainMenu } from './menu.ts'
import { isPaused } from './person.ts'
import type { Conversation } from './state.ts'
import { flowContext, silence, turn, type Decision, type Draft, type Situation } from './turn.ts'
import { SECOND, vietnamDay } from '../core/time.ts'

/** So many places are counted for one person on one day: enough for an officer who tries all posters, and few rows for who makes places up. */
const mostPlacesADay = 10

/** A QR code or link leads straight to a flow or article; an unknown ref to the main menu. Counted by ref either way. */
export function decideStart(situation: Situation, ref: string | null): Decision {
  if (ref === null) return arrive(situation)
  const entered = { ...situation, conversation: { ...situation.conversation, ...counted(situation, ref) } }
  return turn(open(entered, targetOf(situation.content, ref)) ?? mainMenu(entered))
}

/**
 * By which code the person came, as `countedRef` names it. Nothing where a telephone or ID number stands in it: anybody can type
 * a ref, and what is counted is never erased. Places are anybody's words, too: beyond so many a day the code counts without its place.
 */
export function counted({ content, conversation, now }: Pick<Situation, 'content' | 'conversation' | 'now'>, ref: string): Pick<Conversation, 'entry' | 'places'> {
  const { entry: before, places } = conversation
  if (/\d{9}/.test(ref)) return { entry: null, places }
  const [entry, bare, day] = [countedRef(content, ref), withoutPlace(content, ref), vietnamDay(now)]
  if (entry === before || entry === bare || entry === otherRef) return { entry, places }
  const count = places?.day === day ? places.count : 0
  return count < mostPlacesADay ? { entry, places: { day, count: count + 1 } } : { entry: bare, places }
}

/** Platforms tell one arrival twice: followed, then Get Started or "Nhắn tin". */
const oneArrival = 30 * SECOND

/** Somebody comes in by no link: the main menu, unless it was shown a moment ago, or a person has the conversation. */
export function arrive(situation: Situation): Decision {
  if (isPaused(situation)) return turn(silence(situation, 'paused'))
  const welcome = mainMenu(situation)
  return turn(wasJustShown(situation, welcome) ? silence(situation, 'silent') : welcome)
}

function wasJustShown({ conversation, event, now }: Situation, { messages }: Draft): boolean {
  const { list } = conversation
  if (list === null || now - list.at > oneArrival) return false
  const [shown, anew] = [latestPayloads({ conversation, now }), messages.at(-1)?.choices ?? []]
  return event.kind === 'follow' || (shown.length === anew.length && anew.every(({ payload }, at) => payload === shown[at]))
}

/** The payload of a menu entry that opens `flow:<id>`, `article:<id>` or `command:<name>`. */
export function payloadOf(content: Content, opens: string): string {
  const [kind, name] = [opens.slice(0, opens.indexOf(':')), opens.slice(opens.indexOf(':') + 1)]
  if (kind === 'article') return `a:${name}`
  if (kind === 'command') return `k:${name}`
  return `p:${name}:${content.flows.get(name)?.start ?? 'menu'}:0`
}

/** As `payloadOf`, for `flow:<id>` and `article:<id>` alone; null where there is none of that id. */
export function payloadIfThere(content: Content, opens: string): string | null {
  const [kind, id = ''] = opens.split(':')
  const isThere = kind === 'flow' ? content.flows.has(id) : kind === 'article' && content.articles.has(id)
  return isThere ? payloadOf(content, opens) : null
}

/** The command of `entry.yaml` that was typed: `/gapcanbo`, in a group `/gapcanbo@TenBot`; null when it names none. */
export function typedCommand({ entry }: Content, text: string): Content['entry']['commands'][number] | null {
  const name = /^\/(\w{1,32})(?:@\w+)?$/.exec(text)?.[1]?.toLowerCase()
  if (name === undefined) return null
  return entry.commands.find(({ command }) => command.replace(/^\//, '') === name) ?? null
}

/** `flow:<id>`, `article:<id>`, or the bare id of either; null when it names nothing. */
function open(situation: Situation, what: string): Draft | null {
  const { content, conversation, now } = situation
  const id = what.replace(/^(flow|article):/, '')
  const flow = content.flows.get(id)
  if (flow !== undefined) {
    return draftOfMove(situation, enter(content.flows, conversation.flow, { flow: flow.id, step: flow.start }, flowContext(situation, '')), 'flow')
  }
  const found = answerUnder(content, id, vietnamDay(now))
  if (found === null) return null
  return {
    conversation: { ...conversation, article: { id: found.article.id, at: now } },
    messages: [found.message],
    status: 'answered',
    article: found.article.id,
  }
}
