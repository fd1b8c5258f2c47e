import { isExpired, type Article } from '../article.ts'
import { ModelError, type Completion, type ModelApi } from './model.ts'
import type { ModelFault, NotGrounded, Written } from './outcome.ts'
import { passagesOf, type Passage, type Tokens } from './passages.ts'
import { promptFor, readAnswer, type Prompt } from './prompt.ts'
import { questionForModel } from './question.ts'
import { verify } from './verify.ts'

/** A request that is ready to go: everything that is needed to ask, and to check what comes back. */
export interface Request {
  prompt: Prompt
  passages: Passage[]
  tokens: Tokens
}

/** At most so many articles are shown: more make answers slower, not better. */
const mostArticles = 3

/** Null where nothing may be cited: an expired article is no passage. `day` is `YYYY-MM-DD`. */
export function requestFor(question: string, candidates: readonly Article[], day: string): Request | null {
  const articles = candidates.filter((article) => !isExpired(article, day)).slice(0, mostArticles)
  if (articles.length === 0) return null
  const { passages, tokens } = passagesOf(articles)
  return { prompt: promptFor(questionForModel(question), articles, passages), passages, tokens }
}

/** Asks once and believes nothing: what comes back is checked words, or why there are none. */
export async function write(api: ModelApi, request: Request, signal: AbortSignal): Promise<{ end: Written | ModelFault | NotGrounded; tokens: Completion['tokens'] }> {
  try {
    const { content, tokens } = await api.complete(request.prompt, signal)
    return { end: readAndVerify(content, request), tokens }
  } catch (error) {
    return { end: error instanceof ModelError ? error.fault : 'broken_answer', tokens: { read: 0, written: 0 } }
  }
}

export function readAndVerify(content: string, { passages, tokens }: Request): Written | ModelFault | NotGrounded {
  const sentences = readAnswer(content)
  if (sentences === null) return 'broken_answer'
  return sentences.length === 0 ? 'declined' : verify(sentences, passages, tokens)
}
