import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entryLink } from '../../src/channels/entry-link.ts'
import { createBotNames } from '../../src/channels/telegram-name.ts'
import { createTelegramClient } from '../../src/channels/telegram-client.ts'
import { leadsOf, posterOf } from '../../src/console/links.ts'
import type { AccountState } from '../../src/channels/account-state.ts'
import type { AccountKey } from '../../src/core/contact.ts'
import { MINUTE } from '../../src/core/time.ts'
import { createNodeTransport } from '../../src/node/transport.ts'
import { answer, reset, startPlatform } from '../channels/platform.ts'
import { brokenOut, hostileLine, unseen } from '../support/hostile.ts'
import { sampleContent } from '../support/content.ts'
import { officers, openDesk, signedIn, type Desk, type Visitor } from './support.ts'

const ok: AccountState = { status: 'ok', since: 0, code: null, worksUntil: null }
const accounts = new Map<AccountKey, AccountState>([['zalo:oa', ok], ['facebook:page', ok], ['telegram:bot', ok]])
let desk: Desk
let visitor: Visitor
beforeAll(async () => {
  desk = await openDesk({ accounts })
  visitor = await signedIn(desk, officers.editor)
})
afterAll(() => desk.close())

describe('links', () => {
  it.each([
    ['zalo:43001122', { url: 'https://zalo.me/43001122', carriesCode: false }],
    ['facebook:1029', { url: 'https://m.me/1029?ref=khai-sinh--cho', carriesCode: true }],
    ['telegram:77', { url: 'https://t.me/CamNangBot?start=khai-sinh--cho', carriesCode: true }],
  ] as const)('%s', (account, link) => expect(entryLink(account, account.startsWith('telegram') ? 'CamNangBot' : null, 'khai-sinh--cho')).toEqual(link))

  it('there is no way to a bot whose name nobody knows', async () => {
    expect(entryLink('telegram:77', null, 'x')).toBeNull()
    expect((await posterOf('telegram:77', null, 'x', '')).svg).toBeNull()
  })

  it('a bot is asked for its name once, and again a minute after no answer', async () => {
    const platform = await startPlatform()
    const transport = createNodeTransport()
    let now = 0
    const nameOf = createBotNames([{ botId: '77', client: createTelegramClient('77:token', platform.origin, transport.send) }], () => now)
    platform.behave(reset)
    expect([await nameOf('77'), await nameOf('77'), await nameOf('78')]).toEqual([null, null, null])
    expect(platform.seen).toHaveLength(1)
    platform.behave(answer({ ok: true, result: { id: 77, is_bot: true, first_name: 'x', username: 'CamNangBot' } }))
    now += 2 * MINUTE
    expect([await nameOf('77'), await nameOf('77')]).toEqual(['CamNangBot', 'CamNangBot'])
    expect(platform.seen).toHaveLength(2)
    await platform.close()
    await transport.close()
  })
})

describe('the pages', () => {
  it('offer what is in use, written codes first', () => {
    const leads = leadsOf(sampleContent())
    expect(leads.written).toEqual([{ ref: 'poster', title: expect.any(String) }])
    expect(leads.flows.map(({ ref }) => ref)).toContain('main')
    expect(leads.articles.map(({ ref }) => ref)).not.toContain('constructor')
  })

  it('a code for each account; on Zalo a word to type, on the others the code in the address', async () => {
    const page = await visitor.text('/quan-tri/qr?mo=poster&noi=Ch%E1%BB%A3%20%C4%90%E1%BA%A7u%20M%E1%BB%91i')
    expect(page).toContain('https://zalo.me/oa')
    expect(page).toContain('#poster-cho-dau-moi')
    expect(page).toContain('https://m.me/page?ref=poster--cho-dau-moi')
    expect(page).toContain('https://t.me/CamNangBot?start=poster--cho-dau-moi')
    expect(page.match(/class="qr-code"/g)).toHaveLength(3)
  })

  it('who scans it, or types the word, comes to the same and is counted', async () => {
    await desk.world.hears('binh', { kind: 'start', ref: 'poster--cho-dau-moi' }, { channel: 'facebook' })
    await desk.world.hears('an', '#Poster Chợ Đầu Mối')
    const sent = desk.world.channels.zalo.textsTo('an').at(-1)
    expect(desk.world.channels.facebook.textsTo('binh').at(-1)).toBe(sent)
    const page = await visitor.text('/quan-tri/qr?mo=poster&noi=cho-dau-moi')
    expect(page.match(/Đã đếm: 1 lượt nhắn/g)).toHaveLength(2)
    expect(page).toMatch(/<bdi>poster--cho-dau-moi<\/bdi><\/td><td[^>]*>[^<]+<\/td><td[^>]*>2</)
    expect(await visitor.text('/quan-tri/so-lieu')).toContain('poster--cho-dau-moi')
  })

  it('codes that lead nowhere are one line, however many were made up', async () => {
    for (const ref of ['la-1', 'la-2--cho', 'la-3']) await desk.world.hears('chi', { kind: 'start', ref }, { channel: 'facebook' })
    const page = await visitor.text('/quan-tri/qr')
    expect(page).toMatch(/<bdi>mã khác<\/bdi><\/td><td[^>]*>.*?không dẫn đến đâu.*?<\/td><td[^>]*>3</)
    expect(page).not.toContain('la-1')
    expect(await visitor.text('/quan-tri/so-lieu')).toContain('mã khác')
  })

  it('a sheet to print, and the code alone', async () => {
    const sheet = await visitor.text('/quan-tri/qr/in?mo=poster&chu=Quét+để+hỏi&tk=zalo:oa')
    expect(sheet).toContain('Quét để hỏi')
    expect(sheet).toContain('#poster')
    const svg = await visitor.get('/quan-tri/qr/ma.svg?mo=poster&tk=facebook:page')
    expect(svg.headers.get('content-type')).toContain('image/svg+xml')
    expect(svg.headers.get('content-disposition')).toBe('attachment; filename="ma-poster-facebook-page.svg"')
    expect(await svg.text()).toMatch(/^<svg [\s\S]*<\/svg>$/)
  })

  it.each(['/quan-tri/qr/in?mo=poster&tk=zalo:khac', '/quan-tri/qr/in?mo=khong-co&tk=zalo:oa', '/quan-tri/qr/ma.svg?mo=constructor&tk=zalo:oa', '/quan-tri/qr/ma.svg', '/quan-tri/qr/in?mo=../../x&tk=zalo:oa'])('nothing at %s', async (path) => expect((await visitor.get(path)).status).toBe(404))

  it('hostile words stay words', async () => {
    const hostile = encodeURIComponent(hostileLine('x').toWellFormed())
    for (const path of [`/quan-tri/qr?mo=${hostile}&noi=${hostile}&chu=${hostile}`, `/quan-tri/qr?mo=poster&noi=${hostile}&chu=${hostile}`, `/quan-tri/qr/in?mo=poster&tk=zalo:oa&noi=${hostile}&chu=${hostile}`]) {
      const page = await visitor.text(path)
      expect(page.match(brokenOut)?.[0], path).toBeUndefined()
      expect(page.replaceAll('\n', '').match(unseen)?.[0]).toBeUndefined()
    }
  })
})
