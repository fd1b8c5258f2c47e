import { describe, expect, it } from 'vitest'
import { findProblems } from '../../src/commands/content-check.ts'
import { loadContent, type FileSource } from '../../src/content.ts'
import { checkLetters } from '../../src/content/check-letters.ts'
import { leftOvers } from '../../src/content/left-overs.ts'
import { linksIn } from '../../src/content/links.ts'
import { pretendsToBe } from '../../src/content/look-alike.ts'
import { longSentences, unexplained } from '../../src/content/wording.ts'
import { formatProblems } from '../../src/core/problem.ts'
import { phoneNumbers } from '../../src/content/phone-numbers.ts'
import { unhedged } from '../../src/content/hedges.ts'
import { file, options, today, world } from './support.ts'

const article = world().content.find(({ name }) => name.endsWith('.md'))!
const saying = (line: string): FileSource => world({ content: [{ ...article, text: article.text.replace('Mật khẩu mới có từ 8 ký tự.', line) }] })
const told = (files: FileSource): string[] => formatProblems(findProblems(files, today))

describe('addresses in a text', () => {
  it.each<[string, string[]]>([
    ['Vào dichvucong.gov.vn.', ['dichvucong.gov.vn']],
    ['(https://dichvucong.gov.vn/p/home?a=1)', ['dichvucong.gov.vn']],
    ['“HTTPS://DichVuCong.gov.vn/”, rồi dti.gov.vn', ['dichvucong.gov.vn', 'dti.gov.vn']],
    ['http://127.0.0.1:3000/x', ['127.0.0.1']],
    ['Vào dichvucong.gov.vn.tk nhé', ['dichvucong.gov.vn.tk']],
    ['Vào dichvucong.gov.vn.Bà con xem', ['dichvucong.gov.vn']],
    ['gửi về a.b@tinh.gov.vn', []],
    ['địa chỉ có đuôi .gov.vn hoặc gov.vn', []],
    ['Bấm bit.ly/abc123, goo.gl/x9', ['bit.ly', 'goo.gl']],
    ['Bấm t.ly/a hoặc s.id/b. Xem bit.ly.', ['t.ly', 's.id', 'bit.ly']],
    ['TP.HCM/Q.1, trang v.v/…', []],
    ['TP.HCM, 1.978 thủ tục, v.v. và Điều 5.Khoản 2', []],
  ])('%j', (text, hosts) => expect(linksIn(text).map(({ host }) => host)).toEqual(hosts))
})

describe('phone numbers in a text', () => {
  it.each<[string, string[]]>([
    ['Khẩn cấp gọi 119.', ['119']],
    ['Báo công an 119 ngay', ['119']],
    ['Gọi số 116.', ['116']],
    ['Hỏi 1900-0369 hoặc 1800-1097.', ['19000369', '18001097']],
    ['Gọi 8080', ['8080']],
    ['Soạn DK DNC gửi 5655', ['5655']],
    ['Soạn V gửi tới đầu số 9241.', ['9241']],
    ['Số khẩn cấp 119, liên lạc số 195', ['119', '195']],
    ['Khẩn cấp: 113 (công an), 114 (chữa cháy), 115 hoặc 116', ['113', '114', '115', '116']],
    ['Liên hệ (024) 3822 1234.', ['02438221234']],
    ['Gọi 1800 1096, 1900 0368 hoặc 1021', ['18001096', '19000368', '1021']],
    ['gọi là mức 2, gửi trước năm 2026, bấm *101#', []],
    ['Gọi ngay 113, gọi đến 0912-345-678', ['113', '0912345678']],
    ['gửi 500 nghìn, gọi 100 người, gửi 1.500 thư, công an xã ngày 21/11/2026', []],
    ['Quyết định 1890/QĐ-TTg năm 2025, từ 01-07-2025', []],
    ['Tra số ở 118, hỏi 1 0 2 2.', ['118', '1022']],
    ['Gọi 1 9 0 0 6 7 8 9 hoặc 19OO 6789, O912 345 678', ['19006789', '19006789', '0912345678']],
    ['Theo bài báo 2025, hỏi năm 2026, Bệnh viện Quân y 110, thửa 112', []],
    ['Cháy nhà: 119. Số khẩn cấp khác là 112, hoặc 117.', ['119', '112', '117']],
    ['1. 116: cứu nạn\n• Xã đội (118), gọi 119 cứu hộ', ['116', '118', '119']],
    ['Tuyến 01, 02 và 112 qua số 118 đường Lê Duẩn; phòng 110, 112, 115; lỗi 97, 116: chờ', []],
    ['Đồi 112, ĐH 118, P. 112, mẫu số 118, xe buýt số 119, 118 Lê Duẩn, (110 tiết), bán 118 đơn/tháng, tuyển 112 công nhân', []],
    ['Tuyến\tGiờ\tGiá\nTổng cộng\t118\t–\nSố tài khoản 0911 0001 2345 6', []],
    ['Có 118 thủ tục, Điều 118, khoảng 110 – 115 hồ sơ, Nghị định 118/2025/NĐ-CP, năm 2 0 2 5', []],
  ])('%j', (text, found) => expect(phoneNumbers(text).map(({ digits }) => digits)).toEqual(found))
})

describe('letters that do not belong', () => {
  const told = (text: string): string[] => checkLetters([file('x.md', text)]).map(({ what }) => /không nhìn thấy|không phải chữ|bị vỡ/.exec(what)![0])
  it.each<[string, string[]]>([
    ['dichvucong\u200b.gov.vn', ['không nhìn thấy']],
    ['th\u00adủ tục', ['không nhìn thấy']],
    ['\ufeffĐầu tệp, 👨‍👩‍👧 gia đình ❤️', []],
    ['§¨ng ký t¹i x·', ['bị vỡ']],
    ['tÝnh thuÕ', ['bị vỡ']],
    ['Ñaêng kyù taïm truù', ['bị vỡ']],
    ['Ä‘Äƒng kÃ½', ['bị vỡ']],
    ['Ðăng ký', ['không phải chữ']],
    ['dịсh vụ', ['không phải chữ']],
    ['Ông Müller và chị Y Ñuê cùng nộp hồ sơ VNeID ở xã.', []],
    ['giùm, quỹ, khuỷu, km², 30 °C, ½ lít, 5×3, © 2026, “a” – b', []],
  ])('%j: %j', (text, found) => expect(told(text)).toEqual(found))
})

describe('places left to fill in', () => {
  it.each<[string, string[]]>([
    ['gọi {{province.hotline}}', []],
    ['gọi [[số máy]], [tên xã]', ['[[số máy]]', '[tên xã]']],
    ['%TEN% và %s', ['%TEN%', '%s']],
    ['giảm 50% đến 70% lệ phí', []],
    ['｛｛x｝｝ ${y} {z}', ['｛｛x｝｝', '${y}', '{z}']],
    ['<tên trung tâm>, a < b và c > d, <b>đậm</b>', ['<tên trung tâm>']],
    ['TODO xxx ngày xx/xx/2026', ['TODO', 'xxx', 'xx/xx']],
    ['Sao lại thế?? Hết.', []],
  ])('%j: %j', (text, found) => {
    const told = leftOvers([{ file: 'x', text, locate: () => ({ line: 1, column: 1 }) }]).map(({ what }) => /^"(.*)" trông/.exec(what)![1]!)
    expect(told.sort()).toEqual(found.toSorted())
  })
})

describe('numbers and pages that may have changed', () => {
  const unsure = { phones: new Set(['19000368']), sites: ['tingia.gov.vn'] }
  it.each<[string, string[]]>([
    ['Gọi 1900 0368.', ['1900 0368']],
    ['Báo tại tingia.gov.vn/bao; gọi 113.', ['tingia.gov.vn/bao']],
    ['Theo thông tin hiện có, gọi 1900 0368.', []],
    ['Gọi 1900 0368, bà con kiểm tra lại số trước khi gọi.', []],
    ['Gọi 113.', []],
    ['1. Theo thông tin hiện có, xem tingia.gov.vn.\n2. Gọi 1900 0368.', ['1900 0368']],
  ])('%j: %j', (text, found) => expect(unhedged(text, { unsure })).toEqual(found))

  it('are hedged in the short answer and in the steps, each on its own', () => {
    const steps = { ...article, text: article.text.replace('Bà con bấm', 'Theo thông tin hiện có, gọi 1900 0368. Bà con bấm').replace('Mật khẩu mới có từ 8 ký tự.', 'Gọi 1900 0368.') }
    expect(told(world({ content: [steps] }))).toEqual([expect.stringMatching(/"1900 0368" được đánh dấu KIỂM/)])
  })
})

it('an article that cannot be read is told once, whoever leads to it', () => {
  const broken = { ...article, text: article.text.replace('title: Quên mật khẩu VNeID', 'title: Quên mật khẩu: VNeID') }
  expect(told(world({ content: [broken] })).map((one) => one.split(':')[0])).toEqual([article.file])
})

describe('addresses that pretend', () => {
  const sites = ['dichvucong.gov.vn', 'binhdanhocvuso.gov.vn', 'tinnhiemmang.vn', 'dx.gov.vn', 'tinh-mau.gov.vn']
  it.each<[string, string | null]>([
    ['dichvucong.gov.vn', null],
    ['www.dichvucong.gov.vn', null],
    ['csdl.dichvucong.gov.vn', null],
    ['dichvucong-gov.vn', 'dichvucong.gov.vn'],
    ['dichvucong.gov-vn.com', 'dichvucong.gov.vn'],
    ['dichvucong.gov.vn.xyz', 'dichvucong.gov.vn'],
    ['dichvucong.com', 'dichvucong.gov.vn'],
    ['dichvucongquocgia.net', 'dichvucong.gov.vn'],
    ['dichvucnog.gov.vn', 'dichvucong.gov.vn'],
    ['dichvuc0ng.gov.vn', 'dichvucong.gov.vn'],
    ['https://dịchvucông.gov.vn', 'dichvucong.gov.vn'],
    ['https://dichvucоng.gov.vn', 'dichvucong.gov.vn'],
    ['https://dichvucong.gov.vn@trang-la.xyz', 'dichvucong.gov.vn'],
    ['binhdanhocvusu.com', 'binhdanhocvuso.gov.vn'],
    ['tinnhiernmang.vn', 'tinnhiemmang.vn'],
    ['vneid-gov.vn', 'gov.vn'],
    ['congan.gov.vn.top', 'gov.vn'],
    ['dichvucong.bocongan.gov.vn', null],
    ['khcn.nghean.gov.vn', null],
    ['dx.com.vn', null],
    ['vietnamnet.vn', null],
    ['tinhmau.gov.vn', 'tinh-mau.gov.vn'],
  ])('%s: %s', (text, of) => expect(pretendsToBe(linksIn(text)[0]!, sites)).toBe(of))
})

describe('what a folder may name', () => {
  const own = { ...article, text: article.text.replace('Mật khẩu mới có từ 8 ký tự.', 'Gọi 1900 6789 hoặc xem trang-la.vn.') }
  it('is advice where the list is only the project’s', () => {
    const lent = world()
    const content = [...lent.content.filter(({ name }) => name !== 'contacts.yaml' && !name.endsWith('.md')), own]
    const problems = findProblems({ ...lent, content, defaults: lent.content }, today)
    expect(problems.map(({ severity, what }) => [severity, what])).toEqual([
      ['warning', expect.stringMatching(/^chưa có tệp contacts\.yaml riêng: .*không được kiểm/)],
      ['error', 'số điện thoại 1900 6789 không có trong contacts.yaml'], ['warning', 'trang trang-la.vn không có trong contacts.yaml'],
    ])
  })
  it('has to be listed somewhere: no list at all is refused', () => {
    const files = world()
    const without = { ...files, content: files.content.filter(({ name }) => name !== 'contacts.yaml') }
    expect(told(without)).toEqual([expect.stringContaining('không tìm thấy tệp contacts.yaml')])
    expect(loadContent(without, options)).toMatchObject({ problems: [{ file: 'contacts.yaml' }] })
  })
  it('a province that is only lent is told with what citizens see instead', () => {
    const lent = world()
    const problems = findProblems({ ...lent, content: lent.content.filter(({ name }) => name !== 'province.yaml'), defaults: lent.content }, today)
    expect(problems).toEqual([expect.objectContaining({ file: 'province.yaml', severity: 'warning', what: expect.stringContaining('số máy, giờ trực mẫu') })])
  })
  it('lets a province tell its page in a sentence without https, and not in place of an address', () => {
    const province = world().content.find(({ name }) => name === 'province.yaml')!
    const telling = (value: string) => told(world({ content: world().content.map((one) => (one.name === 'province.yaml' ? { ...province, text: province.text.replace('values:\n', `values:\n  team: ${value}\n`) } : one)) }))
    expect(telling('xem danh sách tại tinhmau.gov.vn/to hoặc hỏi xã')).toEqual([])
    expect(telling('tinhmau.gov.vn/to')).toEqual([expect.stringMatching(/không phải https/)])
    expect(telling('xem tại http://tinhmau.gov.vn')).toEqual([expect.stringMatching(/không phải https/)])
  })
  it('includes the province’s own numbers and pages', () => {
    const province = world().content.find(({ name }) => name === 'province.yaml')!
    const put = { ...province, text: province.text.replace('values:\n', 'values:\n  portal: https://tinhmau.gov.vn\n') }
    expect(told({ ...saying('Xem tinhmau.gov.vn, gọi 0259 3822 333.'), content: saying('Xem tinhmau.gov.vn, gọi 0259 3822 333.').content.map((one) => (one.name === 'province.yaml' ? put : one)) })).toEqual([])
  })
})

it('an own folder without the articles that the lent entry.yaml opens is not told of them', () => {
  const lent = world()
  const entry = lent.content.find(({ name }) => name === 'entry.yaml')!
  const tiny = file('thu.yaml', 'id: thu\ntitle: Kịch bản thử\nsteps: { a: { ask: Chào, otherwise: answer } }\n')
  const defaults = lent.content.map((one) => (one === entry ? { ...entry, text: entry.text.replaceAll('dich-vu-cong', 'khong-co') } : one))
  expect(findProblems({ flows: [tiny], content: [], defaults }, today).map(({ what }) => what)).toEqual([expect.stringContaining('contacts.yaml riêng'), 'chưa có mục hỏi–đáp nào', expect.stringContaining('province.yaml riêng')])
})

describe('the date of the next review', () => {
  const reviewedFor = (days: number, folder: string) => {
    const until = new Date(Date.parse('2026-11-01') + days * 86_400_000).toISOString().slice(0, 10)
    return { ...world(), content: [...world().content.filter((one) => one !== article && !one.name.endsWith('.md')), { ...article, name: `articles/${folder}/dvc-forgot-password.md`, file: `content/articles/${folder}/x.md`, text: article.text.replace(/review_by: .*/, `review_by: ${until}`) }] }
  }
  it.each([
    ['dich-vu-cong', 90], ['thanh-toan', 90], ['an-toan', 90], ['doi-song', 90], ['chuyen-doi-so', 180], ['tro-ly', 180],
  ])('in %s is at most %i days after the last', (folder, most) => {
    expect(told(reviewedFor(most, folder))).toEqual([])
    expect(told(reviewedFor(most + 1, folder))).toEqual([expect.stringMatching(new RegExp(`cách ngày rà soát ${most + 1} ngày, tối đa ${most}`))])
  })
})

it('two articles whose titles are one button on Facebook are told, since the assistant may offer both', () => {
  const other = (id: string, title: string) => ({ ...article, name: `articles/vneid/${id}.md`, file: `${id}.md`, text: article.text.replace('id: dvc-forgot-password', `id: ${id}`).replace('title: Quên mật khẩu VNeID', `title: ${title}`).replace(/(?<=^ {2}- )\p{Lu}/gmu, `${id} `) })
  const files = world({ content: [other('mot', 'Đăng ký tạm trú cho người lớn'), other('hai', 'Đăng ký tạm trú cho trẻ em')] })
  expect(told(files)).toEqual([expect.stringMatching(/^mot\.md:3:8: lưu ý: .*đều thành "Đăng ký tạm trú…"/)])
})

describe('old names', () => {
  it.each<[string, number]>([
    ['Nộp tại UBND quận.', 1],
    ['Bà con lên huyện nộp.', 1],
    ['Nộp tại UBND thị trấn.', 1],
    ['Ra ủy ban quận hỏi.', 1],
    ['Dịch vụ công cấp độ 4.', 1],
    ['Bão cấp độ 4 rủi ro thiên tai.', 0],
    ['Hỏi Sở LĐ-TB&XH.', 1],
    ['Sở Nông nghiệp và Môi trường.', 0],
    ['Xem trên mic.gov.vn <!-- lịch sử -->', 0],
    ['Nộp trên cổng dịch vụ công của tỉnh.', 1],
    ['Cổng dịch vụ công của tỉnh đã đóng.', 0],
    ['Cổng Dịch vụ công quốc gia.', 0],
    ['Hỏi Bộ 4T, hoặc So TT&TT.', 1],
    ['Cả 63/63 tỉnh, sáu mươi ba tỉnh.', 1],
    ['Gửi đơn tới công an hoặc cơ quan khác; số TT&TT.', 0],
    ['Trước đây ra UBND huyện, nay ra xã.', 0],
    ['Trước đây ra xã, nay ra UBND huyện.', 1],
    ['Trước đây ở xã. Ra UBND huyện.', 1],
    ['UBND huyện nhận hồ sơ như trước đây.', 1],
    ['UBND huyện không còn nhận giấy tay.', 1],
    ['Giấy ghi “UBND huyện” nay không còn giá trị.', 0],
    ['Ra UBND huyện. <!-- lịch sử --> Rồi về.', 0],
    ['Ra UBND huyện. Rồi về. <!-- lịch sử -->', 1],
    ['Trước ngày 01/7/2025 nơi này là Trung tâm Y tế huyện Điện Biên, nay là cơ sở 2.', 0],
    ['Trước 30/12/2026 nộp tại UBND huyện.', 1],
    ['Trước ngày 17/7/2026 nộp ở UBND huyện.', 1],
    ['Sổ đỏ do UBND huyện cấp trước ngày 1 tháng 7 năm 2025 vẫn có giá trị.', 0],
    ['Theo Quyết định 118/QĐ-UBND ngày 05/6/2019 của UBND huyện Tuần Giáo.', 0],
    ['Phòng Tư pháp huyện đã giải thể. Việc của UBND huyện nay do xã làm.', 0],
    ['Chi nhánh Văn phòng đất đai huyện Tuần Giáo (cũ). Sở TT&TT cũ ở tầng 2.', 0],
    ['Phòng Tư pháp huyện nhận hồ sơ cũ.', 1],
    ['Từ 63 tỉnh còn 34 tỉnh. Sở Thông tin và Truyền thông đã nhập vào Sở Khoa học và Công nghệ.', 0],
  ])('%j: %i', (line, count) => expect(told(saying(line)).filter((one) => one.includes('tên gọi cũ'))).toHaveLength(count))

  it('may stand in what citizens ask, in titles of sources, in words that open a flow', () => {
    const quoted = { ...article, text: article.text.replace('questions:\n', 'questions:\n  - Sở Thông tin và Truyền thông ở đâu?\n').replace('title: Nghị định về định danh', 'title: Sở TT&TT hướng dẫn định danh') }
    const flow = file('thu.yaml', 'id: thu\ntitle: Kịch bản thử\ntriggers: [lên huyện nộp]\nsteps: { a: { ask: Chào, choices: [{ title: Gặp người, handover: true, match: [công an huyện] }] } }\n')
    expect(told(world({ content: [quoted], flows: [flow] }))).toEqual([])
  })
})

describe('sentences', () => {
  const words = (count: number) => Array.from({ length: count }, (_, index) => (index === 0 ? 'Bà' : 'con')).join(' ')
  it.each<[string, number[]]>([
    [`${words(30)}.`, []],
    [`${words(31)}.`, [31]],
    [`${words(20)}. ${words(20)}.`, []],
    [`${words(20)}\n${words(20)}`, []],
    [`${words(29)} dichvucong.gov.vn/p/home 01/7/2025`, [31]],
    [`${words(29)} {{province.address}}`, []],
    [`${words(15)} 1.978 ${words(15)}`, [31]],
  ])('%#', (text, found) => expect(longSentences(text).map((one) => one.words)).toEqual(found))
})

describe('short forms', () => {
  it.each<[string, string, string[]]>([
    ['Nộp TTHC ở xã.', '', ['TTHC']],
    ['Nộp TTHC ở xã.', 'Thủ tục hành chính (TTHC) là gì?', []],
    ['Nộp TTHC (thủ tục hành chính) ở xã.', '', []],
    ['Nộp TTHC ở xã.', 'Các thủ tục hành chính.', ['TTHC']],
    ['Đến TP-HT, tra CSDL QG.', '', ['TP-HT', 'CSDL QG']],
    ['Tra CSDL QG.', 'Cơ sở dữ liệu quốc gia (CSDL QG)', []],
    ['UBND xã và UBND ĐKKH.', '', ['ĐKKH']],
    ['Mã có dạng PAKN…', '', []],
    ['Nộp TTHC ở xã.', 'TTHC là việc nộp hồ sơ.', []],
    ['Mã OTP, thẻ CCCD, máy ATM, BHYT.', '', []],
    ['KHOAN CHUYỂN TIỀN. GỌI NGAY 114.', '', []],
    ['Theo Nghị định 69/2024/NĐ-CP và 91/2025/QH15, văn bản 4754/BTTTT-CĐSQG.', '', []],
    ['Soạn DK DNC S gửi 5656.', '', []],
    ['Nội dung: HOTEN – MABN – VIENPHI, không ghi khác.', '', []],
    ['Hỏi BS. Hoa, SĐT ghi ở cửa. VD: Trường THCS, khóa XVI. NĐ 66/2025/NĐ-CP, QĐ số 118/QĐ-CTN.', '', []],
    ['Từ App Store hoặc CH Play.', '', []],
    ['Hỏi {{province.HCC}} nhé.', '', []],
    ['Hỏi HCC, rồi HCC.', '', ['HCC']],
  ])('%j beside %j: %j', (text, beside, found) => expect(unexplained(text, `${text}\n${beside}`)).toEqual(found))
})

describe('days off', () => {
  const off = (holidays: string, day: string, sample = '') => findProblems(world({
    content: world().content.map((one) => (one.name === 'province.yaml' ? { ...one, text: `${sample}${one.text.replace(/holidays: .*/, `holidays: ${holidays}`)}` } : one)),
  }), Date.parse(`${day}T08:00:00+07:00`)).map(({ what }) => what).filter((what) => /ngày nghỉ/.test(what))

  it.each([
    ['[]', '2026-11-21', /nào trong 12 tháng tới/], ['[2026-01-01, 2026-02-17]', '2026-11-21', /nào trong 12 tháng tới/], ['[2027-04-30]', '2026-11-21', /Tết/], ['[2027-04-30]', '2027-02-01', /Tết/], ['[2027-02-05, 2027-04-30]', '2027-11-01', /nào|Tết/],
  ])('%s on %s are too few', (holidays, day, says) => {
    expect(off(holidays, day)).toEqual([expect.stringMatching(says)])
  })

  it.each([['[2027-02-05, 2027-02-08]', '2026-11-21'], ['[2027-02-05]', '2027-01-20'], ['[2027-02-05, 2027-09-02]', '2027-02-10'], ['[2027-09-02]', '2027-03-01'], ['[2027-09-02]', '2027-08-01']])('%s on %s are enough for now', (holidays, day) => {
    expect(off(holidays, day)).toEqual([])
  })

  it('a sample province is told only that it is one', () => {
    expect(off('[]', '2026-11-21', 'sample: true\n')).toEqual([])
  })
})
