import type { Paragraph, Table } from 'docx'
import { accountFrom } from '../core/contact.ts'
import { showDay } from '../core/time.ts'
import { taskTable } from './activities.ts'
import { meansTable } from './means.ts'
import { bar, paragraph, ruledTable, section, type Captions } from './official-parts.ts'
import type { OfficialReport } from './official-report.ts'
import type { SendFigures } from './report.ts'
import { channelWords, compared, correctionWords, difference, numeral, publicationWords, reasons, share, span } from './official-words.ts'

/** Part II of the report: each section in a few sentences, a table and a chart. */

type Blocks = (Paragraph | Table)[]

/** Longer tables stand whole in the workbook. */
const mostRows = 20

export function deliverySection(report: OfficialReport, captions: Captions): Blocks {
  const { isComparable, report: { totals, totalsBefore, followUps, byMeans, byDay } } = report
  const heading = section('1. Tin gửi đến từng người dân (hệ thống đếm)')
  if (isNothing(totals)) return [heading, paragraph('Trong kỳ không có tin nào gửi đến từng người.'), ...followedUp(followUps.totals), ...correctionTable(report, captions)]
  const most = Math.max(...byDay.map(({ people }) => people))
  const left = [
    ...(totals.failed === 0 ? [] : [`${numeral(totals.failed)} lượt không gửi được (${reasons(totals.failedBy)})`]), ...(totals.uncertain === 0 ? [] : [`${numeral(totals.uncertain)} lượt chưa rõ đã đến hay chưa`]),
    ...(totals.waiting === 0 ? [] : [`${numeral(totals.waiting)} lượt đang chờ gửi`]),
  ]
  return [
    heading,
    paragraph(`Đã gửi thành công ${numeral(totals.sent)} lượt tin tới ${numeral(totals.people)} lượt người nhận${compared(totals.people, isComparable ? totalsBefore.people : null, '; số lượt người nhận ')}.`),
    ...(totals.skipped === 0 ? [] : [paragraph(`Không gửi ${numeral(totals.skipped)} lượt để đúng nguyện vọng của người dân và quy định của nền tảng (${reasons(totals.skippedBy)}).`)]),
    ...(left.length === 0 ? [] : [paragraph(`Còn ${left.join(', ')}.`)]),
    ...followedUp(followUps.totals),
    captions.table('Kết quả gửi tin theo cách gửi (lượt)'),
    ruledTable([{ title: 'Cách gửi', share: 0.36 }, { title: 'Người nhận', share: 0.13, align: 'right' }, { title: 'Đã gửi', share: 0.13, align: 'right' }, { title: 'Không gửi', share: 0.13, align: 'right' }, { title: 'Lỗi', share: 0.12, align: 'right' }, { title: 'Chưa rõ', share: 0.13, align: 'right' }],
      [...byMeans.map(({ means, ...of }) => [meansTable[means].title, ...cellsOf(of)]), ['Cộng', ...cellsOf(totals)], ...(isNothing(followUps.totals) ? [] : [['Tính riêng: tin thu hồi, đính chính', ...cellsOf(followUps.totals)]])]),
    ...correctionTable(report, captions),
    ...(byDay.length === 0 || byDay.length > mostRows || most === 0 ? [] : [
      captions.chart('Lượt người nhận theo ngày'),
      ruledTable(barColumns('Ngày'), byDay.map((each) => [showDay(each.day), bar(each.people, most, `${showDay(each.day)}: ${numeral(each.people)} lượt người nhận`), numeral(each.people)])),
    ]),
  ]
}

const cellsOf = ({ people, sent, skipped, failed, uncertain }: SendFigures): string[] => [people, sent, skipped, failed, uncertain].map(numeral)
const isNothing = ({ sent, failed, skipped, uncertain, waiting }: SendFigures): boolean => sent + failed + skipped + uncertain + waiting === 0

const followedUp = (totals: SendFigures): Blocks => (isNothing(totals) ? []
  : [paragraph(`Ngoài ra có ${numeral(totals.sent)} lượt tin thu hồi, đính chính gửi tới ${numeral(totals.people)} lượt người nhận; số này tính riêng, không nằm trong số tin đã gửi.`)])

/** What the reader must know of the figures around it: these posts said something wrong. */
function correctionTable({ corrections }: OfficialReport, captions: Captions): Blocks {
  if (corrections.length === 0) return []
  return [
    belowTable(`Có ${numeral(corrections.length)} lần đính chính, thu hồi bài đã gửi, đã đăng. Lượt tin, bài đăng của các bài này vẫn nằm trong số liệu của báo cáo.`),
    captions.table('Bài đã đính chính, thu hồi'),
    ruledTable([{ title: 'Ngày', share: 0.16, align: 'center' }, { title: 'Việc', share: 0.15 }, { title: 'Bài', share: 0.33 }, { title: 'Đợt', share: 0.2 }, { title: 'Người nhận bài', share: 0.16, align: 'right' }],
      corrections.slice(0, mostRows).map(({ day, kind, post, campaign, people }) => [showDay(day), correctionWords[kind], post, campaign, people === null ? '–' : numeral(people)])),
    ...(corrections.length > mostRows ? [belowTable(`Còn ${numeral(corrections.length - mostRows)} dòng nữa trong bảng số liệu kèm theo.`)] : []),
  ]
}

const barColumns = (title: string, counted = 'Lượt') => [{ title, share: 0.42 }, { title: 'Biểu đồ', share: 0.4 }, { title: counted, share: 0.18, align: 'right' as const }]
/** Text right under a table. */
const belowTable = (text: string): Paragraph => paragraph(text, { spacing: { before: 160, after: 120, line: 288 } })

export function publicationSection({ report: { publications } }: OfficialReport, captions: Captions): Blocks {
  const up = publications.filter(({ status }) => status === 'published' || status === 'edited')
  const heading = section('2. Tin, bài đăng công khai trên các kênh của tỉnh')
  if (publications.length === 0) return [heading, paragraph('Trong kỳ không có tin, bài đăng công khai.')]
  const reach = (source: 'platform' | 'by_hand'): number => up.reduce((total, { reach: of }) => total + (of?.source === source ? of.value : 0), 0)
  return [
    heading,
    paragraph(`Đã đăng ${numeral(up.length)} tin, bài. Lượt tiếp cận do nền tảng báo: ${numeral(reach('platform'))}; do cán bộ nhập từ trang quản lý: ${numeral(reach('by_hand'))}. Hai số này lấy từ nguồn khác nhau nên không cộng với nhau và không cộng với số tin đã gửi.`),
    captions.table('Tin, bài đã đăng'),
    ruledTable([{ title: 'Ngày', share: 0.14, align: 'center' }, { title: 'Nơi đăng', share: 0.36 }, { title: 'Trạng thái', share: 0.18 }, { title: 'Tiếp cận', share: 0.14, align: 'right' }, { title: 'Nguồn số', share: 0.18 }],
      publications.slice(0, mostRows).map(({ day: of, means, status, reach: seen }) => [showDay(of), meansTable[means].title, publicationWords[status], seen === null ? '–' : numeral(seen.value), seen === null ? 'chưa có số' : seen.source === 'platform' ? 'nền tảng báo' : 'nhập tay'])),
    ...(publications.length > mostRows ? [belowTable(`Còn ${numeral(publications.length - mostRows)} tin, bài nữa trong bảng số liệu kèm theo.`)] : []),
  ]
}

export function chatSection({ asked, isComparable, waiting, report: { questions, unanswered }, titles }: OfficialReport, captions: Captions): Blocks {
  const { now, before, byAccount, overTime, unit } = asked
  const heading = section('3. Hỏi – đáp tự động với người dân (hệ thống đếm)')
  if (now.turns === 0) return [heading, paragraph('Trong kỳ chưa có lượt hỏi nào.')]
  const most = Math.max(...overTime.map((each) => each.asked))
  const top = questions.top.slice(0, 10)
  const verdicts = now.helpful + now.notHelpful
  const rows: [string, number, number][] = [
    ['Lượt nhắn của người dân', now.turns, before.turns], ['Lượt hỏi', now.asked, before.asked], ['Lượt hỏi được trả lời ngay', now.answered, before.answered], ['Lượt chưa có nội dung trả lời', now.unanswered, before.unanswered],
    ['Lượt chuyển cán bộ', now.handovers, before.handovers], ['Lượt đánh giá “có ích”', now.helpful, before.helpful], ['Lượt đánh giá “chưa đúng ý”', now.notHelpful, before.notHelpful],
  ]
  return [
    heading,
    paragraph(`Trợ lý tự động tiếp nhận ${numeral(now.asked)} lượt hỏi${compared(now.asked, isComparable ? before.asked : null, ', ')}; trả lời ngay ${numeral(now.answered)} lượt (${share(now.answered, now.asked)}).${verdicts === 0 ? '' : ` Trong ${numeral(verdicts)} lượt đánh giá, ${share(now.helpful, verdicts)} cho là có ích.`}`),
    paragraph(`${numeral(waiting.asked)} lượt người dân cần gặp cán bộ; cán bộ đã trả lời ${numeral(waiting.answered)} lượt${waiting.median === null ? '' : `, một nửa trong vòng ${span(waiting.median)}`}${waiting.open === 0 ? '' : `; đang chờ ${numeral(waiting.open)} lượt`}.`),
    ...(isComparable ? [
      captions.table('Hỏi – đáp so với kỳ trước'),
      ruledTable([{ title: 'Chỉ tiêu', share: 0.46 }, { title: 'Kỳ này', share: 0.18, align: 'right' }, { title: 'Kỳ trước', share: 0.18, align: 'right' }, { title: 'Tăng, giảm', share: 0.18, align: 'right' }], rows.map(([name, is, was]) => [name, numeral(is), numeral(was), difference(is, was)])),
    ] : [captions.table('Hỏi – đáp trong kỳ'), ruledTable([{ title: 'Chỉ tiêu', share: 0.7 }, { title: 'Kỳ này', share: 0.3, align: 'right' }], rows.map(([name, is]) => [name, numeral(is)]))]),
    ...(most === 0 ? [] : [captions.chart(`Lượt hỏi theo ${unit}`), ruledTable(barColumns(unit.charAt(0).toUpperCase() + unit.slice(1)), overTime.map((each) => [each.label, bar(each.asked, most, `${each.label}: ${numeral(each.asked)} lượt hỏi`), numeral(each.asked)]))]),
    ...(byAccount.length === 0 ? [] : [captions.table('Hỏi – đáp theo kênh'), ruledTable([{ title: 'Kênh', share: 0.46 }, { title: 'Lượt nhắn', share: 0.18, align: 'right' }, { title: 'Lượt hỏi', share: 0.18, align: 'right' }, { title: 'Trả lời ngay', share: 0.18, align: 'right' }], byChannel(byAccount))]),
    ...(top.length === 0 ? [] : [
      captions.chart('Nội dung người dân hỏi nhiều nhất (lượt trả lời)'),
      ruledTable(barColumns('Nội dung'), top.map(({ article, count }) => [titles.get(article) ?? 'Nội dung đã rút', bar(count, top[0]!.count, `${titles.get(article) ?? 'Nội dung đã rút'}: ${numeral(count)} lượt`), numeral(count)])),
    ]),
    ...(unanswered.length === 0 ? [] : [belowTable(`Một số câu hỏi chưa có nội dung trả lời, đã che thông tin riêng: ${unanswered.slice(0, 5).map(({ question }) => `“${question}”`).join('; ')}.`)]),
  ]
}

/** Channels, not accounts: whoever reads the report knows no ids. */
function byChannel(byAccount: OfficialReport['asked']['byAccount']): string[][] {
  return [...Map.groupBy(byAccount, ([account]) => accountFrom(account).channel)].map(([channel, of]) => {
    const total = (what: 'turns' | 'asked' | 'answered'): string => numeral(of.reduce((sum, [, tally]) => sum + tally[what], 0))
    return [channelWords[channel], total('turns'), total('asked'), total('answered')]
  })
}

export function unitSection({ units: { now, before }, campaign, isComparable }: OfficialReport, captions: Captions): Blocks {
  const heading = section('4. Hoạt động của các đơn vị, địa phương (đơn vị báo)')
  const silent = now.silent.length === 0 ? [] : [belowTable(`Đơn vị chưa báo cáo kết quả: ${now.silent.length > 40 ? `${numeral(now.silent.length)} đơn vị (danh sách trong bảng số liệu kèm theo)` : now.silent.join('; ')}.`)]
  if (now.total.planned === 0) return [heading, paragraph('Chưa có đơn vị nào báo kết quả trong kỳ.'), ...silent]
  const most = Math.max(...now.byTask.map(({ done }) => done))
  return [
    heading,
    paragraph(`Theo báo cáo của ${numeral(now.total.units)} đơn vị, đã hoàn thành ${numeral(now.total.done)} trên ${numeral(now.total.planned)} việc${compared(now.total.done, campaign === null && isComparable ? before.total.done : null, '; số việc hoàn thành ')}.${now.total.overdue === 0 ? '' : ` Còn ${numeral(now.total.overdue)} việc quá hạn.`}`),
    captions.table('Kết quả theo việc (đơn vị báo)'),
    ruledTable([{ title: 'Việc', share: 0.42 }, { title: 'Đơn vị đã làm', share: 0.16, align: 'right' }, { title: 'Việc đã xong', share: 0.16, align: 'right' }, { title: 'Số lượng', share: 0.26, align: 'right' }],
      now.byTask.map(({ task, units: doing, done, quantity }) => [taskTable[task].title, numeral(doing), numeral(done), quantity === 0 ? '–' : `${numeral(quantity)} ${taskTable[task].measure}`])),
    ...(most === 0 ? [] : [captions.chart('Số việc đã xong theo loại (đơn vị báo)'), ruledTable(barColumns('Việc', 'Việc xong'), now.byTask.filter(({ done }) => done > 0).map(({ task, done }) => [taskTable[task].title, bar(done, most, `${taskTable[task].title}: ${numeral(done)} việc`), numeral(done)]))]),
    ...silent,
  ]
}
