import { html } from 'hono/html'
import { actionNames, type CampaignAction } from '../campaign/life.ts'
import { accessActions, type AccessAction } from './access-log.ts'
import { capital } from './campaign-words.ts'
import { button, card, form, hidden, notice, selectField, table, textField, type Html } from './components.ts'
import type { ChainCheck, LogFilter, LogLine, LogName, LogPage } from './diary.ts'
import { campaignPath, root } from './paths.ts'
import { figure, moment, shortKey } from './show.ts'

/** `Nhật ký`: who did what and when, and whether the log is as it was written. */

export const diaryPath = `${root}/nhat-ky`

/** What staff do here, in a few words. */
const accessNames: Readonly<Record<AccessAction, string>> = {
  signed_in: 'đăng nhập', signed_out: 'đăng xuất', password_changed: 'đổi mật khẩu', case_claimed: 'nhận người chờ', case_taken_over: 'tiếp quản người chờ', conversation_read: 'đọc cuộc trò chuyện',
  answer_sent: 'trả lời người dân', case_released: 'để lại cho đồng nghiệp', case_closed: 'đóng cuộc trò chuyện', staff_added: 'thêm tài khoản cán bộ', staff_changed: 'đổi tài khoản cán bộ',
  uncertain_read: 'xem lượt gửi chưa rõ', recipients_read: 'xem danh sách người nhận', recipients_exported: 'tải danh sách người nhận', trial_sent: 'gửi thử', trial_phone_added: 'thêm máy nhận thử',
  trial_phone_removed: 'bỏ máy nhận thử', picture_added: 'thêm ảnh', comments_read: 'đọc bình luận', comment_answered: 'trả lời bình luận', activities_changed: 'sửa sổ hoạt động', report_written: 'soạn báo cáo', report_downloaded: 'tải báo cáo',
  content_submitted: 'trình bản nháp nội dung', content_returned: 'trả lại bản nháp nội dung', content_published: 'đăng nội dung', content_dropped: 'bỏ bản nháp nội dung', content_restored: 'trở lại bản nội dung cũ',
  questions_read: 'đọc câu hỏi chưa trả lời được', question_released: 'cho câu hỏi vào báo cáo', data_request_noted: 'ghi yêu cầu về dữ liệu cá nhân', data_request_closed: 'xong yêu cầu về dữ liệu cá nhân', contact_exported: 'tải dữ liệu của một người',
  contact_erased: 'xóa dữ liệu của một người',
}

const nameOf = (log: LogName, action: string): string =>
  log === 'access' ? (Object.hasOwn(accessNames, action) ? accessNames[action as AccessAction] : action) : Object.hasOwn(actionNames, action) ? actionNames[action as CampaignAction] : action

export interface DiaryView { log: LogName; filter: LogFilter; before: number | null; page: LogPage; check: ChainCheck | null; token: string; told: Html | '' }

export function diaryPage(view: DiaryView): Html {
  const { log, filter, page: { lines, next, lookedTo }, before } = view
  return html`<h1>Nhật ký</h1>
${view.told}
<p class="row">${tab(log, 'access', 'Cán bộ làm gì')}${tab(log, 'campaigns', 'Các đợt tuyên truyền')}</p>
${card('Tính toàn vẹn', checkPart(view))}
${card('Tìm', filterForm(log, filter))}
${card(before === null ? 'Mới nhất trước' : `Trước dòng ${figure(before)}`, html`${lines.length === 0 ? html`<p class="soft">Không có dòng nào như vậy.</p>` : table(`${lines.length} dòng`, ['Lúc', 'Ai', 'Việc', 'Về', 'Lý do'], lines.map((line) => rowOf(log, line)))}
${lookedTo === null ? '' : html`<p class="soft">Đã tìm đến ${moment(lookedTo)}.</p>`}
${next === null ? '' : html`<p class="pages"><span></span><a href="${addressOf(log, filter, next)}">${lookedTo === null ? 'Các dòng cũ hơn →' : 'Tìm tiếp các dòng cũ hơn →'}</a></p>`}`)}`
}

const tab = (open: LogName, log: LogName, title: string): Html => html`<a class="button ${open === log ? 'main-button' : 'quiet'}" href="${diaryPath}?so=${log}"${open === log ? html` aria-current="true"` : ''}>${title}</a>`

function rowOf(log: LogName, { at, who, action, about, count, why, seq }: LogLine): unknown[] {
  return [html`<span class="when">${moment(at)}</span>`, html`<bdi>${who}</bdi>`, html`${capital(nameOf(log, action))}${count === null || count === 1 ? '' : html` <span class="soft">(${figure(count)})</span>`}`, aboutOf(log, about), html`${why === '' ? '–' : html`<bdi>${why}</bdi>`} <span class="soft small">dòng ${figure(seq)}</span>`]
}

/** Contact keys are told as everywhere else; campaigns lead to their page. */
function aboutOf(log: LogName, about: string): Html {
  if (log === 'campaigns') return html`<a href="${campaignPath(encodeURIComponent(about))}"><bdi>${about}</bdi></a>`
  return /^[\w-]{22}$/.test(about) ? html`mã ${shortKey(about)}` : html`<bdi>${about}</bdi>`
}

function filterForm(log: LogName, { who, action, about, from, to }: LogFilter): Html {
  const actions = log === 'access' ? accessActions : (Object.keys(actionNames) as CampaignAction[])
  return html`<form method="get" action="${diaryPath}" class="filter">${hidden('so', log)}
${textField({ name: 'ai', label: 'Ai', kind: 'search', value: who })}
${selectField({ name: 'viec', label: 'Việc', value: action, options: [{ value: '', title: 'Mọi việc' }, ...actions.map((value) => ({ value, title: capital(nameOf(log, value)) }))] })}
${textField({ name: 've', label: log === 'access' ? 'Về (mã, tệp, tài khoản)' : 'Mã đợt', kind: 'search', value: about })}
${textField({ name: 'tu', label: 'Từ ngày', kind: 'date', value: from })}
${textField({ name: 'den', label: 'Đến hết ngày', kind: 'date', value: to })}
${button('Tìm', 'quiet')}</form>`
}

function checkPart({ log, check, token }: DiaryView): Html {
  const found = check === null ? html`<p>Chưa ai kiểm tra. Mỗi dòng mang mã của dòng trước, nên sửa hay xóa một dòng là lộ ra.</p>` : check.brokenAt === null
    ? html`${notice(html`Nguyên vẹn: ${figure(check.lines)} dòng, kiểm tra lúc ${moment(check.at)} bởi <bdi>${check.by}</bdi>.`, 'good')}<p class="soft small">Mã cuối để ghi lại: <span class="code">${check.head}</span></p>`
    : notice(html`Nhật ký đã bị sửa hoặc mất từ dòng ${figure(check.brokenAt)} (kiểm tra lúc ${moment(check.at)}). Báo ngay người quản trị và giữ nguyên kho dữ liệu.`, 'bad', true)
  return html`${found}${form(diaryPath, token, html`${hidden('so', log)}${button('Kiểm tra cả nhật ký', 'quiet')}`)}`
}

const addressOf = (log: LogName, { who, action, about, from, to }: LogFilter, before: number): string =>
  `${diaryPath}?${new URLSearchParams({ so: log, ai: who, viec: action, ve: about, tu: from, den: to, truoc: String(before) })}`
