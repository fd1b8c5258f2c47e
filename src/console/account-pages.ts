import { html } from 'hono/html'
import { button, form, notice, passwordField, textField, type Html } from './components.ts'
import { passwordLength } from './password.ts'
import { root, signInPath } from './paths.ts'

/** Signing in, and one's own password. */

export const signInPage = ({ name, error, back }: { name: string; error: string | null; back: string }): Html => html`<h1>Đăng nhập</h1>
${error === null ? '' : notice(error, 'bad', true)}
<form class="card" method="post" action="${signInPath}">
<input type="hidden" name="ve" value="${back}">
${textField({ name: 'ten', label: 'Tên tài khoản', autocomplete: 'username', value: name, required: true })}
${passwordField({ name: 'mat-khau', label: 'Mật khẩu', autocomplete: 'current-password' })}
${button('Đăng nhập')}
</form>
<p class="soft small">Trang dành cho cán bộ. Quên mật khẩu: nhờ người quản trị đặt lại.</p>`

/** `first`: the password of now was given by somebody else. */
export const passwordPage = ({ token, error, done, first = false }: { token: string; error: string | null; done: boolean; first?: boolean }): Html => html`<h1>Đổi mật khẩu</h1>
${first ? notice('Mật khẩu này do người quản trị đặt. Anh chị chọn mật khẩu của riêng mình rồi mới dùng được trang quản trị.', 'warn') : ''}
${done ? notice('Đã đổi mật khẩu. Mọi phiên đăng nhập khác của anh chị đã kết thúc.', 'good') : ''}
${error === null ? '' : notice(error, 'bad', true)}
<div class="card">${form(`${root}/mat-khau`, token, html`
${passwordField({ name: 'hien-tai', label: 'Mật khẩu hiện tại', autocomplete: 'current-password' })}
${passwordField({ name: 'moi', label: 'Mật khẩu mới', autocomplete: 'new-password', hint: `Ít nhất ${passwordLength.least} ký tự. Vài từ ghép lại dễ nhớ hơn một từ khó.` })}
${passwordField({ name: 'moi-lan-hai', label: 'Gõ lại mật khẩu mới', autocomplete: 'new-password' })}
${button('Đổi mật khẩu')}`)}</div>`
