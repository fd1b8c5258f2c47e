import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAccessLog, type AccessLine } from '../../src/console/access-log.ts'
import { writePair } from '../../src/channels/zalo-pair.ts'
import type { ChannelName, Contact } from '../../src/core/contact.ts'
import { DAY, HOUR, MINUTE, SECOND, type Millis } from '../../src/core/time.ts'
import { sampleArticle, sampleContent } from '../support/content.ts'
import { aText, person, turnOf } from '../support/store-fixtures.ts'
import { officers, openDesk, signedIn, tokenIn, hiddenIn, type Desk, type Visitor } from './support.ts'

let desk: Desk
let officer: Visitor
beforeEach(async () => {
  desk = await openDesk({ content: sampleContent({ answers: { 'tra hồ sơ': { status: 'answered', article: 'pay-qr-how' } } }) })
  officer = await signedIn(desk, officers.duty)
})
afterEach(() => desk.close())

/** A citizen who has asked for a person. */
async function waits(userId = 'an', channel: ChannelName = 'zalo'): Promise<string> {
  await desk.world.hears(userId, 'gặp cán bộ', { channel })
  return desk.world.store.keyOf(desk.world.contact(userId, channel))
}
const pathOf = (key: string): string => `/quan-tri/cho/${key}`
const claim = (key: string, who = officer, fields: Record<string, string> = {}): Promise<Response> => who.post(`${pathOf(key)}/nhan`, fields)

/** As from the page as it is shown now. */
async function answer(key: string, text: string, who = officer): Promise<Response> {
  const page = await who.text(pathOf(key))
  const sent = await who.send(`${pathOf(key)}/tra-loi`, { ma: tokenIn(page), lan: hiddenIn(page, 'lan'), 'da-thay': hiddenIn(page, 'da-thay'), loi: text })
  await desk.world.settle()
  return sent
}
/** As from the page as it is shown now. */
const close = async (key: string, who = officer): Promise<Response> => who.post(`${pathOf(key)}/dong`, { 'da-doc': hiddenIn(await who.text(pathOf(key)), 'da-doc') })
const told = (userId = 'an', channel: ChannelName = 'zalo'): string[] => desk.world.channels[channel].textsTo(userId)
const lines = async (): Promise<AccessLine[]> => (await createAccessLog(desk.world.store).latest(100)).reverse().filter(({ action }) => action !== 'signed_in')

describe.each(['zalo', 'facebook', 'telegram'] as const)('a citizen on %s', (channel) => {
  it('waits, is taken, read and answered; then the assistant answers again', async () => {
    const key = await waits('an', channel)
    expect(await officer.text('/quan-tri/cho')).toContain(`mã ${key.slice(0, 6)}`)
    expect((await claim(key)).status).toBe(303)
    const before = told('an', channel).length
    await desk.world.hears('an', 'menu bị lỗi ở bước 2', { channel })
    expect(told('an', channel)).toHaveLength(before)
    expect(await officer.text(pathOf(key))).toContain('menu bị lỗi ở bước 2')
    expect((await answer(key, 'Chào bà con, cần đăng nhập lại.')).status).toBe(303)
    expect(told('an', channel).slice(before)).toEqual(['Chào bà con, cần đăng nhập lại.'])
    expect(await officer.text(pathOf(key))).toContain('Chào bà con, cần đăng nhập lại.')
    desk.world.now += SECOND
    await desk.world.hears('an', 'dạ em cảm ơn', { channel })
    expect(told('an', channel)).toHaveLength(before + 1)
    expect(await officer.text('/quan-tri/cho')).toContain('Có tin mới chưa trả lời')
    expect((await close(key)).status).toBe(303)
    await desk.world.hears('an', 'menu', { channel })
    expect(told('an', channel).length).toBeGreaterThan(before + 1)
    expect(await officer.text('/quan-tri/cho')).toContain('Không có ai đang chờ')
  })
})

it('whoever asks today is found behind a thousand whom nobody ever answered', async () => {
  const { store, now } = desk.world
  const ask = async (people: Contact[], reason: 'stale' | 'erasure', at: Millis): Promise<void> => {
    await store.recordEvents(people.map((one) => aText(one, 'x', at)), at)
    const claimed = await store.claimTurns(people.length, at, MINUTE)
    await store.commitTurns(claimed.map((turn) => turnOf(turn, { handover: { kind: 'open', reason } })), at)
  }
  await ask(Array.from({ length: 1_010 }, (_, n) => person(n)), 'stale', now - 20 * DAY)
  await ask([person(2_000)], 'erasure', now - HOUR)
  const key = store.keyOf(person(2_000))
  expect(await officer.text('/quan-tri/cho')).toContain(`mã ${key.slice(0, 6)}`)
  expect((await claim(key)).status).toBe(303)
  expect((await officer.get(pathOf(key))).status).toBe(200)
  expect(await officer.text('/quan-tri')).toMatch(/1 yêu cầu về dữ liệu cá nhân/)
  expect(await officer.text('/quan-tri/du-lieu')).toContain(key.slice(0, 6))
  expect((await close(key)).status).toBe(303)
  expect((await store.load(now)).openHandovers).toBe(1_010)
})

describe('what was just done', () => {
  it('is told on the page that follows', async () => expect(await officer.text('/quan-tri/cho?da=dong')).toContain('Đã đóng.'))

  it.each(['constructor', 'toString', '__proto__', 'khac'])('is not told of `?da=%s`', async (word) =>
    expect(await officer.text(`/quan-tri/cho?da=${word}`)).toBe(await officer.text('/quan-tri/cho')))
})

describe('two officers', () => {
  it('only one of ten at once takes a citizen; the others are told who', async () => {
    const key = await waits()
    const others = await Promise.all(Array.from({ length: 5 }, () => signedIn(desk, 'Trực Hai')))
    const mine = await Promise.all(Array.from({ length: 5 }, () => signedIn(desk, officers.admin)))
    const all = [...others, ...mine]
    const tokens = await Promise.all(all.map(async (who) => tokenIn(await who.text('/quan-tri/mat-khau'))))
    const ends = await Promise.all(all.map((who, n) => who.send(`${pathOf(key)}/nhan`, { ma: tokens[n]! })))
    const winner = (await desk.world.store.readEntry(`case:${key}`))!.value
    const won = winner.includes('Trực Hai') ? ends.slice(0, 5) : ends.slice(5)
    const lost = winner.includes('Trực Hai') ? ends.slice(5) : ends.slice(0, 5)
    expect(won.some(({ status }) => status === 303)).toBe(true)
    expect(lost.map(({ status }) => status)).toEqual([409, 409, 409, 409, 409])
    expect((await lines()).filter(({ action }) => action === 'case_claimed')).toHaveLength(1)
  })

  it('who does not hold it neither reads nor answers', async () => {
    const key = await waits()
    await claim(key)
    await desk.world.hears('an', 'chuyện riêng của tôi')
    const other = await signedIn(desk, 'Trực Hai')
    expect(await other.text(pathOf(key))).not.toContain('chuyện riêng của tôi')
    const before = told().length
    expect((await other.post(`${pathOf(key)}/tra-loi`, { loi: 'Tôi trả lời đây', lan: 'x' })).status).toBe(409)
    await desk.world.settle()
    expect(told()).toHaveLength(before)
    for (const what of ['dong', 'tra-lai']) expect((await other.post(`${pathOf(key)}/${what}`)).status).toBe(409)
    expect(await officer.text(pathOf(key))).toContain('chuyện riêng của tôi')
  })

  it('taking over needs a reason, which is logged; the first one’s words are then not sent but kept on the page', async () => {
    const key = await waits()
    await claim(key)
    const page = await officer.text(pathOf(key))
    const other = await signedIn(desk, 'Trực Hai')
    expect((await claim(key, other)).status).toBe(409)
    expect((await claim(key, other, { 'ly-do': 'Đồng nghiệp hết ca, số 0912345678' })).status).toBe(303)
    const before = told().length
    const late = await officer.send(`${pathOf(key)}/tra-loi`, { ma: tokenIn(page), lan: hiddenIn(page, 'lan'), loi: 'Lời đang viết dở' })
    await desk.world.settle()
    expect([late.status, told().length]).toEqual([409, before])
    expect(await late.text()).toContain('Lời đang viết dở')
    expect((await lines()).find(({ action }) => action === 'case_taken_over')).toMatchObject({ who: 'Trực Hai', about: key, reason: 'Đồng nghiệp hết ca, số [số]' })
  })

  it('a colleague who answered in the platform’s own app is not overlooked', async () => {
    const key = await waits()
    await claim(key)
    const page = await officer.text(pathOf(key))
    desk.world.now += SECOND
    await desk.world.hears('an', { kind: 'staff_message', platformMessageId: 'p1', automatic: false })
    const before = told().length
    const fields = { lan: hiddenIn(page, 'lan'), 'da-thay': hiddenIn(page, 'da-thay'), loi: 'Câu trả lời thứ hai' }
    const refused = await officer.post(`${pathOf(key)}/tra-loi`, fields)
    expect([refused.status, told().length]).toEqual([409, before])
    const shown = await refused.text()
    expect(shown).toContain('Câu trả lời thứ hai')
    expect(shown).toContain('một cán bộ đã nhắn trong ứng dụng của nền tảng')
    expect((await officer.post(`${pathOf(key)}/tra-loi`, { ...fields, 'da-thay': hiddenIn(shown, 'da-thay') })).status).toBe(303)
    await desk.world.settle()
    expect(told().at(-1)).toBe('Câu trả lời thứ hai')
    const then = await officer.text(pathOf(key))
    desk.world.now += SECOND
    await desk.world.hears('an', { kind: 'staff_message', platformMessageId: 'p2', automatic: false })
    const third = await officer.post(`${pathOf(key)}/tra-loi`, { lan: hiddenIn(then, 'lan'), 'da-thay': hiddenIn(then, 'da-thay'), loi: 'Trả lời trái ngược' })
    expect([third.status, told().at(-1)]).toEqual([409, 'Câu trả lời thứ hai'])
  })
})

it.each(['Bác gửi mã OTP cho em', 'số căn cước của bác là 012345678901', 'mật khẩu là Abc12345'])('an answer that asks for a secret, or tells one, is not sent: %s', async (text) => {
  const key = await waits()
  await claim(key)
  const before = told().length
  const refused = await answer(key, text)
  expect([refused.status, told().length, (await refused.text()).includes('Không gửi những thứ này') || text.startsWith('Bác gửi')]).toEqual([422, before, true])
  expect((await answer(key, 'Bác đừng đưa mã OTP cho ai. Hồ sơ 000.12.34.H56-260920-0001 đã xong, mời bác đến lấy lúc 14:30 ngày 24/11.')).status).toBe(303)
})

describe('what the citizen writes last', () => {
  it('while the officer presses “Xong” keeps it open, and is shown', async () => {
    const key = await waits()
    await claim(key)
    const page = await officer.text(pathOf(key))
    desk.world.now += SECOND
    await desk.world.hears('an', 'khai sinh ở đâu, gấp lắm')
    const refused = await officer.post(`${pathOf(key)}/dong`, { 'da-doc': hiddenIn(page, 'da-doc') })
    const shown = await refused.text()
    expect([refused.status, shown.includes('khai sinh ở đâu, gấp lắm'), shown.includes('vừa nhắn thêm')]).toEqual([409, true, true])
    expect((await officer.post(`${pathOf(key)}/dong`, { 'da-doc': hiddenIn(shown, 'da-doc') })).status).toBe(303)
  })

  it('is waited for over night, though somebody has answered before', async () => {
    const key = await waits()
    await claim(key)
    await answer(key, 'Đã nhận, đang xem. Chúng tôi sẽ trả lời bà con tại đây trong giờ làm việc.')
    desk.world.now += MINUTE
    await desk.world.hears('an', 'hồ sơ khai sinh của con em nộp 10 ngày chưa thấy trả')
    await officer.post(`${pathOf(key)}/tra-lai`)
    for (let hours = 0; hours < 15; hours++) await desk.world.pass(HOUR)
    officer = await signedIn(desk, officers.duty)
    const list = await officer.text('/quan-tri/cho')
    expect(list).toContain('Chưa ai nhận (1)')
    expect(list).toContain('Có tin mới chưa trả lời')
    await claim(key)
    await answer(key, 'Hồ sơ đã xong, mời bà con đến nhận.')
    for (let hours = 0; hours < 6; hours++) await desk.world.pass(HOUR)
    expect(await (await signedIn(desk, officers.duty)).text('/quan-tri/cho')).toContain('Không có ai đang chờ')
  })
})

describe('answering', () => {
  it('what Zalo tells of our own messages is no colleague who wrote', async () => {
    const key = await waits()
    await claim(key)
    await desk.world.hears('an', { kind: 'staff_message', platformMessageId: 'own', automatic: true })
    expect(await officer.text(pathOf(key))).not.toContain('một cán bộ đã nhắn trong ứng dụng')
    await desk.world.hears('an', { kind: 'staff_message', platformMessageId: 'p1', automatic: false })
    expect(await officer.text(pathOf(key))).toContain('một cán bộ đã nhắn trong ứng dụng')
  })

  it('pressing twice sends once', async () => {
    const key = await waits()
    await claim(key)
    const page = await officer.text(pathOf(key))
    const fields = { ma: tokenIn(page), lan: hiddenIn(page, 'lan'), 'da-thay': hiddenIn(page, 'da-thay'), loi: 'Một lần thôi' }
    await Promise.all([officer.send(`${pathOf(key)}/tra-loi`, fields), officer.send(`${pathOf(key)}/tra-loi`, fields)])
    await officer.send(`${pathOf(key)}/tra-loi`, fields)
    await desk.world.settle()
    expect(told().filter((text) => text === 'Một lần thôi')).toHaveLength(1)
  })

  it('several in a row arrive in order', async () => {
    const key = await waits()
    await claim(key)
    for (const text of ['một', 'hai', 'ba']) await answer(key, text)
    expect(told().slice(-3)).toEqual(['một', 'hai', 'ba'])
    expect(desk.world.channels.zalo.sent.slice(-3).map(({ deliveryId }) => /^console:.+:answer:.+#1$/.test(deliveryId))).toEqual([true, true, true])
  })

  it('a saved reply comes into the field to be changed, an article goes whole and without buttons', async () => {
    const key = await waits()
    await desk.world.hears('an', 'tra hồ sơ')
    await claim(key)
    expect(await officer.text(`${pathOf(key)}?mau=dang-xem`)).toMatch(/<textarea[^>]*>\nCán bộ đã nhận và đang xem\.<\/textarea>/)
    const page = await officer.text(pathOf(key))
    expect(page).toContain('name="muc" value="pay-qr-how"')
    expect((await officer.send(`${pathOf(key)}/tra-loi`, { ma: tokenIn(page), lan: 'm1', 'da-thay': hiddenIn(page, 'da-thay'), muc: 'pay-qr-how' })).status).toBe(303)
    await desk.world.settle()
    const { part } = desk.world.channels.zalo.sent.at(-1)!
    expect(part.text).toBe('Mục pay-qr-how\n\nTrả lời ngắn pay-qr-how.\n\n1. Bước một pay-qr-how.\n2. Bước hai.\n\nMở Cổng: https://dichvucong.gov.vn\nNguồn: Nghị định 69/2024/NĐ-CP, 21/11/2026')
    expect(part.choices).toBeUndefined()
    expect((await officer.post(`${pathOf(key)}/tra-loi`, { muc: 'khong-co', lan: 'm2' })).status).toBe(422)
  })

  it('nothing, or too much, is told beside the field with the words kept', async () => {
    const key = await waits()
    await claim(key)
    expect(await (await answer(key, '   ')).text()).toContain('Chưa viết gì.')
    const long = await answer(key, 'a'.repeat(4_001))
    expect([long.status, (await long.text()).includes('a'.repeat(4_001))]).toEqual([422, true])
  })

  it('is not offered once the window has closed, and not sent when it closes meanwhile', async () => {
    const key = await waits()
    await claim(key)
    desk.world.now += 48 * HOUR
    const later = await signedIn(desk, officers.duty)
    await claim(key, later)
    const page = await later.text(pathOf(key))
    expect(page).toContain('Nền tảng không cho gửi nữa')
    expect(page).not.toContain('<textarea')
    const before = told().length
    expect((await later.post(`${pathOf(key)}/tra-loi`, { loi: 'muộn rồi', lan: 'm' })).status).toBe(409)
    await desk.world.settle()
    expect(told()).toHaveLength(before)
  })

  it('is over when the citizen has erased everything', async () => {
    const key = await waits()
    await claim(key)
    await desk.world.store.forgetContact(key, desk.world.now)
    const late = await officer.post(`${pathOf(key)}/tra-loi`, { loi: 'Lời chưa gửi', lan: 'm' })
    expect(late.status).toBe(404)
    expect(await late.text()).toContain('Lời chưa gửi')
    expect(await desk.world.store.findContact(key)).toBeNull()
  })
})

describe('the list', () => {
  it('shows since when and how much of the window is left, the shortest first', async () => {
    const [first, second] = [await waits('an', 'zalo'), await waits('ba', 'facebook')]
    const third = await waits('chi', 'telegram')
    desk.world.now += 20 * MINUTE
    const page = await officer.text('/quan-tri/cho')
    const at = [second, first, third].map((key) => page.indexOf(pathOf(key)))
    expect(at).toEqual(at.toSorted((a, b) => a - b))
    expect(at[0]).toBeGreaterThan(0)
    expect(page).toContain('Còn 23 giờ 40 phút để trả lời')
    expect(page).toContain('Còn 1 ngày 23 giờ để trả lời')
    expect(page).toContain('Không có hạn trả lời')
    expect(page).toContain('(20 phút)')
  })

  it('names citizens by their key: no platform id, no words, and nothing of a conversation nobody has taken', async () => {
    await desk.world.hears('9007199254740993', 'tôi tên là Lò Thị Mai')
    const key = await waits('9007199254740993')
    for (const path of ['/quan-tri/cho', pathOf(key), '/quan-tri']) {
      const page = await officer.text(path)
      expect(page).not.toContain('9007199254740993')
      expect(page).not.toContain('Lò Thị Mai')
    }
    await claim(key)
    const page = await officer.text(pathOf(key))
    expect(page).toContain('Lò Thị Mai')
    expect(page).not.toContain('9007199254740993')
  })

  it('a hold without an answer lapses when the assistant may speak again; answering prolongs both', async () => {
    const key = await waits('an', 'telegram')
    await claim(key)
    desk.world.now += 3 * HOUR
    const again = await signedIn(desk, officers.duty)
    await answer(key, 'đang xem', again)
    desk.world.now += 3 * HOUR
    const other = await signedIn(desk, 'Trực Hai')
    expect((await claim(key, other)).status).toBe(409)
    desk.world.now += 1 * HOUR
    expect((await claim(key, await signedIn(desk, 'Trực Hai'))).status).toBe(303)
  })

  it('someone put back waits for a colleague while the assistant answers', async () => {
    const key = await waits()
    await claim(key)
    expect((await officer.post(`${pathOf(key)}/tra-lai`)).status).toBe(303)
    const before = told().length
    await desk.world.hears('an', 'menu')
    expect(told().length).toBeGreaterThan(before)
    expect(await (await signedIn(desk, 'Trực Hai')).text('/quan-tri/cho')).toContain('Chưa ai nhận (1)')
  })

  it('someone closed without an answer waits for nobody: asking again opens a new wait', async () => {
    const key = await waits()
    await claim(key)
    await close(key)
    desk.world.now += MINUTE
    await desk.world.hears('an', 'gặp cán bộ')
    expect(told().at(-1)).toContain('«handover_open»')
    expect(await desk.world.store.listHandovers({ open: true, limit: 5 })).toMatchObject([{ contactKey: key }])
  })

  it('closed by the clock while an officer still has it, it stays on the list', async () => {
    const key = await waits('an', 'telegram')
    await claim(key)
    await answer(key, 'một')
    await desk.world.store.closeHandover((await desk.world.store.listHandovers({ open: true, limit: 1 }))[0]!.id, desk.world.now)
    desk.world.now += SECOND
    await desk.world.hears('an', 'còn một câu nữa', { channel: 'telegram' })
    expect(await officer.text('/quan-tri/cho')).toContain('Có tin mới chưa trả lời')
    expect((await answer(key, 'hai')).status).toBe(303)
    expect(told('an', 'telegram').at(-1)).toBe('hai')
  })

  it('what is no key, or nobody’s, is not found', async () => {
    for (const key of ['A'.repeat(22), 'x', '..%2f..%2fetc', `${'A'.repeat(21)}'`]) expect((await officer.get(pathOf(key))).status).toBe(404)
  })
})

describe('the log', () => {
  it('tells who took, read, answered and closed whom, and how much was read, without words or platform ids', async () => {
    await desk.world.hears('9007199254740993', 'chuyện riêng')
    const key = await waits('9007199254740993')
    await claim(key)
    await officer.text(pathOf(key))
    await answer(key, 'lời của cán bộ')
    await close(key)
    expect((await lines()).map(({ who, action, about, count }) => [who, action, about, count])).toEqual([
      [officers.duty, 'case_claimed', key, null],
      [officers.duty, 'conversation_read', key, expect.any(Number)],
      [officers.duty, 'answer_sent', key, 1],
      [officers.duty, 'case_closed', key, null],
    ])
    const kept = JSON.stringify(await desk.world.store.listEntries('access:'))
    for (const word of ['chuyện riêng', 'lời của cán bộ', '9007199254740993']) expect(kept).not.toContain(word)
  })

  it('has one line for a quarter of an hour of reading, a new one after it', async () => {
    const key = await waits()
    await claim(key)
    for (let n = 0; n < 5; n++) await officer.text(pathOf(key))
    const reads = async (): Promise<number> => (await lines()).filter(({ action }) => action === 'conversation_read').length
    expect(await reads()).toBe(1)
    desk.world.now += 15 * MINUTE
    await officer.text(pathOf(key))
    expect(await reads()).toBe(2)
  })
})

describe('the first page', () => {
  it('tells what waits and what happened today', async () => {
    const world = await openDesk({
      content: sampleContent({ articles: [sampleArticle('dvc-forgot-password'), sampleArticle('sap-het', { reviewBy: '2026-11-30' }), sampleArticle('het', { reviewBy: '2026-01-01' })] }),
      accounts: new Map([['zalo:4300112233445566778', { status: 'needs_consent', since: desk.world.now - DAY, code: '-216', worksUntil: null }]]),
    })
    await writePair(world.world.store, '4300112233445566778', { accessToken: 'bí mật', refreshToken: '', obtainedAt: 0, expiresAt: desk.world.now + HOUR, previous: null, seed: null, refreshing: null, dead: null }, 0)
    await world.world.hears('an', 'gặp cán bộ')
    const page = await (await signedIn(world, officers.approver)).text('/quan-tri')
    for (const words of ['1 người đang chờ cán bộ', '1 đợt tuyên truyền chờ duyệt', '1 đợt tuyên truyền đang tạm dừng', '1 đề nghị đính chính, thu hồi chờ người thứ hai', '1 mục hỏi–đáp quá hạn rà soát', '1 mục hỏi–đáp sắp đến hạn', 'Zalo OA …6778', 'Hết quyền, cần cấp lại', 'mã -216', 'Hết hạn 23/11/2026 10:00, cần cấp lại', '<b>1</b> lượt chuyển cán bộ']) expect(page).toContain(words)
    expect(page).not.toContain('bí mật')
    await world.close()
  })
})
