import { LineCounter, parseDocument } from 'yaml'
import * as z from 'zod'
import type { Problem } from '../core/problem.ts'
import { wordsOfArticle, type Token, type Words } from './normalise.ts'

/** One group of words that may stand for each other: `content/synonyms.yaml`. */
export interface ConceptGroup { concept: string; phrases: string[] }

/** The shape of `synonyms.yaml`. */
export const synonymsSchema = z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), z.array(z.union([z.string().min(1), z.number()])).min(2))
  .describe('Nhóm từ cùng nghĩa: ten_nhom: [từ thứ nhất, từ thứ hai]. Viết có dấu, chữ thường.')

/** Reads `synonyms.yaml`: `group: [phrase, phrase …]`. What is wrong comes back as problems, with no groups. */
export function parseSynonyms(text: string, file: string): { groups: ConceptGroup[]; problems: Problem[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const problem = (offset: number, what: string): Problem => {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(1, line), column: Math.max(1, col), severity: 'error', what, todo: 'Viết mỗi nhóm một dòng: ten_nhom: [từ thứ nhất, từ thứ hai]' }
  }
  const broken = document.errors[0]
  if (broken !== undefined) return { groups: [], problems: [problem(broken.pos[0], 'Tệp nhóm từ cùng nghĩa viết sai cách trình bày.')] }
  const read = synonymsSchema.safeParse(document.toJS() ?? {})
  if (!read.success) {
    return {
      groups: [],
      problems: read.error.issues.map((issue) => {
        const at = document.getIn(issue.path, true) as { range?: [number, number, number] } | undefined
        return problem(at?.range?.[0] ?? 0, `Nhóm “${String(issue.path[0] ?? '')}” phải có tên bằng chữ thường không dấu và ít nhất hai từ.`)
      }),
    }
  }
  return { groups: Object.entries(read.data).map(([concept, phrases]) => ({ concept, phrases: phrases.map(String) })), problems: [] }
}

/** Finds which groups a text speaks of. A text with marks must match marks; one without matches without. */
export type FindConcepts = (words: Words) => string[]

interface Phrase { concept: string; tokens: Token[] }

/**
 * Prepares the groups once; finding is one pass over the words. `read`: as questions are read, so that a phrase in dialect
 * ("khi mô") also fits what a question with it is read as.
 */
export function conceptFinder(groups: readonly ConceptGroup[], read: (phrase: string) => Words = wordsOfArticle): FindConcepts {
  const byFirst = new Map<string, Phrase[]>()
  const add = (concept: string, tokens: Token[]): void => {
    const first = tokens[0]?.folded
    if (first === undefined) return
    const there = byFirst.get(first)
    if (there === undefined) byFirst.set(first, [{ concept, tokens }])
    else there.push({ concept, tokens })
  }
  for (const { concept, phrases } of groups) {
    for (const phrase of phrases) {
      const written = wordsOfArticle(phrase).tokens
      const asRead = read(phrase).tokens
      add(concept, written)
      if (asRead.map(({ marked }) => marked).join(' ') !== written.map(({ marked }) => marked).join(' ')) add(concept, asRead)
    }
  }
  return ({ tokens, hasMarks }) => {
    const found = new Set<string>()
    tokens.forEach((token, at) => {
      for (const phrase of byFirst.get(token.folded) ?? []) {
        if (phrase.tokens.every((word, i) => same(word, tokens[at + i], hasMarks))) found.add(phrase.concept)
      }
    })
    return [...found]
  }
}

const same = (word: Token, token: Token | undefined, hasMarks: boolean): boolean =>
  token !== undefined && (hasMarks ? word.marked === token.marked : word.folded === token.folded)
