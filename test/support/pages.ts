import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { PasswordCost } from '../../src/console/password.ts'
import { silentLog } from '../../src/core/ports.ts'
import { startServer, type RunningServer } from '../../src/server.ts'
import { faults, fitsTheScreen, launchBrowser } from './browser.ts'

/** The real server with the sandbox on, and a real browser. */
export interface Pages {
  /** Theirs alone; the store lives in it. */
  folder: string
  server: RunningServer
  browser: Browser
  close(): Promise<void>
}

/** Where the store of `openPages` lives. */
export const storeIn = (folder: string): string => `sqlite:${folder}/pages.db?sync=normal`

/** `prepare`: what happens in the folder before the server starts, and the settings it starts with beside the usual ones. */
export async function openPages(prepare: (folder: string) => Promise<Record<string, string>> = async () => ({}), given: { passwordCost?: PasswordCost } = {}): Promise<Pages> {
  const folder = mkdtempSync(join(tmpdir(), 'camnang-pages-'))
  const env = { SANDBOX: '1', PORT: '0', STORE: storeIn(folder), ...await prepare(folder) }
  const [server, browser] = await Promise.all([startServer(env, { log: silentLog, ...given }), launchBrowser()])
  return {
    folder, server, browser,
    async close() {
      await browser.close()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Expects what every page must be: axe finds nothing, nothing is wider than the screen. */
export async function expectGood(page: Page, name: string): Promise<void> {
  expect(await faults(page), name).toEqual([])
  expect(await fitsTheScreen(page), name).toBe(true)
}

/** A picture for people to look at, in `test/screenshots`. Taken where `SCREENSHOTS=1` asks for it: nothing compares it, and it takes as long as axe does. */
export async function take(page: Page, name: string, fullPage = true): Promise<void> {
  if (process.env['SCREENSHOTS'] === '1') await page.screenshot({ path: `test/screenshots/${name}.png`, fullPage })
}
