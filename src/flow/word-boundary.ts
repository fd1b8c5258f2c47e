/**
 * RE2's `\b` knows only the letters a–z: between `ơ` and a space it sees no end of a word, so `\bhồ sơ\b` never fits.
 * Whether a pattern has such a `\b` beside a letter with marks (or `\p{L}`).
 */
export function hasBlindBoundary(pattern: string): boolean {
  const text = plain(pattern)
  return [...text.matchAll(new RegExp(boundary, 'gu'))].some(({ index }) =>
    [...atoms(text.slice(0, index), 'last'), ...atoms(text.slice(index + 1), 'first')].some((atom) => isMarked(atom)))
}

const boundary = '\u0001'
/** Stands for "any letter". */
const anyLetter = 'ơ'

const isMarked = (atom: string): boolean => /\p{L}/u.test(atom) && !/[a-z]/iu.test(atom)

/** One sign for each thing the pattern may match, groups without their names. */
function plain(pattern: string): string {
  return pattern.normalize('NFC')
    .replace(/\[(?:\\.|[^\]\\])*\]/gu, (set) => (/\\p|[^\x00-\x7f]/iu.test(set) ? anyLetter : '_'))
    .replace(/\\p(?:\{[^}]*\}|.)/gu, anyLetter)
    .replace(/\\b/gu, boundary)
    .replace(/\\./gu, '_')
    .replace(/\(\?(?:P?<\w+>|[a-zA-Z-]*:)/gu, '(')
    .replace(/[?*+]|\{\d+(?:,\d*)?\}/gu, '')
}

/** What may stand at one end of a piece: of a group, that end of each of its alternatives. */
function atoms(text: string, end: 'first' | 'last'): string[] {
  const chars = [...text]
  const atom = end === 'last' ? chars.at(-1) : chars[0]
  if (atom !== (end === 'last' ? ')' : '(')) return atom === undefined ? [] : [atom]
  return alternatives(groupAt(chars, end)).flatMap((one) => atoms(one, end))
}

/** The inside of the group that stands at one end. */
function groupAt(chars: readonly string[], end: 'first' | 'last'): string {
  const inward = end === 'last' ? [...chars].reverse() : chars
  let depth = 0
  const to = inward.findIndex((char) => {
    if (char === '(' || char === ')') depth += char === inward[0] ? 1 : -1
    return depth === 0
  })
  const inside = inward.slice(1, to === -1 ? undefined : to)
  return (end === 'last' ? inside.reverse() : inside).join('')
}

function alternatives(text: string): string[] {
  const found = ['']
  let depth = 0
  for (const char of text) {
    if (char === '(') depth++
    if (char === ')') depth--
    if (char === '|' && depth === 0) found.push('')
    else found[found.length - 1] += char
  }
  return found
}
