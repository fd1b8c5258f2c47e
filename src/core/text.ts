/** Vietnamese as it is typed: composed or not, with marks or without, with slips. */

/**
 * The form everything is stored, compared and measured in. U+0000 and lone surrogates are taken out; the full-width
 * letters, digits and signs of some keyboards ("１") become ordinary ones.
 */
export function clean(text: string): string {
  if (!/[^\x01-\x7f]/.test(text)) return text
  return text.replaceAll('\0', '').toWellFormed().replaceAll('\uFFFD', '').replace(fullWidth, toHalfWidth).normalize('NFC')
}

const fullWidth = /[\uff01-\uff5e]/g
const toHalfWidth = (wide: string): string => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)

/** Lower case, no diacritics, đ as d: `Định Danh` → `dinh danh`. Length may differ from the original. */
export function fold(text: string): string {
  if (!/[^\x00-\x7f]/.test(text)) return text.toLowerCase()
  return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đĐ]/g, 'd').toLowerCase()
}

/** Folded words, punctuation dropped. */
export function words(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
}

/** Words that only soften a sentence. */
const particles = ['a', 'da', 'oi', 'nhe', 'nha', 'nhi', 'voi', 'vay', 'day', 'ha', 'hen', 'ad', 'admin', 'bot']
const particleWords: ReadonlySet<string> = new Set(particles)
/** With them, words that carry politeness at both ends of a message, and mean something only when they are all of it: "có", "vâng", "cho tôi". */
const politeWords: ReadonlySet<string> = new Set([
  ...particles, 'vang', 'di', 'em', 'toi', 'tui', 'minh', 'chau', 'con', 'anh', 'chi', 'co', 'chu', 'bac', 'cho', 'xin', 'lam', 'on', 'giup',
  'muon', 'can', 'hay', 'vui', 'long',
])

/** One message is compared with many phrases in a row: its bare words are found once. */
let latest = { text: '', bare: '' }

/**
 * The message as compared with triggers, commands and choices: folded, polite words at the ends dropped. Where nothing
 * else is said only particles are: `dạ có ạ` is `co`.
 */
export function bareWords(text: string): string {
  if (text !== latest.text) latest = { text, bare: withoutPoliteness(text) }
  return latest.bare
}

const knownPhrases = new Map<string, string>()
const mostPhrases = 4_096

/** As `bareWords`, for phrases of the content, which come again and again: each is looked at once (4,096 are kept, then anew). */
export function barePhrase(phrase: string): string {
  let bare = knownPhrases.get(phrase)
  if (bare !== undefined) return bare
  bare = withoutPoliteness(phrase)
  if (knownPhrases.size >= mostPhrases) knownPhrases.clear()
  knownPhrases.set(phrase, bare)
  return bare
}

function withoutPoliteness(text: string): string {
  const all = words(text)
  for (const dropped of [politeWords, particleWords]) {
    const bare = withoutEnds(all, dropped)
    if (bare.length > 0) return bare.join(' ')
  }
  return all.join(' ')
}

function withoutEnds(all: string[], dropped: ReadonlySet<string>): string[] {
  let from = 0
  let to = all.length
  while (from < to && dropped.has(all[from]!)) from++
  while (to > from && dropped.has(all[to - 1]!)) to--
  return all.slice(from, to)
}

/**
 * Whether the whole message says `phrase`, small typing errors allowed: one edit from 5 letters on, two from 11.
 * "nộp hồ sơ khai sinh ở đâu?" does not say "nộp hồ sơ". `message` and `phrase` as typed.
 */
export function says(message: string, phrase: string): boolean {
  return saysBare(bareWords(message), barePhrase(phrase))
}

/** As `says`, for callers that compare one message with many phrases: through `bareWords` and `barePhrase` already. */
export function saysBare(message: string, phrase: string): boolean {
  if (message === phrase) return phrase !== ''
  const allowed = phrase.length >= 11 ? 2 : phrase.length >= 5 ? 1 : 0
  if (allowed === 0 || Math.abs(message.length - phrase.length) > allowed || !lettersNear(lettersOf(message), lettersOf(phrase), allowed)) return false
  return !/\d/.test(message) && !/\d/.test(phrase) && editsWithin(message, phrase, allowed)
}

/** Which letters occur, one bit each. */
export function lettersOf(bare: string): number {
  let letters = 0
  for (let i = 0; i < bare.length; i++) letters |= 1 << (bare.charCodeAt(i) & 31)
  return letters
}

/** A cheap look before the dear one: an edit changes at most two of the letters that occur. Both by `lettersOf`. */
export function lettersNear(a: number, b: number, edits: number): boolean {
  let differing = 0
  for (let rest = a ^ b; rest !== 0; rest &= rest - 1) differing++
  return differing <= 2 * edits
}

/** Optimal string alignment: insert, delete, replace, swap of neighbours. */
function editsWithin(a: string, b: string, limit: number): boolean {
  let twoBack: number[] = []
  let back = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(back[j]! + 1, row[j - 1]! + 1, back[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, twoBack[j - 2]! + 1)
      row.push(cost)
    }
    if (Math.min(...row) > limit) return false
    twoBack = back
    back = row
  }
  return back[b.length]! <= limit
}

/** How long a person sees it: code points after NFC. */
export const lengthOf = (text: string): number => [...text.normalize('NFC')].length

/** Cut to at most `max` characters, at a word, with `…`; never inside a character. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text.normalize('NFC')
  const chars = [...text.normalize('NFC')]
  if (chars.length <= max) return chars.join('')
  const cut = chars.slice(0, max - 1).join('')
  const atWord = cut.replace(/\s+\S*$/u, '')
  return `${(atWord.length >= cut.length / 2 ? atWord : cut).trimEnd()}…`
}

/**
 * Pieces of at most `max` characters each, in order: cut at a blank line, a line end, a sentence end, a space, in that
 * preference; never inside a link, a number or an emoji. Nothing but white space at the cuts is lost.
 * `measure` is how the platform counts (default: code points).
 */
export function splitText(text: string, max: number, measure: (s: string) => number = (s) => [...s].length): string[] {
  const pieces: string[] = []
  let rest = text.normalize('NFC').trim()
  while (measure(rest) > max) {
    const at = cutAt(rest, max, measure)
    pieces.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  if (rest !== '') pieces.push(rest)
  return pieces
}

const graphemes = new Intl.Segmenter('vi', { granularity: 'grapheme' })

function cutAt(text: string, max: number, measure: (s: string) => number): number {
  let end = 0
  let size = 0
  for (const { segment, index } of graphemes.segment(text)) {
    size += measure(segment)
    if (size > max) break
    end = index + segment.length
  }
  if (end === 0) end = [...graphemes.segment(text)][0]!.segment.length
  const head = text.slice(0, end)
  for (const boundary of [/\n\s*\n/g, /\n/g, /[.!?…][)”"']?\s/gu, /\s/g]) {
    const at = lastBoundary(head, text, boundary)
    if (at > end / 3) return at
  }
  return end
}

function lastBoundary(head: string, text: string, boundary: RegExp): number {
  let at = -1
  for (const found of head.matchAll(boundary)) {
    const after = found.index + found[0].length
    if (!(/\d[ .]$/.test(text.slice(0, after)) && /^\d/.test(text.slice(after)))) at = after
  }
  return at
}

/** The order of names for people: as in a Vietnamese dictionary, “Bài 2” before “Bài 10”. */
export const byName: (a: string, b: string) => number = new Intl.Collator('vi', { numeric: true }).compare
