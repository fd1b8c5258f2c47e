import { fold, words } from '../core/text.ts'
import type { Content } from './types.ts'

/**
 * Codes that lead in: `khai-sinh` of `entry.yaml`, or the id of a flow or article; `khai-sinh--cho-trung-tam` says where the
 * poster hangs, leads to the same and is counted apart.
 */

type Known = Pick<Content, 'entry' | 'flows' | 'articles'>
type KnownEver = Known & Pick<Content, 'withdrawn' | 'calendars'>

/** What Telegram carries at most, and what is counted. */
const longestRef = 64
const placeMark = '--'

/** The code for one place; the code itself where the place has no letters. Cut to what every platform carries. */
export function refAt(ref: string, place: string): string {
  const slug = words(place).map((word) => word.replace(/[^a-z0-9]/g, '')).filter((word) => word !== '').join('-')
  return slug === '' ? ref : `${ref}${placeMark}${slug}`.slice(0, longestRef).replace(/-+$/, '')
}

/** What a code opens: `flow:<id>`, `article:<id>`, or the code without its place, which may be a bare id. */
export function targetOf({ entry }: Pick<Content, 'entry'>, ref: string): string {
  const bare = withoutPlace({ entry }, ref)
  return Object.hasOwn(entry.refs, bare) ? entry.refs[bare]! : bare
}

/** The code alone, where its poster hangs left out. */
export const withoutPlace = ({ entry: { refs } }: Pick<Content, 'entry'>, ref: string): string => (Object.hasOwn(refs, ref) ? ref : ref.split(placeMark)[0]!)

/** What all codes that lead nowhere are counted as, together: anybody can make one up, and each name that is counted is a row of the totals for years. No code is written so. */
export const otherRef = '*'

/** The name a code is counted by: its own, with its place, where it is written in `entry.yaml` or names a flow, an article (withdrawn ones too) or a campaign. */
export function countedRef(content: KnownEver, ref: string): string {
  const { entry, flows, articles, withdrawn, calendars } = content
  const id = targetOf(content, ref).replace(/^(flow|article):/, '')
  const isKnown = Object.hasOwn(entry.refs, withoutPlace(content, ref)) || [flows, articles, withdrawn, calendars].some((known) => known.has(id))
  return isKnown ? ref.slice(0, longestRef) : otherRef
}

/** How a counted code is told to people. */
export const refName = (ref: string): string => (ref === otherRef ? 'mã khác' : ref)

/** What a person types where a platform's link carries no code: `#khai-sinh-cho-trung-tam`. */
export const codeWord = (ref: string): string => `#${ref.replace(placeMark, '-')}`

/**
 * The code that was typed, with or without marks, hyphens and spaces; what follows a known code is its place. Null when it is no
 * code of ours, so that it is read as words.
 */
export function typedRef(content: Known, text: string): string | null {
  const typed = /^\s*#\s*(\S.*)$/.exec(fold(text))?.[1]
  if (typed === undefined || typed.length > 2 * longestRef) return null
  const said = words(typed)
  const [known] = [...Object.keys(content.entry.refs), ...content.flows.keys(), ...content.articles.keys()]
    .map((ref) => ({ ref, rest: restAfter(said, ref) })).filter(({ rest }) => rest !== null).sort((a, b) => b.ref.length - a.ref.length)
  return known === undefined ? null : refAt(known.ref, known.rest!.join(' '))
}

/** What is said after the code, word by word; null where it was not said. People write a code as one word or as several. */
function restAfter(said: readonly string[], ref: string): readonly string[] | null {
  const code = words(ref).join('')
  let heard = ''
  for (const [at, word] of said.entries()) {
    heard += word
    if (heard === code) return said.slice(at + 1)
    if (!code.startsWith(heard)) return null
  }
  return null
}
