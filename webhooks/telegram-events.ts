import type { Contact } from '../src/core/contact.ts'
import type { EventBody, MediaType } from '../src/core/event.ts'
import type { Millis } from '../src/core/time.ts'
import type { Gathering, Head } from './gather.ts'
import { idOf, objectOf, refOf, textOf, timeOf, wordsOf, type Json } from './read.ts'

export interface TelegramContext {
  botId: string
  receivedAt: Millis
}

type Reader = (found: Gathering, updateId: string, inner: Json, context: TelegramContext) => void

/** An update has an id and at most one other key, which says what it is. New keys come several times a year. */
export function readUpdate(found: Gathering, update: Json, context: TelegramContext): void {
  const updateId = idOf(update.update_id)
  const name = Object.keys(update).find((key) => key !== 'update_id')
  if (updateId === null || name === undefined) return found.ignore('unknown_shape')
  const reader = readers.get(name)
  const inner = objectOf(update[name])
  if (reader === undefined) found.ignore(name)
  else if (inner === null) found.ignore('unknown_shape')
  else reader(found, updateId, inner, context)
}

const readers: ReadonlyMap<string, Reader> = new Map([
  ['message', readMessage],
  ['callback_query', readTap],
  ['my_chat_member', readMembership],
])

/** A private chat has its person's id; a group or channel is no conversation of ours: null. */
function privateContact(chat: Json | null, { botId }: TelegramContext): Contact | null {
  const userId = chat?.type === 'private' ? idOf(chat.id) : null
  return userId === null ? null : { channel: 'telegram', accountId: botId, userId }
}

/** Telegram's times are whole seconds and a tap has none, so events are ordered as they arrive; it sends a chat's updates in turn. */
function headOf(date: unknown, { receivedAt }: TelegramContext): Head {
  return { sentAt: timeOf(date, receivedAt), receivedAt, orderAt: receivedAt }
}

function readMessage(found: Gathering, updateId: string, message: Json, context: TelegramContext): void {
  const chat = objectOf(message.chat)
  if (chat === null) return found.ignore('unknown_shape')
  const contact = privateContact(chat, context)
  if (contact === null) return found.ignore('group_chat')
  if (objectOf(message.from)?.is_bot === true) return found.ignore('from_bot')
  const body = bodyOfMessage(message)
  if (body === null) return found.ignore(Object.keys(message).find((key) => !aboutTheMessage.has(key)) ?? 'unknown_shape')
  const head = headOf(message.date, context)
  const messageId = idOf(message.message_id)
  if (messageId !== null) head.messageId = messageId
  found.add(contact, updateId, head, body)
}

const aboutTheMessage = new Set([
  'message_id', 'from', 'chat', 'date', 'reply_to_message', 'forward_origin', 'via_bot', 'media_group_id', 'has_protected_content', 'sender_chat',
])

function bodyOfMessage(message: Json): EventBody | null {
  const text = textOf(message.text)
  if (text === null) return bodyOfContent(message)
  if (/^\/start(@\w+)?(\s|$)/.test(text)) return { kind: 'start', ref: refOf(text.split(/\s+/)[1]) }
  const quoted = idOf(objectOf(message.reply_to_message)?.message_id)
  return quoted === null ? { kind: 'text', text } : { kind: 'text', text, quotedMessageId: quoted }
}

/** In this order: an animation also comes as `document`, a venue as `location`. */
const mediaTypes: readonly (readonly [string, MediaType])[] = [
  ['photo', 'image'], ['live_photo', 'image'], ['animation', 'image'], ['voice', 'audio'], ['audio', 'audio'], ['video', 'video'], ['video_note', 'video'],
  ['document', 'file'], ['sticker', 'sticker'], ['dice', 'sticker'], ['contact', 'contact_card'],
  ['story', 'other'], ['poll', 'other'], ['game', 'other'], ['paid_media', 'other'], ['checklist', 'other'], ['rich_message', 'other'],
]

/** Null for what nobody said: pinned messages, timers and other notes of Telegram's own. Files have ids here, no links. */
function bodyOfContent(message: Json): EventBody | null {
  if (objectOf(message.location) !== null) return { kind: 'location' }
  const mediaType = mediaTypes.find(([key]) => message[key] !== undefined)?.[1]
  if (mediaType === undefined) return null
  const caption = wordsOf(message.caption)
  return { kind: 'attachment', mediaType, ...(caption !== null && { caption }) }
}

/** The button's own message may be too old to be shown (`date` 0), so a tap has no time but its arrival. */
function readTap(found: Gathering, updateId: string, query: Json, context: TelegramContext): void {
  const tapId = idOf(query.id)
  const payload = textOf(query.data)
  if (tapId === null || payload === null) return found.ignore('unknown_shape')
  const contact = privateContact(objectOf(objectOf(query.message)?.chat), context)
  if (contact === null) return found.ignore('group_chat')
  found.add(contact, updateId, headOf(null, context), { kind: 'tap', payload, tapId })
}

/** In a private chat: `kicked` is "blocked the bot", `member` is "let it write again". */
function readMembership(found: Gathering, updateId: string, change: Json, context: TelegramContext): void {
  const contact = privateContact(objectOf(change.chat), context)
  if (contact === null) return found.ignore('group_chat')
  const status = objectOf(change.new_chat_member)?.status
  if (status === 'kicked') found.add(contact, updateId, headOf(change.date, context), { kind: 'unfollow' })
  else if (status === 'member') found.add(contact, updateId, headOf(change.date, context), { kind: 'follow' })
  else found.ignore('my_chat_member')
}
