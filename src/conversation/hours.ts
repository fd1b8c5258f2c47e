import type { DutyHours } from '../content.ts'
import { DAY, MINUTE, vietnamDay, vietnamMoment, vietnamTime, type Millis } from '../core/time.ts'

/** The stretches of one Vietnamese day in which the duty person answers, as moments. */
function openOn(day: string, hours: DutyHours): { from: Millis; to: Millis }[] {
  if (hours.holidays.includes(day)) return []
  const midnight = vietnamMoment(day)
  const ranges = hours.weekly[vietnamTime(midnight).weekday] ?? []
  return ranges.map(({ from, to }) => ({ from: midnight + from * MINUTE, to: midnight + to * MINUTE }))
}

/** Whether the duty person answers now. */
export function isOpen(hours: DutyHours, now: Millis): boolean {
  return openOn(vietnamDay(now), hours).some(({ from, to }) => from <= now && now < to)
}

/** When the office opens next (now, when it is open); null when the hours name no time in the next 30 days. */
export function opensAt(hours: DutyHours, now: Millis): Millis | null {
  for (let ahead = 0; ahead <= 30; ahead++) {
    for (const { from, to } of openOn(vietnamDay(now + ahead * DAY), hours)) {
      if (now < to) return Math.max(from, now)
    }
  }
  return null
}

/** Working time between two moments; at most 30 days back are looked at. */
export function workingTime(hours: DutyHours, from: Millis, to: Millis): Millis {
  let total = 0
  const start = Math.max(from, to - 30 * DAY)
  for (let at = vietnamMoment(vietnamDay(start)); at < to; at += DAY) {
    for (const open of openOn(vietnamDay(at), hours)) {
      total += Math.max(0, Math.min(open.to, to) - Math.max(open.from, start))
    }
  }
  return total
}
