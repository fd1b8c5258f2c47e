import { createHash } from 'node:crypto'
import { editFile, type Edit } from '../../content/sheets/edits.ts'
import { itemsOfFile, type Item, type WordFile } from '../../content/sheets/items.ts'
import { sheetNamed, writtenColumns } from '../../content/sheets/layout.ts'
import { comparable } from '../../content/sheets/stamp.ts'
import { EditRefused } from '../../content/sheets/yaml-place.ts'
import { plainForm } from '../../content/sheets/article-text.ts'
import type { Problem } from '../../core/problem.ts'
import type { ReplyKey } from '../../core/replies.ts'
import { replyTitles } from './reply-titles.ts'
import { yamlLines } from './yaml-lines.ts'

/** The words of a flow or of the canned sentences as a form, and back into their file with every other byte as it was. Pure. */

/** One place where words stand. `words`: other ways to say it, one a line; null where there are none. */
export interface WordPlace {
  /** The form's field. */
  name: string
  /** What it belongs to: the step, the group of sentences. */
  part: string
  title: string
  /** What the file calls it, where that is something else. */
  key: string
  text: string
  words: string | null
}

/** By what it is, not where it stands: words typed for one place never land in another when the file has changed meanwhile. */
const fieldOf = ({ sheet, scope }: Item): string => `c${createHash('sha256').update(`${sheet} ${scope}`).digest('hex').slice(0, 10)}`

/** In the file's order; empty for a file of another kind. */
export function placesIn(file: WordFile, text: string): WordPlace[] {
  return itemsOfFile({ ...file, text }).flatMap((item): WordPlace[] => {
    if (item.sheet !== 'flows' && item.sheet !== 'replies') return []
    const { step = '', place = '', part = '', key = '', text: said = '', words = '' } = item.cells
    return [{
      name: fieldOf(item), part: item.sheet === 'flows' ? step : part, key, text: said,
      title: item.sheet === 'flows' ? place : Object.hasOwn(replyTitles, key) ? replyTitles[key as ReplyKey] : key,
      words: item.fields['words'] === undefined ? null : words,
    }]
  })
}

/** The file with what the form says; `field` null for a field that the form did not have. */
export function withPlaces(file: WordFile, text: string, field: (name: string) => string | null): { text: string } | { refused: string } {
  const edits = itemsOfFile({ ...file, text }).flatMap((item) => (item.sheet === 'flows' || item.sheet === 'replies' ? editsOf(item, field) : []))
  try {
    return { text: editFile(text, file, edits) }
  } catch (error) {
    if (error instanceof EditRefused) return { refused: error.message }
    throw error
  }
}

function editsOf(item: Item, field: (name: string) => string | null): Edit[] {
  return writtenColumns(sheetNamed(item.sheet)).flatMap((column): Edit[] => {
    const said = item.fields[column.id] === undefined ? null : field(column.id === 'words' ? `${fieldOf(item)}-khac` : fieldOf(item))
    const text = said === null ? '' : comparable(column.role, said)
    return said === null || text === comparable(column.role, item.cells[column.id] ?? '') ? [] : [{ kind: 'set', item, column, text }]
  })
}

/** Which field of the form a finding is about: the one whose text stands on its line; null: none of them. */
export function placeOfProblem(file: WordFile, text: string, { line }: Pick<Problem, 'line'>): string | null {
  const { isOn } = yamlLines(plainForm(text).plain)
  for (const item of itemsOfFile({ ...file, text })) {
    for (const [column, field] of Object.entries(item.fields)) {
      if (typeof field === 'object' && isOn(field.path, line)) return column === 'words' ? `${fieldOf(item)}-khac` : fieldOf(item)
    }
  }
  return null
}
