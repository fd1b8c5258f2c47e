import type { Telegram } from 'telegraf'
import { type AccountKey, accountKey } from '../core/contact.ts'
import { SendError } from '../core/delivery.ts'
import { shorten } from '../core/text.ts'
import { failure, type Finding, fine } from './finding.ts'
import { callGraph, type Graph, type PageAccess } from './graph.ts'
import { cutTitle } from './parts.ts'
import { facebookProfile, profileLimits, type AccountProfile } from './profile.ts'
import { fromTelegramError } from './telegram-client.ts'

/** One call; Meta allows ten in ten minutes for a page. A menu may take a day to appear everywhere. */
export async function pushFacebookProfile(graph: Graph, page: PageAccess, profile: AccountProfile): Promise<Finding[]> {
  const account = accountKey({ channel: 'facebook', accountId: page.pageId })
  return pushed(account, () => callGraph(graph, page, 'POST', '/messenger_profile', facebookProfile(profile)))
}

/** Commands and descriptions, as default and for Vietnamese. The bot's name is left alone: changing it is strictly limited. */
export async function pushTelegramProfile(client: Telegram, botId: string, { commands, description, greeting }: AccountProfile): Promise<Finding[]> {
  const limits = profileLimits.telegram
  const list = commands.slice(0, limits.commands).map(({ command, description }) => ({
    command: command.replace(/^\//, '').toLowerCase().slice(0, limits.command), description: cutTitle(description, limits.commandDescription),
  }))
  return pushed(accountKey({ channel: 'telegram', accountId: botId }), async () => {
    for (const language of ['', 'vi']) {
      await client.setMyCommands(list, { language_code: language })
      await client.setMyDescription(shorten(description, limits.description), language)
      await client.setMyShortDescription(cutTitle(greeting, limits.shortDescription), language)
    }
  })
}

async function pushed(account: AccountKey, push: () => Promise<unknown>): Promise<Finding[]> {
  try {
    await push()
    return [fine(account, 'Đã cập nhật lời chào, menu và lệnh.')]
  } catch (error) {
    const cause = fromTelegramError(error)
    const code = cause instanceof SendError ? cause.code : 'no_answer'
    return [failure(account, `Không cập nhật được lời chào và menu (mã ${code}).`, 'Kiểm tra token và quyền của tài khoản, rồi chạy lại lệnh này.')]
  }
}
