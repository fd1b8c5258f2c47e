import { createAnswerer, type LocalAnswerer } from '../../answer/retrieval.ts'
import { loadContent, type FileSource } from '../../content.ts'
import { versionOf } from '../../content/files.ts'
import { readCsv } from '../../content/sheets/csv.ts'
import { differenceOf } from '../../content/sheets/difference.ts'
import { tablesOf } from '../../content/sheets/export.ts'
import { guideLines } from '../../content/sheets/guide.ts'
import { planImport } from '../../content/sheets/plan.ts'
import { SheetError, type Finding } from '../../content/sheets/table.ts'
import { readWorkbook } from '../../content/sheets/workbook-read.ts'
import { writeWorkbook } from '../../content/sheets/workbook-write.ts'
import { waitingQuestions, type AskedInVain, type QuestionGroup } from '../../content/waiting-questions.ts'
import { eachProblem, findProblems } from '../../conversation/find-problems.ts'
import type { Problem } from '../../core/problem.ts'
import type { Millis } from '../../core/time.ts'
import type { DraftChange } from './drafts.ts'

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

export interface SheetPlan {
  changes: DraftChange[]
  findings: Finding[]
  /** The change as `content import` tells it. */
  told: string[]
}

/** Here and now, on the thread that asks. */
export const contentWork: ContentWork = {
  check: async (files, now) => findProblems(files, now),
  faults: async (files, now) => eachProblem(files, now),
  workbook: (files) => writeWorkbook(tablesOf(files), guideLines(versionOf(files))),
  async plan(files, name, bytes) {
    try {
      const plan = planImport(files, /\.csv$/i.test(name) ? [readCsv(name, bytes)] : await readWorkbook(bytes))
      return { changes: plan.changes.map(({ file, before, after }) => ({ file, before, after })), findings: plan.findings, told: differenceOf(plan) }
    } catch (error) {
      if (error instanceof SheetError) return { refused: error.message }
      throw error
    }
  },
  async waiting(files, asked, now) {
    const made: LocalAnswerer[] = []
    loadContent(files, { createAnswerer: (articles, options) => (made[0] = createAnswerer(articles, options)) })
    return made[0] === undefined ? [] : waitingQuestions(asked, made[0], files, now)
  },
}
