import type { Answerer } from '../answer/answerer.ts'
import type { Article } from '../answer/article.ts'
import { parseArticle, type ArticleFile } from '../answer/parse-article.ts'
import { onceFor } from '../core/fixed.ts'
import { once } from '../core/once.ts'
import type { ContentOptions } from './load.ts'

type Reading = ReturnType<typeof parseArticle>
type Values = Readonly<Record<string, string>>

/** The same options for whoever reads again and again. `finish` does now what the next question would have to wait for. */
export interface Remembering { options: ContentOptions; finish(): void }

/**
 * A file whose text is as before is not parsed anew, while no article changed the Answerer stays, and a new one looks at
 * the articles when it is asked first: on a busy machine the difference between a blink and seconds until what was saved
 * is told.
 */
export function remembering(options: ContentOptions): Remembering {
  const articleOf = rememberingArticles()
  let last: { articles: readonly Article[]; synonyms: string; make: () => Answerer } | null = null
  const createAnswerer: ContentOptions['createAnswerer'] = (articles, given) => {
    const synonyms = JSON.stringify(given.synonyms)
    if (last === null || synonyms !== last.synonyms || !areSame(articles, last.articles)) last = { articles, synonyms, make: once(() => options.createAnswerer(articles, given)) }
    const { make } = last
    return { answer: (...asked) => make().answer(...asked) }
  }
  return { options: { createAnswerer, parseArticle: articleOf }, finish: () => void last?.make() }
}

const areSame = (some: readonly Article[], others: readonly Article[]): boolean => some.length === others.length && some.every((article, index) => article === others[index])

function rememberingArticles(): typeof parseArticle {
  const known = new Map<string, { text: string; values: string; article: Article }>()
  const valuesOf = onceFor((province: Values): string => JSON.stringify(province))
  return (file, text, province) => {
    const values = valuesOf(province)
    const before = known.get(file)
    if (before !== undefined && before.text === text && before.values === values) return { read: foundAgain(before.article, () => parseArticle(file, text, province)), problems: [] }
    const reading = parseArticle(file, text, province)
    if (reading.read === null || reading.problems.length > 0) known.delete(file)
    else known.set(file, { text, values, article: reading.read.article })
    return reading
  }
}

/** Lines are asked for only where something is wrong; keeping every parsed document for that would cost more than reading it once more. */
const foundAgain = (article: Article, again: () => Reading): ArticleFile => ({
  article,
  locate: (...place) => again().read!.locate(...place),
  locateBody: (piece) => again().read!.locateBody(piece),
})
