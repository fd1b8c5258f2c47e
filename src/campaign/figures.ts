import type { CampaignRecord, LedgerCount, PublicationRow, SkipReason } from '../core/campaign.ts'
import { vietnamDay, type Millis } from '../core/time.ts'
import type { CampaignStore } from '../store/campaign-ports.ts'
import type { Statistics } from '../store/ports.ts'
import { createAuditCheck, type AuditCheck } from './audit.ts'
import type { StatusShape } from './forecast.ts'
import { askedIn, createReport, reportSpans, type Report, type ReportPreset } from './report.ts'
import { contentOf } from './world.ts'

/** Figures of what has happened, read from the ledger. */

/** How a campaign stands, in the shape of its forecast. A publication counts as one. Null: no such campaign. */
export async function campaignStatus(id: string, store: Pick<CampaignStore, 'loadCampaign' | 'readLedger' | 'listPublications'>): Promise<StatusShape | null> {
  const record = await store.loadCampaign(id)
  return record === null ? null : statusOf(record, await store.readLedger({ campaign: id }), await store.listPublications({ campaign: id }))
}

/** Pure. */
export function statusOf(record: CampaignRecord, ledger: readonly LedgerCount[], publications: readonly PublicationRow[]): StatusShape {
  return {
    status: record.status,
    posts: contentOf(record).posts.map(({ id }) => {
      const rows = [...ledger.filter(({ post }) => post === id), ...publications.filter(({ post }) => post === id).map(asCount)]
      const sum = (status: LedgerCount['status']): number => rows.reduce((total, row) => (row.status === status ? total + row.count : total), 0)
      const by = (status: LedgerCount['status']): Record<string, number> => {
        const counts: Record<string, number> = {}
        for (const row of rows) if (row.status === status && row.count > 0) counts[row.reason ?? 'unknown'] = (counts[row.reason ?? 'unknown'] ?? 0) + row.count
        return counts
      }
      const counts = { queued: sum('queued'), sending: sum('sending'), sent: sum('sent'), failed: sum('failed'), uncertain: sum('uncertain'), skipped: sum('skipped') }
      return { id, counts: { planned: Object.values(counts).reduce((total, count) => total + count, 0), ...counts }, skippedBy: by('skipped') as Partial<Record<SkipReason, number>>, failedBy: by('failed') }
    }),
  }
}

const statusOfPublication: Readonly<Record<PublicationRow['status'], LedgerCount['status']>> = {
  planned: 'queued', publishing: 'sending', published: 'sent', edited: 'sent', withdrawn: 'sent', failed: 'failed', uncertain: 'uncertain', skipped: 'skipped',
}

const asCount = ({ status, reason }: PublicationRow): Pick<LedgerCount, 'status' | 'reason' | 'count'> => ({ status: statusOfPublication[status], reason, count: 1 })

type ReportStore = Pick<CampaignStore, 'readLedger' | 'listPublications' | 'releasedUnanswered' | 'listCampaigns' | 'loadCampaign'> & Pick<Statistics, 'readOutcomes'>

/** The report of a span up to `today`, with the one before it. */
export async function reportOf(preset: ReportPreset, store: ReportStore, today: string): Promise<Report> {
  const { period, before } = reportSpans(preset, today)
  const whole = { from: before.from < period.from ? before.from : period.from, to: before.to > period.to ? before.to : period.to }
  return createReport({
    period, before, followUps: followUpsIn(await allCampaigns(store)), ledger: await store.readLedger(whole), publications: await store.listPublications(whole),
    asked: askedIn(await store.readOutcomes(whole.from, whole.to), { period, before }), released: await store.releasedUnanswered(whole.from, whole.to),
  })
}

export async function allCampaigns(store: Pick<CampaignStore, 'listCampaigns' | 'loadCampaign'>): Promise<CampaignRecord[]> {
  const records = await Promise.all((await store.listCampaigns()).map(({ id }) => store.loadCampaign(id)))
  return records.filter((record) => record !== null)
}

/** Those that put right or took back what others had sent. */
export const followUpsIn = (records: readonly CampaignRecord[]): Set<string> => new Set(records.filter((record) => contentOf(record).followUp !== undefined).map(({ id }) => id))

/** The days of a campaign's own report: its period, and other days on which something of it went out. */
export async function reportPeriod(record: CampaignRecord, store: Pick<CampaignStore, 'readLedger' | 'listPublications'>, now: Millis): Promise<ReportPreset> {
  const { period } = contentOf(record)
  const published = (await store.listPublications({ campaign: record.id })).flatMap(({ publishedAt }) => (publishedAt === null ? [] : [vietnamDay(publishedAt)]))
  const sent = (await store.readLedger({ campaign: record.id })).filter(({ count }) => count > 0).map(({ day }) => day)
  const days = [...sent, ...published, period.from, period.to].sort()
  const last = days.at(-1)!
  return { preset: 'after', period: { from: days[0]!, to: last > vietnamDay(now) ? period.to : last } }
}

/** Verifies the whole log. `expectHead`: a head noted earlier, by which a cut tail is found. */
export async function verifyLog(store: Pick<CampaignStore, 'auditStart' | 'auditLines'>, expectHead: string | null): Promise<AuditCheck> {
  const check = createAuditCheck(expectHead, (await store.auditStart()) ?? undefined)
  for await (const lines of store.auditLines()) for (const line of lines) check.add(line)
  return check.result()
}
