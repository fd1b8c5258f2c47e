import { isMap, isPair, isScalar, isSeq } from 'yaml'
import { canonical } from './table.ts'
import { columnOf, commentsWithin, dashBefore, EditRefused, find, findHolder, itemRange, lineAfter, lineStart, parsed, rangeOf, type Path } from './yaml-place.ts'
import { columnBefore, styleOf, valueAfter, valueSource, withScalar, type Value } from './yaml-write.ts'

/**
 * Changes in a YAML text that leave every other byte as it is: comments, quotes, empty lines, keys nobody here knows.
 * Each takes the text and gives the changed one, or throws `EditRefused`.
 */

/** The text at a path, there already or not; its key is put at the end of its group. */
export function setText(source: string, path: Path, text: string): string {
  const found = find(parsed(source), path)
  if (found === null) return addKey(source, path, text)
  const { node, inFlow } = found
  if (!isScalar(node)) throw new EditRefused('chỗ này không phải một đoạn chữ thường')
  const place = { column: columnBefore(source, rangeOf(node).start), inFlow }
  for (const style of [styleOf(node), 'QUOTE_DOUBLE'] as const) {
    const changed = withScalar(source, node, text, place, style)
    if (readsAs(changed, path, text)) return changed
  }
  throw new EditRefused('chữ này không ghi được vào YAML')
}

function readsAs(source: string, path: Path, text: string): boolean {
  const document = parsed(source)
  const node = document.errors.length > 0 ? null : find(document, path)?.node
  return isScalar(node) && canonical(String(node.value)) === canonical(text)
}

/** A new key at the end of the group it belongs to. */
export function addKey(source: string, path: Path, value: Value): string {
  const { holder, inFlow } = findHolder(parsed(source), path.slice(0, -1))
  const [first, last] = [holder.items[0], holder.items.at(-1)]
  if (!isMap(holder) || !isPair(first) || last === undefined) throw new EditRefused('nhóm khóa này viết khác thường')
  const key = String(path.at(-1))
  if (inFlow) {
    const { end } = itemRange(last)
    return `${source.slice(0, end)}, ${key}:${valueAfter(value, { column: 0, inFlow })}${source.slice(end)}`
  }
  const column = columnOf(source, itemRange(first).start)
  return putLine(source, itemRange(last).end, `${' '.repeat(column)}${key}:${valueAfter(value, { column, inFlow })}`)
}

/** A new item of a list, before the one that has this place now; at the end where none has. */
export function insertItem(source: string, path: Path, index: number, value: Value): string {
  const { holder, inFlow } = findHolder(parsed(source), path)
  if (!isSeq(holder)) throw new EditRefused('danh sách này viết khác thường')
  const [here, last] = [holder.items[index], holder.items.at(-1)]
  if (last === undefined) {
    const { start, end } = rangeOf(holder)
    return `${source.slice(0, start)}[${valueSource(value, { column: 0, inFlow: true })}]${source.slice(end)}`
  }
  if (inFlow) {
    const written = valueSource(value, { column: 0, inFlow })
    const at = here === undefined ? itemRange(last).end : itemRange(here).start
    return `${source.slice(0, at)}${here === undefined ? `, ${written}` : `${written}, `}${source.slice(at)}`
  }
  const column = columnOf(source, dashBefore(source, itemRange(here ?? last).start))
  const line = `${' '.repeat(column)}-${valueAfter(value, { column, inFlow })}`
  if (here === undefined) return putLine(source, itemRange(last).end, line)
  const at = lineStart(source, dashBefore(source, itemRange(here).start))
  return `${source.slice(0, at)}${line.trimEnd()}\n${source.slice(at)}`
}

function putLine(source: string, end: number, line: string): string {
  const at = lineAfter(source, end)
  const before = at > 0 && source[at - 1] !== '\n' ? '\n' : ''
  return `${source.slice(0, at)}${before}${line.trimEnd()}\n${source.slice(at)}`
}

/** Takes out a key or an item; a list loses its key with its last item. Comments stay, on lines of their own. */
export function remove(source: string, path: Path): string {
  const found = find(parsed(source), path)
  if (found === null || found.holder === null) return source
  const { holder, inFlow } = found
  const item = found.pair ?? found.node
  const index = holder.items.findIndex((one) => one === item)
  if (holder.items.length === 1) {
    if (isSeq(holder) && path.length > 1) return remove(source, path.slice(0, -1))
    throw new EditRefused('đây là khóa duy nhất của nhóm')
  }
  const { start, end } = itemRange(item)
  if (inFlow) {
    const next = holder.items[index + 1]
    return cut(source, index > 0 ? itemRange(holder.items[index - 1]).end : start, index > 0 ? end : itemRange(next).start)
  }
  const from = lineStart(source, isSeq(holder) ? dashBefore(source, start) : start)
  if (isMap(holder) && source.slice(from, start).trim() !== '') return cut(source, start, itemRange(holder.items[1]).start)
  const to = lineAfter(source, end)
  const indent = /^[ \t]*/.exec(source.slice(from))?.[0] ?? ''
  const kept = commentsWithin(source, from, to).map((comment) => `${indent}${comment}\n`)
  return source.slice(0, from) + kept.join('') + source.slice(to)
}

function cut(source: string, start: number, end: number): string {
  if (commentsWithin(source, start, end).length > 0) throw new EditRefused('giữa chỗ này có ghi chú, bỏ đi sẽ mất')
  return source.slice(0, start) + source.slice(end)
}

/** The phrases of a list (or of a lone text in its place), patterns left where they are. No phrases: the key goes, if nothing else is in it. */
export function setWords(source: string, path: Path, words: readonly string[]): string {
  const node = find(parsed(source), path)?.node
  if (node === undefined || node === null) return words.length === 0 ? source : addKey(source, path, { words })
  if (isScalar(node)) return words.length > 1 ? replace(source, rangeOf(node), { words }) : words.length === 1 ? setText(source, path, words[0]!) : remove(source, path)
  if (!isSeq(node)) throw new EditRefused('danh sách này viết khác thường')
  const places = node.items.flatMap((item, index) => (isScalar(item) ? [{ index, text: canonical(String(item.value)) }] : []))
  const same = (a: number, b: number): boolean => places[a]?.text === words[b]
  let before = 0
  while (before < Math.min(places.length, words.length) && same(before, before)) before++
  let after = 0
  while (after < Math.min(places.length, words.length) - before && same(places.length - 1 - after, words.length - 1 - after)) after++
  const [old, wanted] = [places.slice(before, places.length - after), words.slice(before, words.length - after)]
  let changed = source
  for (const [at, text] of wanted.slice(0, old.length).entries()) changed = setText(changed, [...path, old[at]!.index], text)
  for (const { index } of old.slice(wanted.length).reverse()) changed = remove(changed, [...path, index])
  let index = old.at(Math.min(old.length, wanted.length) - 1)?.index ?? places[before - 1]?.index ?? -1
  for (const text of wanted.slice(old.length)) changed = insertItem(changed, path, ++index, text)
  return changed
}

function replace(source: string, { start, end }: { start: number; end: number }, value: Value): string {
  return source.slice(0, start) + valueSource(value, { column: 0, inFlow: true }) + source.slice(end)
}
