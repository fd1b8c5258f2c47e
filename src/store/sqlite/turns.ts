import type { CommitResult, CommittedTurn, FailedTurn, Inbox, Turn } from '../ports.ts'
import type { Millis } from '../../core/time.ts'
import { openTurnClaims } from './claims.ts'
import { claimParts, type Core } from './core.ts'
import { openMailboxes } from './mailboxes.ts'
import type { TurnCommits } from './turn-commits.ts'

/** What a turn comes to: committed, or failed. */
export function turnEnds(core: Core, { commit }: TurnCommits): Pick<Inbox, 'commitTurns' | 'commitAndClaim' | 'failTurn'> {
  const { db, writer, lanes } = core
  const turnClaims = openTurnClaims(core)
  const mailboxes = openMailboxes(db)
  const releaseClaim = db.prepare(`
    update mailbox set claimed_by = 0, due_at = ?1, noted_at = ?2 where contact_id = ?3 and claims = ?4 and claimed_by <> 0
      and exists (select 1 from contacts where id = ?3 and contact_key = ?5)`)
  const holdsClaim = db.prepare(`
    select c.account_id, m.waiting from mailbox m join contacts c on c.id = m.contact_id
    where m.contact_id = ? and m.claims = ? and m.claimed_by <> 0 and c.contact_key = ?`)
  const setAside = db.prepare(`
    update events set status = 'dead', cause = ?, settled_at = ? where id = ? and contact_id = ? and status = 'waiting' returning seq`)
  const dropWaiting = db.prepare(`
    update mailbox set waiting = waiting - 1, claimed_by = 0, due_at = ?1, noted_at = ?1, attempts = iif(head = ?2, 0, attempts), head = iif(head = ?2, null, head)
    where contact_id = ?3`)

  function commitAndClaim(turn: Turn, now: Millis, { lease, deliveries }: { lease: Millis; deliveries: boolean }): CommittedTurn {
    const committed = commit(turn, now, deliveries ? lease : null)
    if (committed === null) return { result: 'stale', next: null, delivery: null }
    const { contactId, waiting, delivery } = committed
    return { result: 'committed', next: waiting === 0 || turn.keepClaim !== undefined ? null : turnClaims.claimOne(contactId, now, lease), delivery }
  }

  function fail(failure: FailedTurn, now: Millis): void {
    const { row: id, claims } = claimParts(failure.claim)
    const { then } = failure
    if ('retryAt' in then) return void releaseClaim.run(then.retryAt, now, id, claims, failure.contactKey)
    const contact = holdsClaim.get(id, claims, failure.contactKey)
    if (contact === undefined) return
    const event = setAside.get(failure.cause, now, failure.eventId, id)
    if (event === undefined) return void releaseClaim.run(now, now, id, claims, failure.contactKey)
    if (contact.waiting === 1) mailboxes.close(id)
    else dropWaiting.run(now, Number(event.seq), id)
    if (then.apology !== undefined) lanes.queue({ id, accountId: Number(contact.account_id) }, then.apology, now)
  }

  return {
    commitTurns: (turns, now) => writer.each<Turn, CommitResult>(turns, (turn) => (commit(turn, now, null) === null ? 'stale' : 'committed'), () => 'refused'),
    commitAndClaim: (turns, now, claim) =>
      writer.each<Turn, CommittedTurn>(turns, (turn) => commitAndClaim(turn, now, claim), () => ({ result: 'refused', next: null, delivery: null })),
    failTurn: (failure, now) => writer.run(() => fail(failure, now)),
  }
}
