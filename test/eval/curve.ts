import type { Labelled } from './measure.ts'

/** What would happen if every article at least this sure were given; shares from 0 to 1. */
export interface CurvePoint { sure: number; right: number; wrong: number; foreign: number }

/** How sure the best article is, and whether it is the right one. A canned reply is an article given with no certainty at all. */
interface Case { sure: number; right: boolean; inScope: boolean }

/** From the highest certainty to the lowest, one point for each that occurs. `bestOf` gives the best article, nothing where there is none. */
export function riskCoverage(bestOf: (question: Labelled) => { article: string; score: number } | undefined, questions: readonly Labelled[]): CurvePoint[] {
  const cases = questions.map((question): Case => {
    const best = bestOf(question)
    return { sure: best?.score ?? 0, right: best?.article === question.topic_key, inScope: question.topic_key !== null }
  })
  const inScope = cases.filter((one) => one.inScope)
  const foreign = cases.filter((one) => !one.inScope)
  const share = (of: readonly Case[], sure: number, counts: (one: Case) => boolean): number =>
    of.length === 0 ? 0 : of.filter((one) => one.sure >= sure && counts(one)).length / of.length
  return [...new Set(cases.map(({ sure }) => sure))].filter((sure) => sure > 0).sort((a, b) => b - a).map((sure) => ({
    sure,
    right: share(inScope, sure, (one) => one.right),
    wrong: share(inScope, sure, (one) => !one.right),
    foreign: share(foreign, sure, () => true),
  }))
}

/** The most that is answered and right while at most this share of foreign questions is answered. */
export const rightWhileForeign = (curve: readonly CurvePoint[], atMost: number): number =>
  Math.max(0, ...curve.filter(({ foreign }) => foreign <= atMost).map(({ right }) => right))
