import { html } from 'hono/html'
import { dayAfter, eachDay, showDay } from '../core/time.ts'
import { isSandboxAccount } from '../store/ports.ts'
import { button, card, figures, table, textField, type Html } from './components.ts'
import { columnChart, lineBar, type Column } from './figures-chart.ts'
import { nothing, sum, type Figures, type Tally } from '../campaign/asked.ts'
import { daysIn, type Span } from '../campaign/report.ts'
import { percent, type FigureTable } from './figures-tables.ts'
import { figuresPath } from './paths.ts'
import { figure } from './show.ts'

/** `Số liệu`: what was asked, from where, and what became of it. Nobody's words, nobody's name. */

export interface FiguresView {
  span: Span
  before: Span
  today: string
  figures: Figures
  earlier: Tally
  tables: readonly FigureTable[]
  /** What was typed as a span and is none; null where it is one. */
  error: string | null
}

/** Longer tables are folded away: they are downloaded whole. */
const mostRows = 25

export function figuresPage(view: FiguresView): Html {
  const { span, before, figures: { total, byAccount }, earlier } = view
  const rows = (name: FigureTable['name']): FigureTable => view.tables.find((each) => each.name === name)!
  const verdicts = total.helpful + total.notHelpful
  return html`<h1>Số liệu</h1>
${spanPart(view)}
${card(`Từ ${showDay(span.from)} đến ${showDay(span.to)}`, html`${figures([
    { count: figure(total.turns), of: `lượt nhắn ${change(total.turns, earlier.turns)}` },
    { count: figure(total.asked), of: `lượt hỏi ${change(total.asked, earlier.asked)}` },
    { count: total.asked === 0 ? '–' : percent(total.answered, total.asked), of: `lượt hỏi được trả lời bằng một mục${earlier.asked === 0 ? '' : ` (kỳ trước ${percent(earlier.answered, earlier.asked)})`}` },
    { count: figure(total.unanswered), of: `câu chưa có mục ${change(total.unanswered, earlier.unanswered)}` },
    { count: figure(total.handovers), of: `lượt chuyển cán bộ ${change(total.handovers, earlier.handovers)}` },
    { count: verdicts === 0 ? '–' : percent(total.helpful, verdicts), of: verdicts === 0 ? 'chưa ai đánh giá' : `có ích, trong ${figure(verdicts)} lượt đánh giá` },
  ])}<p class="soft small">Kỳ trước: ${showDay(before.from)} – ${showDay(before.to)}, cùng số ngày. “Lượt” là một tin nhắn hoặc một lần bấm của người dân.${[...byAccount.keys()].some(isSandboxAccount) ? ' Số của tài khoản tập dượt cũng nằm trong này.' : ''}</p>`)}
${dayPart(view, rows('ngay'))}
<div class="grid">${[rows('chu-de'), rows('ket-qua')].map((each) => tableCard(each, span))}</div>
${[rows('muc'), rows('tai-khoan'), rows('ma'), rows('kich-ban')].map((each) => tableCard(each, span))}
${[rows('co-ich'), rows('cho-can-bo')].map((each) => tableCard(each, span))}`
}

function spanPart({ span, today, error }: FiguresView): Html {
  const spans = [
    { title: '7 ngày', from: dayAfter(today, -6) }, { title: '30 ngày', from: dayAfter(today, -29) }, { title: '90 ngày', from: dayAfter(today, -89) }, { title: `Năm ${today.slice(0, 4)}`, from: `${today.slice(0, 4)}-01-01` },
  ]
  return card('Kỳ', html`<ul class="spans">${spans.map(({ title, from }) => {
    const isOpen = span.from === from && span.to === today
    return html`<li><a class="button quiet" href="${figuresPath}?tu=${from}&amp;den=${today}"${isOpen ? html` aria-current="true"` : ''}>${title}</a></li>`
  })}</ul>
<form method="get" action="${figuresPath}" class="span-form">${textField({ name: 'tu', label: 'Từ ngày', kind: 'date', value: span.from, error })}${textField({ name: 'den', label: 'Đến ngày', kind: 'date', value: span.to })}${button('Xem', '')}</form>`)
}

const change = (now: number, before: number): string => (before === 0 ? '' : now === before ? '(bằng kỳ trước)' : `(${now > before ? '+' : '−'}${percent(Math.abs(now - before), before)} so với kỳ trước)`)

/** So many columns can be told apart; more days are drawn by the week or month. */
const mostColumns = 62

function dayPart({ span, figures: { byDay } }: FiguresView, rows: FigureTable): Html {
  const columns = columnsOf(span, byDay)
  const unit = daysIn(span) <= mostColumns ? 'ngày' : daysIn(span) <= mostColumns * 7 ? 'tuần' : 'tháng'
  return card('Theo ngày', html`${columnChart(`Lượt hỏi theo ${unit}; phần đậm là lượt trả lời được. Số chính xác ở bảng bên dưới.`, columns)}
<p class="soft small">Mỗi cột là số lượt hỏi trong một ${unit}${unit === 'ngày' ? '' : ' (ghi ngày đầu)'}; phần đậm là lượt trả lời được bằng một mục.</p>
<details><summary>Bảng từng ngày</summary>${shownTable(rows, [...rows.rows].reverse())}</details>${download(rows, span)}`, rows.name)
}

/** Pure: days, weeks from the first day on, or months. */
export function columnsOf(span: Span, byDay: ReadonlyMap<string, Tally>): Column[] {
  const days = eachDay(span.from, span.to)
  const nameOf = days.length <= mostColumns ? (day: string) => day : days.length <= mostColumns * 7
    ? (day: string) => dayAfter(span.from, Math.floor((daysIn({ from: span.from, to: day }) - 1) / 7) * 7)
    : (day: string) => (day.slice(0, 7) === span.from.slice(0, 7) ? span.from : `${day.slice(0, 7)}-01`)
  return [...Map.groupBy(days, nameOf)].map(([first, all]) => {
    const { asked, answered } = all.reduce((total, day) => sum(total, byDay.get(day) ?? nothing), nothing)
    return { label: `${first.slice(8)}/${first.slice(5, 7)}`, value: asked, part: answered }
  })
}

function tableCard(rows: FigureTable, span: Span): Html {
  const shown = rows.rows.slice(0, mostRows)
  const rest = rows.rows.length - shown.length
  return card(rows.title, rows.rows.length === 0 ? html`<p class="soft">Chưa có trong kỳ này.</p>`
    : html`${shownTable(rows, shown)}${rest === 0 ? '' : html`<p class="soft small">Còn ${figure(rest)} dòng nữa trong tệp tải về.</p>`}${download(rows, span)}`, rows.name)
}

function shownTable({ caption, columns, bars }: FigureTable, rows: FigureTable['rows']): Html {
  const most = bars === null ? 0 : Math.max(0, ...rows.map((row) => Number(row[bars])))
  return table(caption, columns, rows.map((row) => row.map((cell, at) => (typeof cell === 'string' ? html`<bdi>${cell}</bdi>` : html`<span class="${at === bars ? 'num with-bar' : 'num'}">${figure(cell)}${at === bars ? lineBar(cell, most) : ''}</span>`))))
}

const download = ({ name, title }: FigureTable, { from, to }: Span): Html => html`<p><a href="${figuresPath}/tai-ve?bang=${name}&amp;tu=${from}&amp;den=${to}">Tải bảng “${title}” (CSV)</a></p>`
