import { createHmac } from 'node:crypto'
import nock from 'nock'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAxios } from '../../src/channels/axios.ts'
import { callZalo } from '../../src/channels/zalo-call.ts'
import { isProofWanted, isTokenRefused, zaloOutcomes } from '../../src/channels/zalo-errors.ts'
import { createZaloHeaders } from '../../src/channels/zalo-headers.ts'
import type { ZaloTokens } from '../../src/channels/zalo-tokens.ts'
import { createZaloChannel } from '../../src/channels/zalo.ts'
import { renderZalo, toRequest, zaloLimits } from '../../src/channels/zalo-message.ts'
import type { Part } from '../../src/core/message.ts'
import { DAY, vietnamMoment } from '../../src/core/time.ts'
import { createNodeTransport } from '../../src/node/transport.ts'
import { channelContract } from '../contracts/channel.ts'

const token = 'canary-zalo-access-token'

channelContract('zalo', {
  create: (origin, transport) => createZaloChannel({
    apiUrl: origin, http: createAxios(transport), clock: () => 0, headers: createZaloHeaders('canary-zalo-app-secret'),
    tokens: { current: async () => token, replace: async () => token, giveUp: async () => true, refreshDue: async () => [] },
  }),
  contact: { channel: 'zalo', accountId: '4300112233445566778', userId: '9007199254740993001' },
  accepted: { body: { error: 0, message: 'Success', data: { message_id: 'beef0099887766554434' } }, id: 'beef0099887766554434' },
  hours: 48,
  secrets: [token, 'canary-zalo-app-secret'],
  expectWithinLimits(part) {
    const body = toRequest({ channel: 'zalo', accountId: '1', userId: '2' }, part).body as any
    expect(body.message.text?.length ?? 0).toBeLessThanOrEqual(zaloLimits.text)
    const buttons = body.message.attachment?.payload.buttons ?? []
    expect(buttons.length).toBeLessThanOrEqual(5)
    for (const { title } of buttons) expect(title.length).toBeLessThanOrEqual(35)
    if (buttons.length > 0) expect(body.message.text).not.toBe('')
    expect(part.media === undefined || part.media.kind === 'image').toBe(true)
  },
})

const user = { channel: 'zalo', accountId: '4300112233445566778', userId: '9007199254740993001' } as const
const visitor = { ...user, userId: 'anon:5443873f256eaa30957f:2c298a21b46455550475' }
const menu = {
  text: 'Anh/chị cần hỗ trợ gì?\n1. Tra cứu hồ sơ',
  choices: [{ title: 'Tra cứu hồ sơ', payload: 'c:main:menu:1' }],
  links: [{ title: 'Cổng dịch vụ công', url: 'https://dichvucong.gov.vn' }],
}
const image = { kind: 'image', url: 'https://example.gov.vn/so-do.jpg', alt: 'Sơ đồ đường đi' } as const

describe('zalo renders', () => {
  it.each([
    ['the first five choices', { text: 'x', choices: Array.from({ length: 7 }, (_, i) => ({ title: `${i}`, payload: `c:${i}` })) }, [{ text: 'x', choices: Array.from({ length: 5 }, (_, i) => ({ title: `${i}`, payload: `c:${i}` })) }]],
    ['what leads on to more as the fifth button', { text: 'x', choices: [...Array.from({ length: 7 }, (_, i) => ({ title: `${i}`, payload: `c:${i}` })), { title: 'Xem tiếp', payload: 'p:x:a:1', leadsOn: true as const }] },
      [{ text: 'x', choices: [...Array.from({ length: 4 }, (_, i) => ({ title: `${i}`, payload: `c:${i}` })), { title: 'Xem tiếp', payload: 'p:x:a:1', leadsOn: true }] }]],
    ['a link as a line where five choices leave no room', { ...menu, choices: Array.from({ length: 5 }, (_, i) => ({ title: `${i}`, payload: `c:${i}` })) }, [expect.objectContaining({ text: `${menu.text}\n\nCổng dịch vụ công: https://dichvucong.gov.vn` })]],
    ['a picture with its words as one part', { text: 'Đường đi', media: image }, [{ text: 'Đường đi', media: image }]],
    ['a picture first where there are buttons', { ...menu, media: image }, [{ text: 'Sơ đồ đường đi', media: image }, menu]],
    ['a file as a line', { text: 'Mẫu đơn', media: { kind: 'file' as const, url: 'https://a.vn/m.pdf', alt: 'Tờ khai' } }, [{ text: 'Mẫu đơn\n\nTờ khai: https://a.vn/m.pdf' }]],
    ['a telephone number as a number', { text: 'Gọi', links: [{ title: 'Tổng đài', url: 'tel:1022' }] }, [{ text: 'Gọi\n\nTổng đài: 1022' }]],
    ['links as lines where the words with them would not fit without buttons', { text: 'x'.repeat(1_890), links: [{ title: 'Cổng', url: `https://dichvucong.gov.vn/${'a'.repeat(90)}` }] }, [{ text: 'x'.repeat(1_890) }, { text: `Cổng: https://dichvucong.gov.vn/${'a'.repeat(90)}` }]],
  ])('%s', (_label, message, parts) => expect(renderZalo(message)).toEqual(parts))
})

describe('zalo requests', () => {
  it('text with buttons without template_type, payloads as hidden queries', () => {
    expect(toRequest(user, menu)).toEqual({
      path: '/v3.0/oa/message/cs',
      body: {
        recipient: { user_id: user.userId },
        message: {
          text: menu.text,
          attachment: { type: 'template', payload: { buttons: [
            { title: 'Tra cứu hồ sơ', type: 'oa.query.hide', payload: 'c:main:menu:1' },
            { title: 'Cổng dịch vụ công', type: 'oa.open.url', payload: { url: 'https://dichvucong.gov.vn' } },
          ] } },
        },
      },
    })
  })
  it('a picture by URL with its caption, quoting', () => {
    expect(toRequest(user, { text: 'Đây ạ', media: image, quote: 'a1b2' }).body).toEqual({
      recipient: { user_id: user.userId },
      message: { text: 'Đây ạ', quote_message_id: 'a1b2', attachment: { type: 'template', payload: { template_type: 'media', elements: [{ media_type: 'image', url: image.url }] } } },
    })
  })
  it('anonymous visitors by v2.0 and without buttons, links as lines', () => {
    expect(toRequest(visitor, menu)).toEqual({
      path: '/v2.0/oa/message',
      body: {
        recipient: { anonymous_id: '5443873f256eaa30957f', conversation_id: '2c298a21b46455550475' },
        message: { text: `${menu.text}\n\nCổng dịch vụ công: https://dichvucong.gov.vn` },
      },
    })
  })
})

describe('zalo against its own address', () => {
  const transport = createNodeTransport()
  const night = vietnamMoment('2026-11-21', 23 * 60)
  const appSecret = 'canary-zalo-app-secret'
  const replaced: string[] = []
  const givenUp: string[] = []
  let agreed = false
  const tokens: ZaloTokens = {
    current: async () => 'old-token',
    replace: async (_oaId, refused) => { replaced.push(refused); return 'new-token' },
    giveUp: async (_oaId, refused) => { givenUp.push(refused); return !agreed },
    refreshDue: async () => [],
  }
  const open = () => createZaloChannel({
    apiUrl: 'https://openapi.zalo.me', http: createAxios(transport.send), clock: () => night, tokens, headers: createZaloHeaders(appSecret),
  })
  const channel = open()
  const zalo = (reply: object, check: (body: any) => boolean = () => true, accessToken = 'old-token') =>
    nock('https://openapi.zalo.me', { reqheaders: { access_token: accessToken, 'content-type': 'application/json' } }).post('/v3.0/oa/message/cs', check).reply(200, reply)
  const ok = { error: 0, message: 'Success', data: { message_id: 'm1' } }
  const fails = (part: Part) => channel.send(user, part, 'd#0').then(() => expect.unreachable(), (error: unknown) => error)
  beforeEach(() => { replaced.length = givenUp.length = 0; agreed = false })
  afterEach(() => {
    expect(nock.pendingMocks()).toEqual([])
    nock.cleanAll()
  })
  afterAll(() => transport.close())

  it.each(Object.entries(zaloOutcomes).filter(([code]) => !isTokenRefused(code) && !isProofWanted(code)))('error %s is %o', async (code, outcome) => {
    zalo({ error: Number(code), message: 'x' })
    const expected = outcome.kind === 'not_now' && outcome.reason === 'night_hours' ? { ...outcome, retryAt: vietnamMoment('2026-11-22', 6 * 60 + 5) } : outcome
    expect(await fails({ text: 'Chào' })).toMatchObject({ code, outcome: expected })
  })
  it('an error nobody has described is a refusal, also as a quoted number', async () => {
    zalo({ error: '-9999', message: 'x' })
    expect(await fails({ text: 'Chào' })).toMatchObject({ code: '-9999', outcome: { kind: 'rejected' } })
  })
  it.each([[404, 'unavailable'], [500, 'unavailable'], [504, 'uncertain']])('a gateway that says %i in JSON is no refusal of the message: %s', async (error, kind) => {
    zalo({ error, message: 'empty or invalid API' })
    expect(await fails({ text: 'Chào' })).toMatchObject({ code: `http_${error}`, outcome: { kind } })
  })
  it.each([[-223, user, 'bad_configuration'], [-223, visitor, 'rejected'], [-224, visitor, 'rejected'], [-219, user, 'bad_configuration']] as const)('%i to %o is %s: one call that is not granted is not the whole OA', async (error, contact, kind) => {
    nock('https://openapi.zalo.me').post(contact === user ? '/v3.0/oa/message/cs' : '/v2.0/oa/message').reply(200, { error })
    await expect(channel.send(contact, { text: 'Chào' }, 'd#0')).rejects.toMatchObject({ code: String(error), outcome: { kind } })
  })
  it('success without an id is a success', async () => {
    zalo({ error: 0, message: 'Success' })
    expect(await channel.send(user, { text: 'Chào' }, 'd#0')).toEqual({ platformMessageId: 'none:d#0' })
  })
  it.each([[{}], [{ data: { message_id: 'm1' } }], [{ error: '', data: { message_id: 'm1' } }], [{ error: ' ' }], [{ error: null, data: null }], [{ error: [] }], [{ error: 'x' }]])(
    'an answer that does not say 0 is no success, and may have gone out: %o', async (reply) => {
      zalo(reply)
      expect(await fails({ text: 'Chào' })).toMatchObject({ code: 'http_200', outcome: { kind: 'uncertain' } })
    })
  it('a 0 in quotes is a success', async () => {
    zalo({ ...ok, error: '0' })
    expect(await channel.send(user, { text: 'Chào' }, 'd#0')).toEqual({ platformMessageId: 'm1' })
  })
  it.each([[-201], [-233]])('refused buttons (%i) go out once more as mere text', async (error) => {
    zalo({ error }, ({ message }) => message.attachment !== undefined)
    zalo(ok, ({ message }) => message.attachment === undefined && message.text.includes('https://dichvucong.gov.vn'))
    expect(await channel.send(user, menu, 'd#0')).toEqual({ platformMessageId: 'm1' })
  })
  it('a refused quote goes out without it, buttons kept', async () => {
    zalo({ error: -201 }, ({ message }) => message.quote_message_id === 'gone')
    zalo(ok, ({ message }) => message.quote_message_id === undefined && message.attachment !== undefined)
    expect(await channel.send(user, { ...menu, quote: 'gone' }, 'd#0')).toEqual({ platformMessageId: 'm1' })
  })
  it('plain words that are refused are not tried again', async () => {
    zalo({ error: -201 })
    expect(await fails({ text: 'Chào' })).toMatchObject({ outcome: { kind: 'rejected' } })
  })
  it.each([[-216], [-220]])('a refused token (%i) is replaced once', async (error) => {
    zalo({ error })
    zalo(ok, undefined, 'new-token')
    expect(await channel.send(user, { text: 'Chào' }, 'd#0')).toEqual({ platformMessageId: 'm1' })
    expect([replaced, givenUp]).toEqual([['old-token'], []])
  })
  it('a refused replacement ends it: nothing loops', async () => {
    zalo({ error: -216 })
    zalo({ error: -216 }, undefined, 'new-token')
    expect(await fails({ text: 'Chào' })).toMatchObject({ outcome: { kind: 'bad_configuration', needs: 'consent' } })
    expect([replaced, givenUp]).toEqual([['old-token'], ['new-token']])
  })
  it('a replacement that a person’s consent has overtaken is no reason to stop', async () => {
    agreed = true
    zalo({ error: -216 })
    zalo({ error: -216 }, undefined, 'new-token')
    expect(await fails({ text: 'Chào' })).toMatchObject({ code: 'token_changed', outcome: { kind: 'throttled', retryAfter: 1_000 } })
  })
  describe('an app that requires proof of its secret', () => {
    const proofOf = (accessToken: string) => createHmac('sha256', appSecret).update(accessToken).digest('hex')
    const proven = (reply: object, accessToken = 'old-token') =>
      nock('https://openapi.zalo.me', { reqheaders: { access_token: accessToken, appsecret_proof: proofOf(accessToken) } }).post('/v3.0/oa/message/cs').reply(200, reply)
    const unproven = (reply: object) => nock('https://openapi.zalo.me', { badheaders: ['appsecret_proof'] }).post('/v3.0/oa/message/cs').reply(200, reply)

    it('gets it once it asks, and from then on with every call', async () => {
      const asked = open()
      const send = () => asked.send(user, { text: 'Chào' }, 'd#0')
      unproven(ok)
      await send()
      unproven({ error: -242 })
      proven(ok)
      expect(await send()).toEqual({ platformMessageId: 'm1' })
      proven({ error: -216 })
      proven(ok, 'new-token')
      expect(await send()).toEqual({ platformMessageId: 'm1' })
    })
    it('is a matter of settings when it does not take ours', async () => {
      unproven({ error: -242 })
      proven({ error: -242 })
      await expect(open().send(user, { text: 'Chào' }, 'd#0')).rejects.toMatchObject({ code: '-242', outcome: { kind: 'bad_configuration', needs: 'permission' } })
    })
    it('gets it with calls that only ask, too', async () => {
      const api = { apiUrl: 'https://openapi.zalo.me', http: createAxios(transport.send), clock: () => night, tokens, headers: createZaloHeaders(appSecret) }
      nock('https://openapi.zalo.me', { badheaders: ['appsecret_proof'] }).get('/v2.0/oa/getoa').reply(200, { error: -242 })
      nock('https://openapi.zalo.me', { reqheaders: { appsecret_proof: proofOf('old-token') } }).get('/v2.0/oa/getoa').reply(200, { error: 0, data: { name: 'UBND' } })
      expect(await callZalo(api, user.accountId, { path: '/v2.0/oa/getoa' }, night + 1_000)).toEqual({ name: 'UBND' })
    })
  })
  it('never writes in the days that Zalo bills', () => {
    const context = { origin: 'reply', lastInboundAt: night - 3 * DAY, optedOut: false, now: night } as const
    expect(channel.whyUnsendable({ text: 'x' }, context)).toBe('outside_reply_window')
  })
})
