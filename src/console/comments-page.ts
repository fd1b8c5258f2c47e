import { html } from 'hono/html'
import type { SendOutcome } from '../core/delivery.ts'
import { HOUR, type Millis } from '../core/time.ts'
import { button, card, form, hidden, notice, said, tag, textArea, unseen, type Html } from './components.ts'
import { isDone, shownComments, type CommentAnswer, type SeenComment, type Way } from './comments.ts'
import { commentPath, commentsPath } from './paths.ts'
import { accountTitle, moment, span } from './show.ts'

/** `Bình luận`: what people say under our posts, and how it is answered. */

/** Within what every platform takes in one piece. */
export const longestAnswer = 1_500
/** Of those that wait, on one page; of those that are done, the last ones. */
const commentsOnPage = 30

export interface CommentsView {
  comments: readonly SeenComment[]
  /** So many that wait stand on earlier pages. */
  from: number
  token: string
  now: Millis
  notice: Html | ''
  /** What was typed and not taken: shown again where it was typed. */
  draft: { key: string; way: Way; text: string; error: string | null } | null
}

export function commentsPage(view: CommentsView): Html {
  const { comments, notice: told, from } = view
  const [waiting, done] = [comments.filter((each) => !isDone(each)), comments.filter(isDone)]
  const exposing = waiting.filter(({ exposes }) => exposes)
  const others = waiting.filter(({ exposes }) => !exposes)
  return html`<h1>Bình luận</h1>
${told}
<p class="soft">Bình luận dưới bài đăng trên trang Facebook của tỉnh. Mỗi bình luận chỉ nhắn riêng được một lần, trong 7 ngày; khi người đó nhắn lại, cuộc trò chuyện đi tiếp như thường. Lời bình luận được xóa khỏi hệ thống sau thời hạn lưu, trên Facebook thì không.</p>
${exposing.length === 0 ? '' : card(`Lộ số điện thoại, số giấy tờ (${exposing.length})`, html`${notice('Những bình luận này để lộ số cho mọi người thấy. Mở trên Facebook để ẩn trước, rồi nhắn riêng cho người viết.', 'bad')}${exposing.map((each) => part(each, view))}`)}
${card(`Chưa trả lời (${others.length})`, others.length === 0 ? html`<p class="soft">Không có bình luận nào đang chờ.</p>` : html`${others.slice(from, from + commentsOnPage).map((each) => part(each, view))}${pages(others.length, from)}`)}
${done.length === 0 ? '' : html`<details><summary>Đã xong (${done.length})</summary>${done.slice(0, commentsOnPage).map((each) => part(each, view))}${done.length > commentsOnPage ? html`<p class="soft small">Đang hiện ${commentsOnPage} bình luận xong gần nhất.</p>` : ''}</details>`}
${comments.length === shownComments ? html`<p class="soft small">Chỉ ${shownComments} bình luận mới nhất có ở đây.</p>` : ''}`
}

const pages = (all: number, from: number): Html | '' => (all <= commentsOnPage ? '' : html`<p class="pages"><span>${from > 0 ? html`<a href="${commentsPath}?tu=${Math.max(0, from - commentsOnPage)}">← Trang trước</a>` : ''}</span><span>${from + commentsOnPage < all ? html`<a href="${commentsPath}?tu=${from + commentsOnPage}">Trang sau →</a>` : ''}</span></p>`)

function part(comment: SeenComment, view: CommentsView): Html {
  const { key, account, sentAt, text, url, exposes, privately, publicly, closed, isReply } = comment
  const { now, token, from } = view
  return html`<article class="comment" id="bl-${key}">
<p class="soft">${accountTitle(account)} · ${moment(sentAt)} (${span(now - sentAt)} trước)${isReply ? ' · trả lời một bình luận khác' : ''}</p>
${text === '' ? html`<p class="soft">(không có chữ: ảnh, nhãn dán)</p>` : said(text)}
<p class="row">${exposes ? tag('Lộ số', 'bad') : ''}${privately === null ? privateTag(comment, now) : answerTag('Nhắn riêng', privately)}${publicly === null ? '' : answerTag('Trả lời công khai', publicly)}${closed === null ? '' : tag(`Đã xem xong: ${closed.by}`)}${url === null ? '' : html`<a href="${url}" target="_blank" rel="noreferrer noopener">Mở trên Facebook${unseen(`: bình luận lúc ${moment(sentAt)}`)}</a>`}</p>
${answers(comment, 'privately', view)}${answers(comment, 'publicly', view)}
${isDone(comment) ? '' : form(`${commentPath(key)}/xong`, token, html`${hidden('tu', String(from))}${button(html`Không cần trả lời${unseen(`: bình luận lúc ${moment(sentAt)}`)}`, 'quiet')}`)}
</article>`
}

function privateTag({ privateUntil }: SeenComment, now: Millis): Html {
  if (privateUntil === null) return tag('Hết hạn nhắn riêng')
  return tag(`Còn ${span(privateUntil - now)} để nhắn riêng`, privateUntil - now < 24 * HOUR ? 'warn' : 'good')
}

function answerTag(title: string, { state, by, code }: CommentAnswer): Html {
  switch (state) {
    case 'sent': return tag(`${title}: ${by}`, 'good')
    case 'sending': return tag(`${title}: ${by} đang gửi`, 'warn')
    case 'uncertain': return tag(`${title}: chưa rõ đã đến chưa`, 'warn')
    case 'failed': return tag(`${title}: không gửi được, mã ${code}`, 'bad')
  }
}

const ways = {
  privately: { path: 'rieng', title: 'Nhắn riêng', label: 'Lời nhắn riêng', hint: 'Chỉ người viết bình luận đọc được. Không hỏi mật khẩu, mã OTP, số căn cước.', do: 'Gửi lời nhắn riêng' },
  publicly: { path: 'cong-khai', title: 'Trả lời công khai', label: 'Lời trả lời công khai', hint: 'Ai cũng đọc được. Không nhắc lại tên đầy đủ, số điện thoại, số giấy tờ của ai.', do: 'Đăng lời trả lời' },
} as const
export const wayOf = (path: string): Way | null => (path === ways.privately.path ? 'privately' : path === ways.publicly.path ? 'publicly' : null)

/** Each form of the page has fields of its own. */
export const answerField = (key: string, way: Way): string => `loi-${ways[way].path}-${key}`

function answers(comment: SeenComment, way: Way, { token, draft, from }: CommentsView): Html | '' {
  const { key, sentAt } = comment
  const before = comment[way]
  const mine = draft !== null && draft.key === key && draft.way === way ? draft : null
  if (before?.state === 'sent' || before?.state === 'sending') return ''
  if (way === 'privately' && comment.privateUntil === null && before?.state !== 'uncertain') return ''
  const { path, title, label, hint, do: what } = ways[way]
  const again = before?.state !== 'uncertain' ? '' : html`${notice(way === 'publicly' ? 'Lần trước chưa rõ đã đăng chưa. Mở trên Facebook xem trước; chỉ gửi lại khi chưa thấy.' : 'Lần trước chưa rõ đã đến chưa. Gửi lại được: Facebook không nhận lời nhắn riêng thứ hai cho một bình luận.', 'warn')}${hidden('gui-lai', '1')}`
  const name = answerField(key, way)
  return html`<details${mine === null ? '' : html` open`}><summary>${title}${unseen(` bình luận lúc ${moment(sentAt)}`)}</summary>${form(`${commentPath(key)}/${path}`, token, html`${hidden('tu', String(from))}${again}
${textArea({ name, label, hint, longest: longestAnswer, value: mine?.text ?? '', error: mine?.error ?? null })}${button(what)}`)}</details>`
}

/** Why the platform did not take it, for an officer. */
export function refusalOf(outcome: SendOutcome, code: string): string {
  switch (outcome.kind) {
    case 'throttled': case 'not_now': return 'Facebook đang giới hạn số lượt gửi. Chờ ít phút rồi gửi lại.'
    case 'unavailable': return 'Chưa tới được Facebook nên chưa gửi. Chờ ít phút rồi gửi lại.'
    case 'bad_configuration': return `Trang chưa có quyền trả lời bình luận (mã ${code}). Báo người quản trị.`
    case 'contact_gone': return `Facebook không cho nhắn người này (mã ${code}). Có thể trả lời công khai.`
    default: return `Facebook không nhận (mã ${code}): bình luận đã bị xóa, đã được nhắn riêng trong ứng dụng, hoặc lời không hợp lệ.`
  }
}
