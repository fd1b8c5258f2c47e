import type { Millis } from '../../core/time.ts'
import type { Register } from '../../store/ports.ts'
import type { WordFile } from '../../content/sheets/items.ts'

/** A draft without its texts, as lists show it. */
export interface DraftHead {
  id: string
  /** What it is about, as it stands in lists. */
  title: string
  kind: DraftKind
  /** Everybody who wrote in it, the first one first: none of them publishes it. */
  authors: readonly string[]
  /** `publishing`: begun and not finished, by a crash perhaps; pressing publish again finishes it. */
  status: 'writing' | 'submitted' | 'publishing'
  createdAt: Millis
  changedAt: Millis
  /** For whoever publishes, in the author's words. */
  note: string
  /** Why it was sent back; null when it was not, or was handed in again since. */
  returned: { by: string; why: string; at: Millis } | null
}

/** What one officer wants files to say, until a second one publishes it. */
export interface Draft extends DraftHead {
  changes: readonly DraftChange[]
}

export type DraftKind = 'edit' | 'new' | 'sheets' | 'question' | 'undo'

/** One file as it was when the draft was begun, and as it shall be. */
export interface DraftChange {
  file: WordFile
  /** Null: there was none. */
  before: string | null
  after: string
}

/** A draft with the version it was read at. */
export interface KeptDraft { draft: Draft; version: number }
/** The same as lists show it, with the files it is about. */
export interface ListedDraft { draft: DraftHead; files: readonly WordFile[] }

/** More than all words of a province. */
const longest = 3 * 1024 * 1024
export const mostDrafts = 200

/** Drafts in the store's register: `content-draft:<id>`, and the texts of each beside it, so that lists need not read them. */
export interface DraftBook {
  /** Last changed first. */
  list(): Promise<ListedDraft[]>
  find(id: string): Promise<KeptDraft | null>
  /** False when there are too many, or it is too large to be kept. */
  add(draft: Draft): Promise<boolean>
  /** False when somebody changed or removed it meanwhile, or it grew too large. */
  change(draft: Draft, expected: number): Promise<boolean>
  remove(id: string, expected: number): Promise<boolean>
}

/** `texts`: the number of the entry that holds the changes. */
interface KeptHead extends ListedDraft { texts: number }

const prefix = 'content-draft:'
const isId = (id: string): boolean => /^[\w-]{1,64}$/.test(id)
const textsEntry = (id: string, texts: number): string => `content-text:${id}:${texts}`

export function createDraftBook(register: Register): DraftBook {
  async function head(id: string): Promise<{ kept: KeptHead; version: number } | null> {
    const entry = isId(id) ? await register.readEntry(prefix + id) : null
    return entry === null ? null : { kept: JSON.parse(entry.value) as KeptHead, version: entry.version }
  }

  async function drop(name: string): Promise<void> {
    const entry = await register.readEntry(name)
    if (entry !== null) await register.writeEntry(name, null, entry.version)
  }

  /** The texts under a number of their own first: whoever reads the old head meanwhile finds the old texts. */
  async function write({ changes, ...draft }: Draft, expected: number, texts: number): Promise<boolean> {
    const text = JSON.stringify(changes)
    if (text.length > longest || !(await register.writeEntry(textsEntry(draft.id, texts), text, 0))) return false
    const kept: KeptHead = { draft, files: changes.map(({ file }) => file), texts }
    if (await register.writeEntry(prefix + draft.id, JSON.stringify(kept), expected)) return true
    await drop(textsEntry(draft.id, texts))
    return false
  }

  return {
    async list() {
      const entries = await register.listEntries(prefix)
      return entries.map(({ value }) => JSON.parse(value) as KeptHead).sort((a, b) => b.draft.changedAt - a.draft.changedAt)
    },
    async find(id) {
      for (;;) {
        const found = await head(id)
        if (found === null) return null
        const entry = await register.readEntry(textsEntry(id, found.kept.texts))
        if (entry !== null) return { draft: { ...found.kept.draft, changes: JSON.parse(entry.value) as DraftChange[] }, version: found.version }
      }
    },
    add: async (draft) => isId(draft.id) && (await register.listEntries(prefix)).length < mostDrafts && write(draft, 0, 1),
    async change(draft, expected) {
      const found = await head(draft.id)
      if (found === null || found.version !== expected || !(await write(draft, expected, found.kept.texts + 1))) return false
      await drop(textsEntry(draft.id, found.kept.texts))
      return true
    },
    async remove(id, expected) {
      const found = await head(id)
      if (found === null || !(await register.writeEntry(prefix + id, null, expected))) return false
      await drop(textsEntry(id, found.kept.texts))
      return true
    },
  }
}
