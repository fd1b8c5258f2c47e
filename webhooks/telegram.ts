import type { TelegramSettings } from '../src/config.ts'
import { Gathering } from './gather.ts'
import { objectOf } from './read.ts'
import { digestOf, sameDigest, telegramHeader } from './sign.ts'
import { readUpdate } from './telegram-events.ts'
import type { ParseContext, Parsed, Verification, Webhook } from './webhook.ts'

/** Telegram bots. A body names no bot: the secret it came with does, so every bot needs one of its own. */
export function createTelegramWebhook(settings: TelegramSettings): Webhook {
  const bots = settings.accounts.map(({ botId, webhookSecrets }) => ({ botId, digests: webhookSecrets.filter((secret) => secret !== '').map(digestOf) }))

  function verify(_rawBody: Uint8Array, sent: string | null, addressedTo?: string): Verification {
    if (sent === null) return { ok: false }
    const digest = digestOf(sent)
    const proven = bots.filter(({ botId, digests }) => digests.filter((known) => sameDigest(known, digest)).length > 0 && (addressedTo ?? botId) === botId)
    return proven.length === 1 ? { ok: true, accountId: proven[0]!.botId } : { ok: false }
  }

  function parse(payload: unknown, { receivedAt, accountId }: ParseContext): Parsed {
    const found = new Gathering()
    const update = objectOf(payload)
    if (accountId === null || update === null) found.ignore('unknown_shape')
    else readUpdate(found, update, { botId: accountId, receivedAt })
    return found
  }

  return { channel: 'telegram', bodyLimit: 256 * 1024, proofHeader: telegramHeader, verify, parse }
}
