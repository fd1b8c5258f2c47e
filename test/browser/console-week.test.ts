import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writtenTime } from '../../src/campaign/export.ts'
import { DAY, MINUTE, vietnamDay } from '../../src/core/time.ts'
import { openStaffPages, type Officer, type StaffPages } from '../support/officers.ts'
import { smallPng } from '../support/small-png.ts'
import { anOutcome } from '../support/store-fixtures.ts'

/**
 * The whole week of Ngày 10/10 as two officers, one on duty and an administrator live it, from the sample to the signed report;
 * the pictures of the staff guide's console part are taken on the way: `GUIDE_PICTURES=1 npx vitest run test/browser/console-week.test.ts`.
 * The steps are also walked by the other tests here, which run every day.
 */
const asked = process.env['GUIDE_PICTURES'] === '1'
const pictures = 'docs/images'
/** Where every page of the walk goes, for whoever wants to look at it. */
const walk = process.env['WALK']

const [author, approver, duty, admin] = ['Trần Biên Tập', 'Lê Thị Duyệt', 'Lò Thị Mai', 'Nguyễn Văn Quản'] as const
const desk = { width: 1040, height: 700 }
const now = Date.now()
const today = vietnamDay(now)

let pages: StaffPages
const who = new Map<string, Officer>()
const at = (name: string): Page => who.get(name)!.page
const open = (name: string, path: string): Promise<unknown> => at(name).goto(`${pages.server.url}/quan-tri${path}`)

/** A month in which people asked more and more. */
async function* days() {
  const articles = ['dvc-forgot-password', 'pay-qr-how', 'dvc-birth-bundle', 'scam-otp', 'vneid-register-level2', 'dvc-how-to-submit']
  for (let back = 45; back >= 1; back--) {
    for (const [n, article] of articles.entries()) {
      const count = Math.round((60 - back) * (1.2 - n / 7) + (back % 7) * 3)
      yield { table: 'outcome' as const, row: { ...anOutcome({ day: vietnamDay(now - back * DAY), account: 'zalo:sandbox-oa', article, helpful: n % 3 === 0 ? 'yes' : n === 4 ? 'no' : null, entry: n === 2 ? 'khai-sinh--cho-trung-tam' : null }), count } }
    }
    yield { table: 'outcome' as const, row: { ...anOutcome({ day: vietnamDay(now - back * DAY), account: 'zalo:sandbox-oa', status: 'no_source_found' }), count: 3 + (back % 4) } }
  }
}

describe.runIf(asked)('the week of Ngày 10/10', () => {
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true })
    if (walk !== undefined) mkdirSync(walk, { recursive: true })
    pages = await openStaffPages({
      staff: { [author]: 'editor', [approver]: 'approver', [duty]: 'duty', [admin]: 'admin' },
      patience: 30_000,
      prepare: async ({ folder, store }) => {
        await store.loadRows(days())
        cpSync('content', join(folder, 'content'), { recursive: true })
        return { CONTENT_DIR: join(folder, 'content'), QUIET_HOURS: 'off', ANNOUNCE_BASIS: 'state_task' }
      },
    })
    for (const name of [author, approver, duty, admin]) who.set(name, await pages.officer(name, { size: desk }))
  })
  afterAll(() => pages?.close())

  /** The page for the guide, from the part on that begins with `top`, and for whoever looks through the walk. */
  async function picture(page: Page, name: string, top = ''): Promise<void> {
    if (top !== '') await page.evaluate(`[...document.querySelectorAll('main :is(h1, h2, h3, label)')].find((one) => one.textContent.trim().startsWith(${JSON.stringify(top)})).scrollIntoView()`)
    writeFileSync(`${pictures}/${name}.png`, smallPng(await page.screenshot({ animations: 'disabled' })))
    await seen(page, name)
  }

  async function seen(page: Page, name: string): Promise<void> {
    if (walk === undefined) return
    for (const [look, size, scheme] of [['desk', { width: 1280, height: 860 }, 'light'], ['phone', { width: 360, height: 740 }, 'dark']] as const) {
      await page.setViewportSize(size)
      await page.emulateMedia({ colorScheme: scheme })
      await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
      await page.screenshot({ path: `${walk}/${name}-${look}.png`, fullPage: true })
    }
    await page.setViewportSize(desk)
    await page.emulateMedia({ colorScheme: 'light' })
  }

  it('people write, one asks for a person on each channel and is answered', async () => {
    for (const channel of ['zalo', 'facebook', 'telegram'] as const) {
      const citizen = pages.server.sandbox!.platforms[channel].newCitizen()
      await citizen.starts()
      for (const said of ['quên mật khẩu vneid thì làm sao', 'trồng lúa vụ đông xuân ngày nào', 'vay vốn nuôi tôm nước lợ ở đâu', 'gặp cán bộ']) {
        const before = citizen.received().length
        await citizen.says(said)
        await expect.poll(() => citizen.received().length, { timeout: 20_000 }).toBeGreaterThan(before)
      }
    }
    await pages.server.sandbox!.comments.says(pages.server.sandbox!.platforms.facebook.newCitizen().userId, 'Cho hỏi nộp hồ sơ khai sinh ở đâu ạ?')
    await open(duty, '/cho')
    await picture(at(duty), 'cho-can-bo')
    for (const channel of ['zalo', 'facebook', 'telegram'] as const) {
      await open(duty, '/cho')
      await at(duty).getByRole('link', { name: /^Xem và nhận/ }).first().click()
      if (channel === 'zalo') await seen(at(duty), 'nhan')
      await at(duty).getByRole('button', { name: 'Nhận và đọc cuộc trò chuyện' }).click()
      await at(duty).getByLabel('Lời của anh chị').fill('Chào bà con, lịch thời vụ do Trung tâm khuyến nông báo. Bà con gọi 1022 để hỏi ngày cụ thể của xã mình.')
      if (channel === 'zalo') await picture(at(duty), 'tra-loi-nguoi-dan', 'Cuộc trò chuyện')
      await at(duty).getByRole('button', { name: 'Gửi trả lời' }).click()
      await at(duty).getByText('Đã nhận lời của anh chị').waitFor()
      await at(duty).getByRole('button', { name: /^Xong: đóng/ }).click()
      await at(duty).getByText('Đã đóng.').waitFor()
    }
    await open(duty, '/binh-luan')
    await seen(at(duty), 'binh-luan')
  })

  it('the sample of the whole week is copied and looked at', async () => {
    await open(author, '/dot-moi')
    await seen(at(author), 'dot-moi')
    await at(author).getByRole('link', { name: /^Chép đợt này/ }).click()
    await at(author).getByLabel('Tên đợt').fill('Hưởng ứng Ngày Chuyển đổi số quốc gia 10/10')
    await at(author).getByLabel('Mã đợt').fill('tuan-10-10')
    await at(author).getByLabel('Từ ngày', { exact: true }).fill(vietnamDay(now + DAY))
    await at(author).getByLabel('Đến ngày', { exact: true }).fill(vietnamDay(now + 10 * DAY))
    await seen(at(author), 'dot-chep')
    await at(author).getByRole('button', { name: 'Lưu bản nháp' }).click()
    await at(author).getByText('Đã chép thành đợt mới').waitFor()
    await at(author).getByText(/trong \d+ người/).first().waitFor()
    // What the sample says of itself keeps it from being announced.
    await at(author).getByText('còn ghi “(BÀI MẪU)”').first().waitFor()
    await seen(at(author), 'dot-chep-xong')
  })

  it('a post of a template is written, tried, submitted, approved by a second person, and goes out', async () => {
    await open(author, '/dot-bai')
    for (const [label, value] of [['Tên đợt', 'Hưởng ứng Ngày 10/10'], ['Mục đích', 'Cho bà con biết cách quét mã QR khi trả tiền'], ['Tiêu đề', 'Mã QR thanh toán'], ['Từ ngày', today], ['Đến ngày', today], ['Gửi lúc', writtenTime(now - MINUTE).replace(' ', 'T')]] as const) await at(author).getByLabel(label, { exact: label !== 'Gửi lúc' }).fill(value)
    await at(author).getByLabel('Zalo OA', { exact: true }).selectOption({ label: 'Tin cho người vừa nhắn' })
    await at(author).getByLabel('Trang Facebook', { exact: true }).selectOption({ label: 'Tin cho người vừa nhắn' })
    await at(author).getByLabel('Telegram', { exact: true }).selectOption({ label: 'Tin nhắn riêng' })
    await at(author).getByLabel('Lời', { exact: true }).fill('Đi chợ không cần tiền lẻ: bà con quét mã QR của người bán, xem đúng tên rồi mới bấm trả.')
    await at(author).locator('#xem-truoc').getByText(/\d trong \d người/).first().waitFor()
    await picture(at(author), 'dot-soan', 'Bài đầu tiên')
    await at(author).getByRole('button', { name: 'Lưu bản nháp' }).click()
    await at(author).getByText('Đã lưu bản nháp').waitFor()
    await seen(at(author), 'dot-nhap')

    // Tried on a phone of staff, which asked for a person to be found.
    const phone = pages.server.sandbox!.platforms.telegram.newCitizen()
    await phone.starts()
    await phone.says('gặp cán bộ')
    await phone.waitFor(({ text }) => text !== '')
    await open(admin, '/dot-may')
    await expect.poll(async () => { await at(admin).reload(); return at(admin).locator('#dang-cho option').count() }, { timeout: 20_000 }).toBe(1)
    await at(admin).getByLabel('Mã người nhắn').fill(await at(admin).locator('#dang-cho option').getAttribute('value') ?? '')
    await at(admin).getByLabel('Máy của ai').fill('Chị Lan, Sở Thông tin')
    await at(admin).getByRole('button', { name: 'Thêm máy' }).click()
    await at(admin).getByText('Đã thêm.').waitFor()
    await seen(at(admin), 'dot-may')
    await at(author).reload()
    const planned = await at(author).locator('section', { hasText: 'Dự kiến người nhận' }).first().textContent()
    await at(author).getByRole('button', { name: 'Gửi thử vào máy cán bộ' }).click()
    await at(author).getByText('Chị Lan, Sở Thông tin: đang gửi').waitFor()
    await phone.waitFor(({ text }) => text.includes('Đi chợ không cần tiền lẻ'))
    expect(await at(author).locator('section', { hasText: 'Dự kiến người nhận' }).first().textContent()).toBe(planned)
    await seen(at(author), 'dot-gui-thu')

    await at(author).getByLabel('Lời nhắn cho người duyệt').fill('Theo Công văn số 12')
    await at(author).getByRole('button', { name: 'Trình duyệt' }).click()
    await at(author).getByText('Đã trình duyệt').first().waitFor()
    await seen(at(author), 'dot-da-trinh')

    await open(approver, '')
    await picture(at(approver), 'tong-quan')
    await at(approver).getByRole('link', { name: /1 đợt tuyên truyền chờ duyệt/ }).click()
    await seen(at(approver), 'dot-danh-sach')
    await at(approver).getByRole('link', { name: /^Xem Hưởng ứng Ngày 10/ }).first().click()
    await at(approver).getByText(/trong \d người/).first().waitFor()
    await picture(at(approver), 'dot-duyet', 'Các bài')
    await at(approver).getByRole('button', { name: 'Duyệt', exact: true }).click()
    await at(approver).getByText('Đã duyệt. Đợt tự chạy').waitFor()
    await expect.poll(async () => { await open(author, '/dot'); return at(author).getByText('Đã xong').count() }, { timeout: 60_000, interval: 1_000 }).toBe(1)
    await at(author).getByRole('link', { name: /^Xem Hưởng ứng Ngày 10\/10$/ }).first().click()
    await picture(at(author), 'dot-da-gui')
  })

  it('an article is corrected, published by a second person, and put back', async () => {
    await open(author, '/noi-dung')
    await seen(at(author), 'noi-dung')
    await at(author).getByLabel('Tên, câu hỏi, mã').fill('quên mật khẩu')
    await at(author).getByRole('button', { name: 'Tìm' }).click()
    await at(author).getByRole('link', { name: 'Quên mật khẩu VNeID' }).click()
    await at(author).getByRole('link', { name: 'Sửa', exact: true }).first().click()
    await at(author).getByLabel('Trả lời ngắn').fill('Gọi 0912 345 678.')
    await at(author).getByRole('button', { name: 'Kiểm tra và xem trước' }).click()
    await at(author).locator('#tra-loi-loi').waitFor()
    await picture(at(author), 'noi-dung-sua', 'Tên mục')
    await at(author).getByLabel('Trả lời ngắn').fill('Mở ứng dụng VNeID, bấm “Quên mật khẩu” rồi làm theo từng bước. Không đưa mật khẩu, mã OTP cho ai.')
    await at(author).getByRole('button', { name: 'Lưu bản nháp' }).click()
    await at(author).getByText('Đã lưu').first().waitFor()
    await at(author).getByLabel('Lời nhắn cho người đăng').fill('Nói ngắn lại cho bà con dễ theo')
    await at(author).getByRole('button', { name: 'Trình người thứ hai đăng' }).click()
    await at(author).getByText('Chờ người có quyền duyệt').waitFor()
    await open(approver, '')
    await at(approver).getByRole('link', { name: /1 thay đổi nội dung/ }).click()
    await at(approver).getByRole('link', { name: /^Sửa: Quên mật khẩu VNeID/ }).first().click()
    await at(approver).getByRole('button', { name: 'Đăng', exact: true }).waitFor()
    await picture(at(approver), 'noi-dung-dang', 'Thay đổi')
    await at(approver).getByRole('button', { name: 'Đăng', exact: true }).click()
    await at(approver).getByText('Đã đăng').first().waitFor()
    await open(approver, `/noi-dung/tep?tep=${encodeURIComponent('content/articles/dich-vu-cong/dvc-forgot-password.md')}`)
    await seen(at(approver), 'noi-dung-cac-ban')
    await at(approver).getByText('Trở lại bản này').first().click()
    await at(approver).getByLabel(/Vì sao/).first().fill('Thiếu bước nhập số căn cước')
    await at(approver).getByRole('button', { name: /^Trở lại bản/ }).first().click()
    await at(approver).getByText(/Đã trở lại/).first().waitFor()
    await open(author, '/noi-dung/cau-hoi')
    await at(author).getByText('trồng lúa vụ đông xuân').first().waitFor()
    await at(author).locator('main summary').first().click()
    await picture(at(author), 'cau-hoi')
  })

  it('figures, a code, the register, the report, personal data', async () => {
    await open(admin, '/so-lieu')
    await picture(at(admin), 'so-lieu', 'Từ ngày')
    await open(admin, '/qr?mo=khai-sinh&noi=ch%E1%BB%A3%20trung%20t%C3%A2m')
    await picture(at(admin), 'ma-qr', 'Mã cho')
    await open(author, '/viec')
    await at(author).getByLabel('Mỗi đơn vị một dòng').fill('UBND phường Mẫu Một\nUBND xã Bản Mẫu\nSở Văn hóa, Thể thao và Du lịch\nTỉnh đoàn')
    await at(author).getByRole('button', { name: 'Lưu danh sách' }).click()
    await at(author).getByText('Đã lưu danh sách đơn vị.').waitFor()
    await at(author).getByRole('link', { name: /^Mở sổ Hưởng ứng Ngày 10\/10$/ }).click()
    await at(author).getByLabel('Đơn vị', { exact: true }).fill('UBND xã Bản Mẫu')
    await at(author).getByLabel('Việc', { exact: true }).selectOption('team')
    await at(author).getByLabel('Ngày xong').fill(vietnamDay(now - DAY))
    await at(author).getByLabel('Số lượng').fill('126')
    await at(author).getByRole('button', { name: 'Ghi vào sổ' }).click()
    await at(author).getByText('Đã ghi vào sổ.').waitFor()
    await picture(at(author), 'viec-don-vi')
    await at(author).getByRole('link', { name: 'Làm báo cáo của đợt này' }).click()
    await picture(at(author), 'bao-cao', 'Kết quả tuyên truyền')
    const [file] = await Promise.all([at(author).waitForEvent('download'), at(author).getByRole('link', { name: 'Tải báo cáo (.docx)' }).click()])
    if (walk !== undefined) await file.saveAs(`${walk}/bao-cao.docx`)
    await open(duty, '/du-lieu')
    await at(duty).getByLabel('Nhận bằng cách').selectOption({ index: 1 })
    await at(duty).getByLabel('Ghi chú').fill('Công văn đến số 12')
    await at(duty).getByRole('button', { name: 'Ghi vào sổ' }).click()
    await at(duty).getByText('Đã ghi').first().waitFor()
    await seen(at(duty), 'du-lieu-mot')
    await open(duty, '/du-lieu')
    await picture(at(duty), 'du-lieu')
    await open(admin, '/nhat-ky')
    await seen(at(admin), 'nhat-ky')
    expect([...who.values()].flatMap(({ problems }) => problems)).toEqual([])
  })
})
