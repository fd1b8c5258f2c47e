import { clean, fold } from '../core/text.ts'
import { abbreviations, chatSpellings, foreignNames } from './chat-spellings.ts'
import { commonPhrases } from './dialect-phrases.ts'
import { dialectWords, otherThanRegional, perhapsDialect, regionalWords, seldomMeantBare } from './dialect.ts'
import { soundAlikes } from './sound-alikes.ts'
import { isBare, isFoldedSyllable, takeApart } from './syllable.ts'
import { mayBeVni, showsVni, undoTelex, undoVni, type Typed } from './telex.ts'

/** One word as it is compared. */
export interface Token {
  /** Letters with marks, tone as a digit at the end (`đăng`, `ky1`): the same wherever the tone mark was put. Hỏi and ngã are one tone: half the country speaks them alike. */
  marked: string
  /** No marks, `i` for a lone `y`: `dang`, `ki`. */
  folded: string
}

export interface Words {
  tokens: Token[]
  /** Typed (or left as keys), found in the articles where hardly any were typed, or missing: then `marked` says nothing. */
  marks: 'typed' | 'found' | 'missing'
}

/**
 * Gives words that were typed without marks those they most likely have, and words whose marks no article has the likeliest
 * of theirs. `readings`: what a folded word may stand for in dialect, as marked words; used where the whole message lacks
 * marks. Words that no article has stay as they are.
 */
export type PutMarks = (words: Words, readings: ReadonlyMap<string, readonly Reading[]>) => Token[]

/** What a bare word may stand for in dialect. `rarity`: 0 for what hardly ever means anything else, up to 2. */
export interface Reading { marked: string; rarity: number }

/** What the articles' words say about a doubtful spelling. Words are folded unless it says otherwise. */
export interface KnownWords {
  has(word: string): boolean
  /** Takes a word with its marks, as `Token.marked`. */
  hasMarked(word: string): boolean
  pair(first: string, second: string): boolean
  /** The nearest known word one slip away from a word that cannot be a syllable; null when none or several. */
  nearest(word: string): string | null
  /** Null until the articles' marks are learnt. */
  putMarks: PutMarks | null
}

/** Words of an article: official abbreviations are written out, nothing else is touched. */
export function wordsOfArticle(text: string): Words {
  return { tokens: rawWords(text).flatMap((word) => abbreviations.get(word)?.[0]!.split(' ').map(asToken) ?? asToken(word)), marks: 'typed' }
}

/** Words of a question, or of a phrasing as citizens say it: keys undone, chat spellings, regional words and slips read as what was meant. */
export function wordsOfQuestion(text: string, known: KnownWords): Words {
  const raw = commonPhrases(foreignNames(rawWords(text)), known.pair).map((word) => (readAsTyped(word, known) ? word : calm(word))).flatMap(splitUnit)
  const vni = raw.some(showsVni) || raw.filter(mayBeVni).length >= 3
  const written = raw.map((word): Written => keysUndone(word, vni, known) ?? { word, token: asToken(word), fromKeys: false })
  const marked = written.filter(({ word, fromKeys }) => fromKeys || /[^\p{ASCII}]/u.test(word)).length
  const hasMarks = marked > 0 && marked >= written.length * MARKED_SHARE
  const tokens = written.flatMap((_, at) => meant(written, at, hasMarks, known))
  const words: Words = { tokens, marks: hasMarks ? 'typed' : 'missing' }
  return known.putMarks === null ? words : { tokens: known.putMarks(words, dialectReadings), marks: hasMarks ? 'typed' : 'found' }
}

/** What one word of a question stands for. */
function meant(written: readonly Written[], at: number, hasMarks: boolean, known: KnownWords): Token[] {
  const { word, token, fromKeys } = written[at]!
  if (fromKeys) return [token]
  const official = abbreviations.get(word)
  if (official !== undefined) return official[0]!.split(' ').map(asToken)
  const before = written[at - 1]
  const after = written[at + 1]
  const readings = chatSpellings.get(word)
  if (readings !== undefined) return best(readings, writtenOut(before).at(-1)!, writtenOut(after)[0]!, known)
  const beside = [writtenOut(before).at(-1)!, writtenOut(after)[0]!] as const
  const regional = regionalReadings(word, known)
  if (regional === undefined) return asHeard(token, ...beside, known) ?? mend(token, ...beside, known)
  return isOtherThanRegional(before?.word, word, after?.word, hasMarks) ? [token] : best(regional, ...beside, known)
}

/** Dialect words count only where the articles have the word that is meant. */
function regionalReadings(word: string, known: KnownWords): string[] | undefined {
  const regional = regionalWords.get(word)
  if (regional !== undefined) return regional
  const dialect = dialectWords.get(word)
  if (dialect !== undefined) return known.has(fold(dialect[0]!.split(' ')[0]!)) ? dialect : undefined
  const perhaps = perhapsDialect.get(word)
  return perhaps === undefined ? undefined : [word, ...perhaps]
}

const isOtherThanRegional = (before: string | undefined, word: string, after: string | undefined, hasMarks: boolean): boolean =>
  (word === 'chi' && !hasMarks) || (word === 'kiếm' && /^\d/.test(after ?? '')) || otherThanRegional.has(`${before} ${word}`) || otherThanRegional.has(`${word} ${after}`)

/** A neighbour as folded words, itself written out the usual way where it is short for something. */
function writtenOut(neighbour: Written | undefined): string[] {
  if (neighbour === undefined) return ['']
  const reading = neighbour.fromKeys ? undefined : (abbreviations.get(neighbour.word) ?? chatSpellings.get(neighbour.word))?.[0]
  return reading === undefined ? [neighbour.token.folded] : reading.split(' ').map((word) => asToken(word).folded)
}

/** About three in four syllables carry marks in careful Vietnamese; below this share they were typed by chance. */
const MARKED_SHARE = 0.2

interface Written { word: string; token: Token; fromKeys: boolean }

const rawWords = (text: string): string[] => clean(text).toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []

/** `quáááá` → `quá`; `lỗiiii` → `lỗi`; no vowel with marks stands twice (`khôông`). */
const calm = (word: string): string => word.replace(/(\p{L})\1{2,}/gu, '$1').replace(/([^\p{ASCII}đ])\1/gu, '$1')

/** `10tr` → 10 triệu; `500k` → 500 nghìn. */
function splitUnit(word: string): string[] {
  const found = /^(\d+)(tr|trieu|triệu|k|ng|tỷ|ty|đ|d)$/.exec(word)
  if (found === null) return [word]
  const unit = { tr: 'triệu', trieu: 'triệu', k: 'nghìn', ng: 'nghìn', ty: 'tỷ', đ: 'đồng', d: 'đồng' }[found[2]!] ?? found[2]!
  return [found[1]!, unit]
}

function keysUndone(word: string, vni: boolean, known: KnownWords): Written | null {
  if (readAsTyped(word, known)) return null
  const typed = undoTelex(word) ?? (vni ? undoVni(word) : null)
  return typed === null ? null : { word, token: tokenOf(typed), fromKeys: true }
}

const readAsTyped = (word: string, known: KnownWords): boolean => abbreviations.has(word) || chatSpellings.has(word) || known.has(asToken(word).folded)

/** The words of a language are few and taking one apart is the dear part, so they are kept. Words with digits are not: they may be somebody's. */
const tokens = new Map<string, Token>()
const KEPT = 20_000

/** One word of a text, lower case: no abbreviation or dialect is looked for. */
export function asToken(word: string): Token {
  const kept = tokens.get(word)
  if (kept !== undefined) return kept
  const token = tokenOf(takeApart(word))
  if (word.length > 12 || /\d/.test(word)) return token
  if (tokens.size >= KEPT) tokens.clear()
  tokens.set(word, token)
  return token
}

function tokenOf({ letters, tone }: Typed): Token {
  const same = letters.replace(/^(h|k|l|m|s|t)y$/, '$1i')
  return { marked: same + tone.replace('4', '3'), folded: fold(same) }
}

/** The reading that forms the most pairs with its neighbours; the first where none does. */
function best(readings: string[], before: string, after: string, known: KnownWords): Token[] {
  let chosen: Token[] = []
  let most = -1
  for (const reading of readings) {
    const tokens = reading.split(' ').map(asToken)
    const pairs = Number(known.pair(before, tokens[0]!.folded)) + Number(known.pair(tokens.at(-1)!.folded, after))
    if (pairs > most) [chosen, most] = [tokens, pairs]
  }
  return chosen
}

/**
 * A syllable that no article has, written as it is heard ("hồ xơ", "chực tuyến"): read as the word that the articles have
 * beside its neighbour. Of a number written out ("mức hai") only its place says that it is one. Null where nothing is to mend.
 */
function asHeard({ marked, folded }: Token, before: string, after: string, known: KnownWords): Token[] | null {
  const beside = (word: string): boolean => known.pair(before, word) || known.pair(word, after)
  const number = numberWords.get(folded)
  if (number !== undefined && known.pair(before, number) && !known.pair(before, folded) && !known.pair(folded, after)) return [asToken(number)]
  if (known.has(folded) ? isBare(marked) || known.hasMarked(marked) || beside(folded) : marked.startsWith('đ')) return null
  const meant = soundAlikes(marked).map(asMarked).find((token) => beside(token.folded))
  return meant === undefined ? null : [meant]
}

const asMarked = (marked: string): Token => ({ marked, folded: fold(marked.replace(/\d$/, '')) })

const numberWords: ReadonlyMap<string, string> = new Map([['mot', '1'], ['hai', '2']])

/** What cannot be a syllable and is not known: letters left out in haste are put back, joined words are split, a slip is mended where only one word is near. */
function mend(token: Token, before: string, after: string, known: KnownWords): Token[] {
  const word = token.folded
  if (/\d/.test(word) || known.has(word) || isFoldedSyllable(word)) return [token]
  const whole = wholeForms(word).filter((form) => known.has(form))
  const meant = whole.find((form) => known.pair(before, form) || known.pair(form, after)) ?? (whole.length === 1 ? whole[0]! : undefined)
  if (meant !== undefined) return [asToken(meant)]
  if (word.length < 4) return [token]
  const split = splitJoined(word, known)
  if (split !== null) return split.map(asToken)
  const near = known.nearest(word)
  return near === null ? [token] : [asToken(near)]
}

/** What a hasty spelling may stand for: `thog` → thong, `nhah` → nhanh, `fai` → phai, `zay` → day, `wa` → qua, `jo` → gio. */
const wholeForms = (word: string): string[] =>
  hasty.flatMap(([written, meant]) => (written.test(word) ? [word.replace(written, meant)] : [])).filter(isFoldedSyllable)
const hasty: readonly [RegExp, string][] = [[/(?<=[aeiouy])g$/, 'ng'], [/(?<=[aeiouy])h$/, 'nh'], [/^f/, 'ph'], [/^z/, 'd'], [/^z/, 'gi'], [/^w/, 'qu'], [/^j/, 'gi'], [/^k(?=[aou])/, 'c']]

/** `matkhau` → mật khẩu: two to four known words, each next to the other somewhere in the articles. */
function splitJoined(word: string, known: KnownWords, before: string | null = null, parts = 1): string[] | null {
  const fits = (part: string): boolean => known.has(part) && (before === null || known.pair(before, part))
  if (parts > 1 && fits(word)) return [word]
  if (parts === 4) return null
  for (let at = Math.min(6, word.length - 1); at >= 2; at--) {
    const part = word.slice(0, at)
    if (!isFoldedSyllable(part) || !fits(part)) continue
    const rest = splitJoined(word.slice(at), known, part, parts + 1)
    if (rest !== null) return [part, ...rest]
  }
  return null
}

/** What a bare word may be in dialect, as marked words. */
const dialectReadings: ReadonlyMap<string, readonly Reading[]> = readingsOf(regionalWords, dialectWords, perhapsDialect)

function readingsOf(...tables: readonly ReadonlyMap<string, readonly string[]>[]): ReadonlyMap<string, readonly Reading[]> {
  const readings = new Map<string, Reading[]>()
  tables.forEach((table, rarity) => table.forEach((meant, word) => {
    const folded = asToken(word).folded
    readings.set(folded, [...(readings.get(folded) ?? []), ...meant.filter((reading) => !reading.includes(' ')).map((reading) => ({ marked: asToken(reading).marked, rarity: seldomMeantBare.has(word) ? 2 : rarity }))])
  }))
  return readings
}
