import { zipSync } from 'fflate'
import readXlsxFile, { type Sheet as ReadSheet } from 'read-excel-file/universal'
import { SheetError, type Table } from './table.ts'
import { unpack } from './unpack.ts'
import { guardedParts } from './workbook-guard.ts'

/**
 * The sheets of an .xlsx workbook, every cell as text: days as `2026-11-21`, numbers without thousands. Throws
 * `SheetError` for a file that is no workbook, and for one that holds what a table of texts has no need of.
 */
export async function readWorkbook(bytes: Uint8Array): Promise<Table[]> {
  return (await readParts(guardedParts(unpack(bytes)))).map(({ sheet, data }) => ({ title: sheet, rows: data.map((row) => row.map(textOf)) }))
}

/** Packed anew, so that the reader sees what was looked at and nothing else. */
async function readParts(parts: ReadonlyMap<string, Uint8Array>): Promise<ReadSheet<string>[]> {
  const packed = zipSync(Object.fromEntries(parts), { level: 0 })
  try {
    return await readXlsxFile(new Blob([packed]), { trim: false, parseNumber: plainNumber })
  } catch (error) {
    if (error instanceof Error) throw new SheetError('Tệp này không đọc được như bảng tính .xlsx. Mở bằng Excel hoặc LibreOffice rồi lưu lại kiểu .xlsx.')
    throw error
  }
}

/** The reader's types name the class `Date` where it gives a date. */
function textOf(value: unknown): string {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10)
  return value === null || value === undefined ? '' : String(value)
}

/** `1E+3` is `1000`; what JavaScript could not hold without loss stays as the file has it. */
function plainNumber(text: string): string {
  const written = String(Number(text))
  return /^-?\d+(?:\.\d+)?$/.test(written) && text.replace(/\D/g, '').length <= 15 ? written : text
}
