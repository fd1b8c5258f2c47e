import type { KnownWords, Words } from './normalise.ts'
import { isFoldedSyllable } from './syllable.ts'
import { undoTelex } from './telex.ts'

/** The words of the articles and which stand beside each other: what decides a doubtful spelling. */
export function vocabularyOf(texts: readonly Words[]): KnownWords {
  const words = new Set<string>()
  const marked = new Set<string>()
  const after = new Map<string, Set<string>>()
  for (const { tokens } of texts) {
    let before: string | null = null
    for (const token of tokens) {
      const { folded } = token
      marked.add(token.marked)
      // Articles may list phrasings with keys left in: `kys` is not thereby a word.
      if (!words.has(folded) && (isFoldedSyllable(folded) || undoTelex(folded) === null)) words.add(folded)
      if (before !== null) {
        const seconds = after.get(before)
        if (seconds === undefined) after.set(before, new Set([folded]))
        else seconds.add(folded)
      }
      before = folded
    }
  }
  return {
    putMarks: null,
    has: (word) => words.has(word),
    hasMarked: (word) => marked.has(word),
    pair: (first, second) => after.get(first)?.has(second) === true,
    nearest: (word) => {
      const close = [...words].filter((other) => other.length > 3 && Math.abs(other.length - word.length) <= 1 && oneSlip(word, other))
      return close.length === 1 ? close[0]! : null
    },
  }
}

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
