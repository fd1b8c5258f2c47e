import type { Article } from '../answer/article.ts'
import { daysBetween } from '../core/time.ts'
import type { FlowSet } from '../flow/flow.ts'

/** One article whose review falls due. */
export interface DueArticle {
  /** Negative: so many days past the date, and no longer answered as current. */
  daysLeft: number
  reviewBy: string
  id: string
  title: string
  owner: string
  file: string
}

/** How urgent it is: past, or within so many days. */
const dueWithin = [3, 14, 30] as const
export type Urgency = 'past' | (typeof dueWithin)[number]

/** Articles whose review falls due within so many days of `day` (`YYYY-MM-DD` in Viet Nam), most urgent first. */
export function contentDue(articles: Iterable<Article>, day: string, within = 30): DueArticle[] {
  return [...articles]
    .map(({ reviewBy, id, title, owner, file }) => ({ daysLeft: daysBetween(day, reviewBy), reviewBy, id, title, owner, file }))
    .filter(({ daysLeft }) => daysLeft <= within)
    .sort((a, b) => a.daysLeft - b.daysLeft || (a.id < b.id ? -1 : 1))
}

/** By article, the steps of flows that state its facts, as `flow/step`: they fall silent with it, and are mended with it. */
export function flowsLeaning(flows: FlowSet): ReadonlyMap<string, readonly string[]> {
  const leaning = [...flows.values()].flatMap((flow) => Object.values(flow.steps).flatMap((step) => step.facts.map((article) => ({ article, step: `${flow.id}/${step.id}` }))))
  return new Map([...Map.groupBy(leaning, ({ article }) => article)].map(([article, steps]) => [article, steps.map(({ step }) => step)]))
}

export const urgencyOf = ({ daysLeft }: DueArticle): Urgency => (daysLeft < 0 ? 'past' : (dueWithin.find((days) => daysLeft <= days) ?? 30))

/** Who has what to do: owners in the order of their most urgent article, each with theirs, most urgent first. */
export function dueByOwner(list: readonly DueArticle[]): { owner: string; articles: DueArticle[] }[] {
  return [...Map.groupBy(list, ({ owner }) => owner)].map(([owner, articles]) => ({ owner, articles }))
}
