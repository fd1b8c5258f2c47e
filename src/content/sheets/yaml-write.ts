import { CST, isScalar, type Scalar } from 'yaml'
import { isBlockScalar, lineStart, rangeOf } from './yaml-place.ts'

/** How values are written as YAML at their place. */

/** A text, phrases in one line, a group of keys in one line, or a list with an item on each line. */
export type Value = string | { words: readonly string[] } | { group: Readonly<Record<string, string>> } | { lines: readonly Value[] }

interface Place {
  /** Column of the key or dash before it. */
  column: number
  inFlow: boolean
}

/** As it stands after `key:` or `-`, with the space or line break before it. */
export function valueAfter(value: Value, place: Place): string {
  if (typeof value === 'string' || !('lines' in value) || place.inFlow) return ` ${valueSource(value, place)}`
  const column = place.column + 2
  return value.lines.map((item) => `\n${' '.repeat(column)}-${valueAfter(item, { column, inFlow: false }).trimEnd()}`).join('')
}

/** The same without what stands before it: lists in brackets. */
export function valueSource(value: Value, place: Place): string {
  const inside: Place = { column: place.column, inFlow: true }
  if (typeof value === 'string') return textSource(value, place)
  if ('group' in value) return `{ ${Object.entries(value.group).map(([key, text]) => `${key}: ${textSource(text, inside)}`).join(', ')} }`
  return `[${('words' in value ? value.words : value.lines).map((item) => valueSource(item, inside)).join(', ')}]`
}

/** Plain where that reads back as the same text, in quotes where it would not, in lines where it has several and may. */
function textSource(text: string, { column, inFlow }: Place, style: Scalar.Type = 'PLAIN'): string {
  const inLines = !inFlow && (text.includes('\n') || style === 'BLOCK_LITERAL' || style === 'BLOCK_FOLDED')
  const type = inLines ? (style === 'BLOCK_FOLDED' ? style : 'BLOCK_LITERAL') : style === 'BLOCK_LITERAL' || style === 'BLOCK_FOLDED' ? 'PLAIN' : style
  return CST.stringify(CST.createScalarToken(text, { type, indent: column + 2, inFlow, implicitKey: !inLines, end: [] }))
}

/** The text with the value of one scalar put in its place; its quotes, its comments and the empty lines after it stay. */
export function withScalar(source: string, node: Scalar, text: string, place: Place, style: Scalar.Type): string {
  const { start, end } = rangeOf(node)
  const old = source.slice(start, end)
  const value = isBlockScalar(node) && String(node.value).endsWith('\n') ? `${text}\n` : text
  const written = textSource(value, place, style)
  const [header = '', ...lines] = written.split('\n')
  const isInLines = /^[|>]/.test(written)
  if (isBlockScalar(node)) {
    const comment = /^[|>][^\s#]*([ \t]+#[^\n]*)?/.exec(old)?.[1] ?? ''
    const emptyLines = /\n((?:[ \t]*\n)*)$/.exec(old)?.[1] ?? ''
    const body = isInLines ? `\n${lines.join('\n').trimEnd()}` : ''
    return `${source.slice(0, start)}${header}${comment}${body}${old.endsWith('\n') ? '\n' : ''}${emptyLines}${source.slice(end)}`
  }
  if (!isInLines) return source.slice(0, start) + written + source.slice(end)
  const lineEnd = source.indexOf('\n', end) === -1 ? source.length : source.indexOf('\n', end)
  return `${source.slice(0, start)}${header}${source.slice(end, lineEnd).trimEnd()}\n${lines.join('\n').trimEnd()}${source.slice(lineEnd)}`
}

/** In which quotes or lines a text stands. */
export const styleOf = (node: unknown): Scalar.Type => (isScalar(node) && node.type !== undefined ? (node.type as Scalar.Type) : 'PLAIN')

/** Column of the key or dash that a value stands behind, for the indentation of texts in lines. */
export function columnBefore(source: string, start: number): number {
  const line = source.slice(lineStart(source, start), start)
  const key = /^[ \t]*(?:- +)*/.exec(line)?.[0].length ?? 0
  return /^[ \t]*(?:- +)*-[ \t]*$/.test(line) ? line.lastIndexOf('-') : key
}
