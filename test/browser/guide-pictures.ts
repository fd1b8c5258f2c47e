import { mkdirSync, rmSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { silentLog } from '../../src/core/ports.ts'
import { startServer } from '../../src/server.ts'
import { launchBrowser } from '../support/browser.ts'
import { draftAfterTheGuide } from '../support/staff-guide.ts'

/**
 * The pictures of `docs/staff-guide.md`, taken anew from the rehearsal page of a phone's size, with the guide's own examples
 * done: `npx node test/browser/guide-pictures.ts`.
 */
const pictures = 'docs/images'
const phone = { width: 390, height: 980 }

mkdirSync(pictures, { recursive: true })
const draft = draftAfterTheGuide()
const server = await startServer(
  { SANDBOX: '1', PORT: '0', FLOWS_DIR: draft.flowsDir, CONTENT_DIR: draft.contentDir, STORE: `sqlite:${draft.folder}/pictures.db?sync=normal` }, { log: silentLog })
const browser = await launchBrowser()
try {
  const page = await browser.newPage({ viewport: phone, colorScheme: 'light', reducedMotion: 'reduce', locale: 'vi-VN' })
  await page.goto(server.sandbox!.pageUrl)
  await page.getByRole('region', { name: 'Zalo' }).getByRole('button', { name: 'Nhắn tin' }).click()
  await answered(page, 'menu', 'Gõ 0 về menu chính')
  await taken(page, 'mo-dau')
  await answered(page, 'kết hôn cần gì', 'Nguồn:')
  await taken(page, 'tra-loi')
  await answered(page, 'học kỹ năng số', 'Học kỹ năng số')
  await answered(page, '5', 'Lớp tối xã Mẫu')
  await taken(page, 'menu-moi')
  await page.goto(`${server.url}/muc/lop-hoc-xa-mau`)
  await taken(page, 'trang-muc')
} finally {
  await browser.close()
  await server.stop()
  rmSync(draft.folder, { recursive: true, force: true })
}

/** Says it and waits until what comes back stands there. */
async function answered(page: Page, said: string, heard: string): Promise<void> {
  const log = page.getByRole('region', { name: 'Zalo' }).getByRole('log')
  const before = await log.locator('.bot').count()
  await page.getByLabel('Tin nhắn gửi qua Zalo').fill(said)
  await page.keyboard.press('Enter')
  await log.locator('.bot').nth(before).waitFor()
  await log.locator('.bot', { hasText: heard }).last().waitFor()
}

async function taken(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${pictures}/${name}.png` })
}
