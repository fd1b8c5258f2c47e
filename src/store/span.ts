import { dayAfter } from '../core/time.ts'

/** The first and the last day (both included) of a day (`2026-11-21`) or a month (`2026-11`), as allowances are counted. */
export function spanOf(span: string): { from: string; to: string } {
  if (span.length === 10) return { from: span, to: span }
  const [year, month] = span.split('-').map(Number)
  const next = `${month === 12 ? year! + 1 : year}-${String(month === 12 ? 1 : month! + 1).padStart(2, '0')}-01`
  return { from: `${span}-01`, to: dayAfter(next, -1) }
}
