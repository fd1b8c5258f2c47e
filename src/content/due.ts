import type { Article } from '../answer/article.ts'
import { DAY } from '../core/time.ts'

/** One line of `content due`. */
export interface DueArticle {
  /** Negative: so many days past the date, and no longer answered as current. */
  daysLeft: number
  reviewBy: string
  id: string
  title: string
  owner: string
  file: string
}

/** Articles whose review falls due within so many days of `day` (`YYYY-MM-DD` in Viet Nam), most urgent first. */
export function contentDue(articles: Iterable<Article>, day: string, within = 30): DueArticle[] {
  return [...articles]
    .map(({ reviewBy, id, title, owner, file }) => ({ daysLeft: Math.round((Date.parse(reviewBy) - Date.parse(day)) / DAY), reviewBy, id, title, owner, file }))
    .filter(({ daysLeft }) => daysLeft <= within)
    .sort((a, b) => a.daysLeft - b.daysLeft || (a.id < b.id ? -1 : 1))
}
