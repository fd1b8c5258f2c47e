import { DAY, type Millis } from '../../core/time.ts'
import type { RetentionTerms, Upkeep } from '../ports.ts'
import type { Core } from './core.ts'
import { rowsOf, together } from './database.ts'

const selectNextDue = `
  select min(at) as at from (
    select min(due_at) as at from mailbox union all select min(due_at) from deliveries where due_at is not null and line_id is null)`
const selectDead = `
  select e.id, coalesce(c.contact_key, '') as contactKey, e.kind, e.cause, e.settled_at as at
  from events e left join contacts c on c.id = e.contact_id where e.status = 'dead' order by e.settled_at limit ?1`
const revive = `
  update events set status = 'waiting', cause = null, settled_at = null, attempts = 0, recorded_at = ?2
  where id = ?1 and status = 'dead' and body is not null and contact_id is not null returning id`

/** Each takes at most `?2` of what is older than `?1` and tells a row for each. What goes with a row the triggers say. */
const sweeps: Readonly<Record<keyof RetentionTerms, string>> = {
  eventText: `
    update events set body = null where seq in (select seq from events where received_at < ?1 and body is not null and settled_at is not null limit ?2) returning seq`,
  replyText: `
    update deliveries set part = null where seq in (select seq from deliveries where finished_at < ?1 and part is not null limit ?2) returning seq`,
  idleContact: `
    delete from contacts where id in (
      select id from contacts where last_event_day <= ?3 and last_event_at < ?1 and not exists (select 1 from mailbox where contact_id = contacts.id)
        and not exists (select 1 from deliveries where contact_id = contacts.id and finished_at is null and queued_at >= ?1) limit ?2) returning id`,
  campaignKey: `
    update deliveries set id = replace(id, (select contact_key from contacts where contacts.id = contact_id), 'old-' || seq), contact_id = null
    where seq in (select seq from deliveries where origin = 2 and contact_id is not null and finished_at < ?1 limit ?2) returning seq`,
  dedupeKey: `
    delete from events where seq in (
      select seq from (
        select seq from events where received_at < ?1 and body is null
        union all select seq from events where received_at < ?1 and body is not null and settled_at is not null) limit ?2) returning seq`,
  unanswered: 'delete from unanswered where seq in (select seq from unanswered where at < ?1 limit ?2) returning seq',
  // From the first on and without gaps, whatever the clock showed at each; the last stays, because the next must name its hash.
  audit: `
    delete from audit_lines where seq in (select seq from audit_lines where seq < (
      select min(seq) from audit_lines where at >= ?1 or seq = (select max(seq) from audit_lines)) order by seq limit ?2) returning seq`,
}

/** What must be done from time to time, and what says when. */
export const upkeep = ({ database }: Core): Omit<Upkeep, 'dumpRows' | 'loadRows'> => ({
  nextDueAt: async () => (await database.rows<{ at: Millis | null }>(selectNextDue))[0]!.at,
  deadEvents: (limit) => database.rows(selectDead, limit),
  reviveEvent: async (id, now) => (await database.rows(revive, id, now)).length === 1,
  async sweep(terms, now, limit) {
    const names = Object.keys(sweeps) as (keyof RetentionTerms)[]
    const [taken] = await database.run(together(names.map((name) => {
      const before = now - terms[name]
      return name === 'idleContact' ? rowsOf(sweeps[name], before, limit, Math.floor(before / DAY)) : rowsOf(sweeps[name], before, limit)
    })))
    const removed = Object.fromEntries(names.map((name, n) => [name, taken[n]!.length])) as Record<keyof RetentionTerms, number>
    return { removed, more: names.some((name) => removed[name] === limit) }
  },
})
