import type { Parts } from './parts.ts'
import type { Writer } from './writer.ts'

/** What the parts of the PostgreSQL store share. */
export interface Core extends Parts {
  writer: Writer
}

/** The numbers of a claim's token. Nonsense becomes numbers that fit nothing. */
export function claimParts(token: string, length: 2): [number, number]
export function claimParts(token: string, length: 3): [number, number, number]
export function claimParts(token: string, length: number): number[] {
  const parts = token.split('.').map((part) => (/^\d{1,15}$/.test(part) ? Number(part) : -1))
  return parts.length === length && !parts.includes(-1) ? parts : Array.from({ length }, () => -1)
}
