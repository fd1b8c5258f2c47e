import { type AddressInfo, createServer } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type OutgoingRequest, TransportError } from '../../src/channels/transport.ts'
import { createNodeTransport } from '../../src/node/transport.ts'
import { answer, type Platform, reset, silence, stall, startPlatform } from '../channels/platform.ts'

describe('node transport', () => {
  let platform: Platform
  const transport = createNodeTransport()
  const post = (change: Partial<OutgoingRequest> = {}) =>
    transport.send({ method: 'POST', url: `${platform.origin}/a/b?c=1`, headers: { 'content-type': 'application/json', access_token: 'x' }, body: '{"câu":"hỏi"}', timeout: 10_000, ...change })
  const failure = async (change: Partial<OutgoingRequest> = {}): Promise<TransportError> => {
    const error: unknown = await post(change).then(() => 'answered', (error: unknown) => error)
    expect(error).toBeInstanceOf(TransportError)
    return error as TransportError
  }
  beforeAll(async () => { platform = await startPlatform() })
  beforeEach(() => { platform.seen.length = 0 })
  afterAll(async () => {
    await transport.close()
    await platform.close()
  })

  it('carries method, path, headers and body, and brings back status, headers and text', async () => {
    platform.behave(answer({ lời: 'đáp' }, 418, { 'x-app-usage': '{"call_count":28}', 'x-other': 'y' }))
    const response = await post()
    expect(platform.seen[0]).toMatchObject({ method: 'POST', path: '/a/b?c=1', headers: { access_token: 'x' }, json: { câu: 'hỏi' } })
    expect(response).toMatchObject({ status: 418, body: '{"lời":"đáp"}', headers: { 'x-app-usage': '{"call_count":28}', 'x-other': 'y' } })
  })

  it('brings back from an answer that is well the headers that every answer is asked for, and no others', async () => {
    platform.behave(answer({}, 200, { 'x-app-usage': '{"call_count":28}', 'x-other': 'y' }))
    expect((await post()).headers).toEqual({ 'x-app-usage': '{"call_count":28}' })
  })

  it('joins an answer that comes in pieces cut inside letters', async () => {
    const bytes = Buffer.from('Cẩm nang số '.repeat(20_000))
    platform.behave((_seen, response) => {
      response.writeHead(200)
      for (let at = 0; at < bytes.length; at += 4_093) response.write(bytes.subarray(at, at + 4_093))
      response.end()
    })
    expect((await post()).body).toBe(bytes.toString())
  })

  it('asks for an origin without a path as /', async () => {
    platform.behave(answer({}))
    await post({ method: 'GET', url: platform.origin })
    expect(platform.seen[0]).toMatchObject({ method: 'GET', path: '/' })
  })

  it('keeps the connection for the next request', async () => {
    const ports = new Set<number>()
    platform.behave((_seen, response, request) => {
      ports.add(request.socket.remotePort!)
      response.end('{}')
    })
    for (let i = 0; i < 10; i++) await post()
    // One is still being given back when the next request begins.
    expect(ports.size).toBeLessThanOrEqual(2)
  })

  it('says that nothing was sent when the connection is refused', async () => {
    expect(await failure({ url: 'http://127.0.0.1:9/' })).toMatchObject({ message: 'ECONNREFUSED', notSent: true })
  })

  it.each([['nothing comes', silence], ['the answer stops half way', stall]])('gives up at the deadline when %s', async (_label, behaviour) => {
    platform.behave(behaviour)
    expect(await failure({ timeout: 500 })).toMatchObject({ message: 'no answer within 500 ms', notSent: false })
  })

  it('counts a slow body into the same deadline', async () => {
    platform.behave((_seen, response) => {
      response.writeHead(200)
      const drip = setInterval(() => response.write('.'), 10)
      response.on('close', () => clearInterval(drip))
    })
    expect((await failure({ timeout: 500 })).notSent).toBe(false)
  })

  it('does not know whether a request went through when the connection is reset', async () => {
    platform.behave(reset)
    expect((await failure()).notSent).toBe(false)
  })

  it('cuts an answer of more than a mebibyte', async () => {
    platform.behave((_seen, response) => void response.end('x'.repeat(1_100_000)))
    expect((await failure()).notSent).toBe(false)
  })

  it('gives up a request that waits for a connection as not sent, and never sends it', async () => {
    const busy = createNodeTransport()
    const ask = (path: string, timeout = 10_000) => busy.send({ method: 'POST', headers: {}, body: '{}', url: `${platform.origin}${path}`, timeout })
    const open: (() => void)[] = []
    platform.behave((_seen, response) => open.push(() => response.end('{}')))
    const held = Array.from({ length: 128 }, () => ask('/held'))
    await expect.poll(() => open.length).toBe(128)
    await expect(ask('/late', 50)).rejects.toMatchObject({ notSent: true })
    platform.behave(answer({}))
    for (const end of open) end()
    await Promise.all(held)
    await Promise.all(held.map(() => ask('/after')))
    await busy.close()
    expect(platform.seen.some(({ path }) => path === '/late')).toBe(false)
  })

  it('has connections for the calls of each account of an origin: one that hangs leaves the others theirs', async () => {
    const two = createNodeTransport(2)
    const ask = (path: string) => two.send({ method: 'POST', headers: {}, body: '{}', url: `${platform.origin}${path}`, timeout: 20_000 })
    const held: (() => void)[] = []
    platform.behave(({ path }, response) => (path === '/hangs' ? void held.push(() => response.end('{}')) : void response.end('{"ok":1}')))
    const hanging = Array.from({ length: 128 }, () => ask('/hangs'))
    await expect.poll(() => held.length, { timeout: 10_000 }).toBe(128)
    expect(await Promise.race([ask('/other'), new Promise((go) => setTimeout(go, 5_000))])).toMatchObject({ body: '{"ok":1}' })
    for (const end of held) end()
    await Promise.all(hanging)
    await two.close()
  })

  it('tells in no error where the request went or what it carried', async () => {
    platform.behave(silence)
    const error = await failure({ url: `${platform.origin}/bot7000000001:canary/sendMessage`, timeout: 300 })
    expect(`${error.stack} ${String(error.cause)}`).not.toMatch(/canary|127\.0\.0\.1/)
  })

  it('fails what is under way when it is closed, and closes twice', async () => {
    platform.behave(silence)
    const closing = createNodeTransport()
    const waiting = closing.send({ method: 'GET', url: `${platform.origin}/`, headers: {}, timeout: 10_000 }).catch((error: unknown) => error)
    await expect.poll(() => platform.seen.length).toBe(1)
    await closing.close()
    await closing.close()
    expect(await waiting).toBeInstanceOf(TransportError)
  })

  it('does not know what a server meant that closes after reading the request', async () => {
    const server = createServer((socket) => socket.once('data', () => socket.end()))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    expect((await failure({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` })).notSent).toBe(false)
    server.close()
  })
})
