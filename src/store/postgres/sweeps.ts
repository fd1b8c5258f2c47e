import type { DeliveryStatus } from '../../core/delivery.ts'
import { DAY, type Millis } from '../../core/time.ts'
import { CAMPAIGN } from '../origins.ts'
import type { RetentionTerms, Upkeep } from '../ports.ts'
import type { Core } from './core.ts'
import { forget } from './eraser.ts'
import { inUnit, type Unit } from './unit.ts'

/** What one batch came to. `full`: it took as many rows as it may, so there are more of them. */
interface Batch { removed: number; full: boolean }
/** Each removes at most `limit` of what is older than `before`. What others hold at this moment is left for the next time. */
type Sweep = (core: Core, before: Millis, now: Millis, limit: number) => Promise<Batch>

const taking = 'order by received_at limit $2 for update skip locked'
const dropWords = `
  update events set body = null where seq in (
    select seq from events where received_at < $1 and body is not null and settled_at is not null ${taking}) returning 1`
const dropEvents = ['body is null', 'body is not null and settled_at is not null'].map((which) => `
  delete from events where seq in (select seq from events where received_at < $1 and ${which} ${taking}) returning 1`)
const selectReplies = `
  select seq, origin, status from deliveries where finished_at < $1 and part is not null order by finished_at limit $2 for update skip locked`
const dropReplies = 'delete from deliveries where seq = any($1::bigint[])'
const dropParts = 'update deliveries set part = null where seq = any($1::bigint[])'
/** Asked person by person: as `exists` among columns it would be answered from a list of everybody for whom something waits. */
const isIdle = `
  (select 1 from mailbox where contact_id = c.id) is null and (select 1 from deliveries where contact_id = c.id and finished_at is null and queued_at >= $2 limit 1) is null`
/**
 * `last_event_day` is not kept up with every message: that would write a contact into all its indexes anew. It says from when on
 * somebody must look whether the contact is idle, and this does: who was heard of since is looked at again a term later, for
 * whom something is waiting tomorrow.
 */
const lookAtIdle = `
  with looked as (
    select c.id, c.last_event_at, c.last_event_at < $2 and ${isIdle} as idle from contacts c
    where c.last_event_day <= $1 and (c.last_event_day < $1 or c.last_event_at < $2) order by c.last_event_day limit $3 for no key update skip locked
  ), later as (
    update contacts c set last_event_day = case when l.last_event_at < $2 then $1 + 1 else l.last_event_at / ${DAY} end from looked l where l.id = c.id and not l.idle
  ) select id, idle from looked`
const lockThese = 'select id from contacts where id = any($1::bigint[]) order by id for update skip locked'
/** Once more under the lock: somebody may have written between the look and the lock. */
const selectStillIdle = `select c.id from contacts c where c.id = any($1::bigint[]) and c.last_event_at < $2 and ${isIdle} order by c.id`
const dropCampaignKeys = `
  update deliveries d set id = replace(d.id, c.contact_key, 'old-' || d.seq), contact_id = null
  from contacts c where c.id = d.contact_id and d.seq in (
    select seq from deliveries where origin = ${CAMPAIGN} and contact_id is not null and finished_at < $1 order by finished_at limit $2 for update skip locked) returning 1`
const dropUnanswered = 'delete from unanswered where seq in (select seq from unanswered where at < $1 order by at limit $2 for update skip locked) returning 1'
/** From the first on and without gaps, whatever the clock showed at each; the last stays, because the next must name its hash. */
const dropAudit = `
  delete from audit_lines where seq in (select seq from audit_lines where seq < (
    select min(seq) from audit_lines where at >= $1 or seq = (select max(seq) from audit_lines)) order by seq limit $2) returning 1`

/** In one transaction beside the group commit, which takes as long as it needs. */
const patiently = <R>(core: Core, body: (unit: Unit) => Promise<R>): Promise<R> => inUnit(core, 'other', (unit) => {
  unit.bePatient()
  return body(unit)
})
const simple = (sql: string): Sweep => async (core, before, _now, limit) => {
  const removed = (await patiently(core, (unit) => unit.rows(sql, [before, limit]))).length
  return { removed, full: removed === limit }
}

const sweeps: Record<keyof RetentionTerms, Sweep> = {
  eventText: simple(dropWords),
  // A reply's row says nothing without its words; a campaign's stands for the report.
  replyText: (core, before, _now, limit) => patiently(core, async (unit) => {
    const rows = await unit.rows<{ seq: number; origin: number; status: DeliveryStatus }>(selectReplies, [before, limit])
    const [campaigns, replies] = [rows.filter(({ origin }) => origin === CAMPAIGN), rows.filter(({ origin }) => origin !== CAMPAIGN)]
    unit.send(dropParts, [campaigns.map(({ seq }) => seq)])
    unit.send(dropReplies, [replies.map(({ seq }) => seq)])
    for (const { origin, status } of replies) unit.totals.moved(origin, status, null)
    return { removed: rows.length, full: rows.length === limit }
  }),
  async idleContact(core, before, now, limit) {
    // Two transactions: whoever is not idle must not be held up while others are forgotten.
    const looked = await patiently(core, (unit) => unit.rows<{ id: number; idle: boolean }>(lookAtIdle, [Math.floor(before / DAY), before, limit]))
    const ids = looked.filter(({ idle }) => idle).map(({ id }) => id)
    const removed = ids.length === 0 ? 0 : await patiently(core, async (unit) => {
      const locked = await unit.rows<{ id: number }>(lockThese, [ids])
      const idle = await unit.rows<{ id: number }>(selectStillIdle, [locked.map(({ id }) => id), before])
      await forget(unit, idle.map(({ id }) => ({ contactId: id, now })))
      return idle.length
    })
    return { removed, full: looked.length === limit }
  },
  campaignKey: simple(dropCampaignKeys),
  dedupeKey: (core, before, _now, limit) => patiently(core, async (unit) => {
    let removed = 0
    for (const sql of dropEvents) removed += (await unit.rows(sql, [before, limit - removed])).length
    return { removed, full: removed === limit }
  }),
  unanswered: simple(dropUnanswered),
  audit: simple(dropAudit),
}

/** One batch of each term, each in transactions of its own beside the group commit. */
export function sweeping(core: Core): Upkeep['sweep'] {
  return async (terms, now, limit) => {
    const removed = {} as Record<keyof RetentionTerms, number>
    let more = false
    for (const name of Object.keys(sweeps) as (keyof RetentionTerms)[]) {
      const batch = await sweeps[name](core, now - terms[name], now, limit)
      removed[name] = batch.removed
      more ||= batch.full
    }
    return { removed, more }
  }
}
