import { beforeEach, describe, expect, it } from 'vitest'
import { HOUR, MINUTE, SECOND } from '../../src/core/time.ts'
import { createStoreClock, type StoreClock } from '../../src/server/store-clock.ts'
import { StoreUnavailable } from '../../src/store/ports.ts'
import { T } from '../support/store-fixtures.ts'

/** How far the machine's own time is from that of the store; how much both have gone on; for how long its steady clock stood still. */
let [set, gone, slept] = [0, 0, 0]
/** How long a question takes to the store, and its answer back. */
let [there, back] = [0, 0]
let asked = 0
let reachable = true
let clock: StoreClock
const steady = (): number => 5_000.25 + gone - slept
const wall = (): number => T + gone + set
const clockAhead = async (now: number): Promise<number> => {
  asked++
  if (!reachable) throw new StoreUnavailable('gone')
  gone += there
  const ahead = T + gone - now
  gone += back
  return ahead
}
beforeEach(async () => {
  [set, gone, slept, there, back, asked, reachable] = [3 * HOUR, 0, 0, 0, 0, 0, true]
  clock = createStoreClock({ clockAhead }, { wall, steady })
  await clock.read()
})
const off = (): number => clock.now() - (T + gone)
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('the time of a server on a shared store', () => {
  it('is the store’s, whatever the machine says', () => {
    gone += MINUTE
    expect(Math.abs(off())).toBeLessThanOrEqual(1)
    expect(Number.isInteger(clock.now())).toBe(true)
  })

  it.each([['forward', 10 * MINUTE], ['back', -10 * MINUTE]])('stays where it is when the machine’s clock is put %s', async (_, by) => {
    set += by
    expect(Math.abs(off())).toBeLessThanOrEqual(1)
    await settled()
    gone += SECOND
    expect(Math.abs(off())).toBeLessThanOrEqual(1)
    expect(asked).toBe(2)
  })

  it('is right again as soon as the store answers a machine that slept', async () => {
    gone += 10 * MINUTE
    slept += 10 * MINUTE
    expect(off()).toBeLessThan(-9 * MINUTE)
    await settled()
    expect(Math.abs(off())).toBeLessThanOrEqual(1)
  })

  it('is not led astray by an answer that took long', async () => {
    there = 8 * SECOND
    await clock.read()
    expect(Math.abs(off())).toBeLessThanOrEqual(1)
    ;[there, back] = [0, 8 * SECOND]
    await clock.read()
    expect(Math.abs(off())).toBeLessThanOrEqual(1)
  })

  it('goes on where the store cannot be asked', async () => {
    reachable = false
    await expect(clock.read()).rejects.toThrow(StoreUnavailable)
    gone += MINUTE
    expect(Math.abs(off())).toBeLessThanOrEqual(1)
    set += HOUR
    expect(Math.abs(off())).toBeLessThanOrEqual(1)
    await settled()
  })
})

it('the time of a server on a store of its own is the machine’s', async () => {
  const own = createStoreClock({}, { wall, steady })
  await own.read()
  set += 10 * MINUTE
  expect(own.now()).toBe(wall())
})
