import { bareWords, saysBare } from '../core/text.ts'
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

const indexes = new WeakMap<FlowSet, TriggerIndex>()

/** Where the whole text leads by the triggers of any flow: words said exactly, then with typing errors, then patterns. */
export function findTrigger(flows: FlowSet, text: string): Target | null {
  const index = indexOf(flows)
  const bare = bareWords(text)
  return index.exact.get(bare) ?? misspelt(index, bare) ?? index.patterns.find(({ matcher }) => matcher.test(text) !== null)?.target ?? null
}

function misspelt(index: TriggerIndex, bare: string): Target | null {
  if (bare.length > index.longest + 2 || bare.length < 4) return null
  const letters = lettersOf(bare)
  // One edit changes at most two of the letters that occur, and `saysBare` allows two edits at most.
  const near = index.phrases.find((phrase) =>
    Math.abs(phrase.bare.length - bare.length) <= 2 && bitCount(phrase.letters ^ letters) <= 4 && saysBare(bare, phrase.bare))
  return near?.target ?? null
}

function indexOf(flows: FlowSet): TriggerIndex {
  const known = indexes.get(flows)
  if (known !== undefined) return known
  const exact = new Map<string, Target>()
  const patterns: TriggerIndex['patterns'] = []
  for (const flow of flows.values()) {
    const target = { flow: flow.id, step: flow.start }
    for (const matcher of flow.triggers) {
      if ('pattern' in matcher) patterns.push({ matcher, target })
      else if (!exact.has(bareWords(matcher.words))) exact.set(bareWords(matcher.words), target)
    }
  }
  const phrases = [...exact].map(([bare, target]) => ({ bare, letters: lettersOf(bare), target })).sort((a, b) => b.bare.length - a.bare.length)
  const index = { exact, phrases, longest: phrases[0]?.bare.length ?? 0, patterns }
  indexes.set(flows, index)
  return index
}

/** Which letters occur, one bit each. */
function lettersOf(bare: string): number {
  let letters = 0
  for (let i = 0; i < bare.length; i++) letters |= 1 << (bare.charCodeAt(i) & 31)
  return letters
}

function bitCount(bits: number): number {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++
  return count
}
