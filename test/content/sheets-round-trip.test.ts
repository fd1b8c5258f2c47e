import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutArticle } from '../../src/content/sheets/article-text.ts'
import { readCsv, writeCsv } from '../../src/content/sheets/csv.ts'
import { tablesOf } from '../../src/content/sheets/export.ts'
import { itemsOf } from '../../src/content/sheets/items.ts'
import { sheetNamed } from '../../src/content/sheets/layout.ts'
import { planImport, withChanges } from '../../src/content/sheets/plan.ts'
import type { Table } from '../../src/content/sheets/table.ts'
import { readWorkbook } from '../../src/content/sheets/workbook-read.ts'
import { writeWorkbook } from '../../src/content/sheets/workbook-write.ts'
import { commentsWithin } from '../../src/content/sheets/yaml-place.ts'
import { readContentFolders } from '../../src/node/files.ts'
import { wordFolders } from '../../src/node/words.ts'
import { file, world } from './support.ts'

const fixture = async (name: string): Promise<string> => readFile(fileURLToPath(new URL(`../fixtures/sheets/${name}`, import.meta.url)), 'utf8')
const files = world({
  content: [file('articles/an-toan/muc-ghi-chu.md', await fixture('articles/an-toan/muc-ghi-chu.md'))],
  flows: [file('ghi-chu.yaml', await fixture('flows/ghi-chu.yaml'))],
})
const own = await readContentFolders(wordFolders({ flowsDir: 'flows', contentDir: 'content' }))

const viaWorkbook = async (tables: ReturnType<typeof tablesOf>): Promise<Table[]> => readWorkbook(await writeWorkbook(tables, ['Đọc trước']))
const viaCsv = (tables: readonly Table[]): Table[] => tables.map(({ title, rows }) => readCsv(title, new TextEncoder().encode(writeCsv(rows))))

describe('export and import without an edit', () => {
  it('change nothing in the project’s own content, as a workbook and as CSV', async () => {
    const tables = tablesOf(own)
    expect(tables.map(({ rows }) => rows.length > 50)).toEqual(tables.map(() => true))
    expect(planImport(own, await viaWorkbook(tables))).toEqual({ changes: [], findings: [] })
    expect(planImport(own, viaCsv(tables))).toEqual({ changes: [], findings: [] })
  })
})

/** What a row says, without what follows from it. */
const said = (tables: readonly Table[]): string[][][] => tables.map(({ rows }) => {
  const kept = rows[0]!.map((heading) => !['Dấu (đừng sửa)', 'Tiêu đề mục'].includes(heading))
  return rows.map((row) => row.filter((_, index) => kept[index]))
})

const commentsIn = (name: string, text: string): string[] => {
  const yaml = name.endsWith('.md') ? cutArticle(text)!.frontMatter : text
  return commentsWithin(yaml, 0, yaml.length)
}

describe('random edits', () => {
  const exported = tablesOf(files)
  const targets = itemsOf(files).flatMap((item) => {
    const sheet = sheetNamed(item.sheet)
    const table = exported.findIndex((one) => one.sheet === sheet)
    const row = itemsOf(files).filter((other) => other.sheet === item.sheet).findIndex((other) => other.scope === item.scope && other.order === item.order) + 1
    const isSaid = (id: string): boolean => ['short', 'details'].includes(id) || item.sheet === 'replies' || item.cells['place'] === 'Lời nói'
    return Object.keys(item.fields).map((id) => ({ table, row, mayHaveLines: isSaid(id) || sheet.columns.find((column) => column.id === id)!.role === 'words', at: sheet.columns.findIndex((column) => column.id === id), words: sheet.columns.find((column) => column.id === id)!.role === 'words' }))
  })
  const text = fc.oneof(
    fc.array(fc.constantFrom('a', 'Bà con', ' ', ': ', ' #', '-', '=', '+', '@', '"', "'", ', ', '[', '}', '{{province.hotline}}', '|', '%', '&', '*', '!', '?', 'ế', '😀', '0259', 'true', '\\', '---', '\t'), { minLength: 1, maxLength: 8 }).map((parts) => parts.join('')),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  ).map((one) => one.normalize('NFC').replaceAll(/[\r\n<]/g, ' ').trim()).filter((one) => one !== '' && !one.startsWith('---'))
  const edit = fc.tuple(fc.constantFrom(...targets), fc.array(text, { minLength: 1, maxLength: 3 }))

  const edited = (tables: readonly Table[], edits: readonly (readonly [(typeof targets)[number], string[]])[]): Table[] =>
    edits.reduce<Table[]>((all, [{ table, row, at, mayHaveLines }, lines]) => all.with(table, { ...all[table]!, rows: all[table]!.rows.with(row, all[table]!.rows[row]!.with(at, lines.join(mayHaveLines ? '\n' : ' '))) }), [...tables])

  it('come out as exactly those changes, and no comment is lost', () => {
    fc.assert(fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), (edits) => {
      const tables = edited(exported, edits)
      const { changes, findings } = planImport(files, tables)
      expect(findings).toEqual([])
      const after = withChanges(files, changes)
      expect(said(tablesOf(after))).toEqual(said(tables))
      const touched = new Set(changes.map(({ file: { name } }) => name))
      for (const one of [...files.flows, ...files.content]) {
        const now = [...after.flows, ...after.content].find(({ name, file: shown }) => name === one.name && shown === one.file)!
        if (!touched.has(one.name)) expect(now.text).toBe(one.text)
        else expect(commentsIn(one.name, now.text)).toEqual(commentsIn(one.name, one.text))
      }
      expect(planImport(after, tables)).toEqual({ changes: [], findings: [] })
    }), { numRuns: 60 })
  })

  it('the same by way of a workbook and of CSV', async () => {
    await fc.assert(fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
      const { changes } = planImport(files, edited(exported, edits))
      const written = edited(exported, edits).map((table, index) => ({ ...table, sheet: exported[index]!.sheet }))
      expect(planImport(files, await viaWorkbook(written)).changes).toEqual(changes)
      expect(planImport(files, viaCsv(written)).changes).toEqual(changes)
    }), { numRuns: 10 })
  })

  it('rows taken out, put in and given back in any order lose nothing that was not marked', () => {
    const questions = exported[1]!.rows.slice(1)
    fc.assert(fc.property(fc.shuffledSubarray(questions), fc.array(text, { maxLength: 3 }), fc.array(fc.nat(questions.length - 1), { maxLength: 3 }), (rows, more, marked) => {
      const added = [...new Set(more)].filter((one) => !questions.some((row) => row[3] === one))
      const marks = new Set(marked.map((index) => questions[index]))
      const table: Table = { title: 'x', rows: [exported[1]!.rows[0]!, ...rows.map((row) => (marks.has(row) ? row.with(4, 'x') : row)), ...added.map((one) => ['muc-ghi-chu', '', '', one, '', ''])] }
      const { changes } = planImport(files, [table])
      const left = questions.filter((row) => !(marks.has(row) && rows.includes(row))).map((row) => `${row[0]}: ${row[3]}`)
      const now = tablesOf(withChanges(files, changes))[1]!.rows.slice(1).map((row) => `${row[0]}: ${row[3]}`)
      expect(now.toSorted()).toEqual([...left, ...added.map((one) => `muc-ghi-chu: ${one}`)].toSorted())
    }), { numRuns: 80 })
  })
})
