import { sheetNamed, writtenColumns } from './layout.ts'
import type { Edit } from './edits.ts'
import type { Item } from './items.ts'
import type { FileChange, Plan } from './plan.ts'
import type { Finding } from './table.ts'

/** What an import would change, for a person to read: by file and place, old over new. No line can steer a terminal. */
export function differenceOf({ changes, findings }: Plan): string[] {
  return [...changes.flatMap(linesOfChange), ...findings.toSorted((a, b) => rank[a.kind] - rank[b.kind]).map(lineOfFinding)].map(harmless)
}

const rank: Record<Finding['kind'], number> = { note: 0, absent: 1, conflict: 2, error: 3 }
const words: Record<Finding['kind'], string> = { note: 'Lưu ý', absent: 'Vắng trong bảng', conflict: 'XUNG ĐỘT', error: 'LỖI' }

const lineOfFinding = ({ kind, where, what, todo }: Finding): string => `${words[kind]}: ${where}: ${what} → ${todo}`

function linesOfChange({ file, before, edits }: FileChange): string[] {
  return [`${file.file}${before === null ? ' (tệp mới)' : ''}`, ...edits.flatMap(linesOfEdit), '']
}

function linesOfEdit(edit: Edit): string[] {
  if (edit.kind === 'set') return titled(`${placeOf(edit.item)}${edit.column.heading}${edit.text === '' ? ': bỏ' : ''}`, edit.item.cells[edit.column.id] ?? '', edit.text)
  if (edit.kind === 'remove') return titled(`bỏ ${placeOf(edit.item).replace(/ · $/, '')}`, wholeOf(edit.item.sheet, edit.item.cells), '')
  if (edit.kind === 'add') return titled(`thêm ${edit.sheet.list!.noun}`, '', wholeOf(edit.sheet.name, edit.cells))
  return titled('Mục hỏi–đáp', '', wholeOf('articles', edit.cells))
}

/** `Nguồn 2 · `; nothing where the column's heading says it all. */
function placeOf({ sheet, cells, order }: Item): string {
  const { list } = sheetNamed(sheet)
  if (list !== null) return `${list.noun} ${order} · `
  if (sheet === 'flows') return `${[cells.step, cells.place].filter((part) => part !== '').join(' · ')} · `
  return sheet === 'replies' ? `${cells.key} · ` : ''
}

const wholeOf = (sheet: Item['sheet'], cells: Readonly<Record<string, string>>): string =>
  writtenColumns(sheetNamed(sheet)).map(({ id }) => cells[id] ?? '').filter((text) => text !== '').join('\n')

/** Of texts in several lines only the lines that differ are shown. */
function titled(title: string, before: string, after: string): string[] {
  const { old, now } = differingLines(before.split('\n'), after.split('\n'))
  return [`  ${title}`, ...(before === '' ? [] : old.map((line) => `    cũ:  ${line}`)), ...(after === '' ? [] : now.map((line) => `    mới: ${line}`))]
}

function differingLines(old: string[], now: string[]): { old: string[]; now: string[] } {
  let from = 0
  while (from < Math.min(old.length, now.length) && old[from] === now[from]) from++
  let end = 0
  while (end < Math.min(old.length, now.length) - from && old.at(-1 - end) === now.at(-1 - end)) end++
  return { old: old.slice(from, old.length - end), now: now.slice(from, now.length - end) }
}

/** Control characters shown by their number. */
const harmless = (line: string): string =>
  line.replace(/[\u0000-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
