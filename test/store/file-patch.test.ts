import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyPatch, diff, type Document, type Patch } from '../../src/store/file/patch.ts'

type Row = { id: string; n: number }

/** Versions of one document as the store makes them: rows are added at the end, replaced in place or taken out. */
const step = fc.oneof(
  fc.record({ do: fc.constant('add' as const), id: fc.nat(8), n: fc.nat() }),
  fc.record({ do: fc.constant('change' as const), id: fc.nat(8), n: fc.nat() }),
  fc.record({ do: fc.constant('remove' as const), id: fc.nat(8) }),
  fc.record({ do: fc.constant('set' as const), value: fc.json() }),
)
const versions = fc.array(step, { minLength: 1, maxLength: 30 }).map((steps) => {
  const all: Document[] = [{ head: null, rows: [] }]
  for (const one of steps) {
    const last = all.at(-1)!
    const rows = last.rows as Row[]
    if (one.do === 'set') all.push({ ...last, head: JSON.parse(one.value) })
    else if (one.do === 'remove') all.push({ ...last, rows: rows.filter(({ id }) => id !== `r${one.id}`) })
    else if (one.do === 'change') all.push({ ...last, rows: rows.map((row) => (row.id === `r${one.id}` ? { ...row, n: one.n } : row)) })
    else if (!rows.some(({ id }) => id === `r${one.id}`)) all.push({ ...last, rows: [...rows, { id: `r${one.id}`, n: one.n }] })
  }
  return all
})

const patchesOf = (all: readonly Document[]): Patch[] =>
  all.slice(1).flatMap((after, n) => { const patch = diff(all[n]!, after); return patch === null ? [] : [JSON.parse(JSON.stringify(patch)) as Patch] })
const applied = (document: Document, patches: readonly Patch[]): Document | null =>
  patches.reduce<Document | null>((before, patch) => applyPatch(before, patch), document)

describe('patches of a document', () => {
  it('lead from the first version to the last, in the same order of rows', () => {
    fc.assert(fc.property(versions, (all) => void expect(applied(all[0]!, patchesOf(all))).toEqual(all.at(-1))))
  })

  it('lead to the last version also from any version between, applied from the beginning', () => {
    fc.assert(fc.property(versions, fc.nat(30), (all, pick) => {
      const written = all[pick % all.length]!
      const rebuilt = applied(written, patchesOf(all))!
      const byId = (document: Document) => (document.rows as Row[]).toSorted((a, b) => (a.id < b.id ? -1 : 1))
      expect({ ...rebuilt, rows: byId(rebuilt) }).toEqual({ ...all.at(-1)!, rows: byId(all.at(-1)!) })
    }))
  })

  it('is nothing when nothing changed, and only the changed row when one did', () => {
    const before = { head: { at: 1 }, rows: [{ id: 'a', n: 1 }, { id: 'b', n: 1 }] }
    expect(diff(before, { ...before })).toBeNull()
    expect(diff(before, { ...before, rows: [before.rows[0], { id: 'b', n: 2 }] })).toEqual({ rows: { rows: [{ id: 'b', n: 2 }] } })
  })

  it('needs the document it was made for, unless it brings a whole one', () => {
    expect(applyPatch(null, { rows: { rows: [{ id: 'a' }] } })).toBeNull()
    expect(applyPatch(null, diff(null, { head: 1, rows: [] })!)).toEqual({ head: 1, rows: [] })
  })
})
