/** What Meta's answers say of how much of its limits we use. */
import { MINUTE, type Millis } from '../core/time.ts'
import { readJson } from './outcome.ts'
import { appUsageHeader, businessUsageHeader } from './transport.ts'

type Use = Partial<Record<'call_count' | 'total_cputime' | 'total_time' | 'estimated_time_to_regain_access', unknown>> | null

/** By business or page, one for each use case. */
const businessUses = (headers: Record<string, string>): Use[] =>
  Object.values((readJson(headers[businessUsageHeader] ?? '') ?? {}) as Record<string, Use[]>).flat()

/** The fullest of all limits, as a share: 0 where nothing is said, 1 and above where it is used up. */
export function usedShare(headers: Record<string, string>): number {
  if (headers[appUsageHeader] === undefined && headers[businessUsageHeader] === undefined) return 0
  const uses = [readJson(headers[appUsageHeader] ?? '') as Use, ...businessUses(headers)]
  return Math.max(0, ...uses.flatMap((use) => [use?.call_count, use?.total_cputime, use?.total_time].map((percent) => Number(percent) || 0))) / 100
}

/** While limited, more calls lengthen the block: how long it is to last; 0 where nothing is said. */
export const blockedFor = (headers: Record<string, string>): Millis =>
  Math.max(0, ...businessUses(headers).map((use) => Number(use?.estimated_time_to_regain_access) || 0)) * MINUTE
