import { describe, expect, it } from 'vitest'
import { isOpen, opensAt, workingTime } from '../../src/conversation/hours.ts'
import { HOUR, MINUTE, vietnamMoment } from '../../src/core/time.ts'
import { sampleContent } from '../support/content.ts'

const hours = { ...sampleContent().province.hours, holidays: ['2026-11-24'] }
const at = (day: string, clock: string): number => vietnamMoment(day, Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)))

describe('duty hours', () => {
  it.each([
    ['2026-11-23', '07:29', false], ['2026-11-23', '07:30', true], ['2026-11-23', '11:30', false], ['2026-11-23', '13:30', true], ['2026-11-23', '17:00', false],
    ['2026-11-22', '09:00', false], ['2026-11-24', '09:00', false],
  ])('%s %s open: %s', (day, clock, open) => {
    expect(isOpen(hours, at(day, clock))).toBe(open)
  })

  it('opens again after lunch, after a holiday, after the weekend', () => {
    expect(opensAt(hours, at('2026-11-23', '12:00'))).toBe(at('2026-11-23', '13:30'))
    expect(opensAt(hours, at('2026-11-23', '18:00'))).toBe(at('2026-11-25', '07:30'))
    expect(opensAt(hours, at('2026-11-27', '17:00'))).toBe(at('2026-11-30', '07:30'))
    expect(opensAt(hours, at('2026-11-23', '08:00'))).toBe(at('2026-11-23', '08:00'))
    expect(opensAt({ weekly: {}, holidays: [] }, 0)).toBeNull()
  })

  it('working time leaves out lunch, nights and holidays', () => {
    expect(workingTime(hours, at('2026-11-23', '11:00'), at('2026-11-23', '14:00'))).toBe(60 * MINUTE)
    expect(workingTime(hours, at('2026-11-23', '16:30'), at('2026-11-25', '08:30'))).toBe(90 * MINUTE)
    expect(workingTime(hours, at('2026-11-21', '00:00'), at('2026-11-23', '00:00'))).toBe(0)
    expect(workingTime(hours, at('2026-11-23', '00:00'), at('2026-11-24', '00:00'))).toBe(7.5 * HOUR)
  })
})
