import { nearest } from '../core/problem.ts'
import { fold } from '../core/text.ts'
import { isGovernment, isListed } from './links.ts'

/**
 * Which official site (or `.gov.vn` at large) an address pretends to be: `dichvucong-gov.vn`, `dichvucong.com`,
 * `dichvucong.gov.vn.xyz`, `dịchvucong.vn`. Null for a site of the list, and for one that is like none of them.
 */
export function pretendsToBe({ host, shown }: { host: string; shown: string }, sites: readonly string[]): string | null {
  if (isListed(host, sites)) return null
  const seen = skeleton(shown)
  const official = sites.find((site) => isLike(seen, host, skeleton(site)))
  if (official !== undefined) return official
  return !isGovernment(host) && seen.split('.').some((label) => /^gov$|(?:^|-)gov(?:-?vn)?(?:-|$)|govvn$/.test(label)) ? 'gov.vn' : null
}

/** Where names are so short, many honest ones contain them. */
const shortestPart = 6
const shortestMisspelt = 8

function isLike(seen: string, host: string, site: string): boolean {
  if (seen === site) return true
  const flat = bare(seen)
  if (bare(site).length > shortestPart && flat.includes(bare(site))) return true
  const [name = '', ...ending] = site.split('.')
  const key = bare(name)
  const labels = seen.split('.')
  if (isGovernment(host)) {
    // Names under gov.vn are given out by the state: dichvucong.bocongan.gov.vn is real, dichvucnog.gov.vn a slip.
    return labels.slice(1).join('.') === ending.join('.') && isMisspelt(labels[0]!, key)
  }
  return labels.some((label) => (key.length >= shortestPart && bare(label).includes(key)) || isMisspelt(bare(label), key))
}

const bare = (host: string): string => host.replace(/[.-]/g, '')

const isMisspelt = (label: string, name: string): boolean => name.length >= shortestMisspelt && label !== name && nearest(label, [name]) !== null

/** Cyrillic and Greek letters that look like ours, and digits that stand for letters. */
const twins: Readonly<Record<string, string>> = {
  а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x', і: 'i', ѕ: 's', ԁ: 'd', ɡ: 'g', ѵ: 'v', ν: 'v', ο: 'o', α: 'a', ι: 'i', ı: 'i', '0': 'o', '1': 'l', '3': 'e', '5': 's',
}

/** The host as the eye reads it. */
const skeleton = (shown: string): string => [...fold(shown)].map((char) => twins[char] ?? char).join('').replace(/rn/g, 'm').replace(/vv/g, 'w').replace('@', '.')
