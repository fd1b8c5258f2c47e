import type { BrowserContext, Page } from 'playwright-core'
import type { StaffRole } from '../../src/campaign/life.ts'
import type { PasswordCost } from '../../src/console/password.ts'
import { createStaffBook } from '../../src/console/staff.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { desktop, problemsOf } from './browser.ts'
import { openPages, storeIn, type Pages } from './pages.ts'
import { storeOptions } from './store-fixtures.ts'

/** Of everybody in `staff`. */
export const password = 'ba con ca chua 2026'

/** For tests with many sign-ins: a real hash takes a third of a second. */
export const cheapPasswords: PasswordCost = { N: 2, r: 1, p: 1 }

/** An officer's browser. `problems` grows with what goes wrong on the page. */
export interface Officer { context: BrowserContext; page: Page; problems: string[] }

export interface Look {
  size?: { width: number; height: number }
  scheme?: 'light' | 'dark'
  javaScript?: boolean
  /** Another password than everybody's. */
  word?: string
  /** The heading of the page after the sign-in. */
  leadsTo?: string
}

/** The staff pages as officers use them: the real server, the real words, the platforms' stand-ins. */
export interface StaffPages extends Pages {
  storeUrl: string
  /** A browser of one officer, signed in through the form. */
  officer(name: string, look?: Look): Promise<Officer>
}

export interface StaffPagesOptions {
  staff: Readonly<Record<string, StaffRole>>
  /** What happens before the server starts; resolves with settings beside the usual ones. */
  prepare?: (given: { folder: string; store: Store }) => Promise<Record<string, string>>
  /** How long an element is waited for, in milliseconds. */
  patience?: number
  /** The browser writes every refused form to its console: statuses that the tests ask for. */
  refusals?: readonly number[]
  /** The server's own cost, unless said. */
  passwordCost?: PasswordCost
}

export async function openStaffPages({ staff, prepare = async () => ({}), patience = 10_000, refusals = [], passwordCost }: StaffPagesOptions): Promise<StaffPages> {
  const pages = await openPages(async (folder) => {
    const store = await openStore(storeIn(folder), { ...storeOptions, now: Date.now() })
    const book = createStaffBook(store, passwordCost)
    for (const [name, role] of Object.entries(staff)) await book.add(name, role, password, Date.now())
    const env = await prepare({ folder, store })
    await store.close()
    return env
  }, passwordCost && { passwordCost })
  return {
    ...pages,
    storeUrl: storeIn(pages.folder),
    async officer(name, { size = desktop, scheme = 'light', javaScript = true, word = password, leadsTo = 'Tổng quan' } = {}) {
      const context = await pages.browser.newContext({ viewport: size, colorScheme: scheme, locale: 'vi-VN', javaScriptEnabled: javaScript })
      const page = await context.newPage()
      page.setDefaultTimeout(patience)
      const problems = problemsOf(page, { isExpected: (said) => refusals.some((status) => said.includes(`status of ${status}`)) })
      await page.goto(`${pages.server.url}/quan-tri`)
      await page.getByLabel('Tên tài khoản').fill(name)
      await page.getByLabel('Mật khẩu').fill(word)
      await page.getByRole('button', { name: 'Đăng nhập' }).click()
      await page.getByRole('heading', { name: leadsTo, level: 1 }).waitFor()
      return { context, page, problems }
    },
  }
}
