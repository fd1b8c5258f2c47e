import { People } from './people.ts'
import { createStandIn, type Opening, type StandIn, type StandInPorts } from './platform.ts'
import type { RateLimit } from './rate.ts'
import type { SandboxSecrets } from './secrets.ts'
import { telegramApi } from './telegram-api.ts'
import { TelegramBot } from './telegram-bot.ts'
import { createTelegramWire } from './telegram-wire.ts'
import type { Wire } from './wire.ts'

/** Telegram on this machine: one bot and the people who press Start. `opening` is of the commands our server pushed last. */
export function createTelegramStandIn(
  secrets: SandboxSecrets['telegram'],
  ports: Pick<StandInPorts, 'now'> & { rateLimit?: RateLimit | undefined } & { postBy(wire: Wire): StandInPorts['post'] },
): StandIn & { opening(): Opening } {
  const { now } = ports
  const people = new People()
  const bot = new TelegramBot(secrets, now)
  const wire = createTelegramWire(bot)
  const standIn = createStandIn({ channel: 'telegram', accountId: secrets.botId, wire, people, post: ports.postBy(wire), now }, (deliver, faults, desk) =>
    telegramApi({ secrets, bot, people, deliver, faults, desk, rateLimit: ports.rateLimit, now }))
  const menu = (): Opening['menu'] => bot.commands.map(({ command, description }) => ({ title: `/${command} – ${description}`, says: `/${command}` }))
  return { ...standIn, opening: () => ({ questions: [], menu: menu() }) }
}
