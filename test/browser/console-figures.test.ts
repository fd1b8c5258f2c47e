import { readFileSync } from 'node:fs'
import { strFromU8, unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../src/campaign/engine.ts'
import { DAY, vietnamDay } from '../../src/core/time.ts'
import { campaignText, readCampaign } from '../campaign/support.ts'
import { compose, rules } from '../campaign/world.ts'
import { desktop, looksAt, phone } from '../support/browser.ts'
import { standardSettings } from '../support/campaign-settings.ts'
import { openStaffPages, type StaffPages } from '../support/officers.ts'
import { expectGood, take } from '../support/pages.ts'
import { anOutcome } from '../support/store-fixtures.ts'

/** Figures, comments, codes, the register and the report as officers use them. */
const [editor, duty, admin] = ['Trần Biên Tập', 'Lò Thị Mai', 'Nguyễn Văn Quản'] as const
let pages: StaffPages
let server: StaffPages['server']
let officer: StaffPages['officer']
const now = Date.now()

/** Sixty days in which people asked more and more. */
async function* days() {
  const asked = ['dvc-forgot-password', 'pay-qr-how', 'dvc-birth-bundle', 'scam-otp', 'vneid-register-level2', 'dvc-how-to-submit', 'community-digital-team', 'scammed-what-to-do']
  for (let back = 60; back >= 0; back--) {
    const day = vietnamDay(now - back * DAY)
    for (const [n, article] of asked.entries()) {
      for (const account of ['zalo:4300112233445566778', 'facebook:1029384756', 'telegram:7000000001'] as const) {
        const count = Math.round((70 - back) * (1.4 - n / 8) + (back % 7) * 3)
        yield { table: 'outcome' as const, row: { ...anOutcome({ day, account, article, helpful: n % 3 === 0 ? 'yes' : n === 4 ? 'no' : null, entry: n === 2 ? 'khai-sinh--cho-trung-tam' : n === 5 ? 'mot-cua' : null }), count } }
        if (n < 3) yield { table: 'outcome' as const, row: { ...anOutcome({ day, account, status: (['no_source_found', 'menu', 'handover'] as const)[n]!, handover: n === 2 }), count: 4 + n } }
      }
    }
    for (const [at, step] of ['dung', 'tien', 'the'].entries()) yield { table: 'outcome' as const, row: { ...anOutcome({ day, status: 'flow', flow: 'bi-lua', step }), count: 12 - at * 4 } }
  }
}

beforeAll(async () => {
  pages = await openStaffPages({
    staff: { [editor]: 'editor', [duty]: 'duty', [admin]: 'admin' },
    prepare: async ({ store }) => {
      await store.loadRows(days())
      const world = { world: async () => ({ compose: compose(), rules }), settings: standardSettings }
      const made = await createEngine({ ...world, store, accounts: [], now: () => now }).draft(readCampaign(campaignText({ post: '    means: { telegram: direct }' }).replace('Đợt thử', 'Hưởng ứng Ngày Chuyển đổi số quốc gia 10/10')), { actor: { name: editor, role: 'editor', via: 'console' }, why: '' })
      if ('refused' in made) throw new Error(made.refused.join())
      return {}
    },
  })
  ;({ server, officer } = pages)
})
afterAll(() => pages?.close())

async function downloaded(page: Page, press: () => Promise<void>): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), press()])
  return readFileSync(await file.path())
}

describe('comments under our posts', () => {
  it('are answered in private and in public, on the platform\'s stand-in; the author goes on in the conversation', async () => {
    const platform = server.sandbox!.platforms.facebook
    const citizen = platform.newCitizen()
    const { comment, status } = await server.sandbox!.comments.says(citizen.userId, 'Cho hỏi nộp hồ sơ khai sinh ở đâu ạ?')
    expect(status).toBe(200)
    await server.sandbox!.comments.says(platform.newCitizen().userId, 'Mình là Nam, gọi mình 0912 345 678 nhé')
    const { context, page, problems } = await officer(duty)
    await page.getByRole('link', { name: 'Bình luận', exact: true }).click()
    await page.getByRole('heading', { name: 'Lộ số điện thoại, số giấy tờ (1)' }).waitFor()
    const mine = page.locator('article', { hasText: 'nộp hồ sơ khai sinh' })
    await mine.locator('summary', { hasText: 'Nhắn riêng' }).click()
    await mine.getByLabel('Lời nhắn riêng').fill('Chào bà con, mời bà con nộp tại dichvucong.gov.vn.')
    await mine.getByRole('button', { name: 'Gửi lời nhắn riêng' }).click()
    await page.getByText('Đã gửi lời nhắn riêng.').waitFor()
    await citizen.waitFor(({ text }) => text === 'Chào bà con, mời bà con nộp tại dichvucong.gov.vn.')
    expect(comment.privately).toContain('dichvucong.gov.vn')
    await page.locator('summary', { hasText: 'Đã xong (1)' }).click()
    const answered = page.locator('article', { hasText: 'nộp hồ sơ khai sinh' })
    await answered.locator('summary', { hasText: 'Trả lời công khai' }).click()
    await answered.getByLabel('Lời trả lời công khai').fill('Trang đã nhắn riêng, mời bà con xem tin.')
    await answered.getByRole('button', { name: 'Đăng lời trả lời' }).click()
    await page.getByText('Đã đăng lời trả lời công khai.').waitFor()
    expect(comment.publicly).toEqual(['Trang đã nhắn riêng, mời bà con xem tin.'])
    await citizen.says('cảm ơn')
    await citizen.waitFor(({ text }) => text.includes('Chào bà con!'))
    expect(problems).toEqual([])
    await context.close()
  })
})

describe('a report, from the register to the file', () => {
  it('without JavaScript: units, a task by hand, a unit\'s own file, then the document and the workbook', async () => {
    const { context, page } = await officer(editor, { javaScript: false })
    await page.getByText('Mục khác').click()
    await page.getByRole('link', { name: 'Việc các đơn vị', exact: true }).click()
    await page.getByLabel('Mỗi đơn vị một dòng').fill('UBND phường Mẫu Một\nUBND xã Bản Mẫu\nSở Văn hóa, Thể thao và Du lịch\nTỉnh đoàn')
    await page.getByRole('button', { name: 'Lưu danh sách' }).click()
    await page.getByText('Đã lưu danh sách đơn vị.').waitFor()
    await page.getByRole('link', { name: /^Mở sổ/ }).click()
    await page.getByLabel('Đơn vị', { exact: true }).fill('UBND xã Bản Mẫu')
    await page.getByLabel('Việc', { exact: true }).selectOption('team')
    await page.getByLabel('Ngày xong').fill(vietnamDay(now - DAY))
    await page.getByLabel('Số lượng').fill('126')
    await page.getByRole('button', { name: 'Ghi vào sổ' }).click()
    await page.getByText('Đã ghi vào sổ.').waitFor()
    await page.getByLabel('Tải mẫu cho đơn vị').selectOption('UBND xã Bản Mẫu')
    const form = await downloaded(page, () => page.getByRole('button', { name: 'Tải mẫu (.xlsx)' }).click())
    await page.getByLabel('Tệp .xlsx của một đơn vị').setInputFiles({ name: 'ban-mau.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: form })
    await page.getByRole('button', { name: 'Nhận tệp' }).click()
    await page.getByText('0 việc mới, 0 việc cập nhật').waitFor()
    await page.getByRole('heading', { name: 'Chưa báo (3)' }).waitFor()
    await page.getByRole('link', { name: 'Làm báo cáo của đợt này' }).click()
    await page.getByLabel('Kết quả nổi bật').fill('Bà con hưởng ứng, tỷ lệ trả lời ngay cao.')
    await page.getByRole('button', { name: 'Lưu phần này' }).click()
    await page.getByText('Đã lưu. Tải lại báo cáo').waitFor()
    const document = unzipSync(await downloaded(page, () => page.getByRole('link', { name: 'Tải báo cáo (.docx)' }).click()))
    const workbook = unzipSync(await downloaded(page, () => page.getByRole('link', { name: 'Tải số liệu (.xlsx)' }).click()))
    const xml = strFromU8(document['word/document.xml']!)
    for (const said of ['126 lượt người dân', 'Bà con hưởng ứng, tỷ lệ trả lời ngay cao.', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM']) expect(xml).toContain(said)
    await context.close()

    // Every part of both files is XML that a parser takes.
    const { context: other, page: parser } = await officer(editor)
    for (const [name, bytes] of [...Object.entries(document), ...Object.entries(workbook)]) {
      if (!/\.(xml|rels)$/.test(name)) continue
      const parsed = await parser.evaluate<string | null, string>((text) => {
        const made = new (globalThis as unknown as { DOMParser: new () => { parseFromString(text: string, type: string): { querySelector(what: string): { textContent: string } | null } } }).DOMParser()
        return made.parseFromString(text, 'application/xml').querySelector('parsererror')?.textContent ?? null
      }, strFromU8(bytes))
      expect(parsed, name).toBeNull()
    }
    await other.close()
  })
})

describe('every page, at a desk and on a phone, light and dark', () => {
  for (const [at, size] of [['desktop', desktop], ['phone', phone]] as const) {
    for (const scheme of ['light', 'dark'] as const) {
      if (!looksAt(at, scheme)) continue
      it(`${at}, ${scheme}: axe finds nothing, nothing is wider than the screen, nobody else is asked`, async () => {
        const { context, page, problems } = await officer(admin, { size, scheme })
        const look = async (name: string, path: string): Promise<void> => {
          await page.goto(server.url + path)
          for (const summary of await page.locator('summary').all()) await summary.click()
          await expectGood(page, name)
          await take(page, `console-${name}-${at}-${scheme}`)
        }
        await look('figures', '/quan-tri/so-lieu')
        await look('comments', '/quan-tri/binh-luan')
        await look('links', '/quan-tri/qr?mo=khai-sinh&noi=ch%E1%BB%A3%20trung%20t%C3%A2m')
        await look('poster', `/quan-tri/qr/in?mo=khai-sinh&noi=cho&tk=${encodeURIComponent(`zalo:${server.sandbox!.platforms.zalo.accountId}`)}`)
        await look('register-list', '/quan-tri/viec')
        await look('register', '/quan-tri/viec/dot-thu')
        await look('report', '/quan-tri/bao-cao?loai=nam')
        expect(problems).toEqual([])
        await context.close()
      })
    }
  }

  it('a poster fits on one sheet of A4', async () => {
    const { context, page } = await officer(admin)
    await page.goto(`${server.url}/quan-tri/qr/in?mo=khai-sinh&tk=${encodeURIComponent(`zalo:${server.sandbox!.platforms.zalo.accountId}`)}`)
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1')
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: 703, height: 1032 })
    await take(page, 'print-poster', false)
    await context.close()
  })
})
