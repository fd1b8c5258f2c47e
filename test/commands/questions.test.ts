import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { questions } from '../../src/commands/questions.ts'
import { openStore } from '../../src/store/open.ts'
import { handled, person, storeOptions, T } from '../support/store-fixtures.ts'

let folder = ''
const project = join(import.meta.dirname, '../..')
const land = 'content/articles/dich-vu-cong/dvc-land.md'
const textOf = (name: string): Promise<string> => readFile(join(folder, name), 'utf8')

/** Asked in vain, oldest first; ids are 1, 2, 3 … */
const asked: [string, string][] = [
  ['nhà tôi muốn đào ao nuôi cá thì xin phép ai', 'no_source_found'],
  ['Quên mật khẩu VNeID thì lấy lại thế nào?', 'no_source_found'],
  ['chia thửa ruộng của cha mẹ cho ba anh em', 'not_helpful'],
  ['muon dao ao nuoi ca thi phai xin phep ai', 'no_source_found'],
  ['con ông [tên] muốn trồng sầu riêng thì bón phân loại nào', 'no_source_found'],
  ['đào ao nuôi cá\u001b[2J xin phép ai', 'clarify'],
]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'camnang-questions-'))
  await cp(join(project, 'content'), join(folder, 'content'), { recursive: true, filter: (path) => !path.endsWith('adopted-questions.yaml') })
  const store = await openStore(`sqlite:${folder}/c.db`, storeOptions)
  for (const [n, [question, status]] of asked.entries()) await handled(store, person(n), 1, () => [], { unanswered: { question, status } }, T + n)
  await store.close()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function run(...words: string[]): Promise<{ code: number; out: string; error: string }> {
  const [out, error]: [string[], string[]] = [[], []]
  const env = { STORE: `sqlite:${folder}/c.db`, CONTENT_DIR: join(folder, 'content'), FLOWS_DIR: join(project, 'flows'), SANDBOX: '1' }
  const code = await questions(words, { env, out: (line) => out.push(line), error: (line) => error.push(line), input: new PassThrough() })
  return { code, out: out.join('\n'), error: error.join('\n') }
}

const listed = async (): Promise<{ count: number; id: string; question: string; ids: string[]; nearest: string | null }[]> => JSON.parse((await run('list', '--json')).out)

describe('questions list', () => {
  it('puts alike ones together, most frequent first, without what the articles answer now', async () => {
    const groups = await listed()
    expect(groups.map(({ count, ids }) => [count, ids])).toEqual([[3, ['6', '4', '1']], [1, ['5']], [1, ['3']]])
    expect(groups[2]).toMatchObject({ id: '3', question: asked[2]![0], nearest: expect.any(String) })
  })

  it('prints a line for each, and nothing that steers a terminal', async () => {
    const { code, out } = await run('list')
    expect([code, out.split('\n').length]).toEqual([0, 3])
    expect(out).toMatch(/^3 lần\t6\t2026-11-21\tđào ao nuôi cá \[2J xin phép ai/)
    expect(out).not.toContain('\u001b')
  })
})

describe('questions adopt', () => {
  it.each([
    ['an id that is none', ['99', 'dvc-land'], 'Không có câu hỏi nào mang mã 99'],
    ['an article that is none', ['3', 'dvc-lnd'], 'Không có mục hỏi–đáp "dvc-lnd"'],
    ['masked places', ['5', 'dvc-land'], 'chỗ đã che ([tên])'],
    ['a single word', ['3', 'dvc-land', 'ruộng'], 'quá ngắn'],
    ['a story', ['3', 'dvc-land', 'ruộng nhà tôi '.repeat(20)], 'dài quá 150'],
    ['what another article asks already', ['3', 'dvc-land', 'Quên mật khẩu VNeID thì làm sao?'], 'kiểm tra nội dung không cho qua'],
  ])('refuses %s, and writes nothing', async (_, words, why) => {
    const before = await textOf(land)
    if (why.includes('kiểm tra')) words[2] = /^ {2}- (.*)$/m.exec(await textOf('content/articles/dich-vu-cong/dvc-forgot-password.md'))![1]!
    const { code, error } = await run('adopt', ...words)
    expect([code, error]).toEqual([1, expect.stringContaining(why)])
    expect(await textOf(land)).toBe(before)
    await expect(textOf('content/adopted-questions.yaml')).rejects.toThrow('ENOENT')
  })

  it('adds the phrasing, leaves every other byte, notes a line for the tests, and lists it no more', async () => {
    const before = await textOf(land)
    const { code, out } = await run('adopt', '3', 'dvc-land')
    expect([code, out]).toEqual([0, expect.stringContaining('dvc-land.md')])
    expect((await textOf(land)).replace(`  - ${asked[2]![0]}\n`, '')).toBe(before)
    expect(await textOf('content/adopted-questions.yaml')).toMatch(/^# .*\n- \{"id":"3","article":"dvc-land","question":"chia thửa/)
    expect((await listed()).map(({ id }) => id)).toEqual(['6', '5'])
  })

  it('takes a better wording for all that were alike', async () => {
    expect((await run('adopt', '6', 'dvc-land', 'Đào ao nuôi cá trên đất ruộng thì xin phép ai?')).code).toBe(0)
    expect(await textOf('content/adopted-questions.yaml')).toContain('"id":"6"')
    expect((await listed()).flatMap(({ ids }) => ids)).not.toContain('6')
  })
})
