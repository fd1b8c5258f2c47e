import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import type { ChannelName } from '../../src/core/contact.ts'
import type { AccountEvent, InboundEvent } from '../../src/core/event.ts'
import type { RequestBindings } from '../../src/core/request.ts'
import { StoreUnavailable } from '../../src/store/ports.ts'
import { createByteBudget, readBody, type ByteBudget } from '../../webhooks/body.ts'
import { webhookRoutes, type Refusal, type WebhookPorts } from '../../webhooks/route.ts'
import { receivedAt } from '../support/fixtures.ts'
import { bytesOf, signed, testWebhooks } from '../support/sign.ts'

function setUp(changes: Partial<WebhookPorts> = {}) {
  const seen = { events: [] as InboundEvent[], accountEvents: [] as AccountEvent[], taps: [] as string[], counts: [] as string[], refusals: [] as Refusal[] }
  const app = webhookRoutes({
    webhooks: testWebhooks,
    now: () => receivedAt,
    record: async (events) => void seen.events.push(...events),
    accountEvents: async (events) => void seen.accountEvents.push(...events),
    acknowledge: (tap) => void seen.taps.push(tap.tapId),
    refused: (refusal) => void seen.refusals.push(refusal),
    count: (name, labels, by = 1) => void seen.counts.push(`${name} ${Object.values(labels).join(' ')} ${by}`),
    ...changes,
  })
  const post = async (path: string, body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null, headers: Record<string, string> = {}) =>
    app.request(path, { method: 'POST', body, headers, ...(body instanceof ReadableStream && { duplex: 'half' }) } as RequestInit)
  const send = async (channel: ChannelName, payload: unknown, path = `/webhooks/${channel}`) => {
    const bytes = bytesOf(channel, payload)
    return post(path, bytes, { ...signed(channel, bytes), 'content-length': String(bytes.byteLength) })
  }
  return { app, post, send, seen }
}

const question: Record<ChannelName, unknown> = {
  zalo: { event_name: 'user_send_text', sender: { id: '9007199254740993001' }, recipient: { id: '4300112233445566778' }, message: { text: 'Giờ làm việc?', msg_id: 'm1' }, timestamp: '1795224600000' },
  facebook: { object: 'page', entry: [{ id: '1029384756', messaging: [{ sender: { id: '7788990011223344' }, recipient: { id: '1029384756' }, timestamp: 1795228800911, message: { mid: 'm_1', text: 'Giờ làm việc?' } }] }] },
  telegram: { update_id: 7, message: { message_id: 1, date: 1795228800, chat: { id: 5550001111, type: 'private' }, text: 'Giờ làm việc?' } },
}
const tap = { update_id: 8, callback_query: { id: '98765432100', message: { chat: { id: 5550001111, type: 'private' } }, data: 'k:menu' } }
const channels = ['zalo', 'facebook', 'telegram'] as const

describe('POST /webhooks/:channel', () => {
  it.each(channels)('%s: records a question and answers 200', async (channel) => {
    const { send, seen } = setUp()
    const response = await send(channel, question[channel])
    expect(response.status).toBe(200)
    expect(seen.events).toMatchObject([{ kind: 'text', text: 'Giờ làm việc?', receivedAt, contact: { channel } }])
    expect(seen.counts).toEqual([`webhook_requests ${channel} 200 1`])
  })

  it.each([['zalo', '4300112233445566778'], ['facebook', '1029384756'], ['telegram', '7000000001']] as const)('%s: takes the account in the address', async (channel, account) => {
    const { send, seen } = setUp()
    expect((await send(channel, question[channel], `/webhooks/${channel}/${account}`)).status).toBe(200)
    expect(seen.events).toMatchObject([{ contact: { accountId: account } }])
    expect((await send(channel, question[channel], `/webhooks/${channel}/123`)).status).toBe(401)
    expect(seen.events).toHaveLength(1)
  })

  it.each(channels)('%s: 401 without a proof, and nothing is recorded', async (channel) => {
    const { post, seen } = setUp()
    expect((await post(`/webhooks/${channel}`, bytesOf(channel, question[channel]))).status).toBe(401)
    expect(seen.events).toEqual([])
    expect(seen.counts).toEqual([`webhook_requests ${channel} 401 1`])
  })

  it.each(channels)('%s: 400 for proven bytes that are no JSON', async (channel) => {
    const { post, seen } = setUp()
    const bytes = new TextEncoder().encode('{"event_name":"user_send_text",')
    expect((await post(`/webhooks/${channel}`, bytes, signed(channel, bytes))).status).toBe(400)
    expect(seen.counts).toEqual([`webhook_requests ${channel} 400 1`])
  })

  it.each([['zalo', 400], ['facebook', 401], ['telegram', 401]] as const)('%s: an empty body without a proof is %d', async (channel, status) => {
    const { post } = setUp()
    expect((await post(`/webhooks/${channel}`, null)).status).toBe(status)
  })

  it.each(channels)('%s: an empty body with a proof is 400', async (channel) => {
    const { post } = setUp()
    expect((await post(`/webhooks/${channel}`, null, signed(channel, new Uint8Array()))).status).toBe(400)
  })

  it.each(channels.flatMap((channel) => [{}, [], null, 'text', 7, { hello: 'world' }].map((payload) => ({ channel, payload }))))('$channel: proven JSON of no known shape is 200 and counted: $payload', async ({ channel, payload }) => {
    const { send, seen } = setUp()
    expect((await send(channel, payload)).status).toBe(200)
    expect(seen.counts).toEqual([`events_ignored ${channel} unknown_shape 1`, `webhook_requests ${channel} 200 1`])
  })

  it.each(channels)('%s: 503 when the store is not to be had, so that the platform comes again', async (channel) => {
    const { send, seen } = setUp({ record: () => Promise.reject(new StoreUnavailable('disk full')) })
    expect((await send(channel, question[channel])).status).toBe(503)
    expect(seen.counts).toEqual([`webhook_requests ${channel} 503 1`])
  })

  it('503 also when only an alarm of an account could not be recorded', async () => {
    const { send } = setUp({ accountEvents: () => Promise.reject(new StoreUnavailable('disk full')) })
    expect((await send('zalo', { event_name: 'permission_revoked', oa_id: '4300112233445566778', timestamp: '1795224600000' })).status).toBe(503)
  })

  it('hides no fault of our own behind the store: it is neither taken nor called unavailable', async () => {
    const { app, send, seen } = setUp({ record: () => Promise.reject(new TypeError('a fault of ours')) })
    app.onError((_, c) => c.text('', 500))
    expect((await send('telegram', tap)).status).toBe(500)
    expect([seen.taps, seen.counts]).toEqual([[], []])
  })

  it('counts what it leaves as often as it came', async () => {
    const { send, seen } = setUp()
    const reactions = [1, 2].map((n) => ({ sender: { id: '7788990011223344' }, recipient: { id: '1029384756' }, timestamp: 1795228800911 + n, reaction: { action: 'unreact', mid: `m_${n}` } }))
    await send('facebook', { object: 'page', entry: [{ id: '1029384756', messaging: reactions }] })
    expect(seen.counts).toContain('events_ignored facebook unreact 2')
  })

  it('hands on alarms of an account', async () => {
    const { send, seen } = setUp()
    await send('zalo', { event_name: 'permission_revoked', oa_id: '4300112233445566778', timestamp: '1795224600000' })
    expect(seen.accountEvents).toEqual([{ account: 'zalo:4300112233445566778', at: 1795224600000, kind: 'token_revoked', detail: 'permission_revoked' }])
  })

  it('answers only after the recording, and acknowledges a tap only then', async () => {
    const order: string[] = []
    let recorded = () => {}
    const { send, seen } = setUp({ record: () => new Promise((resolve) => { recorded = () => resolve(); order.push('recording') }) })
    const answer = send('telegram', tap).then(({ status }) => order.push(`answered ${status}`))
    while (order.length === 0) await Promise.resolve()
    expect(seen.taps).toEqual([])
    recorded()
    await answer
    expect(order).toEqual(['recording', 'answered 200'])
    expect(seen.taps).toEqual(['98765432100'])
  })

  it('acknowledges no tap that was not recorded', async () => {
    const { send, seen } = setUp({ record: () => Promise.reject(new StoreUnavailable('disk full')) })
    await send('telegram', tap)
    expect(seen.taps).toEqual([])
  })

  it('404 for a channel that is off or unknown', async () => {
    const { app, post } = setUp({ webhooks: { zalo: testWebhooks.zalo } })
    for (const name of ['facebook', 'viber', 'constructor']) {
      expect((await post(`/webhooks/${name}`, '{}')).status).toBe(404)
      expect((await app.request(`/webhooks/${name}?hub.mode=subscribe`)).status).toBe(404)
    }
    expect((await post('/webhooks/zalo/1/2', '{}')).status).toBe(404)
  })
})

describe('the size of a body', () => {
  const limits = [['zalo', 256 * 1024], ['facebook', 1024 * 1024], ['telegram', 256 * 1024]] as const
  const ofLength = (length: number) => new Uint8Array(length).fill(0x20)

  it.each(limits)('%s: 413 above %d bytes, announced', async (channel, limit) => {
    const { post, seen } = setUp()
    const over = ofLength(limit + 1)
    expect((await post(`/webhooks/${channel}`, over, { ...signed(channel, over), 'content-length': String(limit + 1) })).status).toBe(413)
    expect(seen.counts).toEqual([`webhook_requests ${channel} 413 1`])
  })

  it.each(limits)('%s: 413 above %d bytes, not announced, and the rest is not read', async (channel, limit) => {
    const { post } = setUp()
    let chunks = 0
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => { chunks += 1; controller.enqueue(ofLength(64 * 1024)) } })
    expect((await post(`/webhooks/${channel}`, endless, signed(channel, new Uint8Array()))).status).toBe(413)
    expect(chunks).toBeLessThan(limit / (64 * 1024) + 4)
  })

  it.each(limits)('%s: takes exactly %d bytes', async (channel, limit) => {
    const { post } = setUp()
    const padded = ofLength(limit)
    padded.set(bytesOf(channel, question[channel]))
    for (const headers of [{}, { 'content-length': String(limit) }]) {
      expect((await post(`/webhooks/${channel}`, padded, { ...signed(channel, padded), ...headers })).status).toBe(200)
    }
  })

  it.each(['-1', 'x', '1e9'])('413 for a length that is none: %s', async (length) => {
    const { post } = setUp()
    expect((await post('/webhooks/zalo', '{}', { 'content-length': length })).status).toBe(413)
  })

  it('413 when more comes than was announced', async () => {
    const { post } = setUp()
    expect((await post('/webhooks/zalo', ofLength(300 * 1024), { 'content-length': '10' })).status).toBe(413)
  })

  /** Sends some bytes and no more until `finish`. */
  const slowly = (length: number) => {
    let finish = () => {}
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(ofLength(length))
        finish = () => controller.close()
      },
    })
    return { body, finish: () => finish() }
  }
  const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

  it('503 for the slowest while too many unproven bytes are held; whoever comes next is read', async () => {
    const { post, send, seen } = setUp({ unverifiedBytes: 1000 })
    const [first, second] = [slowly(500), slowly(400)]
    const [one, two] = [post('/webhooks/telegram', first.body), post('/webhooks/telegram', second.body)]
    await nextTurn()
    const batch = bytesOf('zalo', question.zalo)
    expect((await post('/webhooks/zalo', new ReadableStream({ start: (c) => { c.enqueue(batch); c.close() } }), signed('zalo', batch))).status).toBe(200)
    expect((await one).status).toBe(503)
    expect(seen.refusals).toMatchObject([{ channel: 'telegram', status: 503, reason: 'busy' }])
    second.finish()
    expect((await two).status).toBe(401)
    expect((await send('zalo', question.zalo)).status).toBe(200)
  })

  it('503 for a body that is too many by itself', async () => {
    const { post } = setUp({ unverifiedBytes: 1000 })
    expect((await post('/webhooks/telegram', slowly(1001).body)).status).toBe(503)
  })

  it('announcing takes no room, and a short message is read whatever others hold', async () => {
    const { post, send } = setUp({ unverifiedBytes: 1000 })
    const [holding, silent] = [slowly(1000), Array.from({ length: 50 }, () => slowly(0))]
    const waiting = [holding, ...silent].map(({ body }) => post('/webhooks/facebook', body, { 'content-length': String(1024 * 1024) }))
    await nextTurn()
    expect((await send('zalo', question.zalo)).status).toBe(200)
    for (const { finish } of [holding, ...silent]) finish()
    expect(new Set((await Promise.all(waiting)).map(({ status }) => status))).toEqual(new Set([401]))
  })

  it('the body that needs room is not given up for itself, though it began first', async () => {
    const givenUp: string[] = []
    const budget = createByteBudget(1000)
    const [first, second] = ['first', 'second'].map((name) => budget.begin(() => givenUp.push(name)))
    expect([first!.add(500), second!.add(400), first!.add(300)]).toEqual([true, true, true])
    expect(givenUp).toEqual(['second'])
    first!.end()
    expect([budget.begin(() => undefined).add(1000), givenUp]).toEqual([true, ['second']])
  })

  it.each([
    ['read', 200, (c: ReadableStreamDefaultController) => { c.enqueue(bytesOf('zalo', question.zalo)); c.close() }],
    ['cut off', 400, (c: ReadableStreamDefaultController) => { c.enqueue(ofLength(400)); c.error(new Error('gone')) }],
    ['too large', 413, (c: ReadableStreamDefaultController) => c.enqueue(ofLength(300 * 1024))],
  ] as const)('gives back what it held for a body that was %s, announced or not', async (_, status, start) => {
    const taken: number[] = []
    const budget: ByteBudget = { begin: () => ({ add: (bytes) => taken.push(bytes) > 0, end: () => void taken.splice(0) }) }
    const app = new Hono<{ Bindings: RequestBindings }>().post('/', async (c) => {
      const read = await readBody(c, 256 * 1024, budget)
      return c.text('', read === 'cut_off' ? 400 : read === 'too_large' ? 413 : 200)
    })
    for (const headers of [{}, { 'content-length': '20000' }]) {
      const body = new ReadableStream<Uint8Array>({ start })
      expect((await app.request('/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit)).status).toBe(status)
      expect(taken).toEqual([])
    }
  })

  it('is read again after bodies that failed', async () => {
    const { post } = setUp({ unverifiedBytes: 1000 })
    const broken = () => new ReadableStream({ start: (c) => { c.enqueue(ofLength(400)); c.error(new Error('gone')) } })
    for (let times = 0; times < 5; times++) {
      expect((await post('/webhooks/zalo', broken())).status).toBe(400)
      expect((await post('/webhooks/zalo', broken(), { 'content-length': '20000' })).status).toBe(400)
      expect((await post('/webhooks/zalo', broken(), { 'content-length': '400' })).status).toBe(400)
    }
    const held = slowly(900)
    const waiting = post('/webhooks/telegram', held.body)
    await nextTurn()
    held.finish()
    expect((await waiting).status).toBe(401)
  })
})

describe('a request that is refused', () => {
  const account = '4300112233445566778'

  it.each(channels)('%s: tells why, and for which account, without anything of what it said', async (channel) => {
    const { post, seen } = setUp()
    const bytes = bytesOf(channel, question[channel])
    await post(`/webhooks/${channel}`, bytes)
    await post(`/webhooks/${channel}/${account}`, bytes, Object.fromEntries(Object.keys(signed(channel, bytes)).map((name) => [name, 'made-up'])))
    expect(seen.refusals).toEqual([
      { request: null, channel, accountId: null, status: 401, reason: 'no_signature' },
      { request: null, channel, accountId: account, status: 401, reason: 'wrong_signature' },
    ])
  })

  it.each([['zalo', account], ['facebook', '1029384756'], ['telegram', '7000000001']] as const)('%s: names the proven account when the store is not to be had', async (channel, accountId) => {
    const { send, seen } = setUp({ record: () => Promise.reject(new StoreUnavailable('disk full')) })
    await send(channel, question[channel])
    expect(seen.refusals).toEqual([{ request: null, channel, accountId, status: 503, reason: 'store_unavailable' }])
  })

  it('carries the id the server gave it', async () => {
    const { app, seen } = setUp()
    await app.request('/webhooks/zalo', { method: 'POST', body: '{}' }, { requestId: 'start-1' })
    expect(seen.refusals).toMatchObject([{ request: 'start-1', status: 401 }])
  })

  it('is told for every status but 200', async () => {
    const { app, post, send, seen } = setUp()
    await send('zalo', question.zalo)
    await post('/webhooks/viber', '{}')
    expect(seen.refusals).toEqual([])
    await post('/webhooks/zalo', '{}', { 'content-length': '1000000' })
    await post('/webhooks/zalo', 'no json')
    await app.request('/webhooks/facebook?hub.mode=subscribe&hub.verify_token=guess&hub.challenge=1')
    expect(seen.refusals.map(({ status, reason }) => `${status} ${reason}`)).toEqual(['413 too_large', '400 no_json', '403 wrong_verify_token'])
  })
})

describe('GET /webhooks/:channel', () => {
  it('answers Facebook’s question', async () => {
    const { app } = setUp()
    const response = await app.request('/webhooks/facebook?hub.mode=subscribe&hub.verify_token=test-verify-token&hub.challenge=1158201444')
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('1158201444')
  })

  it('403 for a wrong token', async () => {
    const { app } = setUp()
    const response = await app.request('/webhooks/facebook?hub.mode=subscribe&hub.verify_token=guess&hub.challenge=1158201444')
    expect(response.status).toBe(403)
    expect(await response.text()).toBe('')
  })

  it.each(['zalo', 'telegram'])('%s asks no question', async (channel) => {
    const { app } = setUp()
    expect((await app.request(`/webhooks/${channel}`)).status).toBe(404)
  })
})
