import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approveByCommand, openProcessWorld, serveAndKill, type ProcessWorld } from './process.ts'

/** `npm run bench -- campaign` does the same with 100,000 people and thirty kills. */
const people = 1_000
const kills = 5

let world: ProcessWorld
beforeAll(async () => { world = await openProcessWorld({ people, rate: { most: 300, within: 1_000 }, sync: 'normal' }) }, 60_000)
afterAll(() => world.close())

describe('a server that is killed again and again in the middle of a campaign', () => {
  it('leaves nobody out and writes to nobody twice: what it cannot know it says', { timeout: 90_000 }, async () => {
    await approveByCommand(world)
    const killed = await serveAndKill(world, Math.floor(people / (kills + 2)), kills, Date.now() + 80_000)
    expect(killed).toBe(kills)
    expect(await world.differences(people)).toEqual([])
    const { counts } = (await world.status()).posts[0]!
    expect(counts).toMatchObject({ planned: people, queued: 0, sending: 0, failed: 0, skipped: 0 })
    expect(world.telegram.tally.tooFast).toBe(0)
    const audit = await world.command('campaign', 'audit', '--json')
    expect(JSON.parse(audit.out)).toMatchObject({ ok: true })
  })
})
