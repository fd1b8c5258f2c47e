import type { Contact } from '../src/core/contact.ts'
import type { EventBody, MediaType } from '../src/core/event.ts'
import { deliveryMark, getStartedPayload, isPayload } from '../src/core/payload.ts'
import { shorten } from '../src/core/text.ts'
import type { Millis } from '../src/core/time.ts'
import type { Gathering, Head } from './gather.ts'
import { idOf, objectOf, objectsOf, refOf, textOf, timeOf, urlOf, wordsOf, type Json } from './read.ts'

export interface FacebookContext {
  pageId: string
  appId: string
  receivedAt: Millis
}

type Reader = (found: Gathering, item: Json, inner: Json, context: FacebookContext) => void

/** One item of `entry.messaging`: beside sender, recipient and time it has one key that says what it is. */
export function readMessaging(found: Gathering, item: Json, context: FacebookContext): void {
  const key = kindOf(item)
  if (key === null) return found.ignore('unknown_shape')
  const reader = readers.get(key)
  const inner = objectOf(item[key])
  if (reader === undefined) found.ignore(key)
  else if (inner === null) found.ignore('unknown_shape')
  else reader(found, item, inner, context)
}

const aboutTheItem = new Set(['sender', 'recipient', 'timestamp'])

function kindOf(item: Json): string | null {
  const keys = Object.keys(item)
  return keys.find((key) => readers.has(key)) ?? keys.find((key) => !aboutTheItem.has(key)) ?? null
}

/**
 * `entry.standby`: another app or the inbox holds the thread, so nothing here is ours to answer. What the citizen does
 * still opens the reply window; what staff write is theirs; receipts and echoes are as true as elsewhere.
 */
export function readStandby(found: Gathering, item: Json, context: FacebookContext): void {
  const key = kindOf(item)
  const message = objectOf(item.message)
  if (key === 'delivery' || key === 'read' || message?.is_echo === true) return readMessaging(found, item, context)
  if (key !== 'message' && key !== 'postback' && key !== 'referral') return found.ignore('standby')
  add(found, item, context, idOf(objectOf(item[key])?.mid), { kind: 'thread_control', owner: 'others' })
  add(found, item, context, idOf(objectOf(item[key])?.mid), { kind: 'interaction' })
}

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['message', readMessage],
  ['postback', readPostback],
  ['referral', (found, item, referral, context) => add(found, item, context, null, { kind: 'start', ref: refOf(referral.ref) })],
  ['delivery', readDelivery],
  ['read', readRead],
  ['reaction', readReaction],
  ['message_edit', (found) => found.ignore('edited_message')],
  ['pass_thread_control', readThreadControl],
  ['take_thread_control', readThreadControl],
  ['policy_enforcement', readPolicy],
  ['policy-enforcement', readPolicy],
])

/** Adds an event of the person in this item, who is whichever side is not the page; `mid` null where the item has none. */
function add(found: Gathering, item: Json, context: FacebookContext, mid: string | null, body: EventBody, entry: string | null = null): void {
  const contact = contactOf(item, context)
  if (contact === null) return found.ignore('unknown_shape')
  found.add(contact, mid ?? item, { ...headOf(item, context, mid), ...(entry !== null && { entry }) }, body)
}

function contactOf(item: Json, { pageId }: FacebookContext): Contact | null {
  const sender = idOf(objectOf(item.sender)?.id)
  const userId = sender === pageId || sender === null ? idOf(objectOf(item.recipient)?.id) : sender
  return userId === null || userId === pageId ? null : { channel: 'facebook', accountId: pageId, userId }
}

function headOf(item: Json, { receivedAt }: FacebookContext, mid: string | null): Head {
  const sentAt = timeOf(item.timestamp, receivedAt)
  const head: Head = { sentAt, receivedAt, orderAt: sentAt }
  if (mid !== null) head.messageId = mid
  return head
}

/**
 * Only a person's own message starts a turn: what the page itself sent must be an echo, whatever its shape. The first one
 * after an advertisement says which it was.
 */
function readMessage(found: Gathering, item: Json, message: Json, context: FacebookContext): void {
  if (message.is_echo === true) return readEcho(found, item, message, context)
  if (idOf(objectOf(item.sender)?.id) === context.pageId) return found.ignore('own_message')
  if (message.is_deleted === true) return found.ignore('deleted_message')
  const body = bodyOfMessage(message)
  if (body === null) found.ignore('unknown_shape')
  else add(found, item, context, idOf(message.mid), body, refOf(objectOf(message.referral)?.ref))
}

/** A quick reply may be another app's or an advertisement's: then its payload says nothing to us, and its words do. */
function bodyOfMessage(message: Json): EventBody | null {
  const payload = textOf(objectOf(message.quick_reply)?.payload)
  const text = textOf(message.text)
  if (payload !== null && (text === null || isPayload(payload))) return { kind: 'tap', payload }
  const attachment = objectsOf(message.attachments)[0]
  if (attachment !== undefined && !(attachment.type === 'fallback' && text !== null)) return bodyOfAttachment(attachment, message)
  if (text === null) return null
  const quoted = idOf(objectOf(message.reply_to)?.mid)
  return quoted === null ? { kind: 'text', text } : { kind: 'text', text, quotedMessageId: quoted }
}

const mediaTypes: ReadonlyMap<unknown, MediaType> = new Map<unknown, MediaType>([
  ['image', 'image'], ['audio', 'audio'], ['video', 'video'], ['file', 'file'], ['sticker', 'sticker'],
  ['fallback', 'link'], ['reel', 'link'], ['ig_reel', 'link'], ['post', 'link'], ['ig_post', 'link'],
])

/**
 * Several files in one message are one event, told by the first: it gets one reply. `fallback` is the preview of a link
 * inside a text, so beside words it says nothing of its own. A sticker used to come as an image with `sticker_id`.
 */
function bodyOfAttachment(attachment: Json, message: Json): EventBody {
  if (attachment.type === 'location') return { kind: 'location' }
  const payload = objectOf(attachment.payload)
  const mediaType = payload?.sticker_id !== undefined ? 'sticker' : (mediaTypes.get(attachment.type) ?? 'other')
  const url = urlOf(payload?.url)
  const caption = wordsOf(message.text)
  return { kind: 'attachment', mediaType, ...(url !== null && { url }), ...(caption !== null && { caption }) }
}

/**
 * Everything the page sends comes back. Ours has our app id or our mark; all else was written by a person (or another
 * app: Meta's pages give two different ids for its own inbox, so none is relied on).
 */
function readEcho(found: Gathering, item: Json, message: Json, context: FacebookContext): void {
  const mid = idOf(message.mid)
  if (mid === null) return found.ignore('unknown_shape')
  const metadata = textOf(message.metadata) ?? ''
  const marked = metadata.startsWith(deliveryMark) && metadata.length > deliveryMark.length
  if (marked) add(found, item, context, mid, { kind: 'echo', deliveryId: metadata.slice(deliveryMark.length), platformMessageId: mid })
  else if (idOf(message.app_id) === context.appId) found.ignore('own_echo')
  else add(found, item, context, mid, { kind: 'staff_message', platformMessageId: mid, automatic: false })
}

/** Get Started, or a button. A link (`m.me/<page>?ref=`) that opened the thread travels along with Get Started. */
function readPostback(found: Gathering, item: Json, postback: Json, context: FacebookContext): void {
  const payload = textOf(postback.payload)
  const referral = objectOf(postback.referral)
  const mid = idOf(postback.mid)
  const starts = payload === getStartedPayload || payload === 'GET_STARTED' || (referral !== null && !isPayload(payload ?? ''))
  if (starts) add(found, item, context, mid, { kind: 'start', ref: refOf(referral?.ref) })
  else if (payload === null) found.ignore('unknown_shape')
  else add(found, item, context, mid, { kind: 'tap', payload })
}

/** `mids` may be missing; then `watermark` says: everything up to that time. */
function readDelivery(found: Gathering, item: Json, delivery: Json, context: FacebookContext): void {
  const mids = Array.isArray(delivery.mids) ? delivery.mids.map(idOf).filter((mid) => mid !== null) : []
  if (mids.length > 0) add(found, item, context, null, { kind: 'receipt', platformMessageIds: mids, status: 'delivered' })
  else addWatermark(found, item, delivery, context, 'delivered')
}

function readRead(found: Gathering, item: Json, read: Json, context: FacebookContext): void {
  addWatermark(found, item, read, context, 'read')
}

function addWatermark(found: Gathering, item: Json, inner: Json, context: FacebookContext, status: 'delivered' | 'read'): void {
  if (!Number.isSafeInteger(inner.watermark)) return found.ignore('unknown_shape')
  add(found, item, context, null, { kind: 'receipt', readUpTo: timeOf(inner.watermark, context.receivedAt), status })
}

/** A reaction reopens the reply window; taking one back does not. */
function readReaction(found: Gathering, item: Json, reaction: Json, context: FacebookContext): void {
  if (reaction.action === 'unreact') found.ignore('unreact')
  else add(found, item, context, null, { kind: 'interaction' })
}

function readThreadControl(found: Gathering, item: Json, control: Json, context: FacebookContext): void {
  const owner = idOf(control.new_owner_app_id)
  add(found, item, context, null, { kind: 'thread_control', owner: owner === context.appId ? 'us' : 'others' })
}

const policyKinds = { warning: 'policy_warning', block: 'policy_block', unblock: 'policy_unblock' } as const

function readPolicy(found: Gathering, item: Json, policy: Json, { pageId, receivedAt }: FacebookContext): void {
  const action = textOf(policy.action) ?? ''
  const kind = Object.hasOwn(policyKinds, action) ? policyKinds[action as keyof typeof policyKinds] : 'policy_warning'
  const detail = shorten([action, wordsOf(policy.reason)].filter((words) => words !== null).join(': '), 300)
  found.accountEvents.push({ account: `facebook:${pageId}`, at: timeOf(item.timestamp, receivedAt), kind, detail })
}
