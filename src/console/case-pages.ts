import { html } from 'hono/html'
import { isExpired, type Article } from '../answer/article.ts'
import type { SavedReply } from '../content/saved-replies.ts'
import type { DeliveryStatus } from '../core/delivery.ts'
import { shorten } from '../core/text.ts'
import { HOUR, tellTime, vietnamDay, type Millis } from '../core/time.ts'
import { button, card, form, hidden, live, notice, said, tag, textArea, textField, unseen, type Html, type Tone } from './components.ts'
import type { Case } from './cases.ts'
import { casePath, requestsPath, waitingPath } from './paths.ts'
import type { ReplyRoom } from './reply-room.ts'
import { accountTitle, clock, moment, shortKey, span } from './show.ts'
import type { TalkLine } from './talk.ts'

/** `Chờ cán bộ`: who waits, and one citizen's conversation. */

export const longestAnswer = 4_000

const reasons = {
  asked: 'Xin gặp cán bộ', stale: 'Câu hỏi chờ quá lâu, trợ lý chưa trả lời được', attachment: 'Gửi hình ảnh, ghi âm hoặc tệp cần xem', erasure: 'Yêu cầu xóa dữ liệu cá nhân',
} as const

const reasonOf = ({ handover }: Pick<Case, 'handover'>): string => (handover === null ? 'Đang trao đổi với cán bộ' : reasons[handover.reason])

/** How much of the reply window is left, as a tag. */
function roomTag({ isOpen, until, staffOnly }: ReplyRoom, now: Millis): Html {
  if (!isOpen) return tag('Hết hạn, không gửi được nữa', 'bad')
  if (staffOnly) return tag('Chỉ còn quyền nhắn của cán bộ', 'warn')
  if (until === null) return tag('Không có hạn trả lời', 'good')
  const left = until - now
  return tag(`Còn ${span(left)} để trả lời`, left < 2 * HOUR ? 'bad' : left < 6 * HOUR ? 'warn' : 'good')
}

export interface WaitingView { cases: readonly Case[]; me: string; now: Millis; notice: Html | '' }

export function waitingPage({ cases, me, now, notice: told }: WaitingView): Html {
  const mine = cases.filter(({ hold }) => hold?.by === me)
  const free = cases.filter(({ hold }) => hold === null)
  const others = cases.filter(({ hold }) => hold !== null && hold.by !== me)
  return html`<h1>Chờ cán bộ</h1>
${told}
${live('hang-cho', html`
${mine.length === 0 ? '' : card(`Anh chị đang giữ (${mine.length})`, mine.map((one) => caseRow(one, now, 'Mở')))}
${card(`Chưa ai nhận (${free.length})`, free.length === 0 ? html`<p class="soft">Không có ai đang chờ. Trang này tự cập nhật.</p>` : free.map((one) => caseRow(one, now, 'Xem và nhận')))}
${others.length === 0 ? '' : card(`Đồng nghiệp đang giữ (${others.length})`, others.map((one) => caseRow(one, now, 'Xem')))}`)}
<p class="soft small">Người dân được gọi bằng mã vì hệ thống không biết tên. Trong lúc cán bộ giữ một cuộc trò chuyện, trợ lý tự động im lặng với người đó.</p>`
}

const caseRow = (one: Case, now: Millis, go: string): Html => html`<div class="case"${one.isUnread ? html` data-waits="${one.contactKey}"` : ''}><div>
<p><strong>${reasonOf(one)}</strong></p>
<p class="soft">${accountTitle(one.account)} · mã ${shortKey(one.contactKey)} · từ ${moment(one.since)} (${span(now - one.since)})</p>
<p class="row">${roomTag(one.room, now)}${stateTag(one)}</p>
</div><a class="button" href="${casePath(one.contactKey)}">${go}${unseen(` ${shortKey(one.contactKey)}`)}</a></div>`

function stateTag({ hold, handover, isUnread }: Case): Html | '' {
  const holder = hold === null ? '' : tag(`${hold.by} giữ từ ${clock(hold.at)}`)
  const answered = handover?.firstStaffAnswerAt != null || hold?.answeredAt != null
  return html`${holder}${answered ? (isUnread ? tag('Có tin mới chưa trả lời', 'warn') : tag('Đã trả lời', 'good')) : tag('Chưa trả lời', 'warn')}`
}

export interface CaseView {
  one: Case
  me: string
  token: string
  now: Millis
  /** Null: not for this officer, who does not hold it. */
  talk: readonly TalkLine[] | null
  /** When a person last answered in the platform's own app; 0: not that anybody knows. */
  seenAnswer: Millis
  once: string
  savedReplies: readonly SavedReply[]
  /** Found by the officer's words, or proposed by the citizen's last ones. */
  articles: readonly Article[]
  searched: string
  draft: string
  error: string | null
  notice: Html | ''
}

export function casePage(view: CaseView): Html {
  const { one, now, talk } = view
  return html`<p><a href="${waitingPath}">← Tất cả người chờ</a></p>
<h1>Mã ${shortKey(one.contactKey)}: ${reasonOf(one)}</h1>
${view.notice}
<div class="card"><p class="row">${roomTag(one.room, now)}${stateTag(one)}</p>
<p class="soft">${accountTitle(one.account)} · chờ từ ${moment(one.since)} (${span(now - one.since)}) · mã đầy đủ <bdi>${one.contactKey}</bdi> · <a href="${requestsPath}?ma-nguoi=${one.contactKey}">Ghi yêu cầu về dữ liệu cá nhân</a></p>
${talk === null || !one.room.isOpen ? '' : html`<p><a href="#loi">Đến ô trả lời</a></p>`}</div>
${talk === null ? claimPart(view) : html`<div class="two"><div>${talkPart(talk, now)}${answerPart(view)}</div><div>${helpPart(view)}</div></div>`}`
}

function claimPart({ one: { contactKey, hold, handover }, token }: CaseView): Html {
  const path = `${casePath(contactKey)}/nhan`
  if (hold === null) {
    return card('Nhận trả lời', html`${handover?.reason === 'erasure' ? html`<p>Đây là yêu cầu về dữ liệu cá nhân: phải trả lời trong 2 ngày làm việc.</p>` : ''}
<p>Khi anh chị nhận, trợ lý tự động sẽ im lặng với người này, đồng nghiệp thấy tên anh chị, và việc đọc cuộc trò chuyện được ghi vào nhật ký.</p>
${form(path, token, button('Nhận và đọc cuộc trò chuyện'))}`)
  }
  return card('Đồng nghiệp đang giữ', html`<p><bdi>${hold.by}</bdi> nhận từ ${moment(hold.at)}${hold.answeredAt === null ? ', chưa trả lời' : `, trả lời lần cuối lúc ${clock(hold.answeredAt)}`}. Để không trả lời trùng nhau, chỉ người đang giữ mới đọc và trả lời được.</p>
<details><summary>Tiếp quản</summary>${form(path, token, html`${textField({ name: 'ly-do', label: 'Vì sao tiếp quản', hint: 'Ví dụ: đồng nghiệp hết ca. Lý do được ghi vào nhật ký.', required: true })}${button('Tiếp quản', 'danger')}`)}</details>`)
}

const speakers = { citizen: 'Người dân', assistant: 'Trợ lý', staff: 'Cán bộ', note: '' } as const
const statuses: Readonly<Record<DeliveryStatus, { text: string; tone: Tone } | null>> = {
  sent: { text: 'đã gửi', tone: 'plain' }, queued: { text: 'đang chờ gửi', tone: 'warn' }, sending: { text: 'đang gửi', tone: 'warn' },
  failed: { text: 'không gửi được', tone: 'bad' }, uncertain: { text: 'chưa rõ đã đến chưa', tone: 'warn' }, skipped: { text: 'không gửi', tone: 'bad' },
}

const talkPart = (talk: readonly TalkLine[], now: Millis): Html => card('Cuộc trò chuyện', live('tro-chuyen', talk.length === 0
  ? html`<p class="soft">Chưa có lời nào còn lưu.</p>`
  : html`${talk.length > shownLines ? html`<details><summary>${talk.length - shownLines} tin trước đó</summary><ol class="talk">${talk.slice(0, -shownLines).map((line) => talkLine(line, now))}</ol></details>` : ''}<ol class="talk">${talk.slice(-shownLines).map((line) => talkLine(line, now))}</ol>`))

/** Earlier ones are folded away. */
const shownLines = 12
/** What the assistant said is folded beyond so many characters: the officer looks for the citizen's words. */
const longestUnfolded = 160

function talkLine({ at, by, text, file, status }: TalkLine, now: Millis): Html {
  const state = status === null ? null : statuses[status]
  if (by === 'note') return html`<li class="note">${tellTime(at, now)} · ${text}</li>`
  return html`<li class="${by === 'citizen' ? 'theirs' : by === 'staff' ? 'ours staff' : 'ours'}"><span class="who">${speakers[by]} · ${tellTime(at, now)}${state === null || status === 'sent' ? '' : html` · ${tag(state.text, state.tone)}`}</span>
${by === 'assistant' && text.length > longestUnfolded ? html`<details><summary>${shorten(text.replace(/\s+/g, ' '), 90)}</summary>${said(text)}</details>` : said(text)}${file === null ? '' : html`<p><a href="${file}" target="_blank" rel="noreferrer noopener">Mở tệp người dân gửi</a></p>`}</li>`
}

/** Carried by every way of answering: pressing twice is one answer, and nobody answers over a colleague's words. */
const guards = ({ once, seenAnswer }: CaseView): Html => html`${hidden('lan', once)}${hidden('da-thay', String(seenAnswer))}`

function answerPart(view: CaseView): Html {
  const { one: { contactKey, room, heardAt }, token, draft, error } = view
  const path = casePath(contactKey)
  const close = html`<div class="row">${form(`${path}/dong`, token, html`${hidden('da-doc', String(heardAt))}${button('Xong: đóng, trợ lý trả lời tiếp', '')}`)}${form(`${path}/tra-lai`, token, button('Để lại cho đồng nghiệp', 'quiet'))}</div>`
  if (!room.isOpen) return html`${notice('Nền tảng không cho gửi nữa: người dân phải nhắn lại trước. Nếu cần, hãy liên lạc bằng cách khác.', 'warn')}${close}`
  return html`${card('Trả lời', html`${room.staffOnly ? notice('Khung trả lời thường đã hết. Nền tảng chỉ còn nhận lời do chính cán bộ viết.', 'warn') : ''}
${form(`${path}/tra-loi`, token, html`${guards(view)}${textArea({
    name: 'loi', label: 'Lời của anh chị', longest: longestAnswer, value: draft, error,
    hint: 'Người dân nhận đúng lời này. Không hỏi mật khẩu, mã OTP, số căn cước.',
  })}${button('Gửi trả lời')}`)}`)}${close}`
}

function helpPart(view: CaseView): Html {
  const { one: { contactKey }, savedReplies, searched } = view
  const path = casePath(contactKey)
  return html`${savedReplies.length === 0 ? '' : card('Câu trả lời mẫu', savedReplies.map(({ id, title, text }) =>
    html`<details><summary>${title}</summary>${said(text)}<div class="row"><a class="button quiet" href="${path}?mau=${encodeURIComponent(id)}#loi" data-put="${text}">Đưa vào ô trả lời${unseen(`: ${title}`)}</a></div></details>`))}
${card('Mục hỏi–đáp', html`<form method="get" action="${path}">${textField({ name: 'tim', label: 'Tìm mục', kind: 'search', value: searched, hint: 'Để trống: gợi ý theo tin cuối của người dân.' })}${button('Tìm', 'quiet')}</form>
${view.articles.length === 0 ? html`<p class="soft">Không thấy mục nào hợp.</p>` : view.articles.map((article) => articlePart(view, article))}`)}`
}

function articlePart(view: CaseView, article: Article): Html {
  const { one: { contactKey, room }, token, now } = view
  const expired = isExpired(article, vietnamDay(now))
  return html`<details><summary>${article.title}${expired ? html` ${tag('quá hạn rà soát', 'bad')}` : ''}</summary>${said([article.short, article.details].filter((text) => text !== '').join('\n\n'))}
${expired || !room.isOpen ? '' : form(`${casePath(contactKey)}/tra-loi`, token, html`${guards(view)}${hidden('muc', article.id)}${button('Gửi cả mục này', 'quiet')}`)}</details>`
}
