import type { Article } from './article.ts'

/** Reads each article once, when it is first asked for. */
export function perArticle<T>(read: (article: Article) => T): (article: Article) => T {
  const known = new Map<string, T>()
  return (article) => {
    if (!known.has(article.id)) known.set(article.id, read(article))
    return known.get(article.id)!
  }
}
