/** Minutes of the day in Viet Nam; `from` after `to` goes over midnight. */
export interface QuietHours { from: number; to: number }

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

export interface PauseRule {
  /** 0.05: five in a hundred of what was tried… */
  share: number
  /** …once so many were tried, so that the first failure alone does not pause. */
  shareFrom: number
  /** So many failures one after another. */
  inRow: number
}

/** The settings where nobody set anything. */
export const standardSettings: CampaignSettings = {
  announceBasis: 'consent',
  approveVia: 'any',
  quietHours: { from: 22 * 60, to: 6 * 60 },
  dailyCap: 1,
  pause: { share: 0.05, shareFrom: 100, inRow: 50 },
}
