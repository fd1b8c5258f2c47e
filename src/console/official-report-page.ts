import { html } from 'hono/html'
import type { HeadingField, ReportHeading } from '../campaign/official-heading.ts'
import { longestHeading } from '../campaign/official-heading.ts'
import type { OfficialReport } from '../campaign/official-report.ts'
import { compared, correctionWords, days, share, subject } from '../campaign/official-words.ts'
import { showDay } from '../core/time.ts'
import { button, card, figures, form, hidden, notice, selectField, table, textArea, textField, type Html } from './components.ts'
import { columnChart } from './figures-chart.ts'
import { registerPath, reportPath } from './paths.ts'
import { figure } from './show.ts'

/** `Báo cáo`: choose the days, look, write what only people can write, download. */

export const reportKinds = ['dot', '6-thang', 'nam', 'dot-xuat'] as const
export type ReportKind = (typeof reportKinds)[number]
const kindTitles: Readonly<Record<ReportKind, string>> = { dot: 'Sau đợt', '6-thang': '6 tháng', nam: 'Năm', 'dot-xuat': 'Đột xuất' }

/** What a report is asked for by, as it stands in an address. */
export interface Asking { kind: ReportKind; campaign: string; day: string; from: string; to: string }

export interface ReportView {
  asking: Asking
  campaigns: readonly { id: string; name: string }[]
  /** Null: the days asked for are none. */
  report: OfficialReport | null
  heading: ReportHeading
  errors: Partial<Record<HeadingField, string>>
  mayWrite: boolean
  token: string
  notice: Html | ''
  error: string | null
}

export function queryOf({ kind, campaign, day, from, to }: Asking): string {
  const of: Readonly<Record<ReportKind, Record<string, string>>> = { dot: { dot: campaign }, '6-thang': { ngay: day }, nam: { ngay: day }, 'dot-xuat': { tu: from, den: to } }
  return new URLSearchParams({ loai: kind, ...of[kind] }).toString()
}

/** The same for the log. */
export function tellAsking({ kind, campaign, day, from, to }: Asking): string {
  const of: Readonly<Record<ReportKind, string>> = { dot: `đợt ${campaign}`, '6-thang': `6 tháng có ngày ${showDay(day)}`, nam: `năm ${day.slice(0, 4)}`, 'dot-xuat': `${showDay(from)} – ${showDay(to)}` }
  return of[kind]
}

export function reportPage(view: ReportView): Html {
  const { asking, report, notice: told, error } = view
  return html`<h1>Báo cáo kết quả tuyên truyền</h1>
${told}
${kindPart(view)}
${error === null ? '' : notice(error, 'warn', true)}
${report === null ? '' : html`${card(`Kết quả tuyên truyền ${subject(report)}`, html`
${report.rehearsal ? notice('Có số liệu của tài khoản tập dượt: bản tải về ghi rõ “bản tập dượt”, không gửi đi.', 'warn') : ''}
<p class="row"><a class="button main-button" href="${reportPath}/tai-ve?${queryOf(asking)}&amp;dang=docx">Tải báo cáo (.docx)</a><a class="button" href="${reportPath}/tai-ve?${queryOf(asking)}&amp;dang=xlsx">Tải số liệu (.xlsx)</a></p>
<p class="soft small">Báo cáo theo thể thức văn bản hành chính: số, ngày để trống, ghi khi ký. Phần người viết bên dưới chưa điền thì để dòng chấm.</p>`, 'tai')}
${seenPart(report)}
${headingPart(view)}`}`
}

function kindPart({ asking, campaigns }: ReportView): Html {
  return card('Loại báo cáo', html`<ul class="spans">${reportKinds.map((kind) => html`<li><a class="button quiet" href="${reportPath}?loai=${kind}"${kind === asking.kind ? html` aria-current="true"` : ''}>${kindTitles[kind]}</a></li>`)}</ul>
<form method="get" action="${reportPath}" class="span-form">${hidden('loai', asking.kind)}
${asking.kind === 'dot' ? (campaigns.length === 0 ? html`<p class="soft">Chưa có đợt tuyên truyền nào.</p>` : selectField({ name: 'dot', label: 'Đợt', value: asking.campaign, options: campaigns.map(({ id, name }) => ({ value: id, title: name })) }))
    : asking.kind === 'dot-xuat' ? html`${textField({ name: 'tu', label: 'Từ ngày', kind: 'date', value: asking.from })}${textField({ name: 'den', label: 'Đến ngày', kind: 'date', value: asking.to })}`
    : textField({ name: 'ngay', label: asking.kind === 'nam' ? 'Một ngày trong năm' : 'Một ngày trong nửa năm', kind: 'date', value: asking.day })}
${asking.kind === 'dot' && campaigns.length === 0 ? '' : button('Xem', '')}</form>`)
}

function seenPart({ report: { totals, totalsBefore, publications }, asked: { now, before, overTime, unit }, units, before: span, campaign, auditHead, corrections, isComparable }: OfficialReport): Html {
  const up = publications.filter(({ status }) => status === 'published' || status === 'edited').length
  return card('Số liệu sẽ vào báo cáo', html`${figures([
    { count: figure(totals.people), of: `lượt người nhận tin${compared(totals.people, isComparable ? totalsBefore.people : null, ', ')}` }, { count: figure(up), of: 'tin, bài đã đăng' }, { count: figure(now.asked), of: `lượt hỏi${compared(now.asked, isComparable ? before.asked : null, ', ')}` },
    { count: share(now.answered, now.asked), of: 'trả lời ngay' }, { count: figure(units.now.total.done), of: `việc của ${figure(units.now.total.units)} đơn vị đã xong (đơn vị báo)` }, { count: figure(units.now.silent.length), of: 'đơn vị chưa báo' },
  ])}
${corrections.length === 0 ? '' : table('Bài đã đính chính, thu hồi', ['Bài', 'Đợt', 'Việc', 'Ngày', 'Người nhận bài'], corrections.map(({ post, campaign: of, kind, day, people }) => [html`<bdi>${post}</bdi>`, html`<bdi>${of}</bdi>`, correctionWords[kind], showDay(day), people === null ? '–' : figure(people)]))}
${columnChart(`Lượt hỏi theo ${unit}; phần đậm là lượt trả lời ngay. Số chính xác ở bảng bên dưới.`, overTime.map(({ label, asked, answered }) => ({ label: label.replace(/^Tháng /, '').replace(/ –.*$/, ''), value: asked, part: answered })))}
<details><summary>Bảng lượt hỏi theo ${unit}</summary>${table(`Lượt hỏi theo ${unit}`, [unit.charAt(0).toUpperCase() + unit.slice(1), 'Lượt hỏi', 'Trả lời ngay'], overTime.map(({ label, asked, answered }) => [label, figure(asked), figure(answered)]))}</details>
<p class="soft small">${isComparable ? `So với kỳ trước ${days(span)}.` : 'Kỳ này chưa hết nên chưa so với kỳ trước.'} ${auditHead === null ? 'Nhật ký duyệt chưa có dòng nào.' : html`Nhật ký duyệt có ${figure(auditHead.seq)} dòng, mã cuối <span class="code">${auditHead.hash.slice(0, 16)}…</span>, in đủ trong phụ lục.`}${campaign === null ? '' : html` <a href="${registerPath}/${campaign}">Sổ việc các đơn vị của đợt này</a>`}</p>`)
}

const labels: Readonly<Record<HeadingField, { label: string; hint?: string; lines?: true }>> = {
  superior: { label: 'Cơ quan chủ quản', hint: 'In hoa ở góc trái.' }, agency: { label: 'Cơ quan báo cáo', hint: 'Viết như trong câu, ví dụ: Sở Khoa học và Công nghệ; ở góc trái tự in hoa.' }, number: { label: 'Ký hiệu sau số', hint: 'Ví dụ: BC-SKHCN.' }, place: { label: 'Địa danh' },
  signer: { label: 'Quyền hạn, chức vụ người ký', hint: 'Ký thay thì xuống dòng: KT. GIÁM ĐỐC rồi PHÓ GIÁM ĐỐC.', lines: true }, signerName: { label: 'Họ tên người ký' }, recipients: { label: 'Nơi nhận', hint: 'Mỗi nơi một dòng, dòng cuối là lưu.', lines: true },
  basis: { label: 'Căn cứ', hint: 'Ví dụ: Thực hiện Công văn số …/UBND-KGVX ngày …', lines: true }, direction: { label: 'Công tác chỉ đạo, triển khai', lines: true }, strengths: { label: 'Kết quả nổi bật', lines: true }, weaknesses: { label: 'Tồn tại, hạn chế', lines: true }, plans: { label: 'Phương hướng, kiến nghị', lines: true },
}

function headingPart({ heading, errors, asking, mayWrite, token }: ReportView): Html {
  const field = (name: HeadingField): Html => {
    const { label, hint, lines } = labels[name]
    const of = { name, label, value: heading[name], error: errors[name] ?? null, ...(hint !== undefined && { hint }) }
    return lines === true ? textArea({ ...of, longest: longestHeading[name], required: false }) : textField(of)
  }
  if (!mayWrite) return card('Phần người viết', html`<p class="soft">Người biên tập hoặc quản trị điền phần này.</p>`)
  return card('Phần người viết', form(`${reportPath}?${queryOf(asking)}`, token, html`<p class="soft">Thể thức dùng chung cho mọi báo cáo; nhận xét chỉ của kỳ này. Không ghi họ tên, số điện thoại của người dân.</p>
<div class="grid"><div>${(['superior', 'agency', 'number', 'place', 'signer', 'signerName', 'recipients'] as const).map(field)}</div><div>${(['basis', 'direction', 'strengths', 'weaknesses', 'plans'] as const).map(field)}</div></div>
${button('Lưu phần này')}`, true), 'nguoi-viet')
}
