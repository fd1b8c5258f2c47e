import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { checkContent, formatProblems } from '../content.ts'
import { versionOf, type FileSource } from '../content/files.ts'
import { differenceOf } from '../content/sheets/difference.ts'
import { tablesOf } from '../content/sheets/export.ts'
import { guideLines } from '../content/sheets/guide.ts'
import { planImport, withChanges, type Plan } from '../content/sheets/plan.ts'
import { SheetError } from '../content/sheets/table.ts'
import { writeWorkbook } from '../content/sheets/workbook-write.ts'
import { isError } from '../core/problem.ts'
import type { Millis } from '../core/time.ts'
import { readContentFolders } from '../node/files.ts'
import { readTables, writeCsvFolder, writeWorkbookFile } from '../node/workbook.ts'
import { writeChanges } from '../node/write-files.ts'
import { wordFolders } from '../node/words.ts'
import { readWordSettings, readWords, UsageError, type Terminal } from './command.ts'

const usage = 'content export --xlsx TỆP | content export --csv THƯ_MỤC | content import TỆP [--yes] (TỆP là .xlsx, .csv, hoặc thư mục có các tệp .csv)'

/** `content export`: everything people write, as a workbook or as CSV files. */
export async function exportSheets(args: string[], terminal: Terminal): Promise<number> {
  const { xlsx, csv } = exportWords(args)
  return speaking(terminal, async () => {
    const files = await readContentFolders(wordFolders(readWordSettings(terminal)))
    if (!isUsable(files, Date.now(), terminal, 'Nội dung đang có lỗi, sửa xong mới xuất được:')) return 1
    const tables = tablesOf(files)
    if (xlsx !== undefined) await writeWorkbookFile(xlsx, await writeWorkbook(tables, guideLines(versionOf(files))))
    if (csv !== undefined) await writeCsvFolder(csv, tables)
    terminal.out(`Đã xuất ${tables.map(({ title, rows }) => `${title}: ${rows.length - 1} dòng`).join(' · ')} → ${[xlsx, csv].filter((path) => path !== undefined).join(', ')}`)
    return 0
  })
}

function exportWords(args: string[]): { xlsx: string | undefined; csv: string | undefined } {
  try {
    const { xlsx, csv } = parseArgs({ args, options: { xlsx: { type: 'string' }, csv: { type: 'string' } } }).values
    if (xlsx === undefined && csv === undefined) throw new UsageError(`Cách dùng: ${usage}`)
    if (xlsx !== undefined && !/\.xlsx$/i.test(xlsx)) throw new UsageError('Tên tệp phải có đuôi .xlsx.')
    return { xlsx, csv }
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`Cách dùng: ${usage}`)
  }
}

/**
 * `content import`: shows what a workbook would change; writes it with `--yes` or after the typed word on a terminal, and
 * only when the content is free of errors afterwards. Exit code 1 when something could not be taken.
 */
export async function importSheets(args: string[], terminal: Terminal): Promise<number> {
  const { words: [path = ''], flags } = readWords(args, { usage, least: 1, flags: ['--yes'] })
  return speaking(terminal, async () => {
    const settings = readWordSettings(terminal)
    const files = await readContentFolders(wordFolders(settings))
    const now = Date.now()
    if (!isUsable(files, now, terminal, 'Nội dung đang có lỗi, sửa xong mới nhập được:')) return 1
    const plan = planImport(files, await readTables(path))
    for (const line of differenceOf(plan)) terminal.out(line)
    const isTaken = !plan.findings.some(({ kind }) => kind === 'conflict')
    if (!mayBeWritten(files, plan, now, terminal)) return 1
    if (plan.changes.length === 0) {
      terminal.out('Không có gì thay đổi.')
      return isTaken ? 0 : 1
    }
    if (!flags.has('--yes') && !(await isAgreed(terminal, plan.changes.length))) {
      terminal.out('Chưa ghi gì. Đồng ý thì chạy lại với --yes.')
      return isTaken ? 0 : 1
    }
    await writeChanges(plan.changes, settings)
    terminal.out(`Đã ghi ${plan.changes.length} tệp.${isTaken ? '' : ' Các dòng xung đột thì để nguyên.'}`)
    return isTaken ? 0 : 1
  })
}

/** What keeps everything from being written is told at once, with what gets doubtful by the change. */
function mayBeWritten(files: FileSource, { changes, findings }: Plan, now: Millis, terminal: Terminal): boolean {
  const before = new Set(formatProblems(checkContent(files, now)).map(withoutPlace))
  const after = checkContent(withChanges(files, changes), now).filter((problem) => isError(problem) || !before.has(withoutPlace(formatProblems([problem])[0]!)))
  if (after.length > 0) terminal.out(['Kiểm nội dung sau khi sửa:', ...formatProblems(after)].join('\n'))
  const isRefused = findings.some(({ kind }) => kind === 'error') || after.some(isError)
  if (isRefused) terminal.error('Có lỗi nên chưa ghi gì. Sửa trong bảng rồi nhập lại.')
  return !isRefused
}

/** A line further up or down is the same remark. */
const withoutPlace = (line: string): string => line.replace(/:\d+:\d+:/, ':')

function isUsable(files: FileSource, now: Millis, terminal: Terminal, what: string): boolean {
  const errors = checkContent(files, now).filter(isError)
  if (errors.length > 0) terminal.error([what, ...formatProblems(errors)].join('\n'))
  return errors.length === 0
}

async function isAgreed({ input, out }: Terminal, files: number): Promise<boolean> {
  if (!('isTTY' in input) || input.isTTY !== true) return false
  const lines = createInterface({ input })
  try {
    out(`Ghi ${files} tệp? Gõ “có” rồi Enter để ghi, Enter để thôi.`)
    for await (const line of lines) return ['có', 'co'].includes(line.normalize('NFC').trim().toLowerCase())
    return false
  } finally {
    lines.close()
  }
}

/** A refused workbook is no fault of the program: its sentence, and exit code 1. */
async function speaking(terminal: Terminal, run: () => Promise<number>): Promise<number> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof SheetError)) throw error
    terminal.error(error.message)
    return 1
  }
}
