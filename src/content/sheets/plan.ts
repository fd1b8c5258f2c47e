import { byName, findFile, type FileSource, type TextFile } from '../files.ts'
import { editFile, saysOnly, type Edit } from './edits.ts'
import { absentFindings, changedColumns, findingsOf, whyNotWritten } from './findings.ts'
import { contentFile, itemsOf, type Item, type WordFile } from './items.ts'
import type { Match } from './match.ts'
import { articleText, newArticleFile, whyNoArticle } from './new-article.ts'
import { pairRows } from './pair.ts'
import { readRows, type Row } from './rows.ts'
import type { Finding, Table } from './table.ts'
import { EditRefused } from './yaml-place.ts'

/** What taking the tables back comes to. */
export interface Plan {
  /** By file; nothing in here stays as it is. */
  changes: FileChange[]
  findings: Finding[]
}

export interface FileChange {
  file: WordFile
  /** Null for a new file. */
  before: string | null
  after: string
  edits: Edit[]
}

/**
 * Compares tables that were exported and edited with what the files say now. Only rows that were edited count; one whose
 * place in the files was changed in the meantime is a conflict and left out. Pure; the files are expected to be free of errors.
 */
export function planImport(files: FileSource, tables: readonly Table[]): Plan {
  const { rows, present, findings } = readRows(tables)
  const items = itemsOf(files)
  const { matches, left } = pairRows(rows, items, present)
  const homes = new Map(items.filter(({ sheet }) => sheet === 'articles').map(({ scope, file }) => [scope, file]))
  const created = matches.flatMap(({ kind, row }) => (kind === 'new' && row.sheet.name === 'articles' ? [row] : []))
  const articles = new Set([...homes.keys(), ...created.map(({ scope }) => scope)])

  const changed = changesOf(files, matches.flatMap((match) => editsOf(match, homes)))
  const added = created.map((row) => newChange(files, row, matches, created, left))
  const results = [...changed, ...added]
  return {
    changes: results.flatMap((result) => ('after' in result ? [result] : [])),
    findings: [
      ...findings,
      ...matches.flatMap((match) => findingsOf(match, articles)),
      ...results.flatMap((result) => ('after' in result ? [] : [result])),
      ...absentFindings(left, present),
    ],
  }
}

/** The files as they will be. */
export function withChanges(files: FileSource, changes: readonly FileChange[]): FileSource {
  const put = (root: WordFile['root'], texts: readonly TextFile[]): TextFile[] => {
    const changed = changes.flatMap(({ file, after }) => (file.root === root ? [{ name: file.name, file: file.file, text: after }] : []))
    return [...texts.filter(({ name }) => !changed.some((other) => other.name === name)), ...changed].sort(byName)
  }
  return { ...files, flows: put('flows', files.flows), content: put('content', files.content) }
}

interface FileEdit { file: WordFile; edit: Edit }

function editsOf(match: Match, homes: ReadonlyMap<string, WordFile>): FileEdit[] {
  const { row } = match
  if (match.kind === 'remove') return [{ file: match.item.file, edit: { kind: 'remove', item: match.item } }]
  if (match.kind === 'edit') {
    const { item } = match
    return changedColumns(row, item).filter((column) => whyNotWritten(row, item, column) === null)
      .map((column) => ({ file: item.file, edit: { kind: 'set', item, column, text: row.cells[column.id]! } }))
  }
  const home = match.kind === 'new' && row.sheet.list !== null ? homes.get(row.scope) : undefined
  return home === undefined ? [] : [{ file: home, edit: addOf(row) }]
}

const addOf = ({ sheet, cells }: Row): Extract<Edit, { kind: 'add' }> => ({ kind: 'add', sheet, cells })

function changesOf(files: FileSource, edits: readonly FileEdit[]): (FileChange | Finding)[] {
  return [...Map.groupBy(edits, ({ file }) => file.file).values()].map((group) => {
    const { file } = group[0]!
    return changeOf(files, file, group.map(({ edit }) => edit))
  })
}

/** A file that is lent by the project gets a copy of its own with its first change. */
function changeOf(files: FileSource, file: WordFile, edits: Edit[]): FileChange | Finding {
  const own = files[file.root].find(({ name }) => name === file.name)
  const text = own?.text ?? findFile(files, file.name)?.text ?? ''
  const home = own === undefined ? contentFile(files, file.name) : file
  try {
    return { file: home, before: own?.text ?? null, after: editFile(text, file, edits), edits }
  } catch (error) {
    if (!(error instanceof EditRefused)) throw error
    return { kind: 'error', where: file.file, what: `không sửa được qua bảng: ${error.message}`, todo: 'sửa thẳng trong tệp này' }
  }
}

function newChange(files: FileSource, row: Row, matches: readonly Match[], created: readonly Row[], left: readonly Item[]): FileChange | Finding {
  const why = whyNoArticle(files, row, created, left)
  if (why !== null) return why
  const lists = matches.flatMap((match) => (match.kind === 'new' && match.row.sheet.list !== null && match.row.scope === row.scope ? [addOf(match.row)] : []))
  const edits: Edit[] = [{ kind: 'article', cells: row.cells }, ...lists]
  const file = newArticleFile(files, row)
  const after = articleText(row.cells, lists)
  return saysOnly(file, after, edits) ? { file, before: null, after, edits } : { kind: 'error', where: row.where, what: 'không viết được mục này thành tệp', todo: `viết thẳng tệp ${file.file}` }
}
