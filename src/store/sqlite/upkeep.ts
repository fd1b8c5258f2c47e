import { DAY, type Millis } from '../../core/time.ts'
import { origins } from '../origins.ts'
import type { RetentionTerms, Upkeep } from '../ports.ts'
import { read, type Core } from './core.ts'
import { openEraser } from './eraser.ts'

/** What must be done from time to time, and what says when. */
export function upkeep(core: Core): Omit<Upkeep, 'dumpRows' | 'loadRows'> {
  const { db, writer, accounts } = core
  const firstTurn = db.prepare('select min(due_at) as at from mailbox')
  const firstDelivery = origins.map((_, origin) => db.prepare(`select min(due_at) as at from deliveries where account_id = ? and origin = ${origin} and line_id is null and due_at is not null`))
  const selectDead = db.prepare(`
    select e.id, coalesce(c.contact_key, '') as contactKey, e.kind, e.cause, e.settled_at as at
    from events e left join contacts c on c.id = e.contact_id where e.status = 'dead' order by e.settled_at limit ?`)
  const revive = db.prepare(`
    update events set status = 'waiting', cause = null, settled_at = null, attempts = 0
    where id = ? and status = 'dead' and body is not null and contact_id is not null returning contact_id`)
  const waitAgain = db.prepare(`
    insert into mailbox (contact_id, waiting, due_at, noted_at, event_at) values (?2, 1, ?1, ?1, 0)
    on conflict (contact_id) do update set waiting = waiting + 1`)
  const sweeps = openSweeps(core)

  return {
    nextDueAt: () => read(() => {
      const times = [firstTurn.get(), ...accounts.all().flatMap(({ id }) => firstDelivery.map((first) => first.get(id)))]
        .map((row) => row?.at).filter((at) => typeof at === 'number')
      return times.length === 0 ? null : Math.min(...times)
    }),
    sweep: (terms, now, limit) => writer.run(() => {
      const names = Object.keys(sweeps) as (keyof RetentionTerms)[]
      const removed = Object.fromEntries(names.map((name) => [name, sweeps[name](now - terms[name], now, limit)])) as Record<keyof RetentionTerms, number>
      return { removed, more: names.some((name) => removed[name] === limit) }
    }),
    deadEvents: (limit) => read(() => selectDead.all(limit) as unknown as Awaited<ReturnType<Upkeep['deadEvents']>>),
    reviveEvent: (id, now) => writer.run(() => {
      const event = revive.get(id)
      if (event === undefined) return false
      waitAgain.run(now, Number(event.contact_id))
      return true
    }),
  }
}

/** Each removes at most `limit` of what is older than `before` and says how many. Runs inside a transaction. */
type Sweep = (before: Millis, now: Millis, limit: number) => number

function openSweeps(core: Core): Record<keyof RetentionTerms, Sweep> {
  const { db, counts } = core
  const eraser = openEraser(core)
  const dropWords = db.prepare(`
    update events set body = null where seq in (
      select seq from events where received_at < ? and body is not null and settled_at is not null limit ?)`)
  const dropEvents = ['body is null', 'body is not null and settled_at is not null'].map((which) => db.prepare(`
    delete from events where seq in (select seq from events where received_at < ? and ${which} limit ?)`))
  const selectReplies = db.prepare(`
    select seq, origin, status from deliveries where finished_at < ? and part is not null limit ?`)
  const dropReply = db.prepare('delete from deliveries where seq = ?')
  const dropPart = db.prepare('update deliveries set part = null where seq = ?')
  const selectIdle = db.prepare(`
    select id from contacts where last_event_day <= ?1 and last_event_at < ?2 and not exists (select 1 from mailbox where contact_id = contacts.id)
      and not exists (select 1 from deliveries where contact_id = contacts.id and finished_at is null and queued_at >= ?2) limit ?3`)
  const dropCampaignKey = db.prepare(`
    update deliveries set id = replace(id, (select contact_key from contacts where contacts.id = contact_id), 'old-' || seq), contact_id = null
    where seq in (select seq from deliveries where origin = 2 and contact_id is not null and finished_at < ? limit ?)`)
  const dropUnanswered = db.prepare('delete from unanswered where seq in (select seq from unanswered where at < ? limit ?)')

  // From the first on and without gaps, whatever the clock showed at each; the last stays, because the next must name its hash.
  const dropAudit = db.prepare(`
    delete from audit_lines where seq in (select seq from audit_lines where seq < (
      select min(seq) from audit_lines where at >= ?1 or seq = (select max(seq) from audit_lines)) order by seq limit ?2)`)

  return {
    eventText: (before, _now, limit) => Number(dropWords.run(before, limit).changes),
    // A reply's row says nothing without its words; a campaign's stands for the report.
    replyText(before, _now, limit) {
      const rows = selectReplies.all(before, limit)
      for (const { seq, origin, status } of rows) {
        if (origin === 2) dropPart.run(Number(seq))
        else {
          dropReply.run(Number(seq))
          counts.moved(Number(origin), status as never, null)
        }
      }
      return rows.length
    },
    idleContact(before, now, limit) {
      const idle = selectIdle.all(Math.floor(before / DAY), before, limit)
      for (const { id } of idle) eraser.forget(Number(id), now)
      return idle.length
    },
    campaignKey: (before, _now, limit) => Number(dropCampaignKey.run(before, limit).changes),
    dedupeKey: (before, _now, limit) => dropEvents.reduce((removed, drop) => removed + Number(drop.run(before, limit - removed).changes), 0),
    unanswered: (before, _now, limit) => Number(dropUnanswered.run(before, limit).changes),
    audit: (before, _now, limit) => Number(dropAudit.run(before, limit).changes),
  }
}
