import { html } from 'hono/html'
import { longestCorrection } from '../campaign/correct.ts'
import type { CorrectionStep } from '../campaign/correction.ts'
import { statusNames } from '../campaign/life.ts'
import type { CampaignRecord, CorrectionRecord } from '../core/campaign.ts'
import { choiceField } from './campaign-fields.ts'
import { capital } from './campaign-words.ts'
import { button, card, form, notice, said, selectField, table, tag, textArea, textField, type Html } from './components.ts'
import { campaignPath } from './paths.ts'
import { accountTitle, moment } from './show.ts'

/** Putting right or taking back what has gone out: what would be done stands on the page before anybody confirms. */

export interface CorrectionView {
  id: string
  name: string
  status: CampaignRecord['status']
  /** What waits for a second person; null: nothing. */
  open: CorrectionRecord | null
  /** What would be done now, by kind. */
  steps: Readonly<Record<CorrectionRecord['kind'], readonly CorrectionStep[]>>
  titleOf: (post: string) => string
  mayPropose: boolean
  /** Null: this person may; else why not. */
  mayNotConfirm: string | null
  mayDrop: boolean
  typed: { kind: string; post: string; text: string; reason: string }
  told: Html | ''
  token: string
}

/** Beside ids of posts, which have no such sign. */
export const everyPost = '*'

const kindNames: Readonly<Record<CorrectionRecord['kind'], string>> = { correct: 'Đính chính: thay bằng lời đúng', recall: 'Thu hồi: gỡ xuống, báo bỏ qua' }

export function correctionPage(view: CorrectionView): Html {
  const { id, name, status, told, open } = view
  return html`<p><a href="${campaignPath(id)}">← Về đợt</a></p>
<h1>Đính chính hoặc thu hồi: <bdi>${name}</bdi></h1>
${told}
${open === null ? proposal(view) : decision(view, open)}
<p class="soft small">Đợt đang ở trạng thái: ${statusNames[status]}.</p>`
}

function proposal({ id, status, steps, titleOf, mayPropose, typed, token }: CorrectionView): Html {
  if (steps.correct.length === 0) return notice('Chưa có gì đi ra nên không có gì để đính chính hay thu hồi. Đợt chưa chạy thì sửa hoặc trả lại.')
  const posts = [...new Set(steps.correct.map(({ post }) => post))]
  if (!mayPropose) return notice('Lúc này chưa đề nghị được.', 'warn')
  return card('Đề nghị', html`<p>Người thứ hai xác nhận rồi mới làm.${status === 'running' ? ' Đề nghị xong, đợt tạm dừng ngay.' : ''} ${unsent(status)}</p>
${form(`${campaignPath(id)}/dinh-chinh`, token, html`${choiceField({ name: 'loai', label: 'Làm gì', value: typed.kind, options: (['correct', 'recall'] as const).map((kind) => ({ value: kind, title: kindNames[kind], more: stepList(steps[kind], titleOf) })) })}
${posts.length < 2 ? '' : selectField({ name: 'bai', label: 'Bài nào', value: typed.post, options: [...posts.map((post) => ({ value: post, title: titleOf(post) })), { value: everyPost, title: 'Mọi bài đã đi' }] })}
${textArea({ name: 'loi-dinh-chinh', label: 'Lời đính chính hoặc thu hồi', hint: 'Đứng sau chữ “ĐÍNH CHÍNH:” hoặc “THU HỒI:”.', longest: longestCorrection, value: typed.text })}
${textField({ name: 'ly-do', label: 'Vì sao', value: typed.reason, required: true })}
${button(status === 'running' ? 'Đề nghị và tạm dừng' : 'Đề nghị', 'danger')}`)}`)
}

function decision({ id, status, steps, titleOf, mayNotConfirm, mayDrop, token }: CorrectionView, { kind, text, reason, proposedBy, proposedAt }: CorrectionRecord): Html {
  return html`${card('Đang chờ người thứ hai', html`<p class="row">${tag(kindNames[kind], 'warn')}</p>
<p class="soft"><bdi>${proposedBy}</bdi> đề nghị lúc ${moment(proposedAt)}. Lý do: <bdi>${reason}</bdi></p>
<p><strong>Lời sẽ thay, sẽ gửi:</strong></p>${said(`${kind === 'recall' ? 'THU HỒI' : 'ĐÍNH CHÍNH'}: ${text}`)}`)}
${card('Xác nhận thì sẽ làm', html`${stepTable(steps[kind], titleOf)}<p>${unsent(status)}</p>`)}
${mayNotConfirm === null ? card('Quyết định', html`${form(`${campaignPath(id)}/dinh-chinh/xac-nhan`, token, html`${textField({ name: 'ly-do-xac-nhan', label: 'Ý kiến (không bắt buộc)' })}${button('Xác nhận, làm ngay', 'danger')}`)}
${mayDrop ? html`<details><summary>Bỏ đề nghị này</summary>${form(`${campaignPath(id)}/dinh-chinh/bo`, token, html`${textField({ name: 'ly-do-bo', label: 'Vì sao bỏ', required: true })}${button('Bỏ đề nghị', '')}`)}</details>` : ''}`) : notice(`${capital(mayNotConfirm)}.`, 'warn')}`
}

const unsent = (status: CampaignRecord['status']): string => (status === 'running' || status === 'paused' ? 'Xác nhận rồi thì ai chưa nhận bài ấy cũng không nhận nữa.' : '')

const stepList = (steps: readonly CorrectionStep[], titleOf: (post: string) => string): Html =>
  html`<ul class="soft">${steps.map(({ post, account, what }) => html`<li><bdi>${titleOf(post)}</bdi> (${accountTitle(account)}): ${what}</li>`)}</ul>`

const stepTable = (steps: readonly CorrectionStep[], titleOf: (post: string) => string): Html =>
  table('Từng bài, từng nơi', ['Bài', 'Nơi', 'Sẽ làm'], steps.map(({ post, account, step, what }) => [html`<bdi>${titleOf(post)}</bdi>`, accountTitle(account), html`${step === 'by_hand' ? tag('phải tự làm', 'bad') : ''} ${capital(what)}`]))
