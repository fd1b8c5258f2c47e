import { html } from 'hono/html'
import { groupOf, type Article } from '../../answer/article.ts'
import type { Content } from '../../content.ts'
import { byName, fold } from '../../core/text.ts'
import type { Problem } from '../../core/problem.ts'
import { showDay, vietnamDay, type Millis } from '../../core/time.ts'
import type { Flow } from '../../flow/flow.ts'
import { button, card, notice, selectField, table, tag, textField, todoList, type Html } from '../components.ts'
import { figure, moment } from '../show.ts'
import type { ListedDraft } from './drafts.ts'
import { articlePagePath, articleStates, draftPath, editPath, flowPagePath, historyPath, otherFiles, problemsShown, section, stateOf, stateTag, titleOfFile, type ArticleState } from './parts.ts'
import { fileIdOf } from './word-files.ts'

/** `Nội dung`: everything people write, by owner and state. */

export interface ListFilter { kind: 'muc' | 'kich-ban'; words: string; owner: string; state: string; group: string; from: number }

const pageSize = 25

export interface ListView {
  content: Content
  drafts: readonly ListedDraft[]
  /** Why the newest files are not in use. */
  refused: readonly Problem[]
  filter: ListFilter
  mayWrite: boolean
  isWritable: boolean
  now: Millis
  notice: Html | ''
}

export function listPage(view: ListView): Html {
  const { content, filter, mayWrite } = view
  const day = vietnamDay(view.now)
  return html`<h1>Nội dung</h1>
${view.notice}
${view.refused.length === 0 ? '' : card('Tệp mới nhất đang có lỗi nên chưa được dùng', html`<p>Trợ lý vẫn trả lời theo bản tốt gần nhất. Cần sửa:</p>${problemsShown(view.refused, true)}`)}
${view.isWritable ? '' : notice('Trên máy chủ này tệp nội dung chỉ đọc: xem được, không sửa được.', 'warn')}
<p class="row">${mayWrite && view.isWritable ? html`<a class="button main-button" href="${section}/moi">Soạn mục mới</a><a class="button" href="${section}/bang">Sửa bằng bảng tính</a>` : ''}<a class="button quiet" href="${section}/cau-hoi">Câu hỏi chưa trả lời được</a></p>
<div class="grid">${card('Bản nháp', draftList(view))}${card('Rà soát', reviewList(content, day))}${card('Lời và thông tin khác', otherList(view))}</div>
${card('Tìm', filterForm(view))}
${filter.kind === 'muc' ? articleTable(view, day) : flowTable(view, day)}`
}

const draftList = ({ drafts }: ListView): Html => todoList(drafts.slice(0, 12).map(({ draft }) => ({
  what: draft.title, path: draftPath(draft.id), more: draft.status === 'submitted' ? 'chờ đăng' : draft.status === 'publishing' ? 'đăng dở' : draft.returned === null ? 'đang viết' : 'được trả lại',
  tone: draft.status === 'writing' && draft.returned === null ? 'plain' as const : draft.status === 'submitted' ? 'warn' as const : 'bad' as const,
})), 'Không có bản nháp nào.')

function reviewList({ articles }: Content, day: string): Html {
  const count = (state: ArticleState): number => [...articles.values()].filter((article) => stateOf(article, day) === state).length
  const rows = [
    { n: count('expired'), what: 'mục quá hạn, không còn được trả lời', path: `${section}?tt=expired`, tone: 'bad' as const },
    { n: count('due'), what: 'mục đến hạn trong 14 ngày', path: `${section}?tt=due`, tone: 'warn' as const },
  ]
  return todoList(rows.filter(({ n }) => n > 0).map(({ n, what, path, tone }) => ({ what: `${figure(n)} ${what}`, path, tone })), 'Không có mục nào đến hạn.')
}

const otherList = ({ content, mayWrite, isWritable }: ListView): Html => html`<ul>${otherFiles.map((id) => {
  const [root = '', ...name] = id.split('/')
  return html`<li><a href="${mayWrite && isWritable ? editPath(id) : historyPath(id)}">${titleOfFile(content, { root: root as 'content', name: name.join('/') })}</a></li>`
})}</ul>`

const any = { value: '', title: 'Tất cả' }

function filterForm({ content, filter }: ListView): Html {
  const all = everyArticle(content)
  const owners = [...new Set(all.map(({ owner }) => owner))].sort(byName)
  const groups = [...new Set(all.map(groupOf))].filter((group) => group !== '')
  return html`<form method="get" action="${section}" class="filter">
${textField({ name: 'tim', label: 'Tên, câu hỏi, mã', kind: 'search', value: filter.words })}
${selectField({ name: 'phan', label: 'Phần', value: filter.kind, options: [{ value: 'muc', title: 'Mục hỏi–đáp' }, { value: 'kich-ban', title: 'Kịch bản' }] })}
${selectField({ name: 'chu', label: 'Phụ trách', value: filter.owner, options: [any, ...owners.map((owner) => ({ value: owner, title: owner }))] })}
${selectField({ name: 'nhom', label: 'Nhóm', value: filter.group, options: [any, ...groups.map((group) => ({ value: group, title: content.groups[group] ?? group }))] })}
${selectField({ name: 'tt', label: 'Trạng thái', value: filter.state, options: [any, ...Object.entries(articleStates).map(([value, title]) => ({ value, title })), { value: 'draft', title: 'Có bản nháp' }] })}
${button('Tìm', 'quiet')}
</form>`
}

const everyArticle = ({ articles, withdrawn }: Content): Article[] => [...articles.values(), ...withdrawn.values()]

/** Every word of the search stands in the title, the id or one of the questions, with or without marks. */
const finds = (words: string, texts: readonly string[]): boolean => {
  const wanted = fold(words).split(/\s+/).filter((word) => word !== '')
  const said = wanted.length === 0 ? [] : texts.map(fold)
  return wanted.every((word) => said.some((text) => text.includes(word)))
}

function articleTable({ content, filter, drafts, now }: ListView, day: string): Html {
  const drafted = draftsByFile(drafts)
  const found = everyArticle(content)
    .filter((article) => filter.owner === '' || article.owner === filter.owner)
    .filter((article) => filter.group === '' || groupOf(article) === filter.group)
    .filter((article) => filter.state === '' || (filter.state === 'draft' ? drafted.has(article.file) : stateOf(article, day) === filter.state))
    .filter(({ id, title, questions }) => finds(filter.words, [id, title, ...questions]))
    .sort((a, b) => (a.reviewBy < b.reviewBy ? -1 : a.reviewBy > b.reviewBy ? 1 : byName(a.title, b.title)))
  const shown = found.slice(filter.from, filter.from + pageSize)
  return card(`Mục hỏi–đáp (${figure(found.length)})`, found.length === 0 ? html`<p class="soft">Không có mục nào như vậy.</p>` : html`${table(`Gần hạn rà soát nhất trước, lúc ${moment(now)}`, ['Mục', 'Phụ trách', 'Hạn rà soát', 'Trạng thái'], shown.map((article) => [
    html`<a href="${articlePagePath(article.id)}">${article.title}</a>`, article.owner, html`<span class="when">${showDay(article.reviewBy)}</span>`,
    html`${stateTag(stateOf(article, day))}${drafted.has(article.file) ? html` ${tag('Có bản nháp', 'warn')}` : ''}`,
  ]))}${pages(filter, found.length)}`)
}

/** A flow has no owner of its own: it is whose articles it leans on. */
function ownersOf({ articles }: Content, flow: Flow): string[] {
  return [...new Set(Object.values(flow.steps).flatMap(({ facts }) => facts.flatMap((id) => articles.get(id)?.owner ?? [])))]
}

/** A flow is as old as the oldest article whose facts it states. */
function flowState({ articles, withdrawn }: Content, { steps }: Flow, day: string): ArticleState {
  const states = Object.values(steps).flatMap(({ facts }) => facts.flatMap((id) => articles.get(id) ?? withdrawn.get(id) ?? [])).map((article) => stateOf(article, day))
  return states.includes('withdrawn') || states.includes('expired') ? 'expired' : states.includes('due') ? 'due' : 'current'
}

const flowStates: Readonly<Record<ArticleState, string>> = { ...articleStates, expired: 'Dựa vào mục quá hạn', due: 'Dựa vào mục sắp đến hạn' }

function flowTable({ content, filter, drafts }: ListView, day: string): Html {
  const drafted = draftsByFile(drafts)
  const found = [...content.flows.values()]
    .filter((flow) => filter.owner === '' || ownersOf(content, flow).includes(filter.owner))
    .filter((flow) => filter.state === '' || (filter.state === 'draft' ? drafted.has(flow.file) : flowState(content, flow, day) === filter.state))
    .filter(({ id, title, steps }) => finds(filter.words, [id, title, ...Object.values(steps).map(({ ask }) => ask)]))
    .sort((a, b) => byName(a.title, b.title))
  return card(`Kịch bản (${figure(found.length)})`, found.length === 0 ? html`<p class="soft">Không có kịch bản nào như vậy.</p>` : table('Theo tên', ['Kịch bản', 'Số bước', 'Dựa vào mục của', 'Trạng thái'], found.map((flow) => [
    html`<a href="${flowPagePath(flow.id)}">${flow.title}</a>`, String(Object.keys(flow.steps).length), ownersOf(content, flow).join(', ') || '–',
    html`${stateTag(flowState(content, flow, day), flowStates)}${drafted.has(flow.file) ? html` ${tag('Có bản nháp', 'warn')}` : ''}`,
  ])))
}

const draftsByFile = (drafts: readonly ListedDraft[]): ReadonlySet<string> => new Set(drafts.flatMap(({ files }) => files.map(({ file }) => file)))

function pages(filter: ListFilter, count: number): Html | '' {
  if (count <= pageSize) return ''
  const to = (from: number): string => `${section}?${new URLSearchParams({ phan: filter.kind, tim: filter.words, chu: filter.owner, nhom: filter.group, tt: filter.state, tu: String(from) })}`
  return html`<p class="pages"><span>${filter.from > 0 ? html`<a href="${to(Math.max(0, filter.from - pageSize))}">← Trang trước</a>` : ''}</span><span>${filter.from + pageSize < count ? html`<a href="${to(filter.from + pageSize)}">Trang sau →</a>` : ''}</span></p>`
}

/** Which drafts are about a file. */
export const draftsAbout = (drafts: readonly ListedDraft[], fileId: string): ListedDraft[] => drafts.filter(({ files }) => files.some((file) => fileIdOf(file) === fileId))
