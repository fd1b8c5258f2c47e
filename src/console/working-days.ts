import { DAY, vietnamDay, vietnamMoment, vietnamTime, type Millis } from '../core/time.ts'

/** The end of the so manieth working day after `from`: Saturdays, Sundays and the province's holidays are none. */
export function afterWorkingDays(from: Millis, days: number, holidays: readonly string[]): Millis {
  let at = vietnamMoment(vietnamDay(from))
  for (let left = days; left > 0;) {
    at += DAY
    const { weekday } = vietnamTime(at)
    if (weekday !== 0 && weekday !== 6 && !holidays.includes(vietnamDay(at))) left--
  }
  return at + DAY
}
