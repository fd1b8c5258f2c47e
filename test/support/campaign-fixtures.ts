import { expect } from 'vitest'
import { chained, chainStart } from '../../src/campaign/audit.ts'
import { campaignDeliveryId, publicationId, type CampaignRecord, type CampaignStatus, type LedgerCount, type PublicationRow, type SkipReason } from '../../src/core/campaign.ts'
import type { AccountKey, Contact } from '../../src/core/contact.ts'
import type { Millis } from '../../src/core/time.ts'
import { vietnamDay } from '../../src/core/time.ts'
import type { ClaimedCampaignDelivery, PlannedBatch, PlannedRow, Settlement } from '../../src/store/campaign-ports.ts'
import type { Store } from '../../src/store/ports.ts'
import { handled, OA, T } from './store-fixtures.ts'

/** Campaigns in a store, as tests of stores need them. */

export const aCampaign = (id: string, status: CampaignStatus = 'draft', more: Partial<CampaignRecord> = {}): CampaignRecord => ({
  id, status, version: 1, content: { name: 'Tuần lễ 10/10', posts: [{ id: 'mo-dau' }] }, author: 'Lan', lastEditor: 'Lan', approval: null, correction: null, reason: null, changedAt: T, ...more,
})

export const aPublication = (campaign: string, post: string, more: Partial<PublicationRow> = {}): PublicationRow => ({
  id: publicationId(campaign, post, OA), campaign, post, account: OA, means: 'zalo_broadcast', status: 'planned', platformIds: {}, dueAt: T, publishedAt: null, reason: null, reach: null,
  optedOutReached: null, ...more,
})

/** What `saveCampaign` takes for this step, with its line in the log. */
export async function changeTo(store: Store, record: CampaignRecord, publications: readonly PublicationRow[] = [], now: Millis = T) {
  const before = await store.loadCampaign(record.id)
  const line = chained(await store.auditHead() ?? chainStart, {
    at: now, who: 'Lan', via: 'cli', why: 'thử', action: 'edit', campaign: record.id, before: before?.status ?? null, after: record.status, approval: null,
  })
  return { record, expectedVersion: before?.version ?? 0, line, publications }
}

/** Saves a campaign in this status, whatever it was before. */
export async function put(store: Store, id: string, status: CampaignStatus, publications: readonly PublicationRow[] = [], now: Millis = T): Promise<void> {
  expect(await store.saveCampaign(await changeTo(store, aCampaign(id, status, { changedAt: now }), publications, now))).toBe('saved')
}

/** What a person decides, with its line in the log; false where the store refuses. `reopened`: the campaign runs again with it. */
export async function settle(store: Store, settlement: Settlement, now: Millis, reopened = false): Promise<boolean> {
  const campaign = settlement.id.slice(0, Math.max(0, settlement.id.indexOf('/')))
  const record = await store.loadCampaign(campaign)
  const status = record?.status ?? 'draft'
  const line = chained(await store.auditHead() ?? chainStart, {
    at: now, who: 'Lan', via: 'cli', why: '', action: 'settle', campaign, before: status, after: reopened ? 'running' : status, approval: null,
  })
  const done = await store.settle(settlement, { line, expectedVersion: record?.version ?? 0, reopened: reopened ? { ...record!, status: 'running' } : null }, now)
  expect(done).not.toBe('stale')
  return done === 'settled'
}
export const settleDelivery = (store: Store, id: string, how: 'send_again' | 'leave', now: Millis): Promise<boolean> => settle(store, { kind: 'delivery', id, how }, now)
export const settlePublication = (store: Store, id: string, how: 'published' | 'not_published' | 'publish_again', now: Millis): Promise<boolean> => settle(store, { kind: 'publication', id, how }, now)

/** A contact that wrote once, and its key. */
export async function known(store: Store, contact: Contact, now: Millis = T, more: Parameters<typeof handled>[4] = {}): Promise<string> {
  await handled(store, contact, `k${now}`, () => [], more, now)
  return store.keyOf(contact)
}

export const row = (contactKey: string, more: Partial<PlannedRow> = {}): PlannedRow =>
  ({ contactKey, parts: [{ text: 'Mời bà con' }], dueAt: T, skip: null as SkipReason | null, ...more })

export const batch = (campaign: string, post: string, rows: readonly PlannedRow[], more: Partial<PlannedBatch> = {}): PlannedBatch => ({
  campaign, post, account: OA, means: 'zalo_consultation', after: null, upTo: rows.at(-1)?.contactKey ?? 'z', done: true, rows: rows.toSorted((a, b) => (a.contactKey < b.contactKey ? -1 : 1)), now: T, ...more,
})

export const twoParts = [{ text: 'phần một' }, { text: 'phần hai' }]
export const idOf = (campaign: string, post: string, key: string, n = 1): string => campaignDeliveryId(campaign, post, key, n)

/** The ledger as it must be, counted row by row in a dump. */
export async function recount(store: Store, now: Millis): Promise<LedgerCount[]> {
  const counts = new Map<string, LedgerCount>()
  for await (const { table, row: delivery } of store.dumpRows({ withSecrets: false })) {
    if (table !== 'delivery' || delivery.planned === undefined) continue
    const { campaign, post, means, n } = delivery.planned as { campaign: string; post: string; means: LedgerCount['means']; n: number }
    const status = delivery.status as LedgerCount['status']
    const day = vietnamDay(Number(delivery.finishedAt ?? now))
    const count: LedgerCount = { campaign, post, account: delivery.account as AccountKey, means, day, status, reason: delivery.reason as string | null, count: 0, people: 0 }
    const name = JSON.stringify(count)
    const sum = counts.get(name) ?? count
    counts.set(name, { ...sum, count: sum.count + 1, people: sum.people + (n === 1 ? 1 : 0) })
  }
  return inOrder([...counts.values()])
}

/** Queued and sending together, as a dump tells them, in one order. */
export function asDumped(ledger: readonly LedgerCount[]): LedgerCount[] {
  const counts = new Map<string, LedgerCount>()
  for (const { count, people, ...rest } of ledger) {
    const of = { ...rest, status: rest.status === 'sending' ? 'queued' as const : rest.status }
    const name = JSON.stringify(of)
    const sum = counts.get(name) ?? { ...of, count: 0, people: 0 }
    counts.set(name, { ...sum, count: sum.count + count, people: sum.people + people })
  }
  return inOrder([...counts.values()])
}

const inOrder = (ledger: readonly LedgerCount[]): LedgerCount[] => ledger.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))

export const ids = (claimed: readonly ClaimedCampaignDelivery[]): string[] => claimed.map(({ id }) => id)
