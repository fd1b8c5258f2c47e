import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../../src/store/open.ts'
import { aText, LEASE, OA, person, storeOptions, T } from '../support/store-fixtures.ts'

const child = join(import.meta.dirname, '../support/store-full-disk-child.ts')
let folder: string
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'camnang-full-')) })
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a full disk', () => {
  it('lets nothing be acknowledged that is not kept, and nothing be handed out whose claim cannot be written', async () => {
    const url = `sqlite:${folder}/camnang.db`
    // No file may grow beyond 2 MiB (the unit of ulimit is 512 bytes).
    const life = spawnSync('/bin/sh', ['-c', 'ulimit -f 4096; exec "$@"', 'sh', process.execPath, child, url], { encoding: 'utf8', timeout: 60_000 })
    expect(life.signal, life.stderr).toBe('SIGKILL')
    const { acknowledged, whenFull } = JSON.parse(life.stdout) as { acknowledged: string[]; whenFull: Record<string, unknown> }
    expect(whenFull).toEqual({ record: 'unavailable', arrive: 'unavailable', delivery: 'unavailable', turn: 'unavailable', entry: 'unavailable' })
    expect(acknowledged.length).toBeGreaterThan(50)

    const store = await openStore(url, { ...storeOptions, now: T + 1 })
    const turns = await store.claimTurns(10_000, T + 1, LEASE)
    const waiting = turns.flatMap((turn) => turn.waiting.map((event) => event.id))
    expect(waiting.toSorted()).toEqual([...acknowledged, aText(person(1), 'second').id].toSorted())
    expect(turns.every((turn) => turn.attempt === 1)).toBe(true)
    expect(await store.claimDeliveries(OA, 10, T + 1, LEASE)).toMatchObject([{ attempt: 1, maybeSent: false }])
    expect(await store.readEntry('token')).toBeNull()
    await store.close()
  })
})
