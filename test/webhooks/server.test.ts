import { once } from 'node:events'
import { connect, type AddressInfo, type Server, type Socket } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import nock from 'nock'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { InboundEvent } from '../../src/core/event.ts'
import { webhookRoutes } from '../../webhooks/route.ts'
import { receivedAt } from '../support/fixtures.ts'
import { signed, testWebhooks } from '../support/sign.ts'

// A real server on the loopback, because what is tested here is how bytes arrive. The network guard would hold a request
// back until it is whole; every socket here is opened to 127.0.0.1.
beforeAll(() => nock.restore())

let server: Server
let events: InboundEvent[]
let statuses: string[]
let reached: PromiseWithResolvers<void>
let counted: PromiseWithResolvers<void>

beforeEach(async () => {
  events = []
  statuses = []
  reached = Promise.withResolvers()
  counted = Promise.withResolvers()
  const app = webhookRoutes({
    webhooks: testWebhooks,
    now: () => { reached.resolve(); return receivedAt },
    record: async (recorded) => void events.push(...recorded),
    accountEvents: async () => {},
    acknowledge: () => {},
    count: (_, { status }) => { statuses.push(status!); counted.resolve() },
  })
  server = createAdaptorServer({ fetch: app.fetch }) as Server
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(() => new Promise((resolve) => server.close(resolve)))

const text = 'Thủ tục cấp lại căn cước cần gì ạ? 👍'
const body = Buffer.from(JSON.stringify({
  event_name: 'user_send_text', sender: { id: '9007199254740993001' }, recipient: { id: '4300112233445566778' }, message: { text, msg_id: 'm1' }, timestamp: '1795224600000',
}))
const headers = (more: string) => ['POST /webhooks/zalo HTTP/1.1', 'host: 127.0.0.1', 'connection: close', ...Object.entries(signed('zalo', body)).map(([k, v]) => `${k}: ${v}`), more, '', ''].join('\r\n')

async function open(): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
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

it('a sender that goes away in the middle leaves nothing behind', async () => {
  const socket = await open()
  socket.write(Buffer.concat([Buffer.from(headers(`content-length: ${body.length}`)), body.subarray(0, 20)]))
  await reached.promise
  socket.destroy()
  await counted.promise
  expect(statuses).toEqual(['400'])
  expect(events).toEqual([])
})
