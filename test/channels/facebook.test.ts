import { createHmac } from 'node:crypto'
import nock from 'nock'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { createAxios } from '../../src/channels/axios.ts'
import { facebookOutcomes } from '../../src/channels/facebook-errors.ts'
import { createFacebookChannel } from '../../src/channels/facebook.ts'
import { renderFacebook, toRequest } from '../../src/channels/facebook-message.ts'
import type { SendContext } from '../../src/channels/channel.ts'
import type { Part } from '../../src/core/message.ts'
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts'
import { createNodeTransport } from '../../src/node/transport.ts'
import { channelContract } from '../contracts/channel.ts'

const pageToken = 'canary-facebook-page-token'
const appSecret = 'canary-facebook-app-secret'
channelContract('facebook', {
  create: (origin, transport) => createFacebookChannel({
    graphUrl: origin, graphVersion: 'v26.0', appSecrets: [appSecret, 'old'], accounts: [{ pageId: '1029384756', pageToken }],
    http: createAxios(transport), clock: () => 0,
  }),
  contact: { channel: 'facebook', accountId: '1029384756', userId: '7788990011223344' },
  accepted: { body: { recipient_id: '7788990011223344', message_id: 'm_AbC-007' }, id: 'm_AbC-007' },
  hours: 24,
  secrets: [pageToken, appSecret],
  expectWithinLimits(part) {
    const { message } = toRequest({ channel: 'facebook', accountId: '1', userId: '2' }, part, 'x') as any
    const template = message.attachment?.type === 'template' ? message.attachment.payload : null
    expect(message.text?.length ?? 1).toBeLessThanOrEqual(2_000)
    expect(message.text === '').toBe(false)
    expect(message.text !== undefined && message.attachment !== undefined).toBe(false)
    if (template) {
      expect(template.text.length).toBeLessThanOrEqual(640)
      expect(template.text).not.toBe('')
      expect(template.buttons.length).toBeLessThanOrEqual(3)
      for (const { title } of template.buttons) expect(title.length).toBeLessThanOrEqual(20)
    }
    expect(message.quick_replies?.length ?? 0).toBeLessThanOrEqual(13)
    for (const { title } of message.quick_replies ?? []) expect(title.length).toBeLessThanOrEqual(20)
  },
})

const citizen = { channel: 'facebook', accountId: '1029384756', userId: '7788990011223344' } as const
const now = Date.UTC(2026, 10, 21, 3)
const link = { title: 'Cổng Dịch vụ công', url: 'https://dichvucong.gov.vn' }
const choice = { title: 'Đất đai', payload: 'c:main:menu:1' }
const many = (count: number) => Array.from({ length: count }, (_, i) => ({ title: `Việc ${i + 1}`, payload: `c:main:menu:${i + 1}` }))
const onward = { title: 'Xem tiếp', payload: 'p:main:menu:1', leadsOn: true as const }
const image = { kind: 'image', url: 'https://example.gov.vn/so-do.jpg', alt: 'Sơ đồ đường đi' } as const
const at = (change: Partial<SendContext> = {}): SendContext => ({ origin: 'reply', lastInboundAt: now - HOUR, optedOut: false, now, ...change })

describe('facebook renders', () => {
  it.each([
    ['short words with links and choices as one part', { text: 'Chọn', links: [link], choices: [choice] }, [{ text: 'Chọn', links: [link], choices: [choice] }]],
    ['links as lines under a long text', { text: 'x'.repeat(641), links: [link] }, [{ text: `${'x'.repeat(641)}\n\nCổng Dịch vụ công: https://dichvucong.gov.vn` }]],
    ['four links as lines', { text: 'Xem', links: [link, link, link, link] }, [{ text: ['Xem\n', ...Array<string>(4).fill('Cổng Dịch vụ công: https://dichvucong.gov.vn')].join('\n') }]],
    ['a picture first and alone, quick replies last', { text: 'Chọn', media: image, choices: [choice] }, [{ text: '', media: image }, { text: 'Chọn', choices: [choice] }]],
    ['the first thirteen choices as quick replies, and in the last place what leads on', { text: 'Chọn', choices: [...many(14), onward] }, [{ text: 'Chọn', choices: [...many(12), onward] }]],
    ['thirteen choices whole', { text: 'Chọn', choices: many(13) }, [{ text: 'Chọn', choices: many(13) }]],
    ['fourteen that lead nowhere on without the last', { text: 'Chọn', choices: many(14) }, [{ text: 'Chọn', choices: many(13) }]],
    ['a picture without words', { text: '', media: image }, [{ text: '', media: image }]],
  ])('%s', (_label, message, parts) => expect(renderFacebook(message)).toEqual(parts))
})

describe('facebook requests', () => {
  it('a reply with quick replies, marked as ours', () => {
    expect(toRequest(citizen, { text: 'Chọn', choices: [choice], quote: 'm_1' }, 'facebook:1:text:m_1#0', at())).toEqual({
      recipient: { id: citizen.userId },
      messaging_type: 'RESPONSE',
      message: {
        text: 'Chọn', metadata: 'camnang:facebook:1:text:m_1#0',
        quick_replies: [{ content_type: 'text', title: 'Đất đai', payload: 'c:main:menu:1' }],
      },
      reply_to: { mid: 'm_1' },
    })
  })
  it('links as a button template', () => {
    expect(toRequest(citizen, { text: 'Mở', links: [link] }, 'd#0')).toMatchObject({
      message: { attachment: { type: 'template', payload: { template_type: 'button', text: 'Mở', buttons: [{ type: 'web_url', title: 'Cổng Dịch vụ công', url: link.url }] } } },
    })
  })
  it('media by URL', () => {
    expect(toRequest(citizen, { text: '', media: image }, 'd#0')).toMatchObject({ message: { attachment: { type: 'image', payload: { url: image.url } } } })
  })
  it.each<[string, Partial<SendContext>, object]>([
    ['staff inside the day', { origin: 'staff' }, { messaging_type: 'RESPONSE' }],
    ['staff after the day', { origin: 'staff', lastInboundAt: now - 2 * DAY }, { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' }],
    ['a late reply of the bot, which may never wear the tag', { lastInboundAt: now - 2 * DAY }, { messaging_type: 'RESPONSE' }],
    ['a campaign', { origin: 'campaign' }, { messaging_type: 'UPDATE' }],
  ])('permission of %s', (_label, change, permission) => {
    const { messaging_type, tag } = toRequest(citizen, { text: 'x' }, 'd#0', at(change))
    expect({ messaging_type, ...(tag !== undefined && { tag }) }).toEqual(permission)
  })
})

describe('facebook against its own address', () => {
  const transport = createNodeTransport()
  const channel = createFacebookChannel({
    graphUrl: 'https://graph.facebook.com', graphVersion: 'v26.0', appSecrets: [appSecret, 'old'], accounts: [{ pageId: '1029384756', pageToken }],
    http: createAxios(transport.send), clock: () => now,
  })
  const graph = (status: number, reply: object, check: (body: any) => boolean = () => true, headers: Record<string, string> = {}) =>
    nock('https://graph.facebook.com', { reqheaders: { authorization: `Bearer ${pageToken}` } }).post('/v26.0/1029384756/messages', check).reply(status, reply, headers)
  const fails = (part: Part = { text: 'Chào' }) => channel.send(citizen, part, 'd#0', at()).then(() => expect.unreachable(), (error: unknown) => error)
  afterEach(() => {
    expect(nock.pendingMocks()).toEqual([])
    nock.cleanAll()
  })
  afterAll(() => transport.close())

  it('proves itself with the new app secret, in the body, the token in a header only', async () => {
    const proof = createHmac('sha256', appSecret).update(pageToken).digest('hex')
    graph(200, { recipient_id: '1', message_id: 'm_1' }, (body) => body.appsecret_proof === proof && !JSON.stringify(body).includes(pageToken))
    expect(await channel.send(citizen, { text: 'Chào' }, 'd#0', at())).toEqual({ platformMessageId: 'm_1' })
  })
  it.each(Object.entries(facebookOutcomes))('error %s is %o', async (key, outcome) => {
    const [code, subcode] = key.split('/').map(Number)
    graph(400, { error: { message: 'x', type: 'OAuthException', code, ...(subcode !== undefined && { error_subcode: subcode }), fbtrace_id: 'A' } })
    expect(await fails()).toMatchObject({ code: key, outcome, trace: 'A' })
  })
  it.each([undefined, 7, '', 'two words', 'x'.repeat(65), { a: 1 }])('names no call by what is no name of one: %o', async (trace) => {
    graph(400, { error: { code: 4, fbtrace_id: trace } })
    expect(await fails()).toMatchObject({ code: '4', trace: null })
  })
  it.each([[{ code: 190, error_subcode: 460 }, 'bad_configuration'], [{ code: 230 }, 'bad_configuration'], [{ code: 551, error_subcode: 1545041 }, 'contact_gone'], [{ code: 4, error_subcode: 2018022 }, 'throttled'], [{ code: 31337 }, 'rejected'],
    [{ code: 31337, is_transient: true }, 'unavailable'], [{ code: 31337, is_transient: false }, 'rejected'], [{ code: 368, is_transient: true }, 'bad_configuration'], [{ code: 230, is_transient: true }, 'bad_configuration']])(
    '%o falls to its code: %s', async (error, kind) => {
      graph(400, { error })
      expect(await fails()).toMatchObject({ outcome: { kind } })
    })
  it('waits as long as the longest limit in the header', async () => {
    const usage = { '1029384756': [{ type: 'messenger', call_count: 100, estimated_time_to_regain_access: 7 }, { type: 'pages', estimated_time_to_regain_access: 0 }] }
    graph(400, { error: { code: 613 } }, undefined, { 'x-business-use-case-usage': JSON.stringify(usage) })
    expect(await fails()).toMatchObject({ outcome: { kind: 'throttled', retryAfter: 7 * MINUTE } })
  })
  it.each([['1e999', DAY], ['0.00001', 1]])('waits a day at most, and whole milliseconds: %s minutes', async (minutes, retryAfter) => {
    graph(400, { error: { code: 613 } }, undefined, { 'x-business-use-case-usage': `{"1":[{"estimated_time_to_regain_access":${minutes}}]}` })
    expect(await fails()).toMatchObject({ outcome: { kind: 'throttled', retryAfter } })
  })
  it.each(['{', 'null', '[]', '{"1":[null]}'])('a header that says nothing (%s) is a wait without an end', async (usage) => {
    graph(400, { error: { code: 613 } }, undefined, { 'x-business-use-case-usage': usage })
    expect(await fails()).toMatchObject({ outcome: { kind: 'throttled' } })
  })
  it.each<[string, object, number | undefined]>([
    ['the fullest share of the app', { 'x-app-usage': '{"call_count":28,"total_time":76,"total_cputime":1}' }, 0.76],
    ['the fullest share of the page', { 'x-app-usage': '{"call_count":28}', 'x-business-use-case-usage': '{"1029384756":[{"type":"pages","call_count":3},{"type":"messenger","total_cputime":91}]}' }, 0.91],
    ['nothing where Meta says nothing', {}, undefined],
    ['nothing where nothing can be read', { 'x-app-usage': '{', 'x-business-use-case-usage': '{"1":[null],"2":null,"3":"x"}' }, undefined],
    ['nothing where Meta writes something else', { 'x-app-usage': 'null', 'x-business-use-case-usage': '[]' }, undefined],
  ])('tells with a message that went out %s', async (_label, headers, used) => {
    graph(200, { message_id: 'm_3' }, undefined, headers as Record<string, string>)
    expect(await channel.send(citizen, { text: 'Chào' }, 'd#0', at())).toEqual({ platformMessageId: 'm_3', ...(used !== undefined && { used }) })
  })
  it('a picture Meta cannot fetch goes out as a line', async () => {
    graph(400, { error: { code: 100, error_subcode: 2018008 } }, ({ message }) => message.attachment !== undefined)
    graph(200, { message_id: 'm_2' }, ({ message }) => message.text === 'Sơ đồ đường đi: https://example.gov.vn/so-do.jpg')
    expect(await channel.send(citizen, { text: '', media: image }, 'd#0', at())).toEqual({ platformMessageId: 'm_2' })
  })
  it('a person who is gone is not tried again as mere text', async () => {
    graph(400, { error: { code: 100, error_subcode: 2018001 } })
    expect(await fails({ text: 'Mở', links: [link] })).toMatchObject({ outcome: { kind: 'contact_gone', reason: 'blocked' } })
  })
  it('an answer without an id may have gone out', async () => {
    graph(200, {})
    expect(await fails()).toMatchObject({ code: 'no_message_id', outcome: { kind: 'uncertain' } })
  })
  it('a page that is not ours is a matter of settings', async () => {
    await expect(channel.send({ ...citizen, accountId: '1' }, { text: 'x' }, 'd#0')).rejects.toMatchObject({ code: 'unknown_page' })
  })
  it('lets a person of the staff write for seven days', () => {
    const ask = (change: Partial<SendContext>) => channel.whyUnsendable({ text: 'x' }, at({ lastInboundAt: now - 6 * DAY, ...change }))
    expect([ask({ origin: 'staff' }), ask({ origin: 'reply' }), ask({ origin: 'campaign' })]).toEqual([null, 'outside_reply_window', 'outside_reply_window'])
    expect(ask({ origin: 'staff', lastInboundAt: now - 7 * DAY + MINUTE })).toBe('outside_reply_window')
  })
  it.each([[10, DAY + HOUR, { kind: 'contact_gone', reason: 'outside_reply_window' }], [200, DAY + HOUR, { kind: 'contact_gone', reason: 'outside_reply_window' }], [10, HOUR, { kind: 'bad_configuration' }], [190, DAY + HOUR, { kind: 'bad_configuration' }]] as const)(
    'a page without the tag for people (%i, %i ms after the message) is no page that may not write', async (code, ago, outcome) => {
      graph(400, { error: { code } })
      await expect(channel.send(citizen, { text: 'Chào' }, 'd#0', at({ origin: 'staff', lastInboundAt: now - ago }))).rejects.toMatchObject({ outcome })
    })
})
