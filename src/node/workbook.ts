import { mkdir, open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { readCsv, writeCsv } from '../content/sheets/csv.ts'
import type { Sheet } from '../content/sheets/layout.ts'
import type { FileChange } from '../content/sheets/plan.ts'
import { SheetError, type Table } from '../content/sheets/table.ts'
import { unpackLimits } from '../content/sheets/unpack.ts'
import { readWorkbook } from '../content/sheets/workbook-read.ts'
import type { ContentFolders } from './files.ts'

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

/**
 * Writes changed files: all of them beside their places first, then each put in its place at one stroke, so that a
 * reader never meets half a file. Throws `SheetError`, with nothing written, when a file is no longer as the change was planned from.
 */
export async function writeChanges(changes: readonly Pick<FileChange, 'file' | 'before' | 'after'>[], { flowsDir, contentDir }: Pick<ContentFolders, 'flowsDir' | 'contentDir'>): Promise<void> {
  const pathOf = ({ file }: Pick<FileChange, 'file'>): string => join(file.root === 'flows' ? flowsDir : contentDir, file.name)
  for (const change of changes) {
    const now = await readFile(pathOf(change), 'utf8').catch(() => null)
    if (now !== change.before) throw new SheetError(`Tệp ${change.file.file} vừa được đổi trong lúc xem. Chưa ghi gì: chạy lại lệnh.`)
  }
  await writeAll(changes.map((change) => ({ path: pathOf(change), data: change.after })))
}

/** All of them beside their places first, then each put in its place. What stops the first part leaves nothing behind. */
async function writeAll(files: readonly { path: string; data: string | Uint8Array }[]): Promise<void> {
  const written: { temporary: string; target: string }[] = []
  try {
    for (const { path, data } of files) {
      await mkdir(dirname(path), { recursive: true })
      written.push(await writeBeside(path, data))
    }
  } catch (error) {
    for (const { temporary } of written) await rm(temporary, { force: true })
    throw error
  }
  for (const { temporary, target } of written) await rename(temporary, target)
}

/** Under a hidden name that no reader of content takes up. A link is followed, the rights of the old file are kept. */
async function writeBeside(path: string, data: string | Uint8Array): Promise<{ temporary: string; target: string }> {
  const target = await realpath(path).catch(() => path)
  const old = await stat(target).catch(() => null)
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.new`)
  const file = await open(temporary, 'w')
  try {
    await file.writeFile(data)
    if (old !== null) await file.chmod(old.mode & 0o777)
    await file.sync()
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  } finally {
    await file.close()
  }
  return { temporary, target }
}
