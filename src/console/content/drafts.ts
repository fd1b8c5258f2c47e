import type { Millis } from '../../core/time.ts'
import type { Register } from '../../store/ports.ts'
import type { WordFile } from '../../content/sheets/items.ts'

/** What one officer wants files to say, until a second one publishes it. */
export interface Draft {
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

/** More than all words of a province. */
const longest = 3 * 1024 * 1024
export const mostDrafts = 200

/** Drafts in the store's register: `content-draft:<id>`. */
export interface DraftBook {
  /** Last changed first. */
  list(): Promise<KeptDraft[]>
  find(id: string): Promise<KeptDraft | null>
  /** False when there are too many, or it is too large to be kept. */
  add(draft: Draft): Promise<boolean>
  /** False when somebody changed or removed it meanwhile, or it grew too large. */
  change(draft: Draft, expected: number): Promise<boolean>
  remove(id: string, expected: number): Promise<boolean>
}

const prefix = 'content-draft:'
const isId = (id: string): boolean => /^[\w-]{1,64}$/.test(id)

export function createDraftBook(register: Register): DraftBook {
  const write = (draft: Draft, expected: number): Promise<boolean> => {
    const text = JSON.stringify(draft)
    return text.length > longest ? Promise.resolve(false) : register.writeEntry(prefix + draft.id, text, expected)
  }
  return {
    async list() {
      const entries = await register.listEntries(prefix)
      return entries.map(({ value, version }) => ({ draft: JSON.parse(value) as Draft, version })).sort((a, b) => b.draft.changedAt - a.draft.changedAt)
    },
    async find(id) {
      const entry = isId(id) ? await register.readEntry(prefix + id) : null
      return entry === null ? null : { draft: JSON.parse(entry.value) as Draft, version: entry.version }
    },
    add: async (draft) => isId(draft.id) && (await register.listEntries(prefix)).length < mostDrafts && write(draft, 0),
    change: write,
    remove: (id, expected) => register.writeEntry(prefix + id, null, expected),
  }
}
