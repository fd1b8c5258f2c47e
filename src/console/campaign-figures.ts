import { html } from 'hono/html'
import type { Forecast, LineForecast } from '../campaign/forecast.ts'
import { meansTable } from '../campaign/means.ts'
import type { PublicationRow } from '../core/campaign.ts'
import type { Millis } from '../core/time.ts'
import { figures, live, notice, table, tag, type Html, type Tone } from './components.ts'
import type { CampaignSeen } from './campaign-desk.ts'
import { capital, reasonName } from './campaign-words.ts'
import { accountTitle, figure, moment } from './show.ts'

/** Reach plan and progress of a campaign. */

const reasons = (counts: Readonly<Record<string, number>>): string => Object.entries(counts).map(([reason, count]) => `${reasonName(reason)}: ${figure(count)}`).join('; ')

export function planPart({ posts, refusals, cost, startsAt, endsAt }: Forecast, titleOf: (post: string) => string): Html {
  return html`${refusals.map((what) => notice(`Phải sửa: ${what}.`, 'bad'))}
<p>${startsAt === null || endsAt === null ? 'Không ai nhận được.' : `Từ ${moment(startsAt)} đến ${moment(endsAt)}. Chi phí ${cost.complete ? '' : 'ít nhất '}${figure(cost.dong)} đồng, chưa thuế.`}</p>
${table('Ai nhận được, ai không và vì sao', ['Bài', 'Cách gửi', 'Nhận được', 'Không nhận', 'Khi nào', 'Lưu ý'], posts.flatMap(({ id, lines }) => lines.map((line) => planRow(titleOf(id), line))))}`
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

/** How it goes, message by message; counts are of messages and publications, as in `campaign status`. Refreshes itself. */
export function progressPart({ status: { posts }, publications, campaign }: Pick<CampaignSeen, 'status' | 'publications' | 'campaign'>): Html {
  const total = (of: (counts: (typeof posts)[number]['counts']) => number): number => posts.reduce((sum, { counts }) => sum + of(counts), 0)
  const [planned, waiting] = [total((counts) => counts.planned), total(({ queued, sending }) => queued + sending)]
  const titleOf = (post: string): string => campaign.posts.find(({ id }) => id === post)?.title ?? post
  return live('tien-do', html`<p><progress max="${Math.max(1, planned)}" value="${planned - waiting}" aria-label="Đã xong ${figure(planned - waiting)} trong ${figure(planned)} lượt"></progress></p>
${figures([
    { count: figure(planned), of: 'lượt đã lên kế hoạch' }, { count: figure(total(({ sent }) => sent)), of: 'đã gửi' }, { count: figure(waiting), of: 'đang chờ' },
    { count: figure(total(({ skipped }) => skipped)), of: 'bỏ qua' }, { count: figure(total(({ failed }) => failed)), of: 'lỗi' }, { count: figure(total(({ uncertain }) => uncertain)), of: 'chưa rõ' },
  ])}
${table('Từng bài, tính theo lượt gửi', ['Bài', 'Đã gửi', 'Đang chờ', 'Bỏ qua', 'Lỗi', 'Chưa rõ'], posts.map(({ id, counts, skippedBy, failedBy }) => [
    html`<bdi>${titleOf(id)}</bdi>`, figure(counts.sent), figure(counts.queued + counts.sending),
    because(counts.skipped, skippedBy), because(counts.failed, failedBy), figure(counts.uncertain),
  ]))}
${publications.length === 0 ? '' : table('Bài đăng', ['Bài', 'Nơi đăng', 'Trạng thái', 'Lúc', 'Người tiếp cận'], publications.map(({ post, means, account, status, reason, publishedAt, dueAt, reach }) => [
    html`<bdi>${titleOf(post)}</bdi>`, html`${meansTable[means].title}<br><span class="soft small">${accountTitle(account)}</span>`,
    html`${tag(publicationStates[status].text, publicationStates[status].tone)}${reason === null ? '' : html` <span class="soft"><bdi>${reasonName(reason)}</bdi></span>`}`,
    moment(publishedAt ?? dueAt), reach === null ? 'chưa có số' : `${figure(reach.value)} (${reach.source === 'platform' ? 'nền tảng báo' : 'nhập tay'}, ngày ${reach.day.split('-').reverse().join('/')})`,
  ]))}`)
}

const because = (count: number, by: Readonly<Record<string, number>>): unknown => (count === 0 ? '0' : html`${figure(count)} <span class="soft small"><bdi>${reasons(by)}</bdi></span>`)
