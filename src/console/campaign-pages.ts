import { html } from 'hono/html'
import type { Campaign } from '../campaign/campaign.ts'
import { editorsIn } from '../campaign/editors.ts'
import { actionNames, statusNames, type CampaignAction } from '../campaign/life.ts'
import { meansTable } from '../campaign/means.ts'
import { activityLine } from '../content/calendar.ts'
import type { PublicationRow } from '../core/campaign.ts'
import { accountFrom } from '../core/contact.ts'
import { isError } from '../core/problem.ts'
import { showDay } from '../core/time.ts'
import { button, card, form, hidden, live, notice, table, tag, textField, unseen, type Html, type Weight } from './components.ts'
import { planShown, progressPart, reachForms } from './campaign-figures.ts'
import { pageSize, type CampaignRow, type CampaignSeen, type PageAction, type Progress, type Uncertain } from './campaign-desk.ts'
import { tellPlaced } from './campaign-labels.ts'
import { previewOf } from './campaign-preview.ts'
import { capital, statusTag, tellPeriod } from './campaign-words.ts'
import { calendarPath, campaignHeadPath, campaignPath, newCampaignPath, phonesPath, picturesPath, postFormPath, registerPath, reportPath, root } from './paths.ts'
import { accountTitle, moment, shortKey } from './show.ts'

/** `Đợt tuyên truyền`: the list, one campaign, its progress, and messages nobody knows the end of. */

export interface ListView { rows: readonly CampaignRow[]; more: boolean; from: number; mayWrite: boolean; mayKeepPhones: boolean }

export function listPage({ rows, more, from, mayWrite, mayKeepPhones }: ListView): Html {
  const needed = rows.filter(({ need }) => need !== null)
  const others = rows.filter(({ need }) => need === null)
  return html`<h1>Đợt tuyên truyền</h1>
<p class="row">${mayWrite ? html`<a class="button main-button" href="${newCampaignPath}">Soạn đợt mới</a>` : ''}<a class="button quiet" href="${calendarPath}">Xem lịch</a>${mayWrite ? html`<a class="button quiet" href="${picturesPath}">Ảnh của bài</a>` : ''}${mayKeepPhones ? html`<a class="button quiet" href="${phonesPath}">Điện thoại gửi thử</a>` : ''}</p>
${live('cac-dot', html`${needed.length === 0 ? '' : card(`Cần anh chị (${needed.length})`, needed.map(rowShown))}
${rows.length === 0 ? html`<p class="soft">Chưa có đợt nào.</p>` : others.length === 0 ? '' : card(needed.length === 0 ? 'Tất cả' : 'Các đợt khác', others.map(rowShown))}`)}
${more ? html`<p><a href="?tu=${from + pageSize}">Các đợt cũ hơn</a></p>` : ''}`
}

/** What an approval covers beside the posts. */
function particulars({ theme, slogans, keyDays, calendar = [] }: Campaign): Html | '' {
  const lines = [
    ...(theme === null ? [] : [`Chủ đề: ${theme}`]), ...slogans.map((slogan) => `Khẩu hiệu: ${slogan}`),
    ...(keyDays.length === 0 ? [] : [`Ngày trọng điểm: ${keyDays.map(showDay).join(', ')}`]), ...calendar.map((activity) => `Lịch: ${activityLine(activity)}`),
  ]
  return lines.length === 0 ? '' : html`<details><summary>Chủ đề, khẩu hiệu, ngày trọng điểm, lịch hoạt động</summary><ul>${lines.map((line) => html`<li><bdi>${line}</bdi></li>`)}</ul></details>`
}

const rowShown = ({ id, name, period, status, author, reason, need }: CampaignRow): Html => html`<div class="case"><div>
<p><strong><bdi>${name}</bdi></strong></p>
<p class="soft">${tellPeriod(period)} · mã ${id} · soạn: <bdi>${author}</bdi>${reason === null ? '' : html` · <bdi>${reason}</bdi>`}</p>
<p class="row">${statusTag(status)}${need === null ? '' : tag(need, 'warn')}</p>
</div><a class="button" href="${campaignPath(id)}">Xem${unseen(` ${name}`)}</a></div>`

export interface CampaignView {
  seen: CampaignSeen
  token: string
  /** `YYYY-MM-DD`. */
  today: string
  mayEdit: boolean
  maySettle: boolean
  mayTry: boolean
  maySeeRecipients: boolean
  notice: Html | ''
}

/** Who decides reads first: the actions on what was submitted stand below it. */
export function campaignPage({ seen, token, today, mayEdit, maySettle, mayTry, maySeeRecipients, notice: told }: CampaignView): Html {
  const { record: { id, status, author, lastEditor, reason, approval, correction }, campaign, world: { compose } } = seen
  const titleOf = (post: string): string => campaign.posts.find((each) => each.id === post)?.title ?? post
  const others = [...new Set([...editorsIn(seen.lines), lastEditor])].filter((name) => name !== author)
  const begun = seen.status.posts.some(({ counts }) => counts.planned > 0) || ['running', 'paused', 'finished'].includes(status)
  return html`<p><a href="${root}/dot">← Tất cả các đợt</a></p>
<h1><bdi>${campaign.name}</bdi></h1>
${told}
<p class="row">${statusTag(status)}<span class="soft">${tellPeriod(campaign.period)} · mã ${id} · soạn: <bdi>${author}</bdi>${others.length === 0 ? '' : html` · sửa: <bdi>${others.join(', ')}</bdi>`}${approval === null ? '' : html` · duyệt: <bdi>${approval.by}</bdi> lúc ${moment(approval.at)}`}</span></p>
<p><bdi>${campaign.purpose}</bdi></p>
${particulars(campaign)}
<p class="row"><a class="button quiet" href="${registerPath}/${id}">Việc các đơn vị</a>${begun ? html`<a class="button quiet" href="${reportPath}?loai=dot&amp;dot=${id}">Báo cáo của đợt</a>` : ''}</p>
${reason === null ? '' : notice(html`${capital(statusNames[status])}: <bdi>${reason}</bdi>`, 'warn')}
${seen.changed.length === 0 ? '' : notice(html`Đã đổi từ lúc duyệt nên duyệt không còn hiệu lực: <bdi>${seen.changed.join('; ')}</bdi>.`, 'bad')}
${seen.correction === 'open' && correction !== null ? notice(html`<bdi>${correction.proposedBy}</bdi> đề nghị ${correction.kind === 'recall' ? 'thu hồi' : 'đính chính'}, chờ người thứ hai. <a href="${campaignPath(id)}/dinh-chinh">Xem sẽ làm gì và quyết định</a>`, 'bad') : ''}
${correction?.confirmedBy == null ? '' : notice(html`Đã ${correction.kind === 'recall' ? 'thu hồi' : 'đính chính'}: <bdi>${correction.proposedBy}</bdi> đề nghị, <bdi>${correction.confirmedBy}</bdi> xác nhận lúc ${moment(correction.confirmedAt!)}.`, 'warn')}
${begun ? card('Tiến độ', html`${progressPart(seen)}<p class="row">${status === 'running' ? html`<a href="${campaignPath(id)}/tien-do">Chỉ theo dõi tiến độ</a>` : ''}${maySeeRecipients ? html`<a href="${campaignPath(id)}/nguoi-nhan">Từng người nhận, tải CSV</a>` : ''}${seen.correction === 'possible' ? html`<a href="${campaignPath(id)}/dinh-chinh">Đính chính hoặc thu hồi</a>` : ''}</p>${seen.uncertain === 0 ? '' : notice(html`${seen.uncertain} lượt chưa rõ đã đến, đã lên hay chưa. ${maySettle ? html`<a href="${campaignPath(id)}/chua-ro">Xem và quyết định</a>` : 'Nhờ người duyệt hoặc người trực xem.'}`, 'warn')}${reachForms(seen, token, today)}`) : ''}
${messageOf(seen)}
${status === 'submitted' ? '' : actionsPart(seen, token, mayEdit)}
${seen.problems.length === 0 ? '' : card('Kiểm tra', seen.problems.map((problem) => notice(html`<bdi>${tellPlaced(problem, campaign)}</bdi>`, isError(problem) ? 'bad' : 'warn')))}
${begun ? '' : card('Dự kiến người nhận', live('du-kien', planShown(seen.forecast, titleOf)))}
<h2>Các bài, như từng kênh sẽ hiện</h2>
${campaign.posts.map((post) => html`<section class="card"><h3><bdi>${post.title}</bdi></h3>
<p class="soft">${moment(post.at)} · mã bài ${post.id} · ${audienceText(post.audience)}${post.atNight === 'skip' ? ' · rơi vào giờ yên lặng thì thôi không gửi' : ''} · ${post.means.map(({ means }) => meansTable[means].title).join(', ')}</p>
${post.people.length === 0 ? '' : html`<p>Có nêu tên hoặc ảnh: ${post.people.map(({ name, consent }) => html`<bdi>${name}</bdi> (đồng ý: <bdi>${consent}</bdi>) `)}</p>`}
${previewOf(campaign, post, compose)}
${isOpen(status) && (mayTry || mayEdit) ? html`<div class="row">${mayTry ? form(`${campaignPath(id)}/gui-thu`, token, html`${hidden('bai', post.id)}${button(html`Gửi thử vào máy cán bộ${unseen(`: ${post.title}`)}`, 'quiet')}`) : ''}${mayEdit && campaign.followUp === undefined ? html`<a class="button quiet" href="${postFormPath}?dot=${id}&amp;bai=${post.id}">Sửa bài${unseen(`: ${post.title}`)}</a>` : ''}</div>` : ''}</section>`)}
${status === 'submitted' ? actionsPart(seen, token, mayEdit) : ''}
${card('Nhật ký của đợt', table('Ai đã làm gì, cũ trước mới sau', ['Lúc', 'Ai', 'Việc', 'Từ → thành', 'Lý do'], seen.lines.map(({ at, who, via, action, before, after, why }) => [
    moment(at), html`<bdi>${who}</bdi>${via === 'console' ? '' : html` <span class="soft">(${via === 'job' ? 'tự động' : 'dòng lệnh'})</span>`}`,
    capital(before === null ? 'soạn' : Object.hasOwn(actionNames, action) ? actionNames[action as CampaignAction] : action), before === null ? statusNames[after] : `${statusNames[before]} → ${statusNames[after]}`, why === '' ? '–' : html`<bdi>${why}</bdi>`,
  ])))}`
}

/** What the one who submitted it wants the approver to know. */
function messageOf({ record: { status }, lines }: CampaignSeen): Html | '' {
  const submitted = status === 'submitted' ? lines.findLast(({ action }) => action === 'submit') : undefined
  return submitted === undefined || submitted.why === '' ? '' : notice(html`Lời nhắn của <bdi>${submitted.who}</bdi>: <bdi>${submitted.why}</bdi>`)
}

const isOpen = (status: string): boolean => ['draft', 'returned', 'submitted', 'approved', 'scheduled'].includes(status)

type Audience = CampaignSeen['campaign']['posts'][number]['audience']

function audienceText({ accounts, commune, role, tags, language, lastSeenSince }: Audience): Html | string {
  const bounds = [
    ...(accounts.length === 0 ? [] : [`tài khoản: ${accounts.map(accountTitle).join(', ')}`]), ...(commune.length === 0 ? [] : [`xã, phường: ${commune.join(', ')}`]),
    ...(role.length === 0 ? [] : [`vai trò: ${role.join(', ')}`]), ...(tags.length === 0 ? [] : [`thẻ: ${tags.join(', ')}`]),
    ...(language.length === 0 ? [] : [`ngôn ngữ: ${language.join(', ')}`]), ...(lastSeenSince === null ? [] : [`có nhắn từ ${showDay(lastSeenSince)}`]),
  ]
  return bounds.length === 0 ? 'mọi người trên các kênh đã chọn' : html`<bdi>${bounds.join('; ')}</bdi>`
}

/** Where each action is sent, and how it is asked for. */
export const actionSteps: Readonly<Record<PageAction, { path: string; title: string; label: string; weight: Weight; needsReason: boolean }>> = {
  submit: { path: 'trinh', title: 'Trình duyệt', label: 'Lời nhắn cho người duyệt (không bắt buộc)', weight: 'main-button', needsReason: false },
  approve: { path: 'duyet', title: 'Duyệt', label: 'Ý kiến của người duyệt (không bắt buộc)', weight: 'main-button', needsReason: false },
  resume: { path: 'chay-tiep', title: 'Chạy tiếp', label: 'Vì sao chạy tiếp (không bắt buộc)', weight: 'main-button', needsReason: false },
  return: { path: 'tra-lai', title: 'Trả lại', label: 'Vì sao trả lại', weight: '', needsReason: true },
  pause: { path: 'tam-dung', title: 'Tạm dừng', label: 'Vì sao tạm dừng', weight: 'danger', needsReason: true },
  cancel: { path: 'huy', title: 'Hủy đợt', label: 'Vì sao hủy', weight: 'danger', needsReason: true },
}

/** Each action has a reason field of its own. */
export const reasonField = (action: PageAction): string => `ly-do-${actionSteps[action].path}`

function actionsPart({ may, notApprover, hash, record: { id, status }, campaign }: CampaignSeen, token: string, mayEdit: boolean): Html | '' {
  const editable = mayEdit && campaign.followUp === undefined
  const open = isOpen(status)
  const link = (href: string, text: string): Html => html`<a class="button quiet" href="${href}">${text}</a>`
  const links = editable ? html`<p class="row">${open ? html`${link(`${postFormPath}?dot=${id}`, 'Thêm bài')}${link(`${newCampaignPath}?dot=${id}`, 'Thêm bài từ mẫu')}${link(`${campaignHeadPath}?dot=${id}`, 'Sửa tên, thời gian')}` : ''}${link(`${campaignHeadPath}?chep=${id}`, 'Chép thành đợt mới')}</p>${open && status !== 'draft' && status !== 'returned' ? html`<p class="soft small">Sửa thì đợt trở lại bản nháp, phải trình và duyệt lại.</p>` : ''}` : ''
  if (may.length === 0 && notApprover === null && links === '') return ''
  return card('Việc anh chị làm được', html`${notApprover === null ? '' : notice(`Chưa duyệt được: ${notApprover}.`, 'warn')}
${may.map((action) => (actionSteps[action].weight === 'main-button' ? actionForm(action, id, hash, token) : html`<details><summary>${actionSteps[action].title}</summary>${actionForm(action, id, hash, token)}</details>`))}${links}`)
}

function actionForm(action: PageAction, id: string, hash: string, token: string): Html {
  const { path, title, label, weight, needsReason } = actionSteps[action]
  const seen = action === 'approve' ? html`${hidden('da-xem', hash)}<p class="soft small">Duyệt đúng những gì đang hiện trên trang này. Mã nội dung: <span class="code">${hash.slice(0, 16)}…</span></p>` : ''
  return form(`${campaignPath(id)}/${path}`, token, html`${seen}${textField({ name: reasonField(action), label, required: needsReason })}${button(title, weight)}`)
}

/** Nothing but the figures, so that it may refresh itself without a script. */
export const progressPage = (seen: Progress): Html => html`<p><a href="${campaignPath(seen.record.id)}">← Về đợt</a></p>
<h1>Tiến độ: <bdi>${seen.campaign.name}</bdi></h1>
<p class="row">${statusTag(seen.record.status)}</p>${card('Đến lúc này', progressPart(seen))}`

export interface UncertainView {
  id: string
  name: string
  rows: readonly Uncertain[]
  /** Of which nobody knows whether they are up. */
  publications: readonly PublicationRow[]
  titleOf: (post: string) => string
  token: string
  maySendAgain: boolean
  /** It runs again for what is sent again. */
  finished: boolean
  notice: Html | ''
}

export function uncertainPage({ id, name, rows, publications, titleOf, token, maySendAgain, finished, notice: told }: UncertainView): Html {
  const action = `${campaignPath(id)}/chua-ro`
  return html`<p><a href="${campaignPath(id)}">← Về đợt</a></p>
<h1>Chưa rõ đã đến hay chưa: <bdi>${name}</bdi></h1>
${told}
<p>Nền tảng không trả lời nên không biết tin đã đến, bài đã lên hay chưa. Gửi lại thì có người có thể nhận hai lần; để nguyên thì có người có thể không nhận được.</p>
${!maySendAgain ? notice('Đợt này không gửi lại được nữa.') : finished ? notice('Đợt đã xong: gửi lại thì đợt chạy tiếp cho đến khi gửi hết.') : ''}
${publications.length === 0 ? '' : html`<h2>Bài đăng: mở kênh xem bài đã lên chưa</h2>${publications.map((row) => html`<div class="card"><p><bdi>${titleOf(row.post)}</bdi> · ${meansTable[row.means].title} · ${accountTitle(row.account)} · ${moment(row.dueAt)}</p>
${form(action, token, html`${hidden('bai-dang', row.id)}<div class="row">${button(html`Đã thấy bài trên kênh${unseenPlace(row)}`, '', 'da-len')}${button(html`Không thấy bài${unseenPlace(row)}`, 'quiet', 'khong-len')}${maySendAgain ? button(html`Đăng lại${unseenPlace(row)}`, 'danger', 'dang-lai') : ''}</div>`)}</div>`)}`}
${rows.length === 0 ? (publications.length === 0 ? html`<p class="soft">Không còn lượt nào chưa xem.</p>` : '') : html`<h2>Tin gửi từng người</h2>${rows.map((row) => html`<div class="card"><p><bdi>${titleOf(postOf(row))}</bdi> · mã ${row.contactKey === '' ? 'đã xóa' : shortKey(row.contactKey)} · ${accountTitle(row.account)} · ${moment(row.at)}</p>
${form(action, token, html`${hidden('luot', row.id)}<div class="row">${maySendAgain ? button(html`Gửi lại${unseenOf(row)}`, '', 'gui-lai') : ''}${button(html`Để nguyên${unseenOf(row)}`, 'quiet', 'de-nguyen')}</div>`)}</div>`)}`}`
}

const unseenPlace = ({ account, means }: PublicationRow): Html => unseen(` trên ${accountTitle(account)}, ${meansTable[means].title}`)
const postOf = ({ id }: Uncertain): string => id.slice(id.indexOf('/') + 1, id.indexOf(':'))
const unseenOf = ({ contactKey, account }: Uncertain): Html => unseen(` cho mã ${shortKey(contactKey)}, ${accountFrom(account).channel}`)
