import type { PublicationRow } from '../core/campaign.ts'
import { showDay, vietnamTime, type Millis } from '../core/time.ts'
import type { OfficialReport } from './official-report.ts'
import { reasonName, reasonWords } from './reason-words.ts'
import type { Span } from './report.ts'

/** The words around the figures of an official report. Pure. */

/** `1.234`. */
export const numeral = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, '.')
/** `87%`; a dash where there is no whole. */
export const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${Math.round((part / whole) * 100)}%`)
export const days = ({ from, to }: Span): string => (from === to ? `ngày ${showDay(from)}` : `từ ngày ${showDay(from)} đến ngày ${showDay(to)}`)

/** Of fewer a share says nothing. */
const fewest = 20

/** `tăng 12% so với kỳ trước (1.050)`, after `lead`; nothing where `before` is null. */
export function compared(now: number, before: number | null, lead = ''): string {
  const words = before === null ? '' : comparedWith(now, before)
  return words === '' ? '' : `${lead}${words}`
}

function comparedWith(now: number, before: number): string {
  if (before === 0) return now === 0 ? 'kỳ trước cũng không có' : 'kỳ trước chưa có'
  if (now === before) return `bằng kỳ trước (${numeral(before)})`
  if (before < fewest) return `kỳ trước ${numeral(before)}`
  return `${now > before ? 'tăng' : 'giảm'} ${share(Math.abs(now - before), before)} so với kỳ trước (${numeral(before)})`
}

/** For a column of a table. */
export const difference = (now: number, before: number): string => (before < fewest ? '–' : now === before ? '0%' : `${now > before ? '+' : '−'}${share(Math.abs(now - before), before)}`)

/** What follows „kết quả tuyên truyền“ in the title. */
export function subject(report: Pick<OfficialReport, 'preset' | 'period' | 'campaigns' | 'campaign' | 'asOf'>): string {
  const whole = wholeSubject(report)
  return report.asOf === null || whole === days(report.period) ? whole : `${whole}, tính đến ngày ${showDay(report.asOf)}`
}

function wholeSubject({ preset, period, campaigns, campaign }: Pick<OfficialReport, 'preset' | 'period' | 'campaigns' | 'campaign'>): string {
  const year = period.from.slice(0, 4)
  switch (preset) {
    case 'after': {
      const name = campaigns.find(({ id }) => id === campaign)?.name
      return name === undefined ? days(period) : `đợt “${name}”`
    }
    case 'half_year': return `6 tháng ${period.from.slice(5, 7) === '01' ? 'đầu' : 'cuối'} năm ${year}`
    case 'year': return `năm ${year}`
    case 'ad_hoc': return days(period)
  }
}

/** `ngày      tháng 02 năm 2027`: the day is written by hand when it is signed; months 1 and 2 with a nought (Nghị định 30/2020). */
export function signingDate(at: Millis): string {
  const { month, year } = vietnamTime(at)
  return `ngày ${'\u00a0'.repeat(6)} tháng ${month < 3 ? `0${month}` : month} năm ${year}`
}

/** What was done about a post that had gone out. */
export const correctionWords = { correct: 'đính chính', recall: 'thu hồi' } as const

export const channelWords = { zalo: 'Zalo OA', facebook: 'Trang Facebook', telegram: 'Telegram' } as const

/** How a publication stands. */
export const publicationWords: Readonly<Record<PublicationRow['status'], string>> = {
  planned: 'chờ đăng', publishing: 'đang đăng', published: 'đã đăng', edited: 'đã đăng, có sửa', withdrawn: 'đã gỡ', failed: 'không đăng được', uncertain: 'chưa rõ', skipped: 'bỏ qua',
}

/** `đã dừng nhận tin: 12; chưa đồng ý nhận tin: 3`; codes that have no words as refused by the platform. */
export function reasons(counts: Readonly<Record<string, number>>): string {
  const told = new Map<string, number>()
  for (const [reason, count] of Object.entries(counts)) {
    const words = reasonWords(reason) ?? reasonName('rejected')
    told.set(words, (told.get(words) ?? 0) + count)
  }
  return [...told].map(([words, count]) => `${words}: ${numeral(count)}`).join('; ')
}

/** `2 giờ 05 phút`. */
export function span(time: Millis): string {
  const minutes = Math.max(1, Math.round(time / 60_000))
  if (minutes < 60) return `${minutes} phút`
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} giờ ${String(minutes % 60).padStart(2, '0')} phút`
  return `${Math.floor(minutes / 1_440)} ngày ${Math.floor((minutes % 1_440) / 60)} giờ`
}
