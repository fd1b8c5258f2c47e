import writeXlsxFile, { type Row } from 'write-excel-file/universal'
import { accountFrom } from '../core/contact.ts'
import { showDay } from '../core/time.ts'
import { xmlSafe } from './activity-sheet.ts'
import { taskTable } from './activities.ts'
import { meansTable } from './means.ts'
import type { SendFigures } from './report.ts'
import type { OfficialReport } from './official-report.ts'
import { channelWords, correctionWords, days, publicationWords } from './official-words.ts'

type Cell = string | number
interface Sheet { name: string; titles: string[]; rows: Cell[][] }

/** The figures behind the report as an .xlsx: numbers as numbers, texts as texts whatever they begin with. Each row says who counted it. */
export async function writeOfficialWorkbook(report: OfficialReport): Promise<Uint8Array> {
  const sheets = sheetsOf(report).map(({ name, titles, rows }) => ({
    sheet: name, columns: titles.map((_, at) => ({ width: at === 0 ? 34 : 18 })), stickyRowsCount: 1, orientation: 'landscape' as const,
    data: [titles.map((value) => ({ value, type: String, fontWeight: 'bold' as const, wrap: true })), ...rows.map((cells) => cells.map(cellOf))] as Row[],
  }))
  const { toBlob } = writeXlsxFile(sheets, { fontFamily: 'Times New Roman', fontSize: 12 })
  return new Uint8Array(await (await toBlob()).arrayBuffer())
}

const cellOf = (value: Cell) => (typeof value === 'number' ? { value, type: Number, alignVertical: 'top' as const } : { ...(value === '' ? {} : { value: xmlSafe(value) }), type: String, alignVertical: 'top' as const, format: '@', wrap: true })

const ledgerTitles = ['Người nhận', 'Đã gửi', 'Không gửi', 'Lỗi', 'Chưa rõ', 'Còn chờ']
const ledgerCells = ({ people, sent, skipped, failed, uncertain, waiting }: SendFigures): number[] => [people, sent, skipped, failed, uncertain, waiting]

/** Pure. */
export function sheetsOf({ report, asked, waiting, units, names, corrections, titles, period, before, isComparable, auditHead, rehearsal }: OfficialReport): Sheet[] {
  const nameOf = (id: string): string => names.get(id) ?? id
  const { totals, totalsBefore, followUps } = report
  const pairs: [string, string, Cell, Cell][] = [
    ...ledgerTitles.map((title, at): [string, string, Cell, Cell] => [`Tin gửi: ${title.toLowerCase()}`, 'hệ thống đếm', ledgerCells(totals)[at]!, ledgerCells(totalsBefore)[at]!]),
    ...ledgerTitles.map((title, at): [string, string, Cell, Cell] => [`Tin thu hồi, đính chính (tính riêng): ${title.toLowerCase()}`, 'hệ thống đếm', ledgerCells(followUps.totals)[at]!, ledgerCells(followUps.totalsBefore)[at]!]),
    ['Lượt nhắn của người dân', 'hệ thống đếm', asked.now.turns, asked.before.turns], ['Lượt hỏi', 'hệ thống đếm', asked.now.asked, asked.before.asked], ['Trả lời ngay', 'hệ thống đếm', asked.now.answered, asked.before.answered],
    ['Chưa có nội dung trả lời', 'hệ thống đếm', asked.now.unanswered, asked.before.unanswered], ['Chuyển cán bộ', 'hệ thống đếm', asked.now.handovers, asked.before.handovers],
    ['Đánh giá có ích', 'hệ thống đếm', asked.now.helpful, asked.before.helpful], ['Đánh giá chưa đúng ý', 'hệ thống đếm', asked.now.notHelpful, asked.before.notHelpful],
    ['Cần gặp cán bộ', 'hệ thống đếm', waiting.asked, ''], ['Cán bộ đã trả lời', 'hệ thống đếm', waiting.answered, ''],
    ['Việc của đơn vị', 'đơn vị báo', units.now.total.planned, units.before.total.planned], ['Việc của đơn vị đã xong', 'đơn vị báo', units.now.total.done, units.before.total.done], ['Đơn vị có việc', 'đơn vị báo', units.now.total.units, units.before.total.units],
  ]
  return [
    { name: 'Tổng hợp', titles: ['Chỉ tiêu', 'Nguồn số', 'Kỳ này', 'Kỳ trước'], rows: [
      ['Kỳ', '', days(period), isComparable ? days(before) : 'chưa so: kỳ này chưa hết'], ...pairs.map(([name, source, now, was]) => [name, source, now, isComparable ? was : '']), ['Dòng cuối nhật ký duyệt', 'hệ thống', auditHead === null ? 'chưa có' : `${auditHead.seq}: ${auditHead.hash}`, ''],
      ...(rehearsal ? [['BẢN TẬP DƯỢT: không gửi đi', '', '', '']] : []),
    ] },
    { name: 'Tin gửi theo đợt', titles: ['Đợt', ...ledgerTitles], rows: report.byCampaign.map((each) => [nameOf(each.campaign), ...ledgerCells(each)]) },
    { name: 'Tin thu hồi, đính chính', titles: ['Đợt (tính riêng)', ...ledgerTitles], rows: followUps.byCampaign.map((each) => [nameOf(each.campaign), ...ledgerCells(each)]) },
    { name: 'Bài đã đính chính, thu hồi', titles: ['Bài', 'Đợt', 'Việc', 'Ngày', 'Người nhận bài'], rows: corrections.map(({ campaign, post, kind, day, people }) => [post, campaign, correctionWords[kind], showDay(day), people ?? '']) },
    { name: 'Tin gửi theo cách', titles: ['Cách gửi', ...ledgerTitles], rows: report.byMeans.map((each) => [meansTable[each.means].title, ...ledgerCells(each)]) },
    { name: 'Tin gửi theo ngày', titles: ['Ngày', ...ledgerTitles], rows: report.byDay.map((each) => [showDay(each.day), ...ledgerCells(each)]) },
    { name: 'Bài đăng', titles: ['Đợt', 'Mã bài', 'Nơi đăng', 'Ngày', 'Trạng thái', 'Tiếp cận', 'Nguồn số'], rows: report.publications.map(({ campaign, post, means, day: of, status, reach }) =>
      [nameOf(campaign), post, meansTable[means].title, showDay(of), publicationWords[status], reach?.value ?? '', reach === null ? '' : reach.source === 'platform' ? 'nền tảng báo' : 'nhập tay']) },
    { name: 'Hỏi đáp theo thời gian', titles: [`Theo ${asked.unit}`, 'Lượt hỏi', 'Trả lời ngay'], rows: asked.overTime.map(({ label, asked: of, answered }) => [label, of, answered]) },
    { name: 'Hỏi đáp theo tài khoản', titles: ['Kênh', 'Lượt nhắn', 'Lượt hỏi', 'Trả lời ngay'], rows: asked.byAccount.map(([account, of]) => [channelWords[accountFrom(account).channel], of.turns, of.asked, of.answered]) },
    { name: 'Nội dung hỏi nhiều', titles: ['Nội dung', 'Mã mục', 'Kỳ này', 'Kỳ trước'], rows: report.questions.top.map(({ article, count, before: was }) => [titles.get(article) ?? 'Nội dung đã rút', article, count, was]) },
    { name: 'Chưa trả lời được', titles: ['Câu hỏi (đã che, đã được cho phép)', 'Ngày'], rows: report.unanswered.map(({ question, day: of }) => [question, showDay(of)]) },
    { name: 'Đơn vị báo, theo việc', titles: ['Việc', 'Đơn vị đã làm', 'Tất cả việc', 'Đã xong', 'Quá hạn', 'Số lượng', 'Tính bằng'], rows: units.now.byTask.map(({ task, units: doing, planned, done, overdue, quantity }) => [taskTable[task].title, doing, planned, done, overdue, quantity, taskTable[task].measure]) },
    { name: 'Đơn vị báo, theo đơn vị', titles: ['Đơn vị', 'Tất cả việc', 'Đã xong', 'Quá hạn', 'Ghi chú'], rows: units.now.byUnit.map(({ unit, planned, done, overdue }) => [unit, planned, done, overdue, done === 0 ? 'chưa báo kết quả' : '']) },
    { name: 'Đơn vị báo, từng việc', titles: ['Đơn vị', 'Việc', 'Nội dung', 'Hạn', 'Ngày xong', 'Số lượng', 'Tính bằng', 'Minh chứng'], rows: units.rows.flatMap(({ unit, activities }) => activities.map(({ task, what, due, done, quantity, evidence }) =>
      [unit, taskTable[task].title, what, due === null ? '' : showDay(due), done === null ? '' : showDay(done), quantity ?? '', taskTable[task].measure, evidence])) },
  ]
}
