import writeXlsxFile, { type Row } from 'write-excel-file/universal'
import { meansTable } from './means.ts'
import { publicationWords } from './official-words.ts'
import { reasonName } from './reason-words.ts'
import type { Report, SendFigures } from './report.ts'

/** The report as an .xlsx workbook: one sheet a question, figures as numbers. */
export async function writeReport(report: Report): Promise<Uint8Array> {
  const sheets = sheetsOf(report).map(({ name, rows }) => ({ sheet: name, data: rows, columns: rows[0]!.map(() => ({ width: 18 })), stickyRowsCount: 1 }))
  const { toBlob } = writeXlsxFile(sheets, { fontFamily: 'Arial', fontSize: 11 })
  return new Uint8Array(await (await toBlob()).arrayBuffer())
}

const heading = (titles: readonly string[]): Row => titles.map((value) => ({ value, type: String, fontWeight: 'bold' as const }))
/** Texts are texts, whatever they begin with. */
const row = (cells: readonly (string | number)[]): Row => cells.map((value) => (typeof value === 'number' ? { value, type: Number } : { value, type: String, format: '@' }))

const figureTitles = ['Người nhận', 'Đã gửi', 'Lỗi', 'Chưa rõ', 'Bỏ qua', 'Còn chờ']
const cells = ({ people, sent, failed, uncertain, skipped, waiting }: SendFigures): number[] => [people, sent, failed, uncertain, skipped, waiting]

function sheetsOf({ period, before, totals, totalsBefore, followUps, byCampaign, byPost, byMeans, byAccount, byDay, publications, questions, unanswered }: Report): { name: string; rows: Row[] }[] {
  const sheet = (name: string, titles: string[], rows: (string | number)[][]) => ({ name, rows: [heading(titles), ...rows.map(row)] })
  return [
    sheet('Tổng', ['Kỳ', ...figureTitles], [[`${period.from} – ${period.to}`, ...cells(totals)], [`${before.from} – ${before.to}`, ...cells(totalsBefore)]]),
    sheet('Thu hồi, đính chính', ['Đợt (tính riêng, không nằm trong các bảng khác)', ...figureTitles], [...followUps.byCampaign.map((each) => [each.campaign, ...cells(each)]), ['Cộng', ...cells(followUps.totals)], ['Kỳ trước', ...cells(followUps.totalsBefore)]]),
    sheet('Theo đợt', ['Đợt', ...figureTitles], byCampaign.map((each) => [each.campaign, ...cells(each)])),
    sheet('Theo bài', ['Đợt', 'Bài', ...figureTitles], byPost.map((each) => [each.campaign, each.post, ...cells(each)])),
    sheet('Theo cách gửi', ['Cách gửi', ...figureTitles], byMeans.map((each) => [meansTable[each.means].title, ...cells(each)])),
    sheet('Theo tài khoản', ['Tài khoản', ...figureTitles], byAccount.map((each) => [each.account, ...cells(each)])),
    sheet('Theo ngày', ['Ngày', ...figureTitles], byDay.map((each) => [each.day, ...cells(each)])),
    sheet('Lý do', ['Loại', 'Lý do', 'Lượt'], [...Object.entries(totals.skippedBy).map(([reason, count]) => ['bỏ qua', reasonName(reason), count]), ...Object.entries(totals.failedBy).map(([reason, count]) => ['lỗi', reasonName(reason), count])]),
    sheet('Bài đăng', ['Đợt', 'Bài', 'Tài khoản', 'Cách gửi', 'Ngày', 'Trạng thái', 'Tiếp cận', 'Nguồn số tiếp cận', 'Đã dừng nhận vẫn nhận'], publications.map(({ campaign, post, account, means, day, status, reach, optedOutReached }) =>
      [campaign, post, account, meansTable[means].title, day, publicationWords[status], reach?.value ?? '', reach === null ? '' : reach.source === 'platform' ? 'do nền tảng báo' : `nhập tay: ${reach.who ?? ''}, ${reach.day}`, optedOutReached ?? ''])),
    sheet('Câu hỏi', ['Mục', 'Lượt', 'Kỳ trước'], [['Tất cả câu hỏi', questions.asked, questions.askedBefore], ['Trả lời được', questions.answered, questions.answeredBefore], ...questions.top.map(({ article, count, before: then }) => [article, count, then])]),
    sheet('Chưa trả lời được', ['Câu hỏi', 'Ngày'], unanswered.map(({ question, day }) => [question, day])),
  ]
}
