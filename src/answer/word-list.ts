import { asToken } from './normalise.ts'
import { isBare } from './syllable.ts'

/** Words that a typed one may be: with marks it must have the same ones (`lỡ` is not `lô`), without any it fits all that fold to it. */
export interface WordList {
  /** As typed, or as in a `PatternText`; lower case. */
  has(word: string): boolean
}

/** Of words with their marks, spaces between. */
export function wordList(list: string): WordList {
  const tokens = list.trim().split(/\s+/).map(asToken)
  const marked = new Set(tokens.map((token) => token.marked))
  const folded = new Set(tokens.map((token) => token.folded))
  return {
    has(word) {
      const token = asToken(word)
      return isBare(token.marked) ? folded.has(token.folded) : marked.has(token.marked)
    },
  }
}
