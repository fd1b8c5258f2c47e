import { describe, expect, it } from 'vitest'
import { createDoor, type Door } from '../../src/node/door.ts'

/** A door with a clock that is turned by hand. */
function doorAndClock(): { door: Door<null>; strike: () => void; timers: Set<() => void> } {
  const timers = new Set<() => void>()
  const door = createDoor<null>((_, work) => {
    timers.add(work)
    return () => void timers.delete(work)
  })
  return { door, timers, strike: () => [...timers].forEach((work) => work()) }
}

const ask = async (door: Door<null>, path: string): Promise<Response> => door.answer(new Request(`http://here/${path}`), null)
const told = (response: Response): (string | number | null)[] => [response.status, response.headers.get('retry-after')]

describe('what comes before the program can answer', () => {
  it('waits, goes in in order, and later requests do not wait', async () => {
    const { door, timers } = doorAndClock()
    const order: string[] = []
    const asked = ['a', 'b', 'c'].map((path) => ask(door, path))
    door.open((request) => {
      order.push(new URL(request.url).pathname)
      return new Response('here')
    })
    for (const response of await Promise.all(asked)) expect(await response.text()).toBe('here')
    expect(await (await ask(door, 'd')).text()).toBe('here')
    expect(order).toEqual(['/a', '/b', '/c', '/d'])
    expect(timers.size).toBe(0)
  })

  it('is told to come again before its platform gives up', async () => {
    const { door, strike, timers } = doorAndClock()
    const asked = [ask(door, 'a'), ask(door, 'b')]
    strike()
    for (const response of await Promise.all(asked)) expect(told(response)).toEqual([503, '1'])
    expect(timers.size).toBe(0)
    door.open(() => new Response('here'))
    expect((await ask(door, 'c')).status).toBe(200)
  })

  it('is told so at once where too many wait, and where the start has failed', async () => {
    const { door } = doorAndClock()
    const waiting = Array.from({ length: 1_000 }, () => ask(door, 'a'))
    expect(told(await ask(door, 'b'))).toEqual([503, '1'])
    door.shut()
    for (const response of await Promise.all(waiting)) expect(told(response)).toEqual([503, '1'])
    expect(told(await ask(door, 'c'))).toEqual([503, '1'])
    door.shut()
  })
})
