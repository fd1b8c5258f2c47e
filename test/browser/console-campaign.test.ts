import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { campaignStatus } from '../../src/campaign/figures.ts'
import { writtenTime } from '../../src/campaign/export.ts'
import { addPhone } from '../../src/campaign/trial.ts'
import { accountFrom, type AccountKey } from '../../src/core/contact.ts'
import { MINUTE, vietnamDay } from '../../src/core/time.ts'
import type { Citizen } from '../../src/sandbox/citizen.ts'
import { openStore } from '../../src/store/open.ts'
import { desktop, faults, looksAt, phone } from '../support/browser.ts'
import { cheapPasswords, openStaffPages, type StaffPages } from '../support/officers.ts'
import { expectGood, take } from '../support/pages.ts'
import { storeOptions } from '../support/store-fixtures.ts'

/** A campaign as two people make it. */
const [author, approver, duty, admin] = ['Trần Biên Tập', 'Lê Thị Duyệt', 'Lò Thị Mai', 'Nguyễn Văn Quản'] as const
let pages: StaffPages
let server: StaffPages['server']
let officer: StaffPages['officer']
const contentIn = (folder: string): string => join(folder, 'content')
beforeAll(async () => {
  pages = await openStaffPages({
    staff: { [author]: 'editor', [approver]: 'approver', [duty]: 'duty', [admin]: 'admin' },
    prepare: async ({ folder }) => {
      cpSync('content', contentIn(folder), { recursive: true })
      // At any hour of the day on which the tests run.
      return { CONTENT_DIR: contentIn(folder), QUIET_HOURS: 'off', ANNOUNCE_BASIS: 'state_task' }
    },
    refusals: [409, 422],
    passwordCost: cheapPasswords,
  })
  ;({ server, officer } = pages)
})
afterAll(() => pages?.close())

const post = (id: string, at: number, text: string): string => `  - id: ${id}
    title: Mã QR thanh toán
    time: ${writtenTime(at)}
    message:
      text: ${text}
      buttons: [{ title: Cách quét mã, opens: article:pay-qr-how }]
    means: { zalo: consultation, facebook: message, telegram: direct }`

const fileOf = (id: string, at: number, text = 'Bà con có thể quét mã QR để trả tiền ở chợ.'): string => `id: ${id}
name: Hưởng ứng Ngày 10/10
purpose: Cho bà con biết cách quét mã
period: { from: ${vietnamDay(at)}, to: ${vietnamDay(at)} }
posts:
${post('ma-qr', at, text)}
`

/** Put up for everybody, with a picture. */
const picture = (at: number): string => `  - id: khung-anh
    title: Khung ảnh Ngày 10/10
    time: ${writtenTime(at)}
    message:
      text: Mời bà con đổi khung ảnh đại diện.
      image: khung-anh-1010-mau
      links: [{ title: Trang của tỉnh, url: "https://tinhmau.example" }]
    means: { zalo: broadcast, facebook: page_post, telegram: channel_post }
`

/** People who wrote to us on every channel, so that there is somebody to reach; the last has a phone of staff, on which posts are tried. */
async function citizens(): Promise<Citizen> {
  let last: Citizen | null = null
  for (const channel of ['zalo', 'facebook', 'telegram'] as const) {
    for (let n = 0; n < 3; n++) {
      const citizen = last = server.sandbox!.platforms[channel].newCitizen()
      await citizen.starts()
      await citizen.says('chào')
      await citizen.waitFor(({ text }) => text !== '')
    }
  }
  await opened(async (store) => {
    const account = (await store.load(Date.now())).lastEventAt
    const telegram = (Object.keys(account) as AccountKey[]).find((key) => key.startsWith('telegram:'))!
    await addPhone(store, { contactKey: store.keyOf({ ...accountFrom(telegram), userId: last!.userId }), account: telegram, name: 'Chị Lan' })
  })
  return last!
}

async function draftFromText(page: Page, text: string): Promise<void> {
  await page.goto(`${server.url}/quan-tri/dot-moi`)
  await page.getByText('Hoặc từ tệp').click()
  await page.getByLabel('Hoặc viết, dán vào đây').fill(text)
  await page.getByRole('button', { name: 'Lưu bản nháp' }).click()
  await page.getByText('Đã lưu bản nháp').waitFor()
}

const opened = async <T>(use: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>): Promise<T> => {
  const store = await openStore(pages.storeUrl, { ...storeOptions, role: 'tool', now: Date.now() })
  return use(store).finally(() => store.close())
}

describe('two people announce something', () => {
  it('draft, submit, the author cannot approve, another approves, it runs and its counts are what the platforms took', async () => {
    const staffPhone = await citizens()
    const { page: write, problems, context } = await officer(author)
    await write.getByRole('link', { name: 'Đợt tuyên truyền', exact: true }).click()
    await write.getByRole('link', { name: 'Soạn đợt mới' }).click()
    // First a slip, told with its line; then the preview; then the draft, by a file.
    await write.getByText('Hoặc từ tệp').click()
    await write.getByLabel('Hoặc viết, dán vào đây').fill(fileOf('ngay-1010', Date.now()).replace('purpose:', 'muc_dich:'))
    await write.getByRole('button', { name: 'Kiểm tra và xem trước' }).click()
    await write.getByText(/^Dòng 3: .*muc_dich/).waitFor()
    await write.getByLabel('Chọn tệp .yaml').setInputFiles({ name: 'dot.yaml', mimeType: 'application/yaml', buffer: Buffer.from(fileOf('ngay-1010', Date.now() - MINUTE)) })
    await write.getByRole('button', { name: 'Kiểm tra và xem trước' }).click()
    await write.getByRole('heading', { name: /^Xem trước/ }).waitFor()
    expect(await write.locator('.frame').count()).toBe(3)
    expect(await faults(write)).toEqual([])
    await write.getByRole('button', { name: 'Lưu bản nháp' }).click()
    await write.getByText('Đã lưu bản nháp').waitFor()
    // What each channel shows is what its own render makes.
    for (const channel of ['Zalo', 'Facebook', 'Telegram']) expect(await write.locator('.frame', { hasText: `${channel}: tin` }).textContent()).toContain('Bà con có thể quét mã QR')
    expect(await write.locator('section', { hasText: 'Dự kiến người nhận' }).first().textContent()).toMatch(/3 trong 3 người/)
    await write.getByRole('button', { name: 'Gửi thử vào máy cán bộ' }).click()
    await write.getByText('Chị Lan: đang gửi').waitFor()
    await staffPhone.waitFor(({ text }) => text.includes('Bà con có thể quét mã QR'))
    await write.getByLabel('Lời nhắn cho người duyệt').fill('Theo công văn số 12')
    await write.getByRole('button', { name: 'Trình duyệt' }).click()
    await write.getByText('Đã trình duyệt').first().waitFor()
    expect(await write.getByRole('button', { name: 'Duyệt', exact: true }).count()).toBe(0)

    const { page: check } = await officer(approver)
    await check.getByRole('link', { name: /1 đợt tuyên truyền chờ duyệt/ }).click()
    await check.getByText('Cần anh chị duyệt').first().waitFor()
    await check.getByRole('link', { name: /^Xem Hưởng ứng/ }).first().click()
    await check.getByText('Lời nhắn của').getByText('Theo công văn số 12').waitFor()
    expect(await faults(check)).toEqual([])
    const before = server.sandbox!.platforms
    const taken = { zalo: before.zalo.tally.taken, facebook: before.facebook.tally.taken, telegram: before.telegram.tally.taken }
    await check.getByRole('button', { name: 'Duyệt', exact: true }).click()
    await check.getByText('Đã duyệt. Đợt tự chạy').waitFor()
    await expect.poll(async () => (await opened((store) => store.loadCampaign('ngay-1010')))?.status, { timeout: 30_000, interval: 300 }).toBe('finished')
    const status = (await opened((store) => campaignStatus('ngay-1010', store)))!
    const went = (['zalo', 'facebook', 'telegram'] as const).reduce((sum, channel) => sum + before[channel].tally.taken - taken[channel], 0)
    // What was tried is in no figure.
    expect(status.posts[0]!.counts).toMatchObject({ planned: 9, sent: went, failed: 0, uncertain: 0, skipped: 0 })
    await check.goto(`${server.url}/quan-tri/dot/ngay-1010`)
    expect(await check.locator('#tien-do .figures').textContent()).toMatch(/9\s*đã gửi/)
    const log = await check.locator('section', { hasText: 'Nhật ký của đợt' }).last().textContent()
    for (const [who, what] of [[author, 'Trình duyệt'], [approver, 'Duyệt']]) expect(log).toMatch(new RegExp(`${who}.*${what}`, 's'))
    expect(problems).toEqual([])
    await context.close()
    await check.context().close()
  })

  it('an administrator who wrote it cannot approve it, on the page or past it; an approval is of what was seen', async () => {
    const [mine, other] = [await officer(admin), await officer(approver)]
    const id = 'dot-quan-tri'
    await draftFromText(mine.page, fileOf(id, Date.now() + 60 * MINUTE))
    await mine.page.getByRole('button', { name: 'Trình duyệt' }).click()
    await mine.page.getByText('Chưa duyệt được: người soạn và người đã sửa từ lần duyệt trước không được tự duyệt').waitFor()
    const forged = await mine.page.evaluate<number>(`fetch('/quan-tri/dot/${id}/duyet', { method: 'POST', body: new URLSearchParams({ ma: document.querySelector('[name=ma]').value, 'da-xem': '' }) }).then(({ status }) => status)`)
    expect(forged).toBe(409)
    await other.page.goto(`${server.url}/quan-tri/dot/${id}`)
    // Meanwhile it is written anew and submitted again.
    await mine.page.getByRole('link', { name: 'Thêm bài từ mẫu' }).click()
    await mine.page.getByLabel('Hoặc viết, dán vào đây').fill(fileOf(id, Date.now() + 60 * MINUTE, 'Lời khác hẳn.'))
    await mine.page.getByRole('button', { name: 'Lưu bản nháp' }).click()
    await mine.page.getByRole('button', { name: 'Trình duyệt' }).click()
    await mine.page.getByText('Đã trình duyệt').first().waitFor()
    await other.page.getByRole('button', { name: 'Duyệt', exact: true }).click()
    await other.page.getByText('Nội dung đã đổi từ lúc xem').waitFor()
    await other.page.getByText('Trả lại', { exact: true }).first().click()
    await other.page.getByLabel('Vì sao trả lại').fill('Lời chưa rõ')
    await other.page.getByRole('button', { name: 'Trả lại' }).click()
    await other.page.getByText('Bị trả lại: Lời chưa rõ').waitFor()
    for (const { context } of [mine, other]) await context.close()
  })

  it('without JavaScript, one of them on a phone: a template becomes a draft, is submitted, approved and cancelled with a reason', async () => {
    const [write, check] = [await officer(author, { javaScript: false, size: phone }), await officer(approver, { javaScript: false })]
    const day = vietnamDay(Date.now())
    await write.page.goto(`${server.url}/quan-tri/dot-moi`)
    await write.page.getByText('Cảm ơn và kết quả', { exact: true }).click()
    await write.page.getByRole('link', { name: /^Dùng mẫu này.*Cảm ơn và kết quả$/ }).click()
    await write.page.getByLabel('Tên đợt').fill('Cảm ơn bà con')
    await write.page.getByLabel('Mã đợt').fill('ngay-1010')
    await write.page.getByLabel('Mục đích').fill('Cảm ơn')
    await write.page.getByLabel('Từ ngày').fill(day)
    await write.page.getByLabel('Đến ngày').fill(day)
    await write.page.getByLabel('Mã bài').fill('cam-on')
    await write.page.getByLabel('Gửi lúc').fill(writtenTime(Date.now() + 5 * MINUTE).replace(' ', 'T'))
    await write.page.getByLabel('Kết quả, mỗi số một dòng').fill('- Số lượt hỏi: nhiều')
    await write.page.getByRole('button', { name: 'Lưu bản nháp' }).click()
    await write.page.getByText('Mã đợt "ngay-1010" đã có').waitFor()
    await write.page.getByLabel('Mã đợt').fill('cam-on-ba-con')
    await write.page.getByRole('button', { name: 'Lưu bản nháp' }).click()
    await write.page.getByText('Đã lưu bản nháp').waitFor()
    await write.page.getByRole('button', { name: 'Trình duyệt' }).click()
    await check.page.goto(`${server.url}/quan-tri/dot/cam-on-ba-con`)
    await check.page.getByRole('button', { name: 'Duyệt', exact: true }).click()
    await check.page.getByText('Đã duyệt. Đợt tự chạy').waitFor()
    await check.page.getByText('Hủy đợt').first().click()
    await check.page.getByLabel('Vì sao hủy').fill('Hoãn theo chỉ đạo')
    await check.page.getByRole('button', { name: 'Hủy đợt' }).click()
    await check.page.getByText('Đã hủy đợt').waitFor()
    for (const { context } of [write, check]) await context.close()
  })
})

describe('one officer composes', () => {
  it('sees the post as each channel shows it, and whom it reaches, while writing; nothing is kept before that is asked for', async () => {
    const { page, problems, context } = await officer(author)
    await page.goto(`${server.url}/quan-tri/dot-moi`)
    await page.getByRole('link', { name: 'Viết bài đầu tiên' }).click()
    await page.getByLabel('Zalo OA', { exact: true }).selectOption({ label: 'Tin cho người vừa nhắn' })
    await page.getByLabel('Telegram', { exact: true }).selectOption({ label: 'Tin nhắn riêng' })
    await page.getByLabel('Lời', { exact: true }).fill('Mời bà con đến nhà văn hóa lúc 8 giờ.')
    const preview = page.locator('#xem-truoc')
    await preview.locator('.frame', { hasText: 'Zalo: tin' }).getByText('Mời bà con đến nhà văn hóa lúc 8 giờ.').waitFor()
    await preview.getByText(/\d trong 3 người/).first().waitFor()
    await page.getByLabel('Lời', { exact: true }).fill('Mời bà con đến trường học.')
    await preview.locator('.frame', { hasText: 'Telegram: tin' }).getByText('Mời bà con đến trường học.').waitFor()
    await page.getByLabel('Zalo OA', { exact: true }).selectOption({ label: 'Bài viết gửi mọi người theo dõi' })
    await preview.getByText(/cần ảnh bìa/).first().waitFor()
    await page.getByLabel('Ảnh hoặc tệp').selectOption('image:khung-anh-1010-mau')
    await preview.getByRole('img').first().waitFor()
    expect(await faults(page)).toEqual([])
    expect(await opened((store) => store.loadCampaign('hop-dan'))).toBeNull()
    await page.getByLabel('Tên đợt').fill('Họp dân')
    await page.getByLabel('Mã đợt').fill('hop-dan')
    await page.getByLabel('Mục đích').fill('Mời họp')
    for (const label of ['Từ ngày', 'Đến ngày']) await page.getByLabel(label, { exact: true }).fill(vietnamDay(Date.now()))
    await page.getByLabel('Tiêu đề').fill('Mời họp dân')
    await page.getByLabel('Gửi lúc').fill(writtenTime(Date.now() + 60 * MINUTE).replace(' ', 'T'))
    await page.getByText('Liên kết và nút').click()
    await page.getByLabel('Nút 1: chữ hiện').fill('Cách quét mã')
    await page.getByLabel('Nút 1: mở ra').fill('article:pay-qr-how')
    await page.getByRole('button', { name: 'Lưu bản nháp' }).click()
    await page.getByText('Đã lưu bản nháp').waitFor()
    // Changed in the form, then copied with its times moved.
    await page.getByRole('link', { name: /^Sửa bài/ }).click()
    await page.getByLabel('Lời', { exact: true }).fill('Mời bà con đến trường học lúc 9 giờ.')
    await page.getByRole('button', { name: 'Lưu bản nháp' }).click()
    await page.getByText('Mời bà con đến trường học lúc 9 giờ.').first().waitFor()
    await page.getByRole('link', { name: 'Chép thành đợt mới' }).click()
    await page.getByLabel('Mã đợt').fill('hop-dan-sau')
    await page.getByLabel('Từ ngày', { exact: true }).fill('2027-01-01')
    await page.getByLabel('Đến ngày', { exact: true }).fill('2027-01-05')
    await page.getByRole('button', { name: 'Lưu bản nháp' }).click()
    await page.getByText('Đã chép thành đợt mới').waitFor()
    await page.goto(`${server.url}/quan-tri/dot-lich?thang=2027-01`)
    await page.getByRole('link', { name: /Mời họp dân/ }).waitFor()
    expect(await faults(page)).toEqual([])
    expect(problems).toEqual([])
    await context.close()
  })

  it('without JavaScript a button shows the same', async () => {
    const { page, context } = await officer(author, { javaScript: false })
    await page.goto(`${server.url}/quan-tri/dot-bai`)
    await page.getByLabel('Trang Facebook', { exact: true }).selectOption({ label: 'Tin cho người vừa nhắn' })
    await page.getByLabel('Lời', { exact: true }).fill('Xin chào bà con.')
    for (const label of ['Tên đợt', 'Mục đích', 'Tiêu đề']) await page.getByLabel(label, { exact: true }).fill('Thử')
    for (const label of ['Mã đợt', 'Mã bài']) await page.getByLabel(label, { exact: true }).fill('thu')
    for (const label of ['Từ ngày', 'Đến ngày']) await page.getByLabel(label, { exact: true }).fill('2027-02-01')
    await page.getByLabel('Gửi lúc').fill('2027-02-01T09:00')
    await page.getByRole('button', { name: 'Xem trước' }).click()
    await page.locator('#xem-truoc .frame', { hasText: 'Facebook: tin' }).getByText('Xin chào bà con.').waitFor()
    expect(await page.getByLabel('Lời', { exact: true }).inputValue()).toBe('Xin chào bà con.')
    expect(await opened((store) => store.loadCampaign('thu'))).toBeNull()
    await context.close()
  })

  it('uploads a picture, told by its bytes, kept under a name of ours and described', async () => {
    const { page, context } = await officer(author)
    await page.goto(`${server.url}/quan-tri/dot-anh`)
    const fill = async (name: string, buffer: Buffer): Promise<void> => {
      await page.getByLabel(/^Ảnh PNG/).setInputFiles({ name, mimeType: 'image/png', buffer })
      for (const [label, value] of [['Tên ảnh', 'Chợ phiên'], ['Lời mô tả', 'Bà con quét mã QR ở chợ'], ['Quyền dùng', 'Sở tự chụp']] as const) await page.getByLabel(label).fill(value)
      await page.getByRole('button', { name: 'Tải lên' }).click()
    }
    await fill('anh.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))
    await page.getByText('Không nhận ra loại tệp này').waitFor()
    await fill('../../x.png', readFileSync('content/assets/khung-anh-1010-mau.png'))
    await page.getByText('Đã nhận ảnh').waitFor()
    const names = readdirSync(join(contentIn(pages.folder), 'assets')).filter((name) => /^[0-9a-f]{32}\.png$/.test(name))
    expect(names).toHaveLength(1)
    expect(readFileSync(join(contentIn(pages.folder), 'assets/assets.yaml'), 'utf8')).toMatch(new RegExp(`# kind: banner[^]*file: ${names[0]!}[^]*alt: "Bà con quét mã QR ở chợ"`))
    await expect.poll(async () => { await page.reload(); return page.getByRole('img', { name: 'Bà con quét mã QR ở chợ' }).count() }, { timeout: 15_000, interval: 500 }).toBe(1)
    expect(await faults(page)).toEqual([])
    await context.close()
  })
})

describe('what has gone out', () => {
  it('is put right by two people, who see before what will be done; recipients are read and taken away with a reason', async () => {
    const [one, two] = [await officer(duty), await officer(approver)]
    await one.page.goto(`${server.url}/quan-tri/dot/ngay-1010/dinh-chinh`)
    await one.page.getByText(/người đã nhận; gửi lời đính chính cho đúng những người này/).first().waitFor()
    expect(await faults(one.page)).toEqual([])
    await one.page.getByLabel('Thu hồi: gỡ xuống, báo bỏ qua').check()
    await one.page.getByLabel('Lời đính chính hoặc thu hồi').fill('Tin trước sai ngày, bà con bỏ qua.')
    await one.page.getByLabel('Vì sao').fill('Nhầm ngày')
    await one.page.getByRole('button', { name: 'Đề nghị', exact: true }).click()
    await one.page.getByText('Đã đề nghị thu hồi').waitFor()
    await one.page.getByRole('link', { name: 'Xem sẽ làm gì và quyết định' }).click()
    expect(await one.page.getByRole('button', { name: 'Xác nhận, làm ngay' }).count()).toBe(0)
    await two.page.goto(`${server.url}/quan-tri/dot`)
    await two.page.getByText('Cần anh chị xác nhận thu hồi').first().waitFor()
    await two.page.goto(`${server.url}/quan-tri/dot/ngay-1010/dinh-chinh`)
    await two.page.getByText('THU HỒI: Tin trước sai ngày, bà con bỏ qua.').waitFor()
    expect(await faults(two.page)).toEqual([])
    await take(two.page, 'console-campaign-correction-open')
    await two.page.getByRole('button', { name: 'Xác nhận, làm ngay' }).click()
    await two.page.getByText('Đã xác nhận. Hệ thống đang thu hồi từng bài.').waitFor()
    await expect.poll(async () => (await opened((store) => store.listCampaigns())).find(({ id }) => id.startsWith('ngay-1010-dc-'))?.status, { timeout: 30_000, interval: 300 }).toBe('finished')
    await two.page.goto(`${server.url}/quan-tri/dot`)
    await two.page.getByText(/^Thu hồi: Hưởng ứng/).first().waitFor()

    await two.page.goto(`${server.url}/quan-tri/dot/ngay-1010`)
    await two.page.getByRole('link', { name: 'Từng người nhận, tải CSV' }).click()
    await two.page.getByLabel('Kết quả').selectOption({ label: 'Đã gửi' })
    await two.page.getByRole('button', { name: 'Xem', exact: true }).click()
    await two.page.getByRole('heading', { name: '9 lượt' }).waitFor()
    expect(await faults(two.page)).toEqual([])
    await two.page.getByLabel('Vì sao cần tải').fill('Báo cáo sau đợt')
    const [download] = await Promise.all([two.page.waitForEvent('download'), two.page.getByRole('button', { name: 'Tải tệp CSV' }).click()])
    const csv = readFileSync((await download.path())!, 'utf8')
    expect(csv.trim().split('\r\n')).toHaveLength(10)
    expect(csv).toMatch(/^\uFEFF"Mã người nhắn"/)
    for (const { context } of [one, two]) await context.close()
  })

  it('a running campaign is followed live, and when it has ended the page says what may be done now', async () => {
    const [write, watch, other] = [await officer(author), await officer(approver), await officer(admin)]
    // The second post keeps it running.
    await draftFromText(write.page, fileOf('theo-doi', Date.now() + 10_000 - (Date.now() % MINUTE)) + post('sau', Date.now() + 120 * MINUTE, 'Bài sau.') + '\n')
    await write.page.getByRole('button', { name: 'Trình duyệt' }).click()
    await write.page.getByText('Đã trình duyệt').first().waitFor()
    await watch.page.goto(`${server.url}/quan-tri/dot/theo-doi`)
    await watch.page.getByRole('button', { name: 'Duyệt', exact: true }).click()
    await expect.poll(async () => (await opened((store) => store.loadCampaign('theo-doi')))?.status, { timeout: 30_000, interval: 200 }).toBe('running')
    await watch.page.goto(`${server.url}/quan-tri/dot/theo-doi`)
    await watch.page.evaluate(`document.body.dataset.cũ = '1'; document.querySelector('#tien-do .figures').textContent = ''`)
    // Everybody has had their message of the day.
    await watch.page.locator('#tien-do .figures', { hasText: /9\s*bỏ qua/ }).waitFor({ timeout: 15_000 })
    expect(await watch.page.evaluate<string>('document.body.dataset.cũ')).toBe('1')
    await other.page.goto(`${server.url}/quan-tri/dot/theo-doi`)
    await other.page.getByText('Hủy đợt').first().click()
    await other.page.getByLabel('Vì sao hủy').fill('Đủ rồi')
    await other.page.getByRole('button', { name: 'Hủy đợt' }).click()
    await watch.page.getByText('Đã hủy: Đủ rồi').waitFor({ timeout: 15_000 })
    expect([write, watch, other].flatMap(({ problems }) => problems)).toEqual([])
    for (const { context } of [write, watch, other]) await context.close()
  })
})

describe('every page, at a desk and on a phone, light and dark', () => {
  for (const [at, size] of [['desktop', desktop], ['phone', phone]] as const) {
    for (const scheme of ['light', 'dark'] as const) {
      if (!looksAt(at, scheme)) continue
      it(`${at}, ${scheme}: axe finds nothing, nothing is wider than the screen, nobody else is asked`, async () => {
        const { context, page, problems } = await officer(admin, { size, scheme })
        const look = async (name: string, path: string): Promise<void> => {
          if (path !== '') await page.goto(server.url + path)
          await expectGood(page, name)
          await take(page, `console-campaign-${name}-${at}-${scheme}`)
        }
        await draftFromText(page, fileOf(`xem-${at}-${scheme}`, Date.now() + 60 * MINUTE) + picture(Date.now() + 60 * MINUTE))
        await look('draft', '')
        await look('list', '/quan-tri/dot')
        await look('finished', '/quan-tri/dot/ngay-1010')
        await look('progress', '/quan-tri/dot/ngay-1010/tien-do')
        await look('uncertain', '/quan-tri/dot/ngay-1010/chua-ro')
        await look('new', '/quan-tri/dot-moi')
        await look('post', `/quan-tri/dot-bai?dot=xem-${at}-${scheme}&bai=ma-qr`)
        await look('post-new', '/quan-tri/dot-bai')
        await look('copy', '/quan-tri/dot-dau?chep=ngay-1010')
        await look('calendar', '/quan-tri/dot-lich')
        await look('pictures', '/quan-tri/dot-anh')
        await look('phones', '/quan-tri/dot-may')
        await look('correction', '/quan-tri/dot/ngay-1010/dinh-chinh')
        await look('recipients', '/quan-tri/dot/ngay-1010/nguoi-nhan')
        await look('template', '/quan-tri/dot-moi?mau=bieu-duong')
        expect(problems).toEqual([])
        await context.close()
      })
    }
  }
})
