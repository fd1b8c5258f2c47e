import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ModelServer, saying, shownIn } from '../support/model-server.ts'
import { postText, ZaloFarSide, zaloSettings } from '../support/platform-server.ts'
import { processEnv, startProcess, type ServerProcess } from '../support/server-process.ts'

/** The server as a process of its own, between Zalo's stand-in and the model's. */

const model = new ModelServer()
const far = new ZaloFarSide()
let folder: string
let env: Record<string, string>
let server: ServerProcess
beforeAll(async () => {
  await Promise.all([model.listen(), far.listen()])
  folder = mkdtempSync(join(tmpdir(), 'camnang-model-'))
})
afterAll(() => {
  model.close()
  far.close()
  rmSync(folder, { recursive: true, force: true })
})
let serial = 0
beforeEach(async () => {
  model.requests.length = 0
  far.sent.length = 0
  env = {
    ...zaloSettings, ZALO_API_URL: far.origin, ZALO_OAUTH_URL: far.origin, STORE: `sqlite:${folder}/${++serial}/camnang.db`, LOG_LEVEL: 'warn', PORT: '0',
    OPENAI_BASE_URL: `${model.origin}/v1`, OPENAI_API_KEY: 'canary-model-key', OPENAI_MODEL: 'stand-in', MODEL_HOSTS_IN_VIETNAM: '127.0.0.1', MODEL_TIMEOUT: '30s', MODEL_PRICE_READ: '2',
  }
  server = await startProcess(env)
})
afterEach(async () => {
  server.child.kill('SIGTERM')
  await server.ended
})

const unsure = 'đăng ký tài khoản'
const heard = (user: string, text: string) => () => far.sent.some((sent) => sent.userId === user && sent.text.includes(text))
const camnang = async (...args: string[]): Promise<string> => (await promisify(execFile)(process.execPath, ['src/cli.ts', ...args], { env: { ...processEnv, ...env } })).stdout

describe('a server with a model', { timeout: 60_000 }, () => {
  it('answers the webhook and everybody else while the model says nothing; killed, it answers after its next start', async () => {
    model.reply = () => 'nothing'
    expect(await postText(server.url, 'lan', unsure, 'm1')).toBe(200)
    await model.heard(1)
    expect(await postText(server.url, 'minh', 'quên mật khẩu VNeID', 'm2')).toBe(200)
    await far.until(heard('minh', 'Nguồn:'))
    expect(far.sent.filter(({ userId }) => userId === 'lan')).toEqual([])
    server.child.kill('SIGKILL')
    await server.ended
    server = await startProcess(env)
    await far.until(heard('lan', 'Bà con muốn hỏi việc nào'))
    expect(model.requests).toHaveLength(1)
  })

  it('an emergency over the webhook ends its sender’s wait', async () => {
    model.reply = () => 'nothing'
    await postText(server.url, 'lan', unsure, 'm1')
    await model.heard(1)
    await postText(server.url, 'lan', 'nhà tôi đang cháy cứu với', 'm2')
    await far.until(heard('lan', 'GỌI NGAY 114'))
  })

  it('stopped, it waits for no model, and nothing is asked again', async () => {
    model.reply = () => 'nothing'
    await postText(server.url, 'lan', unsure, 'm1')
    await model.heard(1)
    server.child.kill('SIGTERM')
    expect(await server.ended).toBe(0)
    server = await startProcess(env)
    await far.until(heard('lan', 'Bà con muốn hỏi việc nào'))
    expect(model.requests).toHaveLength(1)
  })

  it('is counted in /metrics, and switched off and on by a command beside it', async () => {
    model.reply = (request) => {
      const { id, text } = shownIn(request).articles[0]!.passages[0]!
      return saying({ text: text.split(/(?<=\.) /)[0]!, passage: id })
    }
    await postText(server.url, 'lan', unsure, 'm1')
    await far.until(heard('lan', 'tức AI'))
    expect(await camnang('model', 'off')).toContain('TẮT')
    await postText(server.url, 'minh', unsure, 'm2')
    await far.until(heard('minh', 'Bà con muốn hỏi việc nào'))
    expect(await camnang('model', 'on')).toContain('Hôm nay đã hỏi 1 trên 2000 lần')
    await postText(server.url, 'hoa', unsure, 'm3')
    await far.until(heard('hoa', 'tức AI'))

    const metrics = await (await fetch(`${server.url}/metrics`)).text()
    expect(metrics).toContain('camnang_model_outcomes_total{reason="written"} 2')
    expect(metrics).toContain('camnang_model_outcomes_total{reason="switched_off"} 1')
    expect(metrics).toContain('camnang_model_tokens_total{direction="read"} 2000')
    expect(metrics).toContain('camnang_model_cost_total 0.004')
    const status = await camnang('model', 'status')
    expect(status).toContain('Mô hình stand-in tại 127.0.0.1: có trong MODEL_HOSTS_IN_VIETNAM')
    expect(server.output() + metrics + status).not.toMatch(/canary|lan|minh|đăng ký/)
  })
})
