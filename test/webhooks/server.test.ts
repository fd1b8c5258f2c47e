import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { connect, type AddressInfo, type Server, type Socket } from 'node:net'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import nock from 'nock'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { InboundEvent } from '../../src/core/event.ts'
import { readIncoming } from '../../src/node/incoming.ts'
import { webhookRoutes } from '../../webhooks/route.ts'
import { receivedAt } from '../support/fixtures.ts'
import { signed, testWebhooks } from '../support/sign.ts'

// A real server on the loopback, because what is tested here is how bytes arrive. The network guard would hold a request
// back until it is whole; every socket here is opened to 127.0.0.1.
beforeAll(() => nock.restore())

const MiB = 1024 * 1024

let server: Server
let events: InboundEvent[]
let statuses: string[]
let reached: PromiseWithResolvers<void>
let counted: PromiseWithResolvers<void>

/** Requests wait here until it resolves. */
let door: Promise<void>
/** Resolves when the connection of a request is gone. */
let gone: PromiseWithResolvers<void>

async function serve(readBody?: (incoming: IncomingMessage) => Promise<Uint8Array>): Promise<void> {
  events = []
  statuses = []
  reached = Promise.withResolvers()
  door = Promise.resolve()
  gone = Promise.withResolvers()
  counted = Promise.withResolvers()
  const app = webhookRoutes({
    webhooks: testWebhooks,
    now: () => { reached.resolve(); return receivedAt },
    record: async (recorded) => void events.push(...recorded),
    accountEvents: async () => {},
    acknowledge: () => {},
    refused: () => {},
    unverifiedBytes: 8 * MiB,
    count: (_, { status }) => { statuses.push(status!); counted.resolve() },
  })
  server = createAdaptorServer({
    async fetch(request, bindings) {
      const { incoming } = bindings as HttpBindings
      incoming.on('close', () => gone.resolve())
      await door
      return app.fetch(request, readBody && { readBody: () => readBody(incoming) })
    },
  }) as Server
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
}
const opened: Socket[] = []
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
})

const text = 'Thủ tục cấp lại căn cước cần gì ạ? 👍'
const body = Buffer.from(JSON.stringify({
  event_name: 'user_send_text', sender: { id: '9007199254740993001' }, recipient: { id: '4300112233445566778' }, message: { text, msg_id: 'm1' }, timestamp: '1795224600000',
}))
const headers = (more: string) => ['POST /webhooks/zalo HTTP/1.1', 'host: 127.0.0.1', 'connection: close', ...Object.entries(signed('zalo', body)).map(([k, v]) => `${k}: ${v}`), more, '', ''].join('\r\n')

async function open(): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  opened.push(socket)
  await once(socket, 'connect')
  socket.setNoDelay(true)
  return socket
}

async function answerOn(socket: Socket): Promise<string> {
  let answer = ''
  socket.on('data', (chunk) => (answer += String(chunk)))
  await once(socket, 'close')
  return answer
}

describe.each([
  ['as this server reads bodies', readIncoming],
  ['as the request itself reads them', undefined],
])('%s:', (_, readBody) => {
  beforeEach(() => serve(readBody))

  /** Inside the three bytes of `ủ`, and inside the four of the emoji. */
  const cuts = [body.indexOf('ủ') + 1, body.indexOf('ủ') + 2, body.indexOf('👍') + 2]

  it.each(cuts)('a body cut inside a letter, at byte %d, arrives whole', async (cut) => {
    const socket = await open()
    socket.write(Buffer.concat([Buffer.from(headers(`content-length: ${body.length}`)), body.subarray(0, cut)]))
    await reached.promise
    socket.write(body.subarray(cut))
    expect(await answerOn(socket)).toMatch(/^HTTP\/1\.1 200 /)
    expect(events).toMatchObject([{ kind: 'text', text }])
  })

  it.each(cuts)('a body sent in chunks and cut inside a letter, at byte %d, arrives whole', async (cut) => {
    const chunk = (bytes: Buffer) => Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
    const socket = await open()
    socket.write(Buffer.concat([Buffer.from(headers('transfer-encoding: chunked')), chunk(body.subarray(0, cut))]))
    await reached.promise
    socket.write(Buffer.concat([chunk(body.subarray(cut)), Buffer.from('0\r\n\r\n')]))
    expect(await answerOn(socket)).toMatch(/^HTTP\/1\.1 200 /)
    expect(events).toMatchObject([{ kind: 'text', text }])
  })

  it('an announced body over the limit is refused before it comes', async () => {
    const socket = await open()
    socket.write(headers(`content-length: ${256 * 1024 + 1}`))
    expect(await answerOn(socket)).toMatch(/^HTTP\/1\.1 413 /)
  })

  describe('a flood of unsigned bodies', () => {
    /** A page's batch as Facebook sends it: many updates, 100 KB. */
    const batch = Buffer.from(JSON.stringify({
      object: 'page',
      entry: [{ id: '1029384756', messaging: Array.from({ length: 400 }, (_, n) => ({
        sender: { id: `77889900112${n}` }, recipient: { id: '1029384756' }, timestamp: 1795228800911 + n, message: { mid: `m_${n}`, text: 'Giờ làm việc thế nào ạ? '.repeat(4) },
      })) }],
    }))
    const head = (lines: Record<string, string | number>) => ['POST /webhooks/facebook HTTP/1.1', 'host: 127.0.0.1', ...Object.entries(lines).map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n')

    async function sendBatch(): Promise<string> {
      const socket = await open()
      socket.write(Buffer.concat([Buffer.from(head({ connection: 'close', 'content-length': batch.length, ...signed('facebook', batch) })), batch]))
      return answerOn(socket)
    }

    async function flood(connections: number, sent: number): Promise<Socket[]> {
      return Promise.all(Array.from({ length: connections }, async () => {
        const socket = await open()
        socket.on('error', () => undefined)
        await new Promise((resolve) => socket.write(Buffer.concat([Buffer.from(head({ 'content-length': MiB })), Buffer.alloc(sent, 0x20)]), resolve))
        return socket
      }))
    }

    it.each([['200 connections that announce 1 MiB and send nothing', 200, 0], ['12 that send all but the last byte of it', 12, MiB - 1]] as const)('%s keep no batch of Facebook out', async (_, connections, sent) => {
      const sockets = await flood(connections, sent)
      for (let times = 0; times < 3; times++) expect(await sendBatch()).toMatch(/^HTTP\/1\.1 200 /)
      expect(batch.length).toBeGreaterThan(80_000)
      expect(events).toHaveLength(3 * 400)
      for (const socket of sockets) socket.destroy()
      while (statuses.length < connections + 3) await new Promise((resolve) => setImmediate(resolve))
    })
  })

  it('a sender that goes away in the middle leaves nothing behind', async () => {
    const socket = await open()
    socket.write(Buffer.concat([Buffer.from(headers(`content-length: ${body.length}`)), body.subarray(0, 20)]))
    await reached.promise
    socket.destroy()
    await counted.promise
    expect(statuses).toEqual(['400'])
    expect(events).toEqual([])
  })

  it('a sender that went away while its request waited leaves nothing behind', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    door = promise
    const socket = await open()
    socket.write(Buffer.concat([Buffer.from(headers(`content-length: ${body.length}`)), body.subarray(0, 20)]))
    await once(server, 'request')
    socket.destroy()
    await gone.promise
    resolve()
    await counted.promise
    expect(statuses).toEqual(['400'])
    expect(events).toEqual([])
  })
})
