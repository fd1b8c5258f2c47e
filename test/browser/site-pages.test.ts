import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadContent, type Content } from '../../src/content.ts'
import { silentLog } from '../../src/core/ports.ts'
import { writeBuilt } from '../../src/node/built-folder.ts'
import { readContentFolders } from '../../src/node/files.ts'
import { contentOptions, wordFolders } from '../../src/node/words.ts'
import { startServer, type RunningServer } from '../../src/server.ts'
import { buildSite } from '../../src/site/build.ts'
import { contentWith, voice } from '../site/support.ts'
import { launchBrowser } from '../support/browser.ts'
import { sampleArticle } from '../support/content.ts'

/** The pages as a citizen's phone and a commune's printer show them: the real server, the real words. */
let folder: string
let server: RunningServer
let browser: Browser
let content: Content
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camnang-site-'))
  mkdirSync('test/screenshots', { recursive: true })
  const [started, launched] = await Promise.all([
    startServer({ SANDBOX: '1', PORT: '0', STORE: `sqlite:${folder}/site.db?sync=normal` }, { log: silentLog }),
    launchBrowser(),
  ])
  const read = loadContent(await readContentFolders(wordFolders({ flowsDir: 'flows', contentDir: 'content' })), contentOptions)
  if ('problems' in read) throw new Error('the words cannot be read')
  content = read.content
  server = started
  browser = launched
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')
interface Finding { id: string; nodes: { html: string; failureSummary?: string }[] }

async function faults(page: Page): Promise<string[]> {
  const found = await page.evaluate<Finding[]>(`${axe}; axe.run().then(({ violations }) => violations)`)
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`))
}

async function open(path: string, colorScheme: 'light' | 'dark' = 'light'): Promise<Page & { problems: string[] }> {
  const page = await browser.newPage({ viewport: { width: 360, height: 740 }, colorScheme, locale: 'vi-VN' })
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => void (message.type() === 'error' && !message.text().includes('404') && problems.push(message.text())))
  page.on('request', (request) => void (/^(data:|http:\/\/127\.0\.0\.1:)/.test(request.url()) || problems.push(`asked ${new URL(request.url()).host}`)))
  await page.goto(server.url + path)
  return Object.assign(page, { problems })
}

const pages = { card: '/bai/tv-06-quet-ma-qr', short: '/muc/vneid-legal-value', steps: '/muc/scam-otp', picture: '/muc/dx-day-activities', index: '/muc', unknown: '/muc/vneid-forgot', home: '/', privacy: '/privacy', gone: '/tep/khong-co' }

describe('on a phone 360 pixels wide', () => {
  for (const scheme of ['light', 'dark'] as const) {
    for (const [name, path] of Object.entries(pages)) {
      it(`${name}, ${scheme}: axe finds nothing, nothing is wider than the screen, nobody else is asked`, async () => {
        const page = await open(path, scheme)
        expect(await faults(page)).toEqual([])
        expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
        expect(page.problems).toEqual([])
        await page.screenshot({ path: `test/screenshots/site-${name}-${scheme}.png`, fullPage: name !== 'index' })
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
    await page.screenshot({ path: 'test/screenshots/site-print.png' })
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
    await writeBuilt(join(folder, 'site'), built)
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } })
    for (const { name } of built) {
      await page.goto(`file://${join(folder, 'site', name)}`)
      expect([name, ...await faults(page)]).toEqual([name])
      await page.screenshot({ path: `test/screenshots/site-file-${name.replaceAll('/', '-')}.png`, fullPage: true })
    }
    await page.goto(`file://${join(folder, 'site', 'muc', 'a.html')}`)
    await page.getByRole('link', { name: 'Mục b' }).click()
    await page.getByText('đang được rà soát lại').waitFor()
    await page.getByRole('link', { name: 'Tất cả các mục' }).click()
    expect(page.url()).toBe(`file://${join(folder, 'site', 'index.html')}`)
    await page.close()
  })
})
