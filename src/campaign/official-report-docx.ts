import { AlignmentType, Document, Header, Packer, PageNumber, Paragraph, Table, TextRun } from 'docx'
import { xmlSafe } from './activity-sheet.ts'
import { chatSection, deliverySection, publicationSection, unitSection } from './official-figures.ts'
import type { ReportHeading } from './official-heading.ts'
import { chapter, createCaptions, font, line, page, paragraph, rule, run, section, sideBySide, sizes, textWidth, written } from './official-parts.ts'
import type { OfficialReport } from './official-report.ts'
import { showDay, vietnamDay } from '../core/time.ts'
import { days, numeral, signingDate, subject } from './official-words.ts'

/** The report as a .docx, laid out as Nghị định 30/2020/NĐ-CP asks of a report. The number and the day are left to be written by hand. */
export async function writeOfficialReport(report: OfficialReport, heading: ReportHeading): Promise<Uint8Array> {
  const document = new Document({
    creator: xmlSafe(heading.agency), title: xmlSafe(`Báo cáo kết quả tuyên truyền ${subject(report)}`), description: 'Báo cáo kết quả tuyên truyền',
    styles: { default: { document: { run: { font, size: sizes.body, color: '000000', language: { value: 'vi-VN' } } } } },
    sections: [{
      properties: { page: { size: { width: page.width, height: page.height }, margin: page.margin }, titlePage: true },
      headers: {
        first: new Header({ children: [new Paragraph({ children: [] })] }),
        default: new Header({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: [PageNumber.CURRENT], size: sizes.head })] })] }),
      },
      children: [
        ...top(report, heading), ...title(report), ...body(report, heading), ...bottom(heading), ...annex(report),
      ],
    }],
  })
  return new Uint8Array(await Packer.toArrayBuffer(document))
}

const centred = { alignment: AlignmentType.CENTER, spacing: { before: 0, after: 0 } } as const
const [left, right] = [Math.round(textWidth * 0.42), textWidth - Math.round(textWidth * 0.42)]

/** What does not fit in one line of the left column, in two: broken before the place or the "và" where there is one, else nearest the middle. */
export function balanced(name: string): string {
  if (name.length <= 21) return name
  const fromMiddle = ({ index }: { index: number }): number => Math.abs(index - name.length / 2)
  const nearest = (breaks: RegExp): number | undefined => [...name.matchAll(breaks)].toSorted((a, b) => fromMiddle(a) - fromMiddle(b))[0]?.index
  const at = nearest(/ (?=(?:TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG|ĐẶC KHU|VÀ) )/g) ?? nearest(/ /g)
  return at === undefined ? name : `${name.slice(0, at)}\n${name.slice(at + 1)}`
}

/** Agency and number on the left, the state's name and motto, place and day on the right. */
function top(report: OfficialReport, { superior, agency, number, place }: ReportHeading): (Table | Paragraph)[] {
  return [
    ...(report.rehearsal ? [line('BẢN TẬP DƯỢT: SỐ LIỆU TỪ TÀI KHOẢN TẬP DƯỢT, KHÔNG GỬI ĐI', { alignment: AlignmentType.CENTER, spacing: { after: 120 } }, { bold: true, size: sizes.small })] : []),
    sideBySide([
      {
        width: left,
        children: [
          ...(superior === '' ? [] : [line(balanced(superior.toUpperCase()), centred, { size: sizes.head })]), line(balanced(agency.toUpperCase()), centred, { size: sizes.head, bold: true }), rule(Math.round(left * 0.3)),
          line(`Số: ${'\u00a0'.repeat(8)}/${number}`, { ...centred, spacing: { before: 80, after: 0 } }, { size: sizes.head }),
        ],
      },
      {
        width: right,
        children: [
          // Set a little closer, so that it stands in one line beside the agency.
          line('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', centred, { size: 25, bold: true, characterSpacing: -6 }), line('Độc lập - Tự do - Hạnh phúc', centred, { size: sizes.body, bold: true }), rule(Math.round(right * 0.185)),
          line(`${place === '' ? '' : `${place}, `}${signingDate(report.madeAt)}`, { ...centred, spacing: { before: 80, after: 0 } }, { size: sizes.head, italics: true }),
        ],
      },
    ]),
  ]
}

const title = (report: OfficialReport): Paragraph[] => [
  line('BÁO CÁO', { ...centred, spacing: { before: 360, after: 0 } }, { bold: true }),
  line(`Kết quả tuyên truyền ${subject(report)}`, centred, { bold: true }),
  rule(Math.round(textWidth * 0.36)),
]

function body(report: OfficialReport, heading: ReportHeading): (Table | Paragraph)[] {
  const { campaigns, period } = report
  const agency = heading.agency.trim() === '' ? 'cơ quan lập báo cáo' : heading.agency.trim()
  const basis = heading.basis.trim() === '' ? 'Thực hiện nhiệm vụ thông tin, tuyên truyền về chuyển đổi số' : heading.basis.trim().replace(/[;,.]+$/, '')
  const captions = createCaptions()
  const about = subject(report)
  return [
    paragraph(`${basis}, ${agency} báo cáo kết quả tuyên truyền ${about}${about === days(period) ? '' : ` (${days(period)})`} như sau:`, { spacing: { before: 240, after: 120, line: 288 } }),
    chapter('I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI'),
    ...written(heading.direction),
    ...(campaigns.length === 0 ? [] : [
      paragraph(`Trong kỳ đã triển khai ${numeral(campaigns.length)} đợt tuyên truyền trên các kênh số của tỉnh:`),
      ...campaigns.map(({ name, period: of, theme }) => paragraph(`- Đợt “${name}”, ${days(of)}${theme === null ? '' : `, chủ đề “${theme}”`}.`)),
    ]),
    chapter('II. KẾT QUẢ THỰC HIỆN'),
    ...deliverySection(report, captions), ...publicationSection(report, captions), ...chatSection(report, captions), ...unitSection(report, captions),
    chapter('III. ĐÁNH GIÁ CHUNG'),
    section('1. Kết quả nổi bật'), ...written(heading.strengths),
    section('2. Tồn tại, hạn chế'), ...written(heading.weaknesses),
    chapter('IV. PHƯƠNG HƯỚNG, KIẾN NGHỊ'),
    ...written(heading.plans),
    paragraph(`Trên đây là báo cáo kết quả tuyên truyền ${about}, ${agency} kính báo cáo./.`, { keepNext: true }),
  ]
}

/** Recipients on the left, who signs on the right: never on a page of their own, never torn apart. */
function bottom({ recipients, signer, signerName }: ReportHeading): (Table | Paragraph)[] {
  const to = recipients.split('\n').map((each) => each.trim().replace(/^-\s*/, '').replace(/[;.,]+$/, '')).filter((each) => each !== '')
  const tight = { spacing: { before: 0, after: 0 } } as const
  return [
    line('', { spacing: { before: 0, after: 60 }, keepNext: true }),
    sideBySide([
      {
        width: left,
        children: [
          line('Nơi nhận:', tight, { bold: true, italics: true, size: sizes.table }),
          ...(to.length === 0 ? ['Lưu: VT'] : to).map((each, at, all) => line(`- ${each}${at === all.length - 1 ? '.' : ';'}`, tight, { size: sizes.small })),
        ],
      },
      {
        width: right,
        children: [
          line(signer === '' ? 'THỦ TRƯỞNG CƠ QUAN' : signer.toUpperCase(), { ...centred, keepNext: true }, { bold: true }),
          ...Array.from({ length: 5 }, () => line('', { ...centred, keepNext: true })),
          line(signerName === '' ? '…………………………' : signerName, centred, { bold: true }),
        ],
      },
    ]),
  ]
}

/** Where the figures come from, and by what anybody can check that nothing was changed afterwards. */
function annex({ auditHead, before, isComparable, madeAt, report }: OfficialReport): Paragraph[] {
  const small = (text: string): Paragraph => line(run(text, { size: sizes.table }), { alignment: AlignmentType.JUSTIFIED, spacing: { after: 80 } })
  return [
    line('PHỤ LỤC', { ...centred, pageBreakBefore: true }, { bold: true }),
    line('Nguồn số liệu và cách tính', { ...centred, spacing: { after: 200 } }, { bold: true }),
    small('1. Số do hệ thống đếm: mỗi tin gửi đi, mỗi câu hỏi là một dòng trong sổ của máy chủ; số trong báo cáo là tổng của sổ. “Lượt người nhận” là số người nhận đủ phần đầu của một bài; một người nhận hai bài được tính hai lượt.'),
    small('2. Số “do nền tảng báo” lấy từ Zalo, Facebook, Telegram; số “nhập tay” do cán bộ đọc trên trang quản lý và nhập. Hai loại này không cộng vào số do hệ thống đếm.'),
    small('3. Số “đơn vị báo” do sở, ngành, địa phương tự báo, hệ thống không kiểm đếm.'),
    small(isComparable ? `4. Kỳ trước để so sánh: ${days(before)}.` : '4. Kỳ này chưa hết nên chưa so với kỳ trước.'),
    small('5. Báo cáo không chứa họ tên, số điện thoại, mã định danh hay lời nhắn của người dân.'),
    small(auditHead === null ? '6. Nhật ký duyệt của hệ thống chưa có dòng nào.'
      : `6. Nhật ký duyệt của hệ thống (chuỗi băm, không sửa được mà không lộ) lúc lập báo cáo có ${numeral(auditHead.seq)} dòng, dòng cuối mang mã:`),
    ...(auditHead === null ? [] : [line(auditHead.hash, { spacing: { after: 80 } }, { font: 'Courier New', size: 20 }), small(`Kiểm tra bằng lệnh: camnang campaign audit --expect ${auditHead.hash.slice(0, 12)}… (ghi đủ 64 ký tự).`)]),
    small(`Lập từ hệ thống Cẩm nang số ngày ${showDay(vietnamDay(madeAt))}. Tổng lượt gửi trong kỳ: ${numeral(report.totals.sent)}${report.followUps.totals.sent === 0 ? '' : `, chưa kể ${numeral(report.followUps.totals.sent)} lượt tin thu hồi, đính chính`}.`),
  ]
}
