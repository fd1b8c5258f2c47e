import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sampleContent } from '../support/content.ts'
import { MINUTE, SECOND, World } from '../support/world.ts'

let world: World
beforeEach(async () => {
  world = await World.open(sampleContent())
})
afterEach(() => world.close())

const alerts = (): string[] => world.alerts.map(({ kind }) => kind)
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
