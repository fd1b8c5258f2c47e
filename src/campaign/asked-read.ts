import { aMoment } from '../core/others-turn.ts'
import { dayAfter, eachDay, type Millis } from '../core/time.ts'
import { joined, noFigures, type Figures } from './asked.ts'
import { countDays, mondayOf, openSince, readWeek, type WeeksStore } from './asked-weeks.ts'
import type { Span } from './report.ts'

/** A year and the year before, and the ends of what some officers look at. */
const mostWeeks = 110
const mostDays = 90
/** Sums of what is over: some officers, each with a few spans, and the months of a report. */
const mostSums = 64
/** Weeks that are put together in one go, some milliseconds; between, other requests have their turn. */
const weeksAtOnce = 4

/**
 * Figures of any days: whole weeks as they are kept, what is left at both ends day by day. What is over does not change any more
 * and is remembered; the last two days are read each time.
 */
export function createFiguresReader(store: WeeksStore) {
  const weeks = lastAskedFor<Promise<Figures>>(mostWeeks)
  const days = lastAskedFor<Promise<Figures>>(mostDays)
  const sums = lastAskedFor<Figures>(mostSums)

  function week(monday: string): Promise<Figures> {
    const figures = weeks.get(monday) ?? readWeek(store, monday)
    weeks.set(monday, figures)
    figures.catch(() => weeks.delete(monday))
    return figures
  }

  /** Days that follow each other, all over. */
  function stretch(from: string, to: string): Promise<Figures>[] {
    const unknown = eachDay(from, to).filter((day) => days.get(day) === undefined)
    const [first, last] = [unknown[0], unknown.at(-1)]
    const read = first === undefined || last === undefined ? null : countDays(store, first, last)
    return eachDay(from, to).map((day) => {
      const figures = days.get(day) ?? read!.then((found) => found.get(day)!)
      days.set(day, figures)
      figures.catch(() => days.delete(day))
      return figures
    })
  }

  /** Of days that are all over. */
  async function past(from: string, to: string): Promise<Figures> {
    const key = `${from} ${to}`
    const known = sums.get(key)
    const sum = known ?? await addedUp(from, to)
    sums.set(key, sum)
    return sum
  }

  async function addedUp(from: string, to: string): Promise<Figures> {
    let [sum, parts, read]: [Figures, Figures[], number] = [noFigures, [], 0]
    for (let day = from; day <= to;) {
      const sunday = dayAfter(mondayOf(day), 6)
      const end = sunday < to ? sunday : to
      parts.push(...(day === mondayOf(day) && end === sunday ? [await week(day)] : await Promise.all(stretch(day, end))))
      day = dayAfter(end, 1)
      if (++read % weeksAtOnce > 0 && day <= to) continue
      sum = joined([sum, ...parts])
      parts = []
      await aMoment()
    }
    return sum
  }

  return async ({ from, to }: Span, now: Millis): Promise<Figures> => {
    const open = openSince(now)
    const over = dayAfter(open, -1)
    const sum = from <= over ? await past(from, to < over ? to : over) : null
    if (to < open && sum !== null) return sum
    // Days to come have no figures.
    const today = dayAfter(open, 1)
    const rest = await countDays(store, from > open ? from : open, to < today ? to : today)
    return joined([...(sum === null ? [] : [sum]), ...rest.values()])
  }
}

export type FiguresReader = ReturnType<typeof createFiguresReader>

/** Keeps what was asked for last; gone is what nobody asked for in a long time. */
function lastAskedFor<Value>(most: number) {
  const kept = new Map<string, Value>()
  return {
    get: (key: string): Value | undefined => kept.get(key),
    delete: (key: string): void => void kept.delete(key),
    set(key: string, value: Value): void {
      kept.delete(key)
      kept.set(key, value)
      if (kept.size > most) kept.delete(kept.keys().next().value!)
    },
  }
}
