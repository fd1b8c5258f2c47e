import type { SkipReason } from '../core/campaign.ts'
import { vietnamDay, type Millis } from '../core/time.ts'

/** A publication that wants a share of what an account may publish. */
export interface AllowanceRequest {
  id: string
  at: Millis
  /** One of the campaign's key days. */
  isKeyDay: boolean
}

export interface Allowance {
  /** How many the account may publish in the month of a request, beside what is spent and booked already; null: no limit. */
  leftInMonth(month: string): number | null
  /** The same for a day: followers get no more than so many. */
  leftOnDay(day: string): number | null
}

/**
 * Which publications exceed what the platform allows, by id. On a day the earlier ones come first; over a month the key days
 * are served first, then the others by time.
 */
export function overAllowance(requests: readonly AllowanceRequest[], allowance: Allowance): Map<string, Extract<SkipReason, 'daily_cap' | 'quota'>> {
  const refused = new Map<string, 'daily_cap' | 'quota'>()
  const byTime = [...requests].sort((a, b) => a.at - b.at)
  spend(byTime, ({ at }) => vietnamDay(at), allowance.leftOnDay, ({ id }) => void refused.set(id, 'daily_cap'))
  const rest = byTime.filter(({ id }) => !refused.has(id))
  const byWeight = [...rest.filter(({ isKeyDay }) => isKeyDay), ...rest.filter(({ isKeyDay }) => !isKeyDay)]
  spend(byWeight, ({ at }) => monthOf(at), allowance.leftInMonth, ({ id }) => void refused.set(id, 'quota'))
  return refused
}

function spend(requests: readonly AllowanceRequest[], span: (request: AllowanceRequest) => string, left: (span: string) => number | null, refuse: (request: AllowanceRequest) => void): void {
  const spent = new Map<string, number>()
  for (const request of requests) {
    const key = span(request)
    const used = spent.get(key) ?? 0
    const most = left(key)
    if (most !== null && used >= most) refuse(request)
    else spent.set(key, used + 1)
  }
}

/** `2026-10`, in Viet Nam. */
export const monthOf = (at: Millis): string => vietnamDay(at).slice(0, 7)
