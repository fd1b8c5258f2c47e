import { signTelegram } from '../../webhooks/sign.ts'
import { SECOND } from '../core/time.ts'
import { createIds } from './ids.ts'
import type { Person } from './person.ts'
import type { TelegramBot } from './telegram-bot.ts'
import type { Happening, Wire } from './wire.ts'

/** Telegram's updates. Times are whole seconds; a bot hears nothing of its own messages, of receipts or of staff. */
export function createTelegramWire(bot: TelegramBot): Wire {
  const ids = createIds()
  const update = (what: object): object => ({ update_id: bot.newUpdateId(), ...what })
  const who = (person: Person): object => ({ id: Number(person.userId), is_bot: false, first_name: 'Bà con', language_code: 'vi' })
  const chat = (person: Person): object => ({ id: Number(person.userId), type: 'private', first_name: 'Bà con' })
  const message = (person: Person, { id, at }: Happening, rest: object): object =>
    update({ message: { message_id: Number(id), date: Math.floor(at / SECOND), from: who(person), chat: chat(person), ...rest } })
  const membership = (person: Person, { at }: Happening, before: string, after: string): object =>
    update({
      my_chat_member: {
        date: Math.floor(at / SECOND), chat: chat(person), from: who(person),
        old_chat_member: { status: before, user: bot.me }, new_chat_member: { status: after, user: bot.me },
      },
    })
  return {
    said: (person, what) => message(person, what, { text: what.text, ...(what.quotes !== null && { reply_to_message: { message_id: Number(what.quotes), chat: chat(person) } }) }),
    tapped: (person, { payload, message: shown }) => update({
      callback_query: {
        id: bot.newTap(), chat_instance: '-1', from: who(person), data: payload,
        message: { message_id: Number(shown?.id ?? 1), date: shown === null ? 0 : Math.floor(shown.at / SECOND), chat: chat(person) },
      },
    }),
    image: (person, what) => message(person, what, { photo: [{ file_id: 'AgAC-sandbox', file_unique_id: 'u1', width: 1280, height: 960, file_size: 180_000 }] }),
    sticker: (person, what) => message(person, what, { sticker: { file_id: 'CAAC-sandbox', file_unique_id: 's1', width: 512, height: 512, is_animated: false, is_video: false, type: 'regular' } }),
    started: (person, what) => message(person, what, {
      text: what.ref === null ? '/start' : `/start ${what.ref}`, entities: [{ type: 'bot_command', offset: 0, length: 6 }],
    }),
    followed: () => null,
    left: (person, what) => membership(person, what, 'member', 'kicked'),
    returned: (person, what) => membership(person, what, 'kicked', 'member'),
    staff: () => null,
    echo: () => null,
    delivered: () => null,
    read: () => null,
    newId: () => bot.newMessageId(),
    newUserId: () => ids.digits(10),
    bytes: (payload) => new TextEncoder().encode(JSON.stringify(payload)),
    sign: () => signTelegram(bot.webhookSecret),
  }
}
