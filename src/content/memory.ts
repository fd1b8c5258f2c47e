import type { Answerer } from '../answer/answerer.ts'
import type { Article } from '../answer/article.ts'
import type { ArticleFile } from '../answer/parse-article.ts'
import type { ContentOptions } from './load.ts'

/**
 * What was made of files the last time. A server that reads anew because one file was saved then parses that file and
 * builds the index only where articles changed: under load the difference between a blink and two seconds.
 */
export interface Memory {
  /** The article of a file whose text is the same as before, else what `parse` gives. */
  article(key: string, parse: () => ReadArticle): ReadArticle
  /** The same Answerer for the same articles. */
  options(given: ContentOptions): ContentOptions
}
type ReadArticle = { read: ArticleFile | null; problems: import('../core/problem.ts').Problem[] }
