import { checkContent, contentOf, readFiles, type ContentOptions, type FileSource } from '../content.ts'
import { isError, sortProblems, type Problem } from '../core/problem.ts'
import type { Millis } from '../core/time.ts'
import { checkMessages } from './check-messages.ts'

/** What is wrong or doubtful in the files and in the messages that are made of them, sorted: what `content check` tells. */
export function findProblems(files: FileSource, now: Millis): Problem[] {
  const problems = checkContent(files, now)
  const { readable, problems: unreadable } = readFiles(files)
  if (readable === null) return problems
  const broken = new Set(unreadable.filter(isError).map(({ file }) => file))
  const messages = checkMessages(contentOf(files, readable, askingNothing), readable)
  return sortProblems([...problems, ...messages.filter(({ file }) => !broken.has(file))])
}

/** Messages are made of articles that are named: nothing is looked for. */
const askingNothing: ContentOptions = { createAnswerer: () => ({ answer: () => ({ status: 'no_source_found', article: null, candidates: [], reply: null }) }) }
