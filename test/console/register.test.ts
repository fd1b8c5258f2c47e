import writeXlsxFile, { type Row } from 'write-excel-file/universal'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { activityFields, fieldTitles, merged, readActivity, summarise, taskNames, taskTable, type Activity, type ActivityField } from '../../src/campaign/activities.ts'
import { readActivityForm, tellFault, writeActivityForm } from '../../src/campaign/activity-sheet.ts'
import { createAccessLog } from '../../src/console/access-log.ts'
import { readWorkbook } from '../../src/content/sheets/workbook-read.ts'
import { vietnamDay } from '../../src/core/time.ts'
import { campaignText } from '../campaign/support.ts'
import { brokenOut, hostileLine, hostileTexts, unseen } from '../support/hostile.ts'
import { officers, openDesk, signedIn, tokenIn, type Desk, type Visitor } from './support.ts'

const today = '2026-11-21'
const typed = (more: Partial<Record<ActivityField, string>> = {}): Record<ActivityField, string> =>
  ({ unit: 'UBND xã Mẫu', task: 'Băng rôn, khẩu hiệu', what: 'tại chợ', due: '10/10/2026', done: '08/10/2026', quantity: '12', evidence: 'https://xamau.example/bai', ...more })
const activity: Activity = { task: 'streamer', what: 'tại chợ', due: '2026-10-10', done: '2026-10-08', quantity: 12, evidence: 'https://xamau.example/bai' }

describe('one row', () => {
  it('as people write it', () => expect(readActivity(typed(), today)).toEqual({ unit: 'UBND xã Mẫu', activity }))
  it('empty where nothing is known', () => {
    expect(readActivity(typed({ what: '', due: '', done: '', quantity: '', evidence: '' }), today)).toMatchObject({ activity: { what: '', due: null, done: null, quantity: null, evidence: '' } })
  })
  it.each([
    [{ task: 'bang ron, khau hieu' }, { task: 'streamer' }], [{ task: 'loudspeaker' }, { task: 'loudspeaker' }], [{ done: '2026-10-08' }, { done: '2026-10-08' }], [{ done: '8-10-2026' }, { done: '2026-10-08' }],
    [{ quantity: '1.200' }, { quantity: 1200 }], [{ quantity: '0' }, { quantity: 0 }], [{ what: '  hai\nđợt ' }, { what: 'hai đợt' }], [{ done: '21/11/2026' }, { done: '2026-11-21' }],
  ])('%j is %j', (given, read) => expect(readActivity(typed(given), today)).toMatchObject({ activity: read }))
  it.each([
    [{ unit: '' }, 'unit', 'chưa ghi đơn vị'], [{ unit: 'x'.repeat(121) }, 'unit', 'dài quá'], [{ unit: 'Anh Nam 0912345678' }, 'unit', 'dữ liệu cá nhân'], [{ task: '' }, 'task', 'chưa ghi việc'],
    [{ task: 'Băng rôn khẩu hiệu' }, 'task', 'có phải “Băng rôn, khẩu hiệu”?'], [{ task: 'constructor' }, 'task', 'không có việc'], [{ what: 'chị Lan 0912 345 678' }, 'what', 'dữ liệu cá nhân'], [{ what: 'x'.repeat(301) }, 'what', 'dài quá'],
    [{ due: '31/02/2026' }, 'due', 'không phải ngày'], [{ due: '46000' }, 'due', 'không phải ngày'], [{ done: '22/11/2026' }, 'done', 'chưa đến'], [{ quantity: 'mười' }, 'quantity', 'không phải số'], [{ quantity: '-1' }, 'quantity', 'không phải số'],
    [{ quantity: '1.5' }, 'quantity', 'không phải số'], [{ quantity: '10000001' }, 'quantity', 'không phải số'], [{ evidence: 'http://x.example' }, 'evidence', 'https'], [{ evidence: 'javascript:alert(1)' }, 'evidence', 'https'],
    [{ evidence: 'https://user:pass@x.example' }, 'evidence', 'https'], [{ evidence: 'trang của xã' }, 'evidence', 'https'],
  ] as const)('%j is refused', (given, field, why) => {
    const read = readActivity(typed(given), today)
    expect('errors' in read && Object.keys(read.errors)).toEqual([field])
    expect('errors' in read && read.errors[field]).toContain(why)
  })
})

describe('a register', () => {
  const rows = fc.array(fc.record<Activity>({
    task: fc.constantFrom(...taskNames), what: fc.constantFrom('a', 'b', 'A', 'c'), due: fc.constantFrom(null, '2026-10-01', '2026-12-01'), done: fc.constantFrom(null, '2026-10-01'), quantity: fc.option(fc.nat(100)), evidence: fc.constant(''),
  }), { maxLength: 20 })

  it('takes the same rows twice as once, and never drops one', () => {
    fc.assert(fc.property(rows, rows, (known, more) => {
      const once = merged(merged([], known).activities, more)
      const twice = merged(once.activities, more)
      expect(twice.activities).toHaveLength(once.activities.length)
      expect(twice.added).toBe(0)
      for (const { task } of known) expect(once.activities.some((each) => each.task === task)).toBe(true)
    }))
  })

  it('sums up the same by task and by unit', () => {
    fc.assert(fc.property(fc.array(rows, { maxLength: 4 }), (units) => {
      const { total, byTask, byUnit } = summarise(units.map((activities, n) => ({ unit: `Xã ${n}`, activities })), ['Xã 9'], today)
      for (const what of ['planned', 'done', 'overdue'] as const) {
        expect(byTask.reduce((sum, each) => sum + each[what], 0)).toBe(total[what])
        expect(byUnit.reduce((sum, each) => sum + each[what], 0)).toBe(total[what])
      }
    }))
  })

  it('knows who has told nothing: neither what is not done nor an empty list is a report; case makes no other unit', () => {
    const units = [{ unit: 'Xã A', activities: [activity] }, { unit: 'Xã B', activities: [{ ...activity, done: null }] }]
    expect(summarise(units, ['xã  a', 'Xã C'], today)).toMatchObject({ silent: ['Xã B', 'Xã C'], total: { planned: 2, done: 1, overdue: 1, units: 2 } })
  })

  it('counts quantities of what is done only', () => {
    expect(summarise([{ unit: 'A', activities: [activity, { ...activity, what: 'khác', done: null, quantity: 500 }] }], [], today).byTask).toEqual([{ task: 'streamer', planned: 2, done: 1, overdue: 1, units: 1, quantity: 12 }])
  })
})

const heading = activityFields.map((field) => fieldTitles[field])
async function workbook(rows: readonly (readonly (string | number | Date)[])[]): Promise<Uint8Array> {
  const data = rows.map((row) => row.map((value) => (typeof value === 'number' ? { value, type: Number } : value instanceof Date ? { value, type: Date, format: 'dd/mm/yyyy' } : value === '' ? null : { value, type: String }))) as Row[]
  const { toBlob } = writeXlsxFile([{ sheet: 'Trang 1', data }])
  return new Uint8Array(await (await toBlob()).arrayBuffer())
}
const line = (more: Partial<Record<ActivityField, string>> = {}): string[] => activityFields.map((field) => typed(more)[field])
const faultsOf = async (bytes: Uint8Array): Promise<string[]> => {
  const read = await readActivityForm(bytes, today)
  return 'faults' in read ? read.faults.map(tellFault) : []
}

describe('the file of a unit', () => {
  it('comes back as it was written, whatever stands in it', async () => {
    const activities: Activity[] = [activity, { task: 'other', what: '=1+1', due: null, done: null, quantity: null, evidence: '' }, { task: 'training', what: 'constructor', due: null, done: '2026-10-01', quantity: 0, evidence: '' }]
    const read = await readActivityForm(await writeActivityForm('UBND xã Mẫu', activities), today)
    expect(read).toEqual({ unit: 'UBND xã Mẫu', activities: activities.map((each) => (each.what === 'constructor' ? { ...each, what: 'constructor' } : each)) })
  })

  it('has no formula and nothing unseen in it', async () => {
    const bytes = await writeActivityForm('Xã', hostileTexts.slice(0, 15).map(({ text }) => ({ ...activity, what: text })))
    const text = (await readWorkbook(bytes)).flatMap(({ rows }) => rows.flat()).join('\n')
    expect(text).toContain('=HYPERLINK')
    expect(text.replaceAll(/[\n\r\t]/g, '').match(unseen)?.[0]).toBeUndefined()
  })

  it('is read as units fill it in: a title above, columns moved, real days and numbers, empty rows between', async () => {
    const rows = [['BÁO CÁO CỦA XÃ'], [], ['Việc', 'Đơn vị', 'Số lượng', 'Ngày xong'], ['Loa truyền thanh', 'Xã A', 20, new Date(Date.UTC(2026, 9, 5))], [], ['Tập huấn, hướng dẫn kỹ năng số', 'xã A', 45, '06/10/2026']]
    expect(await readActivityForm(await workbook(rows), today)).toEqual({
      unit: 'Xã A', activities: [{ task: 'loudspeaker', what: '', due: null, done: '2026-10-05', quantity: 20, evidence: '' }, { task: 'training', what: '', due: null, done: '2026-10-06', quantity: 45, evidence: '' }],
    })
  })

  it('is refused whole, with row, column and reason', async () => {
    const faults = await faultsOf(await workbook([heading, line(), line({ task: 'Băng rôn khẩu hiệu', what: 'b', done: '31/02/2026' }), line({ unit: 'Xã khác', what: 'c' }), line({ what: 'TẠI CHỢ' }), line({ what: 'gọi 0912345678', quantity: '-3' })]))
    expect(faults).toEqual([
      'Dòng 3, cột B (Việc): không có việc “Băng rôn khẩu hiệu” → có phải “Băng rôn, khẩu hiệu”?',
      'Dòng 3, cột E (Ngày xong): không phải ngày → ghi ngày/tháng/năm, ví dụ 10/10/2026',
      'Dòng 4, cột A (Đơn vị): khác đơn vị ở dòng 2 (“UBND xã Mẫu”) → mỗi đơn vị một tệp',
      'Dòng 5, cột C (Nội dung): trùng việc và nội dung với dòng 2 → gộp lại, hoặc ghi rõ khác nhau ở đâu',
      'Dòng 6, cột C (Nội dung): có số điện thoại, số giấy tờ hoặc số tài khoản → bỏ đi, sổ này không chứa dữ liệu cá nhân',
      'Dòng 6, cột F (Số lượng): không phải số từ 0 đến 10000000 → chỉ ghi số, ví dụ 12',
    ])
  })

  it.each([
    ['no workbook', async () => new TextEncoder().encode('xin chào'), 'không đọc được như bảng tính'], ['no headings', async () => workbook([['a', 'b']]), 'Không thấy dòng tên cột'],
    ['the empty form', async () => writeActivityForm('Xã A', []), 'Tệp chưa có việc nào'], ['too many rows', async () => workbook([heading, ...Array.from({ length: 301 }, (_, n) => line({ what: `việc ${n}` }))]), 'Tệp có 301 việc'],
  ])('%s is refused with a sentence', async (_, make, why) => expect((await faultsOf(await make()))[0]).toContain(why))
})

describe('the pages', () => {
  let desk: Desk
  let editor: Visitor
  let duty: Visitor
  beforeAll(async () => {
    desk = await openDesk()
    ;[editor, duty] = [await signedIn(desk, officers.editor), await signedIn(desk, officers.duty)]
    expect((await editor.post('/quan-tri/dot-moi', { goc: '', ban: '0', 'ca-dot': campaignText({ post: '    means: { telegram: direct }' }), viec: 'luu' })).status).toBe(303)
  })
  afterAll(() => desk.close())
  beforeEach(async () => {
    for (const { name, version } of await desk.world.store.listEntries('activity')) await desk.world.store.writeEntry(name, null, version)
  })

  const at = '/quan-tri/viec/dot-thu'
  const dayNow = () => vietnamDay(desk.world.now)
  const form = (more: Partial<Record<ActivityField, string>> = {}): Record<string, string> => ({ ...typed({ due: '2026-10-10', done: dayNow(), task: 'streamer' }), ...more })
  async function send(bytes: Uint8Array | null, who = editor): Promise<Response> {
    const body = new FormData()
    body.set('ma', tokenIn(await who.text('/quan-tri/mat-khau')))
    body.set('dot', 'dot-thu')
    if (bytes !== null) body.set('tep', new File([bytes as Uint8Array<ArrayBuffer>], 'xa.xlsx'))
    return desk.app.request('/quan-tri/viec-tep', { method: 'POST', body, headers: { cookie: who.cookie!, 'x-test-address': '10.0.0.1' } })
  }

  it('by hand: written, changed, dropped; everybody reads it, the log knows who', async () => {
    expect((await editor.post(at, form())).status).toBe(303)
    const page = await duty.text(at)
    expect(page).toContain('12 cái')
    expect(page).toContain('https://xamau.example/bai')
    expect(page).not.toContain('Ghi vào sổ')
    expect(await editor.text(`${at}?sua=streamer+tai+cho&cua=ubnd+x%C3%A3+m%E1%BA%ABu`)).toContain('value="12"')
    expect((await editor.post(at, form({ quantity: '15' }))).status).toBe(303)
    expect(await editor.text(at)).toContain('15 cái')
    expect((await editor.post(`${at}/bo`, { cua: 'UBND xã Mẫu', 'viec-nao': 'streamer tai cho' })).status).toBe(303)
    expect((await editor.post(`${at}/bo`, { cua: 'UBND xã Mẫu', 'viec-nao': 'streamer tai cho' })).status).toBe(409)
    expect(await editor.text(at)).toContain('Chưa có việc nào.')
    expect((await createAccessLog(desk.world.store).latest(5)).filter(({ action }) => action === 'activities_changed').map(({ who, about }) => `${who} ${about}`)).toContain(`${officers.editor} dot-thu`)
  })

  it('a slip stands beside its field, and what was typed with it', async () => {
    const answer = await editor.post(at, form({ quantity: 'mười', done: '2027-01-01' }))
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toMatch(/id="quantity-loi">[^<]*không phải số/)
    expect(page).toMatch(/id="done-loi">[^<]*chưa đến/)
    expect(page).toContain('value="mười"')
  })

  it('a task for every unit of the list; those who told nothing, with words to copy', async () => {
    expect((await editor.post(at, form({ unit: '*', done: '', quantity: '', evidence: '' }))).status).toBe(422)
    expect((await editor.post('/quan-tri/viec-don-vi', { 'don-vi': 'Xã A\n\nXã B \nxã a\nXã C' })).status).toBe(303)
    expect((await editor.post(at, form({ unit: '*', done: '', quantity: '', evidence: '' }))).headers.get('location')).toContain('so=3')
    expect((await editor.post(at, form({ unit: 'xã a' }))).status).toBe(303)
    const page = await editor.text(at)
    expect(page).toContain('Chưa báo (2)')
    expect(page).toMatch(/Kính gửi các đơn vị: Xã B; Xã C\./)
    expect(await editor.text('/quan-tri/viec')).toContain('data-title="Đơn vị chưa báo"><span class="tag warn">2<')
    expect((await editor.post('/quan-tri/viec-don-vi', { 'don-vi': 'Chị Lan 0912345678' })).status).toBe(422)
  })

  it('the form of a unit holds what is written already; sent back it updates, and sent twice it changes nothing', async () => {
    await editor.post(at, form({ unit: 'Xã A', done: '', quantity: '' }))
    const answer = await editor.get(`${at}/mau.xlsx?don-vi=X%C3%A3%20A`)
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="viec-don-vi-dot-thu.xlsx"')
    const rows = (await readWorkbook(new Uint8Array(await answer.arrayBuffer())))[0]!.rows
    expect(rows[1]).toEqual(['Xã A', taskTable.streamer.title, 'tại chợ', '10/10/2026', '', '', 'https://xamau.example/bai'])
    const filled = await workbook([rows[0]!, [...rows[1]!.slice(0, 4), dayNow().split('-').reverse().join('/'), '7', ''], ['Xã A', 'Loa truyền thanh', '', '', dayNow(), 30, '']])
    expect((await send(filled)).headers.get('location')).toMatch(/moi=1&doi=1/)
    expect((await send(filled)).headers.get('location')).toMatch(/moi=0&doi=0/)
    const page = await editor.text(at)
    expect(page).toContain('7 cái')
    expect(page).toContain('30 lượt phát')
  })

  it('a file with a mistake brings nothing; a wrong or missing one is told', async () => {
    const bad = await send(await workbook([heading, line({ unit: 'Xã A' }), line({ unit: 'Xã A', what: 'b', quantity: 'x' })]))
    expect(bad.status).toBe(422)
    expect(await bad.text()).toContain('Dòng 3, cột F (Số lượng)')
    expect(await editor.text(at)).toContain('Chưa có việc nào.')
    expect((await send(null)).status).toBe(422)
    expect((await send(new Uint8Array(100_000).fill(7))).status).toBe(422)
    expect((await send(new Uint8Array(3 * 1024 * 1024))).status).toBe(413)
    expect((await send(await workbook([heading, line()]), duty)).status).toBe(403)
  })

  it('no such campaign', async () => {
    for (const path of ['/quan-tri/viec/khong-co', '/quan-tri/viec/khong-co/mau.xlsx?don-vi=A']) expect((await editor.get(path)).status).toBe(404)
    expect((await editor.post('/quan-tri/viec/khong-co', form())).status).toBe(404)
  })

  it('hostile words stay words', async () => {
    const hostile = hostileLine('x').toWellFormed().slice(0, 110)
    await editor.post('/quan-tri/viec-don-vi', { 'don-vi': hostileTexts.map(({ text }) => text.slice(0, 100)).join('\n') })
    for (const { text } of hostileTexts) await editor.post(at, form({ unit: text.slice(0, 100), what: text.slice(0, 200), evidence: 'https://x.example/"><script>alert(1)</script>' }))
    const pages = [
      await editor.text('/quan-tri/viec'), await editor.text(at), await editor.text(`${at}?da=tep&cua=${encodeURIComponent(hostile)}&moi=${encodeURIComponent(hostile)}`),
      await (await editor.post(at, form({ task: hostile, what: hostile.repeat(4), quantity: hostile }))).text(), await (await send(await workbook([heading, line({ task: '<img src=x onerror=alert(2)>' })]))).text(),
    ]
    for (const page of pages) {
      expect(page.match(brokenOut)?.[0]).toBeUndefined()
      expect(page.replaceAll('\n', '').match(unseen)?.[0]).toBeUndefined()
    }
  })
})
