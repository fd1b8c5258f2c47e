import { html } from 'hono/html'
import type { Campaign } from '../campaign/campaign.ts'
import type { ComposeContext } from '../campaign/compose.ts'
import type { PostTemplate } from '../campaign/templates.ts'
import type { Asset } from '../content/assets.ts'
import { isError, sortProblems, type Problem } from '../core/problem.ts'
import { headFields } from './campaign-head.ts'
import { originFields } from './campaign-keep.ts'
import { previewOf } from './campaign-preview.ts'
import { tellPeriod, tellProblem } from './campaign-words.ts'
import { button, card, fileField, form, hidden, notice, selectField, textArea, textField, unseen, type Html, type SelectOption } from './components.ts'
import { campaignHeadPath, campaignPath, newCampaignPath, postFormPath, root } from './paths.ts'
import { moment } from './show.ts'

/** Where campaigns are written: choice of template, the template's form, and the text of a whole campaign. */

export interface NewView {
  text: string
  /** `id` empty: a new campaign. */
  origin: { id: string; version: number }
  told: Html | ''
  /** Null: not looked at yet. */
  problems: readonly Problem[] | null
  /** To be previewed: it was looked at and has no errors. */
  campaign: { campaign: Campaign; compose: ComposeContext } | null
  templates: readonly PostTemplate[]
  samples: readonly Campaign[]
  token: string
  longest: number
}

export function newPage({ text, origin, told, problems, campaign, templates, samples, token, longest }: NewView): Html {
  const isEdit = origin.id !== ''
  return html`<p><a href="${isEdit ? campaignPath(origin.id) : `${root}/dot`}">← ${isEdit ? 'Về đợt' : 'Tất cả các đợt'}</a></p>
<h1>${isEdit ? html`Sửa đợt ${origin.id}` : 'Soạn đợt mới'}</h1>
${told}
${isEdit ? '' : card('Tự viết', html`<p>Điền tên đợt và bài đầu tiên vào ô, xem ngay bài như từng kênh hiện.</p><p><a class="button main-button" href="${postFormPath}">Viết bài đầu tiên</a></p>`)}
${isEdit || samples.length === 0 ? '' : card('Hoặc chép cả một đợt mẫu', html`<p class="soft">Đợt mẫu có sẵn đủ bài cho từng ngày. Chép xong thì sửa lời từng bài, rồi mới trình duyệt.</p>${samples.map(({ id, name, period, posts }) => html`<div class="case"><div><p><strong><bdi>${name}</bdi></strong></p><p class="soft">${posts.length} bài, ${tellPeriod(period)}</p></div><a class="button" href="${campaignHeadPath}?chep=${id}">Chép đợt này${unseen(`: ${name}`)}</a></div>`)}`)}
${card(isEdit ? 'Thêm một bài từ mẫu' : 'Hoặc bắt đầu từ mẫu của một bài', templates.length === 0 ? html`<p class="soft">Chưa có mẫu nào trong content/campaigns/templates.</p>` : templates.map(({ id, title, use }) =>
    html`<details><summary>${title}</summary><p class="soft">${use}</p><p><a class="button quiet" href="${newCampaignPath}?mau=${id}${isEdit ? html`&amp;dot=${origin.id}` : ''}">Dùng mẫu này${unseen(`: ${title}`)}</a></p></details>`))}
<details${isEdit || text !== '' || told !== '' || problems !== null ? html` open` : ''}><summary>${isEdit ? 'Cả đợt, dạng tệp' : 'Hoặc từ tệp (cho người quen viết tệp)'}</summary><div class="two source">${card('Tệp', form(newCampaignPath, token, html`${originFields(origin)}
${fileField({ name: 'tep', label: 'Chọn tệp .yaml', hint: 'Có tệp thì ô bên dưới không được dùng.', accept: '.yaml,.yml' })}
${textArea({ name: 'ca-dot', label: 'Hoặc viết, dán vào đây', longest, value: text, required: false })}
<div class="row">${button('Kiểm tra và xem trước', '', 'kiem-tra')}${button('Lưu bản nháp', 'main-button', 'luu')}</div>`, true))}
${card('Kết quả kiểm tra', findings(problems))}</div></details>
${campaign === null ? '' : html`<h2>Xem trước, như từng kênh sẽ hiện</h2>${campaign.campaign.posts.map((post) => html`<section class="card"><h3><bdi>${post.title}</bdi></h3><p class="soft">${moment(post.at)}</p>${previewOf(campaign.campaign, post, campaign.compose)}</section>`)}`}`
}

function findings(problems: readonly Problem[] | null): unknown {
  if (problems === null) return html`<p class="soft">Bấm “Kiểm tra và xem trước” để xem lỗi và lưu ý theo từng dòng.</p>`
  if (problems.length === 0) return notice('Không có lỗi.', 'good')
  return sortProblems(problems).map((problem) => notice(html`<bdi>${tellProblem(problem, true)}</bdi>`, isError(problem) ? 'bad' : 'warn'))
}

/** A template's own field in the form. */
export const fieldName = (name: string): string => `o-${name}`

/** Whether the field names a picture, so that it is chosen and not typed. */
const isPicture = ({ post }: PostTemplate, name: string): boolean =>
  (post['message'] as { image?: unknown } | undefined)?.image === `{{field.${name}}}`

const pictureOptions = (assets: readonly Asset[]): SelectOption[] =>
  assets.filter(({ type }) => type.startsWith('image/') && type !== 'image/svg+xml').map(({ id, title }) => ({ value: id, title }))

export interface TemplateView {
  template: PostTemplate
  /** `id` of the campaign that the post is added to; empty: a new one. */
  origin: NewView['origin']
  /** By field name, as typed; absent: not typed yet. */
  values: Readonly<Record<string, string>>
  errors: Readonly<Record<string, string>>
  told: Html | ''
  /** As channels will show it, once it was looked at. */
  preview: Html
  assets: readonly Asset[]
  token: string
}

export function templatePage({ template, origin, values, errors, told, preview, assets, token }: TemplateView): Html {
  const field = (name: string, label: string, hint?: string) => ({ name, label, ...(hint !== undefined && { hint }), value: values[name] ?? '', error: errors[name] ?? null })
  return html`<p><a href="${newCampaignPath}${origin.id === '' ? '' : html`?dot=${origin.id}`}">← Chọn mẫu khác</a></p>
<h1>${template.title}</h1>
<p class="soft">${template.use}</p>
${told}
<div class="two" data-preview>${card('Điền vào mẫu', form(newCampaignPath, token, html`${originFields(origin)}${hidden('mau', template.id)}
${origin.id === '' ? html`<h2>Đợt</h2>${headFields(values, true, errors)}` : html`<p>Bài này thêm vào đợt ${origin.id}.</p>`}
<h2>Bài</h2>
${textField(field('ma-bai', 'Mã bài', 'Để trống thì tự đặt.'))}
${textField({ ...field('gio', 'Gửi lúc (giờ Việt Nam)'), kind: 'datetime-local', required: true })}
<div class="short">${template.fields.map(({ name, title, example }) => (isPicture(template, name)
    ? selectField({ ...field(fieldName(name), 'Ảnh'), options: [{ value: '', title: 'Chọn ảnh' }, ...pictureOptions(assets)] })
    : textArea({ ...field(fieldName(name), title, `Ví dụ: ${example}`), longest: 4_000 })))}</div>
${template.needsConsent ? html`${textField({ ...field('nguoi', 'Ai được nêu tên hoặc có ảnh'), required: true })}${textField({ ...field('dong-y', 'Bản đồng ý giữ ở đâu'), required: true })}` : ''}
<div class="row">${button('Xem trước', '', 'xem')}${button('Lưu bản nháp', 'main-button', 'luu')}</div>`, true))}
${preview}</div>`
}
