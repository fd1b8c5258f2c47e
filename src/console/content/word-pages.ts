import { html } from 'hono/html'
import type { Article } from '../../answer/article.ts'
import { articlePath } from '../../answer/article.ts'
import type { Content } from '../../content.ts'
import { showDay } from '../../core/time.ts'
import type { Flow } from '../../flow/flow.ts'
import { button, card, form, hidden, notice, said, tag, textField, todoList, type Html } from '../components.ts'
import { moment } from '../show.ts'
import type { DraftChange, ListedDraft } from './drafts.ts'
import { placesOf } from './difference.ts'
import { articlePagePath, draftPath, editPath, historyPath, placesShown, reviewedLine, section, stateOf, stateTag, titleOfFile } from './parts.ts'
import { articleFrames, currentFrames, flowFrames } from './preview.ts'
import type { NumberedVersion } from './versions.ts'
import { fileIdOf, type Words } from './word-files.ts'

/** One article, one flow, and what a file said before. */

export interface WordView {
  content: Content
  fileId: string
  drafts: readonly ListedDraft[]
  /** May open the form, where the files can be written. */
  mayEdit: boolean
  day: string
}

export function articlePage(article: Article, view: WordView): Html {
  const { content, day } = view
  const state = stateOf(article, day)
  const named = (id: string): Html => html`<a href="${articlePagePath(id)}">${content.articles.get(id)?.title ?? content.withdrawn.get(id)?.title ?? id}</a>`
  return html`<p><a href="${section}">← Tất cả nội dung</a></p>
<h1><bdi>${article.title}</bdi></h1>
<p class="row">${stateTag(state)}</p>
<p class="soft">${reviewedLine(article)} · mã <bdi>${article.id}</bdi></p>
${article.withdrawn === null ? '' : html`<p>Rút ngày ${showDay(article.withdrawn.on)}${article.withdrawn.replacedBy === null ? '' : html`, thay bằng ${named(article.withdrawn.replacedBy)}`}.</p>`}
${waysOn(view, html`${state === 'current' || state === 'withdrawn' ? '' : html`<a class="button" href="${editPath(view.fileId, '&ra-soat=1')}">Rà soát lại</a>`}<a class="button quiet" href="${articlePath(article.id)}" target="_blank">Trang cho bà con</a>`)}
${draftCard(view)}
${state === 'expired' ? card('Bà con hỏi thì nay nhận được', currentFrames(content, article, day)) : ''}
<h2>Trên từng kênh</h2>
${articleFrames(content, article)}
${article.loudspeaker === '' ? '' : card('Bài đọc loa', said(article.loudspeaker))}
<div class="grid">${card(`Cách hỏi (${article.questions.length})`, html`<ul>${article.questions.map((question) => html`<li><bdi>${question}</bdi></li>`)}</ul>`)}
${card('Nguồn', html`<ul>${article.sources.map(({ title, number, date }) => html`<li><bdi>${title}</bdi>${number === null ? '' : html`, số <bdi>${number}</bdi>`}, ${showDay(date)}</li>`)}</ul>${article.related.length === 0 ? '' : html`<h3>Mục liên quan</h3><ul>${article.related.map((id) => html`<li>${named(id)}</li>`)}</ul>`}`)}</div>`
}

export const flowPage = (flow: Flow, view: WordView): Html => html`<p><a href="${section}?phan=kich-ban">← Tất cả kịch bản</a></p>
<h1><bdi>${flow.title}</bdi></h1>
<p class="soft">Mã <bdi>${flow.id}</bdi> · ${Object.keys(flow.steps).length} bước · tệp ${view.fileId}</p>
${waysOn(view, '')}
${draftCard(view)}
<h2>Từng bước, như từng kênh hiện</h2>
${flowFrames(view.content, flow, view.day)}`

const waysOn = ({ fileId, mayEdit }: WordView, more: Html | ''): Html => html`<p class="row">${mayEdit ? html`<a class="button main-button" href="${editPath(fileId)}">Sửa</a>` : ''}${more}<a class="button quiet" href="${historyPath(fileId)}">Các bản trước</a></p>`

const draftCard = ({ drafts }: Pick<WordView, 'drafts'>): Html | '' => drafts.length === 0 ? '' : card('Đang có bản nháp', todoList(drafts.map(({ draft }) => ({
  what: `${draft.title} (${draft.authors[0] ?? ''})`, path: draftPath(draft.id), more: moment(draft.changedAt),
})), ''))

export interface HistoryView {
  content: Content | null
  words: Words
  versions: readonly NumberedVersion[]
  drafts: readonly ListedDraft[]
  token: string
  /** `now`: going back is done at once. `propose`: it becomes a draft. Null: only looking. */
  mayRestore: 'now' | 'propose' | null
  mayEdit: boolean
  notice: Html | ''
}

/** More are kept, and told as such. */
const shownVersions = 30

export function historyPage(view: HistoryView): Html {
  const { words: { file, text }, versions } = view
  const fileId = fileIdOf(file)
  const newest = versions[0]
  return html`<p><a href="${section}">← Tất cả nội dung</a></p>
<h1>${titleOfFile(view.content, file)}: các bản</h1>
<p class="soft small">${fileId}</p>
${view.notice}
${view.mayEdit ? html`<p class="row"><a class="button main-button" href="${editPath(fileId)}">Sửa</a></p>` : ''}
${draftCard(view)}
${text !== null && newest !== undefined && newest.text !== text ? notice('Tệp đã được sửa ngoài trang này sau bản mới nhất ở dưới. Lần đăng tới, lời đang có trong tệp cũng được giữ thành một bản.', 'warn') : ''}
${versions.length === 0 ? html`<p class="soft">Tệp này chưa được sửa trên trang quản trị lần nào. Từ lần đăng đầu tiên, mọi bản đều được giữ ở đây, kể cả lời đang có bây giờ.</p>` : versions.slice(0, shownVersions).map((version) => versionCard(view, version))}
${versions.length > shownVersions ? html`<p class="soft">Còn ${versions.length - shownVersions} bản cũ hơn, vẫn được giữ.</p>` : ''}`
}

function versionCard({ words, token, mayRestore, versions }: HistoryView, version: NumberedVersion): Html {
  const isNow = words.text === version.text
  const before = versions.find(({ seq }) => seq === version.seq - 1)
  const fileId = fileIdOf(words.file)
  return card(`Bản ${version.seq} · ${moment(version.at)}`, html`<p class="row">${isNow ? (version === versions[0] ? tag('Đang dùng', 'good') : tag('Giống bản đang dùng')) : ''}</p>
<p>${version.by === null ? 'Viết ngoài trang quản trị.' : html`Người viết: <bdi>${version.by}</bdi>.`}${version.publishedBy === null ? '' : html` Người đăng: <bdi>${version.publishedBy}</bdi>.`}</p>
${version.by === null ? '' : html`<p class="soft"><bdi>${version.why}</bdi></p>`}
${before === undefined ? '' : html`<details><summary>Bản này đã đổi gì</summary>${placesShown(placesOf(changeOf(words, before.text, version.text)))}</details>`}
${isNow || mayRestore === null ? '' : html`<details><summary>Trở lại bản này</summary>
<p>Tệp sẽ đổi như sau:</p>${placesShown(placesOf(changeOf(words, words.text, version.text)))}
${form(`${section}/tep`, token, html`${hidden('tep', fileId)}${hidden('ban', String(version.seq))}${textField({ name: 'ly-do', label: 'Vì sao', required: true, ...(mayRestore === 'now' ? { hint: 'Làm ngay, vì bản này đã từng được dùng. Lý do được ghi vào nhật ký.' } : { hint: 'Thành một bản nháp, chờ người thứ hai đăng.' }) })}${button(mayRestore === 'now' ? 'Trở lại bản này ngay' : 'Đề nghị trở lại bản này', 'danger')}`)}</details>`}`)
}

const changeOf = ({ file }: Words, before: string | null, after: string): DraftChange => ({ file, before, after })
