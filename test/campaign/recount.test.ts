import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reportOf } from '../../src/campaign/figures.ts'
import { skipReasons, type MeansName, type PublicationRow } from '../../src/core/campaign.ts'
import type { AccountKey, Contact } from '../../src/core/contact.ts'
import { HOUR, vietnamDay, type Millis } from '../../src/core/time.ts'
import { openFileStore } from '../../src/store/file/open.ts'
import { openSqliteStore } from '../../src/store/sqlite/open.ts'
import type { FinishedDelivery, Store } from '../../src/store/ports.ts'
import { aCampaign, aPublication, batch, changeTo, row, settleDelivery } from '../support/campaign-fixtures.ts'
import { anOutcome, finishedAs, handled, LEASE, OA, person, T, withStore, type OpenStore } from '../support/store-fixtures.ts'
import { allRows, recount } from './recount.ts'

/** Weeks of a small province: who wrote, what was planned, sent, published, asked and erased, in any order. */

const PAGE: AccountKey = 'facebook:1029384756'
const accounts: Readonly<Record<'zalo' | 'facebook', { account: AccountKey; means: MeansName; people: Contact[] }>> = {
  zalo: { account: OA, means: 'zalo_consultation', people: [1, 2, 3, 4, 5].map((n) => person(n)) },
  facebook: { account: PAGE, means: 'facebook_message', people: [1, 2, 3].map((n) => person(n, 'facebook', '1029384756')) },
}

const channel = fc.constantFrom('zalo' as const, 'facebook' as const)
/** The last one takes back what the first sent. */
const campaigns = ['dot-a', 'dot-b', 'dot-a-dc-1'] as const
const campaign = fc.constantFrom(...campaigns)
const post = fc.constantFrom<string[]>('bai', 'mai')
const end = fc.constantFrom<FinishedDelivery['end']>(
  { status: 'sent', platformMessageId: 'p' }, { status: 'sent', platformMessageId: 'q' }, { status: 'failed', reason: 'rejected' }, { status: 'failed', reason: '400' },
  { status: 'uncertain', reason: 'no_answer' }, { status: 'skipped', reason: 'opted_out' }, { status: 'skipped', reason: 'quota' },
)
const steps = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('plan' as const), campaign, post, channel, parts: fc.integer({ min: 1, max: 3 }), skips: fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(...skipReasons) }), { minLength: 5, maxLength: 5 }) }) },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('send' as const), channel, most: fc.integer({ min: 1, max: 6 }), ends: fc.array(end, { minLength: 6, maxLength: 6 }) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('settle' as const), campaign, how: fc.constantFrom('send_again' as const, 'leave' as const) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('ask' as const), channel, who: fc.nat(2), article: fc.option(fc.constantFrom('dinh-danh', 'thue', 'y-te')), status: fc.constantFrom('answered', 'clarify', 'no_source_found', 'not_grounded', 'model_unavailable', 'menu', 'steps') }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('wonder' as const), channel, who: fc.nat(2), released: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('try' as const), channel, who: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('forget' as const), channel, who: fc.nat(2) }) },
)
type Step = typeof steps extends fc.Arbitrary<infer Value> ? Value : never
const story = fc.array(fc.record({ later: fc.integer({ min: 0, max: 12 }), step: steps }), { minLength: 8, maxLength: 40 })

const publication = fc.record({
  campaign, post, status: fc.constantFrom<PublicationRow['status']>('planned', 'published', 'failed', 'uncertain', 'skipped', 'edited', 'withdrawn'), due: fc.integer({ min: -100, max: 400 }), up: fc.option(fc.integer({ min: -100, max: 400 })),
  reach: fc.option(fc.record({ value: fc.nat(9_000), source: fc.constantFrom('platform' as const, 'by_hand' as const), who: fc.constantFrom(null, 'Lan'), day: fc.constant('2026-11-25') })), optedOutReached: fc.option(fc.nat(50)),
})

async function take(store: Store, step: Step, now: Millis, nth: number): Promise<void> {
  const { account, means, people } = 'channel' in step ? accounts[step.channel] : accounts.zalo
  const who = people['who' in step ? step.who : 0]!
  switch (step.does) {
    case 'plan': {
      const parts = Array.from({ length: step.parts }, (_, n) => ({ text: `phần ${n}` }))
      const rows = people.map((contact, n) => row(store.keyOf(contact), { parts, dueAt: now, skip: step.skips[n] ?? null }))
      await store.planBatch(batch(step.campaign, step.post, rows, { account, means, now, upTo: 'z' }))
      return
    }
    case 'send': {
      const claimed = await store.claimCampaignDeliveries(account, step.most, now, LEASE)
      await store.finishDeliveries(claimed.map((delivery, n) => finishedAs(delivery, step.ends[n]!)), now)
      return
    }
    case 'settle': {
      const [unknown] = await store.listUncertain(step.campaign, 1)
      if (unknown !== undefined) await settleDelivery(store, unknown.id, step.how, now)
      return
    }
    case 'ask':
      await handled(store, who, nth, () => [], { outcome: anOutcome({ day: vietnamDay(now), account, article: step.article, status: step.status }) }, now)
      return
    case 'wonder': {
      await handled(store, who, nth, () => [], { unanswered: { question: `câu ${nth}`, status: 'no_source_found' } }, now)
      const asked = (await store.listUnanswered(100)).find(({ question }) => question === `câu ${nth}`)
      if (step.released) expect(await store.releaseUnanswered(asked!.id, 'Lan', now)).toBe(true)
      return
    }
    case 'try':
      await store.queueTrial({ contactKey: store.keyOf(who), account, ids: [`trial:dot-a/bai:${store.keyOf(who)}:${now}#1`], parts: [{ text: 'thử' }] }, now)
      return
    case 'forget':
      await store.forgetContact(store.keyOf(who), now)
  }
}

async function sendAllThatIsLeft(store: Store, now: Millis): Promise<void> {
  for (const { account } of Object.values(accounts)) {
    for (;;) {
      const claimed = await store.claimCampaignDeliveries(account, 50, now, LEASE)
      if (claimed.length === 0) break
      await store.finishDeliveries(claimed.map((delivery, n) => finishedAs(delivery, n % 2 === 0 ? { status: 'sent', platformMessageId: 'p' } : { status: 'failed', reason: 'rejected' })), now)
    }
  }
}

function recounts(name: string, open: OpenStore): void {
  it(`every figure of a report is what the rows say, counted one by one: ${name}`, withStore(open, async (bench) => {
    let told = 0
    await fc.assert(fc.asyncProperty(story, fc.array(publication, { maxLength: 5 }), fc.integer({ min: -2, max: 9 }), fc.integer({ min: 0, max: 14 }), fc.boolean(), async (taken, published, from, length, waiting) => {
      await bench.startOver()
      const { store } = bench
      for (const { people } of Object.values(accounts)) for (const contact of people) await handled(store, contact, 'đầu', () => [], {}, T)
      for (const id of campaigns) {
        const rows = published.filter((one) => one.campaign === id).map(({ due, up, campaign: _, ...one }) =>
          aPublication(id, one.post, { ...one, dueAt: T + due * HOUR, publishedAt: up === null ? null : T + up * HOUR }))
        const followUp = id === 'dot-a-dc-1' ? { campaign: 'dot-a', posts: {} } : undefined
        expect(await store.saveCampaign(await changeTo(store, aCampaign(id, 'running', { content: { ...followUp && { followUp } } }), rows))).toBe('saved')
      }
      let now = T
      for (const [nth, { later, step }] of taken.entries()) {
        now += later * HOUR + 1
        await take(store, step, now, nth)
      }
      await sendAllThatIsLeft(store, now)
      // A dump says when a row was queued first, and the ledger when it was queued last: only what nobody has touched can be counted.
      if (waiting) await take(store, { does: 'plan', campaign: 'dot-a', post: 'cuoi', channel: 'zalo', parts: 2, skips: [null, 'blocked', null, null, null] }, now, 0)
      const period = { from: vietnamDay(T + from * 24 * HOUR), to: vietnamDay(T + (from + length) * 24 * HOUR) }
      const report = await reportOf({ preset: 'ad_hoc', period }, store, '2100-01-01')
      expect(report).toEqual(recount(await allRows(store), period))
      told += report.totals.sent + report.totalsBefore.sent
    }), { numRuns: 25, seed: 10_10 })
    // Empty reports would agree too.
    expect(told).toBeGreaterThan(50)
  }))
}

describe('an independent recount', () => {
  recounts('sqlite', (folder, options) => openSqliteStore(join(folder, 'camnang.db'), 'normal', options))
  recounts('file', openFileStore)
})
