import { isMap, isPair, isScalar } from 'yaml'
import { findFile, flowFiles, articleFiles, type FileSource, type TextFile } from '../files.ts'
import { cutArticle, plainForm } from './article-text.ts'
import { sheetNamed, sheets, type Sheet, type SheetName } from './layout.ts'
import { canonical } from './table.ts'
import { parsed, type Path } from './yaml-place.ts'

/** One thing that people write, as a row shows it, with the way back to its place. */
export interface Item {
  sheet: SheetName
  /** The list it stands in: the article's id, or the key cells where each row is a thing of its own. */
  scope: string
  /** Place in that list, from 1. */
  order: number
  /** By column id; no stamp. */
  cells: Readonly<Record<string, string>>
  /** Where each written cell comes from; a column that is missing here cannot be written for this item. */
  fields: Readonly<Record<string, Field>>
  /** The item itself, for taking it out of its list. */
  path: Path
  file: WordFile
}

/** A part of the body, or a place in the YAML. */
export type Field = 'short' | 'details' | { path: Path }

/** Which file something stands in. */
export interface WordFile {
  root: 'flows' | 'content'
  /** Inside that folder. */
  name: string
  /** As it is shown to people. */
  file: string
}

/** Everything the sheets show, in the order of sheets, files and places. The files are expected to be readable: `checkContent` without errors. */
export function itemsOf(files: FileSource): Item[] {
  const replies = findFile(files, 'replies.yaml')
  const items = [
    ...articleFiles(files).flatMap((file) => itemsOfFile({ ...file, root: 'content' })),
    ...flowFiles(files).flatMap((file) => itemsOfFile({ ...file, root: 'flows' })),
    ...(replies === null ? [] : itemsOfFile({ ...replies, root: 'content' })),
  ]
  const rank = new Map(sheets.map(({ name }, index) => [name, index]))
  return items.toSorted((a, b) => rank.get(a.sheet)! - rank.get(b.sheet)!)
}

/** What one file holds. */
export function itemsOfFile({ root, name, file, text }: TextFile & { root: WordFile['root'] }): Item[] {
  const where: WordFile = { root, name, file }
  const { plain } = plainForm(text)
  if (root === 'flows') return itemsOfFlow(plain, where)
  return name === 'replies.yaml' ? itemsOfReplies(plain, where) : itemsOfArticle(plain, where)
}

/** A file of the content folder by its name in there, whether it is there or not. */
export function contentFile({ content }: FileSource, name: string): WordFile {
  const other = content[0]
  return { root: 'content', name, file: other === undefined ? name : other.file.slice(0, other.file.length - other.name.length) + name }
}

/** The folder below `articles/`; empty for an article that lies in none. */
export const groupOf = (name: string): string => /^articles\/(.*)\/[^/]*$/.exec(name)?.[1] ?? ''

function itemsOfArticle(text: string, file: WordFile): Item[] {
  const pieces = cutArticle(text)
  if (pieces === null) return []
  const written = record(parsed(pieces.frontMatter).toJS())
  const id = textOf(written.id)
  const head = { sheet: 'articles', scope: id, order: 1, path: [], file } as const
  const keys = sheetNamed('articles').columns.filter(({ role, id: column }) => ['text', 'day', 'words'].includes(role) && column !== 'short' && column !== 'details')
  const cells = Object.fromEntries(keys.map(({ id: key, role }) => [key, role === 'words' ? wordsOf(written[key]) : textOf(written[key])]))
  const fields = Object.fromEntries(keys.map(({ id: key }) => [key, { path: [key] }]))
  return [
    { ...head, cells: { id, group: groupOf(file.name), ...cells, short: pieces.short, details: pieces.details }, fields: { ...fields, short: 'short', details: 'details' } },
    ...sheets.flatMap((sheet) => itemsOfList(sheet, written, { id, of: textOf(written.title) }, file)),
  ]
}

function itemsOfList({ name, list, columns }: Sheet, written: Readonly<Record<string, unknown>>, keys: { id: string; of: string }, file: WordFile): Item[] {
  const values = list === null ? [] : written[list.key]
  if (list === null || !Array.isArray(values)) return []
  const shown = columns.filter(({ role }) => role === 'text' || role === 'day').map(({ id }) => id)
  return values.map((value: unknown, index): Item => {
    const path = [list.key, index]
    const cellOf = (column: string): string => textOf(list.item === 'text' ? value : record(value)[column])
    return {
      sheet: name, scope: keys.id, order: index + 1, path, file,
      cells: { ...keys, order: String(index + 1), ...Object.fromEntries(shown.map((column) => [column, cellOf(column)])) },
      fields: Object.fromEntries(shown.map((column) => [column, { path: list.item === 'text' ? path : [...path, column] }])),
    }
  })
}

function itemsOfFlow(text: string, file: WordFile): Item[] {
  const written = record(parsed(text).toJS())
  const flow = textOf(written.id)
  const item = (step: string, place: string, cells: { text: unknown; words?: unknown; leads?: string }, fields: Record<string, Field>): Item => ({
    sheet: 'flows', scope: [flow, step, place].join('/'), order: 1, path: [], file, fields,
    cells: { flow, step, place, text: textOf(cells.text), words: wordsOf(cells.words), leads: cells.leads ?? '' },
  })
  return [
    item('', 'Tên kịch bản', { text: written.title, words: written.triggers }, { text: { path: ['title'] }, words: { path: ['triggers'] } }),
    ...Object.entries(record(written.steps)).flatMap(([id, value]) => {
      const step = record(value)
      const said = step.ask === undefined ? 'say' : 'ask'
      const choices = Array.isArray(step.choices) ? step.choices.map(record) : []
      return [
        item(id, 'Lời nói', { text: step[said], leads: textOf(step.goto) }, { text: { path: ['steps', id, said] } }),
        ...choices.map((choice, index) => {
          const path = ['steps', id, 'choices', index]
          const leads = choice.article !== undefined ? `mục ${textOf(choice.article)}` : choice.goto !== undefined ? textOf(choice.goto) : 'gặp cán bộ'
          return item(id, `Lựa chọn ${index + 1}`, { text: choice.title, words: choice.match, leads }, { text: { path: [...path, 'title'] }, words: { path: [...path, 'match'] } })
        }),
      ]
    }),
  ]
}

/** `part` is the comment above a group of replies, as staff wrote it. */
function itemsOfReplies(text: string, file: WordFile): Item[] {
  const { contents, commentBefore } = parsed(text)
  if (!isMap(contents)) return []
  let part = ''
  return contents.items.flatMap((pair, index): Item[] => {
    if (!isPair(pair) || !isScalar(pair.key) || !isScalar(pair.value)) return []
    const comment = index === 0 ? (contents.commentBefore ?? commentBefore) : pair.key.commentBefore
    part = comment?.trim().split('\n').at(-1)?.trim() ?? part
    const key = String(pair.key.value)
    return [{ sheet: 'replies', scope: key, order: 1, path: [key], file, cells: { key, part, text: String(pair.value.value) }, fields: { text: { path: [key] } } }]
  })
}

const record = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {})

const textOf = (value: unknown): string => (typeof value === 'string' ? canonical(value) : '')

/** A lone phrase counts as a list of one; what is no phrase (a pattern) is not shown. */
function wordsOf(value: unknown): string {
  const phrases = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [textOf(value)]
  return phrases.map(canonical).filter((phrase) => phrase !== '').join('\n')
}
