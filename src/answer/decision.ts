import type { Ranked } from './ranking.ts'

/** How sure is sure: chosen on the tuning half by the error budget in docs/answers.md. */
export const thresholds = {
  /** From this confidence on the best article is given. */
  answer: 0.4,
  /** From this fit on the best two or three are offered; below, nothing. */
  clarify: 1.3,
}

/**
 * How well the best article covers the question. The score alone is held against long stories, most of whose words
 * are in no article, so it is measured against the length: 0 to about 4.
 */
export function fitOf(ranked: readonly Ranked[], length: number): number {
  return ((ranked[0]?.score ?? 0) + 0.02) * Math.sqrt(3 + length)
}

/**
 * How likely the best article is the right one, 0 to 1: a logistic curve over its fit and how near the second comes,
 * fitted on the tuning half with foreign questions and with the right article taken away.
 */
export function confidence(ranked: readonly Ranked[], length: number): number {
  const best = ranked[0]?.score ?? 0
  if (best === 0) return 0
  const nearness = (ranked[1]?.score ?? 0) / best
  return 1 / (1 + Math.exp(-(curve.fit * Math.log(fitOf(ranked, length)) + curve.nearness * nearness + curve.base)))
}

const curve = { fit: 6.9, nearness: -9.8, base: 3.3 }

export function decide(ranked: readonly Ranked[], length: number): 'answered' | 'clarify' | 'no_source_found' {
  if (confidence(ranked, length) >= thresholds.answer) return 'answered'
  return ranked.length > 0 && fitOf(ranked, length) >= thresholds.clarify ? 'clarify' : 'no_source_found'
}
