import fs, { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StoreUnavailable } from '../../src/store/ports.ts'
import type { FileSystem } from '../../src/store/file/adapter.ts'
import { Documents, type Change } from '../../src/store/file/documents.ts'
import { GroupCommit } from '../../src/store/file/group-commit.ts'
import { Journal } from '../../src/store/file/journal.ts'
import type { Document } from '../../src/store/file/patch.ts'
import type { State, Unit } from '../../src/store/file/unit.ts'

describe('the journal', () => {
  let folder: string
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'camnang-journal-')) })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const open = (changes: Partial<FileSystem> = {}): Journal => new Journal(folder, { ...fs, ...changes })
  const unreadable: string[] = []
  const records = (journal = open()): unknown[] => [...journal.replay((file) => unreadable.push(file))].map(({ record }) => record)
  const full = (): never => { throw Object.assign(new Error('no space'), { code: 'ENOSPC' }) }

  it('goes on in a file of its own after the ones that are there', () => {
    const first = open()
    first.append({ n: 1 })
    first.close()
    const second = open()
    expect(second.current).toBe(first.current + 1)
    second.append({ n: 2 })
    second.close()
    expect(records()).toEqual([{ n: 1 }, { n: 2 }])
  })

  it('writes a line on where the system took only some of it', () => {
    const journal = open({ writeSync: ((fd: number, line: Buffer, from: number) => fs.writeSync(fd, line, from, Math.min(3, line.length - from))) as FileSystem['writeSync'] })
    journal.append({ text: 'Đăng ký khai sinh' })
    journal.close()
    expect(records()).toEqual([{ text: 'Đăng ký khai sinh' }])
  })

  it('leaves out a line that cannot be read, says in which file, and reads the others', () => {
    writeFileSync(join(folder, 'journal-000001.jsonl'), '{"n":1}\n{"n":\n{"n":3}\n{"n":4')
    expect(records()).toEqual([{ n: 1 }, { n: 3 }])
    expect(unreadable).toEqual(['journal-000001.jsonl'])
  })

  /** Writes half of a line and fails, while `failing`. */
  const breaking = (more: Partial<FileSystem> = {}) => {
    const disk = { failing: false }
    const journal = open({ ...more, writeSync: ((fd: number, line: Buffer, from: number) => {
      if (!disk.failing) return fs.writeSync(fd, line, from)
      if (from > 0) return full()
      return fs.writeSync(fd, line, 0, 4)
    }) as FileSystem['writeSync'] })
    return { disk, journal }
  }

  it.each([['in the first file', false], ['after it has gone on in another', true]])('takes back the beginning of a line that could not be written, %s', (_, rotated) => {
    const { disk, journal } = breaking()
    journal.append({ n: 1 })
    if (rotated) journal.rotate()
    journal.append({ n: 2 })
    disk.failing = true
    expect(() => journal.append({ n: 3 })).toThrow('no space')
    disk.failing = false
    journal.append({ n: 4 })
    journal.close()
    unreadable.length = 0
    expect(records()).toEqual([{ n: 1 }, { n: 2 }, { n: 4 }])
    expect(unreadable).toEqual([])
  })

  it('goes on in another file where not even that can be taken back', () => {
    const { disk, journal } = breaking({ ftruncateSync: full })
    journal.append({ n: 1 })
    disk.failing = true
    expect(() => journal.append({ n: 2 })).toThrow('no space')
    disk.failing = false
    journal.append({ n: 3 })
    journal.close()
    expect(records()).toEqual([{ n: 1 }, { n: 3 }])
  })

  it('drops the files before the one that is still needed, and no others, whoever has deleted some', () => {
    const journal = open()
    for (let n = 1; n <= 3; n++) {
      journal.append({ n })
      journal.rotate()
    }
    rmSync(join(folder, 'journal-000001.jsonl'))
    journal.dropBefore(3)
    journal.append({ n: 4 })
    journal.close()
    expect(readdirSync(folder).toSorted()).toEqual(['journal-000003.jsonl', 'journal-000004.jsonl'])
    expect(readFileSync(join(folder, 'journal-000003.jsonl'), 'utf8')).toBe('{"n":3}\n')
    expect(records()).toEqual([{ n: 3 }, { n: 4 }])
  })
})

describe('documents', () => {
  let folder: string
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'camnang-documents-')) })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const open = (changes: Partial<FileSystem> = {}): Documents => new Documents(folder, { fs: { ...fs, ...changes }, check: (_, document) => document as Document })
  const save = (documents: Documents, name: string, after: Document): void => documents.record([{ name, before: documents.read(name), after }])
  /** What the next process finds, when this one is killed now. */
  const found = (...names: string[]): unknown[] => {
    const next = open()
    next.recover()
    return names.map((name) => next.read(name))
  }
  const journals = (): string[] => readdirSync(folder).filter((name) => name.startsWith('journal')).toSorted()
  const never = (): boolean => false
  /** True from the second time on. */
  const afterOne = (): (() => boolean) => {
    let times = 0
    return () => times++ > 0
  }

  it('stay in the journal as long as they stand nowhere else, however often it goes on in another file', () => {
    const documents = open()
    save(documents, 'a', { text: 'x'.repeat(5_000_000) })
    save(documents, 'b', { n: 1, more: 'first' })
    documents.writeBack(0, afterOne())
    expect([journals(), documents.dirtyCount]).toEqual([['journal-000001.jsonl'], 1])
    expect(found('b')).toEqual([{ n: 1, more: 'first' }])
    save(documents, 'b', { n: 2, more: 'first' })
    documents.writeBack(100, never)
    expect(found('b')).toEqual([{ n: 2, more: 'first' }])
    documents.writeBack(0, never)
    expect(journals()).toEqual([])
    expect(found('b')).toEqual([{ n: 2, more: 'first' }])
  })

  it('taken over from a process that was killed stay in its journal until they are written', () => {
    save(open(), 'a', { n: 1 })
    const second = open()
    second.recover()
    second.writeBack(100, never)
    expect(found('a')).toEqual([{ n: 1 }])
    second.writeBack(0, never)
    expect(journals()).toEqual([])
    expect(found('a')).toEqual([{ n: 1 }])
  })

  it('that were changed leave the journal after a while, also where something is always waiting', () => {
    const documents = open()
    save(documents, 'a', { text: 'lời riêng' })
    for (let n = 0; n < 650; n++) {
      save(documents, `b${n % 2}`, { n })
      documents.writeBack(2, never)
    }
    expect(documents.dirtyCount).toBe(1)
    expect(journals().map((name) => readFileSync(join(folder, name), 'utf8')).join('')).not.toContain('lời riêng')
    expect(found('a', 'b0', 'b1')).toEqual([{ text: 'lời riêng' }, { n: 648 }, { n: 649 }])
  })

  it('of which only a change is left are told as unreadable, and nothing is made of it', () => {
    const documents = open()
    save(documents, 'a', { rows: [{ id: '1' }] })
    documents.writeBack(0, never)
    save(documents, 'a', { rows: [{ id: '1' }, { id: '2' }] })
    rmSync(join(folder, 'a.json'))
    const next = open()
    expect(next.recover()).toEqual([])
    expect([next.read('a'), next.problems]).toEqual([null, [{ file: 'a.json', what: 'unreadable' }]])
  })

  it('that the system cannot read now are not set aside', () => {
    writeFileSync(join(folder, 'a.json'), '{"n":1}')
    const failing = open({ readFileSync: (() => { throw Object.assign(new Error('too many open files'), { code: 'EMFILE' }) }) as FileSystem['readFileSync'] })
    expect(() => failing.read('a')).toThrow(StoreUnavailable)
    expect(readdirSync(folder)).toEqual(['a.json'])
  })
})

describe('calls that are recorded together', () => {
  function setUp() {
    const seen = { lines: [] as string[][], recorded: 0, broken: false }
    const state = { documents: {
      read: () => null,
      record(changes: readonly Change[]) {
        if (seen.broken) throw new StoreUnavailable('the disk is full')
        seen.lines.push(changes.map(({ name, after }) => `${name}${after === null ? ' gone' : ''}`))
      },
    } } as unknown as State
    const commits = new GroupCommit(state, { record: () => undefined, recorded: () => void seen.recorded++ })
    const write = (...names: string[]) => (unit: Unit) => { for (const name of names) unit.write(name, {}) }
    return { seen, commits, write }
  }

  it('one that fails half way leaves nothing of itself, and takes nobody with it', async () => {
    const { seen, commits, write } = setUp()
    const results = await Promise.allSettled([
      commits.run(write('một')), commits.run((unit) => { write('hai', 'một')(unit); unit.write('một', null); throw new TypeError('half') }), commits.run(write('ba')),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(seen).toMatchObject({ lines: [['một', 'ba']], recorded: 1 })
  })

  it('all fail when nothing can be written, and nothing counts as recorded', async () => {
    const { seen, commits, write } = setUp()
    seen.broken = true
    const results = await Promise.allSettled([commits.run(write('một')), commits.run(write('hai'))])
    expect(results).toMatchObject([{ reason: { name: 'StoreUnavailable' } }, { reason: { name: 'StoreUnavailable' } }])
    expect(seen).toMatchObject({ lines: [], recorded: 0 })
  })

  it('those that wait are done at the end, and no more are taken', async () => {
    const { seen, commits, write } = setUp()
    const last = commits.run(write('một'))
    commits.close()
    expect(seen.lines).toEqual([['một']])
    await last
    await expect(commits.run(write('hai'))).rejects.toBeInstanceOf(StoreUnavailable)
    expect(seen.lines).toEqual([['một']])
  })
})
