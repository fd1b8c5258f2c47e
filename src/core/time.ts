/** A moment, in milliseconds since 1970 UTC. Every stored or passed time is one of these. */
export type Millis = number

/** Where "now" comes from. Entries pass the real clock; tests pass one they can turn. */
export type Clock = () => Millis

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Viet Nam has one time zone, UTC+7, without summer time. */
const VIETNAM_OFFSET = 7 * HOUR

/** The calendar parts of a moment as a clock in Viet Nam shows them. `weekday` 0 is Sunday. */
export function vietnamTime(at: Millis): { year: number; month: number; day: number; weekday: number; hour: number; minute: number } {
  const local = new Date(at + VIETNAM_OFFSET)
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    weekday: local.getUTCDay(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
  }
}

/** `2026-11-21`, the day in Viet Nam: what statistics and review dates are keyed by. */
export function vietnamDay(at: Millis): string {
  const number = Math.floor((at + VIETNAM_OFFSET) / DAY)
  if (number !== lastDay.number) lastDay = { number, day: dayName(number) }
  return lastDay.day
}

/** Asked for at every turn, and nearly always the same. */
let lastDay = { number: Number.NaN, day: '' }

/** The moment a clock in Viet Nam shows this day (`YYYY-MM-DD`) and minute of the day. */
export function vietnamMoment(day: string, minuteOfDay = 0): Millis {
  return Date.parse(`${day}T00:00:00Z`) - VIETNAM_OFFSET + minuteOfDay * MINUTE
}

/** How many days this calendar day (`YYYY-MM-DD`) comes after 1970-01-01; `NaN` for what is no day. Stores count and compare days by it. */
export const dayNumber = (day: string): number => Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY)

/** The other way round. Throws `RangeError` for what is no number of a day. */
export const dayName = (number: number): string => new Date(number * DAY).toISOString().slice(0, 10)

/** The calendar day so many days later; earlier where `days` is negative. */
export const dayAfter = (day: string, days: number): string => dayName(dayNumber(day) + days)

/** Every calendar day of a stretch, both ends included; none where `to` comes first. */
export const eachDay = (from: string, to: string): string[] => Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, at) => dayAfter(from, at))

/** How many days lie from one calendar day to another: 0 for the same one, negative where `to` comes first. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from)

/** `21/11/2026`: how a calendar day is told to people. A month (`2026-11`) becomes `11/2026`, a year stays as it is. */
export const showDay = (day: string): string => day.split('-').reverse().join('/')

/** `14:05` today, `14:05 ngày 20/11` on another day: how a time is told to a citizen. */
export function tellTime(at: Millis, now: Millis): string {
  const { day, month, hour, minute } = vietnamTime(at)
  const clock = `${pad(hour)}:${pad(minute)}`
  return vietnamDay(at) === vietnamDay(now) ? clock : `${clock} ngày ${day}/${month}`
}

/** `7 ngày`, `36 giờ`: how a term is told, in whole hours where it is no whole days. */
export function tellTerm(term: Millis): string {
  return term % DAY === 0 ? `${term / DAY} ngày` : `${Math.ceil(term / HOUR)} giờ`
}

const pad = (n: number): string => String(n).padStart(2, '0')
