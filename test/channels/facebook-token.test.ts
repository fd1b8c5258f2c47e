import { createHmac } from 'node:crypto'
import nock from 'nock'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { createAxios } from '../../src/channels/axios.ts'
import { appAccess, checkFacebookToken } from '../../src/channels/facebook-token.ts'
import { DAY } from '../../src/core/time.ts'
import { createNodeTransport } from '../../src/node/transport.ts'

const now = Date.UTC(2026, 10, 21, 3)
const inDays = (days: number): number => (now + days * DAY) / 1_000
const scopes = ['pages_messaging', 'pages_manage_metadata', 'pages_read_engagement', 'pages_manage_posts', 'pages_manage_engagement', 'pages_show_list']

describe('a page’s token', () => {
  const transport = createNodeTransport()
  const graph = { root: 'https://graph.facebook.com/v26.0', http: createAxios(transport.send) }
  const check = () => checkFacebookToken(graph, appAccess('4242', 'canary-secret'), { pageId: '1029384756', pageToken: 'canary-token' }, now)
  const says = (status: number, reply: object | string) => nock('https://graph.facebook.com', { reqheaders: { authorization: 'Bearer 4242|canary-secret' } })
    .get('/v26.0/debug_token').query({ input_token: 'canary-token', appsecret_proof: createHmac('sha256', 'canary-secret').update('4242|canary-secret').digest('hex') }).reply(status, reply)
  const sound = { is_valid: true, expires_at: 0, data_access_expires_at: inDays(60), scopes }
  afterEach(() => {
    expect(nock.pendingMocks()).toEqual([])
    nock.cleanAll()
  })
  afterAll(() => transport.close())

  it.each<[string, object, string[]]>([
    ['for ever', sound, []],
    ['for fourteen days', { ...sound, expires_at: inDays(14) }, []],
    ['a little less', { ...sound, expires_at: inDays(14) - 1 }, ['Token của trang hết hạn ngày 05/12/2026.']],
    ['longer than what it may read', { ...sound, data_access_expires_at: inDays(3) }, ['Quyền đọc dữ liệu của token của trang hết hạn ngày 24/11/2026.']],
    ['without what it needs', { ...sound, scopes: scopes.slice(2) }, ['Token của trang thiếu quyền pages_messaging, pages_manage_metadata.']],
    ['as far as Meta says anything', { is_valid: true }, []],
    ['as far as Meta says anything we know', { is_valid: true, expires_at: 'x', data_access_expires_at: null, scopes: 'x' }, []],
  ])('that lives %s', async (_label, data, troubles) => {
    says(200, { data })
    const findings = await check()
    expect(findings.filter(({ level }) => level === 'warning').map(({ what }) => what)).toEqual(troubles)
    expect(findings.map(({ level }) => level)).toEqual(troubles.length === 0 ? ['ok'] : troubles.map(() => 'warning'))
  })

  it.each<[string, number, object | string]>([
    ['refuses to say', 400, { error: { code: 100 } }],
    ['refuses the app', 400, { error: { code: 190 } }],
    ['is away', 503, 'x'],
    ['says something else', 200, {}],
    ['does not know it', 200, { data: { is_valid: false, error: { code: 190 }, scopes: [] } }],
  ])('of which Meta %s is not called bad, and is not shown', async (_label, status, reply) => {
    says(status, reply)
    const findings = await check()
    expect(findings).toMatchObject([{ account: 'facebook:1029384756', level: 'unknown' }])
    expect(JSON.stringify(findings)).not.toContain('canary')
  })
})
