import type { CampaignRecord, CorrectionRecord } from '../core/campaign.ts'
import type { AccountKey } from '../core/contact.ts'
import { eachDay, vietnamDay, type Millis } from '../core/time.ts'
import type { CampaignStore } from '../store/campaign-ports.ts'
import { isSandboxAccount, type Handovers } from '../store/ports.ts'
import { summarise, type ActivitySummary, type UnitActivities } from './activities.ts'
import { nothing, sum, type Figures, type Tally } from './asked.ts'
import { withTitles } from './compose.ts'
import { correctedPosts } from './correction.ts'
import { allCampaigns, followUpsIn } from './figures.ts'
import type { FiguresReader } from './asked-read.ts'
import { createReport, reportSpans, type Report, type ReportPreset, type Span } from './report.ts'
import { handoversIn, waitingOf, type Waiting } from './waiting.ts'
import { contentOf } from './world.ts'

/** `Báo cáo kết quả tuyên truyền`: everything that stands in it, before it is laid out. Figures only: nobody's name, number or words. */
export interface OfficialReport {
  preset: ReportPreset['preset']
  /** Of the campaign it is about; null: of a period. */
  campaign: string | null
  period: Span
  before: Span
  /** As `reportSpans` says. */
  asOf: string | null
  isComparable: boolean
  madeAt: Millis
  /** Counted by the ledger. */
  report: Report
  /** It holds figures of rehearsal accounts, and must not be sent to anybody. */
  rehearsal: boolean
  /** Counted by the conversations. */
  asked: { now: Tally; before: Tally; byAccount: [AccountKey, Tally][]; overTime: { label: string; asked: number; answered: number }[]; unit: 'ngày' | 'tuần' | 'tháng' }
  waiting: Waiting
  /** Campaigns whose days touch the period, or of which something went out in it. */
  campaigns: { id: string; name: string; period: Span; theme: string | null }[]
  /** Of all of them, by id. */
  names: ReadonlyMap<string, string>
  /** Posts that were put right or taken back in these days, or went out in them and were so later. `people`: who got it in these days; null for what went to nobody in person. */
  corrections: { campaign: string; post: string; kind: CorrectionRecord['kind']; day: string; people: number | null }[]
  /** Told by other units, not counted by us. */
  units: { now: ActivitySummary; before: ActivitySummary; rows: UnitActivities[] }
  /** The last line of the log of campaigns; null: nothing was ever decided. */
  auditHead: { seq: number; hash: string } | null
  /** Titles of articles, by id. */
  titles: ReadonlyMap<string, string>
}

export interface OfficialReportSources {
  store: Pick<CampaignStore, 'readLedger' | 'listPublications' | 'releasedUnanswered' | 'listCampaigns' | 'loadCampaign' | 'auditHead'> & Pick<Handovers, 'handoversAsked'>
  figures: FiguresReader
  /** Every unit's activities, by campaign. */
  activities: () => Promise<{ campaign: string; unit: UnitActivities }[]>
  expectedUnits: () => Promise<string[]>
  /** Titles of the articles that are there. */
  titles: () => ReadonlyMap<string, string>
  /** Values of `province.yaml`. */
  province: () => Readonly<Record<string, string>>
}

/** Reads what a report of these days says. `campaign`: only activities of its register; its figures are of all that went out in its days. */
export async function readOfficialReport(preset: ReportPreset, campaign: string | null, { store, figures, activities, expectedUnits, titles, province }: OfficialReportSources, now: Millis): Promise<OfficialReport> {
  const today = vietnamDay(now)
  const { period, before, ...bounds } = reportSpans(preset, today)
  const whole = { from: before.from, to: period.to }
  const [ledger, publications, released, asked, askedBefore, handovers, records, rows, expected, auditHead] = await Promise.all([
    store.readLedger(whole), store.listPublications(whole), store.releasedUnanswered(whole.from, whole.to), figures(period, now), figures(before, now),
    handoversIn(store, period), allCampaigns(store), activities(), expectedUnits(), store.auditHead(),
  ])
  const report = createReport({ period, before, ledger, followUps: followUpsIn(records), publications, released, asked: { now: asked, before: askedBefore } })
  const touched = new Set([...report.byCampaign.map((each) => each.campaign), ...report.publications.map((each) => each.campaign)])
  return {
    preset: preset.preset, campaign, period, before, ...bounds, madeAt: now, report, auditHead, titles: titles(),
    rehearsal: [...asked.byAccount.keys(), ...ledger.map(({ account }) => account)].some(isSandboxAccount),
    asked: { now: asked.total, before: askedBefore.total, byAccount: [...asked.byAccount].sort(([, a], [, b]) => b.turns - a.turns), ...overTime(asked, period) },
    waiting: waitingOf(handovers),
    names: new Map(records.map((record) => [record.id, contentOf(record).name])),
    corrections: correctionsIn(records, report, province()),
    campaigns: campaignsOf(records).filter(({ id, period: of }) => (campaign === null ? touched.has(id) || (of.from <= period.to && of.to >= period.from) : id === campaign)),
    units: unitsOf(rows, { campaign, period, before, expected, today }),
  }
}

/** In the order of their days. Drafts and what was returned or cancelled before anything went out are no work done. */
function campaignsOf(records: readonly CampaignRecord[]): OfficialReport['campaigns'] {
  const done: ReadonlySet<CampaignRecord['status']> = new Set(['approved', 'scheduled', 'running', 'paused', 'finished'])
  return records.filter(({ status }) => done.has(status)).flatMap((record) => {
    const { name, period, theme, followUp } = contentOf(record)
    return followUp === undefined ? [{ id: record.id, name, period, theme }] : []
  }).sort((a, b) => (a.period.from < b.period.from ? -1 : 1))
}

/** In the order of their days. */
function correctionsIn(records: readonly CampaignRecord[], { period, byPost, publications }: Report, province: Readonly<Record<string, string>>): OfficialReport['corrections'] {
  return records.flatMap((record) => {
    const { name, posts } = contentOf(record)
    const campaign = withTitles(contentOf(record), province)
    return correctedPosts(record.correction, posts).flatMap(({ post, kind, at }) => {
      const day = vietnamDay(at)
      const of = (each: { campaign: string; post: string }): boolean => each.campaign === record.id && each.post === post
      const sent = byPost.find(of)
      const isOfPeriod = (period.from <= day && day <= period.to) || publications.some(of) || (sent !== undefined && sent.sent + sent.uncertain > 0)
      return isOfPeriod ? [{ campaign: name, post: campaign.posts.find(({ id }) => id === post)?.title ?? post, kind, day, people: sent?.people ?? null }] : []
    })
  }).sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

/** So many bars stand under each other on a page. */
const mostBars = 16

/** Days, weeks from the first day on, or months: as many as fit. Pure. */
export function overTime({ byDay }: Pick<Figures, 'byDay'>, period: Span): Pick<OfficialReport['asked'], 'overTime' | 'unit'> {
  const days = eachDay(period.from, period.to)
  const unit = days.length <= mostBars ? 'ngày' : days.length <= mostBars * 7 ? 'tuần' : 'tháng'
  const nameOf = (day: string, at: number): string => (unit === 'ngày' ? day : unit === 'tuần' ? days[Math.floor(at / 7) * 7]! : day.slice(0, 7))
  const groups = Map.groupBy(days.map((day, at) => ({ day, name: nameOf(day, at) })), ({ name }) => name)
  return {
    unit,
    overTime: [...groups].map(([name, of]) => {
      const { asked, answered } = of.reduce((total, { day }) => sum(total, byDay.get(day) ?? nothing), nothing)
      const last = of.at(-1)!.day
      const label = unit === 'tháng' ? `Tháng ${name.slice(5)}/${name.slice(0, 4)}` : unit === 'ngày' || last === name ? short(name) : `${short(name)} – ${short(last)}`
      return { label, asked, answered }
    }),
  }
}

const short = (day: string): string => `${day.slice(8)}/${day.slice(5, 7)}`

interface UnitsGiven { campaign: string | null; period: Span; before: Span; expected: readonly string[]; today: string }

/** Of a campaign: its whole register. Of a period: what was done in it, or was due in it. */
function unitsOf(all: readonly { campaign: string; unit: UnitActivities }[], { campaign, period, before, expected, today }: UnitsGiven): OfficialReport['units'] {
  const within = (span: Span): UnitActivities[] => {
    const of = Map.groupBy(all, ({ unit: { unit } }) => unit)
    return [...of].map(([unit, parts]) => ({
      unit,
      activities: parts.flatMap((part) => part.unit.activities).filter(({ done, due }) => {
        const day = done ?? due
        return day !== null && day >= span.from && day <= span.to
      }),
    })).filter(({ activities }) => activities.length > 0)
  }
  const rows = campaign === null ? within(period) : all.filter((each) => each.campaign === campaign).map(({ unit }) => unit)
  return { rows, now: summarise(rows, expected, today), before: summarise(within(before), [], today) }
}
