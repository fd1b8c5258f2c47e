import fs, { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, appendFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConfigError } from '../../src/config.ts'
import { DAY, HOUR } from '../../src/core/time.ts'
import { backup, restore } from '../../src/store/backup.ts'
import { copyStore } from '../../src/store/copy.ts'
import type { FileSystem } from '../../src/store/file/adapter.ts'
import { contactFile, historyFile } from '../../src/store/file/names.ts'
import { openFileStore, type FileStore } from '../../src/store/file/open.ts'
import { openStore } from '../../src/store/open.ts'
import { StoreUnavailable, type StoreOptions, type StoreRow } from '../../src/store/ports.ts'
import { anOutcome, aReply, aText, claimOne, handled, LEASE, OA, person, sendAll, storeOptions, T, turnOf } from '../support/store-fixtures.ts'

const an = person(1)
const binh = person(2)

let home: string
let dir: string
const opened: FileStore[] = []
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'camnang-file-'))
  dir = join(home, 'data')
})
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
  rmSync(home, { recursive: true, force: true })
})

async function open(where = dir, options: Partial<StoreOptions> = {}, system?: FileSystem): Promise<FileStore> {
  const store = await openFileStore(where, { ...storeOptions, ...options }, system && { fs: system })
  opened.push(store)
  return store
}

/** The folder as a process killed at this moment leaves it, opened by the next one. */
async function afterKill(options: Partial<StoreOptions> = {}): Promise<FileStore> {
  const left = mkdtempSync(join(home, 'left-'))
  cpSync(dir, left, { recursive: true, filter: (file) => !/\/lock(-journal)?$/.test(file) })
  return open(left, options)
}

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
const textUnder = (folder: string): string => filesUnder(folder).map((file) => readFileSync(file, 'latin1')).join('\n')
const documentOf = (store: FileStore, contact = an): string => join(dir, `${contactFile(store.keyOf(contact))}.json`)
const journals = (): string[] => readdirSync(dir).filter((name) => name.startsWith('journal-'))
const noSpace = (): never => { throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }) }

describe('the folder', () => {
  it('holds one JSON document per contact that a person can read', async () => {
    const store = await open()
    await handled(store, an, 1, (id) => [aReply(id)], { conversation: { at: 'menu' } })
    await store.close()
    const text = readFileSync(documentOf(store), 'utf8')
    expect(text).toContain('\n  "profile": {\n')
    expect(text).toContain('"text": "hỏi 1"')
    expect(JSON.parse(text)).toMatchObject({ contact: an, conversation: { at: 'menu' }, events: [{ status: 'handled' }], deliveries: [{ status: 'queued' }] })
  })

  it('is closed to everybody but its owner', async () => {
    const store = await open()
    await store.writeEntry('secret:token', 'x', 0)
    await handled(store, an, 1, (id) => [aReply(id)], { unanswered: { question: 'câu khó', status: 'clarify' }, outcome: anOutcome() })
    const whileOpen = filesUnder(dir)
    await store.forgetContact(store.keyOf(an), T)
    await store.close()
    for (const file of [...whileOpen, ...filesUnder(dir)].filter(existsSync)) expect([file, statSync(file).mode & 0o777]).toEqual([file, 0o600])
    for (const folder of [dir, ...filesUnder(dir).map(dirname)]) expect([folder, statSync(folder).mode & 0o777]).toEqual([folder, 0o700])
  })

  it('keeps secrets in their own file and nowhere else', async () => {
    const store = await open()
    await store.writeEntry('secret:zalo:tokens', 'canary-token', 0)
    await store.writeEntry('account:zalo', 'open', 0)
    await handled(store, an, 1, () => [])
    const holding = filesUnder(dir).filter((file) => readFileSync(file, 'utf8').includes('canary-token'))
    expect(holding).toEqual([join(dir, 'secrets.json')])
  })

  it('serves one process at a time, whatever its role, and says so', async () => {
    const store = await open()
    for (const role of ['server', 'tool'] as const) await expect(open(dir, { role })).rejects.toThrow(/kho file: chỉ cho một tiến trình/)
    await store.close()
    await open(dir, { role: 'tool' })
  })

  it('refuses a folder that a newer program wrote, and changes nothing in it', async () => {
    await (await open()).close()
    writeFileSync(join(dir, 'store.json'), '{"schema": 99}')
    await expect(open()).rejects.toThrow(ConfigError)
    expect(readFileSync(join(dir, 'store.json'), 'utf8')).toBe('{"schema": 99}')
  })

  it('holds nothing of an erased person once it is closed, but made ids', async () => {
    const store = await open()
    await handled(store, an, 1, (id) => [aReply(id, 0, { part: { text: 'loi dap bi mat' } })], { conversation: { said: 'loi noi bi mat' } })
    await sendAll(store)
    await store.forgetContact(store.keyOf(an), T)
    await store.close()
    const kept = textUnder(dir)
    for (const words of ['bi mat', `"userId": "${an.userId}"`]) expect(kept).not.toContain(words)
    expect(existsSync(documentOf(store))).toBe(false)
    expect(journals()).toEqual([])
  })
})

describe('a killed process', () => {
  it('loses nothing that was acknowledged, though no document was written yet', async () => {
    const store = await open()
    await handled(store, an, 1, (id) => [aReply(id)], { conversation: { at: 'menu' }, outcome: anOutcome() })
    await store.recordEvents([aText(an, 2)], T)
    expect(existsSync(documentOf(store))).toBe(false)
    const next = await afterKill()
    expect(await claimOne(next)).toMatchObject({ version: 1, conversation: { at: 'menu' }, waiting: [{ id: aText(an, 2).id }] })
    expect(await sendAll(next)).toEqual([`${aText(an, 1).id}#0`])
    expect(await next.readOutcomes('2026-11-21', '2026-11-21')).toMatchObject([{ count: 1 }])
  })

  it('leaves a journal whose last line may be cut short: that one never happened', async () => {
    const store = await open()
    await store.recordEvents([aText(an, 1)], T)
    appendFileSync(join(dir, journals()[0]!), '{"contacts/aa/x":{"set":{"key')
    const next = await afterKill()
    expect(await claimOne(next)).toMatchObject({ contact: an })
    expect(next.fileProblems()).toEqual([])
  })

  it('leaves half-written files, which are removed', async () => {
    const store = await open()
    await handled(store, an, 1, () => [])
    await store.close()
    writeFileSync(`${documentOf(store)}.tmp`, '{"key": "hal')
    await open()
    expect(filesUnder(dir).filter((file) => file.endsWith('.tmp'))).toEqual([])
  })

  it('leaves a copy that was not loaded to its end, which is thrown away', async () => {
    const store = await open()
    await handled(store, an, 1, () => [])
    await store.close()
    writeFileSync(join(dir, 'loading'), '')
    const next = await open()
    expect((await next.load(T)).contacts).toBe(0)
    expect(await next.recordEvents([aText(an, 1)], T)).toEqual(['recorded'])
  })
})

describe('a file that cannot be read', () => {
  it.each([
    ['is not JSON', '{"key": "', ],
    ['is not a contact', '{"key": "x", "events": 3}'],
  ])('%s: is set aside and named, the others serve', async (_, text) => {
    const first = await open()
    await handled(first, an, 1, () => [])
    await first.recordEvents([aText(binh, 1)], T)
    await first.close()
    writeFileSync(documentOf(first), text)
    const store = await open()
    expect(await claimOne(store)).toMatchObject({ contact: binh })
    expect(await store.findContact(store.keyOf(an))).toBeNull()
    expect(readFileSync(`${documentOf(first)}.unreadable`, 'utf8')).toBe(text)
    const problem = { file: `${contactFile(store.keyOf(an))}.json`, what: 'unreadable' }
    expect(store.fileProblems()).toEqual([problem])
    expect(await store.recordEvents([aText(an, 2)], T)).toEqual(['recorded'])
    await store.close()
    expect((await open()).fileProblems()).toEqual([problem])
  })

  it('stops the start when it is the one with the secrets, and is left as it is', async () => {
    await (await open()).close()
    writeFileSync(join(dir, 'secrets.json'), '{"entr')
    await expect(open()).rejects.toThrow(/^STORE: .*secrets\.json" không phải JSON/)
    expect(readFileSync(join(dir, 'secrets.json'), 'utf8')).toBe('{"entr')
  })
})

describe('a full disk', () => {
  /** A file system whose disk can be full: a write then stores half and fails. */
  function fillable(): { system: FileSystem; disk: { full: boolean } } {
    const disk = { full: false }
    const writeSync = ((fd: number, data: Buffer, offset: number) => {
      if (!disk.full) return fs.writeSync(fd, data, offset)
      fs.writeSync(fd, data, offset, Math.floor((data.length - offset) / 2))
      return noSpace()
    }) as FileSystem['writeSync']
    const writeFileSync = ((...args: Parameters<FileSystem['writeFileSync']>) => (disk.full ? noSpace() : fs.writeFileSync(...args))) as FileSystem['writeFileSync']
    return { disk, system: { ...fs, writeSync, writeFileSync } }
  }

  it('acknowledges nothing that is not recorded, and goes on when there is room again', async () => {
    const { disk, system } = fillable()
    const store = await open(dir, {}, system)
    await handled(store, an, 1, (id) => [aReply(id)])
    await store.recordEvents([aText(an, 2)], T)
    const claimed = await claimOne(store)
    disk.full = true
    const turn = turnOf(claimed, { deliveries: [aReply(claimed.waiting[0]!.id)], outcome: anOutcome() })
    const failed = await Promise.allSettled([
      store.recordEvents([aText(binh, 1)], T), store.commitTurns([turn], T), store.claimDeliveries(OA, 1, T, LEASE),
      store.claimTurns(1, T + LEASE, LEASE), store.writeEntry('pause', 'x', 0),
    ])
    for (const result of failed) expect(result).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailable) })
    expect(await store.load(T)).toMatchObject({ contacts: 1, waitingEvents: 1, queuedDeliveries: 1 })
    expect(await store.readEntry('pause')).toBeNull()

    disk.full = false
    expect(await store.commitTurns([turn], T)).toEqual(['committed'])
    expect(await store.recordEvents([aText(binh, 1)], T)).toEqual(['recorded'])
    expect(await store.readOutcomes('2026-11-21', '2026-11-21')).toMatchObject([{ count: 1 }])
    const next = await afterKill()
    expect(await next.load(T)).toMatchObject({ contacts: 2, waitingEvents: 1, queuedDeliveries: 2 })
    expect(next.fileProblems()).toEqual([])
  })

  it('keeps in the journal what cannot be written into documents, and says so', async () => {
    const { disk, system } = fillable()
    const store = await open(dir, {}, system)
    await handled(store, an, 1, () => [], { conversation: { at: 'menu' } })
    disk.full = true
    await store.close()
    expect(store.fileProblems()).toEqual([{ file: '.', what: 'unwritable' }])
    const next = await open()
    expect(await next.exportContact(next.keyOf(an))).toMatchObject({ conversation: { at: 'menu' } })
  })
})

describe('many calls at the same moment', () => {
  it('are recorded by one write', async () => {
    let writes = 0
    const writeSync = ((fd: number, data: Buffer, offset: number) => {
      writes++
      return fs.writeSync(fd, data, offset)
    }) as FileSystem['writeSync']
    const store = await open(dir, {}, { ...fs, writeSync })
    await Promise.all(Array.from({ length: 100 }, (_, n) => store.recordEvents([aText(person(n), n)], T)))
    expect(writes).toBe(1)
    expect(await (await afterKill()).load(T)).toMatchObject({ contacts: 100, waitingEvents: 100 })
  })
})

describe('a long conversation', () => {
  const talk = async (store: FileStore): Promise<void> => {
    for (let n = 1; n <= 100; n++) await handled(store, an, n, (id) => [aReply(id, 0, { part: { text: `đáp ${n}` } })], {}, T + n)
    await sendAll(store, T + 100)
  }
  const read = (store: FileStore): { events: unknown[]; deliveries: unknown[] } => JSON.parse(readFileSync(documentOf(store), 'utf8'))

  it('keeps the document small; older rows stand in the history and still count', async () => {
    const first = await open()
    await talk(first)
    await first.close()
    expect(read(first).events.length).toBeLessThan(30)
    expect(read(first).deliveries.length).toBeLessThan(30)
    const store = await open()
    expect(await store.recordEvents([aText(an, 1), aText(an, 100)], T + DAY)).toEqual(['duplicate', 'duplicate'])
    expect(await store.countDeliveries()).toEqual([{ origin: 'reply', status: 'sent', count: 100 }])
    const exported = (await store.exportContact(store.keyOf(an)))!
    expect(exported.events.map(({ text }) => text)).toEqual(Array.from({ length: 100 }, (_, n) => `hỏi ${n + 1}`))
    expect(exported.deliveries).toHaveLength(100)
  })

  it('is swept and erased with its history', async () => {
    const store = await open()
    await talk(store)
    const never = 10_000 * DAY
    const terms = { eventText: DAY, replyText: DAY, idleContact: never, campaignKey: never, dedupeKey: never, unanswered: never, audit: never }
    let removed = 0
    for (let more = true; more;) {
      const batch = await store.sweep(terms, T + 2 * DAY, 30)
      removed += batch.removed.eventText + batch.removed.replyText
      more = batch.more
    }
    expect(removed).toBe(200)
    expect((await store.exportContact(store.keyOf(an)))!.events.every(({ text }) => text === null)).toBe(true)
    await store.forgetContact(store.keyOf(an), T + 2 * DAY)
    await store.close()
    expect(existsSync(join(dir, `${historyFile(store.keyOf(an))}.json`))).toBe(false)
    expect(await (await open()).recordEvents([aText(an, 1)], T + 2 * DAY)).toEqual(['duplicate'])
  })
})

describe('a restored backup', () => {
  it('brings nobody back who was erased since, and keeps who is known', async () => {
    const url = `file:${dir}`
    const first = await open()
    await handled(first, an, 1, () => [])
    await handled(first, binh, 1, () => [])
    await first.close()
    await backup(url, join(home, 'backup'))
    const second = await open()
    await second.forgetContact(second.keyOf(an), T + HOUR)
    await second.close()
    await restore(join(home, 'backup'), url)
    const store = await open()
    expect(await store.findContact(store.keyOf(an))).toBeNull()
    expect(await store.findContact(store.keyOf(binh))).not.toBeNull()
  })

  it('does not erase who came back after the erasure, though the clock was put back', async () => {
    const first = await open()
    await handled(first, an, 1, () => [])
    await first.forgetContact(first.keyOf(an), T + HOUR)
    await handled(first, an, 2, () => [])
    await first.close()
    const store = await open()
    expect(await store.findContact(store.keyOf(an))).toMatchObject({ profile: { firstSeenAt: T } })
  })
})

describe('a copy', () => {
  const rowsOf = async (url: string): Promise<string[]> => {
    const store = await openStore(url, { ...storeOptions, role: 'tool' })
    const rows: StoreRow[] = []
    for await (const row of store.dumpRows({ withSecrets: true })) rows.push(row)
    await store.close()
    return rows.map((row) => JSON.stringify(row, (_, value: unknown) => (isObject(value) ? Object.fromEntries(Object.entries(value).toSorted()) : value))).toSorted()
  }
  const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)

  it('to SQLite and back loses nothing', async () => {
    const store = await open()
    await store.writeEntry('secret:token', 'x', 0)
    for (let n = 1; n <= 40; n++) await handled(store, an, n, (id) => [aReply(id)], { outcome: anOutcome(), consents: [{ purpose: 'answer', given: true, at: T, notice: 'n1', eventId: 'e' }] }, T + n)
    await sendAll(store, T + 40)
    await handled(store, binh, 1, (id) => [aReply(id)], { handover: { kind: 'open', reason: 'asked' }, unanswered: { question: 'câu khó', status: 'clarify' } }, T + 50)
    await handled(store, person(3), 1, (id) => [aReply(id)], {}, T + 50)
    await store.forgetContact(store.keyOf(person(3)), T + 51)
    await store.recordEvents([aText(binh, 2)], T + 60)
    await store.close()
    const [file, sqlite, again] = [`file:${dir}`, `sqlite:${join(home, 'copy.db')}`, `file:${join(home, 'again')}`] as const
    const options = { withSecrets: true, now: T + DAY }
    const count = await copyStore(file, sqlite, options)
    expect(await copyStore(sqlite, again, options)).toBe(count)
    expect(await rowsOf(sqlite)).toEqual(await rowsOf(file))
    expect(await rowsOf(again)).toEqual(await rowsOf(file))
  })
})
