import { getStartedPayload } from '../core/payload.ts'
import { facebookBytes, signFacebook } from '../../webhooks/sign.ts'
import { createIds } from './ids.ts'
import type { Person } from './person.ts'
import type { SandboxSecrets } from './secrets.ts'
import type { Wire } from './wire.ts'

/** One of the two numbers that Meta's pages print for the inbox: ours must not rely on either. */
const inboxAppId = 26390203743090

/** Messenger's webhook bodies, one update in each. Bytes are escaped as Meta escapes them. */
export function createFacebookWire({ appId, pageId, appSecret }: SandboxSecrets['facebook']): Wire {
  const ids = createIds()
  const envelope = (at: number, item: object): object => ({ object: 'page', entry: [{ id: pageId, time: at, messaging: [item] }] })
  const fromCitizen = (person: Person, at: number, what: object): object =>
    envelope(at, { sender: { id: person.userId }, recipient: { id: pageId }, timestamp: at, ...what })
  const fromPage = (person: Person, at: number, message: object): object =>
    envelope(at, { sender: { id: pageId }, recipient: { id: person.userId }, timestamp: at, message: { is_echo: true, ...message } })
  return {
    said: (person, { id, at, text, quotes }) =>
      fromCitizen(person, at, { message: { mid: id, text, ...(quotes !== null && { reply_to: { mid: quotes, is_self_reply: false } }) } }),
    tapped: (person, { id, at, title, payload, quick }) =>
      fromCitizen(person, at, quick ? { message: { mid: id, text: title, quick_reply: { payload } } } : { postback: { mid: id, title, payload } }),
    image: (person, { id, at }) => fromCitizen(person, at, { message: { mid: id, attachments: [{ type: 'image', payload: { url: 'https://cdn.sandbox.invalid/photo.jpg' } }] } }),
    sticker: (person, { id, at }) =>
      fromCitizen(person, at, { message: { mid: id, attachments: [{ type: 'sticker', payload: { url: 'https://cdn.sandbox.invalid/like.png', sticker_id: 369239263222822 } }] } }),
    // A stranger meets "Get Started", which carries the link's code along; in a known thread a link is a referral of its own.
    started(person, { id, at, ref }) {
      const referral = ref === null ? null : { ref, source: 'SHORTLINK', type: 'OPEN_THREAD' }
      if (person.lastActAt === null) return fromCitizen(person, at, { postback: { mid: id, title: 'Bắt đầu', payload: getStartedPayload, ...(referral !== null && { referral }) } })
      return referral === null ? null : fromCitizen(person, at, { referral })
    },
    followed: () => null,
    left: () => null,
    returned: () => null,
    staff: (person, { id, at, text }) => fromPage(person, at, { mid: id, text, app_id: inboxAppId }),
    echo: (person, { id, at, text, body }) => fromPage(person, at, { mid: id, text, app_id: appId, ...metadataOf(body) }),
    delivered: (person, { id }, at) => fromCitizen(person, at, { delivery: { mids: [id], watermark: at } }),
    read: (person, _messages, at) => fromCitizen(person, at, { read: { watermark: at } }),
    newId: () => `m_${ids.next()}`,
    newUserId: () => ids.digits(17),
    bytes: facebookBytes,
    sign: (bytes) => signFacebook(bytes, appSecret),
  }
}

/** What our server put into the send comes back with its echo. */
function metadataOf(body: unknown): { metadata?: string } {
  const metadata = (body as { message?: { metadata?: unknown } }).message?.metadata
  return typeof metadata === 'string' ? { metadata } : {}
}
