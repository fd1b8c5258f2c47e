import { html } from 'hono/html'
import { replyUses, type ReplyKey } from '../../core/replies.ts'
import type { Problem } from '../../core/problem.ts'
import { shorten } from '../../core/text.ts'
import { button, card, checkField, fileField, form, hidden, selectField, textArea, textField, type Html } from '../components.ts'
import { cellFields, listColumns, listField, type ArticleCell, type ArticleValues, type ListName } from './article-form.ts'
import type { ChangedPlace } from './difference.ts'
import { draftPath, editPath, historyPath, placesShown, problemsShown, section } from './parts.ts'
import { weekdays, titleOfValue, type ProvinceValues } from './province-form.ts'
import type { WordPlace } from './word-form.ts'

/** The forms in which words are written. */

/** What an edit began from: nobody overwrites what somebody else wrote meanwhile. */
export interface Origin {
  fileId: string
  /** Empty: a new draft is begun. */
  draft: string
  /** Of the draft; 0 without one. */
  version: number
  /** A hash of the text the form was made from. */
  base: string
}

/** What looking came to; null: nobody looked yet. */
export interface Looked {
  /** Findings that stand beside no field, and how many do. */
  others: readonly Problem[]
  beside: number
  preview: Html | null
  places: readonly ChangedPlace[]
}

export interface EditView {
  title: string
  origin: Origin
  token: string
  told: Html | ''
  looked: Looked | null
  /** By field, as sentences. */
  errors: Readonly<Record<string, string>>
  /** The same file as plain text, or the form again. */
  otherWay: 'tep' | 'bieu-mau' | null
}

const around = (view: EditView, body: Html, raw: boolean): Html => {
  const { origin, looked } = view
  return html`<p><a href="${origin.draft === '' ? historyPath(origin.fileId) : draftPath(origin.draft)}">← ${origin.draft === '' ? 'Các bản của tệp này' : 'Về bản nháp'}</a> · <a href="${section}">Tất cả nội dung</a></p>
<h1>Sửa: <bdi>${view.title}</bdi></h1>
${view.told}
${looked === null ? '' : lookedPart(looked)}
${form(`${section}/sua`, view.token, html`${originFields(origin)}${raw ? hidden('dang', 'tep') : ''}${body}
<div class="row">${button('Kiểm tra và xem trước', '', 'kiem-tra')}${button('Lưu bản nháp', 'main-button', 'luu')}</div>`, true)}
<p class="soft small">Lưu bản nháp chưa đổi gì với bà con. Người thứ hai xem và đăng thì trợ lý mới dùng lời mới.${view.otherWay === null ? '' : html` <a href="${editPath(origin.fileId, `${view.otherWay === 'tep' ? '&dang=tep' : ''}${origin.draft === '' ? '' : `&nhap=${origin.draft}`}`)}">${view.otherWay === 'tep' ? 'Sửa cả tệp dạng chữ' : 'Sửa bằng biểu mẫu'}</a>`}</p>`
}

function lookedPart({ others, beside, preview, places }: Looked): Html {
  return html`${card('Kết quả kiểm tra', html`${beside === 0 ? '' : html`<p>${beside} điều được ghi ngay cạnh ô ở dưới.</p>`}${beside > 0 && others.length === 0 ? '' : problemsShown(others, false)}`)}
${card('Khác với bản đang có', placesShown(places))}
${preview === null ? '' : html`<h2>Xem trước, như từng kênh sẽ hiện</h2>${preview}`}`
}

const originFields = ({ fileId, draft, version, base }: Origin): Html => html`${hidden('tep', fileId)}${hidden('nhap', draft)}${hidden('ban', String(version))}${hidden('goc', base)}`

const labels: Readonly<Record<ArticleCell, { label: string; hint?: string }>> = {
  title: { label: 'Tên mục', hint: 'Tối đa 100 ký tự; 20 ký tự đầu đứng trên nút.' },
  questions: { label: 'Cách bà con hỏi', hint: 'Mỗi dòng một câu, ít nhất sáu câu: trang trọng, đời thường, tiếng địa phương.' },
  short: { label: 'Trả lời ngắn', hint: 'Một đoạn, tối đa 300 ký tự, đọc riêng vẫn đủ ý. Chỗ {{province.hotline}} tự điền theo thông tin tỉnh.' },
  details: { label: 'Các bước, chi tiết', hint: 'Mỗi bước một dòng, không dùng ** hay #. Cả trả lời tối đa 1.500 ký tự.' },
  loudspeaker: { label: 'Bài đọc loa truyền thanh', hint: 'Để trống nếu không có.' },
  owner: { label: 'Phụ trách rà soát' }, reviewed: { label: 'Ngày rà soát' }, review_by: { label: 'Hạn rà soát lại', hint: 'Dịch vụ, thanh toán, an toàn, đời sống: sau 90 ngày. Khái niệm: sau 180 ngày.' },
  related: { label: 'Mục liên quan', hint: 'Mỗi dòng một mã mục.' }, assets: { label: 'Ảnh, tệp kèm theo', hint: 'Mỗi dòng một mã tệp.' },
  withdrawn: { label: 'Ngày rút mục', hint: 'Điền khi không trả lời mục này nữa. Trang của mục vẫn còn và nói rõ.' }, replaced_by: { label: 'Mục thay thế', hint: 'Mã mục trả lời thay.' },
}
const longestText: Readonly<Partial<Record<ArticleCell, number>>> = { questions: 6_000, short: 1_000, details: 6_000, loudspeaker: 6_000, related: 1_000, assets: 1_000 }
const days: readonly ArticleCell[] = ['reviewed', 'review_by', 'withdrawn']
const listLabels: Readonly<Record<ListName, { title: string; columns: Readonly<Record<string, string>>; spare: number }>> = {
  sources: { title: 'Nguồn', columns: { title: 'Tên văn bản hoặc bài báo', number: 'Số hiệu (nếu có)', date: 'Ngày ban hành hoặc đăng', url: 'Đường dẫn (nếu có)' }, spare: 1 },
  actions: { title: 'Nút mở trang chính thức', columns: { title: 'Chữ trên nút', url: 'Đường dẫn' }, spare: 1 },
}

export const articleForm = (view: EditView, values: ArticleValues): Html => around(view, articleFields(values, view.errors), false)

function articleFields(values: ArticleValues, errors: EditView['errors']): Html {
  const cell = (name: ArticleCell): Html => {
    const field = { name: cellFields[name], value: values.cells[name], error: errors[cellFields[name]] ?? null, ...labels[name] }
    const longest = longestText[name]
    if (longest !== undefined) return textArea({ ...field, longest, required: name === 'questions' || name === 'short' })
    return textField({ ...field, ...(days.includes(name) ? { kind: 'date' as const } : {}), required: ['title', 'owner', 'reviewed', 'review_by'].includes(name) })
  }
  return html`${card('Lời', html`${cell('title')}${cell('short')}${cell('details')}${cell('questions')}`)}
${card('Rà soát', html`<div class="fields">${cell('owner')}${cell('reviewed')}${cell('review_by')}</div>`)}
${card('Nguồn', rowsOf('sources', values.sources, errors))}
${card('Nút', rowsOf('actions', values.actions, errors))}
${card('Thêm', html`<div class="words">${cell('related')}${cell('assets')}${cell('loudspeaker')}</div><div class="fields">${cell('withdrawn')}${cell('replaced_by')}</div>`)}`
}

function rowsOf(list: ListName, rows: ArticleValues['sources'], errors: EditView['errors']): Html {
  const { title, columns, spare } = listLabels[list]
  return html`${Array.from({ length: rows.length + spare }, (_, n) => html`<fieldset><legend>${n < rows.length ? `${title} ${n + 1}` : `Thêm: ${title.toLowerCase()}`}</legend><div class="fields">${listColumns[list].map((column) => {
    const name = listField(list, n + 1, column)
    return textField({ name, label: columns[column] ?? column, value: rows[n]?.[column] ?? '', error: errors[name] ?? null, ...(column === 'date' ? { hint: 'Năm-tháng-ngày, ví dụ 2024-07-01.' } : {}) })
  })}</div></fieldset>`)}<p class="hint">Muốn bỏ một dòng: xóa trống cả dòng. Muốn thêm nhiều: lưu rồi sửa tiếp.</p>`
}

export interface NewView { id: string; group: string; groups: readonly { value: string; title: string }[]; values: ArticleValues; errors: EditView['errors']; looked: Looked | null; told: Html | ''; token: string }

export const newArticleForm = ({ id, group, groups, values, errors, looked, told, token }: NewView): Html => html`<p><a href="${section}">← Tất cả nội dung</a></p>
<h1>Soạn mục mới</h1>
${told}
${looked === null ? '' : lookedPart(looked)}
${form(`${section}/moi`, token, html`${card('Mã và nhóm', html`${textField({ name: 'ma-muc', label: 'Mã mục', hint: 'Chữ thường không dấu, số, gạch ngang; in trên giấy nên không bao giờ đổi. Ví dụ: dvc-doi-bang-lai', value: id, error: errors['ma-muc'] ?? null, required: true })}
${selectField({ name: 'nhom', label: 'Nhóm', value: group, options: groups, error: errors['nhom'] ?? null })}`)}
${articleFields(values, errors)}
<div class="row">${button('Kiểm tra và xem trước', '', 'kiem-tra')}${button('Lưu bản nháp', 'main-button', 'luu')}</div>`, true)}`

/** Words of a flow, or canned sentences: by part. */
export function wordsForm(view: EditView, places: readonly WordPlace[], note: string): Html {
  const parts = [...Map.groupBy(places, ({ part }) => part)]
  return around(view, html`<p class="soft">${note}</p><div class="words">${parts.map(([part, some], index) => html`<details${index === 0 || some.some(({ name }) => view.errors[name] !== undefined || view.errors[`${name}-khac`] !== undefined) ? html` open` : ''}><summary>${part === '' ? 'Chung' : part}${some[0]?.key === '' && part !== '' ? html` <span class="soft">${shorten(some[0].text.replace(/\s+/g, ' '), 60)}</span>` : ''}</summary>${some.map((place) => placeFields(place, view.errors))}</details>`)}</div>`, false)
}

function placeFields({ name, title, key, text, words }: WordPlace, errors: EditView['errors']): Html {
  const use = Object.hasOwn(replyUses, key) ? sayUse(key as ReplyKey) : undefined
  return html`${textArea({ name, label: title, longest: 4_000, value: text, required: false, error: errors[name] ?? null, ...(use === undefined ? {} : { hint: use }) })}
${words === null ? '' : textArea({ name: `${name}-khac`, label: `${title}: cách nói khác`, longest: 2_000, value: words, required: false, error: errors[`${name}-khac`] ?? null, hint: 'Mỗi dòng một cách; bà con nhắn đúng như vậy thì được hiểu như bấm nút.' })}`
}

/** Which places to fill in a sentence has; what it is for stands in its key. */
function sayUse(key: ReplyKey): string | undefined {
  const holes = [...replyUses[key].matchAll(/\{\{[\w.]+\}\}/g)].map(([hole]) => hole)
  return holes.length === 0 ? undefined : `Chỗ tự điền dùng được: ${holes.join(', ')}`
}

/** A longer value is written in several lines. */
const longestLine = 55

export function provinceForm(view: EditView, { isSample, values, weekly, holidays }: ProvinceValues): Html {
  const { errors } = view
  return around(view, html`${card('Thông tin tỉnh', html`<p class="soft">Hiện trong câu trả lời ở chỗ {{province.…}}.</p><div class="words">${values.map(({ key, value, comment }) => {
    const field = { name: `v-${key}`, label: titleOfValue(key), value, error: errors[`v-${key}`] ?? null, ...(comment === '' ? {} : { hint: comment }) }
    return value.length > longestLine ? textArea({ ...field, longest: 1_000, required: false }) : textField(field)
  })}</div>
${checkField({ name: 'mau', label: 'Các giá trị trên còn là bản mẫu', checked: isSample, hint: 'Bỏ dấu khi đã điền xong thông tin thật của tỉnh.' })}`)}
${card('Giờ trực', html`<p class="soft">Trợ lý theo giờ này để nói bao giờ cán bộ trả lời. Mỗi ca viết 07:30-11:30, nhiều ca cách nhau bằng dấu phẩy; ngày nghỉ để trống.</p><div class="fields">${weekdays.map(({ key, title }) => textField({ name: `h-${key}`, label: title, value: weekly[key] ?? '', error: errors[`h-${key}`] ?? null }))}</div>
${textArea({ name: 'nghi', label: 'Ngày nghỉ lễ', longest: 2_000, value: holidays, required: false, error: errors['nghi'] ?? null, hint: 'Mỗi dòng một ngày, ví dụ 2027-02-06.' })}`)}`, false)
}

export const rawForm = (view: EditView, text: string): Html => around(view, html`<div class="source">${textArea({ name: 'chu', label: 'Cả tệp', longest: 60_000, value: text, hint: 'Giữ nguyên các dấu cách đầu dòng và dòng ghi chú bắt đầu bằng #.', error: view.errors['chu'] ?? null })}</div>`, true)

export interface SheetsView { told: Html | ''; findings: Html | ''; token: string }

export const sheetsPage = ({ told, findings, token }: SheetsView): Html => html`<p><a href="${section}">← Tất cả nội dung</a></p>
<h1>Sửa bằng bảng tính</h1>
${told}
<div class="grid">${card('1. Tải về', html`<p>Mọi mục hỏi–đáp, lời kịch bản và câu soạn sẵn trong một tệp Excel. Trang đầu có hướng dẫn.</p><p><a class="button" href="${section}/bang/tai-ve" download>Tải bảng tính</a></p>`)}
${card('2. Tải lên bản đã sửa', form(`${section}/bang`, token, html`${fileField({ name: 'tep', label: 'Tệp .xlsx hoặc .csv', accept: '.xlsx,.csv', hint: 'Chưa ghi gì: chỉ thành một bản nháp để xem từng chỗ thay đổi.' })}${button('Tải lên và xem thay đổi')}`, true))}</div>
${findings}`
