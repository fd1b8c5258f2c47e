import { cutArticle, plainForm } from '../../content/sheets/article-text.ts'
import type { Problem } from '../../core/problem.ts'
import { cellFields, listColumns, listField, type ArticleCell, type ListName } from './article-form.ts'
import { lineAt, yamlLines } from './yaml-lines.ts'

/** Which field of the article's form a finding is about; null: none of them. Pure. */
export function fieldOfProblem(text: string, { line, column, what }: Pick<Problem, 'line' | 'column' | 'what'>): string | null {
  const { plain } = plainForm(text.normalize('NFC'))
  const pieces = cutArticle(plain)
  if (pieces === null) return null
  const missing = /^thiếu khóa "(\w+)"/.exec(what)?.[1]
  if (missing !== undefined && missing in cellFields) return cellFields[missing as ArticleCell]
  const head = (pieces.open + pieces.frontMatter).split('\n').length
  return line < head ? inFrontMatter(pieces.frontMatter, line - 1, column) : inBody(pieces, line, what)
}

/** `line`: from 1, within the front matter. Items in one line are told apart by the column. */
function inFrontMatter(source: string, line: number, column: number): string | null {
  const { rangeAt, isOn } = yamlLines(source)
  const offset = source.split('\n').slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1
  const isAt = (path: readonly (string | number)[]): boolean => {
    const range = rangeAt(path)
    return range !== null && range.start <= offset && offset <= range.end
  }
  for (const list of Object.keys(listColumns) as ListName[]) {
    if (!isOn([list], line)) continue
    for (let n = 0; rangeAt([list, n]) !== null; n++) {
      if (isOn([list, n], line)) return listField(list, n + 1, listColumns[list].find((key) => isAt([list, n, key])) ?? 'title')
    }
    return listField(list, 1, 'title')
  }
  return Object.entries(cellFields).find(([cell]) => isOn([cell], line))?.[1] ?? null
}

function inBody({ open, frontMatter, between, short, gap, details }: NonNullable<ReturnType<typeof cutArticle>>, line: number, what: string): string {
  // Told at the beginning of the answer, whatever part of it is too long.
  if (/^cả câu trả lời|^câu trả lời kèm/.test(what)) return cellFields.details
  const start = lineAt(open + frontMatter + between, Infinity)
  const detailsFrom = lineAt(open + frontMatter + between + short + gap, Infinity)
  if (details === '' || line < detailsFrom || line < start) return cellFields.short
  const loud = /(?:^|\n)## +Đọc loa/iu.exec(details)
  return loud !== null && line >= detailsFrom + details.slice(0, loud.index + 1).split('\n').length - 1 ? cellFields.loudspeaker : cellFields.details
}
