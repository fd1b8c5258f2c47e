import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { ask } from '../../src/commands/ask.ts'
import { chat } from '../../src/commands/chat.ts'
import { diskSentence } from '../../src/commands/disk-error.ts'
import { readSettings, readWords, readWordSettings, UsageError, type Command, type Terminal } from '../../src/commands/command.ts'
import { contact, forget } from '../../src/commands/contact.ts'
import { content } from '../../src/commands/content.ts'
import { doctor } from '../../src/commands/doctor.ts'
import { handover } from '../../src/commands/handover.ts'
import { profile } from '../../src/commands/profile.ts'
import { serve } from '../../src/commands/serve.ts'
import { backup, restore, store } from '../../src/commands/store.ts'
import { zalo } from '../../src/commands/zalo.ts'

/** Whoever looked at the settings has gone further than a wrong line may. */
const terminal: Terminal = {
  env: new Proxy({}, { get: () => { throw new Error('the settings were read') }, ownKeys: () => { throw new Error('the settings were read') } }),
  out: () => undefined, error: () => undefined, input: process.stdin,
}
const key = 'A'.repeat(22)

it('what only reads the words needs no channel on a public address; what serves does', () => {
  const open: Terminal = { ...terminal, env: { PUBLIC_URL: 'https://bot.tinhmau.example', NODE_ENV: 'production' } }
  expect(readWordSettings(open).publicUrl).toBe('https://bot.tinhmau.example')
  expect(() => readSettings(open)).toThrow('Chưa đặt kênh nào')
})

describe('a command refuses words it does not know', () => {
  it.each(([
    ['serve', serve, ['extra']], ['serve', serve, ['--port', '80']], ['doctor', doctor, ['extra']], ['doctor', doctor, ['retry']], ['doctor', doctor, ['retry', 'a', 'b']], ['doctor', doctor, ['--fix']],
    ['chat', chat, ['zalo', 'facebook']], ['chat', chat, ['viber']],
    ['ask', ask, []], ['ask', ask, ['  ']], ['ask', ask, ['--explian', 'câu hỏi']], ['ask', ask, ['--jsonl', 'câu hỏi']],
    ['content', content, []], ['content', content, ['chek']], ['content', content, ['check', '--jsn']], ['content', content, ['check', 'flows']], ['content', content, ['due', '--all']],
    ['zalo', zalo, []], ['zalo', zalo, ['connect', 'now']], ['profile', profile, ['push', 'facebook']], ['profile', profile, ['pull']],
    ['handover', handover, []], ['handover', handover, ['list', 'all']], ['handover', handover, ['release']], ['handover', handover, ['release', key, key]],
    ['contact', contact, ['export']], ['contact', contact, ['export', key, key]], ['contact', contact, ['import', key]],
    ['forget', forget, []], ['forget', forget, ['a', 'b', 'c']], ['forget', forget, [key, '--yes']],
    ['store', store, ['copy', 'sqlite:a', 'sqlite:b', 'sqlite:c']], ['store', store, ['copy', 'sqlite:a', 'sqlite:b', '--with-secret']], ['store', store, ['move', 'sqlite:a', 'sqlite:b']],
    ['backup', backup, []], ['backup', backup, ['a', 'b']], ['restore', restore, ['a', 'b']], ['restore', restore, ['a', '--force']],
  ] satisfies [string, Command, string[]][]).map(([name, command, args]) => ({ name, command, args })))('$name $args is answered with how it is used', async ({ name, command, args }) => {
    const error: unknown = await Promise.resolve(command(args, terminal)).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(UsageError)
    expect((error as Error).message).toMatch(new RegExp(`Cách dùng: ${name} ?`))
  })

  it('names the first one', () => {
    expect(() => readWords(['a', 'b', 'c'], { usage: 'forget <mã>', least: 1 })).toThrow('Không hiểu "b". Cách dùng: forget <mã>')
  })

  it('takes a contact key that begins with a dash', () => {
    const dashed = `--${key.slice(2)}`
    expect(readWords([dashed], { usage: 'forget <mã>', least: 1 }).words).toEqual([dashed])
  })

  it.each([['content', 'check', '--help'], ['forget', '-h'], ['flow', 'map', '--help'], ['content', 'build', '--help'], ['content', 'export', '-h'], ['content', 'import', '--help']])('but %s %s %s is asked for, and no fault', (...args) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli.ts', ...args], { encoding: 'utf8', timeout: 30_000 })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(new RegExp(`^Cách dùng: ${args[0]} `))
  })

  it('profile push says that there is no channel to push to', async () => {
    const errors: string[] = []
    const terminal: Terminal = { env: {}, input: process.stdin, out: () => undefined, error: (line) => void errors.push(line) }
    expect([await profile(['push'], terminal), errors]).toEqual([1, [expect.stringMatching(/^Chưa đặt kênh nào /)]])
  })

  it('a place where nothing can be written is told as a sentence', () => {
    const { status, stderr } = spawnSync(process.execPath, ['src/cli.ts', 'flow', 'map', '--svg', '/proc/camnang.svg'], { encoding: 'utf8', timeout: 30_000 })
    expect([status, stderr]).toEqual([1, 'Không đọc hoặc ghi được "/proc/camnang.svg": không có tệp hoặc thư mục này. Hãy kiểm tra đường dẫn, quyền và chỗ trống của ổ đĩa.\n'])
  })

  it.each(['EACCES', 'ENOSPC', 'EISDIR'])('%s has words; what is no fault of the disk keeps its own', (code) => {
    expect(diskSentence(Object.assign(new Error(code), { code, path: '/a' }))).toMatch(/^Không đọc hoặc ghi được "\/a": [^"]+\. Hãy /)
    expect(diskSentence(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))).toBeNull()
  })

  it('with exit code 2', () => {
    const { status, stderr } = spawnSync(process.execPath, ['src/cli.ts', 'forget', 'a', 'b', 'c'], { encoding: 'utf8', timeout: 30_000 })
    expect([status, stderr]).toEqual([2, 'Không hiểu "b". Cách dùng: forget <mã người nhắn>\n'])
  })
})

it.each([
  ['content due --json', 'flows', 0], ['content check', 'flows', 0], ['content check', 'test/fixtures/content/wrong/flows', 1], ['flow map', 'flows', 0],
])('a reader that has read enough (%j | head -1, flows of %s) changes nothing, and is no fault', async (line, FLOWS_DIR, expected) => {
  const told = spawn(process.execPath, ['src/cli.ts', ...line.split(' ')], { env: { ...process.env, CONTENT_DIR: 'content', FLOWS_DIR } })
  told.stdout.destroy()
  let complaint = ''
  told.stderr.setEncoding('utf8').on('data', (text: string) => { complaint += text })
  const [code] = await once(told, 'close') as [number | null]
  expect({ code, complaint }).toEqual({ code: expected, complaint: '' })
})

it('one who stops reading the complaints too', async () => {
  const told = spawn(process.execPath, ['src/cli.ts', 'no-such-command'])
  told.stderr.destroy()
  expect(await once(told, 'close')).toEqual([2, null])
})

it('a conversation in the terminal shows the pages of articles at the public address', async () => {
  const told = spawn(process.execPath, ['src/cli.ts', 'chat'], { env: { ...process.env, CONTENT_DIR: 'content', FLOWS_DIR: 'flows', PUBLIC_URL: 'https://cds.tinhmau.example' } })
  told.stdin.end('quên mật khẩu vneid\ngửi người nhà\n/thoat\n')
  let shown = ''
  told.stdout.setEncoding('utf8').on('data', (text: string) => { shown += text })
  await once(told, 'close')
  expect(shown).toContain('https://cds.tinhmau.example/privacy')
  expect(shown).toContain('https://cds.tinhmau.example/muc/dvc-forgot-password')
}, 30_000)
