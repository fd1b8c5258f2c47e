import { accountFrom, type AccountKey } from '../core/contact.ts'
import { inviteUrl, withRef } from './invite.ts'

/** How somebody comes to an account by a poster. */
export interface EntryLink {
  /** What the QR code holds. */
  url: string
  /** False: the platform drops the code (Zalo), so that the person types it. */
  carriesCode: boolean
}

/** `name`: a bot's, without `@`; null where nobody knows it, and then there is no way in on Telegram. `ref`: at most 64 of `a-z 0-9 -`. */
export function entryLink(account: AccountKey, name: string | null, ref: string): EntryLink | null {
  const { channel, accountId } = accountFrom(account)
  if (channel === 'zalo' || channel === 'facebook') return { url: withRef(channel, inviteUrl(channel, accountId), ref), carriesCode: channel === 'facebook' }
  return name === null ? null : { url: `https://t.me/${encodeURIComponent(name)}?start=${encodeURIComponent(ref)}`, carriesCode: true }
}
