import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAccessLog } from '../../src/console/access-log.ts'
import { afterWorkingDays } from '../../src/console/working-days.ts'
import { vietnamMoment } from '../../src/core/time.ts'
import { brokenOut, hostileTexts, unseen } from '../support/hostile.ts'
import { sampleContent } from '../support/content.ts'
import { DAY } from '../support/world.ts'
import { officers, openDesk, signedIn, type Desk, type Visitor } from './support.ts'

let desk: Desk
let duty: Visitor
let admin: Visitor
let key: string
beforeEach(async () => {
  desk = await openDesk()
  ;[duty, admin] = [await signedIn(desk, officers.duty), await signedIn(desk, officers.admin)]
  await desk.world.hears('an', 'lời bí mật của tôi')
  key = desk.world.store.keyOf(desk.world.contact('an'))
})
afterEach(() => desk.close())

const note = (fields: Record<string, string> = {}): Promise<Response> => duty.post('/quan-tri/du-lieu', { loai: 'erase', cach: 'paper', ngay: '2026-11-20', 'ma-nguoi': key, 'ghi-chu': 'công văn đến số 12', ...fields })
async function noted(fields: Record<string, string> = {}): Promise<string> {
  const answer = await note(fields)
  expect(answer.status).toBe(303)
  return /du-lieu\/([\w-]+)/.exec(answer.headers.get('location')!)![1]!
}
const actions = async () => (await createAccessLog(desk.world.store).latest(50)).filter(({ action }) => /contact|data/.test(action)).map(({ who, action, about, count, reason }) => ({ who, action, about, count, reason }))

describe('the register', () => {
  it('tells when an answer is due, on working days of the province, and shows it on the first page', async () => {
    // A Friday: Monday and Tuesday are the two working days.
    const id = await noted()
    expect(await duty.text(`/quan-tri/du-lieu/${id}`)).toContain('Hạn 24/11/2026')
    expect(await duty.text('/quan-tri')).toMatch(/1 yêu cầu về dữ liệu cá nhân[\s\S]*?hạn 24\/11\/2026/)
    desk.world.now += 2 * DAY
    expect(await (await signedIn(desk, officers.duty)).text('/quan-tri/du-lieu')).toContain('Quá hạn từ 24/11/2026')
  })

  it.each([
    ['from a Monday', '2026-11-23', [], '2026-11-25'], ['over a weekend', '2026-11-20', [], '2026-11-24'], ['over a holiday', '2026-11-23', ['2026-11-24'], '2026-11-26'], ['from a Sunday', '2026-11-22', [], '2026-11-24'],
  ])('two working days %s', (_, from, holidays, last) => expect(afterWorkingDays(vietnamMoment(from) + 1, 2, holidays)).toBe(vietnamMoment(last) + DAY))

  it.each([
    ['a day to come', { ngay: '2026-12-24' }], ['no day', { ngay: '' }], ['a day that is not', { ngay: '2026-02-31' }], ['half a key', { 'ma-nguoi': 'abc' }], ['no such kind', { loai: 'x' }], ['a long note', { 'ghi-chu': 'x'.repeat(301) }],
  ])('refuses %s and keeps what was typed', async (_, fields) => {
    const answer = await note({ 'ghi-chu': 'công văn đến số 12', ...fields })
    expect(answer.status).toBe(422)
    expect(await desk.world.store.listEntries('data-request:')).toEqual([])
  })

  it('a request of somebody not known yet gets its key later, and only once', async () => {
    const id = await noted({ 'ma-nguoi': '' })
    expect(await duty.text(`/quan-tri/du-lieu/${id}`)).toContain('Chưa rõ của ai')
    expect((await duty.post(`/quan-tri/du-lieu/${id}/xong`, { viec: 'ma', 'ma-nguoi': 'x' })).status).toBe(422)
    await duty.post(`/quan-tri/du-lieu/${id}/xong`, { viec: 'ma', 'ma-nguoi': key })
    await duty.post(`/quan-tri/du-lieu/${id}/xong`, { viec: 'ma', 'ma-nguoi': 'B'.repeat(22) })
    const page = await duty.text(`/quan-tri/du-lieu/${id}`)
    expect(page).toContain(key)
    expect(page).not.toContain('BBBBBB')
  })

  it('answered: told how, once, and off the list of what waits', async () => {
    const id = await noted({ loai: 'access' })
    expect((await duty.post(`/quan-tri/du-lieu/${id}/xong`, { 'ket-qua': '' })).status).toBe(422)
    await duty.post(`/quan-tri/du-lieu/${id}/xong`, { 'ket-qua': 'Đã trao bản sao' })
    await duty.post(`/quan-tri/du-lieu/${id}/xong`, { 'ket-qua': 'Lần hai' })
    expect(await duty.text('/quan-tri/du-lieu')).toContain('Đã xong đúng hạn')
    expect(await duty.text('/quan-tri')).not.toContain('yêu cầu về dữ liệu cá nhân')
    expect((await actions()).map(({ action }) => action)).toEqual(['data_request_closed', 'data_request_noted'])
  })

  it('counts those who erased their data themselves', async () => {
    await desk.world.hears('binh', 'xóa dữ liệu của tôi')
    await desk.world.hears('binh', { kind: 'tap', payload: 'k:erase-yes' })
    expect(await duty.text('/quan-tri/du-lieu')).toMatch(/<b>1<\/b> người tự xóa/)
  })
})

describe('a copy for the person', () => {
  it('only with a reason, logged before it is given, to read and for machines', async () => {
    const id = await noted({ loai: 'access' })
    expect(await duty.text(`/quan-tri/du-lieu/${id}`)).not.toContain('lời bí mật')
    expect((await duty.post(`/quan-tri/du-lieu/${id}/tai-ve`, { viec: 'chu' })).status).toBe(422)
    expect((await actions()).some(({ action }) => action === 'contact_exported')).toBe(false)
    const text = await duty.post(`/quan-tri/du-lieu/${id}/tai-ve`, { viec: 'chu', 'ly-do': 'trao cho 0912 345 678' })
    expect(text.headers.get('content-disposition')).toBe(`attachment; filename="du-lieu-${key.slice(0, 6).replace(/\W/g, '')}.txt"`)
    const readable = await text.text()
    for (const words of ['lời bí mật của tôi', 'Nhắn lần đầu', 'THÔNG BÁO ĐÃ GỬI']) expect(readable).toContain(words)
    const json = await (await duty.post(`/quan-tri/du-lieu/${id}/tai-ve`, { viec: 'json', 'ly-do': 'x' })).json() as { contact: { userId: string } }
    expect(json.contact.userId).toBe('an')
    expect((await actions())[0]).toMatchObject({ who: officers.duty, action: 'contact_exported', about: key, reason: 'x' })
    expect((await actions())[1]!.reason).toBe('trao cho [số]')
    expect(await duty.text(`/quan-tri/du-lieu/${id}`)).toContain('Đã tải bản sao')
  })
})

describe('erasing', () => {
  const erase = (id: string, fields: Record<string, string> = {}): Promise<Response> => admin.post(`/quan-tri/du-lieu/${id}/xoa`, { 'dung-nguoi': 'co', 'go-lai': key.slice(0, 6), 'ly-do': 'theo yêu cầu', ...fields })

  it('takes a second step with the key typed again; then everything is gone, the request is answered and the log tells', async () => {
    const id = await noted()
    expect(await admin.text(`/quan-tri/du-lieu/${id}/xoa`)).toContain('Xác nhận xóa dữ liệu')
    for (const fields of [{ 'dung-nguoi': '' }, { 'go-lai': 'sai' }, { 'ly-do': '' }]) expect((await erase(id, fields)).status).toBe(422)
    expect(await desk.world.store.findContact(key)).not.toBeNull()
    expect((await erase(id)).headers.get('location')).toContain('da=xoa')
    expect(await desk.world.store.exportContact(key)).toBeNull()
    const page = await admin.text(`/quan-tri/du-lieu/${id}`)
    expect(page).toContain('Đã xóa dữ liệu lúc')
    expect(page).not.toContain(key)
    expect((await actions())[0]).toMatchObject({ who: officers.admin, action: 'contact_erased', about: key, reason: 'theo yêu cầu' })
    expect((await erase(id)).status).toBe(404)
    expect((await admin.get(`/quan-tri/du-lieu/${id}/xoa`)).status).toBe(404)
  })

  it('gives back the conversation that an officer had taken', async () => {
    await desk.world.hears('an', 'gặp cán bộ')
    await duty.post(`/quan-tri/cho/${key}/nhan`)
    await erase(await noted())
    expect(await duty.text('/quan-tri/cho')).not.toContain(key.slice(0, 6))
    expect(await desk.world.store.listEntries('case:')).toEqual([])
  })

  it('the person on duty sees who does it, and cannot', async () => {
    const id = await noted()
    expect(await duty.text(`/quan-tri/du-lieu/${id}`)).toContain('do người quản trị làm')
    expect((await duty.get(`/quan-tri/du-lieu/${id}/xoa`)).status).toBe(403)
  })
})

it('hostile texts break out of no page and no file', async () => {
  const whole = hostileTexts.map(({ text }) => text).join('\n').toWellFormed()
  const mine = await openDesk({ content: sampleContent() })
  const visitor = await signedIn(mine, officers.admin)
  await mine.world.hears('an', whole)
  const own = mine.world.store.keyOf(mine.world.contact('an'))
  const answer = await visitor.post('/quan-tri/du-lieu', { loai: 'access', cach: 'chat', ngay: '2026-11-20', 'ma-nguoi': own, 'ghi-chu': whole.slice(0, 290) })
  const path = answer.headers.get('location')!.split('?')[0]!
  const pages = [
    await visitor.text('/quan-tri/du-lieu'), await visitor.text(path), await (await visitor.post('/quan-tri/du-lieu', { loai: whole, cach: whole, ngay: whole, 'ma-nguoi': whole, 'ghi-chu': whole })).text(),
    await (await visitor.post(`${path}/xong`, { 'ket-qua': whole })).text(), await (await visitor.post(`${path}/xoa`, { 'ly-do': whole, 'go-lai': whole })).text(), await visitor.text(`/quan-tri/du-lieu?ma-nguoi=${encodeURIComponent(whole)}`),
  ]
  for (const page of pages) {
    expect(page.match(brokenOut)?.[0]).toBeUndefined()
    expect(page.replaceAll('\n', '').match(unseen)?.[0]).toBeUndefined()
  }
  const text = await (await visitor.post(`${path}/tai-ve`, { viec: 'chu', 'ly-do': 'x' })).text()
  expect(text.replaceAll('\n', '').match(unseen)?.[0]).toBeUndefined()
  await mine.close()
})
