import { onceForFixed } from '../core/fixed.ts'
import type { Choice, Link, Media, Message, Part } from '../core/message.ts'
import { splitText } from '../core/text.ts'
import { cutTitle, fitsButton, linkLines, makePart, paragraphs, plainText, quoting, textOf, units } from './parts.ts'

/** What the Bot API takes in one call. There is no reply window: who pressed Start may be written to until they block us. */
export const telegramLimits = {
  text: 4_096,
  cutAt: 4_000,
  caption: 1_024,
  /** Bytes, not characters: a Vietnamese letter takes two or three. */
  callbackData: 64,
  /** Not documented; a list longer than this is no menu. */
  buttons: 90,
  buttonTitle: 64,
}

/**
 * Everything stands on the last part; a picture, sound, film or file carries the last words as its caption. Links are
 * buttons below the choices, one to a row, or lines where Telegram would refuse the address.
 */
export function renderTelegram(message: Message): Part[] {
  const choices = (message.choices ?? []).filter(({ payload }) => Buffer.byteLength(payload) <= telegramLimits.callbackData).slice(0, telegramLimits.buttons)
  const buttons = (message.links ?? []).filter(fitsButton).slice(0, telegramLimits.buttons - choices.length)
  return renderWith(message, choices, buttons) ?? renderWith(message, choices, []) ?? []
}

/** Null when the last words with the links would not fit as mere text, which is what goes out when buttons are refused. */
function renderWith(message: Message, choices: Choice[], buttons: Link[]): Part[] | null {
  const { media, links = [] } = message
  const inText = links.filter((link) => !buttons.includes(link))
  const pieces = splitText(paragraphs(textOf(message), linkLines(inText)), telegramLimits.cutAt, units)
  const last = pieces.pop() ?? ''
  const ends = media === undefined ? [last] : splitText(last, telegramLimits.caption, units)
  const end = makePart(ends.pop() ?? '', { choices, links: buttons, media })
  if (buttons.length > 0 && units(plainText(end)) > telegramLimits.text) return null
  return quoting([...[...pieces, ...ends].map((piece) => makePart(piece)), ...(end.text === '' && media === undefined ? [] : [end])], message.quote)
}

/** One call of the Bot API, ready for the typed client. */
export type TelegramRequest = { media: Media | null; text: string; extra: TelegramExtra }

export interface TelegramExtra {
  reply_markup?: { inline_keyboard: ({ text: string; callback_data: string } | { text: string; url: string })[][] }
  reply_parameters?: { message_id: number; allow_sending_without_reply: true }
}

/**
 * Texts go without a parse mode: they are plain, so that nothing needs escaping and no text can be refused for its markup.
 */
export const toRequest = onceForFixed(({ text, choices = [], links = [], media, quote }: Part): TelegramRequest => {
  const rows = [
    ...choices.map(({ title, payload }) => [{ text: cutTitle(title, telegramLimits.buttonTitle), callback_data: payload }]),
    ...links.map(({ title, url }) => [{ text: cutTitle(title || url, telegramLimits.buttonTitle), url }]),
  ]
  const quoted = Number(quote)
  return {
    media: media ?? null,
    text,
    extra: {
      ...(rows.length > 0 && { reply_markup: { inline_keyboard: rows } }),
      ...(Number.isSafeInteger(quoted) && quoted > 0 && { reply_parameters: { message_id: quoted, allow_sending_without_reply: true as const } }),
    },
  }
})
