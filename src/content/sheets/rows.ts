import { nearest } from '../../core/problem.ts'
import { guideTitle, sheets, writtenColumns, type Sheet } from './layout.ts'
import { comparable, stampOf } from './stamp.ts'
import { canonical, rowOf, sheetDay, type Finding, type Table } from './table.ts'

/** A row that somebody may have edited. */
export interface Row {
  sheet: Sheet
  /** `trang “Câu hỏi”, dòng 12`. */
  where: string
  /** As in `Item`. */
  scope: string
  /** By column id, as compared; days as `2026-11-21`. */
  cells: Readonly<Record<string, string>>
  /** Nobody changed it since it was exported. */
  isUntouched: boolean
  /** Marked for taking out. */
  isRemoved: boolean
}

/** The rows of all tables that are sheets of ours, known by their headings; what is no sheet is told and passed over. */
export function readRows(tables: readonly Table[]): { rows: Row[]; present: Sheet[]; findings: Finding[] } {
  const findings: Finding[] = []
  const rows: Row[] = []
  const present: Sheet[] = []
  /** With columns missing: their rows are not looked at, so none of them is absent. */
  const unread = new Set<Sheet>()
  for (const table of tables) {
    if (table.title === guideTitle) continue
    const where = `trang “${table.title}”`
    const headings = (table.rows[0] ?? []).map((heading) => canonical(heading).replace(/\s+/gu, ' '))
    const sheet = sheetOf(headings)
    if (sheet === null) findings.push({ kind: 'note', where, what: 'không nhận ra trang này theo các tiêu đề ở dòng đầu nên không đọc', todo: 'nếu là trang đã xuất ra: giữ nguyên dòng tiêu đề' })
    else if (present.includes(sheet)) findings.push({ kind: 'error', where, what: `có hai trang “${sheet.title}”`, todo: 'giữ lại một trang' })
    else {
      present.push(sheet)
      const missing = sheet.columns.filter(({ heading }) => !headings.includes(heading))
      if (missing.length > 0) {
        unread.add(sheet)
        findings.push({ kind: 'error', where, what: `thiếu cột ${missing.map(({ heading }) => `“${heading}”`).join(', ')}`, todo: 'thêm lại cột đúng tên, hoặc xuất bảng mới rồi sửa' })
      } else rows.push(...rowsOf(sheet, table, headings))
      for (const heading of headings) {
        if (heading !== '' && !sheet.columns.some((column) => column.heading === heading)) findings.push({ kind: 'note', where, what: `cột “${heading}” không được đọc`, todo: adviseHeading(sheet, heading) })
      }
    }
  }
  return { rows, present: present.filter((sheet) => !unread.has(sheet)), findings }
}

/** Which sheet the headings belong to: the one with the most of its columns there, if that is more than half. */
export function sheetOf(headings: readonly string[]): Sheet | null {
  const shares = sheets.map((sheet) => ({ sheet, share: sheet.columns.filter(({ heading }) => headings.includes(heading)).length / sheet.columns.length }))
  const best = shares.reduce((a, b) => (b.share > a.share ? b : a))
  return best.share > 0.5 ? best.sheet : null
}

function adviseHeading(sheet: Sheet, heading: string): string {
  const near = nearest(heading, sheet.columns.map((column) => column.heading))
  return near === null ? 'cột ghi chú riêng thì cứ để' : `có phải “${near}”?`
}

function rowsOf(sheet: Sheet, { title, rows }: Table, headings: readonly string[]): Row[] {
  const at = sheet.columns.map(({ id, role, heading }) => ({ id, role, index: headings.indexOf(heading) }))
  const keys = sheet.columns.filter(({ role }) => role === 'key')
  return rows.slice(1).flatMap((texts, index): Row[] => {
    const cells = Object.fromEntries(at.map(({ id, role, index }) => [id, cellOf(role, texts[index] ?? '')]))
    const isEmpty = sheet.columns.every(({ id, role }) => role === 'order' || role === 'helper' || cells[id] === '')
    if (isEmpty) return []
    const scope = keys.map(({ id }) => cells[id]).join('/')
    return [{ sheet, where: rowOf(title, index + 2), scope, cells, isUntouched: cells.stamp === stampOf(sheet.name, scope, cells), isRemoved: (cells.remove ?? '') !== '' }]
  })
}

const cellOf = (role: string, text: string): string => (role === 'day' ? sheetDay(canonical(text)) : comparable(role, text))

/** Whether a row says the same as an item, in what is written back. */
export const sameCells = (sheet: Sheet, a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean =>
  writtenColumns(sheet).every(({ id, role }) => comparable(role, a[id] ?? '') === comparable(role, b[id] ?? ''))
