import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAxios } from '../../src/channels/axios.ts'
import { createFacebookComments } from '../../src/channels/facebook-comments.ts'
import { createAccessLog } from '../../src/console/access-log.ts'
import { exposesNumbers } from '../../src/core/exposed.ts'
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts'
import { createNodeTransport } from '../../src/node/transport.ts'
import { answer, reset, startPlatform, type Platform } from '../channels/platform.ts'
import { brokenOut, hostileLine, unseen } from '../support/hostile.ts'
import { officers, openDesk, signedIn, type Desk, type Visitor } from './support.ts'

let platform: Platform
let desk: Desk
let visitor: Visitor
const transport = createNodeTransport()
beforeAll(async () => {
  platform = await startPlatform()
  const facebook = createFacebookComments({ graphUrl: platform.origin, graphVersion: 'v26.0', appSecrets: ['bí mật'], accounts: [{ pageId: 'page', pageToken: 'token' }], http: createAxios(transport.send) })
  desk = await openDesk({ comments: { facebook } })
  visitor = await signedIn(desk, officers.duty)
})
afterAll(async () => {
  await desk.close()
  await platform.close()
  await transport.close()
})

let serial = 0
let key: string
let comment: string
async function comes(message: string, more: Record<string, string> = {}): Promise<void> {
  comment = `77_${++serial}`
  await desk.world.hears(`nguoi-${serial}`, { kind: 'comment', fields: { comment_id: comment, post_id: '77', parent_id: '77', message, ...more } }, { channel: 'facebook' })
  const page = await visitor.text('/quan-tri/binh-luan')
  key = /id="bl-([0-9a-f]{24})"/.exec(page)![1]!
}
beforeEach(async () => {
  platform.seen.length = 0
  platform.behave(answer({ recipient_id: '1', message_id: 'm_1', id: '77_1_9' }))
  desk.world.now += MINUTE
  await comes(`Cho hỏi nộp hồ sơ ở đâu ${serial}`)
})

const reply = (text: string, way = 'rieng', more: Record<string, string> = {}, who = visitor) => who.post(`/quan-tri/binh-luan/${key}/${way}`, { [`loi-${way}-${key}`]: text, ...more })

describe('answering', () => {
  it('privately, once: the platform gets the comment and our words; a second press sends nothing', async () => {
    expect((await reply('Mời bà con xem tin nhắn.')).status).toBe(303)
    expect(platform.seen.map(({ path, json }) => [path, json.recipient, json.message])).toEqual([['/v26.0/page/messages', { comment_id: comment }, { text: 'Mời bà con xem tin nhắn.', metadata: `camnang:comment:${key}` }]])
    expect(platform.seen[0]!.headers.authorization).toBe('Bearer token')
    expect(platform.seen[0]!.path).not.toContain('token')
    const second = await reply('Lần hai.')
    expect(second.status).toBe(409)
    expect(await second.text()).toContain('Đồng nghiệp đã trả lời')
    expect(platform.seen).toHaveLength(1)
    expect(await visitor.text('/quan-tri/binh-luan')).toContain(`Nhắn riêng: ${officers.duty}`)
  })

  it('of two officers who press in the same moment one is heard', async () => {
    const [one, two] = [visitor, await signedIn(desk, 'Trực Hai')]
    const ends = await Promise.all([reply('Một.', 'rieng', {}, one), reply('Hai.', 'rieng', {}, two)])
    expect(ends.map(({ status }) => status).sort()).toEqual([303, 409])
    expect(platform.seen).toHaveLength(1)
  })

  it('publicly, under the comment; a telephone number is not repeated for everybody', async () => {
    expect((await reply('Anh Nam số 0912 345 678 ạ', 'cong-khai')).status).toBe(422)
    expect(platform.seen).toEqual([])
    expect((await reply('Trang đã nhắn riêng, hoặc gọi 1022.', 'cong-khai')).status).toBe(303)
    expect(platform.seen.map(({ path, json }) => [path, json.message])).toEqual([[`/v26.0/${comment}/comments`, 'Trang đã nhắn riêng, hoặc gọi 1022.']])
  })

  it('not privately after seven days, publicly still; nothing before the words are gone', async () => {
    // The words of events are kept from when they came in; the platform counts from when they were written.
    await desk.world.hears('cu', { kind: 'comment', fields: { comment_id: '77_cu', message: 'bình luận cũ' } }, { channel: 'facebook', sentAt: desk.world.now - 7 * DAY })
    const page = await visitor.text('/quan-tri/binh-luan')
    key = /id="bl-([0-9a-f]{24})">(?:(?!<article)[\s\S])*bình luận cũ/.exec(page)![1]!
    expect(page).toContain('Hết hạn nhắn riêng')
    expect((await reply('Muộn.')).status).toBe(409)
    expect(platform.seen).toEqual([])
    expect((await reply('Mời bà con nhắn trang.', 'cong-khai')).status).toBe(303)
  })

  it('what the platform refuses is told and may be tried again', async () => {
    platform.behave(answer({ error: { code: 200, message: 'x' } }, 400))
    const refused = await reply('Chào bà con.')
    expect(refused.status).toBe(409)
    const page = await refused.text()
    expect(page).toContain('Trang chưa có quyền trả lời bình luận (mã 200)')
    expect(page).toContain('>\nChào bà con.</textarea>')
    platform.behave(answer({ recipient_id: '1', message_id: 'm_1' }))
    expect((await reply('Chào bà con.')).status).toBe(303)
  })

  it('what nobody knows the end of is not repeated unless somebody has looked', async () => {
    platform.behave(reset)
    expect((await reply('Chào.', 'cong-khai')).headers.get('location')).toContain('da=chua-ro')
    platform.behave(answer({ id: '1' }))
    expect((await reply('Chào.', 'cong-khai')).status).toBe(409)
    expect(await visitor.text('/quan-tri/binh-luan')).toContain('Lần trước chưa rõ đã đăng chưa')
    expect((await reply('Chào.', 'cong-khai', { 'gui-lai': '1' })).status).toBe(303)
  })

  it('what a killed process was sending is unknown after two minutes, not lost and not sent again by itself', async () => {
    await desk.world.store.writeEntry(`comment:${key}`, JSON.stringify({ at: desk.world.now, privately: { by: 'Ai Đó', at: desk.world.now, state: 'sending', code: '' }, publicly: null, closed: null }), 0)
    expect((await reply('Chào.', 'rieng', { 'gui-lai': '1' })).status).toBe(409)
    desk.world.now += 3 * MINUTE
    expect(await visitor.text('/quan-tri/binh-luan')).toContain('Nhắn riêng: chưa rõ đã đến chưa')
    expect((await reply('Chào.', 'rieng', { 'gui-lai': '1' })).status).toBe(303)
  })

  it('nothing to answer: put aside by name', async () => {
    expect((await visitor.post(`/quan-tri/binh-luan/${key}/xong`)).status).toBe(303)
    expect(await visitor.text('/quan-tri/binh-luan')).toContain(`Đã xem xong: ${officers.duty}`)
    expect((await visitor.post('/quan-tri/binh-luan/khong-co/xong')).status).toBe(404)
    expect((await visitor.post('/quan-tri/binh-luan/khong-co/rieng', { 'loi-rieng-khong-co': 'x' })).status).toBe(404)
  })

  it.each(['', '  ', 'x'.repeat(1_501)])('no words, or too many, are refused', async (text) => expect((await reply(text)).status).toBe(422))
})

describe('reading', () => {
  it('is in the log, with how many, and without their words', async () => {
    desk.world.now += HOUR
    visitor = await signedIn(desk, officers.duty)
    await visitor.text('/quan-tri/binh-luan')
    const lines = await createAccessLog(desk.world.store).latest(100)
    expect(lines.find(({ action }) => action === 'comments_read')).toMatchObject({ who: officers.duty, count: serial + 1 })
    expect(lines.find(({ action }) => action === 'comment_answered')).toMatchObject({ who: officers.duty, count: 1 })
    expect(JSON.stringify(lines)).not.toContain('nộp hồ sơ')
  })

  it('ends with the term of citizens\' words; what was noted goes later', async () => {
    await desk.world.store.sweep({ eventText: 7 * DAY, replyText: 30 * DAY, idleContact: 90 * DAY, campaignKey: 180 * DAY, dedupeKey: 30 * DAY, unanswered: 90 * DAY, audit: 1_826 * DAY }, desk.world.now + 8 * DAY, 1_000)
    desk.world.now += 31 * DAY
    visitor = await signedIn(desk, officers.duty)
    expect(await visitor.text('/quan-tri/binh-luan')).toContain('Không có bình luận nào đang chờ.')
    expect(await desk.world.store.listEntries('comment:')).toEqual([])
  })
})

describe('many comments', () => {
  it('stand on pages, on which an answer stays; the first page of all tells how many wait', async () => {
    const before = Number(/>([\d.]+) bình luận chưa trả lời/.exec(await visitor.text('/quan-tri'))![1])
    for (let n = 0; n < 32; n++) await comes(`Hỏi thêm ${n}`)
    expect(await visitor.text('/quan-tri')).toContain(`>${before + 32} bình luận chưa trả lời`)
    const onPage = (page: string): string[] => [...page.matchAll(/id="bl-([0-9a-f]{24})"/g)].map(([, one]) => one!)
    const [first, second] = [await visitor.text('/quan-tri/binh-luan'), await visitor.text('/quan-tri/binh-luan?tu=30')]
    expect(first).toContain('href="/quan-tri/binh-luan?tu=30"')
    expect(onPage(second).filter((one) => onPage(first).slice(0, 30).includes(one))).toEqual([])
    key = onPage(second)[0]!
    const refused = await reply('', 'rieng', { tu: '30' })
    expect(await refused.text()).toContain(`id="bl-${key}"`)
    expect((await visitor.post(`/quan-tri/binh-luan/${key}/xong`, { tu: '30' })).headers.get('location')).toBe('/quan-tri/binh-luan?tu=30&da=xong')
  })
})

describe('comments that show numbers', () => {
  it.each([
    ['Gọi mình 0912345678', true], ['sđt 0912.345.678', true], ['+84 912 345 678', true], ['CCCD 001 203 004 567', true], ['stk 0123456789012', true], ['mật khẩu là Abc12345', true], ['mã otp 123456', true],
    ['Gọi 1022 hoặc 19001234', false], ['Nộp ngày 21/11/2026 lúc 9h', false], ['phí 50.000 đồng, 3 ngày', false], ['', false],
    ['từ 24/9-02/10/2026 và 20.9-11.10', false], ['kinh phí 1.200.000.000 đồng', false], ['09.12.34.56.78', true], ['912 345 678', true], ['Công văn số 1234/UBND-KGVX ngày 12/9/2026', false],
  ])('%s: %s', (text, shown) => expect(exposesNumbers(text)).toBe(shown))

  it('stand first, with a warning; a link is only followed to Facebook', async () => {
    await comes('Tôi là Nam, 0912 345 678', { permalink_url: 'https://www.facebook.com/77/posts/1' })
    expect(await visitor.text('/quan-tri/binh-luan')).toMatch(/Lộ số điện thoại, số giấy tờ \(1\)[\s\S]*href="https:\/\/www\.facebook\.com\/77\/posts\/1"/)
    await comes('x', { permalink_url: 'https://facebook.com.example/77' })
    await comes('x', { permalink_url: 'javascript:alert(1)' })
    expect(await visitor.text('/quan-tri/binh-luan')).not.toMatch(/facebook\.com\.example|javascript:/)
  })

  it('hostile words stay words', async () => {
    await comes(hostileLine('bình luận'))
    const pages = [await visitor.text('/quan-tri/binh-luan'), await (await reply(hostileLine('lời').repeat(3))).text(), await visitor.text(`/quan-tri/binh-luan?da=${encodeURIComponent('<script>alert(1)</script>')}`)]
    for (const page of pages) {
      expect(page.match(brokenOut)?.[0]).toBeUndefined()
      expect(page.replaceAll('\n', '').match(unseen)?.[0]).toBeUndefined()
    }
    expect((await reply('Chào <b>bà con</b>.')).status).toBe(303)
    expect(platform.seen.at(-1)!.json.message.text).toBe('Chào <b>bà con</b>.')
  })
})
