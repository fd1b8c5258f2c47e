import { html } from 'hono/html'
import type { Content } from '../../content.ts'
import type { QuestionGroup } from '../../content/waiting-questions.ts'
import { awaited, button, card, computing, form, hidden, notice, said, tag, textField, unseen, type Html } from '../components.ts'
import { clock, figure } from '../show.ts'
import { showDay, type Millis } from '../../core/time.ts'
import { later, type Later } from '../soon.ts'
import { articlePagePath, section } from './parts.ts'

/** Questions without a good answer, alike ones together: each may become a way to ask for an article, or a new article. */
export interface QuestionsView {
  content: Content
  /** `at`: when they were put together. */
  found: { groups: readonly QuestionGroup[]; at: Millis } | Later
  only: 'all' | 'refused' | 'unknown'
  from: number
  mayWrite: boolean
  /** Questions, as they are worded, that somebody has let into reports. */
  inReports: ReadonlySet<string>
  mayRelease: boolean
  token: string
  notice: Html | ''
  /** What was refused, by the id of the question, with what had been typed. */
  error: { id: string; text: string; article: string; phrasing: string } | null
}

const groupsOnPage = 30

export function questionsPage(view: QuestionsView): Html {
  const { content, only } = view
  const link = (value: QuestionsView['only'], title: string): Html => html`<a class="button ${only === value ? 'main-button' : 'quiet'}" href="${section}/cau-hoi?loai=${value}"${only === value ? html` aria-current="true"` : ''}>${title}</a>`
  return html`<p><a href="${section}">← Tất cả nội dung</a></p>
<h1>Câu hỏi chưa trả lời được</h1>
${view.notice}
<p class="soft">Tên, số máy, địa chỉ đã được che. Câu giống nhau xếp chung, hỏi nhiều nhất ở trên. Việc đọc trang này được ghi vào nhật ký.${view.mayRelease ? ' Báo cáo chỉ in những câu anh chị cho vào: đọc lại xem câu có còn chi tiết riêng của ai không.' : ''}</p>
<p class="row">${link('all', 'Tất cả')}${link('unknown', 'Chưa có mục trả lời')}${link('refused', 'Bà con báo chưa đúng ý')}</p>
<datalist id="cac-muc">${[...content.articles.values()].map(({ id, title }) => html`<option value="${id}">${title}</option>`)}</datalist>
${awaited('cac-cau', view.found === later, view.found === later ? card('Các câu hỏi', computing('Đang xếp các câu giống nhau.')) : groupsShown(view, view.found))}`
}

function groupsShown(view: QuestionsView, { groups, at }: Exclude<QuestionsView['found'], Later>): Html {
  const { only, from } = view
  const some = groups.filter(({ refused }) => only === 'all' || (only === 'refused' ? refused > 0 : refused === 0))
  return html`<p class="soft small">Xếp lúc ${clock(at)}.</p>
${some.length === 0 ? card('Không có câu nào', html`<p class="soft">Câu hỏi nào cũng đã có mục trả lời.</p>`) : some.slice(from, from + groupsOnPage).map((group) => groupCard(view, group))}
${some.length > groupsOnPage ? html`<p class="pages"><span>${from > 0 ? html`<a href="${section}/cau-hoi?loai=${only}&amp;tu=${Math.max(0, from - groupsOnPage)}">← Trang trước</a>` : ''}</span><span>${from + groupsOnPage < some.length ? html`<a href="${section}/cau-hoi?loai=${only}&amp;tu=${from + groupsOnPage}">Trang sau →</a>` : ''}</span></p>` : ''}`
}

function groupCard({ content, mayWrite, inReports, mayRelease, token, error, only, from }: QuestionsView, { id, count, refused, question, lastDay, nearest }: QuestionGroup): Html {
  const near = nearest === null ? null : content.articles.get(nearest) ?? null
  const failed = error?.id === id ? error : null
  return html`<section class="card">${said(question)}
<p class="row">${tag(`${figure(count)} lần`)}${refused > 0 ? tag(`${figure(refused)} lần chưa đúng ý`, 'bad') : ''}${inReports.has(question) ? tag('Có trong báo cáo', 'good') : ''}</p>
<p class="soft">Lần cuối ${showDay(lastDay)}${near === null ? '' : html` · mục gần nhất: <a href="${articlePagePath(near.id)}">${near.title}</a>`}</p>
${!mayWrite ? '' : html`<details${failed === null ? '' : html` open`}><summary>Trả lời câu này</summary>${failed === null ? '' : notice(html`<bdi>${failed.text}</bdi>`, 'bad', true)}
${form(`${section}/cau-hoi`, token, html`${hidden('cau', id)}${hidden('loai', only)}${hidden('tu', String(from))}
<div class="field"><label for="muc-${id}">Mục trả lời đúng câu này</label><p class="hint" id="muc-${id}-y">Gõ mã mục, hoặc chọn trong danh sách hiện ra.</p><input type="text" id="muc-${id}" name="muc" list="cac-muc" value="${failed?.article ?? nearest ?? ''}" aria-describedby="muc-${id}-y" required></div>
${textField({ name: 'cach-hoi', id: `hoi-${id}`, label: 'Cách hỏi ghi vào mục', value: failed?.phrasing ?? question, required: true, hint: 'Sửa cho gọn; không để chỗ đã che như [tên].' })}
${button('Thêm vào bản nháp')}`)}
<p><a href="${section}/moi?cau=${encodeURIComponent(id)}">Chưa có mục nào đúng: soạn mục mới từ câu này</a></p></details>`}
${!mayRelease || inReports.has(question) ? '' : form(`${section}/cau-hoi/bao-cao`, token, html`${hidden('cau', id)}${hidden('loai', only)}${hidden('tu', String(from))}<p>${button(html`Cho vào báo cáo${unseen(`: ${question}`)}`, 'quiet')}</p>`)}</section>`
}
