import { once } from '../core/once.ts'
import { remembered } from '../core/remembered-texts.ts'
import { clean } from '../core/text.ts'
import { otherThanRegional, regionalWords } from './dialect.ts'
import { wordsOfQuestion, type KnownWords, type Token } from './normalise.ts'
import { compilePattern } from './pattern-notation.ts'

export interface MessagePattern {
  /** The words that one of the patterns fits; null where none does. */
  in(text: PatternText): string | null
  /** The message with all such words replaced by a dot, which nothing fits. */
  cutFrom(text: PatternText): PatternText
}

/** A message prepared for patterns: chat spellings and keys undone, each word after one space, one space at the end. */
export type PatternText = string & { readonly prepared: unique symbol }

/**
 * Patterns over whole words in plain Vietnamese, with `( | )`, `?`, `^`, `$` and `…` for up to four words in between:
 * `(nhà|bếp) … cháy`. A word with marks fits the same word with marks (wherever the tone mark stands; hỏi and ngã are
 * one tone, half the country writes one for the other) or typed without any: `chay` fits `cháy`, `chạy` does not. One
 * in `«»` fits only with its marks.
 */
export function anyOf(...patterns: string[]): MessagePattern {
  const index = once(() => indexOf([patterns]))
  return {
    in(text) {
      for (const { one } of index().worthTrying(text)) {
        const found = one.exec(text)
        if (found !== null) return found[0].trim()
      }
      return null
    },
    cutFrom: (text) => index().worthTrying(text).reduce<string>((rest, { source }) => rest.replace(new RegExp(source, 'gu'), ' ·'), text) as PatternText,
  }
}

/** Several lists of patterns looked up in one go: `in` gives the numbers of the lists that fit. */
export function listsOf(lists: readonly (readonly string[])[]): { in(text: PatternText): ReadonlySet<number> } {
  const index = once(() => indexOf(lists))
  return {
    in(text) {
      const found = new Set<number>()
      for (const { list, one } of index().worthTrying(text)) if (!found.has(list) && one.test(text)) found.add(list)
      return found
    },
  }
}

/** The first 2,000 characters count. */
export const preparedForPatterns = (message: string): PatternText => prepared(typedIn(message))

/** The same of the words that `meant` makes of those typed: where more spellings are undone than is right for every list. */
export const preparedAsMeant = (message: string, meant: (said: readonly string[]) => readonly string[]): PatternText => prepared(meant(typedIn(message)))

const typedIn = (message: string): readonly string[] => clean(message.slice(0, 2_000)).toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []

function prepared(said: readonly string[]): PatternText {
  const words = said.map((word) => sureDialect.get(word) ?? word)
  const tokens = words.every((word, at) => standsAlone(words[at - 1], word, words[at + 1])) ? words.flatMap((word) => readAlone(word)) : read(words.join(' '))
  return `${tokens.map((token) => ` ${token}`).join('')} ` as PatternText
}

/** Who, which part and what is done, as some regions say it, with marks: never anything else. */
const sureDialect: ReadonlyMap<string, string> = new Map([
  ['rớt', 'rơi'], ['giựt', 'giật'], ['oánh', 'đánh'], ['uýnh', 'đánh'], ['gấy', 'vợ'], ['dợ', 'vợ'], ['nhông', 'chồng'], ['eng', 'anh'], ['mạ', 'mẹ'], ['mế', 'mẹ'], ['tía', 'bố'],
  ['hắn', 'nó'], ['hấn', 'nó'], ['nác', 'nước'], ['đàng', 'đường'], ['trốc', 'đầu'], ['chưn', 'chân'],
])

interface Indexed { list: number; one: RegExp; source: string }

/** Many patterns stand in several lists. */
const compiledPatterns = new Map<string, { source: string; keys: readonly string[]; one: RegExp }>()

function compiled(pattern: string): { source: string; keys: readonly string[]; one: RegExp } {
  const known = compiledPatterns.get(pattern)
  if (known !== undefined) return known
  const { source, keys } = compilePattern(pattern)
  const made = { source, keys, one: new RegExp(source, 'u') }
  compiledPatterns.set(pattern, made)
  return made
}

/**
 * Only patterns one of whose keys stands in the message are tried, so a long list costs an ordinary message next to nothing.
 * Thousands of patterns take longer to compile than a server to begin to listen, so it is made when first used: see `warmUp`.
 */
function indexOf(lists: readonly (readonly string[])[]): { worthTrying(text: PatternText): readonly Indexed[] } {
  const indexed: Indexed[] = []
  const byKey = new Map<string, number[]>()
  lists.forEach((patterns, list) => patterns.forEach((pattern) => {
    const { source, keys, one } = compiled(pattern)
    for (const key of new Set(keys)) {
      const at = byKey.get(key)
      if (at === undefined) byKey.set(key, [indexed.length])
      else at.push(indexed.length)
    }
    indexed.push({ list, source, one })
  }))
  return {
    worthTrying(text) {
      const found = new Set<number>()
      for (const key of keysIn(text)) {
        const at = byKey.get(key)
        if (at !== undefined) for (const number of at) found.add(number)
      }
      return found.size === 0 ? none : [...found].sort((a, b) => a - b).map((at) => indexed[at]!)
    },
  }
}

const none: readonly Indexed[] = []

/** One message meets many patterns in a row. */
let last: { text: string; keys: readonly string[] } = { text: '', keys: [] }

function keysIn(text: PatternText): readonly string[] {
  if (last.text === text) return last.keys
  const words = text.trim().split(' ')
  const keys = words.slice(0)
  for (let at = 1; at < words.length; at++) keys.push(`${words[at - 1]} ${words[at]}`)
  last = { text, keys }
  return keys
}

const read = (written: string): string[] => wordsOfQuestion(written, familyWords).tokens.map(compared)

/** Whether a word is read the same whatever stands beside it. */
function standsAlone(before: string | undefined, word: string, after: string | undefined): boolean {
  if (word === 'ck' || word === 'chi' || (/\d/.test(word) && /\p{L}/u.test(word))) return false
  return !regionalWords.has(word) || !(otherThanRegional.has(`${before} ${word}`) || otherThanRegional.has(`${word} ${after}`))
}

/** Reading is the dear part, and the words of a language are few. */
const readAlone = remembered((word): readonly string[] => read(word), (word) => !/\d/.test(word), 20_000)

const compared = ({ marked }: Token): string => marked.replace(/(?<=\p{L})4$/u, '3')

/** Enough to read `ck đánh` as chồng and not as chuyển khoản. */
const pairs = new Set(['danh', 'em', 'e', 'toi', 'dap', 'cam', 'doa', 'bop', 'nguoc'].map((word) => `chong ${word}`).concat('bi chong', 'thang chong', 'voi chong'))
const familyWords: KnownWords = { has: () => false, hasMarked: () => true, pair: (first, second) => pairs.has(`${first} ${second}`), nearest: () => null, putMarks: null }
