import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { staff } from '../../src/commands/staff.ts'
import { createAccessLog } from '../../src/console/access-log.ts'
import { createStaffBook } from '../../src/console/staff.ts'
import { openStore } from '../../src/store/open.ts'
import { hostileTexts, unseen } from '../support/hostile.ts'
import { storeOptions, T } from '../support/store-fixtures.ts'

const password = 'bốn từ chẳng liên quan'
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'camnang-staff-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the command as typed; what it says, and its exit code or the refusal. */
async function run(args: string[], input = ''): Promise<{ code: number; said: string }> {
  const said: string[] = []
  const note = (line: string): void => void said.push(line)
  try {
    const code = await staff(args, { env: { STORE: `sqlite:${folder}/a.db?sync=normal`, SANDBOX: '1' }, input: Readable.from([input]), out: note, error: note })
    return { code, said: said.join('\n') }
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'UsageError') throw error
    return { code: 2, said: error.message }
  }
}
const add = (name: string, role: string, word = `${password}\n`): Promise<{ code: number; said: string }> => run(['add', ...name.split(' '), '--role', role, '--password-stdin'], word)

describe('staff', () => {
  it('adds, lists, changes and locks; each is in the log, the password nowhere', async () => {
    expect((await run(['list'])).said).toContain('Chưa có tài khoản cán bộ nào')
    expect(await add('Nguyễn Thị An', 'admin')).toMatchObject({ code: 0 })
    expect(await add('nguyễn thị AN', 'duty')).toMatchObject({ code: 1, said: 'Đã có tài khoản "nguyễn thị AN".' })
    expect((await run(['role', 'Nguyễn', 'Thị', 'An', '--role=duty'])).code).toBe(0)
    expect((await run(['disable', 'nguyễn thị an'])).code).toBe(0)
    expect((await run(['list'])).said).toMatch(/^Nguyễn Thị An\tTrực\tđã khóa\ttừ /)
    expect((await run(['enable', 'Nguyễn Thị An'])).code).toBe(0)
    expect((await run(['password', 'Nguyễn Thị An', '--password-stdin'], 'mot mat khau khac han\n')).code).toBe(0)
    const { said } = await run(['log'])
    expect(said).toMatch(/Nhật ký nguyên vẹn: 5 dòng/)
    expect(said).not.toContain(password)
    expect([...said.matchAll(/dòng lệnh\tstaff_(\w+)\t(.*)\t\t(.*)$/gm)].map(([, ...told]) => told)).toEqual([
      ['added', 'Nguyễn Thị An', 'vai trò Quản trị'], ['changed', 'Nguyễn Thị An', 'vai trò Trực'], ['changed', 'Nguyễn Thị An', 'khóa'],
      ['changed', 'Nguyễn Thị An', 'mở khóa'], ['changed', 'Nguyễn Thị An', 'đặt lại mật khẩu'],
    ])
  })

  it('takes no weak password, no unknown role, no strange name, no name that is not there', async () => {
    expect(await add('An', 'admin', 'ngan\n')).toMatchObject({ code: 2, said: expect.stringContaining('ít nhất 12 ký tự') })
    expect(await add('An', 'admin', '')).toMatchObject({ code: 2 })
    expect(await add('An', 'boss')).toMatchObject({ code: 2 })
    expect(await add('a\u001b[2J', 'admin')).toMatchObject({ code: 2 })
    expect(await run(['disable', 'Không Ai'])).toMatchObject({ code: 1 })
    expect(await run(['add', 'An', '--role', 'admin'])).toMatchObject({ code: 2, said: expect.stringContaining('--password-stdin') })
    expect((await run(['list'])).said).toContain('Chưa có tài khoản cán bộ nào')
  })

  it.each([[[]], [['fire', 'An']], [['add', 'An']], [['list', 'An']], [['disable']], [['list', '--force']], [['disable', 'An', '--password-stdin']]])('%j is refused with the usage', async (args) => {
    expect(await run(args)).toMatchObject({ code: 2, said: expect.stringContaining('staff add TÊN') })
  })

  it('prints nothing that steers a terminal, whatever stands in the store', async () => {
    const store = await openStore(`sqlite:${folder}/a.db?sync=normal`, storeOptions)
    for (const { text } of hostileTexts) {
      await createStaffBook(store, { N: 2, r: 1, p: 1 }).add(text.toWellFormed(), 'duty', 'x', T)
      await createAccessLog(store).append({ at: T, who: text, action: 'answer_sent', about: text, count: null, reason: text })
    }
    await store.close()
    for (const what of ['list', 'log']) expect((await run([what])).said.replaceAll(/[\n\t]/g, '').match(unseen)).toBeNull()
  })
})
