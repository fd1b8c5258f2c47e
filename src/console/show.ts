import { accountFrom, type AccountKey, type ChannelName } from '../core/contact.ts'
import { DAY, HOUR, MINUTE, vietnamTime, type Millis } from '../core/time.ts'

/** How things are told to staff. Pure. */

export const channelTitles: Readonly<Record<ChannelName, string>> = { zalo: 'Zalo OA', facebook: 'Trang Facebook', telegram: 'Telegram' }

/** `Zalo OA …5778`: enough to tell a province's accounts apart. Ids that are words stand as they are. */
export function accountTitle(account: AccountKey): string {
  const { channel, accountId } = accountFrom(account)
  return `${channelTitles[channel]} ${/^\d{5,}$/.test(accountId) ? `…${accountId.slice(-4)}` : accountId}`
}

/** The beginning of a contact key: what officers call a citizen whose name nobody knows. */
export const shortKey = (contactKey: string): string => contactKey.slice(0, 6)

/**
 * Somebody's text as it may stand on a page: what is not to be seen (control characters, marks that turn the direction of
 * writing, invisible separators) becomes a visible box, so that nothing reads other than it is. Line breaks stay.
 */
export const visible = (text: string): string =>
  text.toWellFormed().replaceAll('\r\n', '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufff9-\ufffb\ufffe\uffff]/g, '\ufffd')

/** The same for one line at a terminal. */
export const visibleLine = (text: string): string => visible(text).replace(/[\n\t]/g, '\ufffd')

/** `3 phút`, `2 giờ 05 phút`, `3 ngày 4 giờ`: never less than a minute. */
export function span(time: Millis): string {
  const minutes = Math.max(1, Math.floor(time / MINUTE))
  if (time < HOUR) return `${minutes} phút`
  if (time < DAY) return `${Math.floor(minutes / 60)} giờ ${String(minutes % 60).padStart(2, '0')} phút`
  const hours = Math.floor((time % DAY) / HOUR)
  return `${Math.floor(time / DAY)} ngày${hours === 0 ? '' : ` ${hours} giờ`}`
}

/** `21/11/2026 10:05`. */
export function moment(at: Millis): string {
  const { year, month, day, hour, minute } = vietnamTime(at)
  return `${two(day)}/${two(month)}/${year} ${two(hour)}:${two(minute)}`
}

export const clock = (at: Millis): string => moment(at).slice(-5)

/** `1.234`, as figures are written in Viet Nam. */
export const figure = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, '.')

const two = (n: number): string => String(n).padStart(2, '0')
