import * as z from 'zod'
import type { Button, SentMessage } from './person.ts'

/** The Bot API's calls as far as our server uses them, with Telegram's limits. The message of an issue is Telegram's description. */

const httpUrl = z.url({ protocol: /^https?$/, hostname: /\../, error: 'wrong file identifier/HTTP URL specified' })
const buttonUrl = z.url({ protocol: /^(https?|tg)$/, hostname: /\../, error: 'inline keyboard button URL is invalid: Wrong HTTP URL' })
const bytes = (most: number, error: string) => z.string().min(1, error).refine((text) => Buffer.byteLength(text) <= most, error)
const button = z.union([
  z.strictObject({ text: z.string().min(1), callback_data: bytes(64, 'BUTTON_DATA_INVALID'), url: z.undefined().optional() }),
  z.strictObject({ text: z.string().min(1), url: buttonUrl, callback_data: z.undefined().optional() }),
], 'BUTTON_DATA_INVALID')
const keyboard = z.object({ inline_keyboard: z.array(z.array(button).min(1).max(8)) })
  .refine(({ inline_keyboard: rows }) => rows.flat().length <= 100, 'reply markup is too long')
const common = {
  chat_id: z.coerce.string(),
  reply_markup: keyboard.optional(),
  reply_parameters: z.object({ message_id: z.number().int().positive(), allow_sending_without_reply: z.boolean().optional() }).optional(),
}
const caption = z.string().max(1_024, 'message caption is too long').optional()

export const telegramSends = {
  sendMessage: z.object({ ...common, text: z.string('message text is empty').trim().min(1, 'message text is empty').max(4_096, 'message is too long') }),
  sendPhoto: z.object({ ...common, caption, photo: httpUrl }),
  sendAudio: z.object({ ...common, caption, audio: httpUrl }),
  sendVideo: z.object({ ...common, caption, video: httpUrl }),
  sendDocument: z.object({ ...common, caption, document: httpUrl }),
}
export type TelegramSend = { [Method in keyof typeof telegramSends]: z.infer<(typeof telegramSends)[Method]> }[keyof typeof telegramSends]

const message = { chat_id: z.coerce.string(), message_id: z.number().int().positive() }
/** Changes to what stands in a channel. */
export const telegramChanges = {
  editMessageText: z.object({ ...message, text: z.string().min(1, 'message text is empty').max(4_096, 'message is too long') }),
  editMessageCaption: z.object({ ...message, caption }),
  deleteMessage: z.object(message),
}

const languageCode = z.string().regex(/^([a-z]{2})?$/).optional()
export const telegramCalls = {
  answerCallbackQuery: z.object({ callback_query_id: z.coerce.string(), text: z.string().max(200, 'MESSAGE_TOO_LONG').optional() }),
  setMyCommands: z.object({
    commands: z.array(z.object({
      command: z.string().regex(/^[a-z0-9_]{1,32}$/, 'BOT_COMMAND_INVALID'),
      description: z.string().min(1, 'BOT_COMMAND_DESCRIPTION_INVALID').max(256, 'BOT_COMMAND_DESCRIPTION_INVALID'),
    })).max(100, 'BOT_COMMANDS_TOO_MUCH'),
    language_code: languageCode,
  }),
  setMyDescription: z.object({ description: z.string().max(512, 'BOT_DESCRIPTION_INVALID').optional(), language_code: languageCode }),
  setMyShortDescription: z.object({ short_description: z.string().max(120, 'BOT_SHORT_DESCRIPTION_INVALID').optional(), language_code: languageCode }),
  setWebhook: z.object({
    url: z.union([z.literal(''), z.url({ protocol: /^https$/ })], 'bad webhook: An HTTPS URL must be provided for webhook'),
    secret_token: z.string().regex(/^[\w-]{1,256}$/, 'secret token contains unallowed characters').optional(),
    max_connections: z.number().int().min(1).max(100).optional(),
    allowed_updates: z.array(z.string()).optional(),
  }),
  sendChatAction: z.object({ chat_id: z.coerce.string(), action: z.string().min(1) }),
}

/** The message as the phone shows it. */
export function shownByTelegram(call: TelegramSend): Pick<SentMessage, 'text' | 'buttons' | 'media' | 'quotes'> {
  const buttons = (call.reply_markup?.inline_keyboard ?? []).flat().map((each): Button => ({
    title: each.text, payload: each.callback_data ?? null, url: each.url ?? null, quick: false,
  }))
  const quotes = call.reply_parameters === undefined ? null : String(call.reply_parameters.message_id)
  const text = 'text' in call ? call.text : (call.caption ?? '')
  return { text, buttons, quotes, media: mediaOf(call) }
}

function mediaOf(call: TelegramSend): SentMessage['media'] {
  if ('photo' in call) return { kind: 'image', url: call.photo }
  if ('audio' in call) return { kind: 'audio', url: call.audio }
  if ('video' in call) return { kind: 'video', url: call.video }
  return 'document' in call ? { kind: 'file', url: call.document } : null
}
