import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { readCsv, writeCsv } from '../content/sheets/csv.ts'
import type { Sheet } from '../content/sheets/layout.ts'
import { SheetError, type Table } from '../content/sheets/table.ts'
import { unpackLimits } from '../content/sheets/unpack.ts'
import { readWorkbook } from '../content/sheets/workbook-read.ts'
import { writeAll } from './write-files.ts'

/** The tables of a workbook, of a CSV file, or of all CSV files in a folder. Throws `SheetError` with a sentence for the person who brought them. */
export async function readTables(path: string): Promise<Table[]> {
  const info = await stat(path).catch(() => null)
  if (info === null) throw new SheetError(`Không tìm thấy ${path}.`)
  if (info.isDirectory()) {
    const names = (await readdir(path)).filter((name) => /\.csv$/i.test(name) && !/^[.~]/.test(name)).sort()
    if (names.length === 0) throw new SheetError(`Trong ${path} không có tệp .csv nào.`)
    return Promise.all(names.map(async (name) => readCsv(name, await bytesOf(join(path, name)))))
  }
  const bytes = await bytesOf(path)
  if (/\.csv$/i.test(path)) return [readCsv(basename(path), bytes)]
  if (/\.xlsx$/i.test(path)) return readWorkbook(bytes)
  throw new SheetError(`Không đọc được tệp kiểu “${extname(path)}”: cần .xlsx, .csv, hoặc thư mục có các tệp .csv.`)
}

async function bytesOf(path: string): Promise<Uint8Array> {
  if ((await stat(path)).size > unpackLimits.bytes) throw new SheetError(`Tệp ${path} lớn quá ${unpackLimits.bytes / 1024 / 1024} MB nên không đọc.`)
  return readFile(path)
}

/** One CSV file a sheet. Throws `SheetError`, with nothing written, when one of them is there already: somebody may have worked in it. */
export async function writeCsvFolder(folder: string, tables: readonly (Table & { sheet: Sheet })[]): Promise<void> {
  const files = tables.map(({ sheet, rows }) => ({ path: join(folder, sheet.csv), text: writeCsv(rows) }))
  for (const { path } of files) await refuseExisting(path)
  await writeAll(files.map(({ path, text }) => ({ path, data: text })))
}

/** Throws `SheetError` when the file is there already. */
export async function writeWorkbookFile(path: string, bytes: Uint8Array): Promise<void> {
  await refuseExisting(path)
  await writeAll([{ path, data: bytes }])
}

async function refuseExisting(path: string): Promise<void> {
  if (await stat(path).catch(() => null) !== null) throw new SheetError(`Đã có ${path}, có thể ai đó đang sửa trong đó. Chọn tên khác, hoặc xóa tệp cũ trước.`)
}
