import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { HOUR } from '../../src/core/time.ts'
import { openSqliteStore } from '../../src/store/sqlite/open.ts'
import { aReply, aText, finishedAs, handled, LEASE, OA, person, storeOptions, T } from '../support/store-fixtures.ts'

it('a clock that was put back keeps every wait as long as it was: nobody is worked on twice, nothing is sent too soon', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'camnang-clock-'))
  const store = await openSqliteStore(join(folder, 'a.db'), 'normal', storeOptions)
  await handled(store, person(1), 1, (id) => [aReply(id)])
  await handled(store, person(2), 1, (id) => [aReply(id)])
  const [asked] = await store.claimDeliveries(OA, 2, T, LEASE)
  await store.finishDeliveries([finishedAs(asked!, { status: 'queued', dueAt: T + HOUR, maybeSent: false })], T)
  await store.recordEvents([aText(person(3), 1)], T)
  await store.claimTurns(10, T, LEASE)
  const back = T - 2 * HOUR
  expect(await store.claimTurns(10, back, LEASE)).toEqual([])
  expect(await store.claimDeliveries(OA, 10, back, LEASE)).toEqual([])
  expect(await store.claimTurns(10, back + LEASE - 1, LEASE)).toEqual([])
  expect(await store.claimTurns(10, back + LEASE, LEASE)).toHaveLength(1)
  expect((await store.claimDeliveries(OA, 10, back + HOUR - 1, LEASE)).map(({ contact }) => contact)).toEqual([person(2)])
  expect((await store.claimDeliveries(OA, 10, back + HOUR, LEASE)).map(({ contact }) => contact)).toEqual([person(1)])
  await store.close()
  rmSync(folder, { recursive: true })
})

it('a clock that was put back is found out also where what it settled is undone with a row that is refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'camnang-clock-'))
  const store = await openSqliteStore(join(folder, 'a.db'), 'normal', { ...storeOptions, now: T + 10 * HOUR })
  await store.recordEvents([aText(person(1), 1, T + 10 * HOUR)], T + 10 * HOUR)
  // No integer, so no moment a column takes: the transaction both share is undone, and done again apart.
  const [claimed] = await Promise.all([store.claimTurns(10, T, LEASE), store.recordEvents([aText(person(2), 2, T + 0.5)], T)])
  expect(claimed).toHaveLength(1)
  await store.close()
  rmSync(folder, { recursive: true })
})
