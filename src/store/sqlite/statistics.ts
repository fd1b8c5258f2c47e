import type { AccountKey } from '../../core/contact.ts'
import type { Millis } from '../../core/time.ts'
import { origins } from '../origins.ts'
import type { Outcome, Statistics } from '../ports.ts'
import { read, type Core } from './core.ts'
import { hotQuery } from './hot.ts'

/** Empty text stands for what is absent. */
type OutcomeColumns = [day: string, account: string, entry: string, flow: string, step: string, article: string, status: string, handover: number, helpful: string, count: number]
const text = (value: string): string | null => (value === '' ? null : value)

/** Totals and the state of the queues. Nothing here walks a whole ledger. */
export function statistics({ db, accounts, counts }: Core): Statistics {
  const selectOutcomes = hotQuery<OutcomeColumns, Outcome & { count: number }>(db, `
    select day, account, entry, flow, step, article, status, handover, helpful, count from outcomes where day between ? and ?`,
    (day, account, entry, flow, step, article, status, handover, helpful, count) => ({
      day, account: account as AccountKey, entry: text(entry), flow: text(flow), step: text(step), article: text(article), status, handover: handover === 1, helpful: text(helpful) as Outcome['helpful'], count,
    }))
  const selectUnanswered = db.prepare('select seq, question, status, at from unanswered order by at desc, seq desc limit ?')
  const countContacts = db.prepare('select count(*) as n from contacts')
  const sumWaiting = db.prepare('select coalesce(sum(waiting), 0) as n from mailbox')
  const oldestWaiting = db.prepare(`
    select min(e.received_at) as at from mailbox m join events e on e.contact_id = m.contact_id and e.status = 'waiting'`)
  const countDead = db.prepare(`select count(*) as n from events where status = 'dead'`)
  const countHandovers = db.prepare('select count(*) as n from handovers where closed_at is null')
  const firstDue = origins.map((_, origin) => db.prepare(`select min(due_at) as at from deliveries where account_id = ? and origin = ${origin} and line_id is null and due_at is not null`))

  const number = (row: Record<string, unknown> | undefined): number => Number(row?.n)
  const age = (at: unknown, now: Millis): Millis => (at === null || at === undefined ? 0 : Math.max(0, now - Number(at)))

  /** How long the one that is longest due has been so: what is postponed to a later time is not late. */
  function oldestQueued(now: Millis): Millis {
    const ages = accounts.all().flatMap(({ id }) => firstDue.map((first) => age(first.get(id)?.at, now)))
    return Math.max(0, ...ages)
  }

  return {
    readOutcomes: (from, to) => read(() => selectOutcomes.all(from, to)),
    listUnanswered: (limit) => read(() => selectUnanswered.all(limit).map((row) =>
      ({ id: String(row.seq), question: String(row.question), status: String(row.status), at: Number(row.at) }))),
    load: (now) => read(() => ({
      contacts: number(countContacts.get()),
      waitingEvents: number(sumWaiting.get()),
      oldestWaiting: age(oldestWaiting.get()?.at, now),
      queuedDeliveries: counts.all().reduce((sum, row) => sum + (row.status === 'queued' ? row.count : 0), 0),
      oldestQueued: oldestQueued(now),
      deadEvents: number(countDead.get()),
      openHandovers: number(countHandovers.get()),
      lastEventAt: Object.fromEntries(accounts.all().filter((row) => row.lastEventAt > 0).map((row) => [row.account, row.lastEventAt])),
    })),
  }
}
