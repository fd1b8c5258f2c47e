import type { DutyHours } from '../content.ts'
import type { EventBody } from '../core/event.ts'
import type { ReplyKey } from '../core/replies.ts'
import { DAY, HOUR, tellTime, vietnamDay, vietnamTime, type Millis } from '../core/time.ts'
import { articleByStaff, humanChoice, menuChoice, reply } from './compose.ts'
import { isOpen, opensAt, workingTime } from './hours.ts'
import { silence, type Draft, type Situation } from './turn.ts'

/** The citizen asks for a person, and a person comes. */

/** Whoever waited in vain for so long begins a new matter … */
const longestWait = 2 * DAY
/** … if the office was open for so long meanwhile: what is asked before a holiday still waits after it … */
const longestOpenWait = 8 * HOUR
/** … unless it hardly ever opens. */
const longestClosedWait = 14 * DAY

/** Whether a request that nobody answered is so old that asking again is a new one. */
export function hasLapsed(hours: DutyHours, since: Millis, now: Millis): boolean {
  const waited = now - since
  return waited >= longestClosedWait || (waited >= longestWait && workingTime(hours, since, now) >= longestOpenWait)
}

/** Whether a person was asked for, has not written yet, and may still be expected. */
export const isWaiting = ({ conversation: { waitingSince }, content, now }: Pick<Situation, 'conversation' | 'content' | 'now'>): boolean =>
  waitingSince !== null && !hasLapsed(content.province.hours, waitingSince, now)

/** Makes the record and says when somebody answers; the bot goes on answering until a person writes. */
export function askForPerson(situation: Situation, reason: 'asked' | 'attachment' = 'asked'): Draft {
  const { content, conversation, now } = situation
  const handedOver = { handedOver: true, status: 'handover' as const, changes: { handover: { kind: 'open' as const, reason } } }
  if (conversation.waitingSince !== null && isWaiting(situation)) return { ...stillWaiting(situation, conversation.waitingSince), ...handedOver }
  const text = isOpen(content.province.hours, now)
    ? reply(content, 'handover_open')
    : reply(content, 'handover_closed', { opens: tellOpening(opensAt(content.province.hours, now), now) })
  return { conversation: { ...conversation, waitingSince: now }, messages: [{ text }], ...handedOver }
}

/** No person need come any more. Said also where nobody was asked for: what was passed on for other reasons ends too. */
export function takeBackRequest({ content, conversation }: Situation): Draft {
  return {
    conversation: { ...conversation, waitingSince: null },
    messages: [{ text: reply(content, 'handover_taken_back'), choices: [menuChoice(content), humanChoice(content)] }],
    status: 'taken_back',
    changes: { handover: { kind: 'close' } },
  }
}

/** Asked again, or "có ai không": since when the request stands. */
export function stillWaiting({ content, conversation, now }: Situation, since: Millis): Draft {
  return { conversation, messages: [{ text: reply(content, 'handover_again', { since: tellTime(since, now) }) }], status: 'noted' }
}

/** What is written or sent for the person who will come. */
export function noted({ content, conversation }: Situation, key: Extract<ReplyKey, 'noted_for_staff' | 'noted_media'>): Draft {
  return { conversation, messages: [{ text: reply(content, key) }], status: 'noted' }
}

/** `13:30`, `07:30 ngày mai`, `07:30 thứ Hai 30/11`; empty when the hours name no time. */
export function tellOpening(at: Millis | null, now: Millis): string {
  if (at === null) return ''
  const { weekday, day, month } = vietnamTime(at)
  const clock = tellTime(at, at)
  if (vietnamDay(at) === vietnamDay(now)) return clock
  return vietnamDay(at) === vietnamDay(now + DAY) ? `${clock} ngày mai` : `${clock} ${weekdays[weekday]!} ${day}/${month}`
}

const weekdays = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy']

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

/** An officer answers on our pages: as if it had been written in the platform's own app, and it is we who send it. */
export function personReplied(situation: Situation, says: Extract<EventBody, { kind: 'staff_reply' }>['says']): Draft {
  const article = 'article' in says ? situation.content.articles.get(says.article) : undefined
  const messages = 'text' in says ? [{ text: says.text }] : article === undefined ? [] : [articleByStaff(situation.content, article, vietnamDay(situation.now))]
  return { ...personWrote(situation), messages, status: 'staff_reply' }
}

/** Another app, the inbox or an officer took the thread, or gave it back. */
export function threadMoved(situation: Situation, { owner, settled }: Extract<EventBody, { kind: 'thread_control' }>): Draft {
  const { conversation, event, settings } = situation
  const pausedUntil = owner === 'us' ? null : event.sentAt + settings.handoverPause
  const waitingSince = settled === true ? null : conversation.waitingSince
  return { conversation: { ...conversation, pausedUntil, waitingSince }, messages: [], status: 'thread_control' }
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
