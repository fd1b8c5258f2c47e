import { RE2JS } from 're2js'
import { remembered } from '../core/remembered-texts.ts'
import type { Matcher } from './flow.ts'
import { saidPart } from './said.ts'

/** Longest expression staff may write, in characters. */
export const longestPattern = 200

/**
 * An RE2 expression as a matcher: linear time whatever it and the text are. Throws an `Error` with RE2's own (English)
 * reason when it does not compile. A match gives its named groups, empty where a group took no part.
 * Remembered: compiling is what reading a flow costs most, and every saved file has all flows read again.
 */
export const compilePattern = remembered(compile, () => true, 1_000)

type CompiledPattern = Extract<Matcher, { pattern: string }>

function compile(pattern: string): CompiledPattern {
  const expression = RE2JS.compile(pattern.normalize('NFC'), RE2JS.CASE_INSENSITIVE)
  return {
    pattern,
    test(text) {
      // Not `test`, which builds an automaton and keeps it: as fast in the long run, at 20 MB for the seventy patterns of our flows.
      const groups = expression.matcher(saidPart(text))
      if (!groups.find()) return null
      return Object.fromEntries(Object.keys(expression.namedGroups()).map((name) => [name, groups.group(name) ?? '']))
    },
  }
}

/** RE2's reasons, for staff. */
const reasons: readonly [english: string, vietnamese: string][] = [
  ['missing closing )', 'thiếu dấu đóng )'],
  ['unexpected )', 'thừa dấu đóng )'],
  ['missing closing ]', 'thiếu dấu đóng ]'],
  ['invalid or unsupported Perl syntax', 'máy không hiểu dấu này'],
  ['missing argument to repetition operator', 'trước dấu lặp * + ? { } không có gì để lặp'],
  ['invalid nested repetition operator', 'hai dấu lặp liền nhau'],
  ['invalid repeat count', 'số lần lặp không hợp lệ hoặc quá lớn'],
  ['expression too large', 'mẫu quá lớn khi khai triển'],
  ['expression nests too deeply', 'quá nhiều ngoặc lồng nhau'],
  ['invalid escape sequence', 'ký tự sau dấu \\ không có nghĩa'],
  ['trailing backslash at end of expression', 'mẫu kết thúc bằng dấu \\'],
  ['invalid character class range', 'khoảng trong [ ] không hợp lệ'],
  ['invalid named capture', 'tên nhóm (?P<…>) viết sai'],
  ['duplicate capture group name', 'hai nhóm trùng tên'],
]

/** Why an expression cannot be used, in Vietnamese with the piece at fault; null when it can. */
export function whyNotCompiled(pattern: string): string | null {
  try {
    compilePattern(pattern)
    return null
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error)
    const piece = /`(?:\(\?i\))?(.*)`/s.exec(told)?.[1] ?? pattern
    return `${reasons.find(([english]) => told.includes(english))?.[1] ?? 'cú pháp sai'}: ${piece}`
  }
}
