import type { Telegram } from 'telegraf'
import type { Contact } from '../core/contact.ts'
import { SendError } from '../core/delivery.ts'
import { onceForFixed } from '../core/fixed.ts'
import type { Part } from '../core/message.ts'
import type { Channel } from './channel.ts'
import { toSendError } from './outcome.ts'
import { sendForms } from './parts.ts'
import { createTelegramClient, fromTelegramError } from './telegram-client.ts'
import { isFormRefused } from './telegram-errors.ts'
import { renderTelegram, toRequest, type TelegramRequest } from './telegram-message.ts'
import type { Transport } from './transport.ts'
import { generallyUnsendable } from './window.ts'

export interface TelegramChannelOptions {
  apiUrl: string
  accounts: readonly { botId: string; token: string }[]
  transport: Transport
}

/** The Bot API for all our bots, through telegraf's typed client. */
export function createTelegramChannel({ apiUrl, accounts, transport }: TelegramChannelOptions): Channel {
  const clients = new Map(accounts.map(({ botId, token }) => [botId, createTelegramClient(token, apiUrl, transport)]))
  const clientOf = ({ accountId }: Contact): Telegram => {
    const client = clients.get(accountId)
    if (client === undefined) throw new SendError({ kind: 'bad_configuration', needs: 'permission' }, 'unknown_bot')
    return client
  }
  return {
    name: 'telegram',
    replyWindow: null,
    render: onceForFixed(renderTelegram),
    whyUnsendable: (part, context) => (part.template === undefined ? generallyUnsendable(part, context) : 'unsupported_content'),
    async send(contact, part) {
      if (part.template !== undefined) throw new SendError({ kind: 'rejected' }, 'no_templates')
      try {
        // Ids of people have at most 52 bits and are safe as numbers.
        return await sendForms(part, (form) => sendForm(clientOf(contact), Number(contact.userId), form), isFormRefused)
      } catch (error) {
        throw toSendError(error)
      }
    },
    async typing(contact) {
      // Goes out by itself after 5 seconds, or with the answer.
      await clientOf(contact).sendChatAction(Number(contact.userId), 'typing')
    },
    async acknowledge(contact, tapId) {
      // Only stops the spinner on the person's button. Too late (after some seconds) is a refusal, and no harm.
      await clientOf(contact).answerCbQuery(tapId).catch(() => undefined)
    },
  }
}

/** `chat`: a person's id, or a channel's name or id. Throws `SendError` for a refusal, else what the transport threw. */
export async function sendForm(client: Telegram, chat: number | string, part: Part): Promise<{ platformMessageId: string }> {
  try {
    const sent: { message_id?: unknown } | null = await callFor(client, chat, toRequest(part))
    if (!Number.isSafeInteger(sent?.message_id)) throw new SendError({ kind: 'uncertain' }, 'no_message_id')
    return { platformMessageId: String(sent?.message_id) }
  } catch (error) {
    throw fromTelegramError(error)
  }
}

function callFor(client: Telegram, chatId: number | string, { media, text, extra }: TelegramRequest): Promise<{ message_id: number }> {
  if (media === null) return client.sendMessage(chatId, text, { ...extra, link_preview_options: { is_disabled: true } })
  const captioned = { ...extra, ...(text !== '' && { caption: text }) }
  switch (media.kind) {
    case 'image': return client.sendPhoto(chatId, media.url, captioned)
    case 'audio': return client.sendAudio(chatId, media.url, captioned)
    case 'video': return client.sendVideo(chatId, media.url, captioned)
    case 'file': return client.sendDocument(chatId, media.url, captioned)
  }
}
