import { createHmac } from 'node:crypto'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faults, fitsTheScreen, problemsOf } from '../support/browser.ts'
import { openPages, take, type Pages } from '../support/pages.ts'

/** The page as a province meets it: the real server, the real words, a real browser, no mouse. */
let opened: Pages
let server: Pages['server']
let browser: Pages['browser']
beforeAll(async () => {
  opened = await openPages()
  ;({ server, browser } = opened)
})
afterAll(() => opened?.close())

const sizes = { desktop: { width: 1366, height: 860 }, phone: { width: 390, height: 844 } }
const names = { zalo: 'Zalo', facebook: 'Messenger', telegram: 'Telegram' } as const
type Channel = keyof typeof names

async function open(size: keyof typeof sizes = 'desktop', colorScheme: 'light' | 'dark' = 'light'): Promise<Page & { problems: string[] }> {
  const page = await browser.newPage({ viewport: sizes[size], colorScheme, reducedMotion: 'reduce', locale: 'vi-VN' })
  const problems = problemsOf(page, { isOwn: (url) => url.startsWith(server.sandbox!.origin) })
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

const hasFocus = async (element: Locator): Promise<boolean> => (await element.and(element.page().locator(':focus')).count()) === 1

/** Presses Tab until this has the focus. */
async function tabTo(page: Page, goal: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await hasFocus(goal)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('the keyboard does not get there')
}

describe('a conversation with the keyboard alone', () => {
  it('Zalo: start button, menu, a button under a message, a free question', async () => {
    const page = await open()
    await tabTo(page, log(page, 'zalo').getByRole('button', { name: 'Nhắn tin' }))
    await page.keyboard.press('Enter')
    await log(page, 'zalo').getByText('máy, không phải người').waitFor()
    expect(await hasFocus(phone(page, 'zalo').getByLabel('Tin nhắn gửi qua Zalo'))).toBe(true)
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

  it('whom a new start of the server has forgotten goes on as somebody new, and is told why', async () => {
    const page = await open()
    const told = log(page, 'zalo').getByText('Từ đây là một người mới')
    expect(await told.count()).toBe(0)
    await page.evaluate(`sessionStorage.setItem('zalo', 'nguoi-truoc')`)
    await page.reload()
    await told.waitFor()
    await tabTo(page, log(page, 'zalo').getByRole('button', { name: 'Nhắn tin' }))
    await page.keyboard.press('Enter')
    await log(page, 'zalo').getByText('máy, không phải người').waitFor()
    await page.close()
  })

  it('Messenger with a pushed profile: suggested questions, the menu', async () => {
    const { appSecrets, accounts: [account] } = server.sandbox!.settings.facebook
    const action = { type: 'postback', title: 'Gặp cán bộ', payload: 'k:human' }
    const pushed = await fetch(`${server.sandbox!.origin}/v26.0/me/messenger_profile`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${account!.pageToken}` },
      body: JSON.stringify({
        appsecret_proof: createHmac('sha256', appSecrets[0]!).update(account!.pageToken).digest('hex'),
        get_started: { payload: 'GET_STARTED' },
        ice_breakers: [{ locale: 'default', call_to_actions: [{ question: 'Tôi muốn gặp người', payload: 'k:human' }] }],
        persistent_menu: [{ locale: 'default', composer_input_disabled: false, call_to_actions: [action] }],
      }),
    })
    expect(pushed.status).toBe(200)
    const page = await open()
    await tabTo(page, log(page, 'facebook').getByRole('button', { name: 'Tôi muốn gặp người' }))
    await page.keyboard.press('Enter')
    await log(page, 'facebook').locator('.citizen', { hasText: 'Tôi muốn gặp người' }).waitFor()
    await log(page, 'facebook').locator('.bot').first().waitFor()
    const opener = phone(page, 'facebook').getByRole('button', { name: 'Menu', exact: true })
    await tabTo(page, opener)
    await page.keyboard.press('Enter')
    const item = phone(page, 'facebook').locator('.menu').getByRole('button', { name: 'Gặp cán bộ' })
    await tabTo(page, item)
    expect(await faults(page)).toEqual([])
    await take(page, 'page-menu', false)
    await page.keyboard.press('Escape')
    expect(await hasFocus(opener)).toBe(true)
    await page.keyboard.press('Enter')
    await tabTo(page, item)
    await page.keyboard.press('Enter')
    await log(page, 'facebook').locator('.citizen', { hasText: 'Gặp cán bộ' }).waitFor()
    expect(await item.isVisible()).toBe(false)
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
        await take(page, `page-${size}-${scheme}-open`, false)
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
            await take(page, `page-${size}-${scheme}-${channel}`, false)
          }
        }
        if (size === 'desktop') {
          expect(await faults(page)).toEqual([])
          await take(page, `page-${size}-${scheme}-talk`)
        }
        expect(await fitsTheScreen(page)).toBe(true)
        expect(page.problems).toEqual([])
        await page.close()
      })
    }
  }
})
