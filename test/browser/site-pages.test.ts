import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Content } from '../../src/content.ts'
import { writeBuilt } from '../../src/node/built-folder.ts'
import { buildSite } from '../../src/site/build.ts'
import { contentWith, voice } from '../site/support.ts'
import { faults, phone, problemsOf } from '../support/browser.ts'
import { sampleArticle } from '../support/content.ts'
import { expectGood, openPages, take, type Pages } from '../support/pages.ts'
import { realContent } from '../support/real-content.ts'

/** The pages as a citizen's phone and a commune's printer show them: the real server, the real words. */
let opened: Pages
let server: Pages['server']
let browser: Pages['browser']
let content: Content
beforeAll(async () => {
  ;[opened, content] = await Promise.all([openPages(), realContent()])
  ;({ server, browser } = opened)
})
afterAll(() => opened?.close())

async function open(path: string, colorScheme: 'light' | 'dark' = 'light'): Promise<Page & { problems: string[] }> {
  const page = await browser.newPage({ viewport: phone, colorScheme, locale: 'vi-VN' })
  const problems = problemsOf(page, { isExpected: (said) => said.includes('404') })
  await page.goto(server.url + path)
  return Object.assign(page, { problems })
}

const pages = { card: '/bai/tv-06-quet-ma-qr', short: '/muc/vneid-legal-value', steps: '/muc/scam-otp', picture: '/muc/dx-day-activities', index: '/muc', unknown: '/muc/vneid-forgot', home: '/', privacy: '/privacy', gone: '/tep/khong-co' }

describe('on a phone 360 pixels wide', () => {
  for (const scheme of ['light', 'dark'] as const) {
    for (const [name, path] of Object.entries(pages)) {
      it(`${name}, ${scheme}: axe finds nothing, nothing is wider than the screen, nobody else is asked`, async () => {
        const page = await open(path, scheme)
        await expectGood(page, name)
        expect(page.problems).toEqual([])
        await take(page, `site-${name}-${scheme}`, name !== 'index')
        await page.close()
      })
    }
  }
})

describe('on paper', () => {
  /** As many pages as a printer would print. */
  async function sheets(page: Page): Promise<number> {
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(pdf).toContain('/MediaBox [0 0 420 594.95996]')
    return Math.max(...[...pdf.matchAll(/\/Count (\d+)/g)].map(([, count]) => Number(count)))
  }

  it('every article is one A5 page', async () => {
    const { pages: built } = await buildSite({ content, day: '2026-11-21', accounts: { zalo: '43', facebook: '44' }, url: null, origin: 'https://camnang.tinhmau.example' })
    const page = await browser.newPage({ viewport: { width: 484, height: 726 } })
    await page.emulateMedia({ media: 'print' })
    const heights: { name: string; text: string; height: number }[] = []
    for (const { name, text } of built.filter((one) => one.name.startsWith('muc/'))) {
      await page.setContent(text)
      heights.push({ name, text, height: await page.evaluate<number>('document.body.scrollHeight') })
    }
    heights.sort((a, b) => b.height - a.height)
    // The viewport is what A5 leaves within its margins; a browser's printer has the last word on the tallest.
    expect(heights.filter(({ height }) => height > 726).map(({ name }) => name)).toEqual([])
    for (const { name, text } of heights.slice(0, 5)) {
      await page.setContent(text)
      expect([name, await sheets(page)]).toEqual([name, 1])
    }
    await take(page, 'site-print', false)
    await page.close()
  })

  it('all lesson cards come out at once, each on a page of its own', async () => {
    const page = await browser.newPage()
    await page.goto(`${server.url}/bai`)
    const cards = await page.locator('.screen a').count()
    expect(cards).toBeGreaterThanOrEqual(10)
    expect(await sheets(page)).toBe([...content.articles.keys()].filter((id) => id.startsWith('tv-')).length)
    await page.close()
  })
})

describe('as files, opened from a memory stick', () => {
  const sample = contentWith([
    sampleArticle('a', { related: ['b'], assets: ['khung'], loudspeaker: 'Kính thưa bà con.', audio: [{ language: 'tiếng Mông', asset: voice.id, translatedBy: 'Bà Giàng', checkedBy: 'Ông Lý' }] }),
    sampleArticle('b', { reviewBy: '2026-10-09' }),
  ])
  it('every page passes axe, and one leads to the other', async () => {
    const { pages: built } = await buildSite({ content: sample, day: '2026-10-10', accounts: { zalo: '43', facebook: '44' }, url: 'https://xamau.example', origin: null })
    await writeBuilt(join(opened.folder, 'site'), built)
    const page = await browser.newPage({ viewport: phone })
    for (const { name } of built) {
      await page.goto(`file://${join(opened.folder, 'site', name)}`)
      expect([name, ...await faults(page)]).toEqual([name])
      await take(page, `site-file-${name.replaceAll('/', '-')}`)
    }
    await page.goto(`file://${join(opened.folder, 'site', 'muc', 'a.html')}`)
    await page.getByRole('link', { name: 'Mục b' }).click()
    await page.getByText('đang được rà soát lại').waitFor()
    await page.getByRole('link', { name: 'Tất cả các mục' }).click()
    expect(page.url()).toBe(`file://${join(opened.folder, 'site', 'index.html')}`)
    await page.close()
  })
})
