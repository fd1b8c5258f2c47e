import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { desktop, faults, looksAt, phone } from '../support/browser.ts'
import { openStaffPages, password, type StaffPages } from '../support/officers.ts'
import { expectGood, take } from '../support/pages.ts'

let pages: StaffPages
let server: StaffPages['server']
let officer: StaffPages['officer']
beforeAll(async () => {
  pages = await openStaffPages({ staff: { 'Lò Thị Mai': 'duty', 'Giàng A Páo': 'duty', 'Nguyễn Văn Quản': 'admin', 'Trần Biên Tập': 'editor' } })
  ;({ server, officer } = pages)
})
afterAll(() => pages?.close())

describe('a citizen asks for a person', () => {
  for (const channel of ['zalo', 'facebook', 'telegram'] as const) {
    it(`and is answered on ${channel}; the assistant is silent meanwhile`, async () => {
      const citizen = server.sandbox!.platforms[channel].newCitizen()
      await citizen.starts()
      await citizen.says('nộp hồ sơ khai sinh ở đâu')
      await citizen.says('gặp cán bộ')
      await citizen.waitFor(({ text }) => /cán bộ/i.test(text))
      const { context, page, problems } = await officer('Lò Thị Mai')
      await page.getByRole('link', { name: 'Chờ cán bộ', exact: true }).click()
      await page.getByRole('link', { name: /^Xem và nhận/ }).first().click()
      await page.getByRole('button', { name: 'Nhận và đọc cuộc trò chuyện' }).click()
      await page.getByText('nộp hồ sơ khai sinh ở đâu').waitFor()
      expect(await faults(page)).toEqual([])
      if (channel === 'zalo') await take(page, 'console-case-desktop-light')
      await page.getByLabel('Lời của anh chị').fill('Chào bà con, mời bà con nộp tại Cổng Dịch vụ công quốc gia.')
      await page.getByRole('button', { name: 'Gửi trả lời' }).click()
      await citizen.waitFor(({ text }) => text === 'Chào bà con, mời bà con nộp tại Cổng Dịch vụ công quốc gia.')
      const before = citizen.received().length
      await citizen.says('menu bị lỗi rồi ạ')
      await page.getByRole('link', { name: 'Chờ cán bộ', exact: true }).click()
      await page.getByText('Có tin mới chưa trả lời').waitFor()
      expect(citizen.received()).toHaveLength(before)
      await page.getByRole('link', { name: /^Mở/ }).click()
      await page.getByText('menu bị lỗi rồi ạ').waitFor()
      await page.getByRole('button', { name: /^Xong: đóng/ }).click()
      await page.getByText('Đã đóng. Trợ lý tự động trả lời tiếp').waitFor()
      await citizen.says('menu')
      await expect.poll(() => citizen.received().length, { timeout: 10_000 }).toBeGreaterThan(before)
      expect(problems).toEqual([])
      await context.close()
    })
  }

  it('two officers: the second sees who has it and cannot read; a live page shows what comes without a click', async () => {
    const citizen = server.sandbox!.platforms.zalo.newCitizen()
    await citizen.starts()
    const [mai, pao] = [await officer('Lò Thị Mai'), await officer('Giàng A Páo')]
    await mai.page.clock.install()
    await mai.page.goto(`${server.url}/quan-tri/cho`)
    await mai.page.getByText('Không có ai đang chờ').waitFor()
    await citizen.says('gặp cán bộ')
    await citizen.waitFor(({ text }) => /cán bộ/i.test(text))
    await mai.page.clock.fastForward(16_000)
    await mai.page.getByRole('link', { name: /^Xem và nhận/ }).click()
    await mai.page.getByRole('button', { name: 'Nhận và đọc cuộc trò chuyện' }).click()
    await pao.page.goto(`${server.url}/quan-tri/cho`)
    await pao.page.getByText('Đồng nghiệp đang giữ (1)').waitFor()
    await pao.page.getByRole('link', { name: /^Xem/ }).click()
    await pao.page.getByRole('heading', { name: 'Đồng nghiệp đang giữ' }).waitFor()
    expect(await pao.page.getByRole('textbox', { name: 'Lời của anh chị' }).count()).toBe(0)
    await pao.page.getByText('Tiếp quản').first().click()
    expect(await faults(pao.page)).toEqual([])
    await pao.page.getByLabel('Vì sao tiếp quản').fill('Đồng nghiệp hết ca')
    await pao.page.getByRole('button', { name: 'Tiếp quản' }).click()
    await mai.page.getByLabel('Lời của anh chị').fill('Lời đang viết')
    await mai.page.getByRole('button', { name: 'Gửi trả lời' }).click()
    await mai.page.getByText('Đồng nghiệp đã tiếp quản người này').waitFor()
    await mai.page.getByText('Lời đang viết').waitFor()
    await pao.page.getByRole('button', { name: /^Xong: đóng/ }).click()
    await pao.page.getByText('Đã đóng.').waitFor()
    for (const { context } of [mai, pao]) await context.close()
  })

  it('all of it works without JavaScript', async () => {
    const citizen = server.sandbox!.platforms.telegram.newCitizen()
    await citizen.starts()
    await citizen.says('gặp cán bộ')
    await citizen.waitFor(({ text }) => /cán bộ/i.test(text))
    const { context, page } = await officer('Giàng A Páo', { javaScript: false, size: phone })
    await page.goto(`${server.url}/quan-tri/cho`)
    await page.getByRole('link', { name: /^Xem và nhận/ }).click()
    await page.getByRole('button', { name: 'Nhận và đọc cuộc trò chuyện' }).click()
    await page.getByText('Xin thêm thông tin', { exact: true }).click()
    await page.getByRole('link', { name: /^Đưa vào ô trả lời.*Xin thêm thông tin$/ }).click()
    expect(await page.getByLabel('Lời của anh chị').inputValue()).toContain('Bà con cho biết thêm')
    await page.getByRole('button', { name: 'Gửi trả lời' }).click()
    await citizen.waitFor(({ text }) => text.startsWith('Bà con cho biết thêm'))
    await page.getByLabel('Tìm mục').fill('quên mật khẩu vneid')
    await page.getByRole('button', { name: 'Tìm', exact: true }).click()
    await page.locator('section', { hasText: 'Tìm mục' }).locator('summary', { hasText: /VNeID/ }).first().click()
    await page.locator('details[open]').getByRole('button', { name: 'Gửi cả mục này' }).click()
    await citizen.waitFor(({ text }) => /VNeID/.test(text) && text.includes('1. '))
    await page.getByRole('button', { name: /^Xong: đóng/ }).click()
    await context.close()
  })
})

describe('every page, at a desk and on a phone, light and dark', () => {
  for (const [at, size] of [['desktop', desktop], ['phone', phone]] as const) {
    for (const scheme of ['light', 'dark'] as const) {
      if (!looksAt(at, scheme)) continue
      it(`${at}, ${scheme}: axe finds nothing, nothing is wider than the screen, nobody else is asked`, async () => {
        const citizens = [server.sandbox!.platforms.zalo.newCitizen(), server.sandbox!.platforms.facebook.newCitizen()]
        for (const citizen of citizens) {
          await citizen.starts()
          await citizen.says('tôi quên mật khẩu vneid thì làm sao')
          await citizen.says('gặp cán bộ')
          await citizen.waitFor(({ text }) => /cán bộ sẽ|Cán bộ/i.test(text))
        }
        const { context, page, problems } = await officer('Nguyễn Văn Quản', { size, scheme })
        const look = async (name: string, path: string): Promise<void> => {
          if (path !== '') await page.goto(server.url + path)
          await expectGood(page, name)
          await take(page, `console-${name}-${at}-${scheme}`)
        }
        await look('overview', '/quan-tri')
        await look('waiting', '/quan-tri/cho')
        await page.getByRole('link', { name: /^Xem và nhận/ }).first().click()
        await look('claim', '')
        await page.getByRole('button', { name: 'Nhận và đọc cuộc trò chuyện' }).click()
        await page.getByLabel('Lời của anh chị').fill('Chào bà con, cán bộ đang xem.')
        await page.getByRole('button', { name: 'Gửi trả lời' }).click()
        await page.getByText('Đã nhận lời của anh chị').waitFor()
        await page.locator('.talk .staff').getByText('Chào bà con, cán bộ đang xem.').waitFor()
        await page.locator('summary').first().click()
        await look('case', '')
        await look('held', '/quan-tri/cho')
        await look('password', '/quan-tri/mat-khau')
        await look('components', '/quan-tri/thanh-phan')
        await page.getByRole('button', { name: 'Đăng xuất', exact: true }).click()
        await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor()
        await look('sign-in', '')
        expect(problems).toEqual([])
        await context.close()
      })
    }
  }

  it('by keyboard alone one signs in and reaches the list', async () => {
    const page = await pages.browser.newPage({ viewport: desktop })
    await page.goto(`${server.url}/quan-tri/dang-nhap`)
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Đến nội dung')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Lò Thị Mai')
    await page.keyboard.press('Tab')
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Tổng quan', level: 1 }).waitFor()
    for (let n = 0; n < 4; n++) await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Chờ cán bộ')
    await page.close()
  })
})
