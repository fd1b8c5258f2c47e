import { request } from 'node:http'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../src/node/port.ts'
import { noteStart } from '../../src/server/last-life.ts'
import { openStore } from '../../src/store/open.ts'
import { fewWords } from '../support/few-words.ts'
import { storeOptions, T } from '../support/store-fixtures.ts'
import { zaloSettings } from '../support/platform-server.ts'
import { refusedStart, startProcess, type ServerProcess } from '../support/server-process.ts'

let folder: string
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'camnang-start-')) })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const far = 'http://127.0.0.1:9'
const good = () => ({ ...zaloSettings, ...fewWords, ZALO_API_URL: far, ZALO_OAUTH_URL: far, STORE: `sqlite:${folder}/data/camnang.db`, LOG_LEVEL: 'silent', PORT: '0' })

describe('start', () => {
  const running: ServerProcess[] = []
  async function start(env: Record<string, string>): Promise<ServerProcess> {
    const server = await startProcess(env)
    running.push(server)
    return server
  }
  /** Also those of a test that failed. */
  afterEach(async () => {
    for (const { child, ended } of running.splice(0)) {
      child.kill('SIGKILL')
      await ended
    }
  })

  it.each([
    ['half-set channel', { ZALO_OA_SECRET_KEY: '' }, 'ZALO_OA_SECRET_KEY'],
    ['bad number', { PORT: 'abc' }, 'PORT'],
    ['unknown store', { STORE: 'mongo://x' }, 'STORE'],
    ['misspelt name', { ZALO_OA_SECRET: 'x' }, 'ZALO_OA_SECRET_KEY'],
    ['no flows', { FLOWS_DIR: '/nowhere' }, 'FLOWS_DIR: không có thư mục "/nowhere"'],
    ['no content', { CONTENT_DIR: '/nowhere' }, /^ended with 1: CONTENT_DIR: không có thư mục "\/nowhere"\. Hãy kiểm tra đường dẫn\.\n$/],
    ['a folder of something else as content', { FLOWS_DIR: 'flows', CONTENT_DIR: 'flows' }, /\nChưa chạy được vì \d+ lỗi ở trên, đọc từ FLOWS_DIR ".*flows" và CONTENT_DIR ".*flows"\. Sửa các tệp đó; nếu thư mục chưa đúng thì sửa cài đặt\.\n/],
    ['an address of another machine', { HOST: '203.0.113.9' }, 'HOST: máy này không có địa chỉ'],
    ['a folder as store file', { STORE: 'sqlite:/tmp' }, 'STORE: "/tmp" là thư mục'],
  ])('%s stops the start and names it', async (_, change, named) => {
    expect(await refusedStart({ ...good(), ...change })).toMatch(named)
  })

  it('never shows a secret when it refuses', async () => {
    const message = await refusedStart({ ...good(), PORT: 'abc', ZALO_OA_ID: '' })
    expect(message).toContain('ended with 1')
    expect(message).not.toContain('canary')
  })

  it('one that should have been refused and was not leaves no server behind', async () => {
    const store = `sqlite:${folder}/unrefused/camnang.db`
    await expect(refusedStart({ ...good(), STORE: store })).rejects.toThrow('not refused')
    const next = await start({ ...good(), STORE: store })
    next.child.kill('SIGTERM')
    expect(await next.ended).toBe(0)
  })

  it('a second server on the same store is refused, the first goes on', async () => {
    const first = await start(good())
    expect(await refusedStart(good())).toContain('STORE')
    expect((await fetch(`${first.url}/health`)).status).toBe(200)
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)
  })

  it('after one that died, a start that fails leaves the next one as careful', async () => {
    const killed = { ...good(), STORE: `sqlite:${folder}/killed/camnang.db` }
    const first = await start(killed)
    first.child.kill('SIGKILL')
    await first.ended
    expect(await refusedStart({ ...killed, FLOWS_DIR: '/nowhere' })).toContain('FLOWS_DIR')
    const store = await openStore(killed.STORE, storeOptions)
    expect(await noteStart(store, T)).toBe(true)
    await store.close()
  })

  it('a port that is taken is named', async () => {
    const port = String(await freePort())
    const first = await start({ ...good(), PORT: port })
    expect(await refusedStart({ ...good(), PORT: port, STORE: `sqlite:${folder}/other/camnang.db` })).toContain(`PORT: cổng ${port}`)
    first.child.kill('SIGTERM')
    await first.ended
  })
})

describe('pages', () => {
  let server: ServerProcess
  beforeAll(async () => { server = await startProcess({ ...good(), STORE: `sqlite:${folder}/pages/camnang.db`, METRICS_TOKEN: 'canary-metrics', ZALO_VERIFY_CODE: 'AbC_12' }) })
  afterAll(async () => {
    server.child.kill('SIGTERM')
    await server.ended
  })
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(server.url + path, { headers })
  const proxied = { 'x-forwarded-for': '203.0.113.9' }

  it('health tells nothing but that the process answers', async () => {
    expect(await (await get('/health')).json()).toEqual({ status: 'ok' })
  })
  it('ready shows details to this machine only', async () => {
    expect(await (await get('/ready')).json()).toMatchObject({ ready: true, content: { problems: [] }, accounts: { 'zalo:4300112233445566778': { status: 'ok' } } })
    expect(await (await get('/ready', proxied)).json()).toEqual({ ready: true })
  })
  it('metrics are for this machine, or with the token', async () => {
    expect(await (await get('/metrics')).text()).toContain('camnang_waiting_events 0')
    expect((await get('/metrics', proxied)).status).toBe(403)
    expect((await get('/metrics', { ...proxied, authorization: 'Bearer wrong' })).status).toBe(403)
    expect((await get('/metrics', { ...proxied, authorization: 'Bearer canary-metrics' })).status).toBe(200)
  })
  it.each([
    ['via', '1.1 nginx'], ['forwarded', 'for=203.0.113.9'], ['x-forwarded-for', ''], ['x-forwarded-host', 'tinh.example'], ['x-forwarded-proto', 'https'], ['x-real-ip', '203.0.113.9'],
    ['cf-connecting-ip', '203.0.113.9'], ['cf-ray', '8f'], ['cdn-loop', 'cloudflare'], ['true-client-ip', '203.0.113.9'], ['x-client-ip', '203.0.113.9'], ['x-amzn-trace-id', 'Root=1'],
    ['host', 'tinh.example'],
  ])('what came through a proxy on this machine sees no details: %s: %s', async (name, value) => {
    const status = (path: string) => new Promise<{ status: number; body: string }>((resolve, reject) => {
      request(server.url + path, { headers: { [name]: value } }, (response) => {
        let body = ''
        response.on('data', (chunk) => (body += String(chunk))).on('end', () => resolve({ status: response.statusCode!, body }))
      }).on('error', reject).end()
    })
    expect((await status('/metrics')).status).toBe(403)
    expect(await status('/ready')).toEqual({ status: 200, body: '{"ready":true}' })
  })
  it('every answer has an id of its own', async () => {
    const post = (path: string, body: string) => fetch(server.url + path, { method: 'POST', body })
    const answers = await Promise.all([get('/health'), get('/'), get('/nowhere'), get('/metrics', proxied), post('/webhooks/zalo', '{"timestamp":"1"}'), post('/webhooks/zalo', 'x'), post('/webhooks/telegram', '{}')])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 403, 401, 400, 404])
    const ids = answers.map(({ headers }) => headers.get('x-request-id'))
    expect(ids.every((id) => /^[\w-]{8}-[0-9a-z]+$/.test(id!))).toBe(true)
    expect(new Set(ids).size).toBe(ids.length)
  })
  it('the privacy notice and the home page are Vietnamese pages', async () => {
    expect(await (await get('/privacy')).text()).toMatch(/<html lang="vi">[\s\S]*<h1[^>]*>Thông báo/)
    const home = await (await get('/')).text()
    expect(home).toContain('zalo-platform-site-verification')
    expect(home).not.toContain('tập dượt')
  })
  it('the Zalo verifier file is served', async () => {
    expect((await get('/zalo_verifierAbC_12.html')).status).toBe(200)
    expect((await get('/zalo_verifierXXX.html')).status).toBe(404)
  })
  it('a channel that is off answers 404, a bad signature 401', async () => {
    expect((await fetch(`${server.url}/webhooks/telegram`, { method: 'POST', body: '{}' })).status).toBe(404)
    expect((await fetch(`${server.url}/webhooks/zalo`, { method: 'POST', body: '{"timestamp":"1"}' })).status).toBe(401)
  })
  it('the store’s folder and files are private', () => {
    expect(statSync(`${folder}/pages`).mode & 0o777).toBe(0o700)
    expect(statSync(`${folder}/pages/camnang.db`).mode & 0o777).toBe(0o600)
  })
})
