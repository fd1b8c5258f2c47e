import type { Contact } from '../../core/contact.ts'
import type { ClaimedDelivery } from '../../core/delivery.ts'
import { needsTurn, type InboundEvent } from '../../core/event.ts'
import type { Millis } from '../../core/time.ts'
import { askedAtOnce } from '../asked-at-once.ts'
import { claimTurn, claimTurnIfDue, claimIfDue } from './claiming.ts'
import type { ClaimedTurn, CommitResult, FailedTurn, Inbox, RecordResult, Turn } from '../ports.ts'
import { accountOf, isFinal, newContact, waitingEvents, type ContactDocument, type StoredEvent } from './contact-document.ts'
import { returned } from './erasure.ts'
import { eraseContact, saveOrFinishFarewell } from './erasing.ts'
import type { GroupCommit } from './group-commit.ts'
import { withAttempt, withEvent, withFailure, withTurn } from './inbox.ts'
import { aboutHistory } from './history.ts'
import { laneHead, lanes, withNews } from './outbox.ts'
import { checkOutcome, countOutcome, keepUnanswered } from './outcomes.ts'
import type { State, Unit } from './unit.ts'

export function inboxPort(state: State, keyOf: (contact: Contact) => string, commits: GroupCommit): Inbox {
  const { index, options } = state

  function record(unit: Unit, event: InboundEvent, now: Millis): RecordResult {
    const key = keyOf(event.contact)
    const known = unit.contact(key)
    if (state.anonymousEvents.has(event.id) || (known !== null && isKnown(unit, known, event.id))) return 'duplicate'
    if (event.sentAt < now - options.keysKept) return 'too_old'
    if (event.kind === 'comment_removed') return removeComment(unit, known, event)
    // What became of a send makes nobody known: whoever was erased reads the farewell afterwards.
    if (known === null && (event.kind === 'echo' || event.kind === 'receipt')) return 'recorded'
    const turn = needsTurn(event)
    if (turn && known !== null && (index.get(key)?.turn?.waiting ?? 0) >= options.waitingLimit) return 'flooded'
    const contact = known === null ? newContact(key, event.contact, now) : known.farewell && turn ? returned(known, now) : known
    const heard = withEvent(contact, event, turn ? 'waiting' : 'handled', now, unit.nextNumber)
    settle(unit, contact, { ...heard, deliveries: withNews(heard.deliveries, event, now) }, event, now)
    return 'recorded'
  }

  function removeComment(unit: Unit, document: ContactDocument | null, removed: Extract<InboundEvent, { kind: 'comment_removed' }>): RecordResult {
    if (document === null) return 'recorded'
    const history = unit.history(document)
    const without = (rows: readonly StoredEvent[]): readonly StoredEvent[] => rows.map((row) => (isCommentOf(row, removed) ? { ...row, body: null } : row))
    const older = { ...history, events: without(history.events) }
    const after = { ...document, events: without(document.events) }
    if (older.events.some((row, n) => row !== history.events[n])) unit.saveContactWith({ ...after, history: aboutHistory(older) }, older)
    else unit.saveContact(after)
    return 'recorded'
  }

  /** Saves what an event settled: a send that was settled from outside is in nobody's hands any more. */
  function settle(unit: Unit, before: ContactDocument, after: ContactDocument, event: InboundEvent, now: Millis): void {
    for (const lane of lanes) {
      const head = laneHead(before.deliveries, lane)
      if (head?.status === 'sending' && isFinal(after.deliveries.find(({ id }) => id === head.id)!.status)) unit.releaseLane(after.key, lane)
    }
    if (event.kind !== 'echo' && event.kind !== 'receipt') return unit.saveContact(after)
    const history = unit.history(after)
    const older = { ...history, deliveries: withNews(history.deliveries, event, now) }
    if (older.deliveries.some((row, n) => row !== history.deliveries[n])) unit.saveContactWith({ ...after, history: aboutHistory(older) }, older)
    else saveOrFinishFarewell(unit, after, now)
  }

  function commit(unit: Unit, turn: Turn, now: Millis): CommitResult {
    const document = unit.contact(turn.contactKey)
    if (document === null || !state.turnLeases.holds(turn.contactKey, turn.claim)) return 'stale'
    let after: ContactDocument | null
    try {
      if (turn.outcome !== null) checkOutcome(turn.outcome)
      after = withTurn(document, turn, now, unit.nextNumber)
    } catch {
      return 'refused'
    }
    if (after === null) return 'stale'
    if (turn.outcome !== null) countOutcome(unit, turn.outcome)
    if (turn.unanswered !== undefined) keepUnanswered(unit, turn.contactKey, turn.unanswered, now)
    if (turn.erase === true) eraseContact(unit, after, now, { farewell: turn.deliveries.map(({ id }) => id), tombstone: true })
    else goOn(unit, after, turn.keepClaim)
    return 'committed'
  }

  /** The first of the contact's replies, where one of this turn may be it. */
  function claimReply(unit: Unit, turn: Turn, now: Millis, lease: Millis): ClaimedDelivery | null {
    const document = unit.contact(turn.contactKey)
    if (document === null || !turn.deliveries.some(({ origin }) => origin !== 'campaign')) return null
    return claimIfDue(state, unit, { key: turn.contactKey, account: accountOf(document), lane: 'direct' }, now, lease)
  }

  /** Whether the id is among the contact's events, old ones included. */
  function isKnown(unit: Unit, document: ContactDocument, id: string): boolean {
    return document.events.some((row) => row.id === id) || unit.history(document).events.some((row) => row.id === id)
  }

  /** `next`: the event for which the claim is kept. */
  function goOn(unit: Unit, after: ContactDocument, next: string | undefined): void {
    const event = waitingEvents(after).find(({ id }) => id === next)
    unit.saveContact(event === undefined ? after : withAttempt(after, event))
    if (event === undefined) unit.releaseTurn(after.key)
  }

  function fail(unit: Unit, failure: FailedTurn, now: Millis): void {
    const document = unit.contact(failure.contactKey)
    if (document === null || !state.turnLeases.holds(failure.contactKey, failure.claim)) return
    const after = withFailure(document, failure, now, unit.nextNumber)
    if (after === null) return
    unit.saveContact(after)
    unit.releaseTurn(after.key)
  }

  return {
    recordEvents: (events, now) => commits.run((unit) => {
      index.see(now)
      return events.map((event) => record(unit, event, now))
    }),

    recordAndClaim: (events, now, lease) => commits.run((unit) => {
      index.see(now)
      const results = events.map((event) => record(unit, event, now))
      const keys = new Set(events.filter((event, n) => results[n] === 'recorded' && needsTurn(event)).map(({ contact }) => keyOf(contact)))
      return { results, claimed: [...keys].map((key) => claimTurnIfDue(state, unit, key, now, lease)).filter((turn) => turn !== null) }
    }),

    recordAndHandle: (event, now, lease, handle) => commits.run((unit) => {
      index.see(now)
      const result = record(unit, event, now)
      const claimed = result === 'recorded' && needsTurn(event) ? claimTurnIfDue(state, unit, keyOf(event.contact), now, lease) : null
      const asked = claimed === null || claimed.waiting.length > 1 || claimed.attempt > 1 ? null : askedAtOnce(handle, claimed)
      if (asked === null) return { result, claimed, handled: null }
      const turn = { ...asked.turn, claim: claimed!.claim }
      if (commit(unit, turn, now) !== 'committed') return { result, claimed, handled: null }
      return { result, claimed: null, handled: { delivery: asked.deliveries ? claimReply(unit, turn, now, lease) : null } }
    }),

    claimTurns: (limit, now, lease) => commits.run((unit) => {
      index.see(now)
      const claimed: ClaimedTurn[] = []
      for (let first = index.turns.first(); first !== null && first.dueAt <= now && claimed.length < limit; first = index.turns.first()) {
        const turn = claimTurn(unit, first.key, now, lease)
        if (turn !== null) claimed.push(turn)
      }
      return claimed
    }),

    renewTurns: (claims, now, lease) => commits.run((unit) => {
      index.see(now)
      return claims.filter((claim) => {
        const key = state.turnLeases.subjectOf(claim)
        if (key !== null) unit.renewTurn(key, now, now + lease)
        return key === null
      })
    }),

    commitTurns: (turns, now) => commits.run((unit) => {
      index.see(now)
      return turns.map((turn) => commit(unit, turn, now))
    }),

    commitAndClaim: (turns, now, { lease, deliveries }) => commits.run((unit) => {
      index.see(now)
      return turns.map((turn) => {
        const result = commit(unit, turn, now)
        if (result !== 'committed') return { result, next: null, delivery: null }
        return {
          result,
          next: turn.keepClaim !== undefined || unit.contact(turn.contactKey) === null ? null : claimTurnIfDue(state, unit, turn.contactKey, now, lease),
          delivery: deliveries ? claimReply(unit, turn, now, lease) : null,
        }
      })
    }),

    failTurn: (failure, now) => commits.run((unit) => {
      index.see(now)
      fail(unit, failure, now)
    }),
  }
}

/** Whether the row holds other words of this comment than it has now. */
function isCommentOf({ kind, body }: StoredEvent, { commentId, words }: Extract<InboundEvent, { kind: 'comment_removed' }>): boolean {
  const fields = kind === 'comment' && body !== null ? (body['fields'] as Record<string, string>) : null
  return fields?.['comment_id'] === commentId && (words === null || fields['message'] !== words)
}
