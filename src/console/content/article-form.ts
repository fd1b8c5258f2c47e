import { editFile, type Edit } from '../../content/sheets/edits.ts'
import { itemsOfFile, type Item, type WordFile } from '../../content/sheets/items.ts'
import { sheetNamed, writtenColumns, type SheetName } from '../../content/sheets/layout.ts'
import { articleText } from '../../content/sheets/new-article.ts'
import { comparable } from '../../content/sheets/stamp.ts'
import { isoDay } from '../../content/sheets/table.ts'
import { EditRefused } from '../../content/sheets/yaml-place.ts'

/** An article as a form shows it, and back into its file with every other byte as it was. Pure. */

/** By column of the sheet: what stands once in an article. `loudspeaker` is the section that is read out. */
export interface ArticleValues {
  cells: Readonly<Record<ArticleCell, string>>
  sources: readonly Readonly<Record<string, string>>[]
  actions: readonly Readonly<Record<string, string>>[]
}
export type ArticleCell = (typeof articleCells)[number]
const articleCells = ['title', 'questions', 'short', 'details', 'loudspeaker', 'owner', 'reviewed', 'review_by', 'related', 'assets', 'withdrawn', 'replaced_by'] as const

/** What the form calls each. */
export const cellFields: Readonly<Record<ArticleCell, string>> = {
  title: 'ten', questions: 'cach-hoi', short: 'tra-loi', details: 'cac-buoc', loudspeaker: 'doc-loa', owner: 'phu-trach', reviewed: 'ra-soat', review_by: 'han',
  related: 'lien-quan', assets: 'tep-kem', withdrawn: 'rut', replaced_by: 'thay',
}
const listFields = { sources: 'nguon', actions: 'nut' } as const
export type ListName = keyof typeof listFields
export const listColumns: Readonly<Record<ListName, readonly string[]>> = { sources: ['title', 'number', 'date', 'url'], actions: ['title', 'url'] }
export const listField = (list: ListName, n: number, column: string): string => `${listFields[list]}-${n}-${column}`

/** So many are read from one form. */
const mostRows = 20

export const emptyArticle: ArticleValues = { cells: Object.fromEntries(articleCells.map((cell) => [cell, ''])) as Record<ArticleCell, string>, sources: [], actions: [] }

/** Null for a file that is no article, or has no front matter. */
export function valuesOf(file: WordFile, text: string): ArticleValues | null {
  const items = itemsOfFile({ ...file, text })
  const article = items.find(({ sheet }) => sheet === 'articles')
  if (article === undefined) return null
  const { steps, loud } = partsOf(article.cells.details ?? '')
  const rows = (name: ListName): Item['cells'][] => items.filter(({ sheet }) => sheet === name).map(({ cells }) => cells)
  return {
    cells: { ...emptyArticle.cells, ...pick(article.cells), details: steps, loudspeaker: loud, questions: items.filter(({ sheet }) => sheet === 'questions').map(({ cells }) => cells.question ?? '').join('\n') },
    sources: rows('sources'), actions: rows('actions'),
  }
}

const pick = (cells: Item['cells']): Partial<Record<ArticleCell, string>> => Object.fromEntries(articleCells.flatMap((cell) => (cells[cell] === undefined ? [] : [[cell, cells[cell]]])))

/** As the form came in. */
export function valuesFrom(field: (name: string) => string): ArticleValues {
  const cell = (name: ArticleCell): string => comparable('text', field(cellFields[name]))
  const rows = (list: ListName): Record<string, string>[] => Array.from({ length: mostRows }, (_, n) =>
    Object.fromEntries(listColumns[list].map((column) => [column, comparable('text', field(listField(list, n + 1, column)))])))
    .map((row) => ('date' in row ? { ...row, date: isoDay(row['date'] ?? '') } : row))
    .filter((row) => Object.values(row).some((text) => text !== ''))
  return { cells: Object.fromEntries(articleCells.map((name) => [name, cell(name)])) as Record<ArticleCell, string>, sources: rows('sources'), actions: rows('actions') }
}

const needed: readonly ArticleCell[] = ['title', 'questions', 'short', 'owner', 'reviewed', 'review_by']

/** What has to be mended before there is anything to check, by the form's field. */
export function faultsIn({ cells, sources }: ArticleValues): Record<string, string> {
  const empty = needed.filter((cell) => cells[cell] === '').map((cell) => [cellFields[cell], 'Chưa điền ô này.'])
  const twoParts = /\n[ \t]*\n/.test(cells.short) ? [[cellFields.short, 'Câu trả lời ngắn là một đoạn liền: chuyển phần dưới dòng trống sang ô “Các bước, chi tiết”.']] : []
  const noSource = sources.length === 0 ? [[listField('sources', 1, 'title'), 'Cần ít nhất một nguồn.']] : []
  return Object.fromEntries([...empty, ...twoParts, ...noSource]) as Record<string, string>
}

/** The file with what the form says. `refused`: why that cannot be written without touching something else. */
export function withValues(file: WordFile, text: string, values: ArticleValues): { text: string } | { refused: string } {
  try {
    return { text: editFile(text, file, editsFor(itemsOfFile({ ...file, text }), values)) }
  } catch (error) {
    if (error instanceof EditRefused) return { refused: error.message }
    throw error
  }
}

/** A new article's text. */
export function newText(id: string, { cells, sources, actions }: ArticleValues): string {
  const add = (sheet: SheetName, row: Readonly<Record<string, string>>) => ({ kind: 'add', sheet: sheetNamed(sheet), cells: { ...row, id } }) as const
  const lists = [...linesIn(cells.questions).map((question) => add('questions', { question })), ...sources.map((row) => add('sources', row)), ...actions.map((row) => add('actions', row))]
  return articleText({ ...cells, details: joined('', cells), id }, lists)
}

const linesIn = (text: string): string[] => comparable('words', text).split('\n').filter((line) => line !== '')

function editsFor(items: readonly Item[], { cells, sources, actions }: ArticleValues): Edit[] {
  const article = items.find(({ sheet }) => sheet === 'articles')
  if (article === undefined) throw new EditRefused('không thấy phần khai báo đầu tệp')
  const wanted: Readonly<Record<string, string>> = { ...cells, details: joined(article.cells.details ?? '', cells) }
  const sets = writtenColumns(sheetNamed('articles')).flatMap((column): Edit[] => {
    const text = comparable(column.role, column.role === 'day' ? isoDay(wanted[column.id] ?? '') : wanted[column.id] ?? '')
    return text === comparable(column.role, article.cells[column.id] ?? '') ? [] : [{ kind: 'set', item: article, column, text }]
  })
  const of = (name: SheetName): Item[] => items.filter(({ sheet }) => sheet === name)
  const id = article.scope
  return [
    ...sets,
    ...listEdits('questions', id, of('questions'), linesIn(cells.questions).map((question) => ({ question }))),
    ...listEdits('sources', id, of('sources'), sources),
    ...listEdits('actions', id, of('actions'), actions),
  ]
}

/** What stays is left alone wherever it stands; what goes and what comes are paired in order, so that a corrected line keeps its place. */
function listEdits(name: SheetName, id: string, items: readonly Item[], wanted: readonly Readonly<Record<string, string>>[]): Edit[] {
  const sheet = sheetNamed(name)
  const columns = writtenColumns(sheet)
  const same = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean => columns.every(({ id: column, role }) => comparable(role, a[column] ?? '') === comparable(role, b[column] ?? ''))
  const left = [...wanted]
  const gone = items.filter((item) => {
    const at = left.findIndex((row) => same(row, item.cells))
    if (at !== -1) left.splice(at, 1)
    return at === -1
  })
  return [
    ...gone.slice(0, left.length).flatMap((item, n) => columns.filter(({ id: column, role }) => comparable(role, item.cells[column] ?? '') !== comparable(role, left[n]![column] ?? ''))
      .map((column): Edit => ({ kind: 'set', item, column, text: left[n]![column.id] ?? '' }))),
    ...gone.slice(left.length).map((item): Edit => ({ kind: 'remove', item })),
    ...left.slice(gone.length).map((row): Edit => ({ kind: 'add', sheet, cells: { ...row, id } })),
  ]
}

const loudHeading = /(?:^|\n)(## +Đọc loa[^\n]*)(?:\n|$)/iu

/** The steps, and the section that is read out where it stands last. */
function partsOf(details: string): { steps: string; heading: string; loud: string } {
  const found = loudHeading.exec(details)
  const loud = found === null ? '' : details.slice(found.index + found[0].length)
  if (found === null || /^## /m.test(loud)) return { steps: details, heading: '', loud: '' }
  return { steps: details.slice(0, found.index).trim(), heading: found[1]!, loud: loud.trim() }
}

/** The part below the short answer; as it was where the form left both parts as they were. */
function joined(before: string, { details, loudspeaker }: ArticleValues['cells']): string {
  const { steps, heading, loud } = partsOf(before)
  if (comparable('text', steps) === details && comparable('text', loud) === loudspeaker) return before
  return [details, loudspeaker === '' ? '' : `${heading === '' ? '## Đọc loa' : heading}\n\n${loudspeaker}`].filter((part) => part !== '').join('\n\n')
}
