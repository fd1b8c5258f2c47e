/** Names of documents: paths within the folder, without `.json`. */

/** What a contact key can look like: nothing else may become part of a path. */
export const isContactKey = (key: string): boolean => /^[\w-]{22}$/.test(key)

export const contactFile = (key: string): string => `contacts/${key.slice(0, 2)}/${key}`

export const historyFile = (key: string): string => `${contactFile(key)}.history`

export const outcomesFile = (day: string): string => `outcomes/${day}`

/** What the id of a campaign can look like: nothing else may become part of a path. */
export const isCampaignId = (id: string): boolean => /^[a-z0-9][a-z0-9-]{0,39}$/.test(id)

export const campaignFile = (id: string): string => `campaigns/${id}`

/** The log in stretches of a thousand lines. */
export const auditFile = (seq: number): string => `audit/${String(Math.floor((seq - 1) / 1_000)).padStart(6, '0')}`

export const unansweredFile = (day: string): string => `unanswered/${day.slice(0, 7)}`
