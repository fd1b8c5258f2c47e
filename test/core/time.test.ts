import { describe, expect, it } from 'vitest'
import { dayAfter, dayName, dayNumber, daysBetween, eachDay, showDay } from '../../src/core/time.ts'
import { spanOf } from '../../src/store/span.ts'

describe('calendar days', () => {
  it.each([
    ['2026-11-21', 1, '2026-11-22'], ['2026-12-31', 1, '2027-01-01'], ['2028-02-28', 1, '2028-02-29'], ['2027-02-28', 1, '2027-03-01'], ['2026-03-01', -1, '2026-02-28'], ['2026-11-21', 0, '2026-11-21'],
    ['2026-01-01', 365, '2027-01-01'], ['1970-01-01', -1, '1969-12-31'],
  ])('%s and %i days is %s, and back', (day, days, after) => {
    expect(dayAfter(day, days)).toBe(after)
    expect(daysBetween(day, after)).toBe(days)
    expect(daysBetween(after, day)).toBe(0 - days)
    expect(dayName(dayNumber(after))).toBe(after)
  })

  it.each([['2026-11-21', '21/11/2026'], ['2026-11', '11/2026'], ['2026', '2026']])('%s is told as %s', (day, told) => expect(showDay(day)).toBe(told))

  it.each([
    ['2026-11-21', '2026-11-21', '2026-11-21'], ['2026-11', '2026-11-01', '2026-11-30'], ['2026-12', '2026-12-01', '2026-12-31'], ['2028-02', '2028-02-01', '2028-02-29'],
  ])('an allowance of %s is counted from %s to %s', (span, from, to) => expect(spanOf(span)).toEqual({ from, to }))
  it('a stretch holds both its ends, over the end of a month', () => {
    expect(eachDay('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01'])
    expect([eachDay('2026-10-10', '2026-10-10'), eachDay('2026-10-11', '2026-10-10')]).toEqual([['2026-10-10'], []])
  })
})
