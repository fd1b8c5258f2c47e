import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import chromiumPackage from '@sparticuz/chromium'
import { chromium, type Browser } from 'playwright-core'

const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
]

/** A real browser: `CHROMIUM_PATH`, Debian's, or the one that comes from npm. Fails where there is none: a page nobody looked at is not tested. */
export async function launchBrowser(): Promise<Browser> {
  const given = process.env['CHROMIUM_PATH']
  const executablePath = given ?? (existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : await unpacked())
  if (!existsSync(executablePath)) throw new Error(`no browser at ${executablePath}: set CHROMIUM_PATH`)
  return chromium.launch({ executablePath, args: flags, headless: true })
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
