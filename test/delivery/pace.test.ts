import { describe, expect, it } from 'vitest'
import { afterRefusal, calmAccount, free } from '../../src/delivery/pace.ts'

describe('an account that is refused', () => {
  it('waits as long as the platform says', () => {
    const pace = afterRefusal(calmAccount, 1_000, 8_000, 0)
    expect(free(pace, 0, 7_999, 10)).toBe(0)
    expect(free(pace, 0, 8_000, 10)).toBe(10)
  })

  it('else 1 s, doubling to 60 s, with jitter', () => {
    let pace = calmAccount
    let now = 0
    const waits: number[] = []
    for (let failure = 0; failure < 9; failure++) {
      pace = afterRefusal(pace, now, undefined, 0)
      waits.push(pace.waitUntil - now)
      now = pace.waitUntil
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1000))
    expect(afterRefusal(calmAccount, 0, undefined, 1).waitUntil).toBe(1_250)
  })

  it('after five failures in a row sends one probe at a time, else as many as are not under way', () => {
    let pace = calmAccount
    for (let failure = 0; failure < 5; failure++) pace = afterRefusal(pace, pace.waitUntil, undefined, 0)
    expect(free(pace, 0, pace.waitUntil, 256)).toBe(1)
    expect(free(pace, 1, pace.waitUntil, 256)).toBe(0)
    expect(free(calmAccount, 56, pace.waitUntil, 256)).toBe(200)
  })

  it('calls that were already under way do not lengthen the wait', () => {
    const waiting = afterRefusal(calmAccount, 0, undefined, 0)
    expect(afterRefusal(waiting, 10, undefined, 0)).toBe(waiting)
  })
})
