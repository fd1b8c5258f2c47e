import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import chromiumPackage from '@sparticuz/chromium'
import { chromium, type Browser, type Page } from 'playwright-core'

const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
]

/** A real browser: `CHROMIUM_PATH`, Debian's, or the one that comes from npm. Fails where there is none: a page nobody looked at is not tested. */
export async function launchBrowser(): Promise<Browser> {
  const given = process.env['CHROMIUM_PATH']
  const executablePath = given ?? (existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : await unpacked())
  if (!existsSync(executablePath)) throw new Error(`no browser at ${executablePath}: set CHROMIUM_PATH`)
  // Days are shown as on officers' machines: 24/10/2026.
  return chromium.launch({ executablePath, args: flags, headless: true, env: { ...process.env, LC_ALL: 'vi_VN.UTF-8' } })
}

/**
 * The npm package carries the browser compressed and unpacks it into the temporary folder without looking whether another
 * process is still unpacking there. So it is unpacked into a folder of its own, which then gets its name in one step.
 */
async function unpacked(): Promise<string> {
  const modules = join(import.meta.dirname, '../../node_modules')
  const { version } = JSON.parse(readFileSync(join(modules, '@sparticuz/chromium/package.json'), 'utf8')) as { version: string }
  const cache = join(modules, '.cache')
  const home = join(cache, `chromium-${version}`)
  if (!existsSync(home)) {
    mkdirSync(cache, { recursive: true })
    const own = mkdtempSync(join(cache, 'unpacking-'))
    const before = process.env['TMPDIR']
    process.env['TMPDIR'] = own
    try {
      await chromiumPackage.executablePath()
      renameSync(own, home)
    } catch (error) {
      rmSync(own, { recursive: true, force: true })
      if (!existsSync(home)) throw error
    } finally {
      if (before === undefined) delete process.env['TMPDIR']
      else process.env['TMPDIR'] = before
    }
  }
  return join(home, 'chromium')
}

/** Every page is looked at in both widths and both colour schemes, each once: a desk by day, a phone by night. `ALL_LOOKS=1` takes every pair. */
export const looksAt = (width: string, scheme: string): boolean => process.env['ALL_LOOKS'] === '1' || (width === 'desktop') === (scheme === 'light')

export const phone = { width: 360, height: 740 }
export const desktop = { width: 1280, height: 860 }

const axe = readFileSync(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8')
interface Finding { id: string; nodes: { html: string; failureSummary?: string }[] }

/** What axe finds wrong on the page, each with the element and why. A page's own policy lets no foreign script in: axe is evaluated beside it. */
export async function faults(page: Page): Promise<string[]> {
  const found = await page.evaluate<Finding[]>(`${axe}; axe.run().then(({ violations }) => violations)`)
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`))
}

/** Whether nothing on the page is wider than the screen. */
export const fitsTheScreen = (page: Page): Promise<boolean> => page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')

const onThisMachine = (url: string): boolean => /^(data:|http:\/\/127\.0\.0\.1:)/.test(url)

/**
 * What goes wrong on the page from now on, in a list that grows: errors of its scripts, errors on its console, requests to
 * anybody else than `isOwn` lets pass. `isExpected`: an error on the console that is what the test asks for.
 */
export function problemsOf(page: Page, { isOwn = onThisMachine, isExpected = () => false }: { isOwn?: (url: string) => boolean; isExpected?: (said: string) => boolean } = {}): string[] {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => void (message.type() === 'error' && !isExpected(message.text()) && problems.push(message.text())))
  page.on('request', (request) => void (isOwn(request.url()) || problems.push(`asked ${new URL(request.url()).host}`)))
  return problems
}
