import type { Reader } from './values.ts'

/** What a province decides about its campaigns; platform rules are apart, in `content/platform-rules.yaml`. */
export interface CampaignSettings {
  /** `consent`: only who agreed to announcements. `state_task`: the law's exemption for state bodies, a lawyer's decision. */
  announceBasis: 'consent' | 'state_task'
  /** `console`: approval from the command line is refused. */
  approveVia: 'any' | 'console'
  /** Nothing of a campaign goes out then; null: at any hour. */
  quietHours: QuietHours | null
  /** Posts a contact may get in person on one day in Viet Nam. */
  dailyCap: number
  /** Failures that pause a campaign. */
  pause: PauseRule
}

/** Minutes of the day in Viet Nam; `from` after `to` goes over midnight. */
export interface QuietHours { from: number; to: number }

export interface PauseRule {
  /** 0.05: five in a hundred of what was tried… */
  share: number
  /** …once so many were tried, so that the first failure alone does not pause. */
  shareFrom: number
  /** So many failures one after another. */
  inRow: number
}

export const campaignSettings = (read: Reader): CampaignSettings => ({
  announceBasis: read.oneOf('ANNOUNCE_BASIS', ['consent', 'state_task']),
  approveVia: read.oneOf('APPROVE_VIA', ['any', 'console']),
  quietHours: quietHours(read),
  dailyCap: read.whole('CAMPAIGN_DAILY_CAP', 1, 100),
  pause: { share: read.whole('CAMPAIGN_PAUSE_SHARE', 1, 100) / 100, shareFrom: 100, inRow: read.whole('CAMPAIGN_PAUSE_IN_ROW', 1, 100_000) },
})

function quietHours(read: Reader): QuietHours | null {
  const written = read.words('QUIET_HOURS')
  if (written === 'off') return null
  const [, ...parts] = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/.exec(written) ?? []
  const [fromHour, fromMinute, toHour, toMinute] = parts.map(Number)
  if (toMinute === undefined) read.problems.push('QUIET_HOURS phải có dạng 22:00-06:00, hoặc off.')
  else if (fromHour === toHour && fromMinute === toMinute) read.problems.push('QUIET_HOURS: hai giờ phải khác nhau; không cần giờ nghỉ thì ghi off.')
  return { from: (fromHour ?? 0) * 60 + (fromMinute ?? 0), to: (toHour ?? 0) * 60 + (toMinute ?? 0) }
}
