import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAccessLog, type AccessAction } from '../../src/console/access-log.ts'
import { createDiary, type LogFilter } from '../../src/console/diary.ts'
import type { Store } from '../../src/store/ports.ts'
import { brokenOut, hostileTexts, unseen } from '../support/hostile.ts'
import { DAY, MINUTE } from '../support/world.ts'
import { aCampaign, changeTo } from '../support/campaign-fixtures.ts'
import { officers, openDesk, signedIn, type Desk, type Visitor } from './support.ts'

let desk: Desk
let approver: Visitor
beforeEach(async () => {
  desk = await openDesk()
  approver = await signedIn(desk, officers.approver)
})
afterEach(() => desk.close())

const any: LogFilter = { who: '', action: '', about: '', from: '', to: '' }
const note = (who: string, action: AccessAction, about = 'x', reason = ''): Promise<void> => createAccessLog(desk.world.store).append({ at: desk.world.now, who, action, about, count: null, reason })

/** The store, counting what is read of it. */
function counting(store: Store): { store: Store; read: () => number } {
  let read = 0
  const counted = new Proxy(store, {
    get(target, name) {
      if (name === 'listEntries') return async (prefix: string) => {
        const found = await target.listEntries(prefix)
        read += found.length
        return found
      }
      if (name === 'auditLines') return async function* (after?: number) {
        for await (const batch of target.auditLines(after)) {
          read += batch.length
          yield batch
        }
      }
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { store: counted, read: () => read }
}

describe('what staff did', () => {
  it('newest first, by person, action, what it is about, and day', async () => {
    await note('Trực Một', 'conversation_read', 'A'.repeat(22))
    desk.world.now += DAY
    await note('Biên Tập', 'content_submitted', 'content/province.yaml', 'Đổi giờ trực')
    // A day and more later everybody has to sign in again.
    approver = await signedIn(desk, officers.approver)
    const page = await approver.text('/quan-tri/nhat-ky')
    const all = page.slice(page.indexOf('<table'))
    expect(all.indexOf('Trình bản nháp nội dung')).toBeLessThan(all.indexOf('Đọc cuộc trò chuyện'))
    expect(all).toContain('mã AAAAAA')
    expect(all).not.toContain('A'.repeat(22))
    const rows = async (query: string): Promise<number> => (await approver.text(`/quan-tri/nhat-ky?${query}`)).match(/data-title="Việc"/g)?.length ?? 0
    expect(await rows('ai=biên')).toBe(1)
    expect(await rows('viec=conversation_read')).toBe(1)
    expect(await rows('ve=province')).toBe(1)
    expect(await rows('tu=2026-11-24&viec=content_submitted')).toBe(1)
    expect(await rows('den=2026-11-23&viec=content_submitted')).toBe(0)
    expect(await rows('tu=khong&den=2026-13-45&truoc=x')).toBeGreaterThan(2)
  })

  it('page by page to the first line, without one twice or left out', async () => {
    for (let n = 0; n < 130; n++) await note(`Người ${n}`, 'conversation_read')
    const diary = createDiary(desk.world.store, createAccessLog(desk.world.store), () => desk.world.now)
    const seen: number[] = []
    let before: number | null = null
    do {
      const page = await diary.page('access', any, before)
      seen.push(...page.lines.map(({ seq }) => seq))
      before = page.next
    } while (before !== null)
    const last = (await createAccessLog(desk.world.store).latest(1))[0]!.seq
    expect(seen).toEqual(Array.from({ length: last }, (_, n) => last - n))
    expect(await approver.text('/quan-tri/nhat-ky')).toContain('Các dòng cũ hơn')
  })

  it('a page of a long log reads a few thousand lines at most, and says how far it looked', async () => {
    for (let n = 0; n < 4_200; n++) await note(n === 10 ? 'Kim' : 'Rơm', 'conversation_read')
    const { store, read } = counting(desk.world.store)
    const diary = createDiary(store, createAccessLog(store), () => desk.world.now)
    await diary.page('access', any, null)
    expect(read()).toBeLessThanOrEqual(1_000)
    const first = await diary.page('access', { ...any, who: 'Kim' }, null)
    expect(first).toMatchObject({ lines: [], lookedTo: desk.world.now })
    expect(read()).toBeLessThanOrEqual(5_000)
    const second = await diary.page('access', { ...any, who: 'Kim' }, first.next)
    expect(second).toMatchObject({ lines: [{ who: 'Kim' }], next: null, lookedTo: null })
  }, 60_000)

  it('does not look further back than the first day wanted', async () => {
    for (let n = 0; n < 1_500; n++) await note('Rơm', 'conversation_read')
    desk.world.now += 2 * DAY
    for (let n = 0; n < 1_100; n++) await note('Mới', 'conversation_read')
    const { store, read } = counting(desk.world.store)
    const page = await createDiary(store, createAccessLog(store), () => desk.world.now).page('access', { ...any, who: 'Rơm', from: '2026-11-25' }, null)
    expect(page).toEqual({ lines: [], next: null, lookedTo: null })
    expect(read()).toBeLessThanOrEqual(2_100)
  }, 60_000)
})

describe('what became of campaigns', () => {
  const put = async (id: string): Promise<void> => void (await desk.world.store.saveCampaign(await changeTo(desk.world.store, aCampaign(id, 'draft'))))

  it('page by page, with a filter, reading only what is near', async () => {
    for (let n = 0; n < 1_300; n++) await put(n === 5 ? 'kim' : `dot-${n}`)
    const { store, read } = counting(desk.world.store)
    const diary = createDiary(store, createAccessLog(store), () => desk.world.now)
    const page = await diary.page('campaigns', any, null)
    expect(page.lines.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, n) => 1_300 - n))
    expect(read()).toBeLessThanOrEqual(1_500)
    const next = await diary.page('campaigns', any, page.next)
    expect(next.lines[0]!.seq).toBe(1_250)
    expect((await diary.page('campaigns', { ...any, about: 'kim' }, null)).lines).toMatchObject([{ about: 'kim' }])
    expect(await approver.text('/quan-tri/nhat-ky?so=campaigns')).toContain('/quan-tri/dot/dot-1299')
  }, 60_000)
})

describe('the chain', () => {
  const check = (so: string): Promise<Response> => approver.post('/quan-tri/nhat-ky', { so })

  it('nobody looked yet; whole; and with a line that somebody changed', async () => {
    expect(await approver.text('/quan-tri/nhat-ky')).toContain('Chưa ai kiểm tra')
    await note('Trực Một', 'conversation_read')
    await check('access')
    const whole = await approver.text('/quan-tri/nhat-ky')
    expect(whole).toContain('Nguyên vẹn: ')
    expect(whole).toMatch(/class="code">[0-9a-f]{64}</)
    const name = (await desk.world.store.listEntries('access:')).at(-2)!
    await desk.world.store.writeEntry(name.name, name.value.replace(/"who":"[^"]*"/, '"who":"Người Khác"'), name.version)
    desk.world.now += MINUTE
    await check('access')
    expect(await approver.text('/quan-tri/nhat-ky')).toMatch(/role="alert"><p>Nhật ký đã bị sửa hoặc mất từ dòng \d+/)
    await check('campaigns')
    expect(await approver.text('/quan-tri/nhat-ky?so=campaigns')).toContain('Nguyên vẹn: 0 dòng')
  })
})

it('hostile texts break out of no line', async () => {
  const whole = hostileTexts.map(({ text }) => text).join('\n').toWellFormed()
  await note(whole, 'conversation_read', whole, whole)
  for (const page of [await approver.text('/quan-tri/nhat-ky'), await approver.text(`/quan-tri/nhat-ky?${new URLSearchParams({ ai: whole, viec: whole, ve: whole, tu: whole, so: whole })}`)]) {
    expect(page.match(brokenOut)?.[0]).toBeUndefined()
    expect(page.replaceAll('\n', '').match(unseen)?.[0]).toBeUndefined()
  }
})
