import type { AccountKey } from '../../core/contact.ts'
import type { Millis } from '../../core/time.ts'
import type { Load, Outcome, Statistics } from '../ports.ts'
import type { Core } from './core.ts'
import { rowsOf } from './database.ts'

const selectOutcomes = 'select * from outcomes where day between ?1 and ?2'
const selectUnanswered = 'select cast(seq as text) as id, question, status, at from unanswered order by at desc, seq desc limit ?1'
/** Nothing here walks a ledger: totals are kept, and what waits stands in small indexes. */
const selectLoad = `
  select coalesce((select count from counts where name = 'contacts'), 0) as contacts,
    (select coalesce(sum(count), 0) from counts where name in ('0 queued', '1 queued', '2 queued')) as queuedDeliveries,
    (select coalesce(sum(waiting), 0) from mailbox) as waitingEvents,
    (select min(e.received_at) from mailbox m join events e on e.contact_id = m.contact_id and e.status = 'waiting') as waitingSince,
    (select min(due_at) from deliveries where due_at is not null and line_id is null) as queuedSince,
    (select count(*) from events where status = 'dead') as deadEvents,
    (select count(*) from handovers where closed_at is null) as openHandovers`
const selectHeard = 'select account, last_event_at as at from accounts'

interface OutcomeColumns extends Record<'day' | 'entry' | 'flow' | 'step' | 'article' | 'status' | 'helpful', string> { account: AccountKey; handover: number; count: number }

const text = (value: string): string | null => (value === '' ? null : value)
export const outcomeFrom = (row: OutcomeColumns): Outcome & { count: number } => ({
  day: row.day, account: row.account, entry: text(row.entry), flow: text(row.flow), step: text(row.step), article: text(row.article), status: row.status,
  handover: row.handover === 1, helpful: text(row.helpful) as Outcome['helpful'], count: row.count,
})

type LoadColumns = Omit<Load, 'oldestWaiting' | 'oldestQueued' | 'lastEventAt'> & { waitingSince: Millis | null; queuedSince: Millis | null }

/** Totals and the state of the queues. */
export const statistics = ({ database }: Core): Statistics => ({
  readOutcomes: async (from, to) => (await database.rows<OutcomeColumns>(selectOutcomes, from, to)).map(outcomeFrom),
  listUnanswered: (limit) => database.rows(selectUnanswered, limit),
  async load(now) {
    const [[row], heard] = await database.run(rowsOf<LoadColumns>(selectLoad), rowsOf<{ account: AccountKey; at: Millis }>(selectHeard))
    const { waitingSince, queuedSince, ...counted } = row!
    const age = (since: Millis | null): Millis => (since === null ? 0 : Math.max(0, now - since))
    return {
      ...counted, oldestWaiting: age(waitingSince), oldestQueued: age(queuedSince),
      lastEventAt: Object.fromEntries(heard.filter(({ at }) => at > 0).map(({ account, at }) => [account, at])),
    }
  },
})
