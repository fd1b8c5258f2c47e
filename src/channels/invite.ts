/** The channels whose conversations an address can open. Telegram's would need the bot's name, which its id does not tell. */
export type InvitingChannel = 'zalo' | 'facebook'

/** What citizens call the apps. */
export const appNames: Readonly<Record<InvitingChannel, string>> = { zalo: 'Zalo', facebook: 'Messenger' }

/** The address that opens a conversation with an account, for a page or a QR code. */
export function inviteUrl(channel: InvitingChannel, accountId: string): string {
  return channel === 'zalo' ? `https://zalo.me/${encodeURIComponent(accountId)}` : `https://m.me/${encodeURIComponent(accountId)}`
}

/** The same address telling where the person came from. Zalo passes nothing on; Messenger takes letters, digits, `-`, `_` and `=`. */
export const withRef = (channel: InvitingChannel, url: string, ref: string): string =>
  channel === 'zalo' ? url : `${url}${url.includes('?') ? '&' : '?'}ref=${encodeURIComponent(ref)}`
