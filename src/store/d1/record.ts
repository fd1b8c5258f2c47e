import { accountKey } from '../../core/contact.ts'
import { isByCitizen, needsTurn, type InboundEvent } from '../../core/event.ts'
import { DAY, type Millis } from '../../core/time.ts'
import type { ClaimedTurn, Inbox, RecordResult } from '../ports.ts'
import { isSettling } from '../settling.ts'
import { bodyOf } from '../stored-events.ts'
import { claimContacts } from './claims.ts'
import type { Core } from './core.ts'
import { quiet, statement, together, type Statement, type Step } from './database.ts'
import { isUnavailable, nameOf } from './errors.ts'
import { settle } from './settlements.ts'

const meet = `
  insert into contacts (contact_key, account, user_id, first_seen_at, last_event_at, last_event_day)
  select ?1, ?2, ?3, ?4, ?4, ?5 where not exists (select 1 from events where id = ?6) on conflict (contact_key) do nothing`
const insert = `
  insert into events (id, contact_id, account, status, kind, sent_at, received_at, order_at, inbound_at, recorded_at, recorded_by, settled_at, body)
  select ?1, c.id, c.account, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12 from contacts c
  where c.contact_key = ?2 and (?3 = 'handled' or coalesce((select waiting from mailbox where contact_id = c.id), 0) < ?13)
  on conflict (id) do nothing returning id`
const insertDead = `
  insert into events (id, contact_id, account, status, kind, sent_at, received_at, order_at, settled_at, cause)
  select ?1, c.id, c.account, 'dead', ?3, ?4, ?5, ?6, ?7, ?8 from contacts c where c.contact_key = ?2 on conflict (id) do nothing returning id`
const selectKnown = 'select id from events where id in (select value from json_each(?1))'
/** Contacts for whom this call recorded something that waits, who are due and whom nobody claimed. */
const recordedNow = `
  select m.contact_id from json_each(?5) k join contacts c on c.contact_key = k.value join mailbox m on m.contact_id = c.id
  where m.due_at <= ?2 and m.claimed_by = 0 and exists (select 1 from events e where e.contact_id = c.id and e.status = 'waiting' and e.recorded_by = ?6)`

/** So many events go in one batch. */
const TOGETHER = 25
const nobody: Step<ClaimedTurn[]> = { statements: [], read: () => [] }

/** The way in: what platforms tell us becomes rows. What follows from a row (who waits, when somebody was last heard of) the triggers say. */
export function recording(core: Core): Pick<Inbox, 'recordEvents' | 'recordAndClaim'> {
  const { database, options } = core

  const meeting = (event: InboundEvent, key: string, now: Millis): Statement =>
    statement(meet, key, accountKey(event.contact), event.contact.userId, now, Math.floor(now / DAY), event.id)

  /** `by`: the number of this call. Throws where the event cannot be written as JSON. */
  function record(event: InboundEvent, now: Millis, by: number): Step<RecordResult | 'left'> {
    if (event.sentAt < now - options.keysKept) return { ...quiet(), read: () => 'too_old' }
    const key = core.keyOf(event.contact)
    if (isSettling(event)) return { ...settle(event, key, now), read: () => 'recorded' }
    const turn = needsTurn(event)
    const row = statement(
      insert, event.id, key, turn ? 'waiting' : 'handled', event.kind, event.sentAt, event.receivedAt, event.orderAt, isByCitizen(event.kind) ? event.sentAt : null, now, by,
      turn ? null : now, bodyOf(event), options.waitingLimit)
    return { statements: [meeting(event, key, now), row], read: ([, written]) => (written!.length === 1 ? 'recorded' : 'left') }
  }

  /** The row cannot be kept as it is: its key and a dead row are, so that the platform need not come again and staff see it. */
  function recordDead(event: InboundEvent, cause: unknown, now: Millis): Step<RecordResult> {
    const key = core.keyOf(event.contact)
    const at = (time: Millis): Millis => (Number.isSafeInteger(time) ? time : now)
    const row = statement(insertDead, event.id, key, event.kind, at(event.sentAt), at(event.receivedAt), at(event.orderAt), now, `refused: ${nameOf(cause)}`)
    return { statements: [meeting(event, key, now), row], read: ([, written]) => (written!.length === 1 ? 'recorded' : 'duplicate') }
  }

  const known = (events: readonly InboundEvent[]): Step<Set<string>> =>
    ({ statements: [statement(selectKnown, JSON.stringify(events.map(({ id }) => id)))], read: ([rows]) => new Set(rows!.map(({ id }) => String(id))) })

  const claim = (events: readonly InboundEvent[], by: number, now: Millis, lease: Millis | null): Step<ClaimedTurn[]> => {
    const keys = [...new Set(events.filter(needsTurn).map(({ contact }) => core.keyOf(contact)))]
    return lease === null || keys.length === 0 ? nobody : claimContacts(core, recordedNow, [JSON.stringify(keys), by], now, lease)
  }

  /** All in one batch; where one of them cannot be stored, each in a batch of its own. */
  async function recordTogether(events: readonly InboundEvent[], by: number, now: Millis, claiming: Step<ClaimedTurn[]>): Promise<{ results: RecordResult[]; claimed: ClaimedTurn[] }> {
    try {
      const [written, seen, claimed] = await database.run(together(events.map((event) => record(event, now, by))), known(events), claiming)
      const whyLeft = ({ id }: InboundEvent): RecordResult => (seen.has(id) ? 'duplicate' : 'flooded')
      return { results: written.map((result, n) => (result === 'left' ? whyLeft(events[n]!) : result)), claimed }
    } catch (error) {
      if (isUnavailable(error)) throw error
      if (events.length === 1) {
        const [result, claimed] = await database.run(recordDead(events[0]!, error, now), claiming)
        return { results: [result], claimed }
      }
      const results: RecordResult[] = []
      for (const event of events) results.push(...(await recordTogether([event], by, now, nobody)).results)
      const [claimed] = await database.run(claiming)
      return { results, claimed }
    }
  }

  async function recordAll(events: readonly InboundEvent[], now: Millis, lease: Millis | null): Promise<{ results: RecordResult[]; claimed: ClaimedTurn[] }> {
    const by = core.nextClaim()
    const results: RecordResult[] = []
    for (let at = 0; at < events.length; at += TOGETHER) {
      const some = events.slice(at, at + TOGETHER)
      const last = at + TOGETHER >= events.length
      const done = await recordTogether(some, by, now, claim(last ? events : [], by, now, lease))
      results.push(...done.results)
      if (last) return { results, claimed: done.claimed }
    }
    return { results, claimed: [] }
  }

  return {
    recordEvents: async (events, now) => (await recordAll(events, now, null)).results,
    recordAndClaim: recordAll,
  }
}
