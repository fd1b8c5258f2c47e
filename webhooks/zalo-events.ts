import type { Contact } from '../src/core/contact.ts'
import type { AccountEvent, EventBody, MediaType } from '../src/core/event.ts'
import { isPayload } from '../src/core/payload.ts'
import { shorten } from '../src/core/text.ts'
import type { Gathering, Head } from './gather.ts'
import { idOf, objectOf, objectsOf, textOf, timeOf, urlOf, wordsOf, type Json } from './read.ts'
import type { ParseContext } from './webhook.ts'

export interface ZaloContext extends ParseContext {
  isOurs(oaId: string): boolean
}

/** One body is one event. Names are Zalo's; `docs/OA/webhook` lists them, and new ones appear without notice. */
export function readZaloEvent(found: Gathering, raw: Json, name: string, context: ZaloContext): void {
  if (name.includes('_group')) return found.ignore('group_chat')
  const alarm = accountEventKinds.get(name)
  if (alarm !== undefined) return readAccountEvent(found, raw, name, alarm, context)
  const reader = readers.get(name) ?? (isEcho(name) ? readOwnSide : undefined)
  if (reader === undefined) return found.ignore(name)
  const told = reader(raw, name, context)
  if (told === null) return found.ignore('unknown_shape')
  if (typeof told === 'string') return found.ignore(told)
  if (!context.isOurs(told.contact.accountId)) return found.ignore('another_account')
  const sentAt = timeOf(raw.timestamp, context.receivedAt)
  const head: Head = { sentAt, receivedAt: context.receivedAt, orderAt: sentAt }
  if (told.messageId !== undefined) head.messageId = told.messageId
  found.add(told.contact, told.native ?? raw, head, told.body)
}

/** What one body tells: null for a shape that cannot be read, a name for one that is left on purpose. */
type Told = { contact: Contact; body: EventBody; native?: string; messageId?: string } | string | null
type Reader = (raw: Json, name: string, context: ZaloContext) => Told

const mediaTypes: Readonly<Record<string, MediaType>> = {
  image: 'image', gif: 'image', audio: 'audio', video: 'video', file: 'file', sticker: 'sticker', link: 'link', business_card: 'contact_card',
}

/** A reaction (`user_reacted_message`) is left: it is none of the interactions by which Zalo counts its 48 hours, and what goes out after them is billed. */
const readers: ReadonlyMap<string, Reader> = new Map([
  ...['user', 'anonymous'].flatMap((who): [string, Reader][] => [
    [`${who}_send_text`, readWords],
    [`${who}_send_location`, readLocation],
    ...Object.keys(mediaTypes).map((type): [string, Reader] => [`${who}_send_${type}`, readMedia]),
  ]),
  ['follow', (raw) => byFollower(raw, { kind: 'follow' })],
  ['unfollow', (raw) => byFollower(raw, { kind: 'unfollow' })],
  ['user_click_chatnow', (raw) => byUser(raw, { kind: 'start', ref: null })],
  ['user_withdraw', readWithdrawal],
  ['user_submit_info', readSubmittedInfo],
  ['user_received_message', (raw) => readReceipt(raw, 'delivered')],
  ['user_seen_message', (raw) => readReceipt(raw, 'read')],
])

/** `oa_send_consent` asks for leave to call; all other `oa_send_*` repeat a message that went out. */
const isEcho = (name: string): boolean => name.startsWith('oa_send_') && name !== 'oa_send_consent'

/** A tap comes as an ordinary text that reads like one of our payloads; there is no other sign of it. */
function readWords(raw: Json): Told {
  const message = objectOf(raw.message)
  const text = textOf(message?.text) ?? ''
  if (isPayload(text)) return message && withMessage(raw, message, { kind: 'tap', payload: text })
  const quoted = idOf(message?.quote_msg_id)
  return message && withMessage(raw, message, quoted === null ? { kind: 'text', text } : { kind: 'text', text, quotedMessageId: quoted })
}

function readLocation(raw: Json): Told {
  return withMessage(raw, objectOf(raw.message) ?? {}, { kind: 'location' })
}

/** Several files in one message are one event, told by the first: it gets one reply. */
function readMedia(raw: Json, name: string): Told {
  const message = objectOf(raw.message) ?? {}
  const mediaType = mediaTypes[name.slice(name.indexOf('_send_') + '_send_'.length)]!
  const url = urlOf(objectOf(objectsOf(message.attachments)[0]?.payload)?.url)
  const caption = wordsOf(message.text)
  return withMessage(raw, message, { kind: 'attachment', mediaType, ...(url !== null && { url }), ...(caption !== null && { caption }) })
}

function withMessage(raw: Json, message: Json, body: EventBody): Told {
  const told = bySender(raw, body)
  const messageId = idOf(message.msg_id)
  return told === null || typeof told === 'string' || messageId === null ? told : { ...told, native: messageId, messageId }
}

/** From a citizen to the OA: sender is the person. A visitor without a Zalo account has an id for this one conversation. */
function bySender(raw: Json, body: EventBody): Told {
  const contact = contactOf(idOf(objectOf(raw.recipient)?.id), objectOf(raw.sender)?.id, raw)
  return contact && { contact, body }
}

/**
 * A message that went from the OA to a citizen. `admin_id` stands there only when a person typed it in Zalo's own tool;
 * without it, it is our own send (known by its id) or a machine of Zalo or another app.
 */
function readOwnSide(raw: Json): Told {
  const sender = objectOf(raw.sender)
  const contact = contactOf(idOf(sender?.id), objectOf(raw.recipient)?.id, raw)
  const messageId = idOf(objectOf(raw.message)?.msg_id)
  if (contact === null || messageId === null) return null
  const automatic = idOf(sender?.admin_id) === null
  return { contact, native: messageId, messageId, body: { kind: 'staff_message', platformMessageId: messageId, automatic } }
}

/**
 * Sender is the OA here. A template sent to a phone number reports the number as the recipient's id: such a number is
 * nobody we know by that name and must not become a contact.
 */
function readReceipt(raw: Json, status: 'delivered' | 'read'): Told {
  const message = objectOf(raw.message) ?? {}
  const contact = contactOf(idOf(objectOf(raw.sender)?.id), objectOf(raw.recipient)?.id, raw)
  if (message.tracking_id !== undefined || (contact !== null && phoneNumber.test(contact.userId))) return 'template_receipt'
  const listed = Array.isArray(message.msg_ids) ? message.msg_ids : [message.msg_id]
  const ids = listed.map(idOf).filter((id) => id !== null)
  if (contact === null || ids.length === 0) return null
  const body: EventBody = { kind: 'receipt', platformMessageIds: ids, status }
  return ids.length === 1 ? { contact, native: `${status}/${ids[0]!}`, body } : { contact, body }
}

const phoneNumber = /^(84|0)\d{9}$/

/** What stands in the form (name, telephone, address) is not taken: nothing here needs it, and the person is told that it is not kept. */
function readSubmittedInfo(raw: Json): Told {
  return objectOf(raw.info) === null ? null : bySender(raw, { kind: 'submitted_info', fields: {} })
}

function byFollower(raw: Json, body: EventBody): Told {
  const contact = contactOf(idOf(raw.oa_id), objectOf(raw.follower)?.id, raw)
  return contact && { contact, body }
}

function byUser(raw: Json, body: EventBody): Told {
  const contact = contactOf(idOf(raw.oa_id), raw.user_id, raw)
  return contact && { contact, body }
}

/**
 * A demand to delete is the last thing that may be lost, and only its `user_id` is described: where no OA is named it is the one
 * whose key proved the body, and a person named as sender is taken too.
 */
function readWithdrawal(raw: Json, _name: string, { accountId }: ZaloContext): Told {
  const oaId = idOf(raw.oa_id) ?? idOf(objectOf(raw.recipient)?.id) ?? accountId
  const contact = contactOf(oaId, raw.user_id ?? objectOf(raw.sender)?.id, raw)
  return contact && { contact, body: { kind: 'erasure_request' } }
}

function contactOf(oaId: string | null, user: unknown, raw: Json): Contact | null {
  const userId = idOf(user)
  if (oaId === null || userId === null) return null
  if (!String(raw.event_name).includes('anonymous')) return { channel: 'zalo', accountId: oaId, userId }
  const conversation = idOf(objectOf(raw.message)?.conversation_id)
  return conversation === null ? null : { channel: 'zalo', accountId: oaId, userId: `anon:${userId}:${conversation}` }
}

const accountEventKinds: ReadonlyMap<string, AccountEvent['kind']> = new Map([
  ['permission_revoked', 'token_revoked'],
  ['change_oa_daily_quota', 'quota_changed'],
  ['change_template_quota', 'quota_changed'],
  ['change_oa_template_tags', 'template_changed'],
  ['change_template_quality', 'template_changed'],
  ['change_template_status', 'template_changed'],
])

function readAccountEvent(found: Gathering, raw: Json, name: string, kind: AccountEvent['kind'], context: ZaloContext): void {
  const oaId = idOf(raw.oa_id) ?? context.accountId
  if (oaId === null) return found.ignore('unknown_shape')
  if (!context.isOurs(oaId)) return found.ignore('another_account')
  found.accountEvents.push({ account: `zalo:${oaId}`, at: timeOf(raw.timestamp, context.receivedAt), kind, detail: detailOf(raw, name) })
}

const aboutTheBody = new Set(['app_id', 'oa_id', 'event_name', 'timestamp', 'user_id', 'user_id_by_app', 'sender', 'recipient', 'follower'])

/** The event's name and what it says of the template or quota, in Zalo's words. */
function detailOf(raw: Json, name: string): string {
  const said = Object.entries(raw).filter(([key]) => !aboutTheBody.has(key)).flatMap(([key, value]) => {
    const parts = objectOf(value)
    return parts === null ? [[key, value] as const] : Object.entries(parts)
  })
  const shown = said.flatMap(([key, value]) => (typeof value === 'string' || typeof value === 'number' ? [`${key}=${textOf(String(value))!}`] : []))
  return shorten([name, ...shown].join(' '), 300)
}
