import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { channelNames, type ChannelName } from '../../src/core/contact.ts'
import type { InboundEvent } from '../../src/core/event.ts'
import type { Parsed } from '../../webhooks/webhook.ts'
import { receivedAt, webhookFixtures } from '../support/fixtures.ts'
import { testWebhooks } from '../support/sign.ts'

const accountIds: Record<ChannelName, string | null> = { zalo: '4300112233445566778', facebook: null, telegram: '7000000001' }
const parse = (channel: ChannelName, payload: unknown): Parsed => testWebhooks[channel].parse(payload, { receivedAt, accountId: accountIds[channel] })

/** Every place inside a value, as a path of keys. */
function pathsOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]))]
}

/** The value with something else at one place. */
function put(value: unknown, path: (string | number)[], other: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return other
  if (Array.isArray(value)) return value.map((inner, index) => (index === key ? put(inner, rest, other) : inner))
  return { ...(value as object), [key]: put((value as Record<string, unknown>)[key], rest, other) }
}

const oddities = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '__proto__', 'constructor', '\0', '\ud800', 9007199254740993, -1, 1e308, Number.MAX_SAFE_INTEGER, '99999999999999999999', [], [[]], {}, null, false, [null], 'toString'),
)

const keys = fc.constantFrom(
  'event_name', 'message', 'sender', 'recipient', 'id', 'oa_id', 'text', 'msg_id', 'timestamp', 'follower', 'attachments', 'payload', 'info', 'object', 'entry', 'messaging',
  'standby', 'changes', 'mid', 'is_echo', 'metadata', 'postback', 'referral', 'update_id', 'callback_query', 'chat', 'from', 'data', 'my_chat_member', 'type', '__proto__', 'hasOwnProperty',
)
const anyBody = fc.letrec((tie) => ({
  body: fc.oneof({ depthSize: 'small' }, oddities, fc.dictionary(keys, tie('body')), fc.array(tie('body'), { maxLength: 3 })),
})).body

const mutated = fc.constantFrom(...webhookFixtures).chain((fixture) =>
  fc.array(fc.tuple(fc.constantFrom(...pathsOf(fixture.payload)), oddities), { minLength: 1, maxLength: 3 })
    .map((changes) => ({ channel: fixture.channel, payload: changes.reduce((payload, [path, other]) => (reaches(payload, path) ? put(payload, path, other) : payload), fixture.payload) })))

const reaches = (value: unknown, path: (string | number)[]): boolean =>
  path.length === 0 || (typeof value === 'object' && value !== null && Object.hasOwn(value, path[0]!) && reaches((value as Record<string | number, unknown>)[path[0]!], path.slice(1)))

function expectSound(channel: ChannelName, payload: unknown): void {
  const parsed = parse(channel, payload)
  expect(parse(channel, payload)).toEqual(parsed)
  for (const [name, times] of Object.entries(parsed.ignored)) {
    expect(name).toMatch(/^[a-z]\w{0,47}$/i)
    expect(times).toBeGreaterThan(0)
  }
  parsed.events.forEach((event) => expectSoundEvent(channel, event))
}

/** An anonymous visitor's id is several ids in one. */
const idsIn = (userId: string): string[] => (userId.startsWith('anon:') ? userId.slice('anon:'.length).split(':').filter((id) => id !== '') : [userId])

function expectSoundEvent(channel: ChannelName, event: InboundEvent): void {
  expect(event.contact.channel).toBe(channel)
  expect(event.id.startsWith(`${channel}:${event.contact.accountId}:${event.kind}:`)).toBe(true)
  expect(event.id.length).toBeLessThan(300)
  const own = event.id.slice(`${channel}:${event.contact.accountId}:${event.kind}:`.length)
  if (!/^[\w-]{22}$/.test(own)) for (const id of idsIn(event.contact.userId)) expect(own.includes(id)).toBe(false)
  for (const id of [event.contact.userId, event.contact.accountId, event.messageId ?? 'x']) expect(id).toMatch(/^[!-~]+$/)
  for (const at of [event.sentAt, event.orderAt]) {
    expect(Number.isSafeInteger(at)).toBe(true)
    expect(at).toBeLessThanOrEqual(receivedAt)
  }
  const words = JSON.stringify(event)
  expect(words.includes(String.raw`\u0000`)).toBe(false)
  expect(/\\ud[89a-f]/i.test(words)).toBe(false)
}

describe('parse is total', () => {
  it.each(channelNames)('%s: any JSON', (channel) => {
    fc.assert(fc.property(anyBody, (payload) => expectSound(channel, payload)), { numRuns: 1000 })
  })

  it('any fixture with something else in a few places', () => {
    fc.assert(fc.property(mutated, ({ channel, payload }) => expectSound(channel, payload)), { numRuns: 4000 })
  })

  it.each(channelNames)('%s: every fixture without any one of its parts', (channel) => {
    const rows = webhookFixtures.filter((fixture) => fixture.channel === channel).flatMap(({ payload }) => pathsOf(payload).map((path) => put(payload, path, undefined)))
    expect(rows.length).toBeGreaterThan(200)
    rows.forEach((payload) => expectSound(channel, JSON.parse(JSON.stringify(payload) ?? 'null')))
  })

  it('a body nested without end', () => {
    const endless = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as unknown
    const follow = { event_name: 'follow', oa_id: '4300112233445566778', follower: { id: '9007199254740993001' }, timestamp: '1795224000000', more: endless }
    expect(parse('zalo', follow).events).toHaveLength(1)
    for (const channel of channelNames) expect(parse(channel, endless).events).toEqual([])
  })
})

describe('ids', () => {
  const user = '9007199254740993001'
  const text = (msgId: string, sender: unknown = user) =>
    ({ event_name: 'user_send_text', sender: { id: sender }, recipient: { id: '4300112233445566778' }, message: { text: 'alo', msg_id: msgId }, timestamp: '1795224600000' })

  it('hides a message id that holds the person’s id', () => {
    const [event] = parse('zalo', text(`x${user}`)).events
    expect(event!.id).toMatch(/^zalo:4300112233445566778:text:[\w-]{22}$/)
    expect(event!.messageId).toBe(`x${user}`)
  })

  it('takes no id that was rounded on the way', () => {
    expect(parse('zalo', text('m1', 9007199254740993000)).ignored).toEqual({ unknown_shape: 1 })
  })

  it.each([':', '.', '-_-', ''])('takes no id without a letter or digit: %o', (id) => {
    const echo = { sender: { id: '1029384756' }, recipient: { id }, timestamp: 1795228800911, message: { is_echo: true, mid: 'm_AbC-034', text: 'Chào chị' } }
    const page = { object: 'page', entry: [{ id: '1029384756', time: 1795228801230, messaging: [echo] }] }
    expect(parse('facebook', page).events).toEqual([])
    expect(parse('zalo', text('m1', id)).events).toEqual([])
  })

  it('is the same for a repeat that arrives later, and another for another event', () => {
    const follow = (timestamp: string) => ({ event_name: 'follow', oa_id: '4300112233445566778', follower: { id: user }, timestamp })
    const idOf = (timestamp: string, at: number) => testWebhooks.zalo.parse(follow(timestamp), { receivedAt: at, accountId: null }).events[0]!.id
    expect(idOf('1795224000000', receivedAt)).toBe(idOf('1795224000000', receivedAt + 60_000))
    expect(idOf('1795224000000', receivedAt)).not.toBe(idOf('1795224000001', receivedAt))
  })
})

describe('one item of a page', () => {
  const page = (item: object, object = 'page') => ({ object, entry: [{ id: '1029384756', messaging: [{ sender: { id: '7788990011223344' }, recipient: { id: '1029384756' }, timestamp: 1795228800911, ...item }] }] })
  const message = { mid: 'm_1', text: 'Giờ làm việc?' }

  it('is known by the key we can read, whatever stands before it', () => {
    expect(parse('facebook', page({ hop_context: [{ app_id: 1 }], message })).events).toMatchObject([{ kind: 'text', text: 'Giờ làm việc?' }])
  })

  it.each([['delivery', {}], ['delivery', { mids: [] }], ['read', {}], ['read', { watermark: '1795228800911' }]])('%s %j: a receipt that names neither messages nor a time marks nothing as arrived or read', (kind, receipt) => {
    expect(parse('facebook', page({ [kind]: receipt }))).toMatchObject({ events: [], ignored: { unknown_shape: 1 } })
  })

  it('of something else than a page is not taken for one', () => {
    expect(parse('facebook', page({ message }, 'instagram'))).toMatchObject({ events: [], ignored: { unknown_shape: 1 } })
  })

  it('tells of a policy as a warning where Meta’s word for it is none we know', () => {
    expect(parse('facebook', page({ policy_enforcement: { action: 'constructor', reason: 'r' } })).accountEvents).toMatchObject([{ kind: 'policy_warning', detail: 'constructor: r' }])
  })
})

describe('one Zalo body', () => {
  const alarm = (more: object) => ({ event_name: 'permission_revoked', timestamp: '1795224000000', ...more })

  it.each(['4300112233445566779', '4300112233445566770'])('proven by one OA’s key raises no alarm for another: %s', (oaId) => {
    expect(parse('zalo', alarm({ oa_id: oaId }))).toMatchObject({ accountEvents: [], ignored: { another_account: 1 } })
  })

  it('raises an alarm that tells nobody’s platform id', () => {
    const person = { user_id: '9007199254740993001', user_id_by_app: '5550001112223334444', sender: { id: '9007199254740993001' }, follower: { id: '9007199254740993001' }, recipient: { id: '4300112233445566778' } }
    expect(parse('zalo', alarm({ oa_id: '4300112233445566778', ...person })).accountEvents).toMatchObject([{ kind: 'token_revoked', detail: 'permission_revoked' }])
  })

  it('of an OA that is not ours is left, also where the key does not tell whose it is', () => {
    const text = { event_name: 'user_send_text', sender: { id: '9007199254740993001' }, recipient: { id: '4300112233445566770' }, message: { text: 'alo', msg_id: 'm1' }, timestamp: '1795224600000' }
    expect(testWebhooks.zalo.parse(text, { receivedAt, accountId: null })).toMatchObject({ events: [], ignored: { another_account: 1 } })
  })

  it('about a template that was sent with a tracking id is no receipt of a message', () => {
    const seen = { event_name: 'user_received_message', sender: { id: '4300112233445566778' }, recipient: { id: '9007199254740993001' }, message: { msg_id: 'm1', tracking_id: 't1' }, timestamp: '1795224600000' }
    expect(parse('zalo', seen)).toMatchObject({ events: [], ignored: { template_receipt: 1 } })
  })
})

it('an alarm is told in a few words, however long the platform’s are', () => {
  const long = 'x'.repeat(5_000)
  const status = { object: 'page', entry: [{ id: '1029384756', changes: [{ field: 'message_template_status_update', value: { message_template_name: long, event: 'REJECTED' } }] }] }
  const policy = { object: 'page', entry: [{ id: '1029384756', messaging: [{ sender: { id: '7788990011223344' }, recipient: { id: '1029384756' }, timestamp: 1795228800911, policy_enforcement: { action: 'block', reason: long } }] }] }
  const quality = { event_name: 'change_template_quality', oa_id: '4300112233445566778', reason: long, timestamp: '1795224000000' }
  const told = [parse('facebook', status), parse('facebook', policy), parse('zalo', quality)].flatMap(({ accountEvents }) => accountEvents)
  expect(told).toHaveLength(3)
  for (const { detail } of told) expect(detail.length).toBeLessThanOrEqual(300)
})
