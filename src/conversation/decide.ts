import { findEmergency } from '../answer/emergency.ts'
import { isByCitizen, type InboundEvent } from '../core/event.ts'
import { isFutile } from '../core/turn-status.ts'
import { mainFlow } from '../flow/flow.ts'
import { greeting, reply } from './compose.ts'
import { decideAttachment } from './attachments.ts'
import { arrive, counted, decideStart } from './entry.ts'
import { mainMenu } from './menu.ts'
import { erase } from './orders.ts'
import { commandOf } from '../core/commands.ts'
import { countMessage, countUse, hearsUrgent } from './pace.ts'
import { isPaused, personReplied, personWrote, reminded, threadMoved } from './person.ts'
import { tapped } from './taps.ts'
import { decideText, plain } from './text.ts'
import { finish, mapDraft, silence, turn, type Decision, type Draft, type Situation } from './turn.ts'

/**
 * One event, one decision: where we are and what came in, to what we say and where we are then. Pure; the order below
 * is the order of precedence.
 */
export function decide(situation: Situation): Decision {
  const { event } = situation
  if (!isByCitizen(event.kind)) return finished(situation, turn(decideOurs(situation)))

  const { pace, verdict } = countMessage(situation.conversation.pace, event.sentAt, situation.settings.floodPerMinute)
  const entered = event.entry === undefined ? {} : counted(situation, event.entry)
  const paced = atMainMenu({ ...situation, conversation: { ...situation.conversation, pace, ...entered, ...(event.kind === 'attachment' ? {} : { pictureToldAt: null }) } })
  const heard = verdict === 'go_on' || (isUrgent(event) && hearsUrgent(pace, situation.settings.floodPerMinute))
  if (!heard && verdict === 'silent') return turn(silence(paced, 'flood'))
  if (!heard) return turn({ ...silence(paced, 'flood'), messages: [{ text: reply(situation.content, 'flood') }] })

  if (isStale(paced)) return finished(paced, turn(apologise(paced)))
  return finished(paced, greetedFirst(paced, decideCitizen(paced)))
}

function decideCitizen(situation: Situation): Decision {
  const { event } = situation
  switch (event.kind) {
    case 'text': return decideText(situation, event.text)
    case 'tap': return tapped(situation, event.payload)
    case 'start': return decideStart(situation, event.ref)
    case 'attachment': return isPaused(situation) ? turn(silence(situation, 'paused')) : decideAttachment(situation, event)
    case 'location': return turn(isPaused(situation) ? silence(situation, 'paused') : plain(situation, 'location', 'attachment'))
    case 'submitted_info': return turn(plain(situation, 'submitted_info', 'attachment'))
    case 'follow': return arrive(situation)
    default: return turn(silence(situation, 'silent'))
  }
}

/** Whoever is in no flow stands at the main menu, whether it was shown or not: its words, patterns and `otherwise` hold. */
function atMainMenu(situation: Situation): Situation {
  const { conversation, content } = situation
  const main = content.flows.get(mainFlow)
  if (conversation.flow.at !== null || main === undefined) return situation
  return { ...situation, conversation: { ...conversation, flow: { ...conversation.flow, at: { flow: main.id, step: main.start } } } }
}

/** Events that are not the citizen's words: they change where we are and rarely say anything. */
function decideOurs(situation: Situation): Draft {
  const { event, conversation } = situation
  switch (event.kind) {
    case 'staff_message': return personWrote(situation)
    case 'staff_reply': return personReplied(situation, event.says)
    case 'thread_control': return threadMoved(situation, event)
    case 'reminder': return reminded(situation, event.what)
    case 'overdue': return apologise(situation)
    case 'erasure_request': return { ...erase(situation), messages: [] }
    case 'unfollow': return { conversation, messages: [], status: 'unfollow', changes: { profile: { blocked: true } } }
    default: return silence(situation, 'silent')
  }
}

/** Waited too long to be answered as if nothing had happened. An emergency is answered whenever it is read. */
function isStale({ event, now, settings }: Situation): boolean {
  return now - event.sentAt > settings.staleAfter && (event.kind === 'text' || event.kind === 'attachment' || event.kind === 'tap') && !isUrgent(event)
}

/** An emergency, or an order (dừng, xóa dữ liệu, gặp cán bộ, menu): counts whenever it is read and however much came before it. */
export function isUrgent(event: InboundEvent): boolean {
  switch (event.kind) {
    case 'text': return commandOf(event.text) !== null || findEmergency(event.text) !== null
    case 'attachment': return findEmergency(event.caption ?? '') !== null
    case 'tap': return /^k:(menu|human|stop|start|data|erase(-yes|-no)?)$/.test(event.payload)
    default: return false
  }
}

/** One apology with the menu for the whole backlog; the questions go to staff. */
function apologise(situation: Situation): Draft {
  const { conversation, content, now, settings } = situation
  const handover = { handover: { kind: 'open' as const, reason: 'stale' as const } }
  if (isPaused(situation) || (conversation.staleToldAt !== null && now - conversation.staleToldAt < settings.staleAfter)) {
    return { ...silence(situation, 'stale'), changes: handover }
  }
  const told = { ...situation, conversation: { ...conversation, staleToldAt: now } }
  return { ...mainMenu(told, [{ text: reply(content, 'stale') }]), status: 'stale', handedOver: true, changes: handover }
}

/** The one greeting of a first contact goes before whatever is answered; an emergency is answered without it. */
function greetedFirst(situation: Situation, decision: Decision): Decision {
  const { content, conversation, settings } = situation
  if (conversation.greeted || isPaused(situation)) return decision
  const text = greeting(content, settings.privacyUrl)
  return mapDraft(decision, (draft) =>
    draft.status === 'emergency' || draft.changes?.erase === true || draft.messages.length === 0
      ? draft
      : { ...draft, messages: [{ text }, ...draft.messages], conversation: { ...draft.conversation, greeted: true } })
}

/** Numbers the list, and notes whether the turn found something to say. */
function finished(situation: Situation, decision: Decision): Decision {
  return mapDraft(decision, (draft) => {
    const useless = isFutile(draft.status)
    const pace = countUse(draft.conversation.pace, situation.event.sentAt, !useless)
    return finish(situation, { ...draft, conversation: { ...draft.conversation, pace } })
  })
}

