import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { store } from '../../src/commands/store.ts'
import { ConfigError } from '../../src/config.ts'
import { backup, restore } from '../../src/store/backup.ts'
import { copyStore } from '../../src/store/copy.ts'
import { openStore } from '../../src/store/open.ts'
import { explained } from '../../src/store/opening.ts'
import { makeFolder } from '../../src/store/private.ts'
import { processEnv } from '../support/server-process.ts'
import { aText, person, storeOptions, T } from '../support/store-fixtures.ts'

let folder: string
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'camnang-place-')) })
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string): string => join(folder, name)

/** The sentence with which it is refused. One line, without the words of another language. */
async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(() => null, (reason: unknown) => reason)
  expect(error).toBeInstanceOf(ConfigError)
  const { message } = error as Error
  expect(message).not.toMatch(/\n|Error:|\b(is not|directory|database|no such|unable|malformed)\b/)
  return message
}
const opening = (url: string): Promise<string> => refusalOf(openStore(url, storeOptions))

/** Makes a store with one message in it. */
async function fill(url: string): Promise<void> {
  const store = await openStore(url, storeOptions)
  await store.recordEvents([aText(person(1), 1)], T)
  await store.close()
}

describe('a place where no store can be', () => {
  it.each(['sqlite:', 'file:'])('%s inside a file', async (engine) => {
    writeFileSync(at('a.txt'), 'words')
    expect(await opening(`${engine}${at('a.txt')}/data/camnang.db`)).toMatch(/^STORE: không tạo được thư mục ".*": có tệp nằm ở chỗ phải là thư mục\. Hãy /)
    expect(await opening(`${engine}${at('a.txt')}/x`)).toMatch(/^STORE: không .*có tệp nằm ở chỗ phải là thư mục\. Hãy /)
    expect(readFileSync(at('a.txt'), 'utf8')).toBe('words')
  })

  it('sqlite: on a folder', async () => {
    expect(await opening(`sqlite:${folder}`)).toBe(`STORE: "${folder}" là thư mục, mà kho sqlite: cần một tệp. Hãy ghi sqlite:${folder}/camnang.db, hoặc file:${folder} nếu đây là kho thư mục.`)
  })

  it('sqlite: on a device', async () => {
    expect(await opening('sqlite:/dev/null')).toMatch(/^STORE: "\/dev\/null" không phải tệp thường/)
  })

  it('file: on a file', async () => {
    await fill(`sqlite:${at('camnang.db')}`)
    expect(await opening(`file:${at('camnang.db')}`)).toMatch(/^STORE: ".*camnang\.db" là tệp, mà kho file: cần một thư mục\. Hãy /)
  })

  it.each(['sqlite:/proc/camnang/y.db', 'file:/proc/camnang/y'])('%s, where the system lets nobody make a folder, is refused at once', (url) => {
    const { status, stderr, signal } = spawnSync(process.execPath, ['src/cli.ts', 'serve'], { encoding: 'utf8', timeout: 20_000, env: { ...processEnv, STORE: url, SANDBOX: '1', PORT: '0', LOG_LEVEL: 'silent' } })
    expect([signal, status, stderr]).toEqual([null, 1, expect.stringMatching(/^STORE: không tạo được thư mục ".*": .*\. Hãy .*\n$/)])
  })
})

describe('a folder that is not ours', () => {
  it('is neither opened nor moved aside by a restore, and keeps its rights', async () => {
    await fill(`file:${at('store')}`)
    await backup(`file:${at('store')}`, at('copy'))
    mkdirSync(at('etc'), { mode: 0o755 })
    writeFileSync(at('etc/passwd'), 'root')
    expect(await opening(`file:${at('etc')}`)).toBe(`STORE: thư mục "${at('etc')}" đang chứa tệp khác, không phải kho dữ liệu của Cẩm nang số. Hãy chọn một thư mục mới hoặc trống, ví dụ file:${at('etc')}/camnang.`)
    expect(await refusalOf(restore(at('copy'), `file:${at('etc')}/`))).toContain(`file:${at('etc')}/camnang`)
    expect([readdirSync(at('etc')), statSync(at('etc')).mode & 0o777]).toEqual([['passwd'], 0o755])
  })

  it('may hold what every disk holds or a SQLite store, and a store that lost its mark is brought back', async () => {
    mkdirSync(at('disk/lost+found'), { recursive: true })
    await fill(`sqlite:${at('disk/camnang.db')}`)
    await fill(`file:${at('disk')}`)
    await backup(`file:${at('disk')}`, at('copy'))
    rmSync(at('disk/store.json'))
    await restore(at('copy'), `file:${at('disk')}`)
    expect(readdirSync(at('disk'))).toContain('store.json')
  })
})

it('a disk without room for the file that readers share is full, not broken', () => {
  const place = { engine: 'sqlite', path: 'x.db', sync: 'full' } as const
  const told = (errcode: number) => (explained(Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode }), place) as Error).message
  expect([told(4874), told(522)]).toEqual([expect.stringMatching(/đã đầy\. Hãy dọn/), expect.stringMatching(/ổ đĩa báo lỗi/)])
})

describe('a file that is not ours', () => {
  it.each([
    ['of another program', () => { const db = new DatabaseSync(at('x.db')); db.exec('create table theirs (a)'); db.close() }],
    ['of another program that names itself', () => { const db = new DatabaseSync(at('x.db')); db.exec('pragma application_id = 7; create table theirs (a)'); db.close() }],
    ['that is no database', () => writeFileSync(at('x.db'), 'only words, and many of them. '.repeat(200))],
    ['that is too short for one', () => writeFileSync(at('x.db'), 'x')],
  ])('%s is refused and left as it is', async (_, make) => {
    make()
    const before = readFileSync(at('x.db'))
    expect(await opening(`sqlite:${at('x.db')}`)).toMatch(/^STORE: tệp ".*x\.db" không phải kho dữ liệu của Cẩm nang số, hoặc đã hỏng\. Hãy /)
    expect(readFileSync(at('x.db'))).toEqual(before)
    expect(existsSync(at('x.db-wal'))).toBe(false)
  })

  it('nor one of ours that is damaged, with the way back', async () => {
    await fill(`sqlite:${at('x.db')}`)
    writeFileSync(at('x.db'), readFileSync(at('x.db')).fill(7, 100))
    expect(await opening(`sqlite:${at('x.db')}`)).toMatch(/^STORE: .*x\.db.*hỏng.*restore/)
  })

  it('a new and empty one is taken', async () => {
    writeFileSync(at('x.db'), '')
    await fill(`sqlite:${at('x.db')}`)
  })
})

describe('store copy', () => {
  it.each(['sqlite:', 'file:'])('into %s that has rows is refused with a sentence, and changes nothing', async (engine) => {
    await fill(`sqlite:${at('one.db')}`)
    await fill(`${engine}${at('two')}`)
    expect(await refusalOf(copyStore(`sqlite:${at('one.db')}`, `${engine}${at('two')}`, { withSecrets: false, now: T }))).toMatch(/^Kho đích: đã có dữ liệu.*Hãy /)
    expect(await copyStore(`${engine}${at('two')}`, `sqlite:${at('three.db')}`, { withSecrets: false, now: T })).toBe(2)
  })

  it('takes an address out of a variable, and says which one is missing', async () => {
    await fill(`sqlite:${at('one.db')}`)
    const said: string[] = []
    const terminal = { env: { OLD: `sqlite:${at('one.db')}`, NEW: `file:${at('two')}` }, out: (line: string) => void said.push(line), error: () => undefined, input: process.stdin }
    await expect(store(['copy', 'env:OLD', 'env:NWE'], terminal)).rejects.toThrow('Chưa đặt biến NWE.')
    expect(await store(['copy', 'env:OLD', 'env:NEW'], terminal)).toBe(0)
    expect(said).toEqual(['Đã chép 2 dòng.'])
  })

  it('says which of the two is meant', async () => {
    await fill(`sqlite:${at('one.db')}`)
    writeFileSync(at('words.txt'), 'only words. '.repeat(50))
    expect(await refusalOf(copyStore(`sqlite:${at('words.txt')}`, `sqlite:${at('two.db')}`, { withSecrets: false }))).toMatch(/^Kho nguồn: tệp /)
    expect(await refusalOf(copyStore(`sqlite:${at('one.db')}`, `sqlite:${folder}`, { withSecrets: false }))).toMatch(/^Kho đích: ".*" là thư mục/)
  })
})

describe('backup and restore', () => {
  it('of the other kind are refused with a sentence', async () => {
    await fill(`sqlite:${at('one.db')}`)
    await fill(`file:${at('two')}`)
    await backup(`sqlite:${at('one.db')}`, at('copy.db'))
    await backup(`file:${at('two')}`, at('copy'))
    expect(await refusalOf(restore(at('copy'), `sqlite:${at('one.db')}`))).toMatch(/là thư mục, mà kho sqlite: \(STORE\) cần bản sao lưu là tệp\. Hãy /)
    expect(await refusalOf(restore(at('copy.db'), `file:${at('two')}`))).toMatch(/là tệp, mà kho file: \(STORE\) cần bản sao lưu là thư mục\. Hãy /)
    expect(await refusalOf(restore(folder, `sqlite:${at('one.db')}`))).toMatch(/là thư mục/)
    expect(await refusalOf(restore(folder, `file:${at('two')}`))).toMatch(/không phải bản sao lưu/)
  })

  it('refuse the store itself, but not what a restore put aside', async () => {
    await fill(`sqlite:${at('one.db')}`)
    await backup(`sqlite:${at('one.db')}`, at('copy.db'))
    await restore(at('copy.db'), `sqlite:${at('one.db')}`)
    symlinkSync(at('one.db'), at('link.db'))
    for (const name of ['one.db', 'link.db']) expect(await refusalOf(restore(at(name), `sqlite:${at('one.db')}`))).toMatch(/chính là kho dữ liệu đang dùng/)
    expect(await restore(at('one.db.before-restore'), `sqlite:${at('one.db')}`)).toBe(at('one.db.before-restore-2'))
    expect(existsSync(at('one.db.before-restore'))).toBe(true)
  })

  it('refuse a target inside a file, inside the store, and where nothing can be made; nothing half stays', async () => {
    await fill(`sqlite:${at('one.db')}`)
    await fill(`file:${at('two')}`)
    writeFileSync(at('a.txt'), '')
    for (const [url, target] of [
      [`sqlite:${at('one.db')}`, at('a.txt/copy.db')], [`file:${at('two')}`, at('a.txt/copy')], [`sqlite:${at('one.db')}`, '/proc/camnang/copy.db'],
      [`file:${at('two')}`, '/proc/camnang/copy'], [`file:${at('two')}`, at('two/copy')],
    ] as const) expect(await refusalOf(backup(url, target))).toMatch(new RegExp(`"${target}".*\\. Hãy `))
    expect(existsSync(at('two/copy'))).toBe(false)
    expect(await refusalOf(backup(`sqlite:${at('none.db')}`, at('copy.db')))).toMatch(/^STORE: không có kho/)
    expect(existsSync(at('none.db'))).toBe(false)
  })

  it('tell a backup that was cut off from a file of somebody else', async () => {
    await fill(`sqlite:${at('one.db')}`)
    await backup(`sqlite:${at('one.db')}`, at('copy.db'))
    truncateSync(at('copy.db'), statSync(at('copy.db')).size / 2)
    expect(await refusalOf(restore(at('copy.db'), `sqlite:${at('one.db')}`))).toMatch(/copy\.db" bị hỏng hoặc thiếu một phần.*\. Hãy /)
  })

  it('say that the list of backups cannot be written, not the backup', async () => {
    await fill(`sqlite:${at('one.db')}`)
    mkdirSync(at('one.db.backups.d'))
    symlinkSync(at('one.db.backups.d/none/list'), at('one.db.backups'))
    expect(await refusalOf(backup(`sqlite:${at('one.db')}`, at('copy.db')))).toMatch(/^STORE: không ghi được ".*one\.db\.backups".*\. Hãy /)
    expect(existsSync(at('copy.db'))).toBe(false)
  })

  it('leave nothing beside a backup that was read', async () => {
    await fill(`sqlite:${at('one.db')}`)
    await backup(`sqlite:${at('one.db')}`, at('copy.db'))
    await restore(at('copy.db'), `sqlite:${at('one.db')}`)
    expect([existsSync(at('copy.db-wal')), existsSync(at('copy.db-shm')), existsSync(at('copy.db.partial'))]).toEqual([false, false, false])
  })
})

it('folders are made for the owner alone, each of them', () => {
  makeFolder(at('a/b/c'))
  for (const name of ['a', 'a/b', 'a/b/c']) expect(statSync(at(name)).mode & 0o777).toBe(0o700)
  mkdirSync(at('open'), { mode: 0o755 })
  makeFolder(at('open/in'))
  expect(statSync(at('open')).mode & 0o777).toBe(0o755)
})
