import nock from 'nock'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { createAxios } from '../../src/channels/axios.ts'
import { pageAccess } from '../../src/channels/graph.ts'
import { facebookProfile, type AccountProfile, zaloProfileText } from '../../src/channels/profile.ts'
import { pushFacebookProfile, pushTelegramProfile } from '../../src/channels/profile-push.ts'
import { createTelegramClient } from '../../src/channels/telegram-client.ts'
import { createNodeTransport } from '../../src/node/transport.ts'
import { answer, startPlatform } from './platform.ts'

const profile: AccountProfile = {
  greeting: 'Chào bà con! Tôi là trợ lý tự động của tỉnh.',
  description: 'Trợ lý tự động của Ủy ban nhân dân tỉnh. '.repeat(20),
  menu: [{ title: 'Dịch vụ công trực tuyến cho bà con trong tỉnh', payload: 'flow:dich-vu-cong' }, { title: 'Cổng tỉnh', url: 'https://example.gov.vn' }],
  iceBreakers: Array.from({ length: 6 }, (_, i) => ({ title: `Câu hỏi ${i}?`, payload: `article:a${i}` })),
  commands: [{ command: '/Menu', description: 'Danh mục chính' }],
}

describe('profile', () => {
  const transport = createNodeTransport()
  const http = createAxios(transport.send)
  afterEach(() => {
    expect(nock.pendingMocks()).toEqual([])
    nock.cleanAll()
  })
  afterAll(() => transport.close())

  it('is a Messenger profile within Meta’s limits, typing always allowed', () => {
    expect(facebookProfile(profile)).toEqual({
      get_started: { payload: 'k:get-started' },
      greeting: [{ locale: 'default', text: profile.greeting }],
      ice_breakers: [{ locale: 'default', call_to_actions: [0, 1, 2, 3].map((i) => ({ question: `Câu hỏi ${i}?`, payload: `article:a${i}` })) }],
      persistent_menu: [{
        locale: 'default', composer_input_disabled: false,
        call_to_actions: [
          { type: 'postback', title: 'Dịch vụ công trực tuyến cho…', payload: 'flow:dich-vu-cong' },
          { type: 'web_url', title: 'Cổng tỉnh', url: 'https://example.gov.vn' },
        ],
      }],
    })
  })

  it('goes to Facebook without the lists that the province has not written', () => {
    const { get_started: started, greeting, ...lists } = facebookProfile({ ...profile, menu: [], iceBreakers: [{ title: 'Cổng tỉnh', url: 'https://example.gov.vn' }] }) as Record<string, unknown>
    expect([started, greeting]).not.toContain(undefined)
    expect(lists).toEqual({})
  })

  it('goes to Facebook in one call', async () => {
    nock('https://graph.facebook.com').post('/v26.0/1029384756/messenger_profile', (body) => body.get_started.payload === 'k:get-started').reply(200, { result: 'success' })
    const [finding] = await pushFacebookProfile({ root: 'https://graph.facebook.com/v26.0', http }, pageAccess('1029384756', 'token', 'secret'), profile)
    expect(finding).toMatchObject({ account: 'facebook:1029384756', level: 'ok' })
  })

  it('goes to Telegram as default and for Vietnamese', async () => {
    const platform = await startPlatform()
    platform.behave(answer({ ok: true, result: true }))
    const [finding] = await pushTelegramProfile(createTelegramClient('7:t', platform.origin, transport.send), '7', profile)
    await platform.close()
    expect(finding?.level).toBe('ok')
    expect(platform.seen.map(({ path, json }) => `${path} ${json.language_code}`)).toEqual(['', 'vi'].flatMap((language) =>
      ['setMyCommands', 'setMyDescription', 'setMyShortDescription'].map((method) => `/bot7:t/${method} ${language}`)))
    expect(platform.seen[0]?.json.commands).toEqual([{ command: 'menu', description: 'Danh mục chính' }])
    expect(platform.seen[1]?.json.description.length).toBeLessThanOrEqual(512)
  })

  it('tells the code when a platform refuses', async () => {
    nock('https://graph.facebook.com').post(/messenger_profile/).reply(400, { error: { code: 190 } })
    const [finding] = await pushFacebookProfile({ root: 'https://graph.facebook.com/v26.0', http }, pageAccess('1029384756', 'token', 'secret'), profile)
    expect(finding).toMatchObject({ level: 'error', what: expect.stringContaining('190') })
  })

  it('is a text to enter by hand for Zalo', () => {
    const text = zaloProfileText(profile)
    expect(text).toContain(profile.greeting)
    expect(text).toContain('2. Cổng tỉnh\n   Mở liên kết: https://example.gov.vn')
  })
})
