import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { content } from '../../src/commands/content.ts'
import { UsageError } from '../../src/commands/command.ts'
import { sheets } from '../../src/content/sheets/layout.ts'
import type { Table } from '../../src/content/sheets/table.ts'
import { readWorkbook } from '../../src/content/sheets/workbook-read.ts'
import { writeWorkbook } from '../../src/content/sheets/workbook-write.ts'
import { readFolder } from '../../src/node/files.ts'
import { writeChanges } from '../../src/node/write-files.ts'
import { world } from './support.ts'

let folder = ''
const at = (...names: string[]): string => join(folder, ...names)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'camnang-sheets-'))
  const { flows, content: files } = world()
  for (const { root, name, text } of [...flows.map((one) => ({ ...one, root: 'flows' })), ...files.map((one) => ({ ...one, root: 'content' }))]) {
    await mkdir(dirname(at(root, name)), { recursive: true })
    await writeFile(at(root, name), text)
  }
})
afterEach(() => rm(folder, { recursive: true, force: true }))

interface Ran { code: number; out: string; error: string }

async function run(words: string[], typed: string | null = null): Promise<Ran> {
  const [out, error]: [string[], string[]] = [[], []]
  const input = Object.assign(new PassThrough(), { isTTY: typed !== null })
  input.end(typed ?? '')
  const code = await content(words, { env: { FLOWS_DIR: at('flows'), CONTENT_DIR: at('content'), SANDBOX: '1' }, out: (line) => out.push(line), error: (line) => error.push(line), input })
  return { code, out: out.join('\n'), error: error.join('\n') }
}

const article = 'articles/vneid/dvc-forgot-password.md'
const words = (): Promise<Record<string, string>> => folderOf('content').then(async (files) => ({ ...files, ...(await folderOf('flows')) }))
const folderOf = async (root: string): Promise<Record<string, string>> => Object.fromEntries((await readFolder(at(root))).map(({ name, text }) => [name, text]))

/** Exports, lets somebody edit the tables in a spreadsheet, and saves them. */
async function edited(edit: (tables: Table[]) => Table[]): Promise<string> {
  await run(['export', '--xlsx', at('ra.xlsx')])
  const tables = edit((await readWorkbook(await readFile(at('ra.xlsx')))).slice(1))
  await writeFile(at('sua.xlsx'), await writeWorkbook(tables.map((table) => ({ ...table, sheet: sheets.find(({ title }) => title === table.title)! })), ['x']))
  return at('sua.xlsx')
}
const put = (from: string, to: string) => (tables: Table[]): Table[] => tables.map((table) => ({ ...table, rows: table.rows.map((row) => row.map((cell) => (cell === from ? to : cell))) }))

describe('content export', () => {
  it('writes a workbook and a folder of CSV files, and tells how much is in them', async () => {
    const { code, out } = await run(['export', '--xlsx', at('ra', 'bang.xlsx'), '--csv', at('csv')])
    expect([code, out]).toEqual([0, expect.stringContaining('Mục hỏi–đáp: 2 dòng · Câu hỏi: 7 dòng · Nguồn: 2 dòng · Nút: 1 dòng')])
    expect((await readdir(at('csv'))).sort()).toEqual(sheets.map(({ csv }) => csv).sort())
    expect((await readFile(at('csv', 'cau-hoi.csv'), 'utf8')).startsWith('\uFEFF"Mã mục",')).toBe(true)
    expect((await readWorkbook(await readFile(at('ra', 'bang.xlsx')))).map(({ title }) => title)).toEqual(['Hướng dẫn', ...sheets.map(({ title }) => title)])
    expect(await readdir(at('ra'))).toEqual(['bang.xlsx'])
  })

  it('does not write over a file that somebody may be working in', async () => {
    await writeFile(at('ra.xlsx'), 'đang sửa')
    await mkdir(at('csv'))
    await writeFile(at('csv', 'nut.csv'), 'đang sửa')
    expect(await run(['export', '--xlsx', at('ra.xlsx')])).toMatchObject({ code: 1, error: expect.stringContaining('Đã có') as string })
    expect(await run(['export', '--csv', at('csv')])).toMatchObject({ code: 1, error: expect.stringContaining('nut.csv') as string })
    expect([await readFile(at('ra.xlsx'), 'utf8'), await readdir(at('csv'))]).toEqual(['đang sửa', ['nut.csv']])
  })

  it('does not start from content that has errors', async () => {
    await writeFile(at('flows', 'main.yaml'), 'id: main\n')
    expect(await run(['export', '--xlsx', at('ra.xlsx')])).toMatchObject({ code: 1, error: expect.stringContaining('main.yaml') as string })
    await expect(stat(at('ra.xlsx'))).rejects.toThrow()
  })

  it.each([[['export']], [['export', '--xlsx', 'bang.xls']], [['export', '--la']], [['import']], [['import', 'a.xlsx', '--la']]])('tells how it is used: %j', async (args) => {
    await expect(run(args)).rejects.toBeInstanceOf(UsageError)
  })
})

describe('content import', () => {
  const question = 'Quên pass định danh'

  it('finds nothing to change in what was just exported, as a workbook, a folder, and one CSV file', async () => {
    await run(['export', '--xlsx', at('ra.xlsx'), '--csv', at('csv')])
    for (const path of [at('ra.xlsx'), at('csv'), at('csv', 'cau-hoi.csv')]) expect(await run(['import', path, '--yes'])).toEqual({ code: 0, out: 'Không có gì thay đổi.', error: '' })
  })

  it('shows the difference and writes nothing by itself', async () => {
    const before = await words()
    const { code, out } = await run(['import', await edited(put(question, 'Quên mật mã?'))])
    expect(code).toBe(0)
    expect(out).toContain(`${article}\n  Câu hỏi 3 · Câu hỏi\n    cũ:  ${question}\n    mới: Quên mật mã?\n`)
    expect(out).toContain('Chưa ghi gì')
    expect(await words()).toEqual(before)
  })

  it('with --yes writes that change and no other, at one stroke, with the rights the file had', async () => {
    const before = await words()
    await chmod(at('content', article), 0o600)
    const { code, out } = await run(['import', await edited(put(question, '=quên rồi')), '--yes'])
    expect([code, out]).toEqual([0, expect.stringContaining('Đã ghi 1 tệp.')])
    expect(await words()).toEqual({ ...before, [article]: before[article]!.replace(`- ${question}`, '- =quên rồi') })
    expect((await stat(at('content', article))).mode & 0o777).toBe(0o600)
    expect((await readdir(dirname(at('content', article)))).sort()).toEqual(['dvc-forgot-password.md', 'dvc-old-password.md'])
  })

  it('a linked file stays a link', async () => {
    const before = await words()
    await writeFile(at('that.md'), before[article]!)
    await rm(at('content', article))
    await symlink(at('that.md'), at('content', article))
    await run(['import', await edited(put(question, 'Khác')), '--yes'])
    expect(await readFile(at('that.md'), 'utf8')).toBe(before[article]!.replace(question, 'Khác'))
  })

  it.each([['có\n', true], ['CO\n', true], ['\n', false], ['không\n', false], ['', false]])('on a terminal asks first: %j', async (typed, writes) => {
    const before = await words()
    const { out } = await run(['import', await edited(put(question, 'Khác'))], typed)
    expect(out).toContain('Ghi 1 tệp?')
    expect(JSON.stringify(await words()) !== JSON.stringify(before)).toBe(writes)
  })

  it('writes nothing when the content would have an error afterwards, and shows it', async () => {
    const before = await words()
    const { code, out, error } = await run(['import', await edited((tables) => put('2027-02-21', '2025-01-01')(put(question, 'Khác')(tables))), '--yes'])
    expect([code, error]).toEqual([1, 'Có lỗi nên chưa ghi gì. Sửa trong bảng rồi nhập lại.'])
    expect(out).toMatch(/dvc-forgot-password\.md:\d+:\d+: hạn rà soát 2025-01-01 sớm hơn/)
    expect(await words()).toEqual(before)
  })

  it('names what gets doubtful by the change, and not what was so before', async () => {
    await writeFile(at('content', 'la.yaml'), 'a: 1\n')
    const { code, out } = await run(['import', await edited((tables) => tables.map((table) => (table.title === 'Mục hỏi–đáp' ? { ...table, rows: [table.rows[0]!, table.rows[1]!.with(3, `Bà con ${'bấm nút '.repeat(20)}này.`)] } : table))), '--yes'])
    expect(code).toBe(0)
    expect(out).toMatch(/Kiểm nội dung sau khi sửa:\n\S+dvc-forgot-password\.md:\d+:\d+: lưu ý: câu dài/)
    expect(out).not.toContain('la.yaml')
  })

  it('leaves a conflict alone, takes the rest, and says so in its exit code', async () => {
    const path = await edited((tables) => put(question, 'Trong bảng')(put('Không nhớ mật khẩu định danh', 'Không nhớ')(tables)))
    await writeFile(at('content', article), (await readFile(at('content', article), 'utf8')).replace(question, 'Trong tệp'))
    const { code, out } = await run(['import', path, '--yes'])
    expect([code, out]).toEqual([1, expect.stringContaining('XUNG ĐỘT: trang “Câu hỏi”, dòng 4')])
    const now = await readFile(at('content', article), 'utf8')
    expect([now.includes('- Trong tệp\n'), now.includes('- Không nhớ\n'), now.includes('Trong bảng')]).toEqual([true, true, false])
  })

  it('makes a file of a new article', async () => {
    const path = await edited((tables) => tables.map((table) => {
      const cells: Record<string, string> = { 'Mã mục': 'muc-moi', 'Nhóm': 'vneid', 'Tiêu đề': 'Mục mới', 'Trả lời ngắn': 'Bà con bấm nút Mới.', 'Ngày rà soát': '2026-11-20', 'Hạn rà soát': '2027-02-01', 'Phụ trách': 'Phòng', 'Tên nguồn': 'Luật', 'Ngày': '2024', 'Câu hỏi': 'Mục mới là gì?' }
      return ['Mục hỏi–đáp', 'Câu hỏi', 'Nguồn'].includes(table.title) ? { ...table, rows: [...table.rows, table.rows[0]!.map((heading) => cells[heading] ?? '')] } : table
    }))
    expect(await run(['import', path, '--yes'])).toMatchObject({ code: 0, error: '' })
    expect(await readFile(at('content', 'articles/vneid/muc-moi.md'), 'utf8')).toContain('id: muc-moi\ntitle: Mục mới\nquestions:\n  - Mục mới là gì?\n')
  })

  it.each([
    ['khong-co.xlsx', null, 'Không tìm thấy'], ['bang.ods', 'x', 'Không đọc được tệp kiểu “.ods”'], ['bang.xlsx', 'x', 'không đọc được như bảng tính'], ['la.csv', Uint8Array.from([0xe3, 0x20]), 'không phải UTF-8'],
  ])('refuses %s with a sentence', async (name, bytes, sentence) => {
    if (bytes !== null) await writeFile(at(name), bytes)
    expect(await run(['import', at(name), '--yes'])).toMatchObject({ code: 1, out: '', error: expect.stringContaining(sentence) as string })
  })

  it('a folder without tables is refused', async () => {
    expect(await run(['import', folder])).toMatchObject({ code: 1, error: expect.stringContaining('không có tệp .csv nào') as string })
  })
})

describe('writing changes', () => {
  const change = (name: string, before: string | null, after: string) => ({ file: { root: 'content' as const, name, file: name }, before, after, edits: [] })
  const write = (...changes: ReturnType<typeof change>[]): Promise<void> => writeChanges(changes, { flowsDir: at('flows'), contentDir: at('content') })

  it('writes none when one of the files was changed since, or came to be', async () => {
    const before = await words()
    await expect(write(change(article, before[article]!, 'mới'), change('replies.yaml', 'khác', 'mới'))).rejects.toThrow('Tệp replies.yaml vừa được đổi')
    await expect(write(change(article, before[article]!, 'mới'), change('entry.yaml', null, 'mới'))).rejects.toThrow('Tệp entry.yaml vừa được đổi')
    expect(await words()).toEqual(before)
  })

  it('leaves nothing behind when a place cannot be written', async () => {
    const before = await words()
    await writeFile(at('content', 'chan'), '')
    await expect(write(change(article, before[article]!, 'mới'), change('chan/a.md', null, 'mới'))).rejects.toThrow()
    expect(await words()).toEqual(before)
    expect((await readdir(dirname(at('content', article)))).sort()).toEqual(['dvc-forgot-password.md', 'dvc-old-password.md'])
  })
})
