import { summarise, type Activity } from '../../src/campaign/activities.ts'
import { countOutcomes } from '../../src/campaign/asked.ts'
import { usualHeading } from '../../src/campaign/official-heading.ts'
import { overTime, type OfficialReport } from '../../src/campaign/official-report.ts'
import { askedIn, createReport } from '../../src/campaign/report.ts'
import { waitingOf } from '../../src/campaign/waiting.ts'
import type { LedgerCount } from '../../src/core/campaign.ts'
import { MINUTE } from '../../src/core/time.ts'
import type { Outcome } from '../../src/store/ports.ts'
import { OA, PAGE } from '../campaign/support.ts'
import { anOutcome } from './store-fixtures.ts'

/** A report of a small campaign with something in every part of it. */

export const period = { from: '2026-10-01', to: '2026-10-10' }
export const before = { from: '2026-09-21', to: '2026-09-30' }
const row = (change: Partial<LedgerCount> = {}): LedgerCount =>
  ({ campaign: 'dot', post: 'a', account: OA, means: 'zalo_consultation', day: '2026-10-02', status: 'sent', reason: null, count: 1, people: 1, ...change })
export const outcome = (count: number, more: Partial<Outcome> = {}) => ({ ...anOutcome({ day: '2026-10-02', account: OA, ...more }), count })
export const done: Activity = { task: 'loudspeaker', what: '', due: '2026-10-05', done: '2026-10-05', quantity: 20, evidence: '' }

export function reportOf(change: Partial<OfficialReport> = {}): OfficialReport {
  const outcomes = [outcome(40, { article: 'muc-a', helpful: 'yes' }), outcome(10, { status: 'no_source_found', account: PAGE }), outcome(25, { day: '2026-09-22' })]
  const ledger = [row({ count: 900, people: 450 }), row({ status: 'skipped', reason: 'opted_out', count: 12, people: 12 }), row({ day: '2026-09-25', count: 300, people: 300 })]
  const publication = { id: 'p', campaign: 'dot', post: 'a', account: PAGE, means: 'facebook_post' as const, status: 'published' as const, platformIds: { post: '1029384756_7' }, dueAt: Date.UTC(2026, 9, 1, 2), publishedAt: Date.UTC(2026, 9, 1, 2), reason: null, optedOutReached: null }
  const publications = [{ ...publication, reach: { value: 4_812, source: 'platform' as const, who: null, day: '2026-10-03' } }, { ...publication, id: 'q', reach: { value: 77, source: 'by_hand' as const, who: 'Lò Thị Mai', day: '2026-10-03' } }]
  const now = countOutcomes(outcomes.slice(0, 2))
  const units = [{ unit: 'Xã A', activities: [done] }, { unit: 'Xã B', activities: [{ ...done, done: null }] }]
  return {
    preset: 'after', campaign: 'dot', period, before, asOf: null, isComparable: true, corrections: [], names: new Map([['dot', 'Hưởng ứng 10/10']]), madeAt: Date.UTC(2026, 9, 14), rehearsal: false, report: createReport({ period, before, ledger, followUps: new Set(), publications, asked: askedIn(outcomes, { period, before }), released: [{ question: 'đền mở cửa mấy giờ', day: '2026-10-03', releasedBy: 'Ai Đó' }] }),
    asked: { now: now.total, before: countOutcomes(outcomes.slice(2)).total, byAccount: [...now.byAccount], ...overTime(now, period) },
    waiting: waitingOf([{ askedAt: 0, firstStaffAnswerAt: 12 * MINUTE, closedAt: null }]), campaigns: [{ id: 'dot', name: 'Hưởng ứng 10/10', period, theme: 'Gần dân hơn' }],
    units: { now: summarise(units, ['Xã C'], '2026-10-14'), before: summarise([], [], '2026-10-14'), rows: units }, auditHead: { seq: 12, hash: 'ab'.repeat(32) }, titles: new Map([['muc-a', 'Quét mã QR thế nào?']]), ...change,
  }
}
export const heading = { ...usualHeading({ name: 'TỈNH MẪU', office: 'Sở Khoa học và Công nghệ' }), signer: 'KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC', signerName: 'Nguyễn Văn Mẫu' }

