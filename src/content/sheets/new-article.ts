import { nearest } from '../../core/problem.ts'
import { articleFiles, type FileSource } from '../files.ts'
import { listValue, type Edit } from './edits.ts'
import { contentFile, groupOf, type Item, type WordFile } from './items.ts'
import { sheetNamed, sheets } from './layout.ts'
import type { Row } from './rows.ts'
import { stampOf } from './stamp.ts'
import { linesOf, type Finding } from './table.ts'
import { valueAfter } from './yaml-write.ts'

/** A new article as staff would write it: keys in the usual order, those without text left out. */
export function articleText(cells: Readonly<Record<string, string>>, lists: readonly Extract<Edit, { kind: 'add' }>[]): string {
  const yaml = frontMatterKeys.flatMap((key): string[] => {
    const sheet = sheets.find(({ list }) => list?.key === key)
    const lines = lists.filter((edit) => edit.sheet === sheet).map((edit) => listValue(edit.sheet, edit.cells))
    const text = cells[key] ?? ''
    const value = sheet !== undefined ? { lines } : wordKeys.has(key) ? { words: linesOf(text) } : text
    return lines.length === 0 && text === '' ? [] : [`${key}:${valueAfter(value, { column: 0, inFlow: false }).trimEnd()}`]
  })
  const body = [cells.short ?? '', cells.details ?? ''].filter((part) => part !== '').join('\n\n')
  return `---\n${yaml.join('\n')}\n---\n${body}\n`
}

const frontMatterKeys = ['id', 'title', 'questions', 'reviewed', 'review_by', 'owner', 'withdrawn', 'replaced_by', 'sources', 'actions', 'related', 'assets']
const wordKeys = new Set(sheetNamed('articles').columns.filter(({ role }) => role === 'words').map(({ id }) => id))

/** Where a new article's file goes: beside the others of its group. */
export const newArticleFile = (files: FileSource, { scope, cells }: Row): WordFile => contentFile(files, `articles/${cells.group}/${scope}.md`)

/** Why an article cannot be made of a row; null when it can. `left`: items that lost their row. */
export function whyNoArticle(files: FileSource, row: Row, created: readonly Row[], left: readonly Item[]): Finding | null {
  const { scope, cells, where } = row
  const error = (what: string, todo: string): Finding => ({ kind: 'error', where, what, todo })
  const groups = [...new Set(articleFiles(files).map(({ name }) => groupOf(name)))].filter((group) => group !== '')
  const { name, file } = newArticleFile(files, row)
  if (!/^[a-z0-9-]{1,48}$/.test(scope)) return error(`mã mục “${scope}” viết sai`, 'dùng 1–48 chữ thường không dấu, số, dấu gạch ngang')
  if (created.some((other) => other !== row && other.scope === scope)) return error(`có hai dòng mới cùng mã “${scope}”`, 'đổi mã một dòng')
  if (left.some((item) => stampOf(item.sheet, item.scope, item.cells) === cells.stamp)) {
    return error(`không có mục “${scope}” trong tệp, mà dòng này lại được xuất từ một mục khác`, 'mã mục không đổi được: sửa lại mã cũ; nếu là mục mới thì xóa trống ô “Dấu (đừng sửa)”')
  }
  if (!groups.includes(cells.group!)) {
    const near = nearest(cells.group!, groups)
    return error(cells.group === '' ? 'mục mới chưa ghi nhóm' : `không có nhóm “${cells.group}”`, near === null ? `ghi một trong: ${groups.join(', ')}` : `có phải “${near}”?`)
  }
  return files.content.some((one) => one.name === name) ? error(`tệp ${file} đã có, với mã mục khác`, 'đổi mã mục mới') : null
}
