import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { askedIn, createReport, figuresOf, reportSpans, type ReportInput } from '../../src/campaign/report.ts'
import { meansNames, skipReasons, type LedgerCount, type PublicationRow } from '../../src/core/campaign.ts'
import { morning, OA, PAGE } from './support.ts'

const row = (change: Partial<LedgerCount> = {}): LedgerCount =>
  ({ campaign: 'dot', post: 'a', account: OA, means: 'zalo_consultation', day: '2026-10-02', status: 'sent', reason: null, count: 1, people: 1, ...change })
const span = { period: { from: '2026-10-01', to: '2026-10-10' }, before: { from: '2026-09-21', to: '2026-09-30' } }
const report = (change: Partial<ReportInput> = {}) => createReport({ ...span, ledger: [], followUps: new Set(), publications: [], asked: askedIn([], span), released: [], ...change })
const outcome = (change: object) => ({ day: '2026-10-02', account: OA, entry: null, flow: null, step: null, article: null, status: 'answered', handover: false, helpful: null, count: 1, ...change })

describe('the days of a report', () => {
  it.each([
    [{ preset: 'after', period: span.period }, span],
    [{ preset: 'ad_hoc', period: { from: '2026-03-01', to: '2026-03-01' } }, { period: { from: '2026-03-01', to: '2026-03-01' }, before: { from: '2026-02-28', to: '2026-02-28' } }],
    [{ preset: 'half_year', day: '2026-06-30' }, { period: { from: '2026-01-01', to: '2026-06-30' }, before: { from: '2025-07-01', to: '2025-12-31' } }],
    [{ preset: 'half_year', day: '2026-07-01' }, { period: { from: '2026-07-01', to: '2026-12-31' }, before: { from: '2026-01-01', to: '2026-06-30' } }],
    [{ preset: 'year', day: '2026-10-10' }, { period: { from: '2026-01-01', to: '2026-12-31' }, before: { from: '2025-01-01', to: '2025-12-31' } }],
  ] as const)('%j', (preset, spans) => expect(reportSpans(preset, '2027-01-01')).toEqual({ ...spans, asOf: null, isComparable: true }))

  it.each([
    [{ preset: 'year', day: '2026-11-24' }, { from: '2026-01-01', to: '2026-11-24' }, { from: '2025-01-01', to: '2025-11-24' }, true],
    [{ preset: 'half_year', day: '2026-12-31' }, { from: '2026-07-01', to: '2026-11-24' }, { from: '2026-01-01', to: '2026-05-27' }, true],
    [{ preset: 'after', period: { from: '2026-11-24', to: '2026-11-24' } }, { from: '2026-11-24', to: '2026-11-24' }, { from: '2026-11-23', to: '2026-11-23' }, false],
    [{ preset: 'ad_hoc', period: { from: '2026-11-01', to: '2026-12-31' } }, { from: '2026-11-01', to: '2026-11-24' }, { from: '2026-10-08', to: '2026-10-31' }, false],
  ] as const)('%j on 24/11/2026 ends with that day, and so does what it is compared with', (preset, period, before, isComparable) =>
    expect(reportSpans(preset, '2026-11-24')).toEqual({ period, before, asOf: '2026-11-24', isComparable }))
})

describe('a report', () => {
  it('counts deliveries by how they ended, and people once however many parts they got', () => {
    const ledger = [
      row({ count: 20, people: 10 }), row({ status: 'skipped', reason: 'opted_out', count: 3, people: 3 }), row({ status: 'skipped', reason: 'blocked', count: 2, people: 2 }),
      row({ status: 'failed', reason: 'rejected', count: 4, people: 4 }), row({ status: 'uncertain', reason: 'no_answer', count: 1, people: 1 }), row({ status: 'queued', count: 5, people: 5 }), row({ status: 'sending', count: 1, people: 1 }),
    ]
    expect(report({ ledger }).totals).toEqual({ people: 10, sent: 20, failed: 4, uncertain: 1, skipped: 5, waiting: 6, skippedBy: { blocked: 2, opted_out: 3 }, failedBy: { rejected: 4 } })
    expect(Object.keys(report({ ledger }).totals.skippedBy)).toEqual(['blocked', 'opted_out'])
  })

  it('is compared with the days before, and leaves out all others', () => {
    const ledger = [row(), row({ day: '2026-09-30', count: 7, people: 7 }), row({ day: '2026-10-11', count: 100 }), row({ day: '2026-09-20', count: 100 })]
    expect(report({ ledger })).toMatchObject({ totals: { sent: 1 }, totalsBefore: { sent: 7 } })
  })

  const rows = fc.array(fc.record({
    campaign: fc.constantFrom('x', 'y', 'x-dc-1'), post: fc.constantFrom('a', 'b'), account: fc.constantFrom(OA, PAGE), means: fc.constantFrom(...meansNames), day: fc.constantFrom('2026-10-01', '2026-10-05', '2026-09-25'),
    status: fc.constantFrom('queued' as const, 'sending' as const, 'sent' as const, 'failed' as const, 'uncertain' as const, 'skipped' as const),
    reason: fc.constantFrom(null, ...skipReasons), count: fc.nat(1_000), people: fc.nat(1_000),
  }), { maxLength: 40 })

  it('adds up: every way of laying out the rows gives the totals', () => {
    fc.assert(fc.property(rows, (ledger) => {
      const made = report({ ledger, followUps: new Set(['x-dc-1']) })
      const whole = figuresOf(ledger.filter(({ day }) => day >= span.period.from))
      for (const figure of ['people', 'sent', 'failed', 'uncertain', 'skipped', 'waiting'] as const) {
        expect(made.totals[figure] + made.followUps.totals[figure]).toBe(whole[figure])
        expect(made.followUps.byCampaign.reduce((sum, part) => sum + part[figure], 0)).toBe(made.followUps.totals[figure])
      }
      for (const parts of [made.byCampaign, made.byPost, made.byMeans, made.byAccount, made.byDay]) {
        for (const figure of ['people', 'sent', 'failed', 'uncertain', 'skipped', 'waiting'] as const) {
          expect(parts.reduce((sum, part) => sum + part[figure], 0)).toBe(made.totals[figure])
        }
      }
      for (const [by, total] of [['skippedBy', 'skipped'], ['failedBy', 'failed']] as const) expect(Object.values(made.totals[by]).reduce((sum, n) => sum + n, 0)).toBe(made.totals[total])
      expect(report({ ledger: [...ledger].reverse(), followUps: new Set(['x-dc-1']) })).toEqual(made)
    }))
    expect(figuresOf([])).toMatchObject({ people: 0, sent: 0 })
  })

  it('keeps what platforms say of publications apart from what was counted', () => {
    const publication: PublicationRow = {
      id: 'dot/a@x', campaign: 'dot', post: 'a', account: OA, means: 'zalo_broadcast', status: 'published', platformIds: { article: '1' }, dueAt: morning, publishedAt: morning,
      reason: null, reach: { value: 9_000, source: 'by_hand', who: 'Lan', day: '2026-10-12' }, optedOutReached: 12,
    }
    const made = report({ ledger: [row()], publications: [publication, { ...publication, publishedAt: null, dueAt: morning - 86_400_000 * 60 }] })
    expect(made.publications).toEqual([{ campaign: 'dot', post: 'a', account: OA, means: 'zalo_broadcast', status: 'published', reach: publication.reach, optedOutReached: 12, day: '2026-10-01' }])
    expect(made.totals.sent).toBe(1)
  })

  it('names what was asked most, beside what was asked before, and only the questions a person released', () => {
    const outcomes = [
      outcome({ article: 'x', count: 5 }), outcome({ article: 'y', count: 9 }), outcome({ article: 'x', count: 2, day: '2026-09-25' }), outcome({ status: 'no_source_found', count: 3 }),
      outcome({ status: 'menu', count: 50 }), outcome({ article: 'z', status: 'steps', count: 4 }),
    ]
    const made = report({ asked: askedIn(outcomes, span), released: [{ question: 'Hỏi gì', day: '2026-10-03', releasedBy: 'Lan' }, { question: 'Cũ', day: '2026-01-03', releasedBy: 'Lan' }] })
    expect(made.questions).toEqual({ asked: 17, askedBefore: 2, answered: 14, answeredBefore: 2, top: [{ article: 'y', count: 9, before: 0 }, { article: 'x', count: 5, before: 2 }] })
    expect(made.unanswered).toEqual([{ question: 'Hỏi gì', day: '2026-10-03' }])
  })
})
