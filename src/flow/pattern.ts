import { RE2JS } from 're2js'
import type { Matcher } from './flow.ts'
import { saidPart } from './said.ts'

/** Longest expression staff may write, in characters. */
export const longestPattern = 200

/**
 * An RE2 expression as a matcher: linear time whatever it and the text are. Throws an `Error` with RE2's own (English)
 * reason when it does not compile. A match gives its named groups, empty where a group took no part.
 */
export function compilePattern(pattern: string): Extract<Matcher, { pattern: string }> {
  const expression = RE2JS.compile(pattern.normalize('NFC'), RE2JS.CASE_INSENSITIVE)
  return {
    pattern,
    test(text) {
      const head = saidPart(text)
      if (!expression.test(head)) return null
      const groups = expression.matcher(head)
      if (!groups.find()) return null
      return Object.fromEntries(Object.keys(expression.namedGroups()).map((name) => [name, groups.group(name) ?? '']))
    },
  }
}
