import type { Telegram } from 'telegraf'
import { SendError } from '../core/delivery.ts'
import type { Part } from '../core/message.ts'
import { toSendError } from './outcome.ts'
import { plainText, sendForms } from './parts.ts'
import type { PublicationContent, Publisher } from './publisher.ts'
import { createTelegramClient, fromTelegramError } from './telegram-client.ts'
import { isChangedAlready, isFormRefused } from './telegram-errors.ts'
import { sendForm } from './telegram.ts'
import type { Transport } from './transport.ts'

export interface TelegramPublisherOptions {
  apiUrl: string
  /** `channel`: `@name` or the -100… id of the channel the bot is an administrator of; null: it posts in none. */
  accounts: readonly { botId: string; token: string; channel: string | null }[]
  transport: Transport
}

/**
 * Posts in a bot's channel, one call a part, each part's id kept before the next. A bot cannot read what is in its channel:
 * a call without an answer stays unknown.
 */
export function createTelegramPublisher({ apiUrl, accounts, transport }: TelegramPublisherOptions): Publisher {
  const bots = new Map(accounts.map(({ botId, token, channel }) => [botId, { client: createTelegramClient(token, apiUrl, transport), channel }]))
  const place = (botId: string): { client: Telegram; channel: string } => {
    const { client, channel = null } = bots.get(botId) ?? {}
    if (client === undefined || channel === null) throw new SendError({ kind: 'bad_configuration', needs: 'permission' }, 'no_channel')
    return { client, channel }
  }
  const trying = <T>(work: Promise<T>): Promise<T> => work.catch((error: unknown) => { throw toSendError(fromTelegramError(error)) })
  const changing = (work: Promise<unknown>): Promise<unknown> => trying(work).catch((error: unknown) => {
    if (!(error instanceof SendError && isChangedAlready(error.code))) throw error
  })
  /** Words beside a picture are its caption; which of the old messages had one nobody noted. */
  const reword = async (client: Telegram, channel: string, id: number, part: Part): Promise<void> => {
    const asText = (): Promise<unknown> => changing(client.editMessageText(channel, id, undefined, plainText(part)))
    const asCaption = (): Promise<unknown> => changing(client.editMessageCaption(channel, id, undefined, part.text))
    const [likely, other] = part.media === undefined ? [asText, asCaption] : [asCaption, asText]
    await likely().catch((error: unknown) => {
      if (error instanceof SendError && isFormRefused(error.code)) return other()
      throw error
    })
  }

  return {
    channel: 'telegram',
    whyNot(botId) {
      const bot = bots.get(botId)
      if (bot === undefined) return 'bot Telegram này chưa được cài đặt'
      return bot.channel === null ? 'bot chưa có kênh để đăng bài (TELEGRAM_POST_TO)' : null
    },
    async publish({ accountId, content, ids, keep, turn }) {
      const { client, channel } = place(accountId)
      let known = ids
      for (const [index, part] of parts(content).entries()) {
        const name = partName(index)
        if (known[name] !== undefined && known[name] !== 'begun') continue
        try {
          await turn()
          await keep({ ...known, [name]: 'begun' })
          const { platformMessageId } = await trying(sendForms(part, (form) => sendForm(client, channel, form), isFormRefused))
          known = { ...known, [name]: platformMessageId }
        } catch (error) {
          // It surely did not go out, and may be tried again.
          if (!(error instanceof SendError && error.outcome.kind === 'uncertain')) await keep(known)
          throw error
        }
      }
      return known
    },
    async find({ content, ids }) {
      if (Object.values(ids).includes('begun')) return 'unknown'
      return parts(content).every((_, index) => ids[partName(index)] !== undefined) ? ids : null
    },
    async edit(accountId, ids, content) {
      const { client, channel } = place(accountId)
      const fresh = parts(content)
      for (const [name, id] of Object.entries(ids).map(([key, value]) => [key, Number(value)] as const)) {
        if (!Number.isSafeInteger(id)) continue
        // What was longer keeps none of its old words: where a message is too old to be deleted, the last new words stand there too.
        const part = fresh.find((_, index) => partName(index) === name)
        if (part === undefined) await changing(client.deleteMessage(channel, id)).catch(() => reword(client, channel, id, { text: fresh.at(-1)!.text }))
        else await reword(client, channel, id, part)
      }
    },
    async withdraw(accountId, ids) {
      const { client, channel } = place(accountId)
      for (const id of Object.values(ids).map(Number)) if (Number.isSafeInteger(id)) await changing(client.deleteMessage(channel, id))
    },
  }
}

const partName = (index: number): string => `message${index + 1}`

function parts(content: PublicationContent): Part[] {
  if (content.kind !== 'channel_post') throw new SendError({ kind: 'rejected' }, 'not_a_channel_post')
  return content.parts
}
