import type { Ranked } from './ranking.ts'

/** How sure is sure: chosen on the tuning half by the error budget in docs/answers.md. */
export const thresholds = {
  /** From this confidence on the best article is given. */
  answer: 0.5,
  /** Unless the second best comes this near: then nobody can say which of the two is meant. */
  tie: 0.95,
  /** From this fit on the best two or three are offered; below, nothing. */
  clarify: 1.8,
}

/**
 * How well the best article covers the question. The score alone is held against long stories, most of whose words
 * are in no article, so it is measured against the length: 0 to about 6.
 */
export function fitOf(ranked: readonly Ranked[], length: number): number {
  return ((ranked[0]?.score ?? 0) + 0.02) * (3 + length) ** 0.6
}

/**
 * How likely the best article is the right one, 0 to 1: a logistic curve over its fit, how near the second comes, and its
 * breadth; fitted on the tuning half and the development set with foreign questions and with the right article taken away.
 */
export function confidence(ranked: readonly Ranked[], length: number): number {
  if (ranked.length === 0) return 0
  return 1 / (1 + Math.exp(-(curve.fit * Math.log(fitOf(ranked, length)) + curve.nearness * nearness(ranked) + curve.breadth * ranked[0]!.breadth + curve.base)))
}

/** How near the second best comes to the best, 0 to 1. */
const nearness = (ranked: readonly Ranked[]): number => (ranked[1]?.score ?? 0) / (ranked[0]?.score ?? 1)

const curve = { fit: 9.5, nearness: -8, breadth: 3.15, base: -3.0 }

export function decide(ranked: readonly Ranked[], length: number): 'answered' | 'clarify' | 'no_source_found' {
  if (confidence(ranked, length) >= thresholds.answer && nearness(ranked) < thresholds.tie) return 'answered'
  return ranked.length > 0 && fitOf(ranked, length) >= thresholds.clarify ? 'clarify' : 'no_source_found'
}
