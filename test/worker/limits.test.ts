import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Store } from '../../src/store/ports.ts'
import { aPublication, batch, known, put, row } from '../support/campaign-fixtures.ts'
import { startD1, type D1Server } from '../support/d1-stores.ts'
import { aReply, aText, LEASE, OA, person, storeOptions, T, turnOf } from '../support/store-fixtures.ts'

let server: D1Server
let folder: string
let store: Store
beforeAll(async () => {
  server = await startD1()
  folder = mkdtempSync(join(tmpdir(), 'camnang-d1-'))
  store = await server.open(folder, storeOptions)
})
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('the limits of D1, in workerd', () => {
  it('keeps a row of nearly a megabyte', async () => {
    expect(await store.recordEvents([aText(person(1), 1, T, 'ế'.repeat(300_000))], T)).toEqual(['recorded'])
    const [claimed] = await store.claimTurns(10, T, LEASE)
    expect(claimed!.waiting[0]).toMatchObject({ text: 'ế'.repeat(300_000) })
    expect(await store.commitTurns([turnOf(claimed!)], T)).toEqual(['committed'])
  })

  it('sets aside an event that no row can hold, and refuses such a turn, alone', async () => {
    const large = 'ế'.repeat(340_000)
    expect(await store.recordEvents([aText(person(2), 1), aText(person(3), 1, T, large), aText(person(4), 1)], T)).toEqual(['recorded', 'recorded', 'recorded'])
    expect(await store.deadEvents(10)).toMatchObject([{ id: aText(person(3), 1).id, cause: 'refused: RangeError' }])
    const claimed = await store.claimTurns(10, T, LEASE)
    expect(claimed).toHaveLength(2)
    expect(await store.commitTurns(claimed.map((turn, n) => turnOf(turn, n === 0 ? { conversation: { large } } : {})), T)).toEqual(['refused', 'committed'])
  })

  it('takes more of one call than a statement has values: 300 events, 40 parts, 500 people', async () => {
    const people = Array.from({ length: 300 }, (_, n) => person(1_000 + n))
    expect(await store.recordEvents(people.map((one) => aText(one, 1, T + 1)), T + 1)).toEqual(people.map(() => 'recorded'))
    const [claimed] = await store.claimTurns(1, T + 1, LEASE)
    const id = claimed!.waiting[0]!.id
    expect(await store.commitTurns([turnOf(claimed!, { deliveries: Array.from({ length: 40 }, (_, n) => aReply(id, n)) })], T + 1)).toEqual(['committed'])
    await put(store, 'dot', 'running', Array.from({ length: 30 }, (_, n) => aPublication('dot', `rao-${n}`)))
    const key = await known(store, person(9), T + 2)
    const rows = [...people.map((one) => row(store.keyOf(one))), ...Array.from({ length: 199 }, (_, n) => row(`khong-con-${n}`)), row(key)]
    expect(await store.planBatch(batch('dot', 'bai', rows))).toBe('planned')
    expect(await store.planProgress('dot', 'bai', OA)).toMatchObject({ planned: 301 })
  })
})
