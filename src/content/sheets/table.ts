import { dayAfter } from '../../core/time.ts'

/** A sheet as people see it: the first row holds the headings, every cell is text, an empty one `''`. */
export interface Table {
  title: string
  rows: string[][]
}

/** Something in a table that a person has to know about. */
export interface Finding {
  /** `error`: nothing is written until it is mended. `conflict`: this row is left out. `absent`: only in the files, stays there. */
  kind: 'error' | 'conflict' | 'absent' | 'note'
  /** `trang “Câu hỏi”, dòng 12`. */
  where: string
  what: string
  todo: string
}

/** A workbook or CSV file that is refused as a whole; the message is a Vietnamese sentence for the person who brought it. */
export class SheetError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SheetError'
  }
}

/** `trang “Câu hỏi”, dòng 12`; rows from 1, as spreadsheets count. */
export const rowOf = (title: string, row: number): string => `trang “${title}”, dòng ${row}`

/** Texts are compared like this: spreadsheets and editors change line ends, surrounding space and the form of Vietnamese letters without anybody wanting it. */
export const canonical = (text: string): string => text.normalize('NFC').replaceAll('\r\n', '\n').trim()

/** One phrase per line. */
export const linesOf = (text: string): string[] => canonical(text).split('\n').map((line) => line.trim()).filter((line) => line !== '')

/** As `isoDay`, and `46347`, which is what a spreadsheet shows of a day in a cell for numbers. */
export const sheetDay = (text: string): string => (/^[3-6]\d{4}$/.test(text) ? dayAfter('1899-12-30', Number(text)) : isoDay(text))

/** `21/11/2026` as `2026-11-21`, `11/2026` as `2026-11`; anything else as it is, for the check to judge. */
export function isoDay(text: string): string {
  const found = /^(?:(\d{1,2})\s*[/.-]\s*)?(\d{1,2})\s*[/.-]\s*(\d{4})$/.exec(text)
  if (found === null) return text
  const [, day, month, year] = found
  return [year, month, day].filter((part) => part !== undefined).map((part) => part.padStart(2, '0')).join('-')
}
