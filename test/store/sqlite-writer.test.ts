import { DatabaseSync } from 'node:sqlite'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StoreUnavailable } from '../../src/store/ports.ts'
import { openWriter, type Totals, type Writer } from '../../src/store/sqlite/writer.ts'

let folder: string
let db: DatabaseSync
let other: DatabaseSync
let writer: Writer

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'camnang-writer-'))
  db = new DatabaseSync(join(folder, 'a.db'))
  db.exec('pragma journal_mode = wal; create table words (word text primary key) strict')
  other = new DatabaseSync(join(folder, 'a.db'))
  writer = openWriter(db)
})
afterEach(() => {
  if (db.isOpen) db.close()
  other.close()
  rmSync(folder, { recursive: true, force: true })
})

const put = (word: string): string => {
  db.prepare('insert into words values (?)').run(word)
  return word
}
/** What another process sees. */
const seen = (): unknown[] => other.prepare('select word from words order by rowid').all().map((row) => row.word)

describe('group commit', () => {
  it('puts everything of one tick into one transaction and resolves after it', async () => {
    const during: unknown[][] = []
    const looking = (word: string): string => {
      during.push(seen())
      return put(word)
    }
    const calls = ['một', 'hai', 'ba'].map((word) => writer.each([word], looking))
    expect(seen()).toEqual([])
    expect(await calls[0]).toEqual(['một'])
    expect(seen()).toEqual(['một', 'hai', 'ba'])
    expect(during).toEqual([[], [], []])
    expect(await Promise.all(calls)).toEqual([['một'], ['hai'], ['ba']])
  })

  it('undoes an element that fails, alone, and lets its caller know', async () => {
    const good = writer.each(['một', 'hai'], put)
    const bad = writer.run(() => { put('nửa'); put('một') })
    const late = writer.run(() => put('ba'))
    await expect(bad).rejects.toThrow('UNIQUE')
    expect([await good, await late]).toEqual([['một', 'hai'], 'ba'])
    expect(seen()).toEqual(['một', 'hai', 'ba'])
  })

  it('says what stands instead of a refused element, in the same transaction', async () => {
    const results = await writer.each(['một', 'một', 'hai'], (word) => { put(word); return 'kept' }, (word) => { put(`${word} (lại)`); return 'refused' })
    expect(results).toEqual(['kept', 'refused', 'kept'])
    expect(seen()).toEqual(['một', 'một (lại)', 'hai'])
  })

  it('writes totals once, and only of elements that were kept', async () => {
    let sum = 0
    const written: number[] = []
    const totals: Totals = { write: () => { if (sum > 0) written.push(sum); sum = 0 }, discard: () => { sum = 0 } }
    writer.adds(totals)
    await writer.each([1, 2, 3], (n) => { sum += n })
    expect(written).toEqual([6])
    written.length = 0
    await writer.each([1, 2, 3], (n) => { sum += n; if (n === 2) throw new TypeError('bad') }, () => undefined)
    expect(written).toEqual([1, 3])
  })

  it('tells everybody that nothing happened when the place fails', async () => {
    other.exec('begin immediate')
    const calls = await Promise.allSettled([writer.run(() => put('một')), writer.each(['hai'], put, () => 'refused')])
    other.exec('rollback')
    for (const call of calls) expect(call).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailable) })
    expect(seen()).toEqual([])
    expect(await writer.run(() => put('ba'))).toBe('ba')
  })

  it('keeps nothing of a transaction for which there is no room, and goes on when there is', async () => {
    db.exec('pragma max_page_count = 4')
    const calls = await Promise.allSettled(['một', 'x'.repeat(50_000), 'hai'].map((word) => writer.each([word], put, () => 'refused')))
    for (const call of calls) expect(call).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailable) })
    expect(seen()).toEqual([])
    db.exec('pragma max_page_count = 4000')
    expect(await writer.run(() => put('ba'))).toBe('ba')
    expect(seen()).toEqual(['ba'])
  })

  it('writes a single element at once; of several in one turn only the first, the others together', async () => {
    const during: unknown[][] = []
    const single = (word: string) => writer.single(() => {
      during.push(seen())
      return put(word)
    }, () => 'refused')
    const all = ['một', 'hai', 'ba'].map(single)
    expect(seen()).toEqual(['một'])
    expect(await Promise.all(all)).toEqual(['một', 'hai', 'ba'])
    expect(during).toEqual([[], ['một'], ['một']])
    await new Promise((resolve) => setImmediate(resolve))
    const next = single('tư')
    expect(seen()).toEqual(['một', 'hai', 'ba', 'tư'])
    await next
  })

  it('writes a single element behind those that wait, and behind a long transaction', async () => {
    const before = writer.run(() => put('một'))
    const single = writer.single(() => put('hai'), () => 'refused')
    expect(seen()).toEqual([])
    await Promise.all([before, single])
    const long = writer.alone(async () => {
      await new Promise((resolve) => setImmediate(resolve))
      return put('ba')
    })
    expect(await Promise.all([writer.single(() => put('tư'), () => 'refused'), long])).toEqual(['tư', 'ba'])
    expect(seen()).toEqual(['một', 'hai', 'ba', 'tư'])
  })

  it('says of a single element what stands instead, that the place fails, and that it has ended', async () => {
    expect(await writer.single(() => { throw new Error('bad data') }, (cause) => (cause as Error).message)).toBe('bad data')
    other.exec('begin immediate')
    await new Promise((resolve) => setImmediate(resolve))
    await expect(writer.single(() => put('một'), () => 'refused')).rejects.toBeInstanceOf(StoreUnavailable)
    other.exec('rollback')
    writer.end()
    await expect(writer.single(() => put('hai'), () => 'refused')).rejects.toBeInstanceOf(StoreUnavailable)
    expect(seen()).toEqual([])
  })

  it('lets a long transaction end before anything else is written', async () => {
    const order: string[] = []
    const long = writer.alone(async () => {
      put('một')
      for (let turns = 0; turns < 5; turns++) await new Promise(setImmediate)
      expect(seen()).toEqual([])
      order.push('long')
    })
    const longer = ['second', 'third'].map((name) => writer.alone(async () => {
      await new Promise(setImmediate)
      order.push(name)
    }))
    const short = writer.run(() => order.push('short'))
    await Promise.all([long, ...longer, short])
    expect(order.filter((name) => name !== 'short')).toEqual(['long', 'second', 'third'])
    expect(order.indexOf('short')).toBeGreaterThan(0)
    await expect(writer.alone(async () => { put('hai'); throw new Error('half') })).rejects.toThrow('half')
    expect(seen()).toEqual(['một'])
  })

  it('writes what waited before a long transaction before it, and its totals with it', async () => {
    let sum = 0
    writer.adds({ write: () => { if (sum > 0) put(`tổng ${sum}`); sum = 0 }, discard: () => { sum = 0 } })
    const before = writer.run(() => put('một'))
    const long = writer.alone(async () => {
      put('hai')
      sum = 2
    })
    await Promise.all([before, long])
    expect(seen()).toEqual(['một', 'hai', 'tổng 2'])
  })

  it('tells a long transaction, too, when the place fails', async () => {
    other.exec('begin immediate')
    await expect(writer.alone(async () => put('một'))).rejects.toBeInstanceOf(StoreUnavailable)
    other.exec('rollback')
    expect(await writer.run(() => put('hai'))).toBe('hai')
  })

  it('commits what waits when it ends, and takes nothing more', async () => {
    const last = writer.run(() => put('một'))
    writer.end()
    expect(seen()).toEqual(['một'])
    expect(await last).toBe('một')
    await expect(writer.run(() => put('hai'))).rejects.toBeInstanceOf(StoreUnavailable)
  })
})
