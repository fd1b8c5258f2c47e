import type { Millis } from '../core/time.ts'
import type { ModelReason, Written } from './model/outcome.ts'

/** How a free question ended. Closed list; statistics, metrics and the `ask` command use these words. */
export type AnswerStatus =
  | 'answered' | 'clarify' | 'no_source_found' | 'emergency' | 'small_talk' | 'expired_article'
  | 'blocked_question' | 'not_grounded' | 'model_unavailable'

export interface Answer {
  status: AnswerStatus
  /** The one article for `answered` and `expired_article`; null otherwise. */
  article: string | null
  /** Best first, at most ten; scores between 0 and 1. `clarify` offers the first two or three. */
  candidates: { article: string; score: number }[]
  /** The key in `replies.yaml` for `small_talk`, `blocked_question` and `emergency`, and where `clarify` asks back instead of offering; null otherwise. */
  reply: string | null
  /** The article of a second question in the same message; only with `answered`. */
  also?: string
  /** Of the first candidates those beside what is asked, or no warning of what a stranger demands: they may be offered, never given as if sure, by a model neither. */
  neverSure?: readonly string[]
  /** What became of asking the model; absent where nobody thought of it. */
  model?: ModelTrace
}

/** `asked`: its server was called, so it counts. `overtaken`: a person wrote meanwhile, nothing is to be said. */
export interface ModelTrace {
  reason: ModelReason
  asked: boolean
  written: Written | null
  overtaken?: boolean
}

/** Finds what to say to a free question. Local ones answer at once; one with a model returns a promise. */
export interface Answerer {
  answer(question: string, context: AnswerContext): Answer | Promise<Answer>
}

export interface AnswerContext {
  now: Millis
  /** The article given just before, so that "mất bao lâu?" is understood; null when there is none. */
  lastArticle: string | null
}
