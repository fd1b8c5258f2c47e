import writeXlsxFile, { type CellObject, type Row, type Sheet as WrittenSheet } from 'write-excel-file/universal'
import type { Column, Sheet } from './layout.ts'
import { guideTitle } from './layout.ts'
import { SheetError, type Table } from './table.ts'

/** What Excel holds in one cell. */
const longestCell = 32_767

/**
 * The tables as an .xlsx workbook, with a sheet before them that tells how to use it. Every cell is text and formatted as
 * text, the empty ones for new rows too, so that no program takes `=…` for a formula or `0259` for a number. Throws
 * `SheetError` for a text that fits no cell.
 */
export async function writeWorkbook(tables: readonly (Table & { sheet: Sheet })[], guide: readonly string[]): Promise<Uint8Array> {
  const { toBlob } = writeXlsxFile([guideSheet(guide), ...tables.map(writtenSheet)], { fontFamily: 'Arial', fontSize: 11 })
  return new Uint8Array(await (await toBlob()).arrayBuffer())
}

function writtenSheet({ sheet, title, rows }: Table & { sheet: Sheet }): WrittenSheet<Blob> {
  const [headings = [], ...texts] = rows
  const spare = Array.from({ length: sheet.spareRows }, () => sheet.columns.map((column) => textCell('', column)))
  return {
    sheet: title,
    columns: sheet.columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
    stickyColumnsCount: 1,
    data: [
      headings.map(heading),
      ...texts.map((row, index) => row.map((text, at) => {
        if (text.length > longestCell) throw new SheetError(`Trang “${title}”, dòng ${index + 2}: chữ dài ${text.length} ký tự, Excel chỉ giữ được ${longestCell}. Sửa thẳng trong tệp.`)
        return { ...textCell(text, sheet.columns[at]!), ...(sheet.name === 'articles' ? { height: articleHeight } : {}) }
      })),
      ...spare,
    ],
  }
}

/** Some five lines: a whole answer would fill the screen. */
const articleHeight = 76

const heading = (text: string): CellObject =>
  ({ value: escaped(text), type: String, fontWeight: 'bold', backgroundColor: '#DCE9F5', wrap: true, alignVertical: 'center', height: 32 })

/** What is only looked at is grey. */
const textCell = (text: string, { role }: Column): CellObject => ({
  ...(text === '' ? {} : { value: escaped(text) }), type: String, format: '@', wrap: true, alignVertical: 'top',
  ...(role === 'key' || role === 'helper' || role === 'order' || role === 'stamp' ? { textColor: '#5F6B76' } : {}),
})

const guideSheet = (lines: readonly string[]): WrittenSheet<Blob> => ({
  sheet: guideTitle,
  columns: [{ width: 110 }],
  data: lines.map((line, index): Row => [{ value: escaped(line), type: String, format: '@', wrap: true, ...(index === 0 ? { fontWeight: 'bold' as const } : {}) }]),
})

/**
 * As OOXML writes what XML cannot hold (ECMA-376, ST_Xstring): `_x000D_` for a carriage return, and the underscore of a
 * text that looks like one. The writer itself would drop such characters, and trips over words every object knows (`constructor`).
 */
function escaped(text: string): string {
  const written = text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_').replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\uFFFD\p{Surrogate}\p{Noncharacter_Code_Point}]/gu, byNumber)
  return written in {} ? byNumber(written[0]!) + written.slice(1) : written
}

const byNumber = (character: string): string => character.split('').map((unit) => `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`).join('')
