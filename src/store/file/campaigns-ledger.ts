import type { LedgerCount, MeansName } from '../../core/campaign.ts'
import type { AccountKey } from '../../core/contact.ts'
import type { DeliveryStatus } from '../../core/delivery.ts'
import { vietnamDay, type Millis } from '../../core/time.ts'
import type { AnonymousDocument } from './erasure.ts'
import { Unit, type State } from './unit.ts'

/** One planned delivery, whose contact may be gone. */
export interface LedgerEntry {
  id: string
  /** Empty once the contact is erased. */
  contactKey: string
  account: AccountKey
  campaign: string
  post: string
  means: MeansName
  n: number
  status: DeliveryStatus
  reason: string | null
  /** Since when it has its status. */
  at: Millis
  dueAt: Millis | null
  settled: boolean
  seq: number
}

/** All planned deliveries: of known contacts from memory, of erased ones from what is kept of them. */
export function* ledgerOf(state: State): Generator<LedgerEntry> {
  for (const [contactKey, { account, planned }] of state.index.entries()) for (const row of planned) yield { ...row, contactKey, account }
  const unit = new Unit(state)
  for (const name of state.documents.names('anonymous')) {
    for (const { id, account, planned, status, reason, finishedAt, queuedAt } of unit.read<AnonymousDocument>(name)?.deliveries ?? []) {
      if (planned !== undefined) yield { id, contactKey: '', account: account as AccountKey, ...planned, status, reason, at: finishedAt ?? queuedAt, dueAt: null, seq: 0 }
    }
  }
}

/** Counted by post, account, day, status and reason, in this order. */
export function ledgerCounts(entries: Iterable<LedgerEntry>): LedgerCount[] {
  const counts = new Map<string, LedgerCount>()
  for (const { campaign, post, account, means, at, status, reason, n } of entries) {
    const day = vietnamDay(at)
    const name = [campaign, post, account, day, status, reason ?? ''].join('\n')
    const known = counts.get(name) ?? { campaign, post, account, means, day, status, reason, count: 0, people: 0 }
    counts.set(name, { ...known, count: known.count + 1, people: known.people + (n === 1 ? 1 : 0) })
  }
  return [...counts.values()].sort(inOrder((row) => [row.campaign, row.post, row.account, row.day, row.status, row.reason ?? '']))
}

/** Compares by these fields, one after the other. */
export const inOrder = <T>(fieldsOf: (row: T) => readonly string[]) => (a: T, b: T): number => {
  const [left, right] = [fieldsOf(a), fieldsOf(b)]
  const at = left.findIndex((field, index) => field !== right[index])
  return at < 0 ? 0 : left[at]! < right[at]! ? -1 : 1
}

/** A send that counts as one that reached somebody, or may have. */
export const hasGone = (status: DeliveryStatus): boolean => status === 'sent' || status === 'sending' || status === 'uncertain'
