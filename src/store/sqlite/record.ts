import { accountKey, type Contact } from '../../core/contact.ts'
import { isByCitizen, needsTurn, type InboundEvent } from '../../core/event.ts'
import { DAY, type Millis } from '../../core/time.ts'
import { askedAtOnce } from '../asked-at-once.ts'
import type { AtOnce, ClaimedTurn, Inbox, Received, RecordResult } from '../ports.ts'
import { openTurnClaims } from './claims.ts'
import type { Core } from './core.ts'
import { isUnavailable, nameOf } from './errors.ts'
import { openEventRows } from './event-rows.ts'
import { hotQuery } from './hot.ts'
import { openSettlements } from './settlements.ts'
import type { TurnCommits } from './turn-commits.ts'

interface KnownContact {
  id: number
  accountId: number
  waiting: number
  lastEventDay: number
  blocked: boolean
  farewell: boolean
}

/** The way in: what platforms tell us becomes rows. */
export function recording(core: Core, commits: TurnCommits): Pick<Inbox, 'recordEvents' | 'recordAndClaim' | 'recordAndHandle'> {
  const { db, writer, accounts, options } = core
  const claims = openTurnClaims(core)
  const settlements = openSettlements(core)
  const rows = openEventRows(db)
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

  /** `waiting` gets the contacts that wait for a turn now. */
  function record(event: InboundEvent, now: Millis, waiting?: Set<number>): RecordResult {
    if (event.sentAt < now - options.keysKept) return 'too_old'
    const key = core.keyOf(event.contact)
    if (event.kind === 'echo' || event.kind === 'receipt') {
      settlements.settle(event, key, now)
      return 'recorded'
    }
    const turn = needsTurn(event)
    const known = selectContact.get(key)
    if (known === undefined || (turn && known.waiting >= options.waitingLimit)) {
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

  /** The row cannot be kept as it is: its key and a dead row are, so that the platform need not come again and staff see it. */
  function recordDead(event: InboundEvent, cause: unknown, now: Millis): RecordResult {
    const key = core.keyOf(event.contact)
    const contact = selectContact.get(key) ?? meet(event.contact, key, now)
    return rows.insertDead(event, contact, `refused: ${nameOf(cause)}`, now) === null ? 'duplicate' : 'recorded'
  }

  const recordAll = (events: readonly InboundEvent[], now: Millis, waiting?: Set<number>): Promise<RecordResult[]> =>
    writer.each(events, (event) => record(event, now, waiting), (event, cause) => recordDead(event, cause, now))

  /**
   * The usual case: one event of somebody for whom nothing else waits, recorded and claimed, or handled, without a change
   * of the contact before its turn. Null: not that case, and nothing was done.
   */
  function recordOfIdle(event: InboundEvent, now: Millis, lease: Millis, handle: AtOnce): Received | null {
    if (!needsTurn(event) || event.sentAt < now - options.keysKept) return null
    const known = claims.findIdle(core.keyOf(event.contact), now)
    if (known === undefined) return null
    const idle = claims.hearing(known, event)
    const asked = askedAtOnce(handle, claims.shown(idle, event))
    const seq = rows.insert(event, idle, asked === null ? 'waiting' : 'handled', now)
    if (seq === null) return { result: 'duplicate', claimed: null, handled: null }
    accounts.heard(idle.accountId, now)
    if (asked === null) return { result: 'recorded', claimed: claims.claimIdle(idle, { event, seq }, now, lease), handled: null }
    const delivery = commits.commitOfIdle(idle, asked.turn, now, asked.deliveries ? lease : null)
    return { result: 'recorded', claimed: null, handled: { delivery } }
  }

  async function recordAndClaimAll(events: readonly InboundEvent[], now: Millis, lease: Millis): Promise<{ results: RecordResult[]; claimed: ClaimedTurn[] }> {
    const waiting = new Set<number>()
    // Asked for together, so in one transaction, the claims after all events: they see them in order.
    const [results, claimed] = await Promise.all([
      recordAll(events, now, waiting),
      writer.run(() => claimEach(waiting, now, lease)),
    ])
    return { results, claimed }
  }
  const claimEach = (contactIds: Iterable<number>, now: Millis, lease: Millis): ClaimedTurn[] =>
    [...contactIds].map((id) => claims.claimOne(id, now, lease)).filter((turn) => turn !== null)

  function receive(event: InboundEvent, now: Millis, lease: Millis, handle: AtOnce): Received {
    const idle = recordOfIdle(event, now, lease, handle)
    if (idle !== null) return idle
    const waiting = new Set<number>()
    return { result: record(event, now, waiting), claimed: claimEach(waiting, now, lease)[0] ?? null, handled: null }
  }

  /** A turn whose own data cannot be stored leaves its event as it would have been without it. */
  function receiveRefused(event: InboundEvent, cause: unknown, now: Millis, lease: Millis): Received {
    try {
      return receive(event, now, lease, never)
    } catch (error) {
      if (isUnavailable(error)) throw error
      return { result: recordDead(event, cause, now), claimed: null, handled: null }
    }
  }

  const receiveOne = (event: InboundEvent, now: Millis, lease: Millis, handle: AtOnce): Promise<Received> =>
    writer.run(() => receive(event, now, lease, handle), (cause) => receiveRefused(event, cause, now, lease))

  return {
    recordEvents: (events, now) => recordAll(events, now),
    async recordAndClaim(events, now, lease) {
      if (events.length !== 1) return recordAndClaimAll(events, now, lease)
      const { result, claimed } = await receiveOne(events[0]!, now, lease, never)
      return { results: [result], claimed: claimed === null ? [] : [claimed] }
    },
    recordAndHandle: receiveOne,
  }
}

const never: AtOnce = () => null
