import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { FileSource } from '../../src/content.ts'
import { differenceOf } from '../../src/content/sheets/difference.ts'
import { tablesOf } from '../../src/content/sheets/export.ts'
import { planImport, withChanges, type Plan } from '../../src/content/sheets/plan.ts'
import type { Finding, Table } from '../../src/content/sheets/table.ts'
import { file, world } from './support.ts'

const fixture = async (name: string): Promise<string> => readFile(fileURLToPath(new URL(`../fixtures/sheets/${name}`, import.meta.url)), 'utf8')
const article = await fixture('articles/an-toan/muc-ghi-chu.md')
const flow = await fixture('flows/ghi-chu.yaml')
const articleName = 'articles/an-toan/muc-ghi-chu.md'
const flowName = 'ghi-chu.yaml'
const files = world({ content: [file(articleName, article)], flows: [file(flowName, flow)] })

/** A cell is named by its sheet, by what its row holds in other columns, and by its heading. */
function change(tables: readonly Table[], title: string, row: Record<string, string>, cells: Record<string, string>): Table[] {
  return tables.map((table) => {
    if (table.title !== title) return table
    const headings = table.rows[0]!
    const matching = table.rows.filter((texts, index) => index > 0 && Object.entries(row).every(([heading, text]) => texts[headings.indexOf(heading)] === text))
    expect(matching).toHaveLength(1)
    return { ...table, rows: table.rows.map((texts) => (texts === matching[0] ? texts.map((text, index) => cells[headings[index]!] ?? text) : texts)) }
  })
}

function append(tables: readonly Table[], title: string, cells: Record<string, string>): Table[] {
  return tables.map((table) => (table.title === title ? { ...table, rows: [...table.rows, table.rows[0]!.map((heading) => cells[heading] ?? '')] } : table))
}

const without = (tables: readonly Table[], title: string, text: string): Table[] =>
  tables.map((table) => (table.title === title ? { ...table, rows: table.rows.filter((row) => !row.includes(text)) } : table))

const swap = (source: string, ...pairs: [string, string][]): string => pairs.reduce((text, [from, to]) => {
  expect(text.split(from)).toHaveLength(2)
  return text.replace(from, () => to)
}, source)

const kinds = ({ findings }: Plan): Finding['kind'][] => findings.map(({ kind }) => kind)
const only = ({ changes, findings }: Plan): { name: string; after: string } => {
  expect(findings).toEqual([])
  expect(changes).toHaveLength(1)
  return { name: changes[0]!.file.name, after: changes[0]!.after }
}
const exported = tablesOf(files)
const applied = (plan: Plan): FileSource => withChanges(files, plan.changes)

describe('one cell changed changes that place in its file and nothing else', () => {
  it.each<[string, string, Record<string, string>, Record<string, string>, string, [string, string]]>([
    ['a title in single quotes', 'Mục hỏi–đáp', { 'Mã mục': 'muc-ghi-chu' }, { 'Tiêu đề': 'Tên mới' }, articleName, ["title: 'Mục có nhiều ghi chú'   # tên", "title: 'Tên mới'   # tên"]],
    ['a day, as Vietnamese write it', 'Mục hỏi–đáp', { 'Mã mục': 'muc-ghi-chu' }, { 'Hạn rà soát': '5/3/2027' }, articleName, ['review_by: 2027-02-01', 'review_by: 2027-03-05']],
    ['a day, as a cell for numbers shows it', 'Mục hỏi–đáp', { 'Mã mục': 'muc-ghi-chu' }, { 'Hạn rà soát': '46451' }, articleName, ['review_by: 2027-02-01', 'review_by: 2027-03-05']],
    ['the short answer', 'Mục hỏi–đáp', { 'Mã mục': 'muc-ghi-chu' }, { 'Trả lời ngắn': 'Ngắn hơn.' }, articleName, ['Câu trả lời ngắn, viết trên\nhai dòng.  \n', 'Ngắn hơn.\n']],
    ['the details', 'Mục hỏi–đáp', { 'Mã mục': 'muc-ghi-chu' }, { 'Các bước, chi tiết': '1. Chỉ một bước.' }, articleName, [article.slice(article.indexOf('1. Bước'), article.indexOf('bà con.\n\n') + 7), '1. Chỉ một bước.']],
    ['the details taken out', 'Mục hỏi–đáp', { 'Mã mục': 'muc-ghi-chu' }, { 'Các bước, chi tiết': '' }, articleName, [article.slice(article.indexOf('\n\n   1. Bước'), article.indexOf('bà con.\n\n') + 7), '']],
    ['a key that was not there', 'Mục hỏi–đáp', { 'Mã mục': 'muc-ghi-chu' }, { 'Ngày rút': '2026-11-20' }, articleName, ['# mục gần\n', '# mục gần\nwithdrawn: 2026-11-20\n']],
    ['a phrase more', 'Mục hỏi–đáp', { 'Mã mục': 'muc-ghi-chu' }, { 'Mục liên quan': 'dvc-forgot-password\nmuc-khac\n' }, articleName, ['[dvc-forgot-password]', '[dvc-forgot-password, muc-khac]']],
    ['a question with a comment', 'Câu hỏi', { 'Mã mục': 'muc-ghi-chu', STT: '1' }, { 'Câu hỏi': '@ai: hỏi gì?' }, articleName, ['- Hỏi thế nào thì được trả lời?   # hay', '- "@ai: hỏi gì?"   # hay']],
    ['a question taken out', 'Câu hỏi', { 'Mã mục': 'muc-ghi-chu', STT: '3' }, { 'Bỏ (ghi x)': 'x' }, articleName, ["  - '=SUM(1) là gì'\n", '']],
    ['a source in lines', 'Nguồn', { 'Mã mục': 'muc-ghi-chu', STT: '1' }, { 'Số hiệu': '0260/2024' }, articleName, ['"0259/2024"   # giữ', '"0260/2024"   # giữ']],
    ['a source gets a link', 'Nguồn', { 'Mã mục': 'muc-ghi-chu', STT: '1' }, { 'Đường dẫn': 'https://vanban.chinhphu.vn' }, articleName, ['      date: 2024-07\n', '      date: 2024-07\n      url: https://vanban.chinhphu.vn\n']],
    ['a source loses its link', 'Nguồn', { 'Mã mục': 'muc-ghi-chu', STT: '2' }, { 'Đường dẫn': '' }, articleName, [', url: "https://nhandan.vn/a" }', ' }']],
    ['what a step says', 'Lời kịch bản', { 'Kịch bản': 'ghi-chu', 'Bước': 'dau', 'Chỗ': 'Lời nói' }, { 'Lời': 'Bà con chọn:\n\nviệc gì?' }, flowName, ['      việc nào?\n', '      việc gì?\n']],
    ['a choice', 'Lời kịch bản', { 'Kịch bản': 'ghi-chu', 'Chỗ': 'Lựa chọn 2' }, { 'Lời': 'Hai; ba' }, flowName, ['"Hai, ba"', '"Hai; ba"']],
    ['other words for a choice', 'Lời kịch bản', { 'Kịch bản': 'ghi-chu', 'Chỗ': 'Lựa chọn 1' }, { 'Cách nói khác (mỗi dòng một cách)': 'một cái\nmột thứ' }, flowName, ['match: một cái', 'match: [một cái, một thứ]']],
    ['triggers, with a pattern between', 'Lời kịch bản', { 'Kịch bản': 'ghi-chu', 'Chỗ': 'Tên kịch bản' }, { 'Cách nói khác (mỗi dòng một cách)': 'ghi chú\nchú thích' }, flowName, ['- chú giải', '- chú thích']],
  ])('%s', (_, title, row, cells, name, pair) => {
    expect(only(planImport(files, change(exported, title, row, cells)))).toEqual({ name, after: swap(name === flowName ? flow : article, pair) })
  })

  it('a reply', () => {
    const before = files.content.find(({ name }) => name === 'replies.yaml')!.text
    const { name, after } = only(planImport(files, change(exported, 'Câu soạn sẵn', { 'Khóa': 'thanks' }, { 'Lời': '-- cảm ơn: bà con' })))
    expect(name).toBe('replies.yaml')
    expect(after.split('\n').filter((line) => !before.split('\n').includes(line))).toEqual(['thanks: "-- cảm ơn: bà con"'])
  })

  it('a question more goes to the end of its list', () => {
    const tables = append(exported, 'Câu hỏi', { 'Mã mục': 'muc-ghi-chu', 'Câu hỏi': '+ thêm một câu' })
    expect(only(planImport(files, tables)).after).toBe(swap(article, ['  - Câu thứ sáu\n', '  - Câu thứ sáu\n  - + thêm một câu\n']))
  })

  it('several changes in one file come together', () => {
    const tables = append(
      change(change(exported, 'Câu hỏi', { 'Mã mục': 'muc-ghi-chu', STT: '1' }, { 'Bỏ (ghi x)': 'x' }), 'Câu hỏi', { 'Mã mục': 'muc-ghi-chu', STT: '4' }, { 'Câu hỏi': 'Bốn' }),
      'Nút', { 'Mã mục': 'muc-ghi-chu', 'Chữ trên nút': 'Gọi, hỏi', 'Đường dẫn': 'https://a.gov.vn' })
    expect(only(planImport(files, tables)).after).toBe(swap(article,
      ['  - Hỏi thế nào thì được trả lời?   # hay gặp nhất\n', '  # hay gặp nhất\n'], ['- Câu thứ tư', '- Bốn'],
      ['url: "https://dichvucong.gov.vn" }\n', 'url: "https://dichvucong.gov.vn" }\n  - { title: "Gọi, hỏi", url: https://a.gov.vn }\n']))
  })

  it('line ends of Windows and a byte order mark stay', () => {
    const windows = `\uFEFF${article.replaceAll('\n', '\r\n')}`
    const there = world({ content: [file(articleName, windows)], flows: [file(flowName, flow)] })
    const tables = tablesOf(there)
    expect(tables).toEqual(exported)
    expect(planImport(there, tables)).toEqual({ changes: [], findings: [] })
    expect(planImport(there, change(tables, 'Mục hỏi–đáp', { 'Mã mục': 'muc-ghi-chu' }, { 'Trả lời ngắn': 'Một\nhai.' })).changes[0]!.after)
      .toBe(swap(windows, ['Câu trả lời ngắn, viết trên\r\nhai dòng.  \r\n', 'Một\r\nhai.\r\n']))
  })

  it('replies lent by the project are copied with their first change', () => {
    const lent = files.content.find(({ name }) => name === 'replies.yaml')!
    const there: FileSource = { ...files, content: files.content.filter((one) => one !== lent), defaults: [{ ...lent, file: 'goc/replies.yaml' }] }
    const plan = planImport(there, change(tablesOf(there), 'Câu soạn sẵn', { 'Khóa': 'thanks' }, { 'Lời': 'Cảm ơn.' }))
    expect(plan.changes.map(({ file, before }) => ({ ...file, before }))).toEqual([expect.objectContaining({ root: 'content', name: 'replies.yaml', file: expect.not.stringContaining('goc/') as string, before: null })])
    expect(tablesOf(withChanges(there, plan.changes)).at(-1)!.rows.find(([key]) => key === 'thanks')![2]).toBe('Cảm ơn.')
  })
})

describe('what is no change', () => {
  it('the tables as they were exported', () => {
    expect(planImport(files, exported)).toEqual({ changes: [], findings: [] })
  })

  it('space at the ends of a cell, other line ends, letters put together otherwise', () => {
    const changed = exported.map((table) => ({ ...table, rows: table.rows.map((row, index) => (index === 0 ? row : row.map((cell) => (cell === '' ? '' : ` ${cell.normalize('NFD').replaceAll('\n', '\r\n')}\n`)))) }))
    expect(planImport(files, changed)).toEqual({ changes: [], findings: [] })
  })

  it('rows sorted, columns moved, sheets left out', () => {
    const moved = exported.slice(1, 3).map((table) => {
      const [headings = [], ...rows] = table.rows.map((row) => row.toReversed())
      return { ...table, title: 'Trang tính 1', rows: [headings, ...rows.toSorted((a, b) => (a.join() < b.join() ? -1 : 1))] }
    })
    expect(planImport(files, moved)).toEqual({ changes: [], findings: [] })
  })

  it('the same tables again, after they were taken', () => {
    const tables = append(change(change(exported, 'Mục hỏi–đáp', { 'Mã mục': 'muc-ghi-chu' }, { 'Tiêu đề': 'Mới' }), 'Câu hỏi', { 'Mã mục': 'muc-ghi-chu', STT: '3' }, { 'Bỏ (ghi x)': 'x' }),
      'Câu hỏi', { 'Mã mục': 'muc-ghi-chu', 'Câu hỏi': 'Thêm?' })
    const after = applied(planImport(files, tables))
    expect(after).not.toEqual(files)
    expect(planImport(after, tables)).toEqual({ changes: [], findings: [] })
  })
})

describe('two who edit at once', () => {
  const title = { 'Mã mục': 'muc-ghi-chu' }
  const editedFile = (text: string): FileSource => world({ content: [file(articleName, text)], flows: [file(flowName, flow)] })

  it('a row changed on both sides is a conflict, shown with both texts, and nothing is written', () => {
    const plan = planImport(editedFile(swap(article, ["'Mục có nhiều ghi chú'", 'Tên trong tệp'])), change(exported, 'Mục hỏi–đáp', title, { 'Tiêu đề': 'Tên trong bảng' }))
    expect(plan.changes).toEqual([])
    expect(plan.findings).toEqual([{ kind: 'conflict', where: 'trang “Mục hỏi–đáp”, dòng 2', todo: expect.any(String) as string,
      what: `tệp ${articleName} đã đổi chỗ này sau khi xuất bảng. Tiêu đề: trong tệp “Tên trong tệp”, trong bảng “Tên trong bảng”` }])
  })

  it('a row changed in the file alone keeps the file', () => {
    expect(planImport(editedFile(swap(article, ["'Mục có nhiều ghi chú'", 'Tên trong tệp'], ['- Câu thứ tư', '- Bốn rồi'])), exported)).toEqual({ changes: [], findings: [] })
  })

  it('rows find their items again when the list has moved', () => {
    const moved = swap(article, ['  # Câu chính đứng đầu\n', '  # Câu chính đứng đầu\n  - Câu mới trong tệp\n'])
    const plan = planImport(editedFile(moved), change(exported, 'Câu hỏi', { ...title, 'Câu hỏi': 'Câu thứ tư' }, { 'Câu hỏi': 'Bốn' }))
    expect(plan.changes[0]!.after).toBe(swap(moved, ['- Câu thứ tư', '- Bốn']))
    expect(kinds(plan)).toEqual(['absent'])
  })

  it('the same item changed on both sides, or gone from the file, is a conflict; the other rows are taken', () => {
    const there = editedFile(swap(article, ['- Câu thứ tư', '- Bốn trong tệp'], ['  - Câu thứ năm\n', '']))
    const tables = change(change(change(exported, 'Câu hỏi', { 'Câu hỏi': 'Câu thứ tư' }, { 'Câu hỏi': 'Bốn' }), 'Câu hỏi', { 'Câu hỏi': 'Câu thứ năm' }, { 'Câu hỏi': 'Năm' }), 'Câu hỏi', { 'Câu hỏi': 'Câu thứ sáu' }, { 'Câu hỏi': 'Sáu' })
    const plan = planImport(there, tables)
    expect(kinds(plan)).toEqual(['conflict', 'conflict'])
    expect(plan.findings[1]!.what).toContain('không còn trong tệp')
    expect(plan.changes.map(({ edits }) => edits.length)).toEqual([1])
    expect(plan.changes[0]!.after).toContain('- Sáu\n')
  })

  it('taking out what was changed in the file is a conflict, what is gone already is not', () => {
    const tables = change(change(exported, 'Câu hỏi', { 'Câu hỏi': 'Câu thứ tư' }, { 'Bỏ (ghi x)': 'x' }), 'Câu hỏi', { 'Câu hỏi': 'Câu thứ sáu' }, { 'Bỏ (ghi x)': 'x' })
    const plan = planImport(editedFile(swap(article, ['- Câu thứ tư', '- Bốn trong tệp'], ['  - Câu thứ sáu\n', ''])), tables)
    expect([plan.changes, kinds(plan)]).toEqual([[], ['conflict']])
  })

  it('the same change on both sides is none', () => {
    expect(planImport(editedFile(swap(article, ['- Câu thứ tư', '- Bốn'])), change(exported, 'Câu hỏi', { 'Câu hỏi': 'Câu thứ tư' }, { 'Câu hỏi': 'Bốn' }))).toEqual({ changes: [], findings: [] })
  })
})

describe('rows that come and go', () => {
  it('a row taken away takes nothing out of the files, and is told', () => {
    const plan = planImport(files, without(without(exported, 'Câu hỏi', 'Câu thứ tư'), 'Mục hỏi–đáp', 'muc-ghi-chu'))
    expect(plan.changes).toEqual([])
    expect(plan.findings).toEqual([
      { kind: 'absent', where: 'trang “Mục hỏi–đáp”', what: '1 dòng có trong tệp mà không có trong bảng, vẫn giữ nguyên: muc-ghi-chu', todo: 'muốn rút một mục thì ghi ngày vào cột “Ngày rút”' },
      { kind: 'absent', where: 'trang “Câu hỏi”', what: '1 dòng có trong tệp mà không có trong bảng, vẫn giữ nguyên: muc-ghi-chu 4', todo: 'muốn bỏ thì giữ dòng và ghi x vào cột “Bỏ (ghi x)”' },
    ])
  })

  const fresh = { 'Mã mục': 'muc-moi', 'Nhóm': 'an-toan', 'Tiêu đề': 'Mục: mới', 'Trả lời ngắn': 'Trả lời.', 'Các bước, chi tiết': '1. Một.\n\n2. Hai.', 'Ngày rà soát': '21/11/2026', 'Hạn rà soát': '2027-02-01', 'Phụ trách': 'Phòng CĐS', 'Mục liên quan': 'muc-ghi-chu\ndvc-forgot-password' }

  it('a new article with its questions and sources makes a new file', () => {
    const tables = append(append(append(append(exported, 'Mục hỏi–đáp', fresh), 'Câu hỏi', { 'Mã mục': 'muc-moi', 'Câu hỏi': '=hỏi?' }), 'Câu hỏi', { 'Mã mục': 'muc-moi', 'Câu hỏi': 'Hỏi: hai' }),
      'Nguồn', { 'Mã mục': 'muc-moi', 'Tên nguồn': 'Luật, số', 'Ngày': '7/2024' })
    const plan = planImport(files, tables)
    expect(plan.findings).toEqual([])
    expect(plan.changes.map(({ file, before, after }) => ({ name: file.name, before, after }))).toEqual([{
      name: 'articles/an-toan/muc-moi.md', before: null,
      after: '---\nid: muc-moi\ntitle: "Mục: mới"\nquestions:\n  - =hỏi?\n  - "Hỏi: hai"\nreviewed: 2026-11-21\nreview_by: 2027-02-01\nowner: Phòng CĐS\nsources:\n  - { title: "Luật, số", date: 2024-07 }\nrelated: [muc-ghi-chu, dvc-forgot-password]\n---\nTrả lời.\n\n1. Một.\n\n2. Hai.\n',
    }])
    expect(planImport(applied(plan), tables)).toEqual({ changes: [], findings: [] })
  })

  it.each<[string, (tables: Table[]) => Table[], RegExp]>([
    ['an id that leads out of the folder', (tables) => append(tables, 'Mục hỏi–đáp', { ...fresh, 'Mã mục': '../muc' }), /mã mục “..\/muc” viết sai/],
    ['a group that is none', (tables) => append(tables, 'Mục hỏi–đáp', { ...fresh, 'Nhóm': 'an-toam' }), /không có nhóm “an-toam” → có phải “an-toan”\?/],
    ['no group', (tables) => append(tables, 'Mục hỏi–đáp', { ...fresh, 'Nhóm': '' }), /chưa ghi nhóm → ghi một trong: vneid, an-toan|chưa ghi nhóm → ghi một trong: an-toan, vneid/],
    ['the same new id twice', (tables) => append(append(tables, 'Mục hỏi–đáp', fresh), 'Mục hỏi–đáp', { ...fresh, 'Tiêu đề': 'Khác' }), /hai dòng mới cùng mã “muc-moi”/],
    ['an id that was changed', (tables) => change(tables, 'Mục hỏi–đáp', { 'Mã mục': 'muc-ghi-chu' }, { 'Mã mục': 'muc-khac' }), /mã mục không đổi được/],
    ['a question of no article', (tables) => append(tables, 'Câu hỏi', { 'Mã mục': 'muc-ghi-ch', 'Câu hỏi': 'Gì?' }), /không có mục “muc-ghi-ch” → có phải “muc-ghi-chu”\?/],
    ['a question without words', (tables) => append(tables, 'Nguồn', { 'Mã mục': 'muc-ghi-chu', 'Ngày': '2026' }), /cột “Tên nguồn” để trống/],
    ['a question made empty', (tables) => change(tables, 'Câu hỏi', { 'Câu hỏi': 'Câu thứ tư' }, { 'Câu hỏi': '' }), /cột “Câu hỏi”: ô này bị xóa trống → muốn bỏ dòng thì ghi x/],
    ['words where none belong', (tables) => change(tables, 'Lời kịch bản', { 'Kịch bản': 'ghi-chu', 'Bước': 'hai', 'Chỗ': 'Lời nói' }, { 'Cách nói khác (mỗi dòng một cách)': 'x' }), /ô này không dùng cho dòng này/],
    ['cells of one article merged', (tables) => change(tables, 'Câu hỏi', { 'Câu hỏi': 'Câu thứ tư' }, { 'Mã mục': '' }), /cột “Mã mục” để trống → .*bỏ gộp/],
    ['a short answer made empty', (tables) => change(tables, 'Mục hỏi–đáp', { 'Mã mục': 'muc-ghi-chu' }, { 'Trả lời ngắn': '' }), /cột “Trả lời ngắn”: câu trả lời ngắn bị xóa trống/],
    ['a paragraph in the short answer', (tables) => change(tables, 'Mục hỏi–đáp', { 'Mã mục': 'muc-ghi-chu' }, { 'Trả lời ngắn': 'Một.\n \nHai.' }), /câu trả lời ngắn có dòng trống/],
    ['a line break in a title', (tables) => change(tables, 'Mục hỏi–đáp', { 'Mã mục': 'muc-ghi-chu' }, { 'Tiêu đề': 'Tên mục\nhai dòng' }), /cột “Tiêu đề”: ô này có xuống dòng/],
    ['a line break in a question', (tables) => append(tables, 'Câu hỏi', { 'Mã mục': 'muc-ghi-chu', 'Câu hỏi': 'Hỏi\ngì?' }), /cột “Câu hỏi”: ô này có xuống dòng/],
    ['a line break in the title of a new article', (tables) => append(tables, 'Mục hỏi–đáp', { ...fresh, 'Tiêu đề': 'Tên\nmục' }), /cột “Tiêu đề”: ô này có xuống dòng/],
    ['a line break on a button', (tables) => change(tables, 'Lời kịch bản', { 'Kịch bản': 'ghi-chu', 'Bước': 'dau', 'Chỗ': 'Lựa chọn 1' }, { 'Lời': 'Một\nhai' }), /cột “Lời”: ô này có xuống dòng/],
    ['a short answer that looks like the end of the front matter', (tables) => change(tables, 'Mục hỏi–đáp', { 'Mã mục': 'muc-ghi-chu' }, { 'Trả lời ngắn': '--- Trả lời' }), /cột “Trả lời ngắn”: có dòng bắt đầu bằng ---/],
    ['a new reply', (tables) => append(tables, 'Câu soạn sẵn', { 'Khóa': 'la', 'Lời': 'x' }), /không có “la” trong tệp/],
    ['a copied row of a step', (tables) => append(tables, 'Lời kịch bản', { 'Kịch bản': 'ghi-chu', 'Bước': 'hai', 'Chỗ': 'Lời nói', 'Lời': 'Khác' }), /lặp lại một dòng khác/],
    ['a column taken away', (tables) => tables.map((table) => (table.title === 'Nút' ? { ...table, rows: table.rows.map((row) => row.slice(0, -1)) } : table)), /trang “Nút”: thiếu cột “Dấu \(đừng sửa\)”/],
    ['a sheet twice', (tables) => [...tables, { ...tables[1]!, title: 'Câu hỏi (2)' }], /trang “Câu hỏi \(2\)”: có hai trang “Câu hỏi”/],
  ])('refuses %s', (_, edit, sentence) => {
    const plan = planImport(files, edit([...exported]))
    expect(kinds(plan)).toContain('error')
    expect(differenceOf(plan).join('\n')).toMatch(sentence)
  })

  it('a heading with other spaces is the same one; with a column missing no row is told as absent', () => {
    const named = (heading: string) => exported.map((table) => (table.title === 'Câu hỏi' ? { ...table, rows: table.rows.map((row, index) => (index === 0 ? row.map((one) => (one === 'Câu hỏi' ? heading : one)) : row)) } : table))
    expect(planImport(files, named(' Câu  hỏi'))).toEqual({ changes: [], findings: [] })
    expect(kinds(planImport(files, named('Question'))).sort()).toEqual(['error', 'note'])
  })

  it('a copied row with new words is one more', () => {
    const rows = exported[1]!.rows
    const copy = rows.find((row) => row.includes('Câu thứ tư'))!.map((text) => (text === 'Câu thứ tư' ? 'Câu chép ra' : text))
    const tables = exported.map((table) => (table.title === 'Câu hỏi' ? { ...table, rows: [...rows, copy] } : table))
    expect(only(planImport(files, tables)).after).toBe(swap(article, ['  - Câu thứ sáu\n', '  - Câu thứ sáu\n  - Câu chép ra\n']))
  })

  it('a row moved to another article is one more there, and stays where it was', () => {
    const plan = planImport(files, change(exported, 'Câu hỏi', { 'Câu hỏi': 'Câu thứ tư' }, { 'Mã mục': 'dvc-forgot-password' }))
    expect(kinds(plan)).toEqual(['absent'])
    expect(plan.changes.map(({ edits }) => edits.map(({ kind }) => kind))).toEqual([['add']])
  })

  it('a row whose stamp was wiped is a conflict when it says something else', () => {
    const plan = planImport(files, change(exported, 'Mục hỏi–đáp', { 'Mã mục': 'muc-ghi-chu' }, { 'Tiêu đề': 'Mới', 'Dấu (đừng sửa)': '' }))
    expect([plan.changes, kinds(plan)]).toEqual([[], ['conflict']])
  })

  it('notes of the editors beside the tables, sheets of their own, a group changed: told and passed over', () => {
    const tables = change(exported, 'Mục hỏi–đáp', { 'Mã mục': 'muc-ghi-chu' }, { 'Nhóm': 'vneid' }).map((table) => (table.title === 'Nút' ? { ...table, rows: table.rows.map((row, index) => [...row, index === 0 ? 'Ghi chú' : 'nhớ hỏi']) } : table))
    const plan = planImport(files, [...tables, { title: 'Việc cần làm', rows: [['a'], ['b']] }, { title: 'Hướng dẫn', rows: [['x']] }])
    expect(plan.changes).toEqual([])
    expect(plan.findings.map(({ kind, where }) => `${kind} ${where}`)).toEqual(['note trang “Nút”', 'note trang “Việc cần làm”', 'note trang “Mục hỏi–đáp”, dòng 2'])
  })

  it('what YAML cannot give back is refused, with the file named', () => {
    const aliased = swap(article, ['title: \'Mục có nhiều ghi chú\'', 'title: &ten Tên'], ['owner: "Phòng Chuyển đổi số"', 'owner: *ten'])
    const there = world({ content: [file(articleName, aliased)] })
    const plan = planImport(there, change(tablesOf(there), 'Mục hỏi–đáp', { 'Mã mục': 'muc-ghi-chu' }, { 'Phụ trách': 'Người khác' }))
    expect([plan.changes, plan.findings.map(({ where }) => where)]).toEqual([[], [articleName]])
  })
})

describe('the difference as people read it', () => {
  it('names file and place, old over new, of long texts only the lines that differ', () => {
    const tables = append(change(change(change(exported, 'Mục hỏi–đáp', { 'Mã mục': 'muc-ghi-chu' }, { 'Các bước, chi tiết': exported[0]!.rows[1]![4]!.replace('Bước hai', 'Bước 2') }),
      'Nguồn', { 'Mã mục': 'muc-ghi-chu', STT: '2' }, { 'Đường dẫn': '' }), 'Câu hỏi', { 'Câu hỏi': 'Câu thứ tư' }, { 'Bỏ (ghi x)': 'x' }),
    'Câu hỏi', { 'Mã mục': 'muc-ghi-chu', 'Câu hỏi': 'Thêm\u001b[31m?' })
    expect(differenceOf(planImport(files, tables))).toEqual([
      articleName,
      '  Các bước, chi tiết', '    cũ:  2. Bước hai, gọi {{province.hotline}}.', '    mới: 2. Bước 2, gọi {{province.hotline}}.',
      '  bỏ Câu hỏi 4', '    cũ:  Câu thứ tư',
      '  thêm Câu hỏi', '    mới: Thêm\\u001b[31m?',
      '  Nguồn 2 · Đường dẫn: bỏ', '    cũ:  https://nhandan.vn/a',
      '',
    ])
  })
})
