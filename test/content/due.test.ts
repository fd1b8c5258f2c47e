import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { due, tellDue } from '../../src/commands/content-due.ts'
import { dueByOwner, urgencyOf, type DueArticle } from '../../src/content.ts'
import { fixtures } from './support.ts'

const entry = (id: string, daysLeft: number, owner: string): DueArticle =>
  ({ id, daysLeft, owner, title: `Mục ${id}`, reviewBy: new Date(Date.parse('2026-11-21') + daysLeft * 86_400_000).toISOString().slice(0, 10), file: `content/articles/${id}.md` })

describe('what falls due', () => {
  it.each([[-1, 'past'], [0, 3], [3, 3], [4, 14], [14, 14], [15, 30], [30, 30]] as const)('%i days: %s', (days, urgency) => {
    expect(urgencyOf(entry('x', days, 'A'))).toBe(urgency)
  })

  const list = [entry('a', -5, 'Phòng B'), entry('b', 0, 'Phòng A'), entry('c', 2, 'Phòng B'), entry('d', 10, 'Phòng A'), entry('e', 30, 'Phòng B')]

  it('goes to its owners, whoever has the most urgent first', () => {
    expect(dueByOwner(list).map(({ owner, articles }) => [owner, articles.map(({ id }) => id)])).toEqual([['Phòng B', ['a', 'c', 'e']], ['Phòng A', ['b', 'd']]])
  })

  it('reads as a list to work from', () => {
    expect(tellDue(list, '2026-11-21', new Map([['b', ['chuan-bi/khai-sinh', 'bi-lua/dung']]]))).toEqual([
      '5 mục đến hạn rà soát trong 30 ngày tới, tính từ 21/11/2026; 1 mục đã quá hạn.',
      '', 'Phòng B (3 mục)',
      '  Quá hạn, không còn trả lời như đang dùng:', '    16/11/2026 (quá 5 ngày)  Mục a [a]', '      content/articles/a.md',
      '  Trong 3 ngày:', '    23/11/2026 (còn 2 ngày)  Mục c [c]', '      content/articles/c.md',
      '  Trong 30 ngày:', '    21/12/2026 (còn 30 ngày)  Mục e [e]', '      content/articles/e.md',
      '', 'Phòng A (2 mục)',
      '  Trong 3 ngày:', '    21/11/2026 (hôm nay)  Mục b [b]', '      content/articles/b.md', '      kịch bản dựa vào mục này: chuan-bi/khai-sinh, bi-lua/dung',
      '  Trong 14 ngày:', '    01/12/2026 (còn 10 ngày)  Mục d [d]', '      content/articles/d.md',
      '', 'Rà soát xong thì sửa reviewed và review_by ở đầu tệp.',
    ])
    expect(tellDue([], '2026-11-21', new Map())).toEqual(['Đến hết 30 ngày tới (tính từ 21/11/2026) không có mục nào đến hạn rà soát.'])
  })

  it('is told by the command, also for machines', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'due-'))
    try {
      await cp(`${fixtures}good`, dir, { recursive: true })
      const path = join(dir, 'content/articles/vneid/dvc-forgot-password.md')
      await writeFile(path, (await readFile(path, 'utf8')).replace(/reviewed: .*/, 'reviewed: 2020-01-01').replace(/review_by: .*/, 'review_by: 2020-03-31'))
      for (const lent of ['replies.yaml', 'province.yaml', 'entry.yaml']) await rm(join(dir, 'content', lent))
      const said: string[] = []
      const env = { FLOWS_DIR: join(dir, 'flows'), CONTENT_DIR: join(dir, 'content') }
      const terminal = { env, input: process.stdin, out: (line: string) => void said.push(line), error: (line: string) => void said.push(line) }
      expect(await due(true, terminal)).toBe(0)
      expect(JSON.parse(said.join('\n'))).toEqual([expect.objectContaining({ id: 'dvc-forgot-password', owner: 'Phòng Chuyển đổi số', reviewBy: '2020-03-31', due: 'past', file: path, flows: [] })])
      said.length = 0
      expect(await due(false, terminal)).toBe(0)
      expect(said.join('\n')).toMatch(/1 mục đã quá hạn\.[\s\S]*Phòng Chuyển đổi số \(1 mục\)[\s\S]*31\/03\/2020 \(quá \d+ ngày\)/)
    } finally {
      await rm(dir, { recursive: true })
    }
  })
})
