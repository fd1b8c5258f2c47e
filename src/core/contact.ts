import { createHmac } from 'node:crypto'

export type ChannelName = 'zalo' | 'facebook' | 'telegram'
export const channelNames: readonly ChannelName[] = ['zalo', 'facebook', 'telegram']

/** One person on one account (OA, page or bot) of one channel. All ids are strings: many exceed 2^53. */
export interface Contact {
  channel: ChannelName
  accountId: string
  /** The platform's id of the person. Stands in the contacts table and in calls to the platform, nowhere else. */
  userId: string
}

/** One OA, page or bot: `zalo:4300112233445566778`. Tokens, rates, claims and alarms are kept by it. */
export type AccountKey = `${ChannelName}:${string}`

/** The same text is the same string: what is kept by account is looked up a dozen times for each message. */
export function accountKey({ channel, accountId }: { channel: ChannelName; accountId: string }): AccountKey {
  const known = keys[channel]
  let key = known.get(accountId)
  if (key === undefined) {
    if (known.size >= mostAccounts) known.clear()
    known.set(accountId, key = `${channel}:${accountId}`)
  }
  return key
}

const keys: Record<ChannelName, Map<string, AccountKey>> = { zalo: new Map(), facebook: new Map(), telegram: new Map() }
/** Far more than a server has. */
const mostAccounts = 1_000

/** The way back from an account's key. */
export function accountFrom(key: AccountKey): { channel: ChannelName; accountId: string } {
  const colon = key.indexOf(':')
  return { channel: key.slice(0, colon) as ChannelName, accountId: key.slice(colon + 1) }
}

/**
 * What logs, ledgers, metrics and ids use instead of a platform id: an HMAC under a key kept in the store,
 * 22 characters of base64url. The same contact always has the same key within one store.
 */
export function contactKey(contact: Contact, secret: string): string {
  return createHmac('sha256', secret)
    .update(`${contact.channel}\0${contact.accountId}\0${contact.userId}`)
    .digest('base64url')
    .slice(0, 22)
}
