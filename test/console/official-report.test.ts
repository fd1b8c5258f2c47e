import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { summarise } from '../../src/campaign/activities.ts'
import { countOutcomes } from '../../src/campaign/asked.ts'
import { createFiguresReader } from '../../src/campaign/asked-read.ts'
import { usualHeading } from '../../src/campaign/official-heading.ts'
import { bar } from '../../src/campaign/official-parts.ts'
import { overTime, readOfficialReport } from '../../src/campaign/official-report.ts'
import { balanced, writeOfficialReport } from '../../src/campaign/official-report-docx.ts'
import { sheetsOf, writeOfficialWorkbook } from '../../src/campaign/official-workbook.ts'
import { compared, difference, reasons, signingDate, span, subject } from '../../src/campaign/official-words.ts'
import { askedIn, createReport, reportSpans } from '../../src/campaign/report.ts'
import { waitingOf } from '../../src/campaign/waiting.ts'
import { createAccessLog } from '../../src/console/access-log.ts'
import { readWorkbook } from '../../src/content/sheets/workbook-read.ts'
import { DAY, MINUTE, vietnamDay } from '../../src/core/time.ts'
import { aCampaign, changeTo } from '../support/campaign-fixtures.ts'
import { campaignText, OA, PAGE } from '../campaign/support.ts'
import { brokenOut, hostileLine, hostileTexts, unseen } from '../support/hostile.ts'
import { before, done, heading, period, reportOf, outcome } from '../support/official-sample.ts'
import { officers, openDesk, signedIn, type Desk, type Visitor } from './support.ts'

async function opened(report = reportOf(), words = heading): Promise<{ xml: string; text: string; files: string[] }> {
  const files = unzipSync(await writeOfficialReport(report, words))
  const xml = strFromU8(files['word/document.xml']!)
  const text = xml.replaceAll(/<\/w:p>|<w:br\/>/g, '\n').replaceAll(/<[^>]+>/g, '').replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'")
  return { xml, text, files: Object.keys(files) }
}

describe('words around figures', () => {
  it.each([[120, 100, 'tăng 20% so với kỳ trước (100)'], [80, 100, 'giảm 20% so với kỳ trước (100)'], [10, 10, 'bằng kỳ trước (10)'], [3, 0, 'kỳ trước chưa có'], [0, 0, 'kỳ trước cũng không có'], [0, 2, 'kỳ trước 2'], [5, 19, 'kỳ trước 19'], [0, 20, 'giảm 100% so với kỳ trước (20)'], [120, null, '']])('%d after %s: %s', (now, was, said) => expect(compared(now, was)).toBe(said))
  it('differences, reasons, spans', () => {
    expect([difference(120, 100), difference(50, 100), difference(1, 0), difference(5, 10)]).toEqual(['+20%', '−50%', '–', '–'])
    expect(reasons({ opted_out: 3, '10/2018278': 2, constructor: 1 })).toBe('đã dừng nhận tin: 3; nền tảng từ chối: 3')
    expect([span(0), span(59 * MINUTE), span(125 * MINUTE), span(2 * DAY)]).toEqual(['1 phút', '59 phút', '2 giờ 05 phút', '2 ngày 0 giờ'])
  })
  it.each([
    ['half_year', '2026-01-01', '6 tháng đầu năm 2026'], ['half_year', '2026-07-01', '6 tháng cuối năm 2026'], ['year', '2026-01-01', 'năm 2026'], ['ad_hoc', '2026-10-01', 'từ ngày 01/10/2026 đến ngày 10/10/2026'], ['after', '2026-10-01', 'đợt “Hưởng ứng 10/10”'],
  ] as const)('%s from %s is called %s', (preset, from, said) => expect(subject({ ...reportOf(), preset, period: { from, to: '2026-10-10' } })).toBe(said))
  it.each([
    ['SỞ Y TẾ', 'SỞ Y TẾ'], ['ỦY BAN NHÂN DÂN TỈNH ĐIỆN BIÊN', 'ỦY BAN NHÂN DÂN\nTỈNH ĐIỆN BIÊN'], ['SỞ KHOA HỌC VÀ CÔNG NGHỆ', 'SỞ KHOA HỌC\nVÀ CÔNG NGHỆ'],
    ['TRUNG TÂM CHUYỂN ĐỔI SỐ', 'TRUNG TÂM\nCHUYỂN ĐỔI SỐ'], ['MỘTTÊNRẤTDÀIKHÔNGCÓCHỖNGẮT', 'MỘTTÊNRẤTDÀIKHÔNGCÓCHỖNGẮT'],
  ])('%s is written as %s', (name, lines) => expect(balanced(name)).toBe(lines))
  it('months 1 and 2 are written with a nought, the day by hand', () => {
    expect(signingDate(Date.UTC(2027, 1, 3))).toMatch(/^ngày\s+tháng 02 năm 2027$/)
    expect(signingDate(Date.UTC(2026, 9, 3))).toMatch(/^ngày\s+tháng 10 năm 2026$/)
  })
})

describe('the document', () => {
  it('has what Nghị định 30/2020 asks of a report, in its order', async () => {
    const { text, xml } = await opened()
    const order = ['ỦY BAN NHÂN DÂN\nTỈNH MẪU', 'SỞ KHOA HỌC\nVÀ CÔNG NGHỆ', 'Số:', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', 'Mẫu, ngày', 'BÁO CÁO', 'Kết quả tuyên truyền đợt “Hưởng ứng 10/10”', 'I. CÔNG TÁC', 'II. KẾT QUẢ', 'III. ĐÁNH GIÁ', 'IV. PHƯƠNG HƯỚNG', 'kính báo cáo./.', 'Nơi nhận:', 'Lưu: VT.', 'KT. GIÁM ĐỐC', 'PHÓ GIÁM ĐỐC', 'Nguyễn Văn Mẫu', 'PHỤ LỤC']
    const places = order.map((words) => text.indexOf(words))
    expect(places.every((place) => place >= 0), JSON.stringify(order.filter((_, at) => places[at]! < 0))).toBe(true)
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(xml).toContain('<w:pgSz w:w="11907" w:h="16840"')
    const margins = /<w:pgMar w:top="(\d+)" w:right="(\d+)" w:bottom="(\d+)" w:left="(\d+)"/.exec(xml)!.slice(1).map((twips) => Math.round(Number(twips) / 56.7))
    expect(margins).toEqual([20, 20, 20, 30])
  })

  it('is set in Times New Roman, 13 or 14 points for what is read; pages are numbered from the second on', async () => {
    const files = unzipSync(await writeOfficialReport(reportOf(), heading))
    const styles = strFromU8(files['word/styles.xml']!)
    expect(styles).toMatch(/<w:rFonts[^>]*w:ascii="Times New Roman"/)
    expect(styles).toMatch(/<w:docDefaults>[\s\S]*<w:sz w:val="28"\/>/)
    expect(strFromU8(files['word/document.xml']!)).toContain('<w:titlePg/>')
    expect(Object.entries(files).filter(([name]) => /header\d\.xml$/.test(name)).map(([, bytes]) => strFromU8(bytes).includes('PAGE')).sort()).toEqual([false, true])
  })

  it('tells whose figures they are, keeps them apart and compares them', async () => {
    const { text } = await opened()
    expect(text).toContain('Đã gửi thành công 900 lượt tin tới 450 lượt người nhận; số lượt người nhận tăng 50% so với kỳ trước (300).')
    expect(text).toContain('Không gửi 12 lượt')
    expect(text).toContain('Lượt tiếp cận do nền tảng báo: 4.812; do cán bộ nhập từ trang quản lý: 77.')
    expect(text).toContain('Trợ lý tự động tiếp nhận 50 lượt hỏi, tăng 100% so với kỳ trước (25); trả lời ngay 40 lượt (80%). Trong 40 lượt đánh giá, 100% cho là có ích.')
    expect(text).toContain('(đơn vị báo)')
    expect(text).toContain('Theo báo cáo của 2 đơn vị, đã hoàn thành 1 trên 2 việc. Còn 1 việc quá hạn.')
    expect(text).toContain('Đơn vị chưa báo cáo kết quả: Xã B; Xã C.')
    expect(text).toContain('Quét mã QR thế nào?')
  })

  it('counts a wrong message once, its recall apart, and says which post was taken back when', async () => {
    const sample = reportOf()
    const row = { post: 'a', account: OA, means: 'zalo_consultation', day: '2026-10-02', status: 'sent', reason: null } as const
    const ledger = [{ ...row, campaign: 'dot', count: 311, people: 311 }, { ...row, campaign: 'dot-dc-1', count: 313, people: 313 }]
    const counted = createReport({ period, before, ledger, followUps: new Set(['dot-dc-1']), publications: [], asked: askedIn([], { period, before }), released: [] })
    const report = reportOf({
      report: { ...counted, questions: sample.report.questions }, names: new Map([['dot-dc-1', 'Thu hồi: Hưởng ứng 10/10']]),
      corrections: [{ campaign: 'Hưởng ứng 10/10', post: 'Giờ mở cửa', kind: 'recall', day: '2026-10-03', people: 311 }],
    })
    const { text } = await opened(report)
    expect(text).toContain('Đã gửi thành công 311 lượt tin tới 311 lượt người nhận')
    expect(text).toContain('Ngoài ra có 313 lượt tin thu hồi, đính chính gửi tới 313 lượt người nhận; số này tính riêng')
    expect(text).toContain('Có 1 lần đính chính, thu hồi bài đã gửi, đã đăng.')
    expect(text).toMatch(/Bài đã đính chính, thu hồi[^]*03\/10\/2026\s+thu hồi\s+Giờ mở cửa\s+Hưởng ứng 10\/10\s+311/)
    expect(text).toContain('Tính riêng: tin thu hồi, đính chính')
    expect(text).toContain('Tổng lượt gửi trong kỳ: 311, chưa kể 313 lượt tin thu hồi, đính chính.')
    const sheets = new Map(sheetsOf(report).map(({ name, rows }) => [name, rows]))
    expect(sheets.get('Tổng hợp')).toContainEqual(['Tin thu hồi, đính chính (tính riêng): đã gửi', 'hệ thống đếm', 313, 0])
    expect(sheets.get('Tin thu hồi, đính chính')).toEqual([['Thu hồi: Hưởng ứng 10/10', 313, 313, 0, 0, 0, 0]])
    expect(sheets.get('Bài đã đính chính, thu hồi')).toEqual([['Giờ mở cửa', 'Hưởng ứng 10/10', 'thu hồi', '03/10/2026', 311]])
  })

  it('of days that are not over says until when it counts, and compares nothing with a part of a day', async () => {
    const { text } = await opened(reportOf({ preset: 'year', asOf: '2026-10-10' }))
    expect(text).toContain('Kết quả tuyên truyền năm 2026, tính đến ngày 10/10/2026')
    const open = await opened(reportOf({ asOf: '2026-10-10', isComparable: false }))
    expect(open.text).toContain('Đã gửi thành công 900 lượt tin tới 450 lượt người nhận.')
    expect(open.text).toContain('Kỳ này chưa hết nên chưa so với kỳ trước.')
    expect(open.text).not.toMatch(/so với kỳ trước \(|Tăng, giảm|từ ngày 21\/09/)
  })

  it('carries the whole head of the log, and nothing that belongs to a person', async () => {
    const { text, xml } = await opened()
    expect(text).toContain('ab'.repeat(32))
    for (const of of ['Lò Thị Mai', 'Ai Đó', OA.split(':')[1]!, PAGE.split(':')[1]!]) expect(xml).not.toContain(of)
    expect((await opened(reportOf({ auditHead: null }))).text).toContain('Nhật ký duyệt của hệ thống chưa có dòng nào.')
  })

  it('has charts as pictures that say in words what they show', async () => {
    const { xml, files } = await opened()
    expect(files.filter((name) => name.startsWith('word/media/')).length).toBe(1)
    expect(xml).toContain('descr="02/10: 50 lượt hỏi"')
    expect([bar(0, 5, 'x'), bar(1, 0, 'x')]).toEqual(['', ''])
    const widths = [...xml.matchAll(/<wp:extent cx="(\d+)"/g)].map(([, cx]) => Number(cx) / 12_700)
    expect(Math.max(...widths)).toBeLessThanOrEqual(0.4 * 16 * 28.35)
  })

  it('numbers tables and charts as they come, and leaves lines to write on where nobody wrote', async () => {
    const { text, xml } = await opened(reportOf({ report: { ...reportOf().report, publications: [] } }))
    expect([...text.matchAll(/Bảng (\d)/g)].map(([, n]) => n)).toEqual(['1', '2', '3', '4'])
    expect([...text.matchAll(/Biểu (\d)/g)].map(([, n]) => n)).toEqual(['1', '2', '3', '4'])
    expect(xml.match(/w:leader="dot"/g)).toHaveLength(8)
    expect((await opened(reportOf(), { ...heading, direction: 'Đã giao việc.', strengths: 'a', weaknesses: 'b', plans: 'c' })).xml).not.toContain('w:leader="dot"')
  })

  it('of nothing is a report all the same; of a rehearsal it says so', async () => {
    const empty = reportOf({
      report: createReport({ period, before, ledger: [], followUps: new Set(), publications: [], asked: askedIn([], { period, before }), released: [] }), asked: { now: countOutcomes([]).total, before: countOutcomes([]).total, byAccount: [], ...overTime({ byDay: new Map() }, period) },
      waiting: waitingOf([]), campaigns: [], units: { now: summarise([], [], '2026-10-14'), before: summarise([], [], '2026-10-14'), rows: [] }, rehearsal: true,
    })
    const { text } = await opened(empty)
    for (const said of ['không có tin nào gửi', 'không có tin, bài đăng', 'chưa có lượt hỏi nào', 'Chưa có đơn vị nào báo', 'BẢN TẬP DƯỢT']) expect(text).toContain(said)
    expect((await opened()).text).not.toContain('TẬP DƯỢT')
  })

  it('hostile words are words: nothing unseen, nothing that ends a tag', async () => {
    const hostile = hostileLine('x')
    const words = Object.fromEntries(Object.keys(heading).map((field) => [field, hostile])) as unknown as typeof heading
    const units = [{ unit: hostile, activities: [{ ...done, what: hostile }] }]
    const report = reportOf({ campaigns: [{ id: 'dot', name: hostile, period, theme: hostile }], titles: new Map([['muc-a', hostile]]), units: { now: summarise(units, [hostile], '2026-10-14'), before: summarise([], [], '2026-10-14'), rows: units } })
    const files = unzipSync(await writeOfficialReport(report, words))
    for (const [name, bytes] of Object.entries(files)) {
      if (!name.endsWith('.xml')) continue
      const xml = strFromU8(bytes)
      expect(xml.replaceAll('\n', '').match(unseen)?.[0]?.codePointAt(0), name).toBeUndefined()
      expect(xml.match(/<script|<img|<svg/)?.[0], name).toBeUndefined()
    }
  })
})

describe('the workbook', () => {
  it('has the figures of the document as numbers, and says who counted them', async () => {
    const [total] = sheetsOf(reportOf())
    expect(total!.rows).toContainEqual(['Tin gửi: đã gửi', 'hệ thống đếm', 900, 300])
    expect(total!.rows).toContainEqual(['Lượt hỏi', 'hệ thống đếm', 50, 25])
    expect(total!.rows).toContainEqual(['Việc của đơn vị đã xong', 'đơn vị báo', 1, 0])
    const read = await readWorkbook(await writeOfficialWorkbook(reportOf()))
    expect(read[0]!.rows.find(([name]) => name === 'Dòng cuối nhật ký duyệt')![2]).toBe(`12: ${'ab'.repeat(32)}`)
    expect(read.map(({ title }) => title)).toContain('Đơn vị báo, từng việc')
  })

  it('every sheet has as many cells in each line as it has titles, and a name that Excel takes', () => {
    for (const { name, titles, rows } of sheetsOf(reportOf())) {
      expect(name.length).toBeLessThanOrEqual(31)
      for (const cells of rows) expect(cells).toHaveLength(titles.length)
    }
  })

  it('hostile words are texts: no formula, nothing unseen', async () => {
    const units = hostileTexts.slice(0, 15).map(({ text }) => ({ unit: text, activities: [{ ...done, what: text }] }))
    const bytes = await writeOfficialWorkbook(reportOf({ units: { now: summarise(units, [], '2026-10-14'), before: summarise([], [], '2026-10-14'), rows: units } }))
    for (const [name, part] of Object.entries(unzipSync(bytes))) if (/sheet\d+\.xml$/.test(name)) expect(strFromU8(part), name).not.toContain('<f>')
    const text = (await readWorkbook(bytes)).flatMap(({ rows }) => rows.flat()).join('\n')
    expect(text).toContain('=HYPERLINK')
    expect(text.replaceAll(/[\n\r\t]/g, '').match(unseen)?.[0]).toBeUndefined()
  })
})

describe('reading', () => {
  it('days, weeks or months over the period; nothing is lost', () => {
    for (const [to, unit] of [['2026-10-16', 'ngày'], ['2026-12-30', 'tuần'], ['2027-09-30', 'tháng']] as const) {
      const whole = { from: '2026-10-01', to }
      const days = reportSpans({ preset: 'ad_hoc', period: whole }, '2028-01-01')
      expect(days.period).toEqual(whole)
      const byDay = new Map([[whole.from, countOutcomes([outcome(3)]).total], [to, countOutcomes([outcome(4)]).total]])
      const made = overTime({ byDay }, whole)
      expect(made.unit).toBe(unit)
      expect(made.overTime.length).toBeLessThanOrEqual(17)
      expect(made.overTime.reduce((sum, { asked }) => sum + asked, 0)).toBe(7)
    }
  })
})

describe('the pages', () => {
  let desk: Desk
  let editor: Visitor
  let duty: Visitor
  beforeAll(async () => {
    desk = await openDesk()
    ;[editor, duty] = [await signedIn(desk, officers.editor), await signedIn(desk, officers.duty)]
    await editor.post('/quan-tri/dot-moi', { goc: '', ban: '0', 'ca-dot': campaignText({ post: '    means: { telegram: direct }' }).replace('2026-10-01, to: 2026-10-10', '2026-11-20, to: 2026-11-30').replace('2026-10-01 09:00', '2026-11-25 09:00'), viec: 'luu' })
    await desk.world.hears('an', 'quên mật khẩu')
    await desk.world.hears('an', 'gặp cán bộ')
    await editor.post('/quan-tri/viec/dot-thu', { unit: 'Xã A', task: 'loudspeaker', what: '', due: '', done: vietnamDay(desk.world.now), quantity: '20', evidence: '' })
  })
  afterAll(() => desk.close())

  it('names the posts that were taken back, with their day and what was done', async () => {
    const { store, now } = desk.world
    const post = { id: 'a', title: 'Tin của {{campaign.name}}', at: now - DAY }
    const correction = { kind: 'recall', text: 'x', reason: 'Nhầm', proposedBy: 'A', proposedAt: now, confirmedBy: 'B', confirmedAt: now } as const
    const record = aCampaign('dot-hong', 'cancelled', { content: { name: 'Đợt hỏng', theme: null, slogans: [], period: { from: vietnamDay(now - DAY), to: vietnamDay(now) }, posts: [post] }, correction })
    expect(await store.saveCampaign(await changeTo(store, record))).toBe('saved')
    const page = await editor.text('/quan-tri/bao-cao?loai=nam')
    expect(page).toMatch(/Bài đã đính chính, thu hồi[^]*Tin của Đợt hỏng[^]*thu hồi[^]*23\/11\/2026/)
    expect(page).toContain('năm 2026, tính đến ngày')
    expect(page).not.toContain('31/12/2026')
  })

  it('the figures of the document are those of `createReport` and of the pages', async () => {
    const { store, now } = desk.world
    const made = await readOfficialReport({ preset: 'year', day: vietnamDay(now) }, null, {
      store, figures: createFiguresReader(store), activities: async () => [], expectedUnits: async () => [], titles: () => new Map(), province: () => ({}),
    }, now)
    const spans = reportSpans({ preset: 'year', day: vietnamDay(now) }, vietnamDay(now))
    const direct = createReport({ ...spans, ledger: [], followUps: new Set(), publications: [], released: [], asked: askedIn(await store.readOutcomes('2025-01-01', '2026-12-31'), spans) })
    expect(made.report.questions).toEqual(direct.questions)
    expect(made.asked.now.asked).toBe(direct.questions.asked)
    expect(made.waiting.asked).toBe(1)
  })

  it.each(['loai=dot&dot=dot-thu', 'loai=6-thang', 'loai=nam', 'loai=dot-xuat', ''])('%s: shown, and both files come', async (query) => {
    const page = await duty.text(`/quan-tri/bao-cao?${query}`)
    expect(page).toContain('Tải báo cáo (.docx)')
    expect(page).not.toContain('Lưu phần này')
    for (const [form, sign] of [['docx', 'word/document.xml'], ['xlsx', 'xl/workbook.xml']] as const) {
      const answer = await duty.get(`/quan-tri/bao-cao/tai-ve?${query === '' ? 'loai=nam' : query}&dang=${form}`)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-disposition')).toMatch(new RegExp(`^attachment; filename="bao-cao-tuyen-truyen-[\\d-]+\\.${form}"$`))
      expect(Object.keys(unzipSync(new Uint8Array(await answer.arrayBuffer())))).toContain(sign)
    }
    expect((await createAccessLog(desk.world.store).latest(1))[0]).toMatchObject({ who: officers.duty, action: 'report_downloaded' })
  })

  it('what people wrote stands in the document: the form in every report, the judgement in its own', async () => {
    const typed = { ...usualHeading({ name: 'TỈNH MẪU', office: 'Sở Mẫu' }), signerName: 'Trần Thị Ký', strengths: 'Bà con hưởng ứng.' }
    const saved = await editor.post('/quan-tri/bao-cao?loai=nam&ngay=2026-11-23', typed)
    expect(saved.headers.get('location')).toBe('/quan-tri/bao-cao?loai=nam&ngay=2026-11-23&da=luu')
    const textOf = async (query: string) => strFromU8(unzipSync(new Uint8Array(await (await editor.get(`/quan-tri/bao-cao/tai-ve?${query}&dang=docx`)).arrayBuffer()))['word/document.xml']!)
    const own = await textOf('loai=nam&ngay=2026-11-23')
    expect(own).toContain('Bà con hưởng ứng.')
    expect(own).toContain('Trần Thị Ký')
    const other = await textOf('loai=dot&dot=dot-thu')
    expect(other).toContain('Trần Thị Ký')
    expect(other).not.toContain('Bà con hưởng ứng.')
    expect(other).toContain('1 đơn vị')
  })

  it('a telephone number in it is refused beside its field, and what was typed stays', async () => {
    const answer = await editor.post('/quan-tri/bao-cao?loai=nam', { ...usualHeading({}), strengths: 'Gọi anh Nam 0912 345 678', plans: 'Tiếp tục.' })
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toMatch(/id="strengths-loi">[^<]*không chứa dữ liệu cá nhân/)
    expect(page).toContain('>\nTiếp tục.</textarea>')
    expect((await editor.post('/quan-tri/bao-cao?loai=nam', { ...usualHeading({}), plans: 'x'.repeat(4_001) })).status).toBe(422)
    expect((await duty.post('/quan-tri/bao-cao?loai=nam', { ...usualHeading({}) })).status).toBe(403)
  })

  it.each(['loai=dot&dot=khong-co', 'loai=dot-xuat&tu=2026-02-01&den=2026-01-01', 'loai=dot-xuat&tu=x&den=y', 'loai=dot-xuat&tu=2020-01-01&den=2026-01-01', 'loai=nam&ngay=2026-02-30'])('no report of %s', async (query) => {
    expect((await editor.get(`/quan-tri/bao-cao?${query}`)).status).toBe(422)
    expect((await editor.get(`/quan-tri/bao-cao/tai-ve?${query}&dang=docx`)).status).toBe(404)
  })

  it('hostile words stay words', async () => {
    const hostile = hostileLine('x').toWellFormed()
    const page = await (await editor.post('/quan-tri/bao-cao?loai=nam', Object.fromEntries(Object.keys(heading).map((field) => [field, hostile.repeat(5)])))).text()
    for (const shown of [page, await editor.text(`/quan-tri/bao-cao?loai=${encodeURIComponent(hostile)}&dot=${encodeURIComponent(hostile)}`)]) {
      expect(shown.match(brokenOut)?.[0]).toBeUndefined()
      expect(shown.replaceAll('\n', '').match(unseen)?.[0]).toBeUndefined()
    }
  })
})
