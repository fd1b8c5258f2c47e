import { describe, expect, it } from 'vitest'
import { afterRefusal, afterSuccess, announcementsWait, calmAccount, free } from '../../src/delivery/pace.ts'

describe('an account that is refused', () => {
  it('waits as long as the platform says', () => {
    const pace = afterRefusal(calmAccount, 1_000, 8_000, 0)
    expect(free(pace, 0, 7_999, 10)).toBe(0)
    expect(free(pace, 0, 8_000, 10)).toBe(10)
    const told = afterRefusal(pace, 1_500, 3_000, 0)
    expect(free(told, 0, 7_999, 10), 'and no shorter for what another call was told').toBe(0)
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

  it('a call that was already under way and goes well ends no wait that the platform named', () => {
    const told = afterSuccess(afterRefusal(calmAccount, 1_000, 31_000, 0), 2_000)
    expect(free(told, 0, 30_999, 10)).toBe(0)
    expect(free(told, 0, 31_000, 10)).toBe(10)
    expect(afterSuccess(told, 31_000)).toBe(calmAccount)
    expect(afterSuccess(afterRefusal(calmAccount, 1_000, undefined, 0), 1_500)).toBe(calmAccount)
  })

  it('a clock put back two hours ends the wait, and the next refusal begins a new one', () => {
    const now = 10_000_000
    const set = afterRefusal(calmAccount, now, now + 60_000, 0)
    const earlier = now - 7_200_000
    expect(free(set, 0, earlier, 10)).toBe(10)
    expect(free(set, 0, now - 500, 10)).toBe(0)
    expect(afterRefusal(set, earlier, undefined, 0)).toMatchObject({ since: earlier, waitUntil: earlier + 2_000 })
  })
})

it.each([
  [0.74, 'campaign', null], [0.75, 'campaign', 1_000], [0.89, 'campaign', 1_000], [0.9, 'campaign', 300_000], [1.2, 'campaign', 300_000],
  [0.89, 'reply', null], [0.9, 'reply', 300_000], [0.89, 'staff', null],
] as const)('with %f of a platform’s limits used, an answer to a %s holds announcements for %o ms', (used, origin, wait) => {
  expect(announcementsWait(used, origin)).toBe(wait)
})
