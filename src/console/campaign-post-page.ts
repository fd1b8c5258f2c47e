import { html } from 'hono/html'
import { meansTable } from '../campaign/means.ts'
import { meansWords } from '../campaign/written.ts'
import type { Asset } from '../content/assets.ts'
import { channelNames, type ChannelName } from '../core/contact.ts'
import { suggestedField, suggestions } from './campaign-fields.ts'
import { headFields, type HeadValues } from './campaign-head.ts'
import { originFields, type Origin } from './campaign-keep.ts'
import { buttonRows, linkRows, postLabel, type PostValues } from './campaign-post.ts'
import { capital } from './campaign-words.ts'
import { button, card, checkField, form, hidden, selectField, textArea, textField, type Html, type SelectOption } from './components.ts'
import { campaignPath, newCampaignPath, picturesPath, postFormPath } from './paths.ts'
import { channelTitles } from './show.ts'

export interface PostPageView {
  origin: Origin
  /** The post that is edited; empty: a new one. */
  post: string
  values: PostValues
  head: Partial<HeadValues>
  errors: Readonly<Record<string, string>>
  told: Html | ''
  preview: Html
  assets: readonly Asset[]
  /** What a button may open: `flow:<id>`, `article:<id>`. */
  opens: readonly SelectOption[]
  token: string
}

/** One post of a campaign as a form, with what becomes of it beside it. */
export function postPage({ origin, post, values, head, errors, told, preview, assets, opens, token }: PostPageView): Html {
  const isNew = post === ''
  const value = (name: string): string => values[name] ?? ''
  const field = (name: string, hint?: string) => ({ name, label: postLabel(name), ...(hint !== undefined && { hint }), value: value(name), error: errors[name] ?? null })
  const title = origin.id === '' ? 'Soạn đợt mới' : isNew ? 'Thêm bài' : 'Sửa bài'
  return html`<p><a href="${origin.id === '' ? newCampaignPath : campaignPath(origin.id)}">← ${origin.id === '' ? 'Chọn cách khác' : 'Về đợt'}</a></p>
<h1>${title}</h1>
${told}
<div class="two" data-preview>${card(origin.id === '' ? 'Điền vào ô' : 'Bài', form(postFormPath, token, html`${originFields(origin)}${hidden('bai', post)}
${origin.id === '' ? html`<h3>Đợt</h3>${headFields(head, true, errors)}<h3>Bài đầu tiên</h3>` : ''}
${textField({ ...field('tieu-de', 'Cán bộ thấy trong danh sách; bài viết Zalo lấy làm tiêu đề.'), required: true })}
${isNew ? textField(field('ma-bai', 'Để trống thì tự đặt theo tiêu đề.')) : hidden('ma-bai', value('ma-bai'))}
${textField({ ...field('gio'), kind: 'datetime-local', required: true })}
${textArea({ ...field('loi', 'Chỗ trong hai ngoặc như {{province.hotline}} tự điền khi gửi: giữ nguyên.'), longest: 10_000 })}
${selectField({ ...field('tep'), options: [{ value: '', title: 'Không có' }, ...assetOptions(assets, value('tep'))] })}
<p class="soft small"><a href="${picturesPath}">Tải ảnh mới lên</a></p>
<fieldset class="field"><legend class="label">Gửi bằng cách nào</legend>
${errors[''] === undefined ? '' : html`<p class="error">${errors['']}</p>`}
${channelNames.map((channel) => channelFields(channel, field, errors))}</fieldset>
<details${linksOpen(values, errors)}><summary>Liên kết và nút</summary>
${Array.from({ length: linkRows }, (_, index) => index + 1).map((n) => html`<div class="pair">${textField(field(`lien-ket-ten-${n}`))}${textField(field(`lien-ket-${n}`))}</div>`)}
${Array.from({ length: buttonRows }, (_, index) => index + 1).map((n) => html`<div class="pair">${textField(field(`nut-ten-${n}`))}${suggestedField({ ...field(`nut-${n}`), list: 'mo-ra' })}</div>`)}
<p class="soft small">Nút mở một mục hỏi–đáp hoặc kịch bản trong cuộc trò chuyện: gõ vài chữ để tìm.</p>${suggestions('mo-ra', opens)}</details>
<details${audienceOpen(values, errors)}><summary>Chọn người nhận hẹp hơn</summary>
<p class="soft">Để trống là mọi người trên các kênh đã chọn. Nhiều giá trị thì ngăn bằng dấu phẩy. Bài viết, bài đăng không chọn người được.</p>
${textField(field('xa'))}${textField(field('vai-tro'))}${textField(field('tieng'))}
${textField({ ...field('nhan-tu'), kind: 'date' })}${textField(field('tai-khoan', 'Ví dụ: zalo:4300112233445566778'))}</details>
<details${open(values, errors, ['nguoi'], values['dem'] === 'skip' || errors['dem'] !== undefined)}><summary>Người được nêu tên, giờ yên lặng</summary>
${textArea({ ...field('nguoi', 'Mỗi dòng một người: Họ tên | bản đồng ý giữ ở đâu'), longest: 4_000, required: false })}
${selectField({ name: 'dem', label: postLabel('dem'), error: errors['dem'] ?? null, value: value('dem') || 'wait', options: [{ value: 'wait', title: 'Chờ đến sáng rồi gửi' }, { value: 'skip', title: 'Thôi không gửi (nhắc việc tối nay)' }] })}</details>
<div class="row">${button('Xem trước', '', 'xem')}${button('Lưu bản nháp', 'main-button', 'luu')}</div>`, true))}
${preview}</div>
${isNew ? '' : html`<details><summary>Bỏ bài này</summary>${form(postFormPath, token, html`${originFields(origin)}${hidden('bai', post)}<p>Bài bị bỏ khỏi đợt; các bài khác giữ nguyên.</p>${button('Bỏ bài', 'danger', 'bo')}`, true)}</details>`}`
}

const open = (values: PostValues, errors: Readonly<Record<string, string>>, names: readonly string[], more = false): Html | '' =>
  (more || names.some((name) => (values[name] ?? '') !== '' || errors[name] !== undefined) ? html` open` : '')
const numbered = (...names: string[]): string[] => names.flatMap((name) => [1, 2, 3].map((n) => `${name}-${n}`))
const linksOpen = (values: PostValues, errors: Readonly<Record<string, string>>): Html | '' => open(values, errors, numbered('lien-ket', 'lien-ket-ten', 'nut', 'nut-ten'))
const audienceOpen = (values: PostValues, errors: Readonly<Record<string, string>>): Html | '' => open(values, errors, ['xa', 'vai-tro', 'tieng', 'tai-khoan', 'nhan-tu'])

/** What posts may carry; one that is gone stays chosen, and the findings say so. */
function assetOptions(assets: readonly Asset[], chosen: string): SelectOption[] {
  const options = assets.flatMap(({ id, type, title }): SelectOption[] => {
    const kind = type === 'image/svg+xml' ? null : type.startsWith('image/') ? 'image' : type.startsWith('audio/') ? 'audio' : type.startsWith('video/') ? 'video' : 'file'
    return kind === null ? [] : [{ value: `${kind}:${id}`, title, group: kindTitles[kind] }]
  })
  return chosen === '' || options.some(({ value }) => value === chosen) ? options : [...options, { value: chosen, title: `${chosen} (không thấy tệp)` }]
}
const kindTitles = { image: 'Ảnh', audio: 'Âm thanh', video: 'Video', file: 'Tệp' } as const

type NamedField = (name: string, hint?: string) => { name: string; label: string; value: string; error: string | null }

function channelFields(channel: ChannelName, field: NamedField, errors: Readonly<Record<string, string>>): Html {
  const value = (name: string): string => field(name).value
  const name = `gui-${channel}`
  const words = meansWords[channel]
  const chosen = value(name)
  const options = [{ value: '', title: 'Không gửi' }, ...Object.entries(words).map(([word, means]) => ({ value: word, title: capital(meansTable[means].title.replace(/^[^:]*: /, '')) }))]
  const hasTemplate = Object.keys(words).some((word) => word === 'template' || word === 'utility')
  const own = (of: string): boolean => value(of) !== '' || errors[of] !== undefined
  const isOpen = [`mau-${channel}`, `tieng-${channel}`, `o-${channel}`].some(own) || (channel === 'zalo' && (own('tinh') || own('tra-tien'))) || chosen === 'template' || chosen === 'utility'
  return html`${selectField({ ...field(name), options })}
${hasTemplate ? html`<details${isOpen ? html` open` : ''}><summary>${channelTitles[channel]}: mẫu tin${channel === 'zalo' ? ', tỉnh nhận, tin trả tiền' : ''}</summary>
${channel === 'zalo' ? html`${textField(field('tinh', 'Mã số của Zalo, ngăn bằng dấu phẩy; trống là mọi nơi.'))}${checkField({ name: 'tra-tien', label: postLabel('tra-tien'), checked: value('tra-tien') === 'co' })}` : ''}
${textField(field(`mau-${channel}`))}
${channel === 'facebook' ? textField(field(`tieng-${channel}`, 'Ví dụ: vi')) : ''}
${textArea({ ...field(`o-${channel}`, 'Mỗi dòng một ô: ten_o: giá trị'), longest: 4_000, required: false })}</details>` : ''}`
}
