/** A JSON object kept in one file. Values are never changed in place: a new document shares what did not change with the old one. */
export type Document = Readonly<Record<string, unknown>>

/** What differs between two versions of a document, small enough to be noted at every step. */
export interface Patch {
  /** Fields with a new value. All fields of a new document. */
  set?: Record<string, unknown>
  /** Rows, by list, that are new (they go to the end) or have a new value. */
  rows?: Record<string, readonly Row[]>
  /** Ids of rows, by list, that went. */
  gone?: Record<string, readonly string[]>
}

interface Row { readonly id: string }

/**
 * The patch from `before` to `after`, by comparing references; null when nothing changed. Fields never disappear; rows
 * keep their order, and new ones come last.
 */
export function diff(before: Document | null, after: Document): Patch | null {
  if (before === null) return { set: { ...after } }
  const patch: Patch = {}
  for (const field of Object.keys(after)) {
    const [old, now] = [before[field], after[field]]
    if (old === now) continue
    if (isRows(old) && isRows(now)) diffRows(field, old, now, patch)
    else (patch.set ??= {})[field] = now
  }
  return Object.keys(patch).length === 0 ? null : patch
}

/** Rows keep their order, so that both lists are walked once: what stands elsewhere than before follows rows that went. */
function diffRows(field: string, before: readonly Row[], after: readonly Row[], patch: Patch): void {
  const rows: Row[] = []
  const gone: string[] = []
  let at = 0
  for (const old of before) {
    const now = after[at]
    if (now?.id !== old.id) gone.push(old.id)
    else {
      if (now !== old) rows.push(now)
      at++
    }
  }
  rows.push(...after.slice(at))
  if (rows.length > 0) (patch.rows ??= {})[field] = rows
  if (gone.length > 0) (patch.gone ??= {})[field] = gone
}

/**
 * `before` with the patch applied. Applying a run of patches to a document that already has some of them gives the
 * same as applying the run to the document it was made for. Null when the patch needs a document that is not there.
 */
export function applyPatch(before: Document | null, patch: Patch): Document | null {
  if (before === null && (patch.set === undefined || patch.rows !== undefined || patch.gone !== undefined)) return null
  const after: Record<string, unknown> = { ...before, ...patch.set }
  for (const [field, ids] of Object.entries(patch.gone ?? {})) {
    const gone = new Set(ids)
    after[field] = rowsOf(after[field]).filter((row) => !gone.has(row.id))
  }
  for (const [field, rows] of Object.entries(patch.rows ?? {})) {
    const byId = new Map(rowsOf(after[field]).map((row) => [row.id, row]))
    for (const row of rows) byId.set(row.id, row)
    after[field] = [...byId.values()]
  }
  return after
}

const rowsOf = (value: unknown): readonly Row[] => (isRows(value) ? value : [])

/** Lists are of one kind throughout. */
function isRows(value: unknown): value is readonly Row[] {
  if (!Array.isArray(value)) return false
  const first: unknown = value[0]
  return first === undefined || (typeof first === 'object' && first !== null && 'id' in first && typeof first.id === 'string')
}
