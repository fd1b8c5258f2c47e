import { html } from 'hono/html'
import { inspectAttachment, type Attachment } from '../campaign/attachments.ts'
import type { Asset } from '../content/assets.ts'
import { assetPath } from '../content/assets.ts'
import type { Content } from '../content.ts'
import type { Clock } from '../core/time.ts'
import type { AccessLog } from './access-log.ts'
import { typed } from './campaign-keep.ts'
import { section } from './campaign-common.ts'
import { button, card, fileField, form, notice, textField, type Html } from './components.ts'
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
const taken: ReadonlySet<string> = new Set(['image/png', 'image/jpeg'])
const longest = { title: 120, alt: 500, rights: 200 }

/** Pictures that posts may carry, and a form for a new one: what it is, its bytes tell. */
export function pictureRoutes(guard: Guard, { shelf, content, log, now }: PicturePorts): void {
  guard.on('GET /dot-anh', (asked) => show(asked, asked.c.req.query('da') === 'nhan' ? notice('Đã nhận ảnh. Vài giây nữa chọn được trong bài.', 'good') : ''))

  guard.on('POST /dot-anh', async (asked) => {
    const { tep: file } = await asked.c.req.parseBody()
    const [title, alt, rights] = [typed(asked, 'ten-anh'), typed(asked, 'mo-ta'), typed(asked, 'quyen')]
    const refuse = (what: string): Promise<Response> => show(asked, notice(what, 'bad', true), 422)
    if (!(file instanceof File) || file.size === 0) return refuse('Chưa chọn ảnh.')
    if (file.size > largest) return refuse('Ảnh nặng quá 1 MB: Zalo không nhận. Giảm kích thước ảnh rồi tải lại.')
    if (title === '' || alt === '' || rights === '') return refuse('Điền tên, lời mô tả và quyền dùng.')
    if (title.length > longest.title || alt.length > longest.alt || rights.length > longest.rights) return refuse('Tên, lời mô tả hoặc quyền dùng dài quá.')
    const bytes = new Uint8Array(await file.arrayBuffer())
    const inspected = inspectAttachment(bytes, 'image')
    if ('refused' in inspected) return refuse(`${inspected.refused.charAt(0).toUpperCase()}${inspected.refused.slice(1)}.`)
    if (!taken.has(inspected.attachment.type)) return refuse('Chỉ nhận ảnh PNG hoặc JPG: kênh nào cũng hiện được.')
    const added = await shelf.add({ attachment: inspected.attachment, bytes, title, alt, rights })
    if ('refused' in added) return refuse(added.refused)
    await log.append({ at: now(), who: asked.viewer.account.name, action: 'picture_added', about: added.id, count: 1, reason: '' })
    return asked.c.redirect(`${picturesPath}?da=nhan`, 303)
  })

  const show = (asked: Asked, told: Html | '', status: 200 | 422 = 200): Promise<Response> =>
    asked.show({ title: 'Ảnh của bài', section, again: null }, picturePage([...(content()?.assets.values() ?? [])].filter(({ type }) => type.startsWith('image/')), {
      'ten-anh': typed(asked, 'ten-anh'), 'mo-ta': typed(asked, 'mo-ta'), quyen: typed(asked, 'quyen'),
    }, told, asked.viewer.token), status)
}

const picturePage = (pictures: readonly Asset[], typedIn: Readonly<Record<string, string>>, told: Html | '', token: string): Html => html`<p><a href="${root}/dot">← Tất cả các đợt</a></p>
<h1>Ảnh của bài</h1>
${told}
${card('Tải ảnh lên', form(picturesPath, token, html`${fileField({ name: 'tep', label: 'Ảnh PNG hoặc JPG, nhẹ hơn 1 MB', hint: 'Không dùng ảnh có mặt người dân khi chưa có bản đồng ý.', accept: 'image/png,image/jpeg' })}
${textField({ name: 'ten-anh', label: 'Tên ảnh', hint: 'Để cán bộ tìm lại.', value: typedIn['ten-anh'] ?? '', required: true })}
${textField({ name: 'mo-ta', label: 'Lời mô tả', hint: 'Ảnh vẽ gì, có chữ gì: cho người không nhìn được, hoặc máy không tải được ảnh.', value: typedIn['mo-ta'] ?? '', required: true })}
${textField({ name: 'quyen', label: 'Quyền dùng', hint: 'Ví dụ: Sở tự chụp; được báo tỉnh cho dùng.', value: typedIn['quyen'] ?? '', required: true })}
${button('Tải lên')}`, true))}
${card('Đang có', pictures.length === 0 ? html`<p class="soft">Chưa có ảnh nào.</p>` : html`<ul class="pictures">${pictures.map(({ id, title, alt, until }) => html`<li><figure><img src="${assetPath(id)}" alt="${alt}" loading="lazy"><figcaption><bdi>${title}</bdi><br><span class="soft small">${id}${until === null ? '' : html` · dùng đến ${until.split('-').reverse().join('/')}`}</span></figcaption></figure></li>`)}</ul>`)}`
