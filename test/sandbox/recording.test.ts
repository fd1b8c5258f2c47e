import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordedLine } from '../../src/sandbox/recording.ts'
import { realContent } from '../support/real-content.ts'
import { readTranscript } from '../support/transcript.ts'
import { readDirection } from '../support/transcript-directions.ts'
import { playTranscript } from '../support/transcript-play.ts'

const button = { title: 'Các bước', payload: 's:scam-otp', url: null, quick: false }

it.each([
  ['quên mật khẩu ', '> quên mật khẩu'],
  ['/nut 1', '@ bấm Các bước'],
  ['/bat-dau', '@ bắt đầu'],
  ['/qr bi-lua', '@ quét mã bi-lua'],
  ['/qr', '@ bắt đầu'],
  ['/quan-tam', '@ theo dõi'],
  ['/anh', '@ gửi ảnh'],
  ['/nhan-dan', '@ nhãn dán'],
  ['/cb Chào bác', '@ cán bộ: Chào bác'],
  ['/chan', '@ bỏ theo dõi'],
  ['/bo-chan', '@ theo dõi'],
  ['/menu', '> /menu'],
])('%s is kept as %s', (typed, line) => {
  expect(recordedLine(typed, [button])).toBe(line)
  if (line.startsWith('@ ')) expect(readDirection(line.slice(2))).not.toBeNull()
})

it.each(['', ' ', '/giup', '/thoat'])('"%s" is not kept', (typed) => expect(recordedLine(typed, [])).toBeNull())

describe('chat --record', () => {
  let folder: string
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'camnang-recording-'))))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  function chat(lines: string[], ...args: string[]): Promise<{ code: number; said: string }> {
    return new Promise((resolve) => {
      const child = execFile(process.execPath, ['src/cli.ts', 'chat', ...args], { timeout: 25_000 }, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), said: stdout + stderr }))
      child.stdin!.end(lines.map((line) => `${line}\n`).join(''))
    })
  }

  it.each(['zalo', 'facebook', 'telegram'])('%s: what was typed plays again as a transcript', async (channel) => {
    const file = join(folder, `${channel}-bi-lua.txt`)
    const { code, said } = await chat(['/nut 9', 'bị lừa rồi', '/nut 1', '/giup', '3', '/thoat'], channel, '--record', file)
    expect(code).toBe(0)
    expect(said).toContain(`Đã ghi vào ${file}`)
    const written = readFileSync(file, 'utf8')
    expect(written).toBe(`# ${channel}-bi-lua: viết lại dòng này thành một câu kể chuyện gì xảy ra\n${channel === 'zalo' ? '' : `@ kênh ${channel}\n`}\n> bị lừa rồi\n\n@ bấm Đã chuyển tiền\n\n> 3\n`)
    const { answers } = await playTranscript(readTranscript(file, written), await realContent())
    expect(answers.at(-1)!.join('\n')).toContain('công an xã, phường')
  })

  it('writes nothing over, and nothing where nothing was said', async () => {
    const file = join(folder, 'im-lang.txt')
    expect((await chat(['/giup', '/thoat'], '--record', file)).code).toBe(0)
    expect(existsSync(file)).toBe(false)
    const again = await chat([], '--record', join(folder, 'zalo-bi-lua.txt'))
    expect(again).toMatchObject({ code: 2, said: expect.stringContaining('không ghi đè') })
    expect(await chat([], '--record')).toMatchObject({ code: 2, said: expect.stringContaining('cần tên tệp') })
  })
})
