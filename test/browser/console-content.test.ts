import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { desktop, faults, looksAt, phone } from '../support/browser.ts'
import { cheapPasswords, openStaffPages, type StaffPages } from '../support/officers.ts'
import { expectGood, take } from '../support/pages.ts'

/** Content, diary, accounts and personal data as officers use them, on a copy of the real words. */
const [author, approver, duty, admin] = ['Trần Biên Tập', 'Lê Thị Duyệt', 'Lò Thị Mai', 'Nguyễn Văn Quản'] as const
let pages: StaffPages
let server: StaffPages['server']
let officer: StaffPages['officer']
const at = (file: string): string => join(pages.folder, file)
const passwords = 'content/articles/dich-vu-cong/dvc-forgot-password.md'
const shop = 'content/articles/thanh-toan/pay-shop-accept-qr.md'

beforeAll(async () => {
  pages = await openStaffPages({
    staff: { [author]: 'editor', [approver]: 'approver', [duty]: 'duty', [admin]: 'admin' },
    prepare: async ({ folder }) => {
      for (const words of ['flows', 'content']) cpSync(words, join(folder, words), { recursive: true })
      return { FLOWS_DIR: join(folder, 'flows'), CONTENT_DIR: join(folder, 'content') }
    },
    // A check of the whole handbook is between a press and its page.
    patience: 25_000,
    refusals: [422],
    passwordCost: cheapPasswords,
  })
  ;({ server, officer } = pages)
})
afterAll(() => pages?.close())

describe('two people correct an article, and take it back', () => {
  it('written, looked at, handed in, published; the citizen hears it; undone at once', async () => {
    const before = readFileSync(at(passwords), 'utf8')
    const { page: write, problems, context } = await officer(author)
    await write.getByRole('link', { name: 'Nội dung', exact: true }).click()
    await write.getByLabel('Tên, câu hỏi, mã').fill('quen mat khau vneid')
    await write.getByRole('button', { name: 'Tìm' }).click()
    await write.getByRole('link', { name: 'Quên mật khẩu VNeID', exact: true }).click()
    await write.getByRole('heading', { name: 'Trên từng kênh' }).waitFor()
    expect(await faults(write)).toEqual([])
    await write.getByRole('link', { name: 'Sửa', exact: true }).click()
    const short = write.getByLabel('Trả lời ngắn')
    const told = (await short.inputValue()).replace('Bà con tự làm được tại nhà.', 'Bà con tự làm tại nhà, không mất tiền.')
    await short.fill(`${told} Gọi 0912 345 678.`)
    await write.getByRole('button', { name: 'Kiểm tra và xem trước' }).click()
    await write.locator('#tra-loi-loi').waitFor()
    expect(await write.locator('#tra-loi-loi').textContent()).toContain('0912 345 678')
    expect(await write.locator('.frame').count()).toBe(3)
    expect(await faults(write)).toEqual([])
    await write.getByLabel('Trả lời ngắn').fill(told)
    await write.getByRole('button', { name: 'Lưu bản nháp' }).click()
    await write.getByText('Đã lưu bản nháp').waitFor()
    await write.getByLabel('Lời nhắn cho người đăng').fill('Hỏi nhiều về tiền')
    await write.getByRole('button', { name: 'Trình người thứ hai đăng' }).click()
    await write.getByText('Đã trình').first().waitFor()
    expect(await write.getByRole('button', { name: 'Đăng', exact: true }).count()).toBe(0)

    const { page: check } = await officer(approver)
    await check.getByRole('link', { name: /1 thay đổi nội dung chờ/ }).click()
    await check.getByRole('link', { name: 'Sửa: Quên mật khẩu VNeID' }).click()
    await check.getByText('Hỏi nhiều về tiền').waitFor()
    expect(await check.locator('ins').allTextContents()).toContain('tại nhà, không mất tiền.')
    expect(await faults(check)).toEqual([])
    await check.getByRole('button', { name: 'Đăng', exact: true }).click()
    await check.getByText('Đã đăng.').waitFor()
    expect(readFileSync(at(passwords), 'utf8')).toBe(before.replace('Bà con tự làm được tại nhà.', 'Bà con tự làm tại nhà, không mất tiền.'))

    // The folder is looked at every second: somebody new asks until the new words are in use.
    await expect.poll(async () => {
      const citizen = server.sandbox!.platforms.zalo.newCitizen()
      await citizen.starts()
      await citizen.says('quên mật khẩu vneid')
      await citizen.waitFor(({ text }) => text.includes('Bà con tự làm'))
      return citizen.received().some(({ text }) => text.includes('không mất tiền'))
    }, { timeout: 20_000, interval: 500 }).toBe(true)

    await check.goto(`${server.url}/quan-tri/noi-dung/tep?tep=${encodeURIComponent(passwords)}`)
    await check.locator('summary', { hasText: 'Trở lại bản này' }).click()
    expect(await faults(check)).toEqual([])
    await check.getByLabel('Vì sao').fill('Có nơi vẫn thu tiền')
    await check.getByRole('button', { name: 'Trở lại bản này ngay' }).click()
    await check.getByText('Đã trở lại bản cũ').waitFor()
    expect(readFileSync(at(passwords), 'utf8')).toBe(before)
    expect(problems).toEqual([])
    await context.close()
  })

  it('all of it works without JavaScript, on a phone', async () => {
    const { page, context } = await officer(author, { javaScript: false, size: phone })
    await page.goto(`${server.url}/quan-tri/noi-dung/sua?tep=${encodeURIComponent('content/province.yaml')}`)
    await page.getByLabel('Đường dây nóng').fill('1022')
    await page.getByLabel('Thứ Bảy').fill('07:30-11:30')
    await page.getByRole('button', { name: 'Lưu bản nháp' }).click()
    await page.getByText('Đã lưu bản nháp').waitFor()
    await page.locator('summary', { hasText: 'Bỏ bản nháp' }).click()
    await page.getByRole('button', { name: 'Bỏ bản nháp này' }).click()
    await page.getByText('Đã bỏ bản nháp.').waitFor()
    await context.close()
  })

  it('a workbook out and in again', async () => {
    const { page, context } = await officer(author)
    await page.goto(`${server.url}/quan-tri/noi-dung/bang`)
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Tải bảng tính' }).click()])
    expect(download.suggestedFilename()).toMatch(/^noi-dung-\d{4}-\d\d-\d\d\.xlsx$/)
    await page.getByLabel('Tệp .xlsx hoặc .csv').setInputFiles(await download.path())
    await page.getByRole('button', { name: 'Tải lên và xem thay đổi' }).click()
    await page.getByText('Bảng không thay đổi gì').waitFor()
    await context.close()
  })
})

describe('an account from its first password to its own', () => {
  it('made, shown once, changed at the first sign-in', async () => {
    const { page, context } = await officer(admin)
    await page.getByText('Mục khác').click()
    await page.getByRole('link', { name: 'Tài khoản cán bộ' }).click()
    await page.getByLabel('Tên đăng nhập').fill('Giàng A Páo')
    await page.getByLabel('Vai trò').last().selectOption('duty')
    await page.getByRole('button', { name: 'Thêm và tạo mật khẩu' }).click()
    const word = (await page.locator('.secret').textContent())!
    expect(await faults(page)).toEqual([])
    const pao = await officer('Giàng A Páo', { word, leadsTo: 'Đổi mật khẩu' })
    await pao.page.getByLabel('Mật khẩu hiện tại').fill(word)
    await pao.page.getByLabel('Mật khẩu mới', { exact: true }).fill('bon con meo nam 2027')
    await pao.page.getByLabel('Gõ lại mật khẩu mới').fill('bon con meo nam 2027')
    await pao.page.getByRole('button', { name: 'Đổi mật khẩu' }).click()
    await pao.page.getByText('Đã đổi mật khẩu.').waitFor()
    await pao.page.getByRole('link', { name: 'Chờ cán bộ', exact: true }).click()
    await pao.page.getByRole('heading', { name: 'Chờ cán bộ', level: 1 }).waitFor()
    await context.close()
    await pao.context.close()
  })
})

describe('every page, at a desk and on a phone, light and dark', () => {
  let request = ''
  let draft = ''
  beforeAll(async () => {
    const citizens = [server.sandbox!.platforms.zalo.newCitizen(), server.sandbox!.platforms.facebook.newCitizen()]
    for (const citizen of citizens) {
      await citizen.starts()
      for (const words of ['trồng lúa vụ đông xuân ngày nào', 'vay vốn nuôi tôm nước lợ ở đâu', 'gặp cán bộ']) {
        await citizen.says(words)
        await citizen.waitFor(({ text }) => text !== '')
      }
    }
    const { page, context } = await officer(admin)
    await page.goto(`${server.url}/quan-tri/cho`)
    await page.getByRole('link', { name: /^Xem và nhận/ }).first().click()
    const key = /cho\/([\w-]{22})/.exec(page.url())![1]!
    await page.getByRole('button', { name: 'Nhận và đọc cuộc trò chuyện' }).click()
    await page.getByRole('link', { name: 'Ghi yêu cầu về dữ liệu cá nhân' }).click()
    expect(await page.getByLabel('Mã người nhắn').inputValue()).toBe(key)
    await page.getByLabel('Ghi chú').fill('công văn đến số 12')
    await page.getByRole('button', { name: 'Ghi vào sổ' }).click()
    await page.getByText('Đã ghi vào sổ.').waitFor()
    request = new URL(page.url()).pathname
    await page.goto(`${server.url}/quan-tri/noi-dung/sua?tep=${encodeURIComponent(shop)}`)
    await page.getByLabel('Tên mục', { exact: true }).fill('Nhận tiền bằng mã QR ở chợ')
    const steps = page.getByLabel('Các bước, chi tiết')
    await steps.fill((await steps.inputValue()).replace(/^1\. .*$/m, '1. Chọn ngân hàng hoặc ví điện tử mà bà con đang dùng.'))
    const questions = page.getByLabel('Cách bà con hỏi')
    await questions.fill(`${await questions.inputValue()}\nBán rau ngoài chợ nhận tiền qua điện thoại`)
    await page.getByRole('button', { name: 'Lưu bản nháp' }).click()
    await page.getByText('Đã lưu bản nháp').waitFor()
    draft = new URL(page.url()).pathname
    await page.getByRole('button', { name: 'Trình người thứ hai đăng' }).click()
    await page.goto(`${server.url}/quan-tri/nhat-ky`)
    await page.getByRole('button', { name: 'Kiểm tra cả nhật ký' }).click()
    await page.getByText('Đã kiểm tra cả nhật ký.').waitFor()
    await context.close()
    const { page: publish, context: other } = await officer(approver)
    for (const why of ['lần một', 'lần hai']) {
      appendFileSync(at(passwords), `\n<!-- ${why} -->\n`)
      await publish.goto(`${server.url}/quan-tri/noi-dung/tep?tep=${encodeURIComponent(passwords)}`)
      await publish.locator('summary', { hasText: 'Trở lại bản này' }).first().click()
      await publish.getByLabel('Vì sao').first().fill(`Bỏ ghi chú ${why}`)
      await publish.getByRole('button', { name: 'Trở lại bản này ngay' }).first().click()
      await publish.getByText('Đã trở lại bản cũ').waitFor()
    }
    await other.close()
  })

  for (const [name, size] of [['desktop', desktop], ['phone', phone]] as const) {
    for (const scheme of ['light', 'dark'] as const) {
      if (!looksAt(name, scheme)) continue
      it(`${name}, ${scheme}: axe finds nothing, nothing is wider than the screen, nobody else is asked`, async () => {
        const { context, page, problems } = await officer(admin, { size, scheme })
        const look = async (of: string, path: string): Promise<void> => {
          if (path !== '') await page.goto(server.url + path)
          await expectGood(page, of)
          await take(page, `console-${of}-${name}-${scheme}`)
        }
        await look('content', '/quan-tri/noi-dung')
        await look('content-flows', '/quan-tri/noi-dung?phan=kich-ban')
        await look('content-article', '/quan-tri/noi-dung/muc/pay-shop-accept-qr')
        await look('content-flow', '/quan-tri/noi-dung/kich-ban/dich-vu-cong')
        await look('content-edit', `/quan-tri/noi-dung/sua?tep=${encodeURIComponent(shop)}`)
        await page.getByLabel('Trả lời ngắn').fill('Gọi 0912 345 678.')
        await page.getByRole('button', { name: 'Kiểm tra và xem trước' }).click()
        await page.locator('#tra-loi-loi').waitFor()
        await look('content-checked', '')
        await look('content-draft', draft)
        await look('content-history', `/quan-tri/noi-dung/tep?tep=${encodeURIComponent(passwords)}`)
        await look('content-new', '/quan-tri/noi-dung/moi')
        await look('content-words', '/quan-tri/noi-dung/sua?tep=flows%2Fdich-vu-cong.yaml')
        await look('content-replies', '/quan-tri/noi-dung/sua?tep=content%2Freplies.yaml')
        await look('content-province', '/quan-tri/noi-dung/sua?tep=content%2Fprovince.yaml')
        await look('content-raw', '/quan-tri/noi-dung/sua?tep=content%2Fentry.yaml')
        await look('content-sheets', '/quan-tri/noi-dung/bang')
        await page.goto(`${server.url}/quan-tri/noi-dung/cau-hoi`)
        await page.locator('summary').first().click()
        await look('content-questions', '')
        await look('diary', '/quan-tri/nhat-ky')
        await look('diary-campaigns', '/quan-tri/nhat-ky?so=campaigns')
        await page.goto(`${server.url}/quan-tri/can-bo`)
        await page.locator('summary').first().click()
        await look('accounts', '')
        await look('personal-data', '/quan-tri/du-lieu')
        await look('personal-data-one', request)
        await look('personal-data-erase', `${request}/xoa`)
        await look('overview-content', '/quan-tri')
        expect(problems).toEqual([])
        await context.close()
      })
    }
  }

  it('content with a mistake on disk is told, and the last good one stays in use', async () => {
    const good = readFileSync(at(passwords), 'utf8')
    writeFileSync(at(passwords), good.replace('review_by:', 'han:'))
    const { page, context } = await officer(author)
    await expect.poll(async () => {
      await page.goto(`${server.url}/quan-tri/noi-dung`)
      return page.getByText('Tệp mới nhất đang có lỗi nên chưa được dùng').count()
    }, { timeout: 15_000, interval: 500 }).toBe(1)
    expect(await faults(page)).toEqual([])
    writeFileSync(at(passwords), good)
    await context.close()
  })
})
