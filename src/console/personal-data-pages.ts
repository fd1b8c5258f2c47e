import { html } from 'hono/html'
import type { AccountKey } from '../core/contact.ts'
import { MINUTE, vietnamDay, type Millis } from '../core/time.ts'
import { button, card, checkField, figures, form, hidden, notice, selectField, table, tag, textField, todoList, type Html } from './components.ts'
import { casePath, requestPath, requestsPath } from './paths.ts'
import { answerWithinDays, requestKinds, requestWays, type DataRequest, type KeptAbout, type RequestKind, type RequestsSeen, type RequestWay } from './personal-data.ts'
import { accountTitle, figure, moment, shortKey } from './show.ts'

/** `Yêu cầu về dữ liệu cá nhân`: the register, one request, and the second step before data are erased. */

const kindNames: Readonly<Record<RequestKind, string>> = {
  access: 'Xem, nhận bản sao dữ liệu', correct: 'Chỉnh sửa dữ liệu', erase: 'Xóa dữ liệu', withdraw: 'Rút lại sự đồng ý', restrict: 'Hạn chế, phản đối xử lý dữ liệu',
}
const wayNames: Readonly<Record<RequestWay, string>> = { chat: 'Trong cuộc trò chuyện', phone: 'Gọi điện', paper: 'Văn bản, thư điện tử', person: 'Đến trực tiếp' }

/** `hạn 25/11/2026`: the last day on which it is in time. */
const lastDayOf = (dueAt: Millis): string => moment(dueAt - MINUTE).slice(0, 10)

function dueTag({ dueAt, closed }: DataRequest, now: Millis): Html {
  if (closed !== null) return tag(closed.at < dueAt ? 'Đã xong đúng hạn' : 'Đã xong, quá hạn', closed.at < dueAt ? 'good' : 'warn')
  return now >= dueAt ? tag(`Quá hạn từ ${lastDayOf(dueAt)}`, 'bad') : tag(`Hạn ${lastDayOf(dueAt)}`, vietnamDay(dueAt - MINUTE) === vietnamDay(now) ? 'bad' : 'warn')
}

export interface TypedRequest { kind: string; way: string; day: string; key: string; note: string; errors: Readonly<Record<string, string>> }

export interface RequestsView { seen: RequestsSeen; typed: TypedRequest; token: string; told: Html | ''; now: Millis }

export function requestsPage({ seen, typed, token, told, now }: RequestsView): Html {
  const { open, closed, inChat, erasedAlone } = seen
  const rows = (some: readonly DataRequest[]): unknown[][] => some.map((request) => [
    html`<a href="${requestPath(request.id)}">${kindNames[request.kind]}</a>`, request.shortKey === '' ? 'chưa rõ người' : `mã ${request.shortKey}`, html`<span class="when">${moment(request.receivedAt).slice(0, 10)}</span>`, dueTag(request, now),
  ])
  const columns = ['Yêu cầu', 'Của ai', 'Nhận ngày', 'Hạn']
  return html`<h1>Yêu cầu về dữ liệu cá nhân</h1>
${told}
${inChat.length === 0 ? '' : card(`Người dân yêu cầu trong cuộc trò chuyện (${inChat.length})`, todoList(inChat.map(({ handover, dueAt }) => ({ what: `Mã ${shortKey(handover.contactKey)}, ${accountTitle(handover.account)}`, more: `hạn ${lastDayOf(dueAt)}`, tone: now >= dueAt ? 'bad' as const : 'warn' as const, path: casePath(handover.contactKey) })), ''))}
${card(`Chưa xong (${open.length})`, open.length === 0 ? html`<p class="soft">Không có yêu cầu nào đang chờ.</p>` : table(`Hạn gần nhất trước. Phải trả lời trong ${answerWithinDays} ngày làm việc.`, columns, rows(open)))}
${card('Ghi yêu cầu mới', form(requestsPath, token, html`${selectField({ name: 'loai', label: 'Yêu cầu', value: typed.kind, error: typed.errors['loai'] ?? null, options: requestKinds.map((value) => ({ value, title: kindNames[value] })) })}
${selectField({ name: 'cach', label: 'Nhận bằng cách', value: typed.way, options: requestWays.map((value) => ({ value, title: wayNames[value] })) })}
${textField({ name: 'ngay', label: 'Nhận ngày', kind: 'date', value: typed.day, error: typed.errors['ngay'] ?? null, required: true })}
${textField({ name: 'ma-nguoi', label: 'Mã người nhắn', value: typed.key, error: typed.errors['ma-nguoi'] ?? null, hint: 'Mã đầy đủ ở trang “Chờ cán bộ”. Chưa biết thì để trống: mời người đó nhắn “gặp cán bộ” từ tài khoản của mình, vừa để xác minh đúng người.' })}
${textField({ name: 'ghi-chu', label: 'Ghi chú', value: typed.note, error: typed.errors['ghi-chu'] ?? null, hint: 'Ví dụ: công văn đến số 12. Không ghi họ tên, số máy, số căn cước.' })}
${button('Ghi vào sổ')}`))}
${card('Người dân tự làm', html`${figures([{ count: figure(erasedAlone), of: 'người tự xóa dữ liệu trong 30 ngày qua' }])}<p class="soft">Nhắn “dữ liệu của tôi” để xem, “xóa dữ liệu của tôi” để xóa: trợ lý làm ngay, không cần cán bộ.</p>`)}
${closed.length === 0 ? '' : card('Đã xong', table(`${closed.length} yêu cầu gần đây`, columns, rows(closed)))}`
}

export interface RequestView { request: DataRequest; about: KeptAbout | null; mayErase: boolean; token: string; told: Html | ''; now: Millis; errors: Readonly<Record<string, string>> }

export function requestPage({ request, about, mayErase, token, told, now, errors }: RequestView): Html {
  const path = requestPath(request.id)
  return html`<p><a href="${requestsPath}">← Tất cả yêu cầu</a></p>
<h1>${kindNames[request.kind]}</h1>
${told}
<div class="card"><p class="row">${dueTag(request, now)}</p>
<p>Nhận ngày ${moment(request.receivedAt).slice(0, 10)}, ${wayNames[request.way].toLowerCase()}. Ghi sổ: <bdi>${request.notedBy}</bdi>.</p>
${request.note === '' ? '' : html`<p class="soft"><bdi>${request.note}</bdi></p>`}
${request.exportedAt === null ? '' : html`<p>Đã tải bản sao lúc ${moment(request.exportedAt)}.</p>`}
${request.erasedAt === null ? '' : html`<p>Đã xóa dữ liệu lúc ${moment(request.erasedAt)} (mã ${request.shortKey}).</p>`}
${request.closed === null ? '' : html`<p>Xong lúc ${moment(request.closed.at)}, <bdi>${request.closed.by}</bdi>: <bdi>${request.closed.outcome}</bdi></p>`}</div>
${request.erasedAt === null ? personPart(request, about, token, errors) : ''}
${about === null ? '' : card('Bản sao dữ liệu', html`<p>Mọi thứ hệ thống còn giữ về người này, để trao cho chính người đó. Mở tệp trên máy của cơ quan, trao xong thì xóa.</p>
${form(`${path}/tai-ve`, token, html`${textField({ name: 'ly-do', id: 'ly-do-tai', label: 'Vì sao tải', error: errors['tai'] ?? null, hint: 'Ví dụ: trao bản sao theo yêu cầu ngày 20/11. Được ghi vào nhật ký.', required: true })}<div class="row">${button('Tải bản để đọc (.txt)', 'main-button', 'chu')}${button('Tải bản máy đọc (.json)', '', 'json')}</div>`, false, true)}`)}
${about === null || !mayErase ? '' : card('Xóa dữ liệu', html`<p>Xóa lời nhắn, cuộc trò chuyện, sự đồng ý và mọi thứ gắn với người này. Không lấy lại được.</p><p><a class="button danger" href="${path}/xoa">Đến bước xác nhận xóa</a></p>`)}
${about !== null && !mayErase && request.kind === 'erase' ? html`<p class="soft">Việc xóa do người quản trị làm.</p>` : ''}
${request.closed !== null ? '' : card('Trả lời xong', form(`${path}/xong`, token, html`${textField({ name: 'ket-qua', label: 'Đã trả lời thế nào', error: errors['xong'] ?? null, hint: 'Ví dụ: đã trao bản sao; từ chối vì không xác minh được người yêu cầu.', required: true })}${button('Ghi là đã xong')}`))}`
}

function personPart({ contactKey, id }: DataRequest, about: KeptAbout | null, token: string, errors: RequestView['errors']): Html {
  if (contactKey === null) {
    return card('Chưa rõ của ai', html`<p>Mời người yêu cầu nhắn “gặp cán bộ” từ tài khoản của mình. Mã đầy đủ hiện ở trang “Chờ cán bộ”.</p>${form(`${requestPath(id)}/xong`, token, html`${textField({ name: 'ma-nguoi', label: 'Mã người nhắn', error: errors['ma-nguoi'] ?? null, required: true })}${button('Ghi mã', '', 'ma')}`)}`)
  }
  if (about === null) return notice(`Hệ thống không giữ gì về mã ${shortKey(contactKey)}: đã xóa, đã quá hạn lưu, hoặc mã sai.`, 'warn')
  return card('Đang giữ', html`<p class="soft">Mã <bdi>${contactKey}</bdi> · ${accountTitle(about.account as AccountKey)} · nhắn lần đầu ${moment(about.firstSeenAt).slice(0, 10)}</p>${figures([
    { count: figure(about.events), of: 'tin nhận được' }, { count: figure(about.deliveries), of: 'tin đã gửi' }, { count: figure(about.consents), of: 'lần ghi đồng ý, từ chối' }, { count: figure(about.handovers), of: 'lần xin gặp cán bộ' }, { count: figure(about.questions), of: 'câu hỏi chưa trả lời được' },
  ])}`)
}

export interface EraseView { request: DataRequest & { contactKey: string }; about: KeptAbout; token: string; errors: Readonly<Record<string, string>>; why: string }

/** The second step: nothing is erased by one click. */
export const erasePage = ({ request, about, token, errors, why }: EraseView): Html => html`<p><a href="${requestPath(request.id)}">← Về yêu cầu</a></p>
<h1>Xác nhận xóa dữ liệu</h1>
${notice('Xóa rồi không lấy lại được, kể cả từ bản sao lưu: khi khôi phục, hệ thống xóa lại.', 'bad')}
${card(`Mã ${shortKey(request.contactKey)}, ${accountTitle(about.account as AccountKey)}`, html`<p>${figure(about.events)} tin nhận được, ${figure(about.deliveries)} tin đã gửi, ${figure(about.consents)} lần ghi đồng ý, ${figure(about.handovers)} lần xin gặp cán bộ, cùng cuộc trò chuyện và những gì trợ lý ghi nhớ. Số liệu tổng vẫn còn, không gắn với ai.</p>
${form(`${requestPath(request.id)}/xoa`, token, html`${hidden('buoc', '2')}${checkField({ name: 'dung-nguoi', label: 'Tôi đã xác minh đây là yêu cầu của chính người này', checked: false })}${errors['dung-nguoi'] === undefined ? '' : html`<p class="error">${errors['dung-nguoi']}</p>`}
${textField({ name: 'go-lai', label: `Gõ lại 6 ký tự đầu của mã: ${shortKey(request.contactKey)}`, error: errors['go-lai'] ?? null, required: true, autocomplete: 'off' })}
${textField({ name: 'ly-do', label: 'Vì sao xóa', value: why, error: errors['ly-do'] ?? null, hint: 'Được ghi vào nhật ký. Không ghi họ tên, số máy.', required: true })}
<div class="row">${button('Xóa vĩnh viễn', 'danger')}<a class="button quiet" href="${requestPath(request.id)}">Thôi, không xóa</a></div>`)}`)}`
