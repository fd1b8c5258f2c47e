import type { Forecast, LineForecast, StatusShape } from '../campaign/forecast.ts'
import { statusNames } from '../campaign/life.ts'
import { meansTable } from '../campaign/means.ts'
import { reasonName } from '../campaign/reason-words.ts'
import type { CampaignRecord, PublicationRow } from '../core/campaign.ts'
import { MINUTE, tellTime } from '../core/time.ts'

/** Forecasts and standings as a person reads them at a terminal. */

const reasons = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts).map(([reason, count]) => `${reasonName(reason)} ${count}`).join(', ')

const number = (count: number): string => String(count).replaceAll(/\B(?=(\d{3})+$)/g, '.')

export function describePlan({ posts, refusals, cost, endsAt, startsAt }: Forecast): string[] {
  return [
    ...posts.flatMap(({ id, lines }) => [`Bài ${id}:`, ...lines.flatMap(describeLine)]),
    ...(startsAt === null || endsAt === null ? ['Không ai nhận được.'] : [`Cả đợt: ${tellTime(startsAt, 0)} đến ${tellTime(endsAt, 0)}, chi phí ${cost.complete ? '' : 'ít nhất '}${number(cost.dong)} đồng.`]),
    ...refusals.map((refusal) => `PHẢI SỬA: ${refusal}`),
  ]
}

function describeLine({ account, means, ledger, audience, reached, skippedBy, startsAt, endsAt, quotaEndsAt, optedOutReached, cost, notes }: LineForecast): string[] {
  const skipped = reasons(skippedBy)
  const people = ledger === 'publication' ? (reached === 1 ? 'đăng một lần' : `không đăng được: ${skipped}`) : `${number(reached)} trong ${number(audience)} người nhận được${skipped === '' ? '' : `; không nhận: ${skipped}`}`
  const time = startsAt === null || endsAt === null ? '' : ledger === 'publication' ? `, lúc ${tellTime(startsAt, 0)}` : `, mất ${Math.max(1, Math.ceil((endsAt - startsAt) / MINUTE))} phút từ ${tellTime(startsAt, 0)}`
  return [
    `  ${meansTable[means].title} (${account}): ${people}${time}${cost.dong > 0 ? `, ${number(cost.dong)} đồng` : ''}`,
    ...(quotaEndsAt === null ? [] : [`    hết hạn mức lúc ${tellTime(quotaEndsAt, 0)}`]),
    ...(optedOutReached === null || optedOutReached === 0 ? [] : [`    đã dừng nhận nhưng Zalo vẫn gửi: ${number(optedOutReached)}`]),
    ...notes.map((note) => `    ${note}`),
  ]
}

export function describeStatus({ status, posts }: StatusShape, { reason }: Pick<CampaignRecord, 'reason'>, publications: readonly PublicationRow[]): string[] {
  return [
    `${statusNames[status as CampaignRecord['status']]}${reason === null ? '' : `: ${reason}`}`,
    ...posts.map(({ id, counts, skippedBy, failedBy }) => {
      const { planned, sent, queued, sending, failed, uncertain, skipped } = counts
      const detail = [reasons(skippedBy), reasons(failedBy)].filter((text) => text !== '').join('; ')
      return `Bài ${id}: ${number(planned)} lượt; đã gửi ${number(sent)}, chờ ${number(queued + sending)}, bỏ qua ${number(skipped)}, lỗi ${number(failed)}, chưa rõ ${number(uncertain)}${detail === '' ? '' : ` (${detail})`}`
    }),
    ...publications.flatMap(describePublication),
  ]
}

/** What no count of messages tells of a publication: how many it reached, and who got it though they had opted out. */
function describePublication({ id, status, reach, optedOutReached }: PublicationRow): string[] {
  const told = [
    ...(reach === null ? [] : [`tiếp cận ${number(reach.value)} (${reach.source === 'platform' ? 'nền tảng báo' : `nhập tay: ${reach.who ?? ''}`}, số ngày ${reach.day})`]),
    ...(optedOutReached === null || optedOutReached === 0 || status === 'planned' ? [] : [`đã dừng nhận nhưng Zalo vẫn gửi: ${number(optedOutReached)}`]),
  ]
  return told.length === 0 ? [] : [`Bài đăng ${id}: ${told.join('; ')}`]
}
