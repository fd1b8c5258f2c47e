import { html } from 'hono/html'
import type { Article } from '../../answer/article.ts'
import type { Content } from '../../content.ts'
import type { WordFile } from '../../content/sheets/items.ts'
import { isError, type Problem } from '../../core/problem.ts'
import { daysBetween, showDay } from '../../core/time.ts'
import { card, changed, notice, tag, type Html } from '../components.ts'
import { root } from '../paths.ts'
import { placesOf, type ChangedPlace } from './difference.ts'
import type { Draft, DraftChange } from './drafts.ts'
import { wordPieces } from './line-difference.ts'
import { fileIdOf, kindOf, nameIn } from './word-files.ts'

/** Pieces that several pages of the content are made of. */

export const section = `${root}/noi-dung`
export const draftPath = (id: string): string => `${section}/nhap/${id}`
export const editPath = (fileId: string, more = ''): string => `${section}/sua?tep=${encodeURIComponent(fileId)}${more}`
export const historyPath = (fileId: string): string => `${section}/tep?tep=${encodeURIComponent(fileId)}`
export const articlePagePath = (id: string): string => `${section}/muc/${encodeURIComponent(id)}`
export const flowPagePath = (id: string): string => `${section}/kich-ban/${encodeURIComponent(id)}`

const fileTitles: Readonly<Record<string, string>> = {
  'content/province.yaml': 'Thông tin tỉnh và giờ trực', 'content/replies.yaml': 'Câu soạn sẵn của trợ lý', 'content/entry.yaml': 'Lời chào và menu', 'content/contacts.yaml': 'Danh bạ số máy, trang chính thức',
  'content/saved-replies.yaml': 'Câu trả lời mẫu cho người trực', 'content/synonyms.yaml': 'Từ đồng nghĩa', 'content/site.yaml': 'Tên các nhóm mục', 'content/privacy.md': 'Thông báo về dữ liệu cá nhân',
  'content/adopted-questions.yaml': 'Câu thử lấy từ câu hỏi của bà con', 'content/assets/assets.yaml': 'Danh mục ảnh, bản ghi âm, tệp', 'content/platform-rules.yaml': 'Quy định của các nền tảng',
}

const titleOfName = new Map(Object.entries(fileTitles).map(([id, title]) => [id.slice(id.lastIndexOf('/') + 1), title]))

/** A finding as officers read it: files by the names that the console gives them. */
export const forOfficers = (text: string): string => text.replaceAll(/\b[a-z]+(?:-[a-z]+)*\.(?:yaml|md)\b/g, (name) => (titleOfName.has(name) ? `“${titleOfName.get(name)}”` : name))

/** How a file is called for people. */
export function titleOfFile(content: Content | null, file: Pick<WordFile, 'root' | 'name'>): string {
  const name = nameIn(file)
  const known = fileTitles[fileIdOf(file)]
  if (known !== undefined) return known
  return (kindOf(file) === 'flow' ? content?.flows.get(name)?.title : content?.articles.get(name)?.title ?? content?.withdrawn.get(name)?.title) ?? name
}

/** Files that are neither article nor flow, in the order they are listed. */
export const otherFiles: readonly string[] = ['content/province.yaml', 'content/replies.yaml', 'content/entry.yaml', 'content/saved-replies.yaml', 'content/contacts.yaml', 'content/synonyms.yaml', 'content/site.yaml', 'content/privacy.md', 'content/assets/assets.yaml']

export type ArticleState = 'withdrawn' | 'expired' | 'due' | 'current'
export const articleStates: Readonly<Record<ArticleState, string>> = { current: 'Đang dùng', due: 'Sắp đến hạn rà soát', expired: 'Quá hạn, không trả lời', withdrawn: 'Đã rút' }

/** So many days ahead a review is told as falling due. */
const dueWithinDays = 14

/** `day`: today, `YYYY-MM-DD`. */
export function stateOf({ withdrawn, reviewBy }: Pick<Article, 'withdrawn' | 'reviewBy'>, day: string): ArticleState {
  if (withdrawn !== null) return 'withdrawn'
  const left = daysBetween(day, reviewBy)
  return left < 0 ? 'expired' : left <= dueWithinDays ? 'due' : 'current'
}

export const stateTag = (state: ArticleState, names = articleStates): Html => tag(names[state], state === 'current' ? 'good' : state === 'due' ? 'warn' : state === 'expired' ? 'bad' : 'plain')

export const reviewedLine = ({ owner, reviewed, reviewBy }: Pick<Article, 'owner' | 'reviewed' | 'reviewBy'>): Html =>
  html`Phụ trách: <bdi>${owner}</bdi> · rà soát ${showDay(reviewed)} · hạn rà soát lại ${showDay(reviewBy)}`

export const statusTag = ({ status, returned }: Pick<Draft, 'status' | 'returned'>): Html =>
  status === 'submitted' ? tag('Chờ người thứ hai đăng', 'warn') : status === 'publishing' ? tag('Đang đăng dở', 'bad') : returned === null ? tag('Đang viết') : tag('Được trả lại', 'bad')

/** What a draft makes different, file by file. */
export function differenceShown(content: Content | null, changes: readonly DraftChange[]): Html {
  return html`${changes.map((change) => card(`${titleOfFile(content, change.file)}${change.before === null ? ' (tệp mới)' : ''}`, html`<p class="soft small">${fileIdOf(change.file)}</p>${placesShown(placesOf(change))}`))}`
}

const mostPlaces = 60

export const placesShown = (places: readonly ChangedPlace[]): Html =>
  places.length === 0 ? html`<p class="soft">Không có gì khác.</p>` : html`${places.slice(0, mostPlaces).map(({ title, before, after }) => html`<h3>${title}</h3>${changed(wordPieces(before, after))}`)}${places.length > mostPlaces ? html`<p class="soft">… và ${places.length - mostPlaces} chỗ khác.</p>` : ''}`

/** Findings of the check, each in the words of `content check`. `named`: with the file, where several are meant. */
export function problemsShown(problems: readonly Problem[], named: boolean): Html {
  if (problems.length === 0) return notice('Kiểm tra nội dung: không có lỗi.', 'good')
  return html`${problems.slice(0, mostProblems).map((problem) => notice(html`<bdi>${tellProblem(problem, named)}</bdi>`, isError(problem) ? 'bad' : 'warn'))}${problems.length > mostProblems ? html`<p class="soft">… và ${problems.length - mostProblems} điều khác.</p>` : ''}`
}

const mostProblems = 40

/** `Dòng 12: … Cách sửa: …` */
const tellProblem = ({ file, line, what, todo }: Problem, named: boolean): string => `${named ? `${file}, dòng` : 'Dòng'} ${line}: ${forOfficers(what)}. Cách sửa: ${forOfficers(todo)}.`

/** Sentences for people, one below the other. */
export const refusalNotice = (refused: readonly string[]): Html => notice(html`${refused.slice(0, mostProblems).map((why) => html`<bdi>${why}</bdi><br>`)}`, 'bad', true)
