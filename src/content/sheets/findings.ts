import { nearest } from '../../core/problem.ts'
import { shorten } from '../../core/text.ts'
import type { Item } from './items.ts'
import { writtenColumns, type Column, type Sheet } from './layout.ts'
import type { Match } from './match.ts'
import type { Row } from './rows.ts'
import { comparable } from './stamp.ts'
import type { Finding } from './table.ts'

/** The columns in which a row says something else than its item. */
export const changedColumns = ({ sheet, cells }: Row, item: Item): Column[] =>
  writtenColumns(sheet).filter(({ id, role }) => cells[id] !== comparable(role, item.cells[id] ?? ''))

/** Why a cell cannot be written for an item; null when it can. */
export function whyNotWritten({ sheet, cells }: Pick<Row, 'sheet' | 'cells'>, item: Pick<Item, 'cells' | 'fields'>, { id }: Column): Pick<Finding, 'what' | 'todo'> | null {
  const text = cells[id] ?? ''
  if (item.fields[id] === undefined) return { what: 'ô này không dùng cho dòng này', todo: 'để trống' }
  if (text === '' && sheet.list?.item === 'text') return { what: 'ô này bị xóa trống', todo: 'muốn bỏ dòng thì ghi x vào cột “Bỏ (ghi x)”' }
  if (text === '' && id === 'short') return { what: 'câu trả lời ngắn bị xóa trống', todo: 'viết lại; muốn rút mục này thì ghi ngày vào cột “Ngày rút”' }
  if (isOneLine(sheet, id, item.cells) && text.includes('\n')) return { what: 'ô này có xuống dòng, mà chỗ này phải viết trên một dòng', todo: 'bỏ chỗ xuống dòng trong ô' }
  if ((id === 'short' || id === 'details') && /^---/m.test(text)) return { what: 'có dòng bắt đầu bằng ---, trong tệp dấu ấy ngăn phần khai báo với câu trả lời', todo: 'bỏ dấu ---, hoặc dùng dấu – ở đầu dòng' }
  if (id === 'short' && /\n[ \t]*\n/.test(text)) return { what: 'câu trả lời ngắn có dòng trống ở giữa', todo: 'chuyển phần dưới sang cột “Các bước, chi tiết”' }
  return null
}

/** Names, questions and addresses; answers and what is said in chat may have several lines. */
function isOneLine({ name, columns }: Sheet, id: string, { place }: Item['cells']): boolean {
  if (columns.find((column) => column.id === id)?.role !== 'text' || name === 'replies') return false
  return name === 'flows' ? place !== 'Lời nói' : id !== 'short' && id !== 'details'
}

/** Why a new row cannot be written; null when it can. */
function whyNotAdded({ sheet, cells, where }: Row): Finding | null {
  const [broken] = writtenColumns(sheet).flatMap((column) => {
    const why = whyNotWritten({ sheet, cells }, { cells: {}, fields: { [column.id]: 'short' } }, column)
    return why === null || (cells[column.id] ?? '') === '' ? [] : [{ kind: 'error' as const, where: `${where}, cột “${column.heading}”`, ...why }]
  })
  return broken ?? null
}

/** What a person has to know about one row. `articles`: ids in the files and in the tables. */
export function findingsOf(match: Match, articles: ReadonlySet<string>): Finding[] {
  const { row } = match
  const { sheet, where, cells } = row
  if (match.kind === 'double') return [{ kind: 'error', where, what: 'dòng này lặp lại một dòng khác mà nội dung lại khác', todo: 'giữ một dòng' }]
  if (match.kind === 'conflict') return [conflict(row, match.item)]
  if (match.kind === 'new') {
    const strange = sheet.list === null ? strangeThing(row) : strangeItem(row, articles)
    const why = strange.length > 0 ? null : whyNotAdded(row)
    return why === null ? strange : [why]
  }
  if (match.item === null) return []
  const item = match.item
  return [
    ...sheet.columns.filter(({ id, role }) => role === 'fixed' && cells[id] !== item.cells[id]).map(({ heading }): Finding =>
      ({ kind: 'note', where, what: `cột “${heading}” chỉ đọc khi thêm dòng mới, ở đây giữ nguyên`, todo: 'muốn đổi thì chuyển tệp trong thư mục nội dung' })),
    ...(match.kind === 'edit' ? changedColumns(row, item) : []).flatMap((column): Finding[] => {
      const why = whyNotWritten(row, item, column)
      return why === null ? [] : [{ kind: 'error', where: `${where}, cột “${column.heading}”`, ...why }]
    }),
  ]
}

function conflict(row: Row, item: Item | null): Finding {
  const head = { kind: 'conflict', where: row.where } as const
  if (item === null) return { ...head, what: 'chỗ này không còn trong tệp, đã bỏ hoặc đổi sau khi xuất bảng', todo: 'xuất bảng mới; vẫn muốn thêm thì xóa trống ô “Dấu (đừng sửa)” của dòng' }
  if (row.isRemoved) return { ...head, what: `ghi bỏ, nhưng tệp ${item.file.file} đã đổi chỗ này sau khi xuất bảng`, todo: 'xuất bảng mới rồi ghi lại' }
  const differences = changedColumns(row, item).map(({ id, heading }) =>
    `${heading}: trong tệp “${shorten(item.cells[id] ?? '', 80)}”, trong bảng “${shorten(row.cells[id] ?? '', 80)}”`)
  return { ...head, what: `tệp ${item.file.file} đã đổi chỗ này sau khi xuất bảng. ${differences.join('; ')}`, todo: 'xuất bảng mới rồi sửa lại dòng này' }
}

/** Only articles can be added, among the sheets that are no lists. */
const strangeThing = ({ sheet, where, scope }: Row): Finding[] =>
  sheet.name === 'articles' ? [] : [{ kind: 'error', where, what: `không có “${scope}” trong tệp`, todo: 'trang này không thêm được dòng mới: sửa thẳng trong tệp' }]

function strangeItem({ sheet, where, scope, cells }: Row, articles: ReadonlySet<string>): Finding[] {
  if (scope === '') return [{ kind: 'error', where, what: 'cột “Mã mục” để trống', todo: 'điền mã mục vào dòng này; nếu đã gộp ô thì bỏ gộp, điền mã cho từng dòng' }]
  const near = nearest(scope, articles)
  if (!articles.has(scope)) return [{ kind: 'error', where, what: `không có mục “${scope}”`, todo: near === null ? 'sửa mã mục, hoặc thêm mục này ở trang “Mục hỏi–đáp”' : `có phải “${near}”?` }]
  const first = writtenColumns(sheet)[0]!
  return cells[first.id] === '' ? [{ kind: 'error', where, what: `cột “${first.heading}” để trống`, todo: 'điền vào, hoặc xóa cả dòng' }] : []
}

/** What stands in the files and in no row: told by sheet, since rows are often left out on purpose. */
export function absentFindings(left: readonly Item[], present: readonly Sheet[]): Finding[] {
  return present.flatMap((sheet): Finding[] => {
    const items = left.filter((item) => item.sheet === sheet.name)
    if (items.length === 0) return []
    const named = items.slice(0, 5).map(({ scope, order }) => (sheet.list === null ? scope : `${scope} ${order}`)).join(', ')
    const todo = sheet.list !== null ? 'muốn bỏ thì giữ dòng và ghi x vào cột “Bỏ (ghi x)”' : sheet.name === 'articles' ? 'muốn rút một mục thì ghi ngày vào cột “Ngày rút”' : 'muốn bỏ thì sửa thẳng trong tệp'
    return [{ kind: 'absent', where: `trang “${sheet.title}”`, what: `${items.length} dòng có trong tệp mà không có trong bảng, vẫn giữ nguyên: ${named}${items.length > 5 ? ', …' : ''}`, todo }]
  })
}
