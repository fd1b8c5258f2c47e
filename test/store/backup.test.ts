import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConfigError } from '../../src/config.ts'
import { backup, restore } from '../../src/store/backup.ts'
import { copyStore } from '../../src/store/copy.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { aReply, aText, everythingIn, handled, LEASE, person, sendAll, storeOptions, T, turnOf } from '../support/store-fixtures.ts'

const an = person(1)
const binh = person(2)
let folder: string
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'camnang-backup-')) })
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function inStore<R>(url: string, body: (store: Store) => Promise<R>): Promise<R> {
  const store = await openStore(url, storeOptions)
  try {
    return await body(store)
  } finally {
    await store.close()
  }
}

const fill = (store: Store) => handled(store, an, 1, (id) => [aReply(id)], { conversation: { said: 'của An' } })

const engines: [string, (name: string) => string, (name: string) => string][] = [
  ['sqlite', (name) => `sqlite:${join(folder, name, 'camnang.db')}`, (name) => join(folder, name, 'camnang.db')],
  ['file', (name) => `file:${join(folder, name)}`, (name) => join(folder, name)],
]

describe.each(engines)('backup and restore of %s', (_, urlOf, placeOf) => {
  it('bring back what stood there, and keep what was replaced', async () => {
    const url = urlOf('data')
    const copy = join(folder, 'copy')
    const before = await inStore(url, async (store) => {
      await fill(store)
      return everythingIn(store, true)
    })
    await backup(url, copy)
    expect(statSync(copy).mode & 0o077).toBe(0)
    await inStore(url, (store) => handled(store, binh, 1, () => []))
    expect(await restore(copy, url)).toBe(`${placeOf('data')}.before-restore`)
    expect(await inStore(url, (store) => everythingIn(store, true))).toBe(before)
    expect(existsSync(`${placeOf('data')}.before-restore`)).toBe(true)
  })

  it('one after another keep what each replaced: the first may be brought back after all', async () => {
    const url = urlOf('data')
    await inStore(url, fill)
    await backup(url, join(folder, 'wrong'))
    await inStore(url, (store) => handled(store, binh, 1, () => []))
    const [first, second] = [await restore(join(folder, 'wrong'), url), await restore(join(folder, 'wrong'), url)]
    expect([first, second]).toEqual([`${placeOf('data')}.before-restore`, `${placeOf('data')}.before-restore-2`])
    expect(await restore(first!, url)).toBe(`${placeOf('data')}.before-restore-3`)
    await inStore(url, async (store) => expect(await store.findContact(store.keyOf(binh))).not.toBeNull())
  })

  it.each<[string, (store: Store) => Promise<unknown>]>([
    ['by an operator, with others in the same moment', (store) => Promise.all([an, person(3), person(4)].map((one) => store.forgetContact(store.keyOf(one), T)))],
    ['by their own wish, farewell and all', (store) => handled(store, an, 'erase', (id) => [aReply(id)], { erase: true })],
  ])('bring back nobody who was erased meanwhile %s, and nobody gets lost who came later', async (how, erase) => {
    const url = urlOf('data')
    await inStore(url, async (store) => {
      for (const one of [person(3), person(4)]) await handled(store, one, 1, () => [])
      await fill(store)
      await handled(store, binh, 1, () => [], { conversation: { said: 'của Bình' } })
    })
    await backup(url, join(folder, 'copy'))
    await inStore(url, erase)
    await restore(join(folder, 'copy'), url)
    await inStore(url, async (store) => {
      expect(await store.findContact(store.keyOf(an))).toBeNull()
      if (how.startsWith('by an operator')) for (const one of [person(3), person(4)]) expect(await store.findContact(store.keyOf(one))).toBeNull()
      expect(await store.exportContact(store.keyOf(binh))).toMatchObject({ conversation: { said: 'của Bình' } })
      expect(await everythingIn(store)).not.toContain('của An')
      expect(await sendAll(store)).toEqual([])
      await store.recordEvents([aText(an, 2)], T)
    })
    await inStore(url, async (store) => expect(await store.claimTurns(10, T, LEASE)).toMatchObject([{ contact: an }]))
  })

  it('bring back whoever’s erasure could not be stored', async () => {
    const url = urlOf('data')
    await inStore(url, fill)
    await backup(url, join(folder, 'copy'))
    await inStore(url, async (store) => {
      await store.recordEvents([aText(an, 2)], T)
      const [claimed] = await store.claimTurns(1, T, LEASE)
      const unstorable = aReply('x', 0, { part: { text: 'x', amount: 1n } as never })
      expect(await store.commitTurns([turnOf(claimed!, { erase: true, deliveries: [unstorable] })], T)).toEqual(['refused'])
      await handled(store, binh, 1, () => [])
    })
    await restore(join(folder, 'copy'), url)
    await inStore(url, async (store) => expect(await store.findContact(store.keyOf(an))).not.toBeNull())
  })

  it('refuse while a server runs, a backup that is none, and a target that exists', async () => {
    const url = urlOf('data')
    await inStore(url, fill)
    await backup(url, join(folder, 'copy'))
    await expect(backup(url, join(folder, 'copy'))).rejects.toBeInstanceOf(ConfigError)
    await expect(restore(join(folder, 'no-such'), url)).rejects.toBeInstanceOf(ConfigError)
    writeFileSync(join(folder, 'words.txt'), 'no backup at all, only words')
    await expect(restore(join(folder, 'words.txt'), url)).rejects.toBeInstanceOf(ConfigError)
    await inStore(url, async () => {
      await expect(restore(join(folder, 'copy'), url)).rejects.toBeInstanceOf(ConfigError)
    })
    await inStore(url, async (store) => expect(await store.findContact(store.keyOf(an))).not.toBeNull())
  })
})

describe('backup and restore of sqlite alone', () => {
  const [, urlOf, placeOf] = engines[0]!

  it('backs up beside a running server', async () => {
    const url = urlOf('data')
    await inStore(url, async (store) => {
      await fill(store)
      await backup(url, join(folder, 'copy'))
      await handled(store, binh, 1, () => [])
    })
    await restore(join(folder, 'copy'), url)
    await inStore(url, async (store) => expect([await store.findContact(store.keyOf(an)), await store.findContact(store.keyOf(binh))]).toEqual([expect.anything(), null]))
  })

  it('replaces a file that cannot be read, and keeps it', async () => {
    const url = urlOf('data')
    await inStore(url, fill)
    await backup(url, join(folder, 'copy'))
    writeFileSync(placeOf('data'), 'ruined'.repeat(1_000))
    await restore(join(folder, 'copy'), url)
    await inStore(url, async (store) => expect(await store.findContact(store.keyOf(an))).not.toBeNull())
    expect(readdirSync(join(folder, 'data'))).toContain('camnang.db.before-restore')
  })
})

describe('backup and restore of file alone', () => {
  const [, urlOf] = engines[1]!

  it('finishes a restore that was killed between its two renames', async () => {
    const url = urlOf('data')
    await inStore(url, fill)
    renameSync(join(folder, 'data'), join(folder, 'data.restored'))
    await inStore(url, async (store) => expect(await store.findContact(store.keyOf(an))).not.toBeNull())
    expect(existsSync(join(folder, 'data.restored'))).toBe(false)
  })
})

describe.each(engines)('whoever was erased in a store of %s that was copied since', (_, urlOf) => {
  const gone = (url: string) => inStore(url, async (store) => expect((await store.load(T)).contacts).toBe(0))
  async function copied(withSecrets: boolean, erased: 'before' | 'after'): Promise<string> {
    const [one, two] = [urlOf('one'), urlOf('two')]
    const forget = (url: string) => inStore(url, (store) => store.forgetContact(store.keyOf(an), T + 1))
    await inStore(one, fill)
    await backup(one, join(folder, 'copy'))
    if (erased === 'before') await forget(one)
    await copyStore(one, two, { withSecrets, now: T })
    if (erased === 'after') await forget(two)
    return two
  }

  it.each(['before', 'after'] as const)('does not come back with a backup of the first (erased %s the copy)', async (erased) => {
    const two = await copied(true, erased)
    await restore(join(folder, 'copy'), two)
    await gone(two)
  })

  it('whoever came back since stays, in the copy too', async () => {
    const [one, two] = [urlOf('one'), urlOf('two')]
    await inStore(one, async (store) => {
      await fill(store)
      await store.forgetContact(store.keyOf(an), T + 1)
      await handled(store, an, 2, () => [])
    })
    await copyStore(one, two, { withSecrets: true, now: T })
    for (const url of [two, two]) await inStore(url, async (store) => expect((await store.load(T)).contacts).toBe(1))
  })

  it.each(['before', 'after'] as const)('and where keys were made anew, such a backup is refused (erased %s the copy)', async (erased) => {
    const two = await copied(false, erased)
    await expect(restore(join(folder, 'copy'), two)).rejects.toThrow('của một kho khác')
    await gone(two)
  })

  it('a store that holds something is left as it is by a copy that is refused', async () => {
    const [one, two] = [urlOf('one'), urlOf('two')]
    await inStore(one, async (store) => {
      await fill(store)
      await store.forgetContact(store.keyOf(an), T + 1)
    })
    await copyStore(one, two, { withSecrets: true, now: T })
    await inStore(two, (store) => handled(store, an, 3, () => []))
    await inStore(one, async (store) => {
      await handled(store, an, 4, () => [])
      await store.forgetContact(store.keyOf(an), T + 2)
    })
    await expect(copyStore(one, two, { withSecrets: true, now: T })).rejects.toThrow('đã có dữ liệu')
    await inStore(two, async (store) => expect((await store.load(T)).contacts).toBe(1))
  })
})

describe('store copy', () => {
  /** Rows of different contacts have no order between stores. */
  const rowsIn = async (store: Store): Promise<string[]> => (JSON.parse(await everythingIn(store, true)) as unknown[]).map((row) => JSON.stringify(row)).toSorted()

  it.each([['sqlite', 'file'], ['file', 'sqlite']] as const)('takes everything from %s to %s', async (from, to) => {
    const url = { sqlite: engines[0]![1], file: engines[1]![1] }
    const rows = await inStore(url[from]('one'), async (store) => {
      await handled(store, an, 1, (id) => [aReply(id, 0), aReply(id, 1)], { conversation: { said: 'của An' }, profile: { optedOut: true } })
      await store.recordEvents([aText(an, 2), aText(binh, 1)], T)
      await store.writeEntry('secret:token', 'canary', 0)
      return rowsIn(store)
    })
    expect(await copyStore(url[from]('one'), url[to]('two'), { withSecrets: true, now: T })).toBe(rows.length)
    expect(await inStore(url[to]('two'), rowsIn)).toEqual(rows)
    await copyStore(url[from]('one'), url[to]('three'), { withSecrets: false, now: T })
    expect(await inStore(url[to]('three'), (store) => everythingIn(store, true))).not.toContain('canary')
    await expect(copyStore(url[from]('one'), url[to]('two'), { withSecrets: true, now: T })).rejects.toThrow()
  })
})

describe.each(engines)('a restore of %s without room', (engine, urlOf, placeOf) => {
  /** The command as a process that may write no file beyond half a mebibyte (the unit of ulimit is 512 bytes). */
  const restoreInLittleRoom = (copy: string): string => {
    const env = { ...process.env, STORE: urlOf('data'), SANDBOX: '0' }
    const { status, stderr } = spawnSync('/bin/sh', ['-c', 'ulimit -f 1024; exec "$@"', 'sh', process.execPath, 'src/cli.ts', 'restore', copy], { env, encoding: 'utf8', timeout: 30_000 })
    expect(status, stderr).toBe(1)
    return stderr
  }
  const long = 'dài '.repeat(engine === 'file' ? 300_000 : 20_000)
  const fillMuch = async (store: Store): Promise<void> => {
    for (let n = 0; n < 20; n++) await handled(store, person(n), 1, (id) => [aReply(id)], { conversation: { said: long } })
  }

  it('leaves the store as it was, and nothing beside it', async () => {
    const copy = join(folder, 'copy')
    await inStore(urlOf('data'), fillMuch)
    await backup(urlOf('data'), copy)
    const before = await inStore(urlOf('data'), async (store) => {
      await handled(store, binh, 2, () => [])
      return everythingIn(store, true)
    })
    const beside = (): string[] => readdirSync(join(folder, engine === 'file' ? '.' : 'data')).filter((name) => !/^camnang\.db-(?:wal|shm)$/.test(name)).sort()
    const files = beside()
    expect(restoreInLittleRoom(copy)).toMatch(/ổ đĩa (?:đã đầy|báo lỗi)/)
    expect(beside()).toEqual(files)
    expect(await inStore(urlOf('data'), (store) => everythingIn(store, true))).toBe(before)
  })

  if (engine === 'sqlite') it('leaves a file that nobody can read where it was', async () => {
    const copy = join(folder, 'copy')
    await inStore(urlOf('data'), fillMuch)
    await backup(urlOf('data'), copy)
    writeFileSync(placeOf('data'), 'ruined'.repeat(1_000))
    restoreInLittleRoom(copy)
    expect(readFileSync(placeOf('data'), 'utf8')).toBe('ruined'.repeat(1_000))
  })
})
