import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { html } from 'hono/html'
import { examplesPage } from '../../src/console/examples-page.ts'
import { outsidePage } from '../../src/console/layout.ts'
import { passwordPage, signInPage } from '../../src/console/account-pages.ts'
import { createSessions } from '../../src/console/sessions.ts'
import { createStaffBook } from '../../src/console/staff.ts'
import type { Content } from '../../src/content.ts'
import { brokenOut, hostileTexts, unseen } from '../support/hostile.ts'
import { sampleArticle, sampleContent } from '../support/content.ts'
import { cheap, openDesk, password, Visitor, type Desk } from './support.ts'

/** Wherever somebody may write: citizens, content, settings of platforms, staff names, addresses. */
const whole = hostileTexts.map(({ text }) => text).join('\n')

let desk: Desk
let officer: Visitor
let key: string
beforeAll(async () => {
  const content: Content = sampleContent({
    articles: [sampleArticle('dvc-forgot-password'), sampleArticle('pay-qr-how', { title: whole, short: whole, details: whole })],
    answerer: { answer: () => ({ status: 'clarify', article: null, candidates: [{ article: 'pay-qr-how', score: 1 }], reply: null }) },
    change: { savedReplies: [{ id: 'mau', title: whole, text: whole }] },
  })
  desk = await openDesk({ content, accounts: new Map([[`zalo:${'<script>alert(1)</script>'}`, { status: 'blocked', since: 0, code: whole, worksUntil: null }]]) })
  const { world } = desk
  const book = createStaffBook(world.store, cheap)
  // As if somebody had written it past our own checks.
  const name = `Trực ${whole.toWellFormed()}`
  await book.add(name, 'admin', password, world.now)
  await world.store.writeEntry(`alarm:${whole}`, 'x', 0)
  await world.hears('an', 'gặp cán bộ')
  officer = new Visitor(desk.app)
  officer.cookie = `camnang=${await createSessions(world.store, book, () => 'i'.repeat(43)).start((await book.find(name))!, world.now)}`
  key = world.store.keyOf(world.contact('an'))
  await officer.post(`/quan-tri/cho/${key}/nhan`)
  await world.hears('an', whole)
  await world.hears('an', { kind: 'attachment', mediaType: 'image', caption: whole })
  await world.hears('an', { kind: 'attachment', mediaType: 'image', url: 'javascript:alert(1)' })
  await officer.post(`/quan-tri/cho/${key}/tra-loi`, { loi: whole, lan: 'a' })
  await world.settle()
})
afterAll(() => desk.close())

function checked(page: string): void {
  expect(page.match(brokenOut)?.[0]).toBeUndefined()
  expect(page.replaceAll('\n', '').match(unseen)?.[0]?.codePointAt(0)).toBeUndefined()
}

describe('hostile texts break out of no page', () => {
  it.each(['/quan-tri', '/quan-tri/cho', '/quan-tri/mat-khau', '/quan-tri/thanh-phan', `/quan-tri/dang-nhap?ve=${encodeURIComponent(whole.toWellFormed())}`])('%s', async (path) => checked(await officer.text(path)))

  it('a conversation, with its answers, articles and saved replies', async () => {
    for (const query of ['', '?mau=mau', `?tim=${encodeURIComponent(whole.toWellFormed())}`, `?da=${encodeURIComponent('<script>alert(1)</script>')}`]) checked(await officer.text(`/quan-tri/cho/${key}${query}`))
  })

  it('what is refused is shown again', async () => {
    for (const answer of [
      await officer.post(`/quan-tri/cho/${key}/tra-loi`, { loi: whole.repeat(4), lan: 'b' }),
      await officer.post(`/quan-tri/cho/${key}/tra-loi`, { muc: whole, lan: 'c' }),
      await officer.post('/quan-tri/mat-khau', { 'hien-tai': whole, moi: whole, 'moi-lan-hai': 'x' }),
      await new Visitor(desk.app).signIn(whole, whole),
    ]) {
      expect(answer.status).toBeGreaterThanOrEqual(400)
      checked(await answer.text())
    }
  })

  it.each(hostileTexts)('every component: $of', async ({ text }) => {
    checked(String(await outsidePage('TỈNH MẪU', 'Thử', html`${examplesPage('t', text)}${signInPage({ name: text, error: null, back: '/quan-tri' })}${passwordPage({ token: 't', error: null, done: true })}`)))
  })
})
