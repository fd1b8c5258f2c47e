import { onceFor } from '../core/fixed.ts'
import type { Remembered } from '../core/remembered.ts'

/** What columns of a database hold, and what it stands for. */

/** A column of JSON; null where it is null. */
export const json = (text: unknown): unknown => (text === null ? null : JSON.parse(String(text)))
/** The other way round. */
export const asJson = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

/** `asJson` of what is handed in again and again as the same object: a part that goes to thousands is made text once. */
export const rememberedJson = (): ((value: object) => string) => onceFor((value: object) => JSON.stringify(value))

/** What is remembered of a person: mostly nothing, which needs no parsing. */
export const rememberedFrom = (text: string): Remembered => (text === '{}' ? {} : JSON.parse(text) as Remembered)

/** SQLite has no booleans: 1 is yes. */
export const bool = (value: unknown): boolean => value === 1
/** The other way round. */
export const bit = (value: boolean): number => (value ? 1 : 0)
/** Null where nothing is said. */
export const bitOrNull = (value: boolean | undefined): number | null => (value === undefined ? null : bit(value))
