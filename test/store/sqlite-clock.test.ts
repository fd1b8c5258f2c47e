import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { HOUR } from '../../src/core/time.ts'
import { openSqliteStore } from '../../src/store/sqlite/open.ts'
import { aText, LEASE, person, storeOptions, T } from '../support/store-fixtures.ts'

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
