import { checkEach, contentOf, readFiles, type ContentOptions, type FileSource } from '../content.ts'
import { toldOnce } from '../content/told-once.ts'
import { isError, type Problem } from '../core/problem.ts'
import type { Millis } from '../core/time.ts'
import { checkMessages } from './check-messages.ts'

/** What is wrong or doubtful in the files and in the messages that are made of them, sorted: what `content check` tells. */
export const findProblems = (files: FileSource, now: Millis): Problem[] => toldOnce(eachProblem(files, now), files)

/** The same, every place told apart and in no order: whose file is good, whose is not. */
export function eachProblem(files: FileSource, now: Millis): Problem[] {
  const read = readFiles(files)
  const { readable, problems: unreadable } = read
  const problems = checkEach(files, now, read)
  if (readable === null) return problems
  const broken = new Set(unreadable.filter(isError).map(({ file }) => file))
  const messages = checkMessages(contentOf(files, readable, askingNothing), readable)
  return [...problems, ...messages.filter(({ file }) => !broken.has(file))]
}

/** Messages are made of articles that are named: nothing is looked for. */
const askingNothing: ContentOptions = { createAnswerer: () => ({ answer: () => ({ status: 'no_source_found', article: null, candidates: [], reply: null }) }) }
