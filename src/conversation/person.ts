import type { EventBody } from '../core/event.ts'
import { tellTime, type Millis } from '../core/time.ts'
import { reply } from './compose.ts'
import { isOpen, opensAt } from './hours.ts'
import { silence, type Draft, type Situation } from './turn.ts'

/** The citizen asks for a person, and a person comes. */

/** Makes the record and says when somebody answers; the bot goes on answering until a person writes. */
export function askForPerson(situation: Situation, reason: 'asked' | 'attachment' = 'asked'): Draft {
  const { content, conversation, now } = situation
  const handedOver = { handedOver: true, status: 'handover', changes: { handover: { kind: 'open' as const, reason } } }
  if (conversation.waitingSince !== null) {
    const text = reply(content, 'handover_again', { since: tellTime(conversation.waitingSince, now) })
    return { conversation, messages: [{ text }], ...handedOver }
  }
  const text = isOpen(content.province.hours, now)
    ? reply(content, 'handover_open')
    : reply(content, 'handover_closed', { opens: tellOpening(opensAt(content.province.hours, now), now) })
  return { conversation: { ...conversation, waitingSince: now }, messages: [{ text }], ...handedOver }
}

const tellOpening = (at: Millis | null, now: Millis): string => (at === null ? '' : tellTime(at, now))

/** A person wrote in the platform's own app: the bot is silent for this contact, and what it had not yet sent is dropped. */
export function personWrote(situation: Situation): Draft {
  const { conversation, event, settings } = situation
  return {
    conversation: { ...conversation, pausedUntil: event.sentAt + settings.handoverPause, waitingSince: null, pending: null },
    messages: [],
    status: 'staff_message',
    changes: { cancelReplies: 'staff_answered', handover: { kind: 'staff_answered' } },
  }
}

/** Another app or the inbox took the thread, or gave it back. */
export function threadMoved(situation: Situation, owner: 'us' | 'others'): Draft {
  const { conversation, event, settings } = situation
  const pausedUntil = owner === 'us' ? null : event.sentAt + settings.handoverPause
  return { conversation: { ...conversation, pausedUntil }, messages: [], status: 'thread_control' }
}

/** Nobody has answered yet: told once, and once more before the platform forbids us to write. */
export function reminded(situation: Situation, what: Extract<EventBody, { kind: 'reminder' }>['what']): Draft {
  const { content, conversation, now } = situation
  if (conversation.waitingSince === null || isPaused(situation)) return silence(situation, 'reminder')
  const key = what === 'no_answer_yet' ? 'handover_waiting' : 'handover_window'
  return { conversation, messages: [{ text: reply(content, key, { since: tellTime(conversation.waitingSince, now) }) }], status: 'reminder' }
}

/** Whether a person has the conversation now. */
export const isPaused = ({ conversation, now }: Situation): boolean => conversation.pausedUntil !== null && now < conversation.pausedUntil
