import { clean, fold } from '../core/text.ts'
import { wordsOfQuestion, type KnownWords } from './normalise.ts'
import { takeApart } from './syllable.ts'

export interface MessagePattern {
  /** The words that one of the patterns fits; null where none does. */
  in(text: PatternText): string | null
  /** The message with all such words replaced by a dot, which nothing fits. */
  cutFrom(text: PatternText): PatternText
}

/** A message prepared for patterns: chat spellings and keys undone, each word after one space, one space at the end. */
export type PatternText = string & { readonly prepared: unique symbol }

/** The first 2,000 characters count. */
export function preparedForPatterns(text: string): PatternText {
  const { tokens } = wordsOfQuestion(clean(text).slice(0, 2_000), familyWords)
  return `${tokens.map((token) => ` ${token.marked}`).join('')} ` as PatternText
}

/**
 * Patterns over whole words in plain Vietnamese, with `( | )`, `?`, `^`, `$` and `…` for up to four words in between:
 * `(nhà|bếp) … cháy`. A word with marks fits the same word with marks (wherever the tone mark stands) or typed without
 * any: `chay` fits `cháy`, `chạy` does not. One in `«»` fits only with its marks.
 */
export function anyOf(...patterns: string[]): MessagePattern {
  const sources = patterns.map(compile)
  const compiled = sources.map((source) => new RegExp(source, 'u'))
  const everywhere = sources.map((source) => new RegExp(source, 'gu'))
  return {
    in(text) {
      for (const pattern of compiled) {
        const found = pattern.exec(text)
        if (found !== null) return found[0].trim()
      }
      return null
    },
    cutFrom: (text) => everywhere.reduce<string>((rest, pattern) => rest.replace(pattern, ' ·'), text) as PatternText,
  }
}

const compile = (pattern: string): string => pattern.replace(/«([^»]+)»|[\p{L}\p{M}\p{N}]+|…|\$|\(|\s+/gu, (part, onlyMarked?: string) => {
  if (onlyMarked !== undefined) return onlyMarked.split(' ').map((word) => ` ${markedForm(word)}(?= )`).join('')
  if (part === '…') return '(?: [^ ]+){0,4}'
  if (part === '$') return ' $'
  if (part === '(') return '(?:'
  if (part.trim() === '') return ''
  const marked = markedForm(part)
  const bare = fold(part) === part ? marked : fold(marked).replace(/(?<=\p{L})\d$/u, '')
  return marked === bare ? `(?: ${marked}(?= ))` : `(?: (?:${marked}|${bare})(?= ))`
})

function markedForm(word: string): string {
  const { letters, tone } = takeApart(word)
  return letters.replace(/^(h|k|l|m|s|t)y$/, '$1i') + tone
}

/** Enough to read `ck đánh` as chồng and not as chuyển khoản. */
const pairs = new Set(['danh', 'em', 'e', 'toi', 'dap', 'cam', 'doa', 'bop', 'nguoc'].map((word) => `chong ${word}`).concat('bi chong', 'thang chong', 'voi chong'))
const familyWords: KnownWords = { has: () => false, pair: (first, second) => pairs.has(`${first} ${second}`), nearest: () => null }
