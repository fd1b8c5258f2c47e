import type { LocalAnswerer } from '../answer/retrieval.ts'
import { groupSimilar } from '../answer/similar-questions.ts'
import { vietnamDay, type Millis } from '../core/time.ts'
import { adoptedQuestions } from './adopt.ts'
import type { FileSource } from './files.ts'

/** What nobody could answer, or answered wrongly (`not_helpful`), masked. */
export interface AskedInVain { id: string; question: string; status: string; at: Millis }

/** One kind of question. */
export interface QuestionGroup {
  count: number
  /** Of those, how many had an answer that people refused ("chưa đúng ý"). */
  refused: number
  /** The newest wording, and its id. */
  id: string
  question: string
  lastDay: string
  /** The article that comes nearest; null: none does. */
  nearest: string | null
  ids: string[]
}

/**
 * What still waits for an answer, the most asked first: neither adopted, nor answered surely by the articles of now. An
 * answer that people refused stays until it is adopted, since the same one would be given again. Throws where `adoptedFile`
 * cannot be read.
 */
export function waitingQuestions(asked: readonly AskedInVain[], answerer: LocalAnswerer, files: Pick<FileSource, 'content'>, now: Millis): QuestionGroup[] {
  const adopted = new Set(adoptedQuestions(files.content).map(({ id }) => id))
  const open = asked.flatMap((row) => {
    if (adopted.has(row.id)) return []
    const { read, answer, best } = answerer.explain(row.question.replace(masked, ' '), { now, lastArticle: null })
    return answer.status === 'answered' && row.status !== 'not_helpful' ? [] : [{ ...row, read, nearest: best?.article ?? null }]
  })
  return groupSimilar(open).map((members) => {
    const [{ id, question, at, nearest }] = members as [(typeof members)[number]]
    const refused = members.filter(({ status }) => status === 'not_helpful').length
    return { count: members.length, refused, id, question, lastDay: vietnamDay(at), nearest, ids: members.map((member) => member.id) }
  })
}

/** What stands where personal data stood is no word of the question. */
const masked = /\[[^\]]*\]/gu
