/** What is wrong in a file that people write, and what to do about it, in Vietnamese. */
export interface Problem {
  file: string
  /** From 1. */
  line: number
  column: number
  severity: 'error' | 'warning'
  /** What is wrong. */
  what: string
  /** What to do. */
  todo: string
}
