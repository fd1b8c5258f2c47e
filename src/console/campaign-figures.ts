import { html } from 'hono/html'
import type { Forecast, LineForecast } from '../campaign/forecast.ts'
import { meansTable } from '../campaign/means.ts'
import { noRules } from '../campaign/world.ts'
import type { PublicationRow } from '../core/campaign.ts'
import { showDay, type Millis } from '../core/time.ts'
import { button, card, figures, form, hidden, live, notice, table, tag, textField, type Html, type Tone } from './components.ts'
import type { Progress } from './campaign-desk.ts'
import { counting, type Planned } from './campaign-plans.ts'
import { reasonName } from '../campaign/reason-words.ts'
import { capital } from './campaign-words.ts'
import { campaignPath } from './paths.ts'
import { accountTitle, figure, moment } from './show.ts'

/** Reach plan and progress of a campaign. */

/** The plan, of one post where one is named; while it is being counted the page asks again. */
export function planShown(planned: Planned, titleOf: (post: string) => string, post: string | null = null): Html {
  if (planned === null) return notice(capital(noRules), 'bad')
  if (planned === counting) return html`<p class="soft" data-ask-again>Đang đếm người nhận. Trang tự cập nhật; không thấy thì tải lại trang.</p>`
  return planPart(post === null ? planned : { ...planned, posts: planned.posts.filter(({ id }) => id === post) }, titleOf)
}

const reasons = (counts: Readonly<Record<string, number>>): string => Object.entries(counts).map(([reason, count]) => `${reasonName(reason)}: ${figure(count)}`).join('; ')

function planPart({ posts, refusals, cost, startsAt, endsAt }: Forecast, titleOf: (post: string) => string): Html {
  return html`${refusals.map((what) => notice(`Phải sửa: ${what}.`, 'bad'))}
<p>${startsAt === null || endsAt === null ? 'Không ai nhận được.' : `Từ ${moment(startsAt)} đến ${moment(endsAt)}. Chi phí ${cost.complete ? '' : 'ít nhất '}${figure(cost.dong)} đồng, chưa thuế.`}</p>
<div class="plan">${table('Ai nhận được, ai không và vì sao', ['Bài', 'Cách gửi', 'Nhận được', 'Không nhận', 'Khi nào', 'Lưu ý'], posts.flatMap(({ id, lines }) => lines.map((line) => planRow(titleOf(id), line))))}</div>`
}

function planRow(title: string, { means, account, ledger, audience, reached, skippedBy, startsAt, endsAt, delayedByNight, quotaEndsAt, optedOutReached, notes }: LineForecast): unknown[] {
  const remarks = [
    ...(delayedByNight > 0 ? [`${figure(delayedByNight)} người chờ đến sáng`] : []), ...(quotaEndsAt === null ? [] : [`hết hạn mức lúc ${moment(quotaEndsAt)}`]),
    ...(optedOutReached === null || optedOutReached === 0 ? [] : [`${figure(optedOutReached)} người đã dừng nhận nhưng nền tảng vẫn gửi`]), ...notes,
  ]
  return [
    html`<bdi>${title}</bdi>`,
    html`${meansTable[means].title}<br><span class="soft small">${accountTitle(account)}</span>`,
    ledger === 'publication' ? (reached === 1 ? 'đăng một lần' : tag('không đăng được', 'bad')) : html`<strong>${figure(reached)}</strong> trong ${figure(audience)} người`,
    reasons(skippedBy) || '–',
    startsAt === null || endsAt === null ? '–' : endsAt === startsAt ? when(startsAt) : html`${when(startsAt)} – ${when(endsAt)}`,
    remarks.length === 0 ? '–' : html`<ul>${remarks.map((remark) => html`<li>${capital(remark)}</li>`)}</ul>`,
  ]
}

/** A day is not broken over two lines. */
const when = (at: Millis): Html => html`<span class="when">${moment(at)}</span>`

const publicationStates: Readonly<Record<PublicationRow['status'], { text: string; tone: Tone }>> = {
  planned: { text: 'Chờ đăng', tone: 'plain' }, publishing: { text: 'Đang đăng', tone: 'plain' }, published: { text: 'Đã đăng', tone: 'good' }, edited: { text: 'Đã sửa trên nền tảng', tone: 'good' },
  withdrawn: { text: 'Đã gỡ', tone: 'warn' }, failed: { text: 'Không đăng được', tone: 'bad' }, uncertain: { text: 'Chưa rõ đã đăng chưa', tone: 'bad' }, skipped: { text: 'Bỏ qua', tone: 'plain' },
}

/** How it goes, message by message; counts are of messages and publications, as in `campaign status`. Refreshes itself, every few seconds while it runs. */
export function progressPart({ record: { id, status: now }, status: { posts }, publications, campaign }: Progress): Html {
  const total = (of: (counts: (typeof posts)[number]['counts']) => number): number => posts.reduce((sum, { counts }) => sum + of(counts), 0)
  const [planned, waiting] = [total((counts) => counts.planned), total(({ queued, sending }) => queued + sending)]
  const titleOf = (post: string): string => campaign.posts.find(({ id }) => id === post)?.title ?? post
  const shown = html`${now === 'running' ? html`<span data-follow="${campaignPath(id)}/tien-do"></span>` : ''}<p><progress max="${Math.max(1, planned)}" value="${planned - waiting}" aria-label="Đã xong ${figure(planned - waiting)} trong ${figure(planned)} lượt"></progress></p>
${figures([
    { count: figure(planned), of: 'lượt đã lên kế hoạch' }, { count: figure(total(({ sent }) => sent)), of: 'đã gửi' }, { count: figure(waiting), of: 'đang chờ' },
    { count: figure(total(({ skipped }) => skipped)), of: 'bỏ qua' }, { count: figure(total(({ failed }) => failed)), of: 'lỗi' }, { count: figure(total(({ uncertain }) => uncertain)), of: 'chưa rõ' },
  ])}
${table('Từng bài, tính theo lượt gửi', ['Bài', 'Đã gửi', 'Đang chờ', 'Bỏ qua', 'Lỗi', 'Chưa rõ'], posts.map(({ id, counts, skippedBy, failedBy }) => [
    html`<bdi>${titleOf(id)}</bdi>`, figure(counts.sent), figure(counts.queued + counts.sending),
    because(counts.skipped, skippedBy), because(counts.failed, failedBy), figure(counts.uncertain),
  ]))}
${publications.length === 0 ? '' : table('Bài đăng', ['Bài', 'Nơi đăng', 'Trạng thái', 'Lúc', 'Người tiếp cận', 'Lưu ý'], publications.map(({ post, means, account, status, reason, publishedAt, dueAt, reach, optedOutReached }) => [
    html`<bdi>${titleOf(post)}</bdi>`, html`${meansTable[means].title}<br><span class="soft small">${accountTitle(account)}</span>`,
    html`${tag(publicationStates[status].text, publicationStates[status].tone)}${reason === null ? '' : html` <span class="soft"><bdi>${reasonName(reason)}</bdi></span>`}`,
    moment(publishedAt ?? dueAt), reach === null ? 'chưa có số' : html`${figure(reach.value)} <span class="soft small">(${reach.source === 'platform' ? 'nền tảng báo' : html`nhập tay: <bdi>${reach.who ?? ''}</bdi>`}, số ngày ${showDay(reach.day)})</span>`,
    optedOutReached === null || optedOutReached === 0 || status === 'planned' ? '–' : `đã dừng nhận nhưng Zalo vẫn gửi: ${figure(optedOutReached)}`,
  ]))}`
  return live('tien-do', shown)
}

/** How many a publication reached, as somebody read it on the channel's own page. */
export function reachForms({ publications, campaign, record: { id } }: Progress, token: string, today: string): Html | '' {
  const up = publications.filter(({ status }) => status === 'published' || status === 'edited' || status === 'withdrawn')
  if (up.length === 0) return ''
  return html`<details><summary>Ghi số người tiếp cận của bài đăng</summary><p class="soft">Xem số trên trang quản lý của kênh rồi ghi vào đây. Số này đứng riêng, không cộng với số tin đã gửi.</p>
${up.map(({ id: publication, post, account, reach }, index) => html`<div class="case"><div><p><bdi>${campaign.posts.find((each) => each.id === post)?.title ?? post}</bdi> · ${accountTitle(account)}</p></div>
${form(`${campaignPath(id)}/tiep-can`, token, html`${hidden('bai-dang', publication)}<div class="row">${inlineField(`so-nguoi`, index, 'Số người', 'text', reach === null ? '' : String(reach.value))}${inlineField('ngay', index, 'Số của ngày', 'date', today)}${button(html`Ghi<span class="unseen"> số tiếp cận trên ${accountTitle(account)}</span>`, '')}</div>`)}</div>`)}</details>`
}

/** A number with perhaps a digit too many is typed once more before it is kept. */
export const reachAgain = (id: string, { publication, value, day }: { publication: string; value: number; day: string }, token: string): Html => card('Xem lại số người tiếp cận', html`${notice(`${figure(value)} người là nhiều hơn thường thấy ở một bài đăng, nên chưa ghi.`, 'warn', true)}
${form(`${campaignPath(id)}/tiep-can`, token, html`${hidden('bai-dang', publication)}${hidden('so-nguoi', String(value))}${hidden('ngay', day)}${textField({ name: 'so-nguoi-lai', label: 'Gõ lại số người', hint: 'Xem lại trên trang quản lý của kênh. Gõ trùng số thì mới ghi; gõ nhầm thì ghi lại ở dưới.', required: true })}${button('Ghi số này', '')}`)}`)

const inlineField = (name: string, index: number, label: string, kind: 'text' | 'date', value: string): Html =>
  html`<span class="inline"><label for="${name}-${index}">${label}</label><input type="${kind}" id="${name}-${index}" name="${name}" value="${value}"${kind === 'text' ? html` inputmode="numeric"` : ''} required></span>`

const because = (count: number, by: Readonly<Record<string, number>>): unknown => (count === 0 ? '0' : html`${figure(count)} <span class="soft small"><bdi>${reasons(by)}</bdi></span>`)
