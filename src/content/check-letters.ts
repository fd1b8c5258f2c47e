import type { Problem } from '../core/problem.ts'
import { readable, type TextFile } from './files.ts'

/**
 * Letters that a text should not hold: those nobody sees, and those that an old typeface
 * or another alphabet put in the place of ours.
 */
export const checkLetters = (files: readonly TextFile[]): Problem[] =>
  files.map(readable).flatMap((file) => file.text.normalize('NFC').split('\n').flatMap((line, index) => {
    const broken = oldTypeface(file, line, index)
    return broken.length > 0 ? broken : [...asked(file, line, index), ...unseen(file, line, index), ...foreign(file, line, index)]
  }))

/** Zero-width letters, soft hyphens, marks of writing direction. Between the parts of one emoji they belong there. */
const unseenLetters = String.raw`[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]`
const unseenInText = new RegExp(String.raw`(?<!\p{Extended_Pictographic}\ufe0f?|\p{Emoji_Modifier})${unseenLetters}+|${unseenLetters}{2,}`, 'u')

/** The text as it looks: links, numbers and names are judged by what is seen. */
export const withoutUnseen = (text: string): string => text.replace(new RegExp(unseenInText, 'gu'), '')

function unseen({ file }: TextFile, line: string, index: number): Problem[] {
  const found = unseenInText.exec(line)
  if (found === null) return []
  const before = /\S*$/u.exec(line.slice(0, found.index))![0]
  const after = /^\S*/u.exec(line.slice(found.index + found[0].length))![0]
  return [{
    file, line: index + 1, column: found.index + 1, severity: 'error',
    what: `có ký tự không nhìn thấy được trong “${withoutUnseen(before + after) || '…'}”`, todo: 'xóa cả chữ ấy rồi gõ lại bằng tay (chữ chép từ trang khác hay mang theo ký tự này)',
  }]
}

/** Saved in an encoding without them, letters become question marks: "Th? t?c". Addresses and patterns have theirs. */
function asked({ file }: TextFile, line: string, index: number): Problem[] {
  const found = /pattern:/.test(line) ? null : /(?<=\p{L})\?(?=\p{Ll})/u.exec(line.replace(/\S*[/.=]\S*/gu, (address) => ' '.repeat(address.length)))
  if (found === null) return []
  const from = found.index - /\S*$/u.exec(line.slice(0, found.index))![0].length
  return [{
    file, line: index + 1, column: from + 1, severity: 'error',
    what: `dấu hỏi nằm giữa chữ (“${/^\S*/u.exec(line.slice(from))![0]}”): chữ có dấu bị mất khi lưu, hoặc thiếu dấu cách`, todo: 'gõ lại chữ ấy và lưu với bảng mã UTF-8; nếu là dấu hỏi cuối câu thì thêm dấu cách sau nó',
  }]
}

/** Letters of other alphabets that look like ours: with them a word is another word for search and for links. */
function foreign({ file }: TextFile, line: string, index: number): Problem[] {
  const found = /[ÐðƉɖ]|\p{Script=Cyrillic}|\p{Script=Greek}/u.exec(line)
  if (found === null) return []
  const word = `${/[\p{L}\p{N}]*$/u.exec(line.slice(0, found.index))![0]}${/^[\p{L}\p{N}]*/u.exec(line.slice(found.index))![0]}`
  return [{
    file, line: index + 1, column: found.index + 1, severity: 'error',
    what: `chữ “${found[0]}” trong “${word}” không phải chữ tiếng Việt, chỉ trông giống`, todo: 'xóa chữ ấy rồi gõ lại bằng bộ gõ tiếng Việt',
  }]
}

/** Letters that Vietnamese does not have, or signs where a letter should be: what TCVN3 and VNI texts, or broken UTF-8, look like. */
const strangeLetter = /[ÆÇËÎÏÑÖØÛÜÞßÄÅäåæçëîïñöøûüþÿ]|[¡-©«¬®-±µ¶¸¹¼-¾](?=\p{L})|(?<=\p{L})[¡-§©¬®µ¶¸¹¼-¾](?=\p{L}|\s|$)|[ÃÂ][\u0080-\u00bf]|á[º»]|(?<=\p{Ll})(?![A-Z])\p{Lu}/gu
/** Vowels that never stand side by side: VNI writes the marks of a vowel as a second letter. */
const strangePair = /a[âêùõ]|e[âùõ]|o[âùõ]|y[ùõ]|(?<!q)uõ/giu

/** Such letters here and there are names from elsewhere; two in a word, or in every third word, are a typeface. */
function oldTypeface({ file }: TextFile, line: string, index: number): Problem[] {
  const found = [...line.matchAll(strangeLetter), ...line.matchAll(strangePair)].sort((a, b) => a.index - b.index)
  const [first] = found
  const words = line.match(/\S*[\p{L}\u00a1-\u00bf]\S*/gu) ?? []
  const strange = words.map((word) => (word.match(strangeLetter)?.length ?? 0) + (word.match(strangePair)?.length ?? 0)).filter((signs) => signs > 0)
  if (found.length < 2 || (Math.max(...strange, 0) < 2 && 3 * strange.length < words.length)) return []
  const from = first!.index - /[^\s"'“(]*$/u.exec(line.slice(0, first!.index))![0].length
  return [{
    file, line: index + 1, column: from + 1, severity: 'error',
    what: `chữ ở đây bị vỡ (“${/^\S*(?:\s\S+)?/u.exec(line.slice(from))![0]}”): gõ bằng bảng mã cũ TCVN3, VNI, hoặc lưu sai bảng mã`, todo: 'chọn bảng mã Unicode trong bộ gõ rồi gõ lại, hoặc nhờ chuyển cả tệp sang Unicode',
  }]
}
