import path from 'node:path'
import { LowSync } from 'lowdb'
import { StoreUnavailable } from '../ports.ts'
import { JsonDocumentFile, listFolder, UNREADABLE, type FileSystem } from './adapter.ts'
import { Journal } from './journal.ts'
import { applyPatch, diff, type Document, type Patch } from './patch.ts'

/** A document as it was and as it is to be; `after` null removes it. */
export interface Change { name: string; before: Document | null; after: Document | null }

/**
 * Something an operator must look at. `unreadable`: the file was renamed to `*.unreadable` (a journal's line was left
 * out), the others serve. `unwritable`: documents wait in the journal until the disk takes them.
 */
export interface FileProblem { file: string; what: 'unreadable' | 'unwritable' }

export interface DocumentsOptions {
  fs: FileSystem
  /** The document when it is what its name says; null otherwise: then its file is set aside. */
  check(name: string, document: unknown): Document | null
}

/** So many documents that stand on disk are also kept in memory. */
const CLEAN_LIMIT = 4_000
/** So many documents may be newer in memory and in the journal than in their own file. */
const DIRTY_LIMIT = 20_000
/** The journal goes on in a new file at this size, so that old ones can be dropped. */
const JOURNAL_BYTES = 4 * 1024 * 1024
/** And after so many rounds, so that erased words do not stay in it. */
const JOURNAL_ROUNDS = 600

interface Dirty { document: Document | null; sinceFile: number; sinceRound: number }

/**
 * Documents by name (their path without `.json`). A group of changes is recorded by one line in the journal, whole or
 * not at all; the documents themselves are written a little later by lowdb, many changes at once, oldest first.
 */
export class Documents {
  readonly #dir: string
  readonly #options: DocumentsOptions
  readonly #journal: Journal
  /** Least recently used first. */
  readonly #clean = new Map<string, Document>()
  /** Longest waiting first. */
  readonly #dirty = new Map<string, Dirty>()
  readonly #unreadable = new Set<string>()
  #unwritable = false
  #round = 0
  #journalSince = 0

  constructor(dir: string, options: DocumentsOptions) {
    this.#dir = dir
    this.#options = options
    this.#journal = new Journal(dir, options.fs)
  }

  get dirtyCount(): number { return this.#dirty.size }
  get problems(): FileProblem[] {
    const unreadable = [...this.#unreadable].map((file) => ({ file, what: 'unreadable' as const }))
    return this.#unwritable ? [...unreadable, { file: '.', what: 'unwritable' }] : unreadable
  }

  /** A file that was set aside earlier and nobody has looked at yet, by the name it had. */
  noteUnreadable(file: string): void {
    this.#unreadable.add(file)
  }

  /** Takes over what the journal holds from the last process; returns the names of the documents it touched. */
  recover(): string[] {
    const incomplete = new Set<string>()
    for (const { file, record } of this.#journal.replay((file) => this.noteUnreadable(file))) {
      for (const [name, patch] of Object.entries(record as Record<string, Patch | null>)) {
        const after = patch === null ? null : applyPatch(this.read(name), patch)
        if (after === null && patch !== null) incomplete.add(name)
        else {
          incomplete.delete(name)
          this.#markDirty(name, after, file)
        }
      }
    }
    for (const name of incomplete) this.noteUnreadable(`${name}.json`)
    return [...this.#dirty.keys()]
  }

  /** Null when there is none, or when what is there cannot be read. */
  read(name: string): Document | null {
    const dirty = this.#dirty.get(name)
    if (dirty !== undefined) return dirty.document
    const clean = this.#clean.get(name)
    const document = clean ?? this.#load(name)
    if (document !== null) this.#keepClean(name, document)
    return document
  }

  /** Recorded when it returns. Throws `StoreUnavailable` when it cannot be: then nothing changed. */
  record(changes: readonly Change[]): void {
    const line: Record<string, Patch | null> = {}
    for (const { name, before, after } of changes) {
      const patch = after === null ? null : diff(before, after)
      if (after === null || patch !== null) line[name] = patch
    }
    const count = Object.keys(line).length
    if (count === 0) return
    try {
      if (this.#dirty.size > DIRTY_LIMIT) this.#writeOldest(2 * count)
      this.#journal.append(line)
    } catch (error) {
      throw new StoreUnavailable('the store folder cannot be written', { cause: error })
    }
    for (const { name, after } of changes) if (name in line) this.#markDirty(name, after, this.#journal.current)
  }

  /**
   * Writes documents that have waited for `rounds` calls or longer, until `enough()`; then drops what the journal need
   * not hold any longer. False when a file could not be written: the journal still has it.
   */
  writeBack(rounds: number, enough: () => boolean): boolean {
    this.#round++
    try {
      for (const [name, dirty] of this.#dirty) {
        if (this.#round - dirty.sinceRound < rounds || enough()) break
        this.#write(name, dirty)
      }
      this.#trimJournal()
      this.#unwritable = false
    } catch {
      this.#unwritable = true
    }
    return !this.#unwritable
  }

  /** Names of the documents directly in a folder, in order. */
  names(folder: string): string[] {
    const onDisk = listFolder(path.join(this.#dir, folder), this.#options.fs).filter((file) => file.endsWith('.json')).map((file) => `${folder}/${file.slice(0, -'.json'.length)}`)
    const names = new Set(onDisk)
    for (const [name, { document }] of this.#dirty) {
      if (document === null) names.delete(name)
      else if (path.posix.dirname(name) === folder) names.add(name)
    }
    return [...names].sort()
  }

  close(): void {
    this.#journal.close()
  }

  #fileOf(name: string): string {
    return path.join(this.#dir, `${name}.json`)
  }

  #writeOldest(count: number): void {
    for (const [name, dirty] of this.#dirty) {
      if (count-- <= 0) return
      this.#write(name, dirty)
    }
  }

  #write(name: string, { document }: Dirty): void {
    const file = this.#fileOf(name)
    if (document !== null) new LowSync<Document>(new JsonDocumentFile(file, this.#options.fs), document).write()
    else if (this.#options.fs.existsSync(file)) this.#options.fs.unlinkSync(file)
    this.#dirty.delete(name)
    if (document !== null) this.#keepClean(name, document)
  }

  #load(name: string): Document | null {
    const file = this.#fileOf(name)
    const db = new LowSync<Document | null>(new JsonDocumentFile(file, this.#options.fs), null)
    try {
      db.read()
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw new StoreUnavailable('the store folder cannot be read', { cause: error })
      return this.#setAside(name)
    }
    return db.data === null ? null : (this.#options.check(name, db.data) ?? this.#setAside(name))
  }

  #setAside(name: string): null {
    this.#options.fs.renameSync(this.#fileOf(name), this.#fileOf(name) + UNREADABLE)
    this.noteUnreadable(`${name}.json`)
    return null
  }

  #markDirty(name: string, document: Document | null, file: number): void {
    const known = this.#dirty.get(name)
    this.#clean.delete(name)
    this.#dirty.set(name, { document, sinceFile: known?.sinceFile ?? file, sinceRound: known?.sinceRound ?? this.#round })
  }

  #keepClean(name: string, document: Document): void {
    this.#clean.delete(name)
    this.#clean.set(name, document)
    if (this.#clean.size > CLEAN_LIMIT) this.#clean.delete(this.#clean.keys().next().value!)
  }

  #trimJournal(): void {
    const oldest = this.#dirty.values().next().value
    const old = this.#round - this.#journalSince > JOURNAL_ROUNDS
    if (this.#journal.size > (oldest === undefined || old ? 0 : JOURNAL_BYTES)) {
      this.#journal.rotate()
      this.#journalSince = this.#round
    }
    this.#journal.dropBefore(oldest?.sinceFile ?? this.#journal.current)
  }
}
