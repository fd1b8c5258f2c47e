import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { ask } from '../../src/commands/ask.ts'

const project = join(import.meta.dirname, '../..')

async function run(words: string[], input = ''): Promise<{ code: number; out: string; error: string }> {
  const [out, error]: [string[], string[]] = [[], []]
  const env = { STORE: 'sqlite::memory:', CONTENT_DIR: join(project, 'content'), FLOWS_DIR: join(project, 'flows'), SANDBOX: '1' }
  const code = await ask(words, { env, out: (line) => out.push(line), error: (line) => error.push(line), input: Readable.from([input]) })
  return { code, out: out.join('\n'), error: error.join('\n') }
}

describe('ask', () => {
  it('says what a free question is answered with, and nothing of a conversation', async () => {
    const { code, out } = await run(['Quên', 'mật khẩu VNeID'])
    expect([code, out.split('\n')[0]]).toEqual([0, 'answered dvc-forgot-password'])
    expect(out).not.toContain('cuộc trò chuyện')
  })

  it.each([
    ['tôi lỡ đọc mã otp', /mở kịch bản bi-lua .*, bước \S+,/],
    ['menu', /được hiểu là lệnh \(menu\)/],
    ['dữ liệu của tôi', /được hiểu là lệnh \(command\)/],
  ])('says what a conversation does first with “%s”', async (text, says) => expect((await run([text])).out).toMatch(says))

  it('says nothing of it for an emergency, which comes first everywhere', async () => expect((await run(['cháy nhà cứu với'])).out).toBe('emergency'))

  it('explains with words, runner-up, thresholds and what a conversation does first', async () => {
    expect(JSON.parse((await run(['--explain', 'tôi lỡ đọc mã otp'])).out)).toMatchObject({
      read: 'toi lo doc ma otp', best: { article: 'scam-otp' }, runnerUp: { article: expect.any(String) as string }, thresholds: { answer: expect.any(Number) as number },
      asksOther: false, conversation: { status: 'flow', flow: 'bi-lua' },
    })
  })

  it('answers lines one for one, passes over what is none, and keeps to the Answerer', async () => {
    const { out, error } = await run(['--jsonl'], '{"id":"a","q":"quen mk vneid"}\n\nkhông phải json\n{"id":2,"q":"tôi lỡ đọc mã otp"}\n')
    const lines = out.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.map(({ id, status, article }) => [id, status, article])).toEqual([['a', 'answered', 'dvc-forgot-password'], [2, 'answered', 'scam-otp']])
    expect(lines.map((line) => Object.keys(line))).toEqual([['id', 'status', 'article', 'candidates', 'ms'], ['id', 'status', 'article', 'candidates', 'ms']])
    expect(error).toContain('Bỏ qua một dòng')
  })
})
