import type { Article } from '../answer/article.ts'
import { DAY } from '../core/time.ts'

export interface DueArticle {
  article: Article
  /** Negative: so many days past the date, and no longer answered as current. */
  daysLeft: number
}

/** Articles whose review falls due within so many days of `day` (`YYYY-MM-DD` in Viet Nam), most urgent first. */
export function contentDue(articles: Iterable<Article>, day: string, within = 30): DueArticle[] {
  return [...articles]
    .map((article) => ({ article, daysLeft: Math.round((Date.parse(article.reviewBy) - Date.parse(day)) / DAY) }))
    .filter(({ daysLeft }) => daysLeft <= within)
    .sort((a, b) => a.daysLeft - b.daysLeft || (a.article.id < b.article.id ? -1 : 1))
}
