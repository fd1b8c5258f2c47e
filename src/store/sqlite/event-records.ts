import { accountKey, type Contact } from '../../core/contact.ts'
import { isByCitizen, needsTurn, type InboundEvent } from '../../core/event.ts'
import { DAY, type Millis } from '../../core/time.ts'
import type { RecordResult } from '../ports.ts'
import { isSettling } from '../settling.ts'
import type { Arrived } from './arrivals.ts'
import type { Core } from './core.ts'
import { isUnavailable, nameOf } from './errors.ts'
import { openEventRows } from './event-rows.ts'
import { hotQuery } from './hot.ts'
import { openSettlements } from './settlements.ts'

interface KnownContact {
  id: number
  accountId: number
  waiting: number
  lastEventDay: number
  blocked: boolean
  farewell: boolean
}

/** What platforms tell us becomes rows. Inside a transaction. `waiting`, where given, gets the contacts that wait for a turn now. */
export interface EventRecords {
  /** What has arrived of the same person must be taken up before. */
  record(event: InboundEvent, now: Millis, waiting?: Set<number>): RecordResult
  /** An event that cannot be kept as it is: its key and a dead row are, so that the platform need not come again and staff see it. */
  recordDead(event: InboundEvent, cause: unknown, now: Millis): RecordResult
  /**
   * Records what has arrived, of this person or of everybody, and only before the arrival given. Its age was looked at when it came;
   * how many wait is a server's matter. What can be neither recorded nor set aside stays where it is and holds up nobody.
   */
  takeUpArrivals(now: Millis, of?: { contactKey: string; before?: number | undefined }, waiting?: Set<number>): void
}

export function openEventRecords(core: Core): EventRecords {
  const { db, writer, accounts, arrivals, options } = core
  const settlements = openSettlements(core)
  const rows = openEventRows(db)
  const arrivalsLimit = options.role === 'server' ? options.waitingLimit : Infinity
  const selectContact = hotQuery(
    db, 'select id, account_id, coalesce((select waiting from mailbox where contact_id = id), 0), last_event_day, blocked, farewell from contacts where contact_key = ?',
    (id: number, accountId: number, waiting: number, lastEventDay: number, blocked: number, farewell: number): KnownContact =>
      ({ id, accountId, waiting, lastEventDay, blocked: blocked === 1, farewell: farewell === 1 }),
  )
  const insertContact = db.prepare(`
    insert into contacts (contact_key, account_id, user_id, first_seen_at, last_event_at, last_event_day) values (?, ?, ?, ?4, ?4, ?5)`)
  const noteWaiting = db.prepare(`
    insert into mailbox (contact_id, waiting, due_at, noted_at, inbound_at, event_at) values (?3, 1, ?1, ?1, ?2, ?1)
    on conflict (contact_id) do update set waiting = waiting + 1,
      event_at = max(event_at, ?1), inbound_at = iif(?2 > coalesce(inbound_at, 0), ?2, inbound_at)`)
  const noteSeen = db.prepare(`
    update contacts set last_event_at = max(last_event_at, ?1), last_inbound_at = iif(?2 > coalesce(last_inbound_at, 0), ?2, last_inbound_at)
    where id = ?3`)
  const noteDay = db.prepare('update contacts set last_event_day = ? where id = ?')
  const clearBlocked = db.prepare('update contacts set blocked = 0 where id = ?')
  const welcomeBack = db.prepare('update contacts set farewell = 0, first_seen_at = ?1, last_inbound_at = null where id = ?2')

  function meet(contact: Contact, key: string, now: Millis): KnownContact {
    const accountId = accounts.idOf(accountKey(contact))
    const lastEventDay = Math.floor(now / DAY)
    const { lastInsertRowid } = insertContact.run(key, accountId, contact.userId, now, lastEventDay)
    return { id: Number(lastInsertRowid), accountId, waiting: 0, lastEventDay, blocked: false, farewell: false }
  }

  function record(event: InboundEvent, now: Millis, waiting?: Set<number>): RecordResult {
    if (event.sentAt < now - options.keysKept) return 'too_old'
    const key = core.keyOf(event.contact)
    if (!isSettling(event)) return recordOf(event, key, options.waitingLimit, now, waiting)
    settlements.settle(event, key, now)
    return 'recorded'
  }

  function recordOf(event: InboundEvent, key: string, waitingLimit: number, now: Millis, waiting?: Set<number>): RecordResult {
    const turn = needsTurn(event)
    const known = selectContact.get(key)
    if (known === undefined || (turn && known.waiting >= waitingLimit)) {
      if (rows.isKnown(event.id)) return 'duplicate'
      if (known !== undefined) return 'flooded'
    }
    const contact = known ?? meet(event.contact, key, now)
    if (rows.insert(event, contact, turn ? 'waiting' : 'handled', now) === null) return 'duplicate'
    noteContact(contact, event, turn, now)
    accounts.heard(contact.accountId, now)
    if (turn) waiting?.add(contact.id)
    return 'recorded'
  }

  function noteContact(contact: KnownContact, event: InboundEvent, turn: boolean, now: Millis): void {
    const byCitizen = isByCitizen(event.kind)
    const day = Math.floor(now / DAY)
    if (contact.farewell) welcomeBack.run(now, contact.id)
    ;(turn ? noteWaiting : noteSeen).run(now, byCitizen ? event.sentAt : null, contact.id)
    if (day > contact.lastEventDay) noteDay.run(day, contact.id)
    if (byCitizen && contact.blocked) clearBlocked.run(contact.id)
  }

  function recordDead(event: InboundEvent, cause: unknown, now: Millis): RecordResult {
    const key = core.keyOf(event.contact)
    const contact = selectContact.get(key) ?? meet(event.contact, key, now)
    return rows.insertDead(event, contact, `refused: ${nameOf(cause)}`, now) === null ? 'duplicate' : 'recorded'
  }

  function takeUpArrivals(now: Millis, of: { contactKey?: string; before?: number | undefined } = {}, waiting?: Set<number>): void {
    for (const arrived of arrivals.list(of)) {
      try {
        writer.apart(
          () => takeUp(arrived, now, (event, at) => recordOf(event, arrived.contactKey, arrivalsLimit, at, waiting)),
          (cause) => takeUp(arrived, now, (event, at) => recordDead(event, cause, at)),
        )
      } catch (error) {
        if (isUnavailable(error)) throw error
      }
    }
  }

  /** As of when it came: where our clock is ahead, it would else wait until theirs is there too. */
  function takeUp({ arrival, event: json }: Arrived, now: Millis, put: (event: InboundEvent, at: Millis) => void): void {
    arrivals.take(arrival)
    const event = JSON.parse(json) as InboundEvent
    put(event, Number.isSafeInteger(event.receivedAt) ? Math.min(now, event.receivedAt) : now)
  }

  return { record, recordDead, takeUpArrivals }
}
