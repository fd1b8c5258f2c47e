import { settingsTable } from './table.ts'

const known = settingsTable.map(({ name }) => name)

/** Variables that are set but look like a slip of one of ours, each with the name that was probably meant. */
export function misspelt(names: Iterable<string>): { written: string; meant: string }[] {
  return [...names].flatMap((written) => {
    if (known.includes(written)) return []
    const meant = known.find((name) => isSlip(written.toUpperCase(), name)) ?? known.find((name) => isOtherWording(written, name))
    return meant === undefined ? [] : [{ written, meant }]
  })
}

/** Up to two letters wrong, or all in small ones. Short and one-word names are left alone: the environment is full of other programs' variables. */
const isSlip = (written: string, name: string): boolean =>
  name.length >= 9 && written.includes('_') && name.includes('_') && Math.abs(written.length - name.length) <= 2 && distance(written, name) <= 2

/** `ZALO_OA_SECRET` for `ZALO_OA_SECRET_KEY`, `FACEBOOK_PAGE_ACCESS_TOKEN` for `FACEBOOK_PAGE_TOKEN`: a word missing or too many. */
function isOtherWording(written: string, name: string): boolean {
  const [a, b] = [written.split('_'), name.split('_')]
  if (a[0] !== b[0] || !ownPrefixes.has(a[0]!) || a.length < 2 || Math.abs(a.length - b.length) !== 1) return false
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a]
  let at = 0
  for (const word of longer) if (word === shorter[at]) at++
  return at === shorter.length
}

const ownPrefixes = new Set(['ZALO', 'FACEBOOK', 'TELEGRAM', 'RETAIN', 'CAMPAIGN'])

/** Levenshtein. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    }
    row = next
  }
  return row[b.length]!
}
