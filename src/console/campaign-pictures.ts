import { html } from 'hono/html'
import { inspectAttachment, type Attachment } from '../campaign/attachments.ts'
import { withoutMetadata } from '../campaign/picture-metadata.ts'
import type { Asset } from '../content/assets.ts'
import { assetPath } from '../content/assets.ts'
import type { Content } from '../content.ts'
import { showDay, type Clock } from '../core/time.ts'
import type { AccessLog } from './access-log.ts'
import { typed } from './campaign-keep.ts'
import { section } from './campaign-common.ts'
import { button, card, fileField, form, notice, textField, type Html } from './components.ts'
import { doneNotice } from './done-notice.ts'
import type { Asked, Guard } from './guard.ts'
import { picturesPath, root } from './paths.ts'

/** Where pictures of posts are kept: in the content's folder, described as a person would. */
export interface PictureShelf {
  /** Under a name made of its bytes. The same bytes again: the id they have. */
  add(picture: { attachment: Attachment; bytes: Uint8Array; title: string; alt: string; rights: string }): Promise<{ id: string } | { refused: string }>
}

export interface PicturePorts {
  shelf: PictureShelf
  content: () => Content | null
  log: AccessLog
  now: Clock
}

/** What all channels take. */
const largest = 1024 * 1024
const isTaken = (type: string): type is 'image/png' | 'image/jpeg' => type === 'image/png' || type === 'image/jpeg'
const longest = { title: 120, alt: 500, rights: 200 }

/** Pictures that posts may carry, and a form for a new one: what it is, its bytes tell. */
export function pictureRoutes(guard: Guard, { shelf, content, log, now }: PicturePorts): void {
  guard.on('GET /dot-anh', (asked) => show(asked, doneNotice(asked, { nhan: 'Đã nhận ảnh. Vài giây nữa chọn được trong bài.' })))

  guard.on('POST /dot-anh', async (asked) => {
    const { tep: file } = await asked.c.req.parseBody()
    const [title, alt, rights] = [typed(asked, 'ten-anh'), typed(asked, 'mo-ta'), typed(asked, 'quyen')]
    const refuse = (what: string): Promise<Response> => show(asked, notice(what, 'bad', true), 422)
    if (!(file instanceof File) || file.size === 0) return refuse('Chưa chọn ảnh.')
    if (file.size > largest) return refuse('Ảnh nặng quá 1 MB: Zalo không nhận. Giảm kích thước ảnh rồi tải lại.')
    if (title === '' || alt === '' || rights === '') return refuse('Điền tên, lời mô tả và quyền dùng.')
    if (title.length > longest.title || alt.length > longest.alt || rights.length > longest.rights) return refuse('Tên, lời mô tả hoặc quyền dùng dài quá.')
    const inspected = inspectPicture(new Uint8Array(await file.arrayBuffer()))
    if ('refused' in inspected) return refuse(inspected.refused)
    const { attachment, bytes } = inspected
    const added = await shelf.add({ attachment, bytes, title, alt, rights })
    if ('refused' in added) return refuse(added.refused)
    await log.append({ at: now(), who: asked.viewer.account.name, action: 'picture_added', about: added.id, count: 1, reason: '' })
    return asked.c.redirect(`${picturesPath}?da=nhan`, 303)
  })

  const show = (asked: Asked, told: Html | '', status: 200 | 422 = 200): Promise<Response> =>
    asked.show({ title: 'Ảnh của bài', section, again: null }, picturePage([...(content()?.assets.values() ?? [])].filter(({ type }) => type.startsWith('image/')), {
      'ten-anh': typed(asked, 'ten-anh'), 'mo-ta': typed(asked, 'mo-ta'), quyen: typed(asked, 'quyen'),
    }, told, asked.viewer.token), status)
}

/** A picture as it is kept: anybody can fetch it, so that it must not tell where and by whom it was taken. */
function inspectPicture(uploaded: Uint8Array): { attachment: Attachment; bytes: Uint8Array } | { refused: string } {
  const inspected = inspectAttachment(uploaded, 'image')
  if ('refused' in inspected) return { refused: `${inspected.refused.charAt(0).toUpperCase()}${inspected.refused.slice(1)}.` }
  const { type } = inspected.attachment
  if (!isTaken(type)) return { refused: 'Chỉ nhận ảnh PNG hoặc JPG: kênh nào cũng hiện được.' }
  const bytes = withoutMetadata(uploaded, type)
  if (bytes === null) return { refused: 'Tệp ảnh hỏng hoặc chưa tải hết. Mở ảnh trên máy, lưu lại thành ảnh mới rồi tải lên.' }
  const kept = inspectAttachment(bytes, 'image')
  return 'refused' in kept ? kept : { ...kept, bytes }
}

const picturePage = (pictures: readonly Asset[], typedIn: Readonly<Record<string, string>>, told: Html | '', token: string): Html => html`<p><a href="${root}/dot">← Tất cả các đợt</a></p>
<h1>Ảnh của bài</h1>
${told}
${card('Tải ảnh lên', form(picturesPath, token, html`${fileField({ name: 'tep', label: 'Ảnh PNG hoặc JPG, nhẹ hơn 1 MB', hint: 'Không dùng ảnh có mặt người dân khi chưa có bản đồng ý.', accept: 'image/png,image/jpeg' })}
${textField({ name: 'ten-anh', label: 'Tên ảnh', hint: 'Để cán bộ tìm lại.', value: typedIn['ten-anh'] ?? '', required: true })}
${textField({ name: 'mo-ta', label: 'Lời mô tả', hint: 'Ảnh vẽ gì, có chữ gì: cho người không nhìn được, hoặc máy không tải được ảnh.', value: typedIn['mo-ta'] ?? '', required: true })}
${textField({ name: 'quyen', label: 'Quyền dùng', hint: 'Ví dụ: Sở tự chụp; được báo tỉnh cho dùng.', value: typedIn['quyen'] ?? '', required: true })}
${button('Tải lên')}`, true))}
${card('Đang có', pictures.length === 0 ? html`<p class="soft">Chưa có ảnh nào.</p>` : html`<ul class="pictures">${pictures.map(({ id, title, alt, until }) => html`<li><figure><img src="${assetPath(id)}" alt="${alt}" loading="lazy"><figcaption><bdi>${title}</bdi><br><span class="soft small">${id}${until === null ? '' : html` · dùng đến ${showDay(until)}`}</span></figcaption></figure></li>`)}</ul>`)}`
