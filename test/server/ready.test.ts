import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fewWords } from '../support/few-words.ts'
import { postText, zaloSettings } from '../support/platform-server.ts'
import { startProcess, type ServerProcess } from '../support/server-process.ts'

const citizen = '9007199254740993001'
const words = 'một câu hỏi riêng tư'

/** No file of the process may grow beyond this: as a full disk, which can be emptied again. */
const limitFiles = (pid: number, bytes: string): void => {
  expect(spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]).status).toBe(0)
}
const canLimit = spawnSync('prlimit', ['--version']).status === 0

describe.runIf(canLimit).each([['sqlite:', 'camnang.db'], ['file:', 'data']])('readiness of a server on %s', (scheme, name) => {
  let folder: string
  let server: ServerProcess
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'camnang-ready-'))
    const far = 'http://127.0.0.1:9'
    server = await startProcess({ ...zaloSettings, ...fewWords, ZALO_API_URL: far, ZALO_OAUTH_URL: far, STORE: `${scheme}${folder}/${name}`, PORT: '0', LOG_LEVEL: 'warn' })
  })
  afterAll(async () => {
    limitFiles(server.child.pid!, 'unlimited')
    server.child.kill('SIGTERM')
    await server.ended
    rmSync(folder, { recursive: true, force: true })
  })

  const ready = async (headers: Record<string, string> = {}): Promise<{ status: number; body: Record<string, unknown> }> => {
    const answer = await fetch(`${server.url}/ready`, { headers })
    return { status: answer.status, body: await answer.json() as Record<string, unknown> }
  }
  let serial = 0
  const send = () => postText(server.url, citizen, words, `m${++serial}`)

  it('ends when nothing can be recorded, says why, and begins again when it can', async () => {
    expect(await send()).toBe(200)
    expect(await ready()).toMatchObject({ status: 200, body: { ready: true, recording: 'ok' } })
    limitFiles(server.child.pid!, '16')
    expect(await send()).toBe(503)
    expect(await ready()).toMatchObject({ status: 503, body: { ready: false, reasons: ['store_unwritable'], recording: { since: expect.any(Number), reason: expect.stringMatching(/SQLite|the store folder/) } } })
    expect(await ready({ via: '1.1 proxy' })).toEqual({ status: 503, body: { ready: false, reasons: ['store_unwritable'] } })
    limitFiles(server.child.pid!, 'unlimited')
    expect(await send()).toBe(200)
    expect(await ready()).toMatchObject({ status: 200, body: { ready: true, recording: 'ok' } })
  })

  it('the refused message leaves one line with the id of its answer, without its words', async () => {
    const answer = await fetch(`${server.url}/webhooks/zalo`, { method: 'POST', body: JSON.stringify({ sender: { id: citizen }, message: { text: words } }) })
    expect(answer.status).toBe(401)
    const lineOf = () => server.output().split('\n').find((line) => line.includes(answer.headers.get('x-request-id')!))
    while (lineOf() === undefined) await new Promise((resolve) => setImmediate(resolve))
    expect(JSON.parse(lineOf()!)).toMatchObject({ level: 40, channel: 'zalo', account: null, status: 401, reason: 'no_signature', msg: 'webhook request refused' })
    expect(server.output()).toContain('"status":503,"reason":"store_unavailable"')
    for (const secret of [words, citizen, 'canary']) expect(server.output()).not.toContain(secret)
  })
})
