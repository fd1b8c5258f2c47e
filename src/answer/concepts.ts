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

/** Finds which groups a text speaks of. Marks must match, unless the text has none and none were found for it. */
export type FindConcepts = (words: Words) => string[]

/** A tree of folded words: what may come next, and the groups of which a phrase ends here, each with the marks it must have. */
interface Branch { next: Map<string, Branch>; ends: { concept: string; marked: readonly string[] }[] }
const branch = (): Branch => ({ next: new Map(), ends: [] })

/**
 * Prepares the groups once; finding is one pass over the words. `read`: as questions are read, so that a phrase in dialect
 * ("khi mô") also fits what a question with it is read as.
 */
export function conceptFinder(groups: readonly ConceptGroup[], read: (phrase: string) => Words = wordsOfArticle): FindConcepts {
  const root = branch()
  const add = (concept: string, tokens: readonly Token[]): void => {
    if (tokens.length === 0) return
    let at = root
    for (const { folded } of tokens) {
      let next = at.next.get(folded)
      if (next === undefined) at.next.set(folded, (next = branch()))
      at = next
    }
    at.ends.push({ concept, marked: tokens.map(({ marked }) => marked) })
  }
  for (const { concept, phrases } of groups) {
    for (const phrase of phrases) {
      add(concept, wordsOfArticle(phrase).tokens)
      add(concept, read(phrase).tokens)
    }
  }
  return ({ tokens, marks }) => {
    const found = new Set<string>()
    for (let from = 0; from < tokens.length; from++) {
      let at = root.next.get(tokens[from]!.folded)
      for (let to = from + 1; at !== undefined; to++) {
        for (const { concept, marked } of at.ends) if (marks === 'missing' || marked.every((word, i) => word === tokens[from + i]!.marked)) found.add(concept)
        at = to < tokens.length ? at.next.get(tokens[to]!.folded) : undefined
      }
    }
    return [...found]
  }
}
