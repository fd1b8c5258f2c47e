import type { AccountKey } from '../../core/contact.ts'
import type { Millis } from '../../core/time.ts'
import { origins } from '../origins.ts'
import type { Deliveries, Load, Outcome, Statistics } from '../ports.ts'
import type { Core } from './core.ts'
import type { Database } from './database.ts'
import { contactCount, readDeliveryCount } from './totals.ts'

type OutcomeColumns = Record<'day' | 'account' | 'entry' | 'flow' | 'step' | 'article' | 'status' | 'helpful', string> & { handover: boolean; count: number }

export const sumOutcomes = (where: string): string => `
  select day, account, entry, flow, step, article, status, handover, helpful, sum(count)::bigint as count from outcomes ${where}
  group by day, account, entry, flow, step, article, status, handover, helpful order by day, account, entry, flow, step, article, status, handover, helpful`
const orNull = (value: string): string | null => (value === '' ? null : value)
export const outcomeFrom = (row: OutcomeColumns): Outcome & { count: number } => ({
  day: row.day, account: row.account as AccountKey, entry: orNull(row.entry), flow: orNull(row.flow), step: orNull(row.step), article: orNull(row.article),
  status: row.status, handover: row.handover, helpful: orNull(row.helpful) as Outcome['helpful'], count: row.count,
})

const selectOutcomes = sumOutcomes('where day between $1 and $2')
const selectUnanswered = 'select seq::text as id, question, status, at from unanswered order by at desc, seq desc limit $1'
const sumCounts = 'select name, sum(count)::bigint as count from counts group by name having sum(count) <> 0 order by name'
/** The first due of each account and origin: one step into the index for each. */
export const firstDue = `
  select min(first.due_at) as at from accounts a cross join (values (0), (1), (2)) o(origin) cross join lateral (
    select due_at from deliveries where account_id = a.id and origin = o.origin and line_id is null and due_at is not null order by due_at limit 1) first`
const selectLoad = `
  select (select coalesce(sum(waiting), 0)::bigint from mailbox) as "waitingEvents",
    (select min(e.received_at) from mailbox m join events e on e.contact_id = m.contact_id and e.status = 'waiting') as "firstWaiting",
    (${firstDue}) as "firstQueued",
    (select count(*) from events where status = 'dead') as "deadEvents",
    (select count(*) from handovers where closed_at is null) as "openHandovers"`
const selectHeard = 'select a.account, max(h.at) as at from accounts_heard h join accounts a on a.id = h.account_id group by a.id order by a.id'

type LoadColumns = Pick<Load, 'waitingEvents' | 'deadEvents' | 'openHandovers'> & { firstWaiting: Millis | null; firstQueued: Millis | null }

async function counted(database: Database): Promise<{ name: string; count: number }[]> {
  return database.rows(sumCounts)
}

export async function countedDeliveries(database: Database): ReturnType<Deliveries['countDeliveries']> {
  return (await counted(database)).flatMap(({ name, count }) => {
    const of = readDeliveryCount(name)
    return of === null ? [] : [{ origin: origins[of.origin]!, status: of.status, count }]
  })
}

/** Totals and the state of the queues. Nothing here walks a whole ledger. */
export function statistics({ database }: Core): Statistics {
  const age = (at: Millis | null, now: Millis): Millis => (at === null ? 0 : Math.max(0, now - at))
  return {
    readOutcomes: async (from, to) => (await database.rows<OutcomeColumns>(selectOutcomes, [from, to])).map(outcomeFrom),
    listUnanswered: (limit) => database.rows(selectUnanswered, [limit]),
    async load(now) {
      const [counts, [row], heard] = await Promise.all([
        counted(database), database.rows<LoadColumns>(selectLoad), database.rows<{ account: AccountKey; at: Millis }>(selectHeard),
      ])
      const { firstWaiting, firstQueued, ...totals } = row!
      const queued = counts.filter(({ name }) => readDeliveryCount(name)?.status === 'queued').reduce((sum, { count }) => sum + count, 0)
      return {
        ...totals, contacts: counts.find(({ name }) => name === contactCount)?.count ?? 0, queuedDeliveries: queued,
        oldestWaiting: age(firstWaiting, now), oldestQueued: age(firstQueued, now), lastEventAt: Object.fromEntries(heard.map(({ account, at }) => [account, at])),
      }
    },
  }
}
