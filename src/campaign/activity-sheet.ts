import writeXlsxFile, { type Row } from 'write-excel-file/universal'
import { readWorkbook } from '../content/sheets/workbook-read.ts'
import { canonical, SheetError } from '../content/sheets/table.ts'
import { fold } from '../core/text.ts'
import { showDay } from '../core/time.ts'
import { activityFields, activityKey, activityLimits, fieldTitles, readActivity, taskNames, taskTable, unitKey, type Activity, type ActivityField, type UnitActivities } from './activities.ts'

/** One unit's .xlsx: the form it fills in, and how it is read back. */

const sheetTitle = 'Việc của đơn vị'
const guideTitle = 'Hướng dẫn'
const widths: Readonly<Record<ActivityField, number>> = { unit: 28, task: 32, what: 44, due: 14, done: 14, quantity: 12, evidence: 40 }
/** Empty rows that have the right format already. */
const spareRows = 30
/** Headings stand this far down at most: units like to put a title above. */
const headingsWithin = 15

/** What is wrong in one cell, as a spreadsheet counts. `column` is a letter; both absent where it is the file as a whole. */
export interface SheetFault { row: number | null; column: string | null; title: string; what: string }

export const tellFault = ({ row, column, title, what }: SheetFault): string => (row === null ? what : `Dòng ${row}, cột ${column ?? '?'} (${title}): ${what}`)

/** The form, with what is written down for the unit already; every cell is text, so that nobody's program turns a day into something else. */
export async function writeActivityForm(unit: string, activities: readonly Activity[]): Promise<Uint8Array> {
  const cell = (value: string, bold = false) => ({ ...(value === '' ? {} : { value: xmlSafe(value) }), type: String, format: '@', wrap: true, alignVertical: 'top' as const, ...(bold && { fontWeight: 'bold' as const, backgroundColor: '#DCE9F5' }) })
  const rows = [...activities.map((activity) => cellsOf(unit, activity)), ...Array.from({ length: spareRows }, () => [unit, '', '', '', '', '', ''])]
  const guide = [
    'Mỗi dòng là một việc. Không đổi tên cột. Cột “Đơn vị” giữ nguyên ở mọi dòng có việc.', 'Cột “Việc” chép đúng một trong các tên sau:',
    ...taskNames.map((name) => `– ${taskTable[name].title} (số lượng tính bằng: ${taskTable[name].measure})`),
    'Ngày ghi ngày/tháng/năm, ví dụ 10/10/2026. Việc chưa xong thì để trống “Ngày xong”.', '“Số lượng” chỉ ghi số. “Đường dẫn minh chứng” là đường dẫn https tới bài, ảnh, văn bản.',
    'Không ghi họ tên, số điện thoại, số giấy tờ của người dân.', 'Gửi lại tệp này nhiều lần được: việc đã có thì được cập nhật, không bị tính hai lần.',
  ]
  const sheets = [
    { sheet: sheetTitle, columns: activityFields.map((field) => ({ width: widths[field] })), stickyRowsCount: 1, orientation: 'landscape' as const, data: [activityFields.map((field) => cell(fieldTitles[field], true)), ...rows.map((row) => row.map((value) => cell(value)))] as Row[] },
    { sheet: guideTitle, columns: [{ width: 100 }], data: guide.map((line) => [cell(line)]) as Row[] },
  ]
  const { toBlob } = writeXlsxFile(sheets, { fontFamily: 'Arial', fontSize: 11 })
  return new Uint8Array(await (await toBlob()).arrayBuffer())
}

const cellsOf = (unit: string, { task, what, due, done, quantity, evidence }: Activity): string[] =>
  [unit, taskTable[task].title, what, tellDay(due), tellDay(done), quantity === null ? '' : String(quantity), evidence]
const tellDay = (day: string | null): string => (day === null ? '' : showDay(day))

/** What XML cannot hold is made visible; words that every object has would trip the writer. */
export function xmlSafe(text: string): string {
  const shown = text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ufffe\uffff]/g, '\ufffd')
  return shown in {} ? `${shown}\u00a0` : shown
}

/** One unit's file. Refused whole where anything in it is wrong, with row, column and reason. */
export async function readActivityForm(bytes: Uint8Array, today: string): Promise<UnitActivities | { faults: SheetFault[] }> {
  try {
    return readRows(await readWorkbook(bytes), today)
  } catch (error) {
    if (error instanceof SheetError) return { faults: [{ row: null, column: null, title: '', what: error.message }] }
    throw error
  }
}

type Cells = readonly string[]

function readRows(tables: readonly { rows: string[][] }[], today: string): UnitActivities | { faults: SheetFault[] } {
  const found = tables.map(({ rows }) => ({ rows, at: rows.slice(0, headingsWithin).findIndex((row) => columnsOf(row) !== null) })).find(({ at }) => at >= 0)
  if (found === undefined) throw new SheetError(`Không thấy dòng tên cột (“${fieldTitles.unit}”, “${fieldTitles.task}”, …). Tải mẫu ở trang này, điền rồi gửi lại.`)
  const columns = columnsOf(found.rows[found.at]!)!
  const rows = found.rows.map((cells, index) => ({ cells, row: index + 1 })).slice(found.at + 1).filter(({ cells }) => isFilled(cells, columns))
  if (rows.length === 0) throw new SheetError('Tệp chưa có việc nào. Điền ít nhất một dòng rồi gửi lại.')
  if (rows.length > activityLimits.perUnit) throw new SheetError(`Tệp có ${rows.length} việc, nhiều nhất là ${activityLimits.perUnit}. Gộp các việc cùng loại lại.`)

  const faults: SheetFault[] = []
  const complain = (row: number, field: ActivityField, what: string): void => void faults.push({ row, column: letterOf(columns[field]), title: fieldTitles[field], what })
  const seen = new Map<string, number>()
  const activities: Activity[] = []
  let unit: { name: string; row: number } | null = null
  for (const { cells, row } of rows) {
    const typed = Object.fromEntries(activityFields.map((field) => [field, cellAt(cells, columns[field])])) as Record<ActivityField, string>
    const read = readActivity(typed, today)
    if ('errors' in read) {
      for (const field of activityFields) if (read.errors[field] !== undefined) complain(row, field, read.errors[field])
      continue
    }
    unit ??= { name: read.unit, row }
    if (unitKey(read.unit) !== unitKey(unit.name)) complain(row, 'unit', `khác đơn vị ở dòng ${unit.row} (“${unit.name}”) → mỗi đơn vị một tệp`)
    const before = seen.get(activityKey(read.activity))
    if (before !== undefined) complain(row, 'what', `trùng việc và nội dung với dòng ${before} → gộp lại, hoặc ghi rõ khác nhau ở đâu`)
    seen.set(activityKey(read.activity), row)
    activities.push(read.activity)
  }
  return faults.length > 0 || unit === null ? { faults } : { unit: unit.name, activities }
}

type Columns = Readonly<Record<ActivityField, number | null>>

/** Where each field stands, by its title; null where this is no row of headings. Only unit and task must be there. */
function columnsOf(cells: Cells): Columns | null {
  const titles = cells.map((cell) => fold(canonical(cell)))
  const at = (field: ActivityField): number | null => {
    const found = titles.indexOf(fold(fieldTitles[field]))
    return found === -1 ? null : found
  }
  const columns = Object.fromEntries(activityFields.map((field) => [field, at(field)])) as Columns
  return columns.unit === null || columns.task === null ? null : columns
}

const cellAt = (cells: Cells, at: number | null): string => (at === null ? '' : canonical(cells[at] ?? ''))
/** A row of the form with nothing but the unit's name is empty. */
const isFilled = (cells: Cells, columns: Columns): boolean => activityFields.some((field) => field !== 'unit' && cellAt(cells, columns[field]) !== '')
const letterOf = (at: number | null): string | null => (at === null ? null : at < 26 ? String.fromCharCode(65 + at) : `${String.fromCharCode(64 + Math.floor(at / 26))}${String.fromCharCode(65 + (at % 26))}`)
