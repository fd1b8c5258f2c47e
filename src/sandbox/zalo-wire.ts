import { signZalo } from '../../webhooks/sign.ts'
import { createIds } from './ids.ts'
import type { Person } from './person.ts'
import type { SandboxSecrets } from './secrets.ts'
import type { Happening, Wire } from './wire.ts'

/** The id Zalo gives to whoever of the OA's staff wrote. */
const adminId = '7700112233445566001'

/** Zalo's webhook bodies. Times are digits in a string; there is no display name, and a tap is a text that reads like the payload. */
export function createZaloWire({ appId, oaId, secretKey }: SandboxSecrets['zalo']): Wire {
  const ids = createIds()
  const body = (event: string, at: number, rest: object): object => ({ app_id: appId, user_id_by_app: '5550001112223334444', event_name: event, ...rest, timestamp: String(at) })
  const fromCitizen = (event: string, person: Person, { id, at }: Happening, message: object): object =>
    body(event, at, { sender: { id: person.userId }, recipient: { id: oaId }, message: { msg_id: id, ...message } })
  const fromOa = (event: string, person: Person, at: number, message: object, sender: object = {}): object =>
    body(event, at, { sender: { id: oaId, ...sender }, recipient: { id: person.userId }, message })
  return {
    said: (person, what) => fromCitizen('user_send_text', person, what, { text: what.text, ...(what.quotes !== null && { quote_msg_id: what.quotes }) }),
    tapped: (person, what) => fromCitizen('user_send_text', person, what, { text: what.payload }),
    image: (person, what) => fromCitizen('user_send_image', person, what, {
      text: '', attachments: [{ type: 'image', payload: { thumbnail: 'https://photo.sandbox.invalid/t.jpg', url: 'https://photo.sandbox.invalid/o.jpg' } }],
    }),
    sticker: (person, what) => fromCitizen('user_send_sticker', person, what, {
      attachments: [{ type: 'sticker', payload: { id: 'bfe458bf64fa8da4d4eb', url: 'https://photo.sandbox.invalid/s.png' } }],
    }),
    // "Nhắn tin" on the OA's profile is told once, to strangers only; a link into Zalo carries no code of ours.
    started: (person, { at }) => (person.lastActAt === null ? body('user_click_chatnow', at, { oa_id: oaId, user_id: person.userId }) : null),
    followed: (person, { at }) => body('follow', at, { oa_id: oaId, follower: { id: person.userId }, source: 'oa_profile' }),
    left: (person, { at }) => body('unfollow', at, { oa_id: oaId, follower: { id: person.userId }, source: 'oa_profile' }),
    returned: (person, { at }) => body('follow', at, { oa_id: oaId, follower: { id: person.userId }, source: 'oa_profile' }),
    staff: (person, { id, at, text }) => fromOa('oa_send_text', person, at, { text, msg_id: id }, { admin_id: adminId }),
    echo: (person, { id, at, text, media }) => fromOa(media === null ? 'oa_send_text' : media.kind === 'file' ? 'oa_send_file' : 'oa_send_image', person, at, { text, msg_id: id }),
    delivered: (person, { id }, at) => fromOa('user_received_message', person, at, { msg_id: id }),
    read: (person, messages, at) => fromOa('user_seen_message', person, at, { msg_ids: messages.map(({ id }) => id) }),
    newId: () => ids.next(),
    newUserId: () => ids.digits(19),
    bytes: (payload) => new TextEncoder().encode(JSON.stringify(payload)),
    sign: (bytes) => signZalo(bytes, appId, secretKey),
  }
}
