import { accountFrom, type AccountKey } from '../core/contact.ts'
import type { Entries } from '../core/ports.ts'
import type { Millis } from '../core/time.ts'
import { readPair } from './zalo-pair.ts'

/** How long an account's token lives, for those who look after it. Never the token itself. */
export interface TokenHealth {
  /** When the one in use ends. */
  until: Millis
  /** A new one is fetched in time; false: a person must agree again before `until`. */
  renews: boolean
}

/** Null where tokens do not end by themselves (Facebook's of a system user, Telegram's), and before the first one is there. */
export async function readTokenHealth(entries: Entries, account: AccountKey): Promise<TokenHealth | null> {
  const { channel, accountId } = accountFrom(account)
  if (channel !== 'zalo') return null
  const found = await readPair(entries, accountId)
  return found === null ? null : { until: found.pair.expiresAt, renews: found.pair.refreshToken !== '' && found.pair.dead === null }
}
