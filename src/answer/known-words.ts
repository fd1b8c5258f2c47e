import type { KnownWords, Words } from './normalise.ts'
import { isFoldedSyllable } from './syllable.ts'
import { undoTelex } from './telex.ts'
import { countPairs } from './word-pairs.ts'

/** The words of the articles and which stand beside each other: what decides a doubtful spelling. */
export function vocabularyOf(texts: readonly Words[]): KnownWords {
  const numbers = new Map<string, number>()
  const marked = new Set<string>()
  const pairs = countPairs()
  const numberOf = (word: string): number => {
    let number = numbers.get(word)
    if (number === undefined) numbers.set(word, (number = numbers.size))
    return number
  }
  const words = new Set<string>()
  for (const { tokens } of texts) {
    let before = -1
    for (const token of tokens) {
      const { folded } = token
      marked.add(token.marked)
      // Articles may list phrasings with keys left in: `kys` is not thereby a word.
      if (!words.has(folded) && (isFoldedSyllable(folded) || undoTelex(folded) === null)) words.add(folded)
      const at = numberOf(folded)
      if (before >= 0) pairs.add(before, at)
      before = at
    }
  }
  return {
    putMarks: null,
    has: (word) => words.has(word),
    hasMarked: (word) => marked.has(word),
    pair: (first, second) => pairs.times(numbers.get(first) ?? NO_WORD, numbers.get(second) ?? NO_WORD) > 0,
    nearest: (word) => {
      const close = [...words].filter((other) => other.length > 3 && Math.abs(other.length - word.length) <= 1 && oneSlip(word, other))
      return close.length === 1 ? close[0]! : null
    },
  }
}

/** A number that no word has. */
const NO_WORD = 0xffff

/** One letter more, less, other, or two neighbours swapped. */
function oneSlip(a: string, b: string): boolean {
  let from = 0
  while (from < a.length && a[from] === b[from]) from++
  let end = 0
  while (end < Math.min(a.length, b.length) - from && a.at(-1 - end) === b.at(-1 - end)) end++
  const restA = a.slice(from, a.length - end)
  const restB = b.slice(from, b.length - end)
  if (restA.length <= 1 && restB.length <= 1) return true
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0]
}
