import type { ClaimedDelivery } from '../../core/delivery.ts'
import type { Millis } from '../../core/time.ts'
import type { NewDelivery, PlainTurn, Turn } from '../ports.ts'
import { openAttempts, type ClaimableContact } from './claims.ts'
import { claimParts, type Core } from './core.ts'
import { openDeliveryClaims, type Recipient } from './delivery-claims.ts'
import { openEraser } from './eraser.ts'
import type { EventRecords } from './event-records.ts'
import { hotQuery } from './hot.ts'
import { openMailboxes } from './mailboxes.ts'
import { lastEvent, lastInbound } from './schema.ts'
import { openTurnRecords } from './turn-records.ts'

/** The event of a turn and its contact, as long as the claim and the version are good. */
interface HeldTurn extends Omit<Recipient, 'id' | 'contactKey'> {
  seq: number
  waiting: number
  head: number | null
  attempts: number
  lastEventAt: Millis
}

export interface Committed {
  contactId: number
  /** How many events still wait for the contact. */
  waiting: number
  /** The first reply, where it was claimed. */
  delivery: ClaimedDelivery | null
}

/** Turns become rows. Inside a transaction. With `lease`, the first reply is claimed where its lane is free. */
export interface TurnCommits {
  /** Null when it is stale. */
  commit(turn: Turn, now: Millis, lease: Millis | null): Committed | null
  /** The turn of an event that is recorded as handled in the same transaction, by somebody who is idle. Returns the first reply, where it was claimed. */
  commitOfIdle(idle: ClaimableContact, turn: PlainTurn, now: Millis, lease: Millis | null): ClaimedDelivery | null
}

export function openTurnCommits(core: Core, eventRecords: EventRecords): TurnCommits {
  const { db, lanes } = core
  const attempts = openAttempts(core)
  const eraser = openEraser(core)
  const records = openTurnRecords(core)
  const mailboxes = openMailboxes(db)
  const deliveryClaims = openDeliveryClaims(core)
  const selectHeld = hotQuery(
    db, `
    select e.seq, c.account_id, m.waiting, m.head, m.attempts, c.user_id, ${lastInbound}, ${lastEvent}, c.opted_out, c.blocked
    from mailbox m join contacts c on c.id = m.contact_id join events e on e.contact_id = c.id
    where m.contact_id = ? and m.claims = ? and m.claimed_by <> 0 and c.version = ? and c.contact_key = ? and e.id = ? and e.status = 'waiting'`,
    (
      seq: number, accountId: number, waiting: number, head: number | null, attempts: number, userId: string, lastInboundAt: number | null, lastEventAt: number,
      optedOut: number, blocked: number,
    ): HeldTurn => ({ seq, accountId, waiting, head, attempts, userId, lastInboundAt, lastEventAt, optedOut: optedOut === 1, blocked: blocked === 1 }),
  )
  const settleEvent = db.prepare(`update events set status = 'handled', settled_at = ? where seq = ?`)
  const save = db.prepare('update contacts set version = version + 1, conversation = ?, last_inbound_at = ?, last_event_at = max(last_event_at, ?) where id = ?')
  const release = db.prepare('update mailbox set waiting = ?, head = ?, attempts = ?, claimed_by = 0, due_at = ?5, noted_at = ?5 where contact_id = ?4')
  const keep = db.prepare('update mailbox set waiting = ?, head = ?, attempts = ? where contact_id = ?')
  const selectNext = db.prepare(`
    select seq, attempts from events where id = ? and contact_id = ? and status = 'waiting'`)

  function commit(turn: Turn, now: Millis, lease: Millis | null): Committed | null {
    const { row: id, claims } = claimParts(turn.claim)
    const held = selectHeld.get(id, claims, turn.version, turn.contactKey, turn.eventId)
    if (held === undefined) return null
    settleEvent.run(now, held.seq)
    saveState(id, held, turn, now)
    const to = recipient(id, held, turn)
    records.write(to, turn, now)
    if (turn.cancelReplies !== undefined) lanes.cancelReplies(id, turn.cancelReplies, now)
    if (turn.erase === true) {
      eventRecords.takeUpArrivals(now, { contactKey: turn.contactKey })
      core.erased(turn.contactKey, now)
      eraser.forgetButFarewell(id, now)
    }
    const delivery = queue(to, turn, now, lease)
    if (turn.erase === true) eraser.endFarewell(id, now)
    return { contactId: id, waiting: turn.erase === true ? 0 : held.waiting - 1, delivery }
  }

  /** The person as this turn leaves them. */
  const recipient = (id: number, held: HeldTurn, { contactKey, profile, erase }: Turn): Recipient => ({
    id, contactKey, accountId: held.accountId, userId: held.userId, lastInboundAt: held.lastInboundAt,
    optedOut: erase === true ? false : profile?.optedOut ?? held.optedOut,
    blocked: profile?.blocked ?? held.blocked,
  })

  /** `taken`: whether replies of earlier turns are not final, where that is known. */
  function queue(to: Recipient, { deliveries }: Turn, now: Millis, lease: Millis | null, taken?: boolean): ClaimedDelivery | null {
    let claimed: ClaimedDelivery | null = null
    const firstReply = lease === null ? undefined : deliveries.find((delivery) => delivery.origin === 'reply')
    const isTaken = (delivery: NewDelivery): boolean => (delivery === deliveries[0] ? taken : undefined) ?? lanes.isTaken(to.id, delivery.origin)
    for (const delivery of deliveries) {
      if (delivery === firstReply && !isTaken(delivery)) claimed = deliveryClaims.claimNew(to, delivery, now, lease!)
      if (delivery.id !== claimed?.id) lanes.queue(to, delivery, now)
    }
    return claimed
  }

  function saveState(id: number, held: HeldTurn, turn: Turn, now: Millis): void {
    save.run(JSON.stringify(turn.conversation ?? null), held.lastInboundAt, held.lastEventAt, id)
    const waiting = held.waiting - 1
    if (waiting === 0) return mailboxes.remove(id)
    const counted = held.head === held.seq ? { head: null, attempts: 0 } : held
    const next = turn.keepClaim === undefined ? undefined : selectNext.get(turn.keepClaim, id) as { seq: number; attempts: number } | undefined
    if (next === undefined) return void release.run(waiting, counted.head, counted.attempts, id, now)
    keep.run(waiting, next.seq, attempts.begin(counted, next), id)
  }

  function commitOfIdle(idle: ClaimableContact, turn: PlainTurn, now: Millis, lease: Millis | null): ClaimedDelivery | null {
    const { id, contactKey, accountId, userId, profile: { lastInboundAt, optedOut, blocked } } = idle
    const to: Recipient = { id, contactKey, accountId, userId, lastInboundAt, optedOut, blocked }
    save.run(JSON.stringify(turn.conversation ?? null), lastInboundAt, now, id)
    records.write(to, turn, now)
    return queue(to, turn, now, lease, idle.laneTaken)
  }

  return { commit, commitOfIdle }
}
