import type { FileSource } from '../files.ts'
import { itemsOf, type Item } from './items.ts'
import { sheets, type Sheet } from './layout.ts'
import { stampOf } from './stamp.ts'
import type { Table } from './table.ts'

/** All sheets with a row for everything that people write in articles, flows and replies. The files are expected to be free of errors. */
export function tablesOf(files: FileSource): (Table & { sheet: Sheet })[] {
  const items = itemsOf(files)
  return sheets.map((sheet) => ({
    sheet,
    title: sheet.title,
    rows: [sheet.columns.map(({ heading }) => heading), ...items.filter((item) => item.sheet === sheet.name).map((item) => rowOfItem(sheet, item))],
  }))
}

function rowOfItem({ name, columns }: Sheet, { scope, cells }: Item): string[] {
  return columns.map(({ id, role }) => (role === 'stamp' ? stampOf(name, scope, cells) : (cells[id] ?? '')))
}
