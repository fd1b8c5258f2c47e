import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY } from '../../src/core/time.ts'
import { backup, restore } from '../../src/store/backup.ts'
import { sweepBackups } from '../../src/store/backup-sweep.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { openTombstones } from '../../src/store/tombstones.ts'
import { aText, handled, person, storeOptions, T } from '../support/store-fixtures.ts'

const an = person(1)
let folder: string
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'camnang-sweep-')) })
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string): string => join(folder, name)

async function inStore<R>(url: string, body: (store: Store) => Promise<R>): Promise<R> {
  const store = await openStore(url, storeOptions)
  try {
    return await body(store)
  } finally {
    await store.close()
  }
}
const fill = (url: string) => inStore(url, (store) => store.recordEvents([aText(an, 1)], T))

/** As a server would that runs under another account than the one that made the backups. Tests run as root in a container, as somebody elsewhere. */
async function asAnother<R>(body: () => Promise<R>): Promise<R> {
  const root = process.geteuid!() === 0
  if (root) process.seteuid!(65_534)
  else chmodSync(at('copies'), 0o000)
  try {
    return await body()
  } finally {
    if (root) process.seteuid!(0)
    else chmodSync(at('copies'), 0o755)
  }
}

/** When everything in the folder will be so many days old. */
const daysOn = (days: number): number => Date.now() + days * DAY
const term = 30 * DAY
const grownOld = (path: string, days: number): void => utimesSync(path, Date.now() / 1000 - days * 86_400, Date.now() / 1000 - days * 86_400)

describe.each([['sqlite', 'sqlite:', '.db'], ['file', 'file:', '']])('backups of a %s store', (engine, scheme, end) => {
  const url = (): string => `${scheme}${at(`data/camnang${end}`)}`
  const erased = (): string => (engine === 'sqlite' ? at('data/camnang.db.erased') : at('data/camnang/erased'))

  it('are deleted when their term is over and not a day before', async () => {
    await fill(url())
    await backup(url(), at('copies/one'))
    await backup(url(), at('elsewhere/two'))
    expect(await sweepBackups(url(), term, daysOn(29))).toEqual({ removed: 0, stuck: [] })
    expect(await sweepBackups(url(), term, daysOn(31))).toEqual({ removed: 2, stuck: [] })
    expect([readdirSync(at('copies')), readdirSync(at('elsewhere'))]).toEqual([[], []])
    expect(await sweepBackups(url(), term, daysOn(31))).toEqual({ removed: 0, stuck: [] })
    await inStore(url(), async (store) => expect(await store.findContact(store.keyOf(an))).not.toBeNull())
  })

  it('go with what stands beside them, each by its own age', async () => {
    await fill(url())
    for (const name of ['old', 'new']) await backup(url(), at(name))
    grownOld(at('old'), 31)
    expect(await sweepBackups(url(), term, daysOn(0))).toEqual({ removed: 1, stuck: [] })
    expect([existsSync(at('old')), existsSync(at('new'))]).toEqual([false, true])
  })

  it('what a restore moved aside goes too, counted from the restore', async () => {
    await fill(url())
    await backup(url(), at('one'))
    const asides = [await restore(at('one'), url()), await restore(at('one'), url())]
    expect(asides).toEqual(['', '-2'].map((number) => at(`data/camnang${end}.before-restore${number}`)))
    await sweepBackups(url(), term, daysOn(29))
    expect(asides.every((aside) => existsSync(aside!))).toBe(true)
    await sweepBackups(url(), term, daysOn(31))
    expect([...asides, at('one')].some((path) => existsSync(path!))).toBe(false)
  })

  it('nothing else in the folder is touched: words, another’s store, a copy under another name, a link, a name given to something new', async () => {
    await fill(url())
    mkdirSync(at('copies'))
    for (const name of ['one', 'moved', 'reused', 'linked', 'in-use']) await backup(url(), at(`copies/${name}`))
    writeFileSync(at('copies/notes.txt'), 'ghi chú')
    writeFileSync(at('copies/one.txt'), 'ghi chú')
    await fill(`sqlite:${at('copies/other.db')}`)
    renameSync(at('copies/moved'), at('copies/kept'))
    rmSync(at('copies/reused'), { recursive: true })
    writeFileSync(at('copies/reused'), 'một tệp khác, dùng lại tên này '.repeat(9))
    renameSync(at('copies/linked'), at('kept-too'))
    symlinkSync(at('kept-too'), at('copies/linked'))
    await fill(`${scheme}${at('copies/in-use')}`)
    for (const name of ['before-holiday', 'before-2.txt', 'before-', 'before-x2', 'before-restore-1', 'before-restore-x']) writeFileSync(at(`data/camnang${end}.${name}`), 'của người vận hành')
    const before = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => !/^copies\/one(\/|$)/.test(name)).sort()
    expect(await sweepBackups(url(), term, daysOn(400))).toEqual({ removed: 1, stuck: [] })
    expect(readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()).toEqual(before)
  })

  it('the store itself is never one of its backups', async () => {
    await fill(url())
    await backup(url(), at('copy'))
    await sweepBackups(`${scheme}${at('copy')}`, term, daysOn(31))
    expect(existsSync(at('copy'))).toBe(true)
    await restore(at('copy'), url())
    // The list of backups is the place's: a restored store knows of those made later too.
    await sweepBackups(url(), term, daysOn(31))
    expect(existsSync(at('copy'))).toBe(false)
    expect(existsSync(at(`data/camnang${end}`))).toBe(true)
  })

  it('what a killed backup left goes too', async () => {
    await fill(url())
    await backup(url(), at('one'))
    renameSync(at('one'), at('one.partial'))
    expect(await sweepBackups(url(), term, daysOn(31))).toEqual({ removed: 1, stuck: [] })
    expect(existsSync(at('one.partial'))).toBe(false)
  })

  it('a list that cannot be read as one names nothing', async () => {
    await fill(url())
    await backup(url(), at('one'))
    const ledger = engine === 'sqlite' ? at('data/camnang.db.backups') : at('data/camnang/backups')
    expect(readFileSync(ledger, 'utf8')).toBe(`${JSON.stringify(at('one'))}\n`)
    writeFileSync(ledger, `\n"${at('one')}\n${at('one')}\n`)
    expect(await sweepBackups(url(), term, daysOn(31))).toEqual({ removed: 0, stuck: [] })
  })

  it.each([['looked at', 0o700], ['deleted', 0o755]])('one that cannot be %s is told, and no erasure it could undo is forgotten', async (_, mode) => {
    await fill(url())
    await backup(url(), at('copies/one'))
    await inStore(url(), (store) => store.forgetContact(store.keyOf(an), T))
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) chmodSync(at(name), 0o755)
    chmodSync(folder, 0o755)
    chmodSync(at('copies/one'), mode)
    const { stuck } = await asAnother(() => sweepBackups(url(), term, daysOn(400)))
    expect(stuck).toContain(at('copies/one'))
    expect(openTombstones(erased()).list()[0]!.contactKey).toMatch(/^[\w-]{22}$/)
  })

  it('erasures are remembered as long as a backup that could undo them', async () => {
    await fill(url())
    const key = await inStore(url(), async (store) => {
      await store.forgetContact(store.keyOf(an), T)
      return store.keyOf(an)
    })
    await sweepBackups(url(), term, T + 36 * DAY)
    expect(openTombstones(erased()).list()).toEqual([{ contactKey: key, at: T }])
    await sweepBackups(url(), term, T + 38 * DAY)
    expect(readFileSync(erased(), 'utf8')).toBe(`${'-'.repeat(22)} ${T}\n`)
  })

  it('forgetting old erasures brings nobody back and erases nobody who came again', async () => {
    const binh = person(2)
    await fill(url())
    await inStore(url(), (store) => store.forgetContact(store.keyOf(an), T))
    await backup(url(), at('one'))
    await inStore(url(), async (store) => {
      await handled(store, an, 2, () => [])
      await handled(store, binh, 1, () => [])
    })
    openTombstones(erased()).dropKeys(T + DAY)
    const known = () => inStore(url(), async (store) => [await store.findContact(store.keyOf(an)) !== null, await store.findContact(store.keyOf(binh)) !== null])
    expect(await known()).toEqual([true, true])
    await inStore(url(), (store) => store.forgetContact(store.keyOf(binh), T + 2 * DAY))
    expect(await known()).toEqual([true, false])
    await restore(at('one'), url())
    expect(await known()).toEqual([false, false])
  })

  it('a backup older than what is remembered of erasures is refused, with the setting that says so', async () => {
    await fill(url())
    await backup(url(), at('one'))
    await expect(restore(at('one'), url(), { now: daysOn(38), kept: term })).rejects.toThrow(/cũ hơn 30 ngày \(RETAIN_BACKUPS\).*Hãy /)
    await restore(at('one'), url(), { now: daysOn(36), kept: term })
  })
})

describe('backups of a sqlite store alone', () => {
  const url = (): string => `sqlite:${at('camnang.db')}`

  it('copies from before a new version of the tables go, and what SQLite leaves beside any copy', async () => {
    await fill(url())
    await backup(url(), at('one.db'))
    for (const name of ['camnang.db.before-2', 'camnang.db.before-13']) cpSync(at('camnang.db'), at(name))
    writeFileSync(at('camnang.db.before-4'), 'không phải kho dữ liệu')
    for (const name of ['one.db-wal', 'one.db-shm', 'camnang.db.before-2-wal']) writeFileSync(at(name), 'x')
    expect(await sweepBackups(url(), term, daysOn(31))).toEqual({ removed: 6, stuck: [] })
    expect(readdirSync(folder).filter((name) => /^one|before/.test(name))).toEqual(['camnang.db.before-4'])
  })

  it('side files that outlived their backup go by their own age', async () => {
    await fill(url())
    await backup(url(), at('one.db'))
    rmSync(at('one.db'))
    for (const name of ['one.db-wal', 'one.db-shm']) writeFileSync(at(name), 'x')
    grownOld(at('one.db-wal'), 31)
    expect(await sweepBackups(url(), term, daysOn(0))).toEqual({ removed: 1, stuck: [] })
    expect([existsSync(at('one.db-wal')), existsSync(at('one.db-shm'))]).toEqual([false, true])
  })

  it('a file another program put in the place of a backup stays', async () => {
    await fill(url())
    await backup(url(), at('one.db'))
    rmSync(at('one.db'))
    const other = new DatabaseSync(at('one.db'))
    other.exec('create table theirs (a)')
    other.close()
    expect(await sweepBackups(url(), term, daysOn(400))).toEqual({ removed: 0, stuck: [] })
    expect(existsSync(at('one.db'))).toBe(true)
  })

  it('what a restore moved aside because nobody could read it goes by the day of the restore', async () => {
    await fill(url())
    await backup(url(), at('one.db'))
    writeFileSync(at('camnang.db'), 'ruined'.repeat(1_000))
    grownOld(at('camnang.db'), 300)
    await restore(at('one.db'), url())
    await sweepBackups(url(), term, daysOn(0))
    expect(existsSync(at('camnang.db.before-restore'))).toBe(true)
    await sweepBackups(url(), term, daysOn(31))
    expect(existsSync(at('camnang.db.before-restore'))).toBe(false)
  })
})
