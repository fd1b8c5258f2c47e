import type { DeliveryStatus } from '../../core/delivery.ts'
import type { Millis } from '../../core/time.ts'
import type { Outcome } from '../ports.ts'
import { columnsOf } from './columns.ts'
import type { Transaction } from './database.ts'

/** What many elements of one transaction add to, written once at its end, into rows that only this process writes. */
export interface Totals {
  /** Whose rows are written: this process's own. */
  readonly shard: number
  /** A delivery passed from one status to another; null: it is new, or gone. */
  moved(origin: number, from: DeliveryStatus | null, to: DeliveryStatus | null, count?: number): void
  contacts(by: number): void
  outcome(outcome: Outcome, count?: number): void
  /** An account told us something. */
  heard(accountId: number, now: Millis): void
  write(transaction: Transaction): void
}

/** The name of a count of deliveries. */
const deliveryCount = (origin: number, status: DeliveryStatus): string => `delivery/${origin}/${status}`
export const contactCount = 'contact'

/** The way back from a count's name; null when it counts something else. */
export function readDeliveryCount(name: string): { origin: number; status: DeliveryStatus } | null {
  const [what, origin, status] = name.split('/')
  return what === 'delivery' ? { origin: Number(origin), status: status as DeliveryStatus } : null
}

const addCounts = `
  insert into counts (name, shard, count) select name, $1, by from unnest($2::text[], $3::bigint[]) u(name, by)
  on conflict (name, shard) do update set count = counts.count + excluded.count`
const addOutcomes = `
  insert into outcomes (day, account, entry, flow, step, article, status, handover, helpful, shard, count)
  select day, account, entry, flow, step, article, status, handover, helpful, $1, by
  from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::boolean[], $10::text[], $11::bigint[])
    u(day, account, entry, flow, step, article, status, handover, helpful, by)
  on conflict (day, account, entry, flow, step, article, status, handover, helpful, shard) do update set count = outcomes.count + excluded.count`
const noteHeard = `
  insert into accounts_heard (account_id, shard, at) select id, $1, at from unnest($2::integer[], $3::bigint[]) u(id, at)
  on conflict (account_id, shard) do update set at = greatest(accounts_heard.at, excluded.at)`

interface CountedOutcome { outcome: Outcome; count: number }

/** Nothing counted yet. Rows are written in a fixed order, so that two who share a shard never wait for each other in a circle. */
export function openTotals(shard: number): Totals {
  const counts = new Map<string, number>()
  const outcomes = new Map<string, CountedOutcome>()
  const lastHeard = new Map<number, Millis>()
  const add = (name: string, by: number): void => void counts.set(name, (counts.get(name) ?? 0) + by)

  return {
    shard,
    moved(origin, from, to, count = 1) {
      if (count === 0) return
      if (from !== null) add(deliveryCount(origin, from), -count)
      if (to !== null) add(deliveryCount(origin, to), count)
    },
    contacts: (by) => add(contactCount, by),
    outcome(outcome, count = 1) {
      const key = outcomeKey(outcome).join('\n')
      const counted = outcomes.get(key)
      if (counted === undefined) outcomes.set(key, { outcome, count })
      else counted.count += count
    },
    heard: (accountId, now) => void lastHeard.set(accountId, Math.max(lastHeard.get(accountId) ?? 0, now)),
    write(transaction) {
      if (lastHeard.size > 0) {
        const heard = [...lastHeard].toSorted(([a], [b]) => a - b)
        transaction.send(noteHeard, [shard, ...columnsOf(heard, ([id]) => id, ([, at]) => at)])
      }
      const changed = [...counts].filter(([, by]) => by !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1))
      if (changed.length > 0) transaction.send(addCounts, [shard, ...columnsOf(changed, ([name]) => name, ([, by]) => by)])
      if (outcomes.size > 0) {
        const sorted = [...outcomes].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, counted]) => ({ key: outcomeKey(counted.outcome), count: counted.count }))
        const keys = Array.from({ length: 9 }, (_, n) => sorted.map(({ key }) => key[n]))
        transaction.send(addOutcomes, [shard, ...keys, sorted.map(({ count }) => count)])
      }
    },
  }
}

/** The columns of the key, null as ''. */
const outcomeKey = (outcome: Outcome): (string | boolean)[] => [
  outcome.day, outcome.account, outcome.entry ?? '', outcome.flow ?? '', outcome.step ?? '', outcome.article ?? '', outcome.status, outcome.handover, outcome.helpful ?? '',
]
