import type { KnownWords, Words } from './normalise.ts'
import { isFoldedSyllable } from './syllable.ts'
import { undoTelex } from './telex.ts'

/** The words of the articles and which stand beside each other: what decides a doubtful spelling. */
export function vocabularyOf(texts: readonly Words[]): KnownWords {
  const words = new Set<string>()
  const pairs = new Set<string>()
  for (const { tokens } of texts) {
    tokens.forEach(({ folded }, at) => {
      // Articles may list phrasings with keys left in: `kys` is not thereby a word.
      if (isFoldedSyllable(folded) || undoTelex(folded) === null) words.add(folded)
      if (at > 0) pairs.add(`${tokens[at - 1]!.folded} ${folded}`)
    })
  }
  const near = nearIndex(words)
  return {
    has: (word) => words.has(word),
    pair: (first, second) => pairs.has(`${first} ${second}`),
    nearest: (word) => {
      const found = new Set(holes(word).flatMap((hole) => near.get(hole) ?? []))
      const close = [...found].filter((other) => oneSlip(word, other))
      return close.length === 1 ? close[0]! : null
    },
  }
}

/** Words of four letters on, by themselves with any one letter taken out: two words one slip apart share such a form. */
function nearIndex(words: ReadonlySet<string>): Map<string, string[]> {
  const index = new Map<string, string[]>()
  for (const word of words) {
    if (word.length < 4) continue
    for (const hole of holes(word)) {
      const words = index.get(hole)
      if (words === undefined) index.set(hole, [word])
      else words.push(word)
    }
  }
  return index
}

const holes = (word: string): string[] => [word, ...Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1))]

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
