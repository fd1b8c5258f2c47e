import type { FileSource } from '../../content.ts'
import { versionOf } from '../../content/files.ts'
import { readCsv } from '../../content/sheets/csv.ts'
import { differenceOf } from '../../content/sheets/difference.ts'
import { tablesOf } from '../../content/sheets/export.ts'
import { guideLines } from '../../content/sheets/guide.ts'
import { planImport } from '../../content/sheets/plan.ts'
import { SheetError, type Finding } from '../../content/sheets/table.ts'
import { readWorkbook } from '../../content/sheets/workbook-read.ts'
import { writeWorkbook } from '../../content/sheets/workbook-write.ts'
import type { DraftChange } from './drafts.ts'

/** What a workbook or a CSV file would change. */
export interface SheetPlan {
  changes: DraftChange[]
  findings: Finding[]
  /** The change as `content import` tells it. */
  told: string[]
}

/** As of `ContentWork`. */
export const workbook = (files: FileSource): Promise<Uint8Array> => writeWorkbook(tablesOf(files), guideLines(versionOf(files)))

/** As of `ContentWork`. */
export async function plan(files: FileSource, name: string, bytes: Uint8Array): Promise<SheetPlan | { refused: string }> {
  try {
    const planned = planImport(files, /\.csv$/i.test(name) ? [readCsv(name, bytes)] : await readWorkbook(bytes))
    return { changes: planned.changes.map(({ file, before, after }) => ({ file, before, after })), findings: planned.findings, told: differenceOf(planned) }
  } catch (error) {
    if (error instanceof SheetError) return { refused: error.message }
    throw error
  }
}
