import { html } from 'hono/html'
import { card, notice, type Html } from './components.ts'
import { signInPath } from './paths.ts'

/** A form that cannot be taken, since its session is over or another: what was written into it stands there to be copied. */

/** The words of a person among the fields; ids, tokens and choices are none. */
export const wordsIn = (fields: Readonly<Record<string, unknown>>): string[] =>
  Object.values(fields).filter((value): value is string => typeof value === 'string' && /\S\s+\S/.test(value))

const toCopy = (words: readonly string[]): unknown => words.length === 0 ? '' : card('Lời anh chị vừa viết', html`<p>Chưa có gì được lưu hay gửi. Chép lại trước khi rời trang này.</p>
${words.map((text, index) => html`<div class="field"><label for="loi-${index + 1}">Ô thứ ${index + 1}</label><textarea id="loi-${index + 1}" readonly>
${text}</textarea></div>`)}`)

/** `back`: where the form was. */
export const endedPage = (words: readonly string[], back: string): Html => html`<h1>Phiên làm việc đã hết</h1>
${notice('Để yên quá 30 phút, hoặc đã đăng xuất ở cửa sổ khác.', 'warn')}
${toCopy(words)}
<p><a href="${signInPath}?ve=${encodeURIComponent(back)}" target="_blank">Đăng nhập lại (mở cửa sổ mới)</a>, rồi dán lời đã chép vào chỗ cũ.</p>`

export const oldFormPage = (words: readonly string[]): Html => html`<h1>Biểu mẫu đã cũ</h1>
${notice('Biểu mẫu này không thuộc phiên đăng nhập hiện tại nên không được nhận. Quay lại trang trước, tải lại rồi gửi lần nữa.', 'warn')}
${toCopy(words)}`
