import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../../src/store/open.ts'
import { asDumped, known, put, recount } from '../support/campaign-fixtures.ts'
import { person, storeOptions, T } from '../support/store-fixtures.ts'

const child = join(import.meta.dirname, '../support/campaign-crash-child.ts')
const people = Array.from({ length: 10 }, (_, n) => person(n))

let folder: string
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'camnang-crash-')) })
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** One life of the server; true when it was killed. */
function live(url: string, killedAt: string, now: number): boolean {
  const { status, signal, stderr } = spawnSync(process.execPath, [child, folder, url, killedAt, String(now)], { encoding: 'utf8', timeout: 30_000 })
  if (signal !== 'SIGKILL') expect({ status, stderr }).toMatchObject({ status: 0 })
  return signal === 'SIGKILL'
}

describe.each([['sqlite', 'camnang.db'], ['file', '']])('a campaign on %s, killed again and again', (engine, name) => {
  it('skips nobody, sends nothing twice, and its ledger is the platform’s record to the unit', async () => {
    const url = `${engine}:${join(folder, 'data', name)}`
    const first = await openStore(url, storeOptions)
    for (const one of people) await known(first, one)
    await put(first, 'dot', 'running')
    await first.close()

    const moments = ['read:1', 'planned:1', 'read:2', 'planned:1', 'claimed:1', 'sent:2', 'finished:2', 'sent:1', 'claimed:1']
    for (const [n, moment] of moments.entries()) expect(live(url, moment, T + n), moment).toBe(true)
    expect(live(url, 'never:1', T + 100)).toBe(false)

    const file = join(folder, 'sent.jsonl')
    const sent = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as string) : []
    expect(new Set(sent).size, 'sent twice').toBe(sent.length)
    const store = await openStore(url, storeOptions)
    const ledger = await store.readLedger({ campaign: 'dot' })
    expect(asDumped(ledger)).toEqual(await recount(store, T))
    const count = (status: string): number => ledger.reduce((sum, each) => (each.status === status ? sum + each.count : sum), 0)
    expect(ledger.reduce((sum, each) => sum + each.people, 0), 'everybody is in the ledger').toBe(people.length)
    expect(ledger.reduce((sum, each) => sum + each.count, 0)).toBe(2 * people.length)
    expect([count('queued'), count('sending'), count('failed')]).toEqual([0, 0, 0])
    // Every message of the platform's record is sent or uncertain; what is sent is in the record.
    const uncertain = (await store.listUncertain('dot', 100)).map(({ id }) => id)
    expect(count('sent')).toBe(sent.filter((id) => !uncertain.includes(id)).length)
    expect(count('uncertain')).toBe(uncertain.length)
    // Under way at the five kills after a claim: at most three each.
    expect(uncertain.length).toBeGreaterThan(0)
    expect(uncertain.length).toBeLessThanOrEqual(15)
    await store.close()
  }, 60_000)
})
