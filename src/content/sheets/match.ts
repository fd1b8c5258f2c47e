import type { Item } from './items.ts'
import { sameCells, type Row } from './rows.ts'
import { stampOf } from './stamp.ts'

/** What a row asks for, seen against what the files hold now. */
export type Match =
  /** Nobody changed the row, or the files say the same already. */
  | { kind: 'same'; row: Row; item: Item | null }
  | { kind: 'edit' | 'remove'; row: Row; item: Item }
  /** Both the row and the file were changed since the export; `item` is null where the file has it no more. */
  | { kind: 'conflict'; row: Row; item: Item | null }
  | { kind: 'new'; row: Row }
  /** A second row for the same thing, saying something else. */
  | { kind: 'double'; row: Row }

/**
 * Pairs the rows of one list with its items. A row belongs to the item that was as its stamp says when it was exported,
 * wherever in the list that stands now. Items that no row belongs to are left over.
 * `isElsewhere`: the stamp is another list's, so that the row was copied or moved here.
 */
export function matchList(rows: readonly Row[], items: readonly Item[], isElsewhere: (stamp: string) => boolean): { matches: Match[]; left: Item[] } {
  const free = new Map(items.map((item) => [item, stampOf(item.sheet, item.scope, item.cells)]))
  const taken = new Set<string>()
  const matches = new Map<Row, Match>()
  const take = (row: Row, wanted: (item: Item, stamp: string) => boolean): Item | null => {
    const fitting = [...free].filter(([item, stamp]) => wanted(item, stamp)).map(([item]) => item)
    const item = fitting.find(({ order }) => String(order) === row.cells.order) ?? fitting[0] ?? null
    if (item !== null) {
      taken.add(free.get(item)!)
      free.delete(item)
    }
    return item
  }
  const exported = (row: Row) => take(row, (_, stamp) => stamp === row.cells.stamp)
  const alike = (row: Row) => take(row, (item) => sameCells(row.sheet, row.cells, item.cells))
  const atSamePlace = (row: Row) => take(row, ({ order }) => row.sheet.list === null || String(order) === row.cells.order)

  for (const row of rows.filter(({ isUntouched }) => isUntouched)) {
    const item = exported(row)
    if (item !== null) matches.set(row, { kind: row.isRemoved ? 'remove' : 'same', row, item })
  }
  const stamped = rows.filter((row) => !matches.has(row) && row.cells.stamp !== '')
  for (const row of stamped) {
    const item = exported(row)
    if (item !== null) matches.set(row, { kind: row.isRemoved ? 'remove' : sameCells(row.sheet, row.cells, item.cells) ? 'same' : 'edit', row, item })
  }
  for (const row of rows.filter((one) => !matches.has(one))) {
    const same = alike(row)
    if (same !== null) matches.set(row, { kind: row.isRemoved ? 'remove' : 'same', row, item: same })
  }
  for (const row of rows.filter((one) => !matches.has(one))) matches.set(row, unpaired(row))
  return { matches: rows.map((row) => matches.get(row)!), left: [...free.keys()] }

  function unpaired(row: Row): Match {
    const stamp = row.cells.stamp ?? ''
    const isNew = stamp === '' || taken.has(stamp) || isElsewhere(stamp)
    if (row.isRemoved && isNew) return { kind: 'same', row, item: null }
    if (items.some((item) => sameCells(row.sheet, row.cells, item.cells))) return { kind: 'same', row, item: null }
    if (isNew && (row.sheet.list !== null || items.length === 0)) return { kind: 'new', row }
    const item = atSamePlace(row)
    if (row.isUntouched && !(row.isRemoved && item !== null)) return { kind: 'same', row, item }
    return isNew && item === null ? { kind: 'double', row } : { kind: 'conflict', row, item }
  }
}
