import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { campaignStatus } from '../../src/campaign/figures.ts'
import type { Store, StoreRow } from '../../src/store/ports.ts'
import { approveByCommand, campaignId, openProcessWorld, type ProcessWorld } from '../campaign/process.ts'
import { startWorker, type WorkerWorld } from '../support/worker.ts'

const people = 1_000

let world: ProcessWorld
let worker: WorkerWorld
let store: Store
beforeAll(async () => {
  world = await openProcessWorld({ people, rate: { most: 300, within: 1_000 }, sync: 'normal' })
  await approveByCommand(world)
  const { HOME: _home, LOG_LEVEL: _level, NODE_ENV: _env, STORE: _store, PORT: _port, FLOWS_DIR: flowsDir, CONTENT_DIR: contentDir, ...vars } = world.env
  worker = await startWorker({ ...vars, LOG_LEVEL: 'info' }, { flowsDir: flowsDir!, contentDir: contentDir! })
  store = await worker.store()
  const from = await world.open()
  await store.loadRows(withoutMessages(from.dumpRows({ withSecrets: true })))
  await from.close()
}, 120_000)
afterAll(async () => {
  await worker?.stop()
  await world?.close()
})

/** Every row goes over a wire into workerd, and what people once wrote decides nothing here. */
async function* withoutMessages(rows: AsyncIterable<StoreRow>): AsyncIterable<StoreRow> {
  for await (const row of rows) if (row.table !== 'event') yield row
}

describe('a campaign on a Worker', () => {
  it('reaches 1,000 people by cron alone, each once, within the limits of an invocation', { timeout: 180_000 }, async () => {
    const sentAfter: number[] = []
    for (let minutes = 0; minutes < 30 && (await store.loadCampaign(campaignId))!.status !== 'finished'; minutes++) {
      await worker.cron()
      sentAfter.push(world.telegram.tally.taken)
    }
    const { counts } = (await campaignStatus(campaignId, store))!.posts[0]!
    expect(counts).toMatchObject({ planned: people, sent: people, queued: 0, sending: 0, failed: 0, uncertain: 0, skipped: 0 })
    const received = Array.from({ length: people }, (_, n) => world.telegram.received(world.contact(n).userId).length)
    expect(received.filter((times) => times !== 1)).toEqual([])
    expect(world.telegram.tally.tooFast).toBe(0)
    // Each invocation went on where the one before had stopped, and each kept within what D1 takes.
    const statements = worker.log().flatMap((line) => (line.includes('cron ended') ? [(JSON.parse(line) as { statements: number }).statements] : []))
    expect(statements).toHaveLength(sentAfter.length)
    expect(Math.max(...statements)).toBeLessThan(1_000)
    expect(Math.max(...statements)).toBeGreaterThan(600)
  })
})
