import path from 'node:path'
import { LowSync } from 'lowdb'
import * as z from 'zod'
import { StoreUnavailable, type Register } from '../ports.ts'
import { entryRow, type EntryRow } from '../rows.ts'
import { JsonDocumentFile, type FileSystem } from './adapter.ts'

const entriesDocument = z.object({ entries: z.array(entryRow) })
type Entries = z.infer<typeof entriesDocument>

const isSecret = (name: string): boolean => name.startsWith('secret:')

/**
 * Named values in two small files, `register.json` and, for what begins with `secret:`, `secrets.json`. They are few and
 * seldom written, so each change writes its file at once and the journal never holds a secret.
 */
export class FileRegister implements Register {
  readonly #open: LowSync<Entries>
  readonly #secret: LowSync<Entries>

  constructor(dir: string, fs: FileSystem) {
    this.#open = new LowSync<Entries>(new JsonDocumentFile(path.join(dir, 'register.json'), fs), { entries: [] })
    this.#secret = new LowSync<Entries>(new JsonDocumentFile(path.join(dir, 'secrets.json'), fs), { entries: [] })
    for (const db of [this.#open, this.#secret]) {
      db.read()
      if (!entriesDocument.safeParse(db.data).success) throw new SyntaxError('register.json hoặc secrets.json không phải danh sách các mục')
    }
  }

  async readEntry(name: string): Promise<{ value: string; version: number } | null> {
    const entry = this.find(name)
    return entry === null ? null : { value: entry.value, version: entry.version }
  }

  async writeEntry(name: string, value: string | null, expected: number): Promise<boolean> {
    const entry = this.find(name)
    if ((entry?.version ?? 0) !== expected || (entry === null && value === null)) return false
    this.put(name, value === null ? null : { name, value, version: this.#nextVersion() })
    return true
  }

  async listEntries(prefix: string): Promise<EntryRow[]> {
    return this.all().filter(({ name }) => name.startsWith(prefix))
  }

  find(name: string): EntryRow | null {
    return this.#fileOf(name).data.entries.find((entry) => entry.name === name) ?? null
  }

  /** By name. */
  all(): EntryRow[] {
    return [...this.#open.data.entries, ...this.#secret.data.entries].sort((a, b) => (a.name < b.name ? -1 : 1)).map((entry) => ({ ...entry }))
  }

  /** Sets the entry as it is; null removes it. Recorded when it returns. */
  put(name: string, entry: EntryRow | null): void {
    const db = this.#fileOf(name)
    const before = db.data
    const others = before.entries.filter((one) => one.name !== name)
    db.data = { entries: entry === null ? others : [...others, entry] }
    try {
      db.write()
    } catch (error) {
      db.data = before
      throw new StoreUnavailable('the store folder cannot be written', { cause: error })
    }
  }

  /** Never one that was used while any entry has it, so that a deleted and remade entry is another version. */
  #nextVersion(): number {
    return Math.max(0, ...this.all().map(({ version }) => version)) + 1
  }

  #fileOf(name: string): LowSync<Entries> {
    return isSecret(name) ? this.#secret : this.#open
  }
}
