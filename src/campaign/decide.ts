import { isOutsideWindow } from '../channels/window.ts'
import type { CampaignSettings, PauseRule, QuietHours } from '../config.ts'
import type { ContactFacts, SkipReason } from '../core/campaign.ts'
import type { AccountKey } from '../core/contact.ts'
import { lacksForThis, type SendOutcome } from '../core/delivery.ts'
import { DAY, vietnamDay, vietnamMoment, vietnamTime, type Millis } from '../core/time.ts'

/** The deciders of a campaign. Forecast and sending ask the same ones, so that the outcome is what was foretold. Pure. */

/** What is the same for everybody a post goes to on one account. */
export interface SendTerms extends Pick<CampaignSettings, 'announceBasis' | 'dailyCap'> {
  /** The province's quiet hours and the platform's own night, where it has one. */
  quiet: readonly QuietHours[]
  /** How long after a citizen's message the means may write; null: for ever. */
  window: Millis | null
  /** The means cannot carry this post at all. */
  unsupported: boolean
  /** `skip`: who would get it in quiet hours does not get it. `wait`: they get it in the morning. */
  atNight: 'wait' | 'skip'
}

/** What the decider looks at of a contact. */
export type SendFacts = Pick<ContactFacts, 'lastInboundAt' | 'optedOut' | 'blocked' | 'consented' | 'campaignDay' | 'campaignsThatDay'>

/**
 * Why this contact must not get the post at the moment `at`; null when it may. `quotaLeft`: how many the account may still
 * send by this means; null: no limit. With `atNight: 'wait'` nobody is asked about in quiet hours (`afterQuiet` first).
 */
export function whyNotSend(facts: SendFacts, terms: SendTerms, quotaLeft: number | null, at: Millis): SkipReason | null {
  if (terms.unsupported) return 'unsupported_content'
  if (facts.blocked) return 'blocked'
  if (facts.optedOut) return 'opted_out'
  if (terms.announceBasis === 'consent' && !facts.consented) return 'no_consent'
  if (terms.window !== null && isOutsideWindow({ origin: 'campaign', lastInboundAt: facts.lastInboundAt, optedOut: false, now: at }, terms.window)) return 'outside_reply_window'
  if (isCapped(facts, terms.dailyCap, at)) return 'daily_cap'
  if (terms.atNight === 'skip' && isQuiet(terms.quiet, at)) return 'night_hours'
  return quotaLeft !== null && quotaLeft <= 0 ? 'quota' : null
}

/** Whether the contact has had as many posts as one may get on the day of `at`. */
const isCapped = ({ campaignDay, campaignsThatDay }: Pick<SendFacts, 'campaignDay' | 'campaignsThatDay'>, dailyCap: number, at: Millis): boolean =>
  campaignDay !== null && campaignsThatDay >= dailyCap && campaignDay === vietnamDay(at)

/** Whether a clock in Viet Nam stands in quiet hours. */
export function isQuiet(quiet: readonly QuietHours[], at: Millis): boolean {
  if (quiet.length === 0) return false
  const { hour, minute } = vietnamTime(at)
  const now = hour * 60 + minute
  return quiet.some(({ from, to }) => (from <= to ? from <= now && now < to : now >= from || now < to))
}

/** The first moment from `at` on that is not quiet; a day later at most, even where hours that meet leave no moment. */
export function afterQuiet(quiet: readonly QuietHours[], at: Millis): Millis {
  let free = at
  while (free < at + DAY && isQuiet(quiet, free)) free = Math.min(...quiet.filter((each) => isQuiet([each], free)).map(({ to }) => next(to, free)))
  return free
}

/** When the night is over that this waits for; null: it may go at this moment, or does not wait. */
export const morningAfter = ({ atNight, quiet }: Pick<SendTerms, 'atNight' | 'quiet'>, at: Millis): Millis | null => (atNight === 'wait' && isQuiet(quiet, at) ? afterQuiet(quiet, at) : null)

/** When quiet hours next begin after `at`; null: never. */
export const quietFrom = (quiet: readonly QuietHours[], at: Millis): Millis | null => {
  const starts = quiet.filter(({ from, to }) => from !== to).map(({ from }) => next(from, at))
  return starts.length === 0 ? null : Math.min(...starts)
}

/** When a clock in Viet Nam next shows this minute of the day. */
function next(minute: number, after: Millis): Millis {
  const today = vietnamMoment(vietnamDay(after), minute)
  return today > after ? today : today + DAY
}

/** How a campaign's sends have gone since it last started or resumed, over restarts of the program. */
export interface Health { tried: number; failed: number; failedInRow: number }

/** Why the campaign must pause, in a sentence for staff; null while it may go on. Skipped ones are neither tried nor failed. */
export function whyPause({ tried, failed, failedInRow }: Health, rule: PauseRule): string | null {
  if (failedInRow >= rule.inRow) return `${failedInRow} lượt gửi liên tiếp không thành công`
  if (tried >= rule.shareFrom && failed > tried * rule.share) return `${failed} trong ${tried} lượt gửi không thành công, quá ${percent(rule.share)}`
  return null
}

const percent = (share: number): string => `${String(Math.round(share * 1_000) / 10).replace('.', ',')}%`

/** Why the campaign must pause after such a refusal of one of its sends or publications, in a sentence for staff; null: it may go on. */
export function whyPauseAfter(refusal: SendOutcome, account: AccountKey): string | null {
  if (lacksForThis(refusal)) return cannotSend(account)
  return refusal.kind === 'rejected' && refusal.againstRules ? `nền tảng báo nội dung gửi từ tài khoản ${account} vi phạm quy định của nền tảng` : null
}

export const cannotSend = (account: AccountKey): string => `tài khoản ${account} không gửi được: mã truy cập, quyền, gói dịch vụ hoặc số dư có vấn đề`

/** The health after one more send. */
export const afterSend = ({ tried, failed, failedInRow }: Health, ok: boolean): Health =>
  ok ? { tried: tried + 1, failed, failedInRow: 0 } : { tried: tried + 1, failed: failed + 1, failedInRow: failedInRow + 1 }

export const unharmed: Health = { tried: 0, failed: 0, failedInRow: 0 }

