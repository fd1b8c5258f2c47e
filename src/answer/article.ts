/** One question with its answer and sources: `content/articles/<group>/<id>.md`. */
export interface Article {
  id: string
  title: string
  /** As citizens say it, at least four ways. */
  questions: string[]
  /** `YYYY-MM-DD`. */
  reviewed: string
  reviewBy: string
  owner: string
  sources: Source[]
  actions: { title: string; url: string }[]
  related: string[]
  /** The first paragraph: at most 300 characters, good alone. Placeholders already filled in. */
  short: string
  /** The rest: numbered steps or facts. Empty when the short answer is all. */
  details: string
  /** Which file it came from, for messages to staff. */
  file: string
}

export interface Source {
  title: string
  /** The document's number (`69/2024/NĐ-CP`); null for a page or newspaper. */
  number: string | null
  date: string
  url: string | null
}

/** Past its review date an article is not given as current. `day` is `YYYY-MM-DD` in Viet Nam. */
export const isExpired = (article: Article, day: string): boolean => article.reviewBy < day
