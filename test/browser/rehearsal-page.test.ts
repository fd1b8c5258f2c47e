import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLog } from '../../src/core/ports.ts'
import { startServer, type RunningServer } from '../../src/server.ts'
import { launchBrowser } from '../support/browser.ts'

/** The page as a province meets it: the real server, the real words, a real browser, no mouse. */
let folder: string
let server: RunningServer
let browser: Browser
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camnang-page-'))
  mkdirSync('test/screenshots', { recursive: true })
  const [started, launched] = await Promise.all([
    startServer({ SANDBOX: '1', PORT: '0', STORE: `sqlite:${folder}/page.db?sync=normal` }, { log: silentLog }),
    launchBrowser(),
  ])
  server = started
  browser = launched
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const sizes = { desktop: { width: 1366, height: 860 }, phone: { width: 390, height: 844 } }
const names = { zalo: 'Zalo', facebook: 'Messenger', telegram: 'Telegram' } as const
type Channel = keyof typeof names

async function open(size: keyof typeof sizes = 'desktop', colorScheme: 'light' | 'dark' = 'light'): Promise<Page & { problems: string[] }> {
  const page = await browser.newPage({ viewport: sizes[size], colorScheme, reducedMotion: 'reduce', locale: 'vi-VN' })
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => void (message.type() === 'error' && problems.push(message.text())))
  page.on('request', (request) => void (request.url().startsWith(server.sandbox!.origin) || problems.push(`asked ${new URL(request.url()).host}`)))
  await page.goto(server.sandbox!.pageUrl)
  await page.getByRole('log', { name: 'Cuộc trò chuyện Zalo' }).getByText('Bấm một nút để bắt đầu').waitFor()
  return Object.assign(page, { problems })
}

const phone = (page: Page, channel: Channel): Locator => page.getByRole('region', { name: names[channel] })
const log = (page: Page, channel: Channel): Locator => phone(page, channel).getByRole('log')

/** Types into whatever has the focus, as a keyboard does. */
async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

/** Presses Tab until this has the focus. */
async function tabTo(page: Page, goal: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await goal.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('the keyboard does not get there')
}

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')
interface Finding { id: string; nodes: { html: string; failureSummary?: string }[] }
async function faults(page: Page): Promise<string[]> {
  // The page's own policy lets no foreign script in; the tester's tools come in beside it.
  const found = await page.evaluate<Finding[]>(`${axe}; axe.run().then(({ violations }) => violations)`)
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`))
}

describe('a conversation with the keyboard alone', () => {
  it('Zalo: start button, menu, a button under a message, a free question', async () => {
    const page = await open()
    await tabTo(page, log(page, 'zalo').getByRole('button', { name: 'Nhắn tin' }))
    await page.keyboard.press('Enter')
    await log(page, 'zalo').getByText('máy, không phải người').waitFor()
    expect(await phone(page, 'zalo').getByRole('textbox', { name: 'Tin nhắn gửi qua Zalo' }).evaluate((input) => input === document.activeElement)).toBe(true)
    await type(page, 'menu')
    const first = log(page, 'zalo').getByRole('button').first()
    await first.waitFor()
    const title = await first.textContent()
    await tabTo(page, first)
    await page.keyboard.press('Space')
    await log(page, 'zalo').locator('.citizen.tapped', { hasText: title! }).waitFor()
    await tabTo(page, phone(page, 'zalo').getByLabel('Tin nhắn gửi qua Zalo'))
    await type(page, 'quen mat khau vneid lam sao')
    await log(page, 'zalo').getByText('Nguồn:').waitFor()
    expect(page.problems).toEqual([])
    await page.close()
  })

  it('Messenger: a leaflet, quick replies that go, staff who take over', async () => {
    const page = await open()
    await tabTo(page, phone(page, 'facebook').getByLabel('Mở bằng mã QR'))
    await type(page, 'vneid')
    await log(page, 'facebook').getByText('Mở bằng mã QR “vneid”').waitFor()
    const quick = phone(page, 'facebook').getByRole('group', { name: 'Trả lời nhanh' })
    await quick.getByRole('button').first().waitFor()
    await tabTo(page, phone(page, 'facebook').getByLabel('Cán bộ trả lời'))
    await type(page, 'Chào bác, cháu là cán bộ trực ạ.')
    await log(page, 'facebook').getByText('cháu là cán bộ trực ạ').waitFor()
    await quick.waitFor({ state: 'hidden' })
    expect(page.problems).toEqual([])
    await page.close()
  })

  it('Telegram: start, a picture, blocking and coming back, a new person', async () => {
    const page = await open()
    await tabTo(page, log(page, 'telegram').getByRole('button', { name: 'Bắt đầu' }))
    await page.keyboard.press('Enter')
    await log(page, 'telegram').getByText('máy, không phải người').waitFor()
    await tabTo(page, phone(page, 'telegram').getByRole('button', { name: 'Gửi ảnh' }))
    await page.keyboard.press('Enter')
    await log(page, 'telegram').getByRole('img', { name: 'Một tấm ảnh' }).waitFor()
    await tabTo(page, phone(page, 'telegram').getByRole('button', { name: 'Chặn' }))
    await page.keyboard.press('Enter')
    await log(page, 'telegram').getByText('đã chặn tài khoản').waitFor()
    await page.keyboard.press('Enter')
    await log(page, 'telegram').getByText('đã bỏ chặn').waitFor()
    await tabTo(page, phone(page, 'telegram').getByRole('button', { name: 'Người mới' }))
    await page.keyboard.press('Enter')
    await log(page, 'telegram').getByText('Bấm một nút để bắt đầu').waitFor()
    expect(page.problems).toEqual([])
    await page.close()
  })

  it('a reload keeps the conversation', async () => {
    const page = await open()
    await tabTo(page, phone(page, 'zalo').getByLabel('Tin nhắn gửi qua Zalo'))
    await type(page, 'xin chào')
    await log(page, 'zalo').locator('.bot').first().waitFor()
    await page.reload()
    await log(page, 'zalo').locator('.citizen', { hasText: 'xin chào' }).waitFor()
    await page.close()
  })
})

describe('looks', () => {
  for (const size of ['desktop', 'phone'] as const) {
    for (const scheme of ['light', 'dark'] as const) {
      it(`${size}, ${scheme}: axe finds nothing before and in a conversation`, async () => {
        const page = await open(size, scheme)
        expect(await faults(page)).toEqual([])
        await page.screenshot({ path: `test/screenshots/page-${size}-${scheme}-open.png` })
        for (const channel of ['zalo', 'facebook', 'telegram'] as const) {
          if (size === 'phone') await page.getByRole('button', { name: names[channel], exact: true }).press('Enter')
          const input = phone(page, channel).getByLabel('Tin nhắn gửi qua')
          await input.focus()
          await type(page, 'chào')
          await log(page, channel).getByText('máy, không phải người').waitFor()
          await type(page, 'quen mat khau vneid lam sao')
          await log(page, channel).getByText('Nguồn:').waitFor()
          if (size === 'phone') {
            expect(await faults(page)).toEqual([])
            await page.screenshot({ path: `test/screenshots/page-${size}-${scheme}-${channel}.png` })
          }
        }
        if (size === 'desktop') {
          expect(await faults(page)).toEqual([])
          await page.screenshot({ path: `test/screenshots/page-${size}-${scheme}-talk.png`, fullPage: true })
        }
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
        expect(page.problems).toEqual([])
        await page.close()
      })
    }
  }
})
