import { createHash } from 'node:crypto'
import { sheetNamed, writtenColumns, type SheetName } from './layout.ts'
import { canonical, linesOf } from './table.ts'

/** A written cell as it is compared: without what spreadsheets change by themselves. */
export const comparable = (role: string, text: string): string => (role === 'words' ? linesOf(text).join('\n') : canonical(text))

/**
 * The version of one row: says later whether the row, or what it stands for in the files, was changed since the export.
 * Begins with a letter, so that no spreadsheet takes it for a number.
 */
export function stampOf(sheet: SheetName, scope: string, cells: Readonly<Record<string, string>>): string {
  const values = writtenColumns(sheetNamed(sheet)).map(({ id, role }) => comparable(role, cells[id] ?? ''))
  return `v${createHash('sha256').update(JSON.stringify([sheet, scope, ...values])).digest('hex').slice(0, 12)}`
}
