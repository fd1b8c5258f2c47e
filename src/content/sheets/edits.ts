import { cutArticle, inFrontMatter, joinArticle, plainForm } from './article-text.ts'
import { itemsOfFile, type Field, type Item, type WordFile } from './items.ts'
import { sheetNamed, writtenColumns, type Column, type Sheet } from './layout.ts'
import { comparable } from './stamp.ts'
import { linesOf } from './table.ts'
import { addKey, insertItem, remove, setText, setWords } from './yaml-edit.ts'
import { EditRefused, find, parsed } from './yaml-place.ts'
import type { Value } from './yaml-write.ts'

/** One change to what a file says. */
export type Edit =
  | { kind: 'set'; item: Item; column: Column; text: string }
  | { kind: 'remove'; item: Item }
  | { kind: 'add'; sheet: Sheet; cells: Readonly<Record<string, string>> }
  /** The article itself, where the file is new. */
  | { kind: 'article'; cells: Readonly<Record<string, string>> }

/**
 * The file's text with all edits made, and nothing else changed. Throws `EditRefused` where that cannot be done; what
 * comes out is read again, and refused unless it says exactly what was asked for.
 */
export function editFile(text: string, file: WordFile, edits: readonly Edit[]): string {
  const { plain, restore } = plainForm(text)
  const inYaml = (edit: (yaml: string) => string) => (whole: string): string => (file.name.endsWith('.md') ? inFrontMatter(whole, edit) : edit(whole))
  let edited = plain
  for (const edit of edits) if (edit.kind === 'set') edited = setField(edited, edit, inYaml)
  for (const { item } of removals(edits)) edited = inYaml((yaml) => remove(yaml, item.path))(edited)
  for (const edit of edits) if (edit.kind === 'add') edited = inYaml((yaml) => addItem(yaml, edit))(edited)

  const [wanted, got] = [told(expected(itemsOfFile({ ...file, text }), edits)), told(itemsOfFile({ ...file, text: edited }))]
  if (wanted !== got) throw new EditRefused('ghi vào rồi đọc lại không ra đúng như trong bảng')
  return restore(edited)
}

/** Whether a new file says what its edits put into it, and nothing else. */
export const saysOnly = (file: WordFile, text: string, edits: readonly Edit[]): boolean => told(itemsOfFile({ ...file, text })) === told(expected([], edits))

function setField(whole: string, { item, column, text }: Extract<Edit, { kind: 'set' }>, inYaml: (edit: (yaml: string) => string) => (whole: string) => string): string {
  const field: Field = item.fields[column.id]!
  if (field === 'short' || field === 'details') return joinArticle({ ...cutArticle(whole)!, [field]: text })
  return inYaml((yaml) => {
    if (column.role === 'words') return setWords(yaml, field.path, linesOf(text))
    return text === '' ? remove(yaml, field.path) : setText(yaml, field.path, text)
  })(whole)
}

/** From the end of each list to its beginning, so that the places of the others stay. */
const removals = (edits: readonly Edit[]): Extract<Edit, { kind: 'remove' }>[] =>
  edits.filter((edit) => edit.kind === 'remove').toSorted((a, b) => b.item.order - a.item.order)

function addItem(yaml: string, { sheet, cells }: Extract<Edit, { kind: 'add' }>): string {
  const list = sheet.list!
  const items = find(parsed(yaml), [list.key])?.node
  const value = listValue(sheet, cells)
  return items === undefined || items === null ? addKey(yaml, [list.key], { lines: [value] }) : insertItem(yaml, [list.key], Number.POSITIVE_INFINITY, value)
}

/** An item of a list as it is written; keys without text are left out. */
export function listValue(sheet: Sheet, cells: Readonly<Record<string, string>>): Value {
  const given = writtenColumns(sheet).map(({ id }) => [id, cells[id] ?? ''] as const).filter(([, text]) => text !== '')
  return sheet.list?.item === 'text' ? (given[0]?.[1] ?? '') : { group: Object.fromEntries(given) }
}

type Said = Pick<Item, 'sheet' | 'scope' | 'cells'>

function expected(items: readonly Item[], edits: readonly Edit[]): Said[] {
  const removed = new Set(edits.flatMap((edit) => (edit.kind === 'remove' ? [keyOf(edit.item)] : [])))
  const kept = items.filter((item) => !removed.has(keyOf(item))).map((item): Said => {
    const set = edits.flatMap((edit) => (edit.kind === 'set' && keyOf(edit.item) === keyOf(item) ? [[edit.column.id, edit.text]] : []))
    return { ...item, cells: { ...item.cells, ...Object.fromEntries(set) } }
  })
  const added = edits.flatMap((edit): Said[] => {
    if (edit.kind === 'add') return [{ sheet: edit.sheet.name, scope: edit.cells.id ?? '', cells: edit.cells }]
    return edit.kind === 'article' ? [{ sheet: 'articles', scope: edit.cells.id ?? '', cells: edit.cells }] : []
  })
  return [...kept, ...added]
}

const keyOf = ({ sheet, scope, order }: Item): string => JSON.stringify([sheet, scope, order])

/** What is said, by sheet and in order. */
const told = (items: readonly Said[]): string =>
  JSON.stringify(items.toSorted((a, b) => (a.sheet < b.sheet ? -1 : a.sheet > b.sheet ? 1 : 0)).map(({ sheet, scope, cells }) =>
    [sheet, scope, ...writtenColumns(sheetNamed(sheet)).map(({ id, role }) => comparable(role, cells[id] ?? ''))]))
