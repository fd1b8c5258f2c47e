import type { Article } from '../article.ts'
import { findFacts, type FactKind } from './facts.ts'

/** A paragraph of an article, as the model gets to see it. */
export interface Passage {
  /** `A1`: which article, which paragraph. */
  id: string
  articleId: string
  /** The article's own words, on which every answer is checked. */
  text: string
  /** The same with links, numbers, amounts, dates and documents swapped for tokens. */
  shown: string
}

/** What stands behind the tokens of one request: `[AMOUNT_1]` → `500.000 đồng/tháng`. */
export type Tokens = ReadonlyMap<string, string>

const tokenNames: Record<FactKind, string> = { link: 'LINK', document: 'DOCUMENT', date: 'DATE', phone: 'PHONE', amount: 'AMOUNT', number: 'NUMBER' }

/** The paragraphs of the articles, best article first. Numbers of lists are dropped, so that whatever digit is left is a fact. */
export function passagesOf(articles: readonly Article[]): { passages: Passage[]; tokens: Tokens } {
  const tokens = new Map<string, string>()
  const passages = articles.flatMap((article, letter) =>
    [article.short, ...article.details.split(/\n\s*\n/)].map(withoutNumbering).filter((text) => text !== '').map((text, index): Passage => ({
      id: `${String.fromCharCode(65 + letter)}${index + 1}`,
      articleId: article.id,
      text,
      shown: withTokens(text, tokens),
    })))
  return { passages, tokens }
}

const withoutNumbering = (paragraph: string): string => paragraph.normalize('NFC').replace(/^[ \t]*\d{1,2}[.)][ \t]+/gmu, '- ').trim()

function withTokens(text: string, tokens: Map<string, string>): string {
  let shown = ''
  let at = 0
  for (const fact of findFacts(text)) {
    const token = `[${tokenNames[fact.kind]}_${tokens.size + 1}]`
    tokens.set(token, fact.text)
    shown += text.slice(at, fact.start) + token
    at = fact.end
  }
  return shown + text.slice(at)
}

/** The text with its tokens put back; null when it names one that was not given. */
export function withoutTokens(text: string, tokens: Tokens): string | null {
  let unknown = false
  const restored = text.replace(/\[[A-Z]+_\d+\]/g, (token) => {
    const found = tokens.get(token)
    if (found === undefined) unknown = true
    return found ?? token
  })
  return unknown ? null : restored
}
