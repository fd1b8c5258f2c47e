import { skipReasons, type LedgerCount, type MeansName, type PublicationRow } from '../core/campaign.ts'
import type { AccountKey } from '../core/contact.ts'
import { dayAfter, daysBetween, vietnamDay } from '../core/time.ts'
import type { Outcome } from '../store/ports.ts'
import { countOutcomes, type Figures } from './asked.ts'

/** The figures of a report, from the ledger alone. Pure: whoever has the same rows gets the same figures. */

/** Calendar days, first and last. */
export interface Span { from: string; to: string }

/** Both ends count. */
export const daysIn = ({ from, to }: Span): number => daysBetween(from, to) + 1
/** As many days right before. */
export const spanBefore = (span: Span): Span => ({ from: dayAfter(span.from, -daysIn(span)), to: dayAfter(span.from, -1) })

/** `after`: a campaign's days. `half_year`, `year`: the one that `day` lies in. `ad_hoc`: any days. */
export type ReportPreset =
  | { preset: 'after'; period: Span }
  | { preset: 'half_year' | 'year'; day: string }
  | { preset: 'ad_hoc'; period: Span }

export interface ReportSpans {
  period: Span
  before: Span
  /** The day with which the period was cut off, since it is not over; null: it is, or has not begun. */
  asOf: string | null
  /** Both are as long as each other: of a day that is not over yet only a part can be counted. */
  isComparable: boolean
}

/** Among so many days one that is not over yet makes no difference that anybody should be told. */
const enoughDays = 30

/** The days of a report up to `today`, and as many that it is compared with: of the half or year before, else right before. */
export function reportSpans(given: ReportPreset, today: string): ReportSpans {
  const whole = wholeSpans(given)
  const { from, to } = whole.period
  if (to < today) return { ...whole, asOf: null, isComparable: true }
  if (from > today) return { ...whole, asOf: null, isComparable: false }
  const period = { from, to: today }
  const isCalendar = given.preset === 'year' || given.preset === 'half_year'
  const before = isCalendar ? { from: whole.before.from, to: earlier(dayAfter(whole.before.from, daysIn(period) - 1), whole.before.to) } : spanBefore(period)
  return { period, before, asOf: today, isComparable: daysIn(period) >= enoughDays }
}

const earlier = (a: string, b: string): string => (a < b ? a : b)

function wholeSpans(given: ReportPreset): { period: Span; before: Span } {
  if (given.preset === 'after' || given.preset === 'ad_hoc') return { period: given.period, before: spanBefore(given.period) }
  const year = Number(given.day.slice(0, 4))
  if (given.preset === 'year') return { period: wholeYear(year), before: wholeYear(year - 1) }
  return given.day.slice(5) < '07-01' ? { period: half(year, 1), before: half(year - 1, 2) } : { period: half(year, 2), before: half(year, 1) }
}

const wholeYear = (year: number): Span => ({ from: `${year}-01-01`, to: `${year}-12-31` })
const half = (year: number, which: 1 | 2): Span => (which === 1 ? { from: `${year}-01-01`, to: `${year}-06-30` } : { from: `${year}-07-01`, to: `${year}-12-31` })

type Asked = Pick<Figures, 'total' | 'byArticle'>

export interface ReportInput {
  period: Span
  before: Span
  /** Of both spans; rows outside them are left out. Trials and rehearsal accounts are not in the ledger. */
  ledger: readonly LedgerCount[]
  /** Campaigns that put right or took back what others had sent: their messages are no announcements. */
  followUps: ReadonlySet<string>
  publications: readonly PublicationRow[]
  /** What citizens asked. */
  asked: { now: Asked; before: Asked }
  /** Questions nobody could answer, masked, and released for reports by a person: only those. */
  released: readonly { question: string; day: string; releasedBy: string }[]
}

/** Deliveries by how they ended; `people` are those who got all of a post's first part. */
export interface SendFigures {
  people: number
  sent: number
  failed: number
  uncertain: number
  skipped: number
  /** Not final yet. */
  waiting: number
  skippedBy: Record<string, number>
  failedBy: Record<string, number>
}

export interface Report {
  period: Span
  before: Span
  totals: SendFigures
  totalsBefore: SendFigures
  /** Messages that put right or took back others: in none of the other figures. */
  followUps: { totals: SendFigures; totalsBefore: SendFigures; byCampaign: ({ campaign: string } & SendFigures)[] }
  byCampaign: ({ campaign: string } & SendFigures)[]
  byPost: ({ campaign: string; post: string } & SendFigures)[]
  byMeans: ({ means: MeansName } & SendFigures)[]
  byAccount: ({ account: AccountKey } & SendFigures)[]
  byDay: ({ day: string } & SendFigures)[]
  /** One line each; reach is the platform's word or typed by hand, and in none of the sums. */
  publications: (Pick<PublicationRow, 'campaign' | 'post' | 'account' | 'means' | 'status' | 'reach' | 'optedOutReached'> & { day: string })[]
  questions: { asked: number; askedBefore: number; answered: number; answeredBefore: number; top: { article: string; count: number; before: number }[] }
  unanswered: { question: string; day: string }[]
}

const topQuestions = 20

export function createReport({ period, before, ledger, followUps, publications, asked, released }: ReportInput): Report {
  const isFollowUp = ({ campaign }: LedgerCount): boolean => followUps.has(campaign)
  const [announced, followed] = [ledger.filter((row) => !isFollowUp(row)), ledger.filter(isFollowUp)]
  const within = (span: Span, of: readonly LedgerCount[]): LedgerCount[] => of.filter(({ day }) => isIn(span, day))
  const byCampaign = (of: readonly LedgerCount[]): Report['byCampaign'] => grouped(of, ({ campaign }) => campaign).map(([{ campaign }, figures]) => ({ campaign, ...figures }))
  const rows = within(period, announced)
  return {
    period, before,
    totals: figuresOf(rows),
    totalsBefore: figuresOf(within(before, announced)),
    followUps: { totals: figuresOf(within(period, followed)), totalsBefore: figuresOf(within(before, followed)), byCampaign: byCampaign(within(period, followed)) },
    byCampaign: byCampaign(rows),
    byPost: grouped(rows, ({ campaign, post }) => `${campaign}/${post}`).map(([{ campaign, post }, figures]) => ({ campaign, post, ...figures })),
    byMeans: grouped(rows, ({ means }) => means).map(([{ means }, figures]) => ({ means, ...figures })),
    byAccount: grouped(rows, ({ account }) => account).map(([{ account }, figures]) => ({ account, ...figures })),
    byDay: grouped(rows, ({ day }) => day).map(([{ day }, figures]) => ({ day, ...figures })),
    publications: publications.map((row) => ({ ...row, day: vietnamDay(row.publishedAt ?? row.dueAt) })).filter(({ day }) => isIn(period, day))
      .map(({ campaign, post, account, means, status, reach, optedOutReached, day }) => ({ campaign, post, account, means, status, reach, optedOutReached, day })),
    questions: questionsOf(asked),
    unanswered: released.filter(({ day }) => isIn(period, day)).map(({ question, day }) => ({ question, day })),
  }
}

const isIn = ({ from, to }: Span, day: string): boolean => from <= day && day <= to

/** Keys in order, so that two reports can be laid side by side. */
const grouped = (rows: readonly LedgerCount[], key: (row: LedgerCount) => string): [LedgerCount, SendFigures][] =>
  [...Map.groupBy(rows, key)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, group]) => [group[0]!, figuresOf(group)])

export function figuresOf(rows: readonly LedgerCount[]): SendFigures {
  const sum = (status: readonly LedgerCount['status'][]): number => rows.reduce((total, row) => (status.includes(row.status) ? total + row.count : total), 0)
  return {
    people: rows.reduce((total, { status, people }) => (status === 'sent' ? total + people : total), 0),
    sent: sum(['sent']), failed: sum(['failed']), uncertain: sum(['uncertain']), skipped: sum(['skipped']), waiting: sum(['queued', 'sending']),
    skippedBy: byReason(rows, 'skipped', skipReasons), failedBy: byReason(rows, 'failed', []),
  }
}

/** Known reasons in the order they are told, others by name after them. */
function byReason(rows: readonly LedgerCount[], status: LedgerCount['status'], known: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) if (row.status === status) counts.set(row.reason ?? 'unknown', (counts.get(row.reason ?? 'unknown') ?? 0) + row.count)
  const others = [...counts.keys()].filter((reason) => !known.includes(reason)).sort()
  return Object.fromEntries([...known, ...others].flatMap((reason) => (counts.has(reason) ? [[reason, counts.get(reason)!]] : [])))
}

/** Day totals of both spans as what was asked in each. */
export function askedIn(outcomes: readonly (Outcome & { count: number })[], { period, before }: { period: Span; before: Span }): ReportInput['asked'] {
  const within = (span: Span): Asked => countOutcomes(outcomes.filter(({ day }) => isIn(span, day)))
  return { now: within(period), before: within(before) }
}

function questionsOf({ now, before }: ReportInput['asked']): Report['questions'] {
  const answers = [...now.byArticle].map(([article, { answered }]) => ({ article, count: answered, before: before.byArticle.get(article)?.answered ?? 0 })).filter(({ count }) => count > 0)
  return {
    asked: now.total.asked, askedBefore: before.total.asked,
    answered: now.total.answered, answeredBefore: before.total.answered,
    top: answers.sort((a, b) => b.count - a.count || (a.article < b.article ? -1 : 1)).slice(0, topQuestions),
  }
}
