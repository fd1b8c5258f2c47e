import { onceFor } from '../core/fixed.ts'
import { barePhrase, bareWords, lettersNear, lettersOf, saysBare } from '../core/text.ts'
import type { FlowSet, Matcher, Target } from './flow.ts'

/** The triggers of all flows, made ready once per set so that a text which triggers nothing costs next to nothing. */
interface TriggerIndex {
  exact: ReadonlyMap<string, Target>
  /** Longest phrase first: the most said wins. */
  phrases: Phrase[]
  longest: number
  patterns: { matcher: Extract<Matcher, { pattern: string }>; target: Target }[]
}
interface Phrase { bare: string; letters: number; target: Target }

/** Where the whole text leads by the triggers of any flow: words said exactly, then with typing errors, then patterns. */
export function findTrigger(flows: FlowSet, text: string): Target | null {
  const index = indexOf(flows)
  const bare = bareWords(text)
  return index.exact.get(bare) ?? misspelt(index, bare) ?? index.patterns.find(({ matcher }) => matcher.test(text) !== null)?.target ?? null
}

/** The most that `saysBare` allows. */
const mostEdits = 2

function misspelt(index: TriggerIndex, bare: string): Target | null {
  if (bare.length > index.longest + mostEdits || bare.length < 4) return null
  const letters = lettersOf(bare)
  const near = index.phrases.find((phrase) =>
    Math.abs(phrase.bare.length - bare.length) <= mostEdits && lettersNear(phrase.letters, letters, mostEdits) && saysBare(bare, phrase.bare))
  return near?.target ?? null
}

const indexOf = onceFor((flows: FlowSet): TriggerIndex => {
  const exact = new Map<string, Target>()
  const patterns: TriggerIndex['patterns'] = []
  for (const flow of flows.values()) {
    const target = { flow: flow.id, step: flow.start }
    for (const matcher of flow.triggers) {
      if ('pattern' in matcher) patterns.push({ matcher, target })
      else if (!exact.has(barePhrase(matcher.words))) exact.set(barePhrase(matcher.words), target)
    }
  }
  const phrases = [...exact].map(([bare, target]) => ({ bare, letters: lettersOf(bare), target })).sort((a, b) => b.bare.length - a.bare.length)
  return { exact, phrases, longest: phrases[0]?.bare.length ?? 0, patterns }
})
