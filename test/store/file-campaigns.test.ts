import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AudienceTooLarge } from '../../src/store/campaign-ports.ts'
import { openFileStore } from '../../src/store/file/open.ts'
import type { StoreRow } from '../../src/store/ports.ts'
import { campaignStoreContract } from '../contracts/store.ts'
import { aPublication, batch, known, put, row, twoParts } from '../support/campaign-fixtures.ts'
import { LEASE, OA, person, sent, storeOptions, T } from '../support/store-fixtures.ts'

campaignStoreContract('file', openFileStore)

describe('campaigns in files', () => {
  let folder: string
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'camnang-store-')) })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'))

  it('can be read along: one document a campaign, a log of lines, deliveries with their contact', async () => {
    const store = await openFileStore(folder, storeOptions)
    const key = await known(store, person(1))
    await put(store, 'dot', 'running', [aPublication('dot', 'rao')])
    await store.planBatch(batch('dot', 'bai', [row(key, { parts: twoParts })]))
    await store.finishDeliveries((await store.claimCampaignDeliveries(OA, 10, T, LEASE)).map(sent), T)
    await store.close()
    expect(read('campaigns/dot.json')).toMatchObject({
      record: { id: 'dot', status: 'running', content: { name: 'Tuần lễ 10/10' } }, lines: [{ post: 'bai', account: OA, done: true, planned: 1 }], publications: [{ post: 'rao' }],
    })
    expect(read('audit/000000.json')).toMatchObject({ lines: [{ seq: 1, campaign: 'dot' }] })
    expect(read(`contacts/${key.slice(0, 2)}/${key}.json`)).toMatchObject({ deliveries: [{ status: 'sent', planned: { campaign: 'dot', post: 'bai', n: 1 } }, { status: 'queued' }] })
  })

  it('refuses an audience over 2,000 and keeps what was planned before', async () => {
    const store = await openFileStore(folder, storeOptions)
    async function* people(): AsyncIterable<StoreRow> {
      for (let n = 0; n < 2_001; n++) {
        const profile = { firstSeenAt: T, lastInboundAt: T, optedOut: false, blocked: false, remembered: {} }
        yield { table: 'contact', row: { contactKey: `k${n}`, ...person(n), profile, conversation: null, version: 0, lastEventAt: T, farewell: false } }
      }
    }
    await store.loadRows(people())
    await put(store, 'dot', 'running')
    expect(store.audienceLimit).toBe(2_000)
    const keys = (await store.contactFacts(OA, null, 3_000, null)).map(({ contactKey }) => contactKey)
    expect(await store.planBatch(batch('dot', 'bai', keys.slice(0, 1_999).map((key) => row(key)), { done: false }))).toBe('planned')
    const last = { after: keys[1_998]! }
    await expect(store.planBatch(batch('dot', 'bai', keys.slice(1_999).map((key) => row(key)), last))).rejects.toThrow(AudienceTooLarge)
    expect(await store.planProgress('dot', 'bai', OA)).toMatchObject({ after: keys[1_998], planned: 1_999 })
    expect(await store.planBatch(batch('dot', 'bai', [row(keys[1_999]!)], last))).toBe('planned')
    expect(await store.readLedger({ campaign: 'dot' })).toMatchObject([{ status: 'queued', count: 2_000, people: 2_000 }])
    await store.close()
  })
})
