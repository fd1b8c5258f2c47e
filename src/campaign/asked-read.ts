import { DAY, vietnamDay, vietnamMoment, type Millis } from '../core/time.ts'
import type { Store } from '../store/ports.ts'
import { countOutcomes, joined, noFigures, type Figures } from './asked.ts'
import type { Span } from './report.ts'

export const shiftDay = (day: string, days: number): string => vietnamDay(vietnamMoment(day) + days * DAY)
export const daysIn = ({ from, to }: Span): number => Math.round((vietnamMoment(to) - vietnamMoment(from)) / DAY) + 1
/** As many days right before. */
export const spanBefore = (span: Span): Span => ({ from: shiftDay(span.from, -daysIn(span)), to: shiftDay(span.from, -1) })

/** Spans whose figures are remembered: some officers, each with a few. */
const mostKept = 24
/** So many days are read in one go; between, other requests have their turn. */
const daysAtOnce = 7

/**
 * Figures of any days, added up day by day so that a year is never one long read. What is over does not change any more and is
 * remembered; the last two days are read each time, since a turn at midnight may still be counted for the day before.
 */
export function createFiguresReader(store: Pick<Store, 'readOutcomes'>) {
  const kept = new Map<string, Promise<Figures>>()

  async function added({ from, to }: Span): Promise<Figures> {
    let sum = noFigures
    for (let first = from; first <= to; first = shiftDay(first, daysAtOnce)) {
      const last = shiftDay(first, daysAtOnce - 1)
      sum = joined([sum, countOutcomes(await store.readOutcomes(first, last < to ? last : to))])
      await othersTurn()
    }
    return sum
  }

  function remembered(span: Span): Promise<Figures> {
    const key = `${span.from} ${span.to}`
    const known = kept.get(key)
    const figures = known ?? added(span)
    // The one asked for last stands last: the first is the one nobody asked for in a long time.
    kept.delete(key)
    kept.set(key, figures)
    figures.catch(() => kept.delete(key))
    if (kept.size > mostKept) kept.delete(kept.keys().next().value!)
    return figures
  }

  return async ({ from, to }: Span, now: Millis): Promise<Figures> => {
    const open = shiftDay(vietnamDay(now), -1)
    const over = shiftDay(open, -1)
    const past = from < open ? await remembered({ from, to: to < over ? to : over }) : noFigures
    return to < open ? past : joined([past, await added({ from: from > open ? from : open, to })])
  }
}

export type FiguresReader = ReturnType<typeof createFiguresReader>

const othersTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
