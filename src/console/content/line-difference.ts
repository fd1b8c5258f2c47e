/** What differs between two texts: by words for a field, by lines for a file; and putting two changes of one file together. Pure. */

export interface Piece { kind: 'same' | 'gone' | 'new'; text: string }

/** Beyond it two texts are shown one after the other. */
const mostCells = 4_000_000

/** The pieces in order: where something was replaced, what is gone stands before what is new. Neighbours of one kind are one piece. */
export function piecesOf(before: readonly string[], after: readonly string[], between = ''): Piece[] {
  const pieces: Piece[] = []
  const add = (kind: Piece['kind'], text: string): void => {
    const last = pieces.at(-1)
    if (last?.kind === kind) last.text += between + text
    else pieces.push({ kind, text })
  }
  let [a, b] = [0, 0]
  for (const [i, j] of [...matches(before, after), [before.length, after.length] as const]) {
    for (; a < i; a++) add('gone', before[a]!)
    for (; b < j; b++) add('new', after[b]!)
    if (i < before.length) add('same', before[i]!)
    a = i + 1
    b = j + 1
  }
  return pieces
}

/** A word or two that stayed between changes is told as changed with them: one reads whole phrases, not scraps. */
const shortestSame = 3

export function wordPieces(before: string, after: string): Piece[] {
  const all = piecesOf(wordsWithSpace(before), wordsWithSpace(after))
  const pieces: Piece[] = []
  let open: { gone: string; new: string } | null = null
  const close = (): void => {
    if (open !== null) pieces.push(...(['gone', 'new'] as const).flatMap((kind) => (open![kind] === '' ? [] : [{ kind, text: open![kind] }])))
    open = null
  }
  all.forEach(({ kind, text }, index) => {
    const isScrap = kind === 'same' && index > 0 && index < all.length - 1 && !text.includes('\n') && text.split(/\s+/).filter((word) => word !== '').length < shortestSame
    if (kind === 'same' && !isScrap) {
      close()
      pieces.push({ kind, text })
      return
    }
    open ??= { gone: '', new: '' }
    if (kind !== 'new') open.gone += text
    if (kind !== 'gone') open.new += text
  })
  close()
  return pieces
}

const wordsWithSpace = (text: string): string[] => text.match(/\s+|[^\s]+/g) ?? []

/** Which items are the same in both, as pairs of places, both rising: as many as there can be. */
function matches(a: readonly string[], b: readonly string[]): [number, number][] {
  let start = 0
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const head = Array.from({ length: start }, (_, n): [number, number] => [n, n])
  const tail = Array.from({ length: end }, (_, n): [number, number] => [a.length - end + n, b.length - end + n])
  const middle = longestCommon(a.slice(start, a.length - end), b.slice(start, b.length - end))
  return [...head, ...middle.map(([i, j]): [number, number] => [i + start, j + start]), ...tail]
}

function longestCommon(a: readonly string[], b: readonly string[]): [number, number][] {
  const width = b.length + 1
  if (a.length === 0 || b.length === 0 || (a.length + 1) * width > mostCells) return []
  const lengths = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = a[i] === b[j] ? lengths[(i + 1) * width + j + 1]! + 1 : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!)
    }
  }
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++
    else j++
  }
  return pairs
}

/**
 * Both changes of one text, line by line; null where they touch the same or neighbouring lines. `bothAdded`: what both put in at
 * one place stands there one after the other.
 */
export function merged(base: string, mine: string, theirs: string, bothAdded = false): string | null {
  const [was, own, other] = [base, mine, theirs].map((text) => text.split('\n')) as [string[], string[], string[]]
  const [ownAt, otherAt] = [new Map(matches(was, own)), new Map(matches(was, other))]
  const lines: string[] = []
  const end = { was: was.length, own: own.length, other: other.length }
  for (let at = { was: 0, own: 0, other: 0 }; ;) {
    let next = end
    for (let line = at.was; line < was.length; line++) {
      if (ownAt.has(line) && otherAt.has(line)) {
        next = { was: line, own: ownAt.get(line)!, other: otherAt.get(line)! }
        break
      }
    }
    const chunks = [was.slice(at.was, next.was), own.slice(at.own, next.own), other.slice(at.other, next.other)].map((chunk) => chunk.join('\n')) as [string, string, string]
    const sizes = [next.was - at.was, next.own - at.own, next.other - at.other] as const
    const same = (a: 0 | 1 | 2, b: 0 | 1 | 2): boolean => sizes[a] === sizes[b] && chunks[a] === chunks[b]
    const isAddedTwice = bothAdded && sizes[0] === 0 && !same(1, 2)
    if (!same(0, 1) && !same(0, 2) && !same(1, 2) && !isAddedTwice) return null
    if (same(0, 1) || isAddedTwice) lines.push(...other.slice(at.other, next.other))
    if (!same(0, 1)) lines.push(...own.slice(at.own, next.own))
    if (next === end) return lines.join('\n')
    lines.push(was[next.was]!)
    at = { was: next.was + 1, own: next.own + 1, other: next.other + 1 }
  }
}
