import { clean } from '../src/core/text.ts'
import type { Millis } from '../src/core/time.ts'

/** Narrow readers for foreign JSON: each gives the value when it is what it should be, else null. None throws. */

export type Json = Readonly<Record<string, unknown>>

export function objectOf(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null
}

/** The objects of a list; what is no list counts as an empty one. */
export function objectsOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(objectOf).filter((item) => item !== null) : []
}

/** Visible ASCII with a letter or digit in it: marks alone would be found in every other id. */
const visibleId = /^(?=[!-~]*[a-z\d])[!-~]{1,200}$/i

/**
 * A platform id, always as a string. An integer that JavaScript cannot hold exactly is no id: it was rounded on the way
 * (`readJson` keeps such ids as strings).
 */
export function idOf(value: unknown): string | null {
  if (typeof value === 'string') return visibleId.test(value) ? value : null
  return Number.isSafeInteger(value) ? String(value) : null
}

/** Words, cleaned (U+0000, lone surrogates); null where there are none. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? clean(value) : null
}

/** As `textOf`, and null for a text without a visible letter. */
export function wordsOf(value: unknown): string | null {
  const text = textOf(value)
  return text === null || text.trim() === '' ? null : text
}

/** A link to a file; null for anything that is not plainly http(s). */
export function urlOf(value: unknown): string | null {
  return typeof value === 'string' && /^https?:\/\/[!-~]{1,4000}$/.test(value) ? value : null
}

/** What a QR code or link carried: anybody can write one, so letters, digits and a few marks only. */
export function refOf(value: unknown): string | null {
  return typeof value === 'string' && /^[\w=.:/-]{1,128}$/.test(value) ? value : null
}

/** No platform wrote to us before 2020: an earlier time is a slip (Zalo's own samples show some cut short). */
const earliest: Millis = Date.UTC(2020, 0, 1)
/** Below this a number counts seconds, above it milliseconds. */
const secondsEnd = 100_000_000_000

/** When the platform says it happened, from seconds or milliseconds, number or digits; `receivedAt` when it gives no believable time. */
export function timeOf(value: unknown, receivedAt: Millis): Millis {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) return receivedAt
  const at = number < secondsEnd ? number * 1000 : number
  return at >= earliest && at <= receivedAt ? at : receivedAt
}
