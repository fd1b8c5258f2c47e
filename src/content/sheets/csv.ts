import { canonical, SheetError, type Table } from './table.ts'
import { sheetOf } from './rows.ts'

/** Tables as CSV files that spreadsheets open as they are: UTF-8 with a byte order mark, commas, lines ended by CR LF. */

/** No spreadsheet may take these for a formula, a day or a number written otherwise: they get an apostrophe, taken off again when read. */
const wouldBeTaken = (text: string): boolean =>
  /^[=+\-@\t\r']/.test(text) || (/\d/.test(text) && /^[\d\s.,:/%eE-]+$/.test(text) && !/^[1-9]\d{0,14}$/.test(text))

export function writeCsv(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => `"${(wouldBeTaken(text) ? `'${text}` : text).replaceAll('"', '""')}"`
  return `\uFEFF${rows.map((row) => row.map((text) => (text === '' ? '' : cell(text))).join(',')).join('\r\n')}\r\n`
}

/** Reads a CSV file with commas, semicolons or tabs, whichever show headings of ours. Throws `SheetError` for what is no UTF-8. */
export function readCsv(title: string, bytes: Uint8Array): Table {
  const text = decode(title, bytes)
  const readings = [',', ';', '\t'].map((separator) => split(text, separator))
  return { title, rows: readings.find(([head = []]) => sheetOf(head.map(canonical)) !== null) ?? readings[0]! }
}

function decode(title: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new SheetError(`Tệp “${title}” không phải UTF-8, dấu tiếng Việt sẽ vỡ. Khi lưu, chọn kiểu “CSV UTF-8”.`)
  }
}

function split(text: string, separator: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    const { cell, end } = text[at] === '"' ? quoted(text, at, separator) : bare(text, at, separator)
    row.push(cell.startsWith("'") ? cell.slice(1) : cell)
    at = end
    if (text[at] === separator) {
      at++
      if (at === text.length) row.push('')
      continue
    }
    at += text.startsWith('\r\n', at) ? 2 : 1
    rows.push(row)
    row = []
  }
  return row.length === 0 ? rows : [...rows, row]
}

/** A quote that is never closed runs to the end. What stands between the closing quote and the separator is kept. */
function quoted(text: string, start: number, separator: string): { cell: string; end: number } {
  let cell = ''
  let at = start + 1
  for (;;) {
    const close = text.indexOf('"', at)
    if (close === -1) return { cell: cell + text.slice(at), end: text.length }
    cell += text.slice(at, close)
    if (text[close + 1] !== '"') {
      const rest = bare(text, close + 1, separator)
      return { cell: cell + rest.cell, end: rest.end }
    }
    cell += '"'
    at = close + 2
  }
}

function bare(text: string, start: number, separator: string): { cell: string; end: number } {
  let end = start
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++
  return { cell: text.slice(start, end), end }
}
