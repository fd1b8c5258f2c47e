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
  'CCCD', 'CMND', 'OTP', 'PIN', 'QR', 'ATM', 'SIM', 'SMS', 'BHYT', 'BHXH', 'UBND', 'HĐND', 'TP', 'HCM', 'AI', 'PDF', 'USB', 'GPS', 'TV', 'VIP', 'ID',
  // Titles before names, and what stands before a colon
  'BS', 'TS', 'GS', 'PGS', 'BSCKI', 'BSCKII', 'ĐT', 'SĐT', 'VD', 'THCS', 'THPT', 'TNHH', 'SOS', 'FM',
  // Told as left over
  'TODO', 'TBD', 'FIXME', 'XXX',
  // CH Play; names of companies and stations; money
  'CH', 'VNPT', 'FPT', 'EVN', 'VTV', 'VOV', 'VND', 'USD',
])

/**
 * Short forms in `text` that `whole` (the article, the flow) explains nowhere: neither `OCOP (mỗi xã một sản phẩm)` nor
 * `mỗi xã một sản phẩm (OCOP)`. Words in capitals for emphasis are none, nor what is to be typed into a text message
 * (`soạn DK DNC gửi 5656`, `nội dung: HOCPHI`), the beginning of a code (`PAKN…`) and parts of document numbers.
 */
export function unexplained(text: string, whole: string): string[] {
  const shown = text.replace(/\{\{[^{}]*\}\}/g, ' · ')
  const found = [...shown.matchAll(capitals)].flatMap(({ 0: group, index }) => formsIn(group, isShouted(shown, index, group)))
  if (found.length === 0) return []
  const typed = new Set([...whole.matchAll(/(?<=soạn(?: tin)?(?: nhắn)?:? )[^.;\n]*?(?= gửi)|(?<=nội dung(?: chuyển (?:khoản|tiền))?: )[^.;,\n]*/giu)].flatMap(([message]) => message.split(/[^\p{L}]+/u)))
  const isKnown = (form: string): boolean => typed.has(form) || isExplained(form, whole)
  const unknown = found.flatMap((form) => (isKnown(form) ? [] : [form.split(' ').filter((one) => !isKnown(one)).join(' ')]))
  return [...new Set(unknown)].filter((form) => form !== '')
}

const capitals = /(?<![\p{L}\p{N}/._&-])[A-ZĐ]{2,10}(?:[ &-][A-ZĐ]{2,10})*(?![\p{L}\p{N}/_&…-]|\.\p{L}| (?:số )?\d+\/)/gu

/** Words in capitals beside it: "GỌI NGAY". */
const isShouted = (text: string, at: number, group: string): boolean => group.includes(' ') || /\p{Lu}{2} $/u.test(text.slice(0, at)) || /^ \p{Lu}{2}/u.test(text.slice(at + group.length))

/** Every syllable has a vowel: without one it is a short form, whatever stands beside it. */
const isSyllable = (word: string): boolean => /[AEIOUY]/.test(word)

/** Short forms that stand together are one: `CSDL QG`. */
const formsIn = (group: string, shouted: boolean): string[] =>
  group.split(' ').map((word) => (shouted && isSyllable(word) && !/[&-]/.test(word) ? '' : word)).join(' ').split(/ {2,}/).map((form) => form.trim()).filter((form) => form !== '')

const isRoman = (form: string): boolean => /^(?=.)X{0,3}(?:IX|IV|V?I{0,3})$/.test(form)

const isExplained = (form: string, whole: string): boolean =>
  knownToAll.has(form) || isRoman(form) || new RegExp(String.raw`(?<![\p{L}\p{N}])${form}["”]? \((?:[^()\s]+ )+[^()]+\)|\p{L}+ \p{L}+ \(${form}\)|(?<![\p{L}\p{N}])${form}[,:]? (?:là|tức|nghĩa) `, 'u').test(whole)
