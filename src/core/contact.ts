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

export function accountKey(of: { channel: ChannelName; accountId: string }): AccountKey {
  return `${of.channel}:${of.accountId}`
}

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
