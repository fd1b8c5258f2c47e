import type { Item } from './items.ts'
import type { Sheet } from './layout.ts'
import { matchList, type Match } from './match.ts'
import type { Row } from './rows.ts'
import { stampOf } from './stamp.ts'

/** Pairs all rows with all items, list by list. `left`: items of the sheets at hand that no row belongs to. */
export function pairRows(rows: readonly Row[], items: readonly Item[], present: readonly Sheet[]): { matches: Match[]; left: Item[] } {
  const pairs = present.flatMap((sheet) => {
    const rowLists = Map.groupBy(rows.filter((row) => row.sheet === sheet), ({ scope }) => scope)
    const itemLists = Map.groupBy(items.filter((item) => item.sheet === sheet.name), ({ scope }) => scope)
    const stamps = stampsOf(itemLists)
    return [...new Set([...itemLists.keys(), ...rowLists.keys()])].map((scope) =>
      matchList(rowLists.get(scope) ?? [], itemLists.get(scope) ?? [], (stamp) => stamps.get(stamp) !== undefined && stamps.get(stamp) !== scope))
  })
  return { matches: pairs.flatMap(({ matches }) => matches), left: pairs.flatMap(({ left }) => left) }
}

const stampsOf = (lists: ReadonlyMap<string, Item[]>): Map<string, string> =>
  new Map([...lists.values()].flat().map((item) => [stampOf(item.sheet, item.scope, item.cells), item.scope]))
