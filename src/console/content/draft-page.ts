import { html } from 'hono/html'
import type { Content } from '../../content.ts'
import { awaited, button, card, computing, form, hidden, notice, said, textArea, textField, type Html } from '../components.ts'
import { later, type Later } from '../soon.ts'
import { moment } from '../show.ts'
import type { Checked } from './checking.ts'
import type { KeptDraft } from './drafts.ts'
import { differenceShown, draftPath, editPath, problemsShown, section, statusTag, titleOfFile } from './parts.ts'
import { previewOf } from './preview.ts'
import { fileIdOf } from './word-files.ts'

/** One draft: what it changes, what the check says, and what this officer may do with it. */
export interface DraftView {
  kept: KeptDraft
  content: Content | null
  checked: Checked | Later
  /** Files that were changed outside the draft since it was begun. */
  overtaken: readonly string[]
  isAuthor: boolean
  mayWrite: boolean
  mayPublish: boolean
  isWritable: boolean
  token: string
  notice: Html | ''
  day: string
}

export const longestNote = 300

/** More are not previewed on one page. */
const mostPreviews = 3

export function draftPage(view: DraftView): Html {
  const { kept: { draft }, content, checked, isAuthor, mayPublish } = view
  const next = awaited('viec-tiep-theo', checked === later, actions(view))
  // Who decides reads first.
  const decidesHere = draft.status !== 'writing' && mayPublish && !isAuthor
  return html`<p><a href="${section}">← Tất cả nội dung</a></p>
<h1><bdi>${draft.title}</bdi></h1>
${view.notice}
<div class="card"><p class="row">${statusTag(draft)}</p>
<p>Người viết: <bdi>${draft.authors.join(', ')}</bdi>. Sửa lần cuối ${moment(draft.changedAt)}.</p>
${draft.note === '' ? '' : html`<p class="soft">Lời nhắn cho người đăng:</p>${said(draft.note)}`}
${draft.returned === null ? '' : notice(html`<bdi>${draft.returned.by}</bdi> trả lại lúc ${moment(draft.returned.at)}: <bdi>${draft.returned.why}</bdi>`, 'bad')}</div>
${view.overtaken.length === 0 ? '' : notice(html`Tệp đã được sửa ngoài trang này sau khi viết bản nháp: <bdi>${view.overtaken.join(', ')}</bdi>. Ghép với tệp mới rồi xem lại trước khi đăng.`, 'warn', true)}
${decidesHere ? '' : next}
<h2>Thay đổi</h2>
${differenceShown(content, draft.changes)}
${awaited('kiem-tra', checked === later, card('Kiểm tra nội dung', checked === later ? computing('Đang kiểm tra cả kho nội dung.') : problemsShown(checked.problems, draft.changes.length > 1)))}
${decidesHere ? next : ''}
${previews(view)}`
}

function actions(view: DraftView): Html {
  const { kept: { draft, version }, isAuthor, mayWrite, mayPublish, overtaken, checked, token, isWritable } = view
  const path = draftPath(draft.id)
  const seen = hidden('ban', String(version))
  const act = (step: string, body: unknown): Html => form(`${path}/${step}`, token, html`${seen}${body}`)
  const isHandedIn = draft.status !== 'writing'
  if (checked === later) return card('Việc tiếp theo', computing('Đang kiểm tra nội dung, xong thì các nút hiện ở đây.'))
  const ready = overtaken.length === 0 && checked.newErrors.length === 0
  return card('Việc tiếp theo', html`
${overtaken.length > 0 && (mayWrite || mayPublish) ? act('ghep', button('Ghép với tệp mới', '')) : ''}
${!isWritable ? html`<p class="soft">Trên máy chủ này tệp nội dung chỉ đọc nên không đăng được.</p>` : ''}
${isHandedIn && mayPublish && isAuthor ? html`<p>Anh chị là người viết, nên cần một người khác đăng.</p>` : ''}
${isHandedIn && mayPublish && !isAuthor && isWritable ? html`${ready ? act('dang', html`<p>Đăng xong, trợ lý dùng lời mới trong vài giây. Bản cũ vẫn được giữ để trở lại.</p>${button(draft.status === 'publishing' ? 'Đăng tiếp cho xong' : 'Đăng')}`) : html`<p class="soft">Chưa đăng được: còn lỗi hoặc tệp đã được sửa ngoài trang này.</p>`}
${act('tra-lai', html`${textField({ name: 'ly-do', label: 'Trả lại người viết, vì', required: true })}${button('Trả lại', 'quiet')}`)}` : ''}
${isHandedIn && !mayPublish ? html`<p>Đã trình. Chờ người có quyền duyệt xem và đăng.</p>` : ''}
${mayWrite ? html`<div class="row">${draft.changes.length > 3 ? '' : draft.changes.map(({ file }) => html`<a class="button" href="${editPath(fileIdOf(file), `&nhap=${draft.id}`)}">Sửa tiếp${draft.changes.length === 1 ? '' : html`: ${titleOfFile(view.content, file)}`}</a>`)}</div>` : ''}
${!isHandedIn && mayWrite && isWritable ? (ready ? act('trinh', html`${textArea({ name: 'loi', label: 'Lời nhắn cho người đăng', longest: longestNote, required: false, hint: 'Ví dụ: sửa theo Nghị định mới. Lời này được giữ cùng bản đã đăng.' })}${button('Trình người thứ hai đăng')}`) : html`<p class="soft">Sửa hết lỗi ở dưới rồi mới trình được.</p>`) : ''}
${mayWrite && draft.status !== 'publishing' ? html`<details><summary>Bỏ bản nháp</summary>${act('bo', html`<p>Lời trong bản nháp sẽ mất, tệp đang dùng không đổi.</p>${button('Bỏ bản nháp này', 'danger')}`)}</details>` : ''}`)
}

function previews({ kept: { draft }, content, day }: DraftView): Html | '' {
  if (content === null) return ''
  const shown = draft.changes.flatMap((change) => {
    const preview = previewOf(content, change.file, change.after, day)
    return preview === null ? [] : [{ change, preview }]
  })
  if (shown.length === 0) return ''
  return html`<h2>Như từng kênh sẽ hiện</h2>${shown.slice(0, mostPreviews).map(({ change, preview }) => (shown.length === 1 ? preview : html`<details><summary>${titleOfFile(content, change.file)}</summary>${preview}</details>`))}${shown.length > mostPreviews ? html`<p class="soft">Còn ${shown.length - mostPreviews} mục khác trong bản nháp này không xem trước ở đây.</p>` : ''}`
}
