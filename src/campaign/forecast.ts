import { skipReasons, type MeansName, type SkipReason } from '../core/campaign.ts'
import type { AccountKey } from '../core/contact.ts'
import type { Millis } from '../core/time.ts'
import type { Campaign } from './campaign.ts'
import { meansTable } from './means.ts'
import type { PlanLine } from './lines.ts'
import type { Fact } from './rules.ts'

/** What a plan tells. */
export interface Forecast {
  posts: { id: string; lines: LineForecast[] }[]
  /** What must be changed before the campaign can go out, a sentence each; empty: nothing. */
  refusals: string[]
  cost: Cost
  /** Of the whole campaign; null when nobody gets anything. */
  startsAt: Millis | null
  endsAt: Millis | null
}

/** `complete` false: some prices are not known and not in the sum. Before tax. */
export interface Cost { dong: number; complete: boolean }

/** One post by one means on one account. Personal means count people; a publication counts 1. */
export interface LineForecast {
  post: string
  account: AccountKey
  means: MeansName
  ledger: 'personal' | 'publication'
  /** Platform calls for each one reached. */
  calls: number
  /** People of the audience; who is not in it is not counted at all. */
  audience: number
  reached: number
  skippedBy: Partial<Record<SkipReason, number>>
  /** When the first and the last is sent; null when nobody is reached. */
  startsAt: Millis | null
  endsAt: Millis | null
  /** So many wait for a morning. */
  delayedByNight: number
  /** When the account's allowance is used up; null when it lasts. */
  quotaEndsAt: Millis | null
  cost: Cost
  /** Contacts that said "dừng" and get it all the same, since the platform sends to every follower; null where none is. */
  optedOutReached: number | null
  /** What will not arrive as written, and figures we are not sure of: sentences for staff. */
  notes: string[]
}

/** The part of a line's forecast that needs no counting. */
export function factSheet({ post, account, choice: { means }, calls, limitations, rules }: PlanLine, now: Millis): Pick<LineForecast, 'post' | 'account' | 'means' | 'ledger' | 'calls' | 'notes'> {
  const { window, rate, price, account_daily, account_monthly, contact_daily } = rules
  const doubtful: Fact<unknown>[] = [window, rate, price, account_daily, account_monthly, contact_daily].filter((fact) => fact !== null && fact.sure === 'unsure') as Fact<unknown>[]
  return {
    post: post.id, account, means, ledger: meansTable[means].ledger, calls,
    notes: [
      ...(post.at < now ? ['giờ gửi đã qua: được duyệt là gửi, trừ giờ yên lặng'] : []),
      ...(calls > 1 ? [`mỗi người nhận ${calls} tin liền nhau`] : []),
      ...limitations.map(({ what }) => what),
      ...doubtful.map(({ source, note }) => `có số liệu của nền tảng chưa chắc (${source})${note === null ? '' : `: ${note}`}`),
    ],
  }
}

export function forecastOf({ posts }: Campaign, told: readonly { line: PlanLine; forecast: LineForecast }[]): Forecast {
  const all = told.map(({ forecast }) => forecast)
  const times = all.flatMap(({ startsAt, endsAt }) => (startsAt === null || endsAt === null ? [] : [startsAt, endsAt]))
  return {
    posts: posts.map(({ id }) => ({ id, lines: all.filter(({ post }) => post === id) })),
    refusals: [...posts.flatMap(({ id }) => (all.some(({ post }) => post === id) ? [] : [`bài "${id}": không có tài khoản nào đang dùng để gửi; nối kênh, sửa accounts, hoặc đổi cách gửi`])), ...told.flatMap(({ line, forecast }) => refusalsOf(line, forecast))],
    cost: { dong: all.reduce((sum, { cost }) => sum + cost.dong, 0), complete: all.every(({ cost }) => cost.complete) },
    startsAt: times.length === 0 ? null : Math.min(...times),
    endsAt: times.length === 0 ? null : Math.max(...times),
  }
}

function refusalsOf({ limitations }: PlanLine, { post, account, means, ledger, skippedBy }: LineForecast): string[] {
  const here = `bài "${post}", ${meansTable[means].title} (${account})`
  const over = ledger === 'publication' && skippedBy.quota !== undefined ? [`${here}: vượt hạn mức bài trong tháng của nền tảng; bỏ bớt bài, hoặc đổi cách gửi`] : []
  const twice = ledger === 'publication' && skippedBy.daily_cap !== undefined ? [`${here}: trong ngày đã có bài khác, nền tảng chỉ cho người theo dõi nhận một bài mỗi ngày; đổi ngày`] : []
  return [...limitations.filter(({ effect }) => effect === 'refused').map(({ what }) => `${here}: ${what}`), ...over, ...twice]
}

/** The shape of `campaign status --json`, so that forecast and outcome can be laid side by side. Counts deliveries: people times calls. */
export interface StatusShape {
  status: string
  posts: {
    id: string
    counts: Record<'planned' | 'queued' | 'sending' | 'sent' | 'failed' | 'uncertain' | 'skipped', number>
    skippedBy: Partial<Record<SkipReason, number>>
    failedBy: Record<string, number>
  }[]
}

export function statusShape(status: string, { posts }: Forecast): StatusShape {
  return {
    status,
    posts: posts.map(({ id, lines }) => {
      const sum = (of: (line: LineForecast) => number): number => lines.reduce((total, line) => total + of(line) * line.calls, 0)
      const planned = sum(({ audience }) => audience)
      const sent = sum(({ reached }) => reached)
      const skippedBy = Object.fromEntries(skipReasons.flatMap((reason) => {
        const count = sum((line) => line.skippedBy[reason] ?? 0)
        return count === 0 ? [] : [[reason, count]]
      }))
      return { id, counts: { planned, queued: 0, sending: 0, sent, failed: 0, uncertain: 0, skipped: planned - sent }, skippedBy, failedBy: {} }
    }),
  }
}
