import { DAY, HOUR, MINUTE, dayAfter, vietnamMoment, type Millis } from '../core/time.ts'
import type { Handover, Handovers } from '../store/ports.ts'
import type { Span } from './report.ts'

/** How long citizens waited for a person's first answer. Pure. */
export interface Waiting {
  asked: number
  answered: number
  /** Closed or gone without an answer that we know of. */
  closedUnanswered: number
  open: number
  /** Half of those answered waited no longer; null where nobody was. */
  median: Millis | null
  /** Nine in ten of those answered waited no longer; null where nobody was. */
  ninth: Millis | null
  within: { title: string; count: number }[]
}

const steps: readonly { title: string; upTo: Millis }[] = [
  { title: 'trong 15 phút', upTo: 15 * MINUTE }, { title: '15 phút đến 1 giờ', upTo: 1 * HOUR }, { title: '1 đến 4 giờ', upTo: 4 * HOUR },
  { title: '4 đến 24 giờ', upTo: 24 * HOUR }, { title: 'hơn 24 giờ', upTo: Infinity },
]

export function waitingOf(handovers: readonly Pick<Handover, 'askedAt' | 'firstStaffAnswerAt' | 'closedAt'>[]): Waiting {
  const waits = handovers.flatMap(({ askedAt, firstStaffAnswerAt }) => (firstStaffAnswerAt === null ? [] : [Math.max(0, firstStaffAnswerAt - askedAt)])).sort((a, b) => a - b)
  const unanswered = handovers.filter(({ firstStaffAnswerAt }) => firstStaffAnswerAt === null)
  const open = unanswered.filter(({ closedAt }) => closedAt === null).length
  return {
    asked: handovers.length, answered: waits.length, open, closedUnanswered: unanswered.length - open,
    median: quantile(waits, 0.5), ninth: quantile(waits, 0.9),
    within: steps.map(({ title, upTo }, at) => ({ title, count: waits.filter((wait) => wait <= upTo && wait > (steps[at - 1]?.upTo ?? -1)).length })),
  }
}

/** The smallest value that so large a part does not exceed. */
const quantile = (sorted: readonly Millis[], part: number): Millis | null => sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? null

/** In a province some thousand people. */
const daysAtOnce = 30

/** Who asked for a person in these days, oldest first; a month is read at a time, so that others are not kept waiting for a year of them. */
export async function handoversIn(store: Pick<Handovers, 'handoversAsked'>, { from, to }: Span): Promise<Handover[]> {
  const all: Handover[] = []
  for (let first = from; first <= to; first = dayAfter(first, daysAtOnce)) {
    const last = dayAfter(first, daysAtOnce - 1)
    all.push(...await store.handoversAsked(vietnamMoment(first), vietnamMoment(last < to ? last : to) + DAY - 1))
  }
  return all
}
