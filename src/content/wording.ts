import { fold } from '../core/text.ts'

/** How plainly a text is written. */

export const longestSentence = 30

/** Sentences of more than 30 words, each with how many it has. A placeholder counts as one word. */
export function longSentences(text: string): { sentence: string; words: number }[] {
  return text.normalize('NFC').split(/(?<=[.!?…]["”’)]*)\s+|\n+/u)
    .map((sentence) => ({ sentence: sentence.trim(), words: countWords(sentence) }))
    .filter(({ words }) => words > longestSentence)
}

/** Syllables, as Vietnamese is written; `01/7/2025`, `dichvucong.gov.vn` and `91/2025/QH15` are one each. */
const countWords = (text: string): number => text.match(/\{\{[^{}]*\}\}|[\p{L}\p{N}]+(?:[./:,@_-]+[\p{L}\p{N}]+)*/gu)?.length ?? 0

/** Short forms that need no explanation, because people say them rather than what they stand for. */
const knownToAll: ReadonlySet<string> = new Set([
  'CCCD', 'CMND', 'OTP', 'PIN', 'QR', 'ATM', 'SIM', 'SMS', 'BHYT', 'BHXH', 'UBND', 'TP', 'AI', 'PDF', 'USB', 'GPS', 'TV', 'VIP', 'ID',
  // CH Play; names of companies and stations; money; Roman numbers
  'CH', 'VNPT', 'FPT', 'EVN', 'VTV', 'VOV', 'VND', 'USD', 'II', 'III', 'IV', 'VI', 'VII', 'VIII', 'IX', 'XI', 'XII', 'XIII', 'XIV', 'XV', 'XX', 'XXI',
])

/**
 * Short forms in `text` that `whole` (the article, the flow) spells out nowhere: neither `OCOP (mỗi xã một sản phẩm)` nor
 * `mỗi xã một sản phẩm (OCOP)`, nor words beginning with those letters. Words in capitals for emphasis are none, and
 * neither are parts of document numbers.
 */
export function unexplained(text: string, whole: string): string[] {
  const found = text.replace(/\{\{[^{}]*\}\}/g, ' · ').matchAll(/(?<![\p{L}\p{N}/._&-])(?<!\p{Lu}{2} )[A-ZĐ]{2,7}(?![\p{L}\p{N}/_&-]|\.\p{L}| \p{Lu}{2})/gu)
  return [...new Set([...found].map(([form]) => form))].filter((form) => !knownToAll.has(form) && !isSpelledOut(form, whole))
}

function isSpelledOut(form: string, whole: string): boolean {
  const beside = new RegExp(String.raw`(?<![\p{L}\p{N}])${form}["”]? \((?:[^()\s]+ )+[^()]+\)|\p{L}+ \p{L}+ \(${form}\)|(?<![\p{L}\p{N}])${form}[,:]? (?:là|tức|nghĩa) `, 'u')
  // Two letters begin some pair of words in every text.
  return beside.test(whole) || (form.length > 2 && initialsOf(whole).includes(fold(form)))
}

/** `bảo hiểm xã hội` → `bhxh`; words of one line stand together. */
const initialsOf = (text: string): string =>
  text.split(/[.;:\n]/).map((part) => (fold(part).match(/[a-z]+/g) ?? []).map((word) => word[0]).join('')).join(' ')
