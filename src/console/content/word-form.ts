import { editFile, type Edit } from '../../content/sheets/edits.ts'
import { itemsOfFile, type Item, type WordFile } from '../../content/sheets/items.ts'
import { sheetNamed, writtenColumns } from '../../content/sheets/layout.ts'
import { comparable } from '../../content/sheets/stamp.ts'
import { EditRefused } from '../../content/sheets/yaml-place.ts'

/** The words of a flow or of the canned sentences as a form, and back into their file with every other byte as it was. Pure. */

/** One place where words stand. `words`: other ways to say it, one a line; null where there are none. */
export interface WordPlace {
  /** The form's field. */
  name: string
  /** What it belongs to: the step, the group of sentences. */
  part: string
  title: string
  text: string
  words: string | null
}

/** In the file's order; empty for a file of another kind. */
export function placesIn(file: WordFile, text: string): WordPlace[] {
  return itemsOfFile({ ...file, text }).flatMap((item, index): WordPlace[] => {
    if (item.sheet !== 'flows' && item.sheet !== 'replies') return []
    const { step = '', place = '', part = '', key = '', text: said = '', words = '' } = item.cells
    return [{
      name: `c${index}`, part: item.sheet === 'flows' ? step : part, title: item.sheet === 'flows' ? place : key, text: said,
      words: item.fields['words'] === undefined ? null : words,
    }]
  })
}

/** The file with what the form says; `field` null for a field that the form did not have. */
export function withPlaces(file: WordFile, text: string, field: (name: string) => string | null): { text: string } | { refused: string } {
  const edits = itemsOfFile({ ...file, text }).flatMap((item, index) => (item.sheet === 'flows' || item.sheet === 'replies' ? editsOf(item, `c${index}`, field) : []))
  try {
    return { text: editFile(text, file, edits) }
  } catch (error) {
    if (error instanceof EditRefused) return { refused: error.message }
    throw error
  }
}

function editsOf(item: Item, name: string, field: (name: string) => string | null): Edit[] {
  return writtenColumns(sheetNamed(item.sheet)).flatMap((column): Edit[] => {
    const said = item.fields[column.id] === undefined ? null : field(column.id === 'words' ? `${name}-khac` : name)
    const text = said === null ? '' : comparable(column.role, said)
    return said === null || text === comparable(column.role, item.cells[column.id] ?? '') ? [] : [{ kind: 'set', item, column, text }]
  })
}
