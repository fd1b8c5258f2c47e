/** What is wrong in a file that people write, and what to do about it, in Vietnamese. */
export interface Problem {
  file: string
  /** From 1. */
  line: number
  column: number
  /** An error has to be mended; a warning is worth a look. */
  severity: 'error' | 'warning'
  /** What is wrong. */
  what: string
  /** What to do. */
  todo: string
  /** What makes this and others like it at once, as `phone:113`; left out where the mistake is only here. */
  cause?: string
}

/** A place in a file, both from 1. */
export interface Position { line: number; column: number }

export const fileStart: Position = { line: 1, column: 1 }

export const isError = (problem: Problem): boolean => problem.severity === 'error'

/** In the order a person mends them: by file, then from top to bottom. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column)
}

/** One line each: `flows/main.yaml:7:5: what → what to do`. Warnings say so. */
export function formatProblems(problems: readonly Problem[]): string[] {
  return sortProblems(problems).map(({ file, line, column, severity, what, todo }) =>
    `${file}:${line}:${column}: ${severity === 'warning' ? 'lưu ý: ' : ''}${what} → ${todo}`)
}

/** The word of `known` most like `word`, for "did you mean"; null when none is near. */
export function nearest(word: string, known: Iterable<string>): string | null {
  let best: string | null = null
  let fewest = Math.max(2, Math.floor(word.length / 4)) + 1
  for (const candidate of known) {
    const edits = distance(word.toLowerCase(), candidate.toLowerCase())
    if (edits < fewest) [best, fewest] = [candidate, edits]
  }
  return best
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    }
    row = next
  }
  return row[b.length]!
}
