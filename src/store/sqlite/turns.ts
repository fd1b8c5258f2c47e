import type { ClaimedDelivery } from '../../core/delivery.ts'
import type { Millis } from '../../core/time.ts'
import type { CommitResult, CommittedTurn, FailedTurn, Inbox, Turn } from '../ports.ts'
import { openAttempts, openTurnClaims } from './claims.ts'
import { claimParts, type Core } from './core.ts'
import { openDeliveryClaims, type Recipient } from './delivery-claims.ts'
import { openEraser } from './eraser.ts'
import { hotQuery } from './hot.ts'
import { openTurnRecords } from './turn-records.ts'

/** The event of a turn and its contact, as long as the claim and the version are good. */
interface HeldTurn extends Omit<Recipient, 'id' | 'contactKey'> {
  seq: number
  waiting: number
  head: number | null
  attempts: number
}

interface Committed {
  contactId: number
  /** How many events still wait for the contact. */
  waiting: number
  /** The first reply, where it was claimed. */
  delivery: ClaimedDelivery | null
}

/** What a turn comes to: committed, or failed. */
export function turnEnds(core: Core): Pick<Inbox, 'commitTurns' | 'commitAndClaim' | 'failTurn'> {
  const { db, writer, lanes } = core
  const attempts = openAttempts(core)
  const eraser = openEraser(core)
  const records = openTurnRecords(core)
  const turnClaims = openTurnClaims(core)
  const deliveryClaims = openDeliveryClaims(core)
  const selectHeld = hotQuery(
    db, `
    select e.seq, c.account_id, c.waiting, c.head, c.attempts, c.user_id, c.last_inbound_at, c.opted_out, c.blocked
    from contacts c join events e on e.contact_id = c.id
    where c.id = ? and c.claims = ? and c.claimed_by <> 0 and c.version = ? and c.contact_key = ? and e.id = ? and e.status = 'waiting'`,
    (
      seq: number, accountId: number, waiting: number, head: number | null, attempts: number, userId: string, lastInboundAt: number | null, optedOut: number, blocked: number,
    ): HeldTurn => ({ seq, accountId, waiting, head, attempts, userId, lastInboundAt, optedOut: optedOut === 1, blocked: blocked === 1 }),
  )
  const settleEvent = db.prepare(`update events set status = 'handled', settled_at = ? where seq = ?`)
  const saveAndRelease = db.prepare(`
    update contacts set version = version + 1, waiting = ?, conversation = ?, head = ?, attempts = ?, claimed_by = 0, due_at = ?, noted_at = ? where id = ?`)
  const saveAndKeep = db.prepare(`
    update contacts set version = version + 1, waiting = ?, conversation = ?, head = ?, attempts = ? where id = ?`)
  const selectNext = db.prepare(`
    select seq, attempts from events where contact_id = ? and status = 'waiting' order by order_at, seq limit 1`)
  const releaseClaim = db.prepare(`
    update contacts set claimed_by = 0, due_at = iif(waiting > 0, ?, null), noted_at = ? where id = ? and claims = ? and claimed_by <> 0 and contact_key = ?`)
  const holdsClaim = db.prepare('select account_id from contacts where id = ? and claims = ? and claimed_by <> 0 and contact_key = ?')
  const setAside = db.prepare(`
    update events set status = 'dead', cause = ?, settled_at = ? where id = ? and contact_id = ? and status = 'waiting' returning seq`)
  const dropWaiting = db.prepare(`
    update contacts set waiting = waiting - 1, claimed_by = 0, due_at = iif(waiting > 1, ?1, null), noted_at = ?1,
      attempts = iif(head = ?2, 0, attempts), head = iif(head = ?2, null, head)
    where id = ?3`)

  /** Null when it is stale. With `lease`, the first reply is claimed where its lane is free. */
  function commit(turn: Turn, now: Millis, lease: Millis | null): Committed | null {
    const { row: id, claims } = claimParts(turn.claim)
    const held = selectHeld.get(id, claims, turn.version, turn.contactKey, turn.eventId)
    if (held === undefined) return null
    settleEvent.run(now, held.seq)
    save(id, held, turn, now)
    const to = recipient(id, held, turn)
    records.write(to, turn, now)
    if (turn.cancelReplies !== undefined) lanes.cancelReplies(id, turn.cancelReplies, now)
    if (turn.erase === true) {
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

  function queue(to: Recipient, { deliveries }: Turn, now: Millis, lease: Millis | null): ClaimedDelivery | null {
    let claimed: ClaimedDelivery | null = null
    const firstReply = lease === null ? undefined : deliveries.find((delivery) => delivery.origin === 'reply')
    for (const delivery of deliveries) {
      if (delivery === firstReply) claimed = deliveryClaims.claimNew(to, delivery, now, lease!)
      if (delivery.id !== claimed?.id) lanes.queue(to, delivery, now)
    }
    return claimed
  }

  function commitAndClaim(turn: Turn, now: Millis, { lease, deliveries }: { lease: Millis; deliveries: boolean }): CommittedTurn {
    const committed = commit(turn, now, deliveries ? lease : null)
    if (committed === null) return { result: 'stale', next: null, delivery: null }
    const { contactId, waiting, delivery } = committed
    return { result: 'committed', next: waiting === 0 || turn.keepClaim === true ? null : turnClaims.claimOne(contactId, now, lease), delivery }
  }

  function save(id: number, held: HeldTurn, turn: Turn, now: Millis): void {
    const conversation = JSON.stringify(turn.conversation ?? null)
    const waiting = held.waiting - 1
    const counted = held.head === held.seq ? { head: null, attempts: 0 } : held
    if (turn.keepClaim !== true || waiting === 0) {
      saveAndRelease.run(waiting, conversation, counted.head, counted.attempts, waiting > 0 ? now : null, now, id)
      return
    }
    const next = selectNext.get(id) as unknown as { seq: number; attempts: number }
    saveAndKeep.run(waiting, conversation, next.seq, attempts.begin(counted, next), id)
  }

  function fail(failure: FailedTurn, now: Millis): void {
    const { row: id, claims } = claimParts(failure.claim)
    const { then } = failure
    if ('retryAt' in then) return void releaseClaim.run(then.retryAt, now, id, claims, failure.contactKey)
    const contact = holdsClaim.get(id, claims, failure.contactKey)
    if (contact === undefined) return
    const event = setAside.get(failure.cause, now, failure.eventId, id)
    if (event === undefined) return void releaseClaim.run(now, now, id, claims, failure.contactKey)
    dropWaiting.run(now, Number(event.seq), id)
    if (then.apology !== undefined) lanes.queue({ id, accountId: Number(contact.account_id) }, then.apology, now)
  }

  return {
    commitTurns: (turns, now) => writer.each<Turn, CommitResult>(turns, (turn) => (commit(turn, now, null) === null ? 'stale' : 'committed'), () => 'refused'),
    commitAndClaim: (turns, now, claim) =>
      writer.each<Turn, CommittedTurn>(turns, (turn) => commitAndClaim(turn, now, claim), () => ({ result: 'refused', next: null, delivery: null })),
    failTurn: (failure, now) => writer.run(() => fail(failure, now)),
  }
}
