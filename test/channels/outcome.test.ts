import { describe, expect, it } from 'vitest'
import { outcomeOfStatus, throttledBy } from '../../src/channels/outcome.ts'
import { DAY } from '../../src/core/time.ts'

describe('how long a platform tells us to wait', () => {
  it.each<[string | number | undefined, number | undefined]>([
    [7, 7_000], ['7', 7_000], ['0.5', 500], [1.00049, 1_001],
    [0, undefined], ['', undefined], ['-3', undefined], ['Sun, 22 Nov 2026 07:00:00 GMT', undefined], [undefined, undefined],
    ['86400', DAY], ['86401', DAY], ['99999999999999', DAY], ['1e999', DAY], ['Infinity', DAY],
  ])('%j: whole milliseconds, a day at most: %s', (seconds, retryAfter) => {
    expect(throttledBy(seconds)).toEqual({ kind: 'throttled', ...(retryAfter !== undefined && { retryAfter }) })
  })

  it('is the same from a gateway', () => {
    expect(outcomeOfStatus({ status: 429, headers: { 'retry-after': '1e999' } })).toEqual({ kind: 'throttled', retryAfter: DAY })
  })
})
