/** Names of documents: paths within the folder, without `.json`. */

/** What a contact key can look like: nothing else may become part of a path. */
export const isContactKey = (key: string): boolean => /^[\w-]{22}$/.test(key)

export const contactFile = (key: string): string => `contacts/${key.slice(0, 2)}/${key}`

export const historyFile = (key: string): string => `${contactFile(key)}.history`

export const outcomesFile = (day: string): string => `outcomes/${day}`

export const unansweredFile = (day: string): string => `unanswered/${day.slice(0, 7)}`
