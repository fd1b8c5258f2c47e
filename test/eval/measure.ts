import { readFileSync } from 'node:fs'
import type { Answer } from '../../src/answer/answerer.ts'
import type { Article } from '../../src/answer/article.ts'
import { decide } from '../../src/answer/decision.ts'
import type { Ranker } from '../../src/answer/ranking.ts'
import type { LocalAnswerer } from '../../src/answer/retrieval.ts'

/** One labelled question. `topic_key` null: no article is right. `reply`: the canned sentence that is. */
export interface Labelled { id: string; topic_key: string | null; q: string; style: string; reply?: string }

export const readQuestions = (file: URL | string): Labelled[] =>
  readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Labelled)

/** How questions ended. In scope: right, wrong, offered (right one among the first three), misled (not among them), silent. */
export interface Tally { n: number; top1: number; top3: number; right: number; wrong: number; offered: number; misled: number; silent: number }
export interface Foreign { n: number; answered: number; clarified: number; turnedAway: number }

export interface Measured {
  byStyle: Map<string, Tally>
  all: Tally
  /** No article is right, and none is meant to be. */
  outOfScope: Foreign
  /** The right article is not written yet. */
  nearMiss: Foreign
  /** Canned replies expected, and got. */
  replies: { n: number; right: number }
  /** `answered` with the wrong article, or although nothing was right. */
  mistakes: { question: Labelled; answer: Answer }[]
}

const emptyTally = (): Tally => ({ n: 0, top1: 0, top3: 0, right: 0, wrong: 0, offered: 0, misled: 0, silent: 0 })
const emptyForeign = (): Foreign => ({ n: 0, answered: 0, clarified: 0, turnedAway: 0 })

export function measure(answerer: LocalAnswerer, questions: readonly Labelled[], ids: ReadonlySet<string>, now: number): Measured {
  const measured: Measured = { byStyle: new Map(), all: emptyTally(), outOfScope: emptyForeign(), nearMiss: emptyForeign(), replies: { n: 0, right: 0 }, mistakes: [] }
  for (const question of questions) {
    const answer = answerer.answer(question.q, { now, lastArticle: null })
    if (question.topic_key !== null && ids.has(question.topic_key)) {
      const style = measured.byStyle.get(question.style) ?? emptyTally()
      measured.byStyle.set(question.style, style)
      for (const tally of [style, measured.all]) count(tally, question.topic_key, answer)
      if (answer.status === 'answered' && answer.article !== question.topic_key) measured.mistakes.push({ question, answer })
    } else {
      countForeign(question.topic_key === null ? measured.outOfScope : measured.nearMiss, answer)
      if (answer.status === 'answered') measured.mistakes.push({ question, answer })
      if (question.reply !== undefined) {
        measured.replies.n++
        if (answer.reply === question.reply) measured.replies.right++
      }
    }
  }
  return measured
}

function count(tally: Tally, topic: string, answer: Answer): void {
  tally.n++
  const place = answer.candidates.findIndex(({ article }) => article === topic)
  if (place === 0) tally.top1++
  if (place >= 0 && place < 3) tally.top3++
  if (answer.status === 'answered') tally[answer.article === topic ? 'right' : 'wrong']++
  else if (answer.status === 'clarify') tally[place >= 0 && place < 3 ? 'offered' : 'misled']++
  else tally.silent++
}

function countForeign(foreign: Foreign, answer: Answer): void {
  foreign.n++
  if (answer.status === 'answered') foreign.answered++
  else if (answer.status === 'clarify') foreign.clarified++
  else foreign.turnedAway++
}

/** What would happen to each question in scope if its article were not written: the hardest foreign questions there are. */
export function measureWithoutRight(ranker: Ranker, articles: readonly Article[], questions: readonly Labelled[]): Foreign {
  const foreign = emptyForeign()
  for (const { q, topic_key } of questions) {
    const right = articles.findIndex(({ id }) => id === topic_key)
    if (right < 0) continue
    const { ranked, length } = ranker.rank(q)
    const outcome = decide(ranked.filter(({ article }) => article !== right), length)
    foreign.n++
    foreign[outcome === 'answered' ? 'answered' : outcome === 'clarify' ? 'clarified' : 'turnedAway']++
  }
  return foreign
}
