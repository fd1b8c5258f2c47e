import type { PutMarks, Reading, Token, Words } from './normalise.ts'
import { isBare } from './syllable.ts'
import { countPairs } from './word-pairs.ts'

/** How far the single word is trusted against pairs that were seen: as much as so many sightings. */
const TRUST = 2
/** How much likelier, as a logarithm, another form must be than what is written. Chosen on the tuning half, flat around. */
const costs = {
  /** A word of dialect typed without its marks, and for each step of `Reading.rarity`. */
  dialect: 0.5,
  rarer: 2,
  /** Weighs how seldom words without marks are that should have some, in this message. */
  dropped: 0.7,
  /** Other marks than those typed, where no article has these. */
  slip: 3,
  /** That it is a word which no article has; and how much more where it has no marks, in a message that lacks them all. */
  unknown: 11,
  unknownBare: 8,
}
/** Of careful Vietnamese, how many words carry marks. */
const USUALLY_MARKED = 0.72

/** Which share of the words that need marks came without, a little more than none and less than all: 1 where hardly any were typed. */
function shareDropped({ tokens, marks }: Words): number {
  if (marks !== 'typed') return 1
  const written = tokens.filter(({ marked }) => !/^\d/.test(marked))
  const carried = written.filter(({ marked }) => !isBare(marked)).length / Math.max(1, written.length)
  return Math.min(0.9, Math.max(0.05, 1 - carried / USUALLY_MARKED))
}

/** A form that a word may have here, the likeliest way to it and how likely that is. -1: a word that no article has. */
interface Step { form: number; score: number; from: number }

/**
 * Learns from texts with marks which forms a bare word has and which stand beside each other ("khoa": khóa beside "tài
 * khoản", khoa beside "bác sĩ"). Choosing is one pass over the message: the likeliest row of forms as a whole. `speech`:
 * what people say and no article writes; a word with marks that only stands there may be a slip for one of the articles.
 */
export function learnMarks(articles: readonly Words[], speech: readonly Words[] = []): PutMarks {
  const { forms, numbers, formsOf, seen, pairs, all, inArticles } = countForms(articles, speech)
  const likelihood = (before: number, form: number): number => {
    if (form < 0) return 0
    const alone = seen[form]! / all
    return Math.log(before < 0 ? alone : (pairs.times(before, form) + TRUST * alone) / (seen[before]! + TRUST))
  }

  function choices(token: Token, marks: Words['marks'], share: number, readings: ReadonlyMap<string, readonly Reading[]>): [form: number, cost: number][] {
    const typed = numbers.get(token.marked)
    const own = formsOf.get(token.folded) ?? []
    if (!isBare(token.marked)) {
      if (typed !== undefined && typed < inArticles) return [[typed, 0]]
      const asTyped: [number, number] = typed === undefined ? [-1, costs.unknown] : [typed, 0]
      return [asTyped, ...own.filter((form) => form < inArticles).map((form): [number, number] => [form, costs.slip])]
    }
    const dropped = -Math.log(share) * costs.dropped
    const bare = own.map((form): [number, number] => [form, form === typed ? 0 : dropped])
    const dialect = (readings.get(token.folded) ?? []).flatMap(({ marked, rarity }): [number, number][] => {
      const form = numbers.get(marked)
      return form === undefined ? [] : [[form, costs.dialect + costs.rarer * rarity + dropped]]
    })
    const strange: [number, number][] = own.length === 0 ? [[-1, costs.unknown]] : marks === 'typed' && typed === undefined ? [[-1, costs.unknown + costs.unknownBare * share]] : []
    return [...strange, ...bare, ...dialect]
  }

  return (words, readings) => {
    const { tokens, marks } = words
    const share = shareDropped(words)
    const steps: Step[][] = []
    let last: Step[] = [{ form: -1, score: 0, from: -1 }]
    for (const token of tokens) {
      const before = last
      last = choices(token, marks, share, readings).map(([form, cost]) => likeliest(before.map((step, from) => ({ form, score: step.score + likelihood(step.form, form) - cost, from }))))
      steps.push(last)
    }
    const chosen = [...tokens]
    let which = last.indexOf(likeliest(last))
    for (let at = steps.length - 1; at >= 0; at--) {
      const { form, from } = steps[at]![which]!
      if (form >= 0) chosen[at] = forms[form]!
      which = from
    }
    return chosen
  }
}

/** Every marked form by its number (those of the articles first), how often each was seen and how often beside another. */
function countForms(articles: readonly Words[], speech: readonly Words[]) {
  const numbers = new Map<string, number>()
  const forms: Token[] = []
  const seen: number[] = []
  const formsOf = new Map<string, number[]>()
  const pairs = countPairs()
  let all = 0
  const numberOf = (token: Token): number => {
    const known = numbers.get(token.marked)
    if (known !== undefined) return known
    const next = forms.push(token) - 1
    numbers.set(token.marked, next)
    seen.push(0)
    const others = formsOf.get(token.folded)
    if (others === undefined) formsOf.set(token.folded, [next])
    else others.push(next)
    return next
  }
  const count = ({ tokens }: Words): void => {
    let before = -1
    for (const token of tokens) {
      const form = numberOf(token)
      seen[form]!++
      all++
      if (before >= 0) pairs.add(before, form)
      before = form
    }
  }
  articles.forEach(count)
  const inArticles = forms.length
  speech.forEach(count)
  return { forms, numbers, formsOf, seen, pairs, all, inArticles }
}

const likeliest = (steps: readonly Step[]): Step => steps.reduce((best, step) => (step.score > best.score ? step : best))
