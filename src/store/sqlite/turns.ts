import type { Millis } from '../../core/time.ts'
import type { CommitResult, FailedTurn, Inbox, Turn } from '../ports.ts'
import { openAttempts } from './claims.ts'
import { claimParts, type Core } from './core.ts'
import { openEraser } from './eraser.ts'
import { openTurnRecords } from './turn-records.ts'

/** What a turn comes to: committed, or failed. */
export function turnEnds(core: Core): Pick<Inbox, 'commitTurns' | 'failTurn'> {
  const { db, writer, lanes } = core
  const attempts = openAttempts(core)
  const eraser = openEraser(core)
  const records = openTurnRecords(core)
  const settleEvent = db.prepare(`
    update events set status = 'handled', settled_at = ?1
    where id = ?2 and status = 'waiting' and contact_id = ?3
      and exists (select 1 from contacts where id = ?3 and claims = ?4 and claimed_by <> 0 and version = ?5 and contact_key = ?6)
    returning seq`)
  const saveContact = db.prepare(`
    update contacts set version = version + 1, waiting = waiting - 1, conversation = ?1,
      attempts = iif(head = ?2, 0, attempts), head = iif(head = ?2, null, head),
      claimed_by = iif(?3 and waiting > 1, claimed_by, 0),
      due_at = iif(waiting > 1, iif(?3, due_at, ?4), null), noted_at = iif(?3 and waiting > 1, noted_at, ?4)
    where id = ?5 returning account_id, waiting, head, attempts`)
  const selectNext = db.prepare(`
    select seq, attempts from events where contact_id = ? and status = 'waiting' order by order_at, seq limit 1`)
  const saveAttempts = db.prepare('update contacts set head = ?, attempts = ? where id = ?')
  const releaseClaim = db.prepare(`
    update contacts set claimed_by = 0, due_at = iif(waiting > 0, ?, null), noted_at = ? where id = ? and claims = ? and claimed_by <> 0 and contact_key = ?`)
  const holdsClaim = db.prepare('select account_id from contacts where id = ? and claims = ? and claimed_by <> 0 and contact_key = ?')
  const setAside = db.prepare(`
    update events set status = 'dead', cause = ?, settled_at = ? where id = ? and contact_id = ? and status = 'waiting' returning seq`)
  const dropWaiting = db.prepare(`
    update contacts set waiting = waiting - 1, claimed_by = 0, due_at = iif(waiting > 1, ?1, null), noted_at = ?1,
      attempts = iif(head = ?2, 0, attempts), head = iif(head = ?2, null, head)
    where id = ?3`)

  function commit(turn: Turn, now: Millis): CommitResult {
    const { row: id, claims } = claimParts(turn.claim)
    const event = settleEvent.get(now, turn.eventId, id, claims, turn.version, turn.contactKey)
    if (event === undefined) return 'stale'
    const saved = saveContact.get(JSON.stringify(turn.conversation ?? null), Number(event.seq), turn.keepClaim === true ? 1 : 0, now, id)!
    const contact = { id, accountId: Number(saved.account_id) }
    if (turn.keepClaim === true && Number(saved.waiting) > 0) {
      const next = selectNext.get(id) as unknown as { seq: number; attempts: number }
      saveAttempts.run(next.seq, attempts.begin(saved as unknown as { head: number | null; attempts: number }, next), id)
    }
    records.write(contact, turn, now)
    if (turn.cancelReplies !== undefined) lanes.cancelReplies(id, turn.cancelReplies, now)
    if (turn.erase === true) {
      core.erased(turn.contactKey, now)
      eraser.forgetButFarewell(id, now)
    }
    for (const delivery of turn.deliveries) lanes.queue(contact, delivery, now)
    if (turn.erase === true) eraser.endFarewell(id, now)
    return 'committed'
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
    commitTurns: (turns, now) => writer.each<Turn, CommitResult>(turns, (turn) => commit(turn, now), () => 'refused'),
    failTurn: (failure, now) => writer.run(() => fail(failure, now)),
  }
}
