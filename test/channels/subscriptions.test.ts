import nock from 'nock'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { createAxios } from '../../src/channels/axios.ts'
import { pageAccess } from '../../src/channels/graph.ts'
import { checkFacebook, checkTelegram, checkZalo, facebookFields, facebookHandovers, telegramUpdates } from '../../src/channels/subscriptions.ts'
import { createTelegramClient } from '../../src/channels/telegram-client.ts'
import { createZaloHeaders } from '../../src/channels/zalo-headers.ts'
import type { ZaloTokens } from '../../src/channels/zalo-tokens.ts'
import { createNodeTransport } from '../../src/node/transport.ts'

const now = Date.UTC(2026, 10, 21, 3)

describe('subscriptions', () => {
  const transport = createNodeTransport()
  const http = createAxios(transport.send)
  afterEach(() => {
    expect(nock.pendingMocks()).toEqual([])
    nock.cleanAll()
  })
  afterAll(() => transport.close())

  describe('facebook', () => {
    const check = () => checkFacebook({ root: 'https://graph.facebook.com/v26.0', http }, pageAccess('1029384756', 'canary-token', 'secret'), '424242424242')
    const apps = (data: object[]) => nock('https://graph.facebook.com').get('/v26.0/1029384756/subscribed_apps')
      .query((query) => query.appsecret_proof !== undefined && query.access_token === undefined).reply(200, { data })
    const subscribe = (fields = [...facebookFields, facebookHandovers], status = 200, reply: object = { success: true }) =>
      nock('https://graph.facebook.com').post('/v26.0/1029384756/subscribed_apps', ({ subscribed_fields }) => subscribed_fields === fields.join(',')).reply(status, reply)

    it('leaves a whole subscription alone', async () => {
      apps([{ id: '1', subscribed_fields: [] }, { id: '424242424242', subscribed_fields: [...facebookFields, 'more'] }])
      expect(await check()).toMatchObject([{ level: 'ok' }])
    })
    it.each(['message_echoes', 'messaging_policy_enforcement'].map((missing) => [`without ${missing}`, [{ id: '424242424242', subscribed_fields: facebookFields.filter((field) => field !== missing) }]] as [string, object[]]).concat([['lost', []]]))('renews a subscription that is %s', async (_label, data) => {
      apps(data)
      subscribe()
      expect(await check()).toMatchObject([{ level: 'warning', what: expect.stringContaining('đã đăng ký lại') }])
    })
    it('renews it without the name Meta may spell otherwise', async () => {
      apps([])
      subscribe(undefined, 400, { error: { code: 100 } })
      subscribe(facebookFields)
      expect(await check()).toMatchObject([{ level: 'warning' }])
    })
    it('names a dead token an error, without showing it', async () => {
      nock('https://graph.facebook.com').get(/subscribed_apps/).reply(400, { error: { code: 190, error_subcode: 463 } })
      const findings = await check()
      expect(findings).toMatchObject([{ level: 'error', what: expect.stringContaining('190/463') }])
      expect(JSON.stringify(findings)).not.toContain('canary')
    })
    it('does not call an outage a dead token', async () => {
      nock('https://graph.facebook.com').get(/subscribed_apps/).reply(503, 'x')
      expect(await check()).toMatchObject([{ level: 'unknown' }])
    })
  })

  describe('telegram', () => {
    const webhook = { url: 'https://bot.gov.vn/webhooks/telegram/7', secrets: ['s'] }
    const check = () => checkTelegram(createTelegramClient('7:t', 'https://api.telegram.org', transport.send), '7', webhook, now)
    const info = (change: object) => nock('https://api.telegram.org').post('/bot7:t/getWebhookInfo')
      .reply(200, { ok: true, result: { url: webhook.url, allowed_updates: [...telegramUpdates], pending_update_count: 0, ...change } })
    const set = () => nock('https://api.telegram.org').post('/bot7:t/setWebhook', (body) => body.url === webhook.url && body.secret_token === 's' && body.allowed_updates.length === telegramUpdates.length).reply(200, { ok: true, result: true })

    it('leaves a right webhook alone', async () => {
      info({})
      expect(await check()).toMatchObject([{ level: 'ok' }])
    })
    it.each([[{ url: '' }], [{ url: 'https://other.example/' }], [{ allowed_updates: ['message'] }], [{ allowed_updates: undefined }]])('sets it again for %o', async (change) => {
      info(change)
      set()
      expect(await check()).toMatchObject([{ level: 'warning' }])
    })
    it('sets nothing while we have no address', async () => {
      info({ url: '' })
      expect(await checkTelegram(createTelegramClient('7:t', 'https://api.telegram.org', transport.send), '7', { ...webhook, url: '/webhooks/telegram' }, now))
        .toMatchObject([{ level: 'warning', todo: expect.stringContaining('PUBLIC_URL') }])
    })
    it('tells Telegram’s last error for an hour', async () => {
      info({ last_error_date: (now - 3_599_000) / 1_000, last_error_message: 'Connection timed out', pending_update_count: 3 })
      expect(await check()).toMatchObject([{ level: 'warning', what: expect.stringContaining('Connection timed out (còn 3') }])
      info({ last_error_date: (now - 3_600_000) / 1_000, last_error_message: 'Connection timed out' })
      expect(await check()).toMatchObject([{ level: 'ok' }])
    })
    it('gives Telegram the new secret while the old one is taken too', async () => {
      info({})
      set()
      expect(await checkTelegram(createTelegramClient('7:t', 'https://api.telegram.org', transport.send), '7', { ...webhook, secrets: ['s', 'old'] }, now)).toMatchObject([{ level: 'ok' }])
    })
    it('gives Telegram our secret when it came with another', async () => {
      info({ last_error_date: now / 1_000 - 60, last_error_message: 'Wrong response from the webhook: 401 Unauthorized', pending_update_count: 3 })
      set()
      expect(await check()).toMatchObject([{ level: 'warning' }])
    })
    it('names a revoked token an error', async () => {
      nock('https://api.telegram.org').post('/bot7:t/getWebhookInfo').reply(401, { ok: false, error_code: 401, description: 'Unauthorized' })
      expect(await check()).toMatchObject([{ level: 'error' }])
    })
  })

  describe('zalo', () => {
    const tokens: ZaloTokens = { current: async () => 'old', replace: async () => 'new', giveUp: async () => true, refreshDue: async () => [] }
    const check = () => checkZalo({ apiUrl: 'https://openapi.zalo.me', http, tokens, headers: createZaloHeaders('s'), clock: () => now }, '4300112233445566778')
    const oa = (token: string, reply: object) => nock('https://openapi.zalo.me', { reqheaders: { access_token: token } }).get('/v2.0/oa/getoa').reply(200, reply)

    it('tells the package', async () => {
      oa('old', { error: 0, data: { is_verified: true, package_name: 'Nâng cao' } })
      expect(await check()).toMatchObject([{ level: 'ok', what: expect.stringContaining('Nâng cao') }])
    })
    it('warns of an OA that is not verified', async () => {
      oa('old', { error: 0, data: { is_verified: false } })
      expect(await check()).toMatchObject([{ level: 'warning' }])
    })
    it('replaces a token that has ended before it judges', async () => {
      oa('old', { error: -220 })
      oa('new', { error: 0, data: {} })
      expect(await check()).toMatchObject([{ level: 'ok' }])
    })
    it('names a refused token an error', async () => {
      oa('old', { error: -216 })
      oa('new', { error: -216 })
      expect(await check()).toMatchObject([{ level: 'error', todo: expect.stringContaining('zalo connect') }])
    })
  })
})
