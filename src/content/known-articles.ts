import type { ArticleFile } from '../answer/parse-article.ts'

/** `unread`: its file has faults of its own, told there; who leads to it is not to blame. */
export type Standing = 'used' | 'withdrawn' | 'unread' | 'unknown'

/** Which articles may be led to. */
export interface KnownArticles {
  used: readonly string[]
  standing(id: string): Standing
  /** What to do about a way to a withdrawn article. */
  instead(id: string): string
}

/** `unread` are ids of files that could not be read. */
export function knownArticles(articles: readonly ArticleFile[], withdrawn: readonly ArticleFile[], unread: ReadonlySet<string>): KnownArticles {
  const used = articles.map(({ article }) => article.id)
  const gone = new Map(withdrawn.map(({ article }) => [article.id, article.withdrawn?.replacedBy ?? null]))
  const inUse = new Set(used)
  return {
    used,
    standing: (id) => (inUse.has(id) ? 'used' : gone.has(id) ? 'withdrawn' : unread.has(id) ? 'unread' : 'unknown'),
    instead: (id) => (gone.get(id) == null ? 'dẫn tới mục khác, hoặc bỏ dòng này' : `dẫn tới mục thay nó: ${gone.get(id)}`),
  }
}
