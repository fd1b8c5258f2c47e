import { aMoment } from '../core/others-turn.ts'
import { dayAfter, dayNumber, eachDay, vietnamDay, type Millis } from '../core/time.ts'
import type { Store } from '../store/ports.ts'
import { countOutcomes, joined, noFigures, type Figures, type Tally } from './asked.ts'

/**
 * Figures of whole weeks, added up once and kept in the store's register: `figures:<form>:<Monday>`. A year is then fifty short
 * entries instead of every row of every day. A week is kept when no turn can be counted for it any more.
 */
export type WeeksStore = Pick<Store, 'readOutcomes' | 'readEntry' | 'writeEntry'>

/** The number rises when `Figures` or what is counted changes: what was kept before is then added up anew. */
const prefix = 'figures:2:'
const entryName = (monday: string): string => prefix + monday
const reachedEntry = `${prefix}reached`

/** Of the week to which the day belongs. */
export const mondayOf = (day: string): string => dayAfter(day, -((dayNumber(day) + 3) % 7))

/** The first day for which turns may still be counted: one at midnight for the day before. */
export const openSince = (now: Millis): string => dayAfter(vietnamDay(now), -1)

/** Each day of a stretch, read anew, one at a time; between, other requests have their turn. */
export async function countDays(store: Pick<Store, 'readOutcomes'>, from: string, to: string): Promise<Map<string, Figures>> {
  const days = new Map<string, Figures>()
  for (const day of eachDay(from, to)) {
    days.set(day, countOutcomes(await store.readOutcomes(day, day)))
    await aMoment()
  }
  return days
}

/** One whole week, from the register or, where it is not kept yet, from its days. */
export async function readWeek(store: WeeksStore, monday: string): Promise<Figures> {
  const kept = await store.readEntry(entryName(monday))
  return kept === null ? countWeek(store, monday) : figuresFrom(JSON.parse(kept.value) as Kept)
}

const countWeek = async (store: WeeksStore, monday: string): Promise<Figures> => joined([...(await countDays(store, monday, dayAfter(monday, 6))).values()])

/** Two years and the same before them are never asked for together more often than now and then. */
const weeksBack = 106
const weeksAtOnce = 4

/** Keeps the next weeks that are over; true while there are more to keep. Safe to call again after any end. */
export async function keepWeeks(store: WeeksStore, now: Millis): Promise<boolean> {
  const over = dayAfter(mondayOf(openSince(now)), -7)
  const reached = await store.readEntry(reachedEntry)
  const first = dayAfter(over, -7 * weeksBack)
  let monday = reached === null || reached.value < first ? first : dayAfter(reached.value, 7)
  const end = dayAfter(monday, 7 * weeksAtOnce)
  for (; monday <= over && monday < end; monday = dayAfter(monday, 7)) {
    const figures = await countWeek(store, monday)
    await store.writeEntry(entryName(monday), JSON.stringify(keptFrom(figures)), 0)
  }
  const done = dayAfter(monday, -7)
  if (reached?.value !== done) await store.writeEntry(reachedEntry, done, reached?.version ?? 0)
  return done < over
}

/** `Figures` as JSON: a tally is its numbers in this order. */
type Kept = Record<TallyMap, Record<string, number[]>> & Record<CountMap, Record<string, number>> & { total: number[] }
const tallyFields = ['turns', 'asked', 'answered', 'unanswered', 'handovers', 'helpful', 'notHelpful'] as const satisfies (keyof Tally)[]
const tallyMaps = ['byDay', 'byAccount', 'byEntry', 'byCode', 'byArticle'] as const satisfies (keyof Figures)[]
const countMaps = ['byStatus', 'steps', 'flowAnswers', 'flowHandovers'] as const satisfies (keyof Figures)[]
type TallyMap = (typeof tallyMaps)[number]
type CountMap = (typeof countMaps)[number]

const numbersOf = (tally: Tally): number[] => tallyFields.map((field) => tally[field])
const tallyFrom = (numbers: readonly number[]): Tally => Object.fromEntries(tallyFields.map((field, index) => [field, numbers[index] ?? 0])) as Record<keyof Tally, number>

/** Pure. */
const keptFrom = (figures: Figures): Kept => ({
  total: numbersOf(figures.total),
  ...Object.fromEntries(tallyMaps.map((name) => [name, Object.fromEntries([...figures[name]].map(([key, tally]) => [key, numbersOf(tally)]))])) as Record<TallyMap, Record<string, number[]>>,
  ...Object.fromEntries(countMaps.map((name) => [name, Object.fromEntries(figures[name])])) as Record<CountMap, Record<string, number>>,
})

/** Pure. */
const figuresFrom = (kept: Kept): Figures => ({
  ...noFigures, total: tallyFrom(kept.total),
  ...Object.fromEntries(tallyMaps.map((name) => [name, new Map(Object.entries(kept[name]).map(([key, numbers]) => [key, tallyFrom(numbers)]))])),
  ...Object.fromEntries(countMaps.map((name) => [name, new Map(Object.entries(kept[name]))])),
})
