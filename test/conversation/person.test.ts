import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hasLapsed } from '../../src/conversation/person.ts'
import { sampleContent } from '../support/content.ts'
import { DAY, HOUR, MINUTE, SECOND, World } from '../support/world.ts'

let world: World
beforeEach(async () => {
  world = await World.open(sampleContent())
})
afterEach(() => world.close())

const alerts = (): string[] => world.alerts.map(({ kind }) => kind).filter((kind) => kind.startsWith('handover'))
const open = () => world.store.listHandovers({ open: true, limit: 10 })
const lastTold = (): string => world.channels.zalo.textsTo('lan').at(-1)!

async function asks(): Promise<void> {
  await world.hears('lan', 'gặp cán bộ')
  await world.pass(10 * SECOND)
}

describe('a request that is taken back', () => {
  it('waits no longer for staff, who hear no more of it, and stays on record', async () => {
    await asks()
    expect([await open(), alerts()]).toEqual([[expect.objectContaining({ reason: 'asked' })], ['handover']])
    await world.pass(5 * MINUTE)
    await world.hears('lan', 'thôi không cần gặp cán bộ nữa')
    expect(lastTold()).toMatch(/^«handover_taken_back»/)
    expect(await open()).toEqual([])
    const closedAt = world.now
    await world.pass(60 * MINUTE)
    expect(alerts()).toEqual(['handover'])
    expect(lastTold()).toMatch(/^«handover_taken_back»/)
    expect(await world.store.listHandovers({ open: false, limit: 10 })).toEqual([expect.objectContaining({ firstStaffAnswerAt: null, closedAt })])
    expect((await world.store.readOutcomes('2026-11-23', '2026-11-23')).map(({ status }) => status)).toContain('taken_back')
  })

  it('may be made anew, and staff hear of that one', async () => {
    await asks()
    await world.hears('lan', 'không cần cán bộ nữa')
    await asks()
    expect(await open()).toHaveLength(1)
    expect(alerts()).toEqual(['handover', 'handover'])
  })
})

describe('a request that nobody ever answered', () => {
  it('does not take in a new one: staff hear of that too, and it waits from now on', async () => {
    await asks()
    await world.pass(40 * MINUTE)
    expect(alerts()).toEqual(['handover', 'handover_waiting'])
    await world.pass(2 * DAY)
    const again = world.now
    await asks()
    expect(lastTold()).toBe('«handover_open» 1022')
    expect(alerts()).toEqual(['handover', 'handover_waiting', 'handover'])
    expect(await open()).toEqual([expect.objectContaining({ askedAt: again })])
    await world.pass(40 * MINUTE)
    expect(alerts().at(-1)).toBe('handover_waiting')
    expect(lastTold()).toBe('«handover_waiting»')
  })

  it('nor does what an interruption left with staff', async () => {
    await world.hears('lan', 'quên mật khẩu', { sentAt: world.now - 3 * HOUR })
    await world.pass(10 * SECOND)
    expect(await open()).toEqual([expect.objectContaining({ reason: 'stale' })])
    await world.pass(3 * DAY)
    await asks()
    expect(alerts().at(-1)).toBe('handover')
    expect(await open()).toEqual([expect.objectContaining({ reason: 'asked' })])
  })

  it('still stands while the office was closed: asked on Friday evening, it is the same on Monday morning', async () => {
    await world.pass(4 * DAY + 7 * HOUR + 50 * MINUTE)
    await asks()
    await world.pass(2 * DAY + 15 * HOUR)
    await asks()
    expect(lastTold()).toBe('«handover_again» 16:50 ngày 27/11')
    expect(await open()).toHaveLength(1)
    expect(alerts().filter((kind) => kind === 'handover')).toHaveLength(1)
  })

  it('ends after two weeks wherever the office hardly ever opens', () => {
    const never = { weekly: {}, holidays: [] }
    expect([13 * DAY, 14 * DAY].map((waited) => hasLapsed(never, 0, waited))).toEqual([false, true])
  })
})
