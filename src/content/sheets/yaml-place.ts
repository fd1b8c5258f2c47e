import { CST, Lexer, isMap, isPair, isScalar, isSeq, parseDocument, type Document, type Node, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml'

/** Where things stand in a YAML text: what the edits are measured by. Line ends are `\n`. */

export type Path = readonly (string | number)[]

/** A change that cannot be made without touching something else. The message says in Vietnamese what is in the way. */
export class EditRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'EditRefused'
  }
}

/** Every plain value is text, as in `readYaml`. */
export const parsed = (source: string): Document => parseDocument(source, { schema: 'failsafe', prettyErrors: false, logLevel: 'silent' })

export interface Found {
  node: Node | null
  /** The pair, where the path ends with a key. */
  pair: Pair<Node, Node> | null
  /** What holds it; null for the whole document. */
  holder: YAMLMap | YAMLSeq | null
  /** Inside `{ }` or `[ ]`, itself left out. */
  inFlow: boolean
}

/** Null where nothing stands at that path. */
export function find(document: Document, path: Path): Found | null {
  let found: Found = { node: document.contents as Node | null, pair: null, holder: null, inFlow: false }
  for (const step of path) {
    const holder = found.node
    if (!isMap(holder) && !isSeq(holder)) return null
    const pair = isMap(holder) ? holder.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step)) : undefined
    const node = isMap(holder) ? pair?.value : holder.items[Number(step)]
    if (node === undefined) return null
    found = { node: node as Node | null, pair: (pair ?? null) as Pair<Node, Node> | null, holder, inFlow: found.inFlow || holder.flow === true }
  }
  return found
}

/** The same, for what must be there and be a map or a list. */
export function findHolder(document: Document, path: Path): { holder: YAMLMap | YAMLSeq; inFlow: boolean } {
  const found = find(document, path)
  if (found === null || (!isMap(found.node) && !isSeq(found.node))) throw new EditRefused('chỗ này viết khác thường')
  return { holder: found.node, inFlow: found.inFlow || found.node.flow === true }
}

export function rangeOf(node: Node | null | undefined): { start: number; end: number } {
  if (node?.range == null) throw new EditRefused('chỗ này đang bỏ trống')
  return { start: node.range[0], end: node.range[1] }
}

/** From the key, or the value where there is none, to the end of the value. */
export function itemRange(item: unknown): { start: number; end: number } {
  if (!isPair(item)) return rangeOf(item as Node)
  return { start: rangeOf(item.key as Node).start, end: rangeOf((item.value ?? item.key) as Node).end }
}

export const lineStart = (source: string, at: number): number => source.lastIndexOf('\n', at - 1) + 1

export const columnOf = (source: string, at: number): number => at - lineStart(source, at)

/** After the line break that ends the line; an end that is at a line's beginning already stays there. */
export function lineAfter(source: string, at: number): number {
  if (at > 0 && source[at - 1] === '\n') return at
  const found = source.indexOf('\n', at)
  return found === -1 ? source.length : found + 1
}

/** The `-` before an item of a list in lines. */
export function dashBefore(source: string, start: number): number {
  const dash = source.lastIndexOf('-', start - 1)
  if (dash === -1 || source.slice(dash + 1, start).trim() !== '' || source.slice(lineStart(source, dash), dash).trim() !== '') throw new EditRefused('danh sách này viết khác thường')
  return dash
}

/** Comments that begin within a stretch, in order. */
export function commentsWithin(source: string, start: number, end: number): string[] {
  const comments: string[] = []
  let at = 0
  let afterMark = false
  for (const token of new Lexer().lex(source)) {
    const isMark = token === CST.DOCUMENT || token === CST.FLOW_END || token === CST.SCALAR
    if (!isMark && !afterMark && token.startsWith('#') && at >= start && at < end) comments.push(token)
    if (!isMark) at += token.length
    afterMark = token === CST.SCALAR
  }
  return comments
}

export const isBlockScalar = (node: unknown): node is Scalar => isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')
