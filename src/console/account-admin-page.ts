import { html } from 'hono/html'
import { staffRoles, type StaffRole } from '../campaign/life.ts'
import { button, card, form, hidden, selectField, tag, textField, type Html } from './components.ts'
import { root } from './paths.ts'
import { moment } from './show.ts'
import { roleNames, staffKey, type StaffAccount } from './staff.ts'

/** `Tài khoản cán bộ`: who may sign in, as what. */

export const accountsPath = `${root}/can-bo`

const duties: Readonly<Record<StaffRole, string>> = {
  editor: 'soạn nội dung và đợt tuyên truyền', approver: 'duyệt, đăng, cho chạy; không tự duyệt bài mình viết', duty: 'trả lời người chờ, bình luận, yêu cầu về dữ liệu', admin: 'mọi việc, kể cả tài khoản cán bộ',
}
const roleOptions = staffRoles.map((value) => ({ value, title: `${roleNames[value]}: ${duties[value]}` }))

export interface AccountsView {
  accounts: readonly StaffAccount[]
  me: StaffAccount
  token: string
  told: Html | ''
  /** A password that was just made: shown this once. */
  fresh: { name: string; password: string } | null
  /** What was typed for a new account and refused. */
  typed: { name: string; role: string; error: string } | null
}

export function accountsPage({ accounts, me, token, told, fresh, typed }: AccountsView): Html {
  return html`<h1>Tài khoản cán bộ</h1>
${told}
${fresh === null ? '' : freshCard(fresh)}
${card(`Đang có (${accounts.length})`, accounts.map((account, index) => accountRow(account, me, token, index)))}
${card('Thêm tài khoản', form(accountsPath, token, html`${textField({ name: 'ten', label: 'Tên đăng nhập', hint: 'Họ tên như vẫn gọi, ví dụ Lò Thị Mai. Mỗi người một tài khoản, không dùng chung.', value: typed?.name ?? '', error: typed?.error ?? null, required: true, autocomplete: 'off' })}
${selectField({ name: 'vai-tro', label: 'Vai trò', value: typed?.role ?? 'editor', options: roleOptions })}
${button('Thêm và tạo mật khẩu')}`))}`
}

const freshCard = ({ name, password }: { name: string; password: string }): Html => html`<section class="card" role="status"><h2>Mật khẩu của <bdi>${name}</bdi></h2>
<p><span class="secret">${password}</span></p>
<p>Chỉ hiện một lần này. Trao tận tay hoặc đọc qua điện thoại, không gửi qua tin nhắn. Lần đăng nhập đầu tiên, người đó phải chọn mật khẩu của riêng mình.</p></section>`

function accountRow(account: StaffAccount, me: StaffAccount, token: string, index: number): Html {
  const { name, role, disabled, since, mustChange } = account
  const isMe = staffKey(name) === staffKey(me.name)
  const act = (step: string, body: unknown): Html => form(`${accountsPath}/${step}`, token, html`${hidden('ten', name)}${body}`)
  return html`<div class="case"><div><p><strong><bdi>${name}</bdi></strong>${isMe ? ' (anh chị)' : ''}</p>
<p class="soft">${roleNames[role]} · từ ${moment(since).slice(0, 10)}</p>
<p class="row">${disabled ? tag('Đã khóa', 'bad') : tag('Đang dùng', 'good')}${mustChange === true ? tag('Chưa đổi mật khẩu được cấp', 'warn') : ''}</p></div>
${isMe ? html`<p class="soft"><a href="${root}/mat-khau">Đổi mật khẩu</a></p>` : html`<details><summary>Thay đổi<span class="unseen">: ${name}</span></summary>
${act('vai-tro', html`${selectField({ name: 'vai-tro', id: `vai-tro-${index}`, label: 'Vai trò', value: role, options: roleOptions })}${button('Đổi vai trò', '')}`)}
<div class="row">${act('mat-khau', button('Đặt lại mật khẩu', ''))}${disabled ? act('mo', button('Mở khóa', '')) : act('khoa', button('Khóa tài khoản', 'danger'))}</div>
<p class="hint">Đổi vai trò, đặt lại mật khẩu hay khóa đều kết thúc ngay các phiên đăng nhập của người này.</p></details>`}</div>`
}
