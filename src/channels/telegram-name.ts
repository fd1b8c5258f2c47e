import type { Telegram } from 'telegraf'
import { MINUTE, type Clock, type Millis } from '../core/time.ts'

/** A question that got no answer is asked again after so long. */
const pause: Millis = 1 * MINUTE

/** The names of bots, which no id tells: each is asked for once. Null while Telegram does not answer, or for a bot that is not ours. */
export function createBotNames(bots: readonly { botId: string; client: Telegram }[], clock: Clock): (botId: string) => Promise<string | null> {
  const names = new Map<string, string>()
  const failedAt = new Map<string, Millis>()
  return async (botId) => {
    const client = bots.find((bot) => bot.botId === botId)?.client
    const known = names.get(botId)
    if (client === undefined || known !== undefined) return known ?? null
    if (clock() - (failedAt.get(botId) ?? -Infinity) < pause) return null
    const me = await client.getMe().catch(() => null)
    if (me === null) failedAt.set(botId, clock())
    else names.set(botId, me.username)
    return me?.username ?? null
  }
}
