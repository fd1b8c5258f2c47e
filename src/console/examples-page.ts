import { html } from 'hono/html'
import { button, card, changed, checkField, figures, fileField, form, notice, passwordField, said, selectField, table, tag, textArea, textField, todoList, type Html, type Tone } from './components.ts'
import { columnChart } from './figures-chart.ts'
import { root } from './paths.ts'

const tones: readonly { tone: Tone; of: string }[] = [{ tone: 'plain', of: 'Thường' }, { tone: 'good', of: 'Tốt' }, { tone: 'warn', of: 'Cần chú ý' }, { tone: 'bad', of: 'Có lỗi' }]

/** Every component once, so that a change is seen in one place. `text` stands wherever a person may write. */
export const examplesPage = (token: string, text = 'Bà con hỏi: nộp hồ sơ ở đâu?'): Html => html`<h1>Thành phần giao diện</h1>
<p class="soft">Các trang quản trị chỉ ghép từ những thành phần này.</p>
${card('Nhãn', html`<p class="row">${tones.map(({ tone, of }) => tag(of, tone))}</p>`)}
${card('Thông báo', tones.map(({ tone, of }) => notice(`${of}: ${text}`, tone)))}
${card('Con số', figures([{ count: '1.234', of: 'lượt trò chuyện' }, { count: '0', of: text }]))}
<div class="grid">${card('Việc cần làm', todoList([{ what: text, more: 'hạn 25/11/2026', tone: 'bad', path: root }, { what: 'Việc không có đường dẫn' }], ''))}
${card('Không có việc', todoList([], 'Không có việc nào đang chờ.'))}</div>
${card('Bảng', table('Tài khoản kênh', ['Tài khoản', 'Trạng thái', 'Ghi chú'], [['Zalo OA …5778', tag('Bình thường', 'good'), text], ['Trang Facebook …0021', tag('Hết quyền', 'bad'), '–']]))}
${card('Biểu đồ', columnChart('Lượt hỏi ba ngày; phần đậm là lượt trả lời được.', [{ label: '01/10', value: 12, part: 9 }, { label: text, value: 30, part: 28 }, { label: '03/10', value: 0 }]))}
${card('Lời của người dân', said(text))}
${card('Cuộc trò chuyện', html`<ol class="talk"><li class="theirs"><span class="who">Người dân · 09:00</span>${said(text)}</li><li class="note">Người dân bấm một nút</li><li class="ours"><span class="who">Trợ lý · 09:00</span>${said('Trợ lý trả lời.')}</li><li class="ours staff"><span class="who">Cán bộ · 09:05 · ${tag('đang chờ gửi', 'warn')}</span>${said('Cán bộ trả lời.')}</li></ol>`)}
${card('Chỗ thay đổi', changed([{ kind: 'same', text: 'Giờ trực từ ' }, { kind: 'gone', text: '7 giờ' }, { kind: 'new', text }]))}
${card('Biểu mẫu', form(`${root}/dang-xuat`, token, html`${textField({ name: 'mot-dong', label: 'Một dòng', hint: 'Lời gợi ý đứng trước ô.', value: text })}
${textField({ name: 'sai', label: 'Một dòng có lỗi', error: 'Chưa điền ô này.' })}
${passwordField({ name: 'mat-khau', label: 'Mật khẩu', autocomplete: 'current-password' })}
${textArea({ name: 'nhieu-dong', label: 'Nhiều dòng', longest: 4000, value: text })}
${selectField({ name: 'chon', label: 'Chọn một', value: 'b', options: [{ value: 'a', title: 'Thứ nhất' }, { value: 'b', title: text }] })}
${checkField({ name: 'dong-y', label: 'Đánh dấu', checked: true, hint: text })}
${fileField({ name: 'mot-tep', label: 'Tệp', accept: '.yaml' })}
<div class="row">${button('Nút chính (đăng xuất)')}${button('Nút thường', '')}${button('Nút phụ', 'quiet')}${button('Nút nguy hiểm', 'danger')}</div>`))}`
