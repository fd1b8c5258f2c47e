import { createAnswerer, type LocalAnswerer } from '../../answer/retrieval.ts'
import { loadContent, type FileSource } from '../../content.ts'
import { waitingQuestions, type AskedInVain, type QuestionGroup } from '../../content/waiting-questions.ts'
import { eachProblem, findProblems } from '../../conversation/find-problems.ts'
import type { Problem } from '../../core/problem.ts'
import type { Millis } from '../../core/time.ts'
import type { SheetPlan } from './sheet-work.ts'

/**
 * What takes seconds of computing over all words. An entry that answers citizens on the same thread runs it on another;
 * what goes in and comes out can therefore be cloned.
 */
export interface ContentWork {
  /** What `content check` finds. */
  check(files: FileSource, now: Millis): Promise<Problem[]>
  /** The same, every place told apart. */
  faults(files: FileSource, now: Millis): Promise<Problem[]>
  /** All sheets as an .xlsx workbook. The files are expected to be free of errors. */
  workbook(files: FileSource): Promise<Uint8Array>
  /** What a workbook or a CSV file would change. `refused`: a sentence for whoever brought it. */
  plan(files: FileSource, name: string, bytes: Uint8Array): Promise<SheetPlan | { refused: string }>
  /** Questions without a good answer, alike ones together. Empty where the files cannot be read. */
  waiting(files: FileSource, asked: readonly AskedInVain[], now: Millis): Promise<QuestionGroup[]>
}

/** Here and now, on the thread that asks. */
export const contentWork: ContentWork = {
  check: async (files, now) => findProblems(files, now),
  faults: async (files, now) => eachProblem(files, now),
  // Loaded when a workbook comes or goes: every start has its content checked here.
  workbook: async (files) => (await import('./sheet-work.ts')).workbook(files),
  plan: async (files, name, bytes) => (await import('./sheet-work.ts')).plan(files, name, bytes),
  async waiting(files, asked, now) {
    const made: LocalAnswerer[] = []
    loadContent(files, { createAnswerer: (articles, options) => (made[0] = createAnswerer(articles, options)) })
    return made[0] === undefined ? [] : waitingQuestions(asked, made[0], files, now)
  },
}
