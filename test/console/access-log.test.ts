import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAccessLog, type AccessEntry } from '../../src/console/access-log.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { storeOptions, T } from '../support/store-fixtures.ts'

const entry = (n: number): AccessEntry => ({ at: T + n, who: 'Trực Một', action: 'conversation_read', about: 'khoa', count: n, reason: '' })

describe.each(['sqlite', 'file'])('the access log on %s', (kind) => {
  let folder: string
  let store: Store
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'camnang-access-'))
    store = await openStore(kind === 'sqlite' ? `sqlite:${folder}/a.db?sync=normal` : `file:${folder}/a`, storeOptions)
  })
  afterEach(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const nameOf = (seq: number): string => `access:${String(seq).padStart(12, '0')}`

  it('chains what ten processes write at once, without a gap', async () => {
    await Promise.all(Array.from({ length: 10 }, (_, n) => createAccessLog(store).append(entry(n))))
    const log = createAccessLog(store)
    expect((await log.latest(100)).map(({ seq }) => seq)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
    expect(await log.verify()).toMatchObject({ lines: 10, brokenAt: null })
    expect((await log.latest(3)).map(({ seq }) => seq)).toEqual([10, 9, 8])
  })

  it('goes on after a crash between a line and the note of where the end is', async () => {
    const log = createAccessLog(store)
    for (let n = 0; n < 4; n++) await log.append(entry(n))
    const head = (await store.readEntry('access-head'))!
    await store.writeEntry('access-head', '2', head.version)
    await log.append(entry(9))
    expect(await log.verify()).toMatchObject({ lines: 5, brokenAt: null })
    expect((await log.latest(1))[0]).toMatchObject({ seq: 5, count: 9 })
  })

  it.each([
    ['a changed line', 2, (line: string) => line.replace('Trực Một', 'Trực Hai')],
    ['a line taken out', 2, () => null],
    ['the last line taken out', 4, () => null],
  ])('finds %s', async (_, seq, change) => {
    const log = createAccessLog(store)
    for (let n = 0; n < 4; n++) await log.append(entry(n))
    const { value, version } = (await store.readEntry(nameOf(seq)))!
    await store.writeEntry(nameOf(seq), change(value), version)
    expect((await log.verify()).brokenAt).toBe(seq)
  })

  it('takes numbers and addresses of people out of a reason', async () => {
    const log = createAccessLog(store)
    await log.append({ ...entry(1), reason: 'gọi 0912 345 678 hoặc an.nguyen@tinh.gov.vn, hạn 25/11/2026' })
    expect((await log.latest(1))[0]?.reason).toBe('gọi [số] hoặc [e-mail], hạn 25/11/2026')
  })
})
