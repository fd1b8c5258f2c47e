import { needsTurn, type InboundEvent } from '../../core/event.ts'
import type { Millis } from '../../core/time.ts'
import { askedAtOnce } from '../asked-at-once.ts'
import type { AtOnce, ClaimedTurn, Inbox, Received, RecordResult } from '../ports.ts'
import { openTurnClaims } from './claims.ts'
import type { Core } from './core.ts'
import { isUnavailable } from './errors.ts'
import type { EventRecords } from './event-records.ts'
import { openEventRows } from './event-rows.ts'
import type { TurnCommits } from './turn-commits.ts'

/** The way in: what platforms tell us is kept, recorded, claimed, handled. */
export function recording(core: Core, records: EventRecords, commits: TurnCommits): Pick<Inbox, 'recordEvents' | 'recordAndClaim' | 'recordAndHandle' | 'arrive'> {
  const { writer, accounts, arrivals, options } = core
  const { record, recordDead, takeUpArrivals } = records
  const claims = openTurnClaims(core)
  const rows = openEventRows(core.db)

  /** Behind what has arrived of the same person. */
  function recordBehind(event: InboundEvent, now: Millis, waiting?: Set<number>): RecordResult {
    takeUpArrivals(now, { contactKey: core.keyOf(event.contact) }, waiting)
    return record(event, now, waiting)
  }

  const recordAll = (events: readonly InboundEvent[], now: Millis, waiting?: Set<number>): Promise<RecordResult[]> =>
    writer.each(events, (event) => recordBehind(event, now, waiting), (event, cause) => recordDead(event, cause, now))

  /**
   * The usual case: one event of somebody for whom nothing else waits, recorded and claimed, or handled, without a change
   * of the contact before its turn. Null: not that case, and nothing was done.
   */
  function recordOfIdle(event: InboundEvent, contactKey: string, now: Millis, lease: Millis, handle: AtOnce): Received | null {
    if (!needsTurn(event) || event.sentAt < now - options.keysKept) return null
    const known = claims.findIdle(contactKey, now)
    if (known === undefined) return null
    const idle = claims.hearing(known, event)
    const asked = askedAtOnce(handle, claims.shown(idle, event))
    const seq = rows.insert(event, idle, asked === null ? 'waiting' : 'handled', now)
    if (seq === null) return duplicate
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

  /** `arrival`: as what it was kept; undefined where it was not. */
  function receive(event: InboundEvent, now: Millis, lease: Millis, handle: AtOnce, arrival?: number): Received {
    if (arrival !== undefined && !arrivals.take(arrival)) return takenUp
    const waiting = new Set<number>()
    const contactKey = core.keyOf(event.contact)
    takeUpArrivals(now, { contactKey, before: arrival }, waiting)
    const idle = recordOfIdle(event, contactKey, now, lease, handle)
    if (idle !== null) return idle
    return { result: record(event, now, waiting), claimed: claimEach(waiting, now, lease)[0] ?? null, handled: null }
  }

  /** A turn whose own data cannot be stored leaves its event as it would have been without it. */
  function receiveRefused(event: InboundEvent, cause: unknown, now: Millis, lease: Millis, arrival?: number): Received {
    try {
      return receive(event, now, lease, never, arrival)
    } catch (error) {
      if (isUnavailable(error)) throw error
      return { result: recordDead(event, cause, now), claimed: null, handled: null }
    }
  }

  const receiveOne = (event: InboundEvent, now: Millis, lease: Millis, handle: AtOnce, arrival?: number): Promise<Received> =>
    writer.run(() => receive(event, now, lease, handle, arrival), (cause) => receiveRefused(event, cause, now, lease, arrival))

  return {
    recordEvents: (events, now) => recordAll(events, now),
    async recordAndClaim(events, now, lease) {
      if (events.length !== 1) return recordAndClaimAll(events, now, lease)
      const { result, claimed } = await receiveOne(events[0]!, now, lease, never)
      return { results: [result], claimed: claimed === null ? [] : [claimed] }
    },
    recordAndHandle: receiveOne,
    arrive: (event, now) => writer.single<number | null>(
      () => (event.sentAt < now - options.keysKept ? null : arrivals.keep(core.keyOf(event.contact), event)), () => null),
  }
}

const never: AtOnce = () => null
const duplicate: Received = { result: 'duplicate', claimed: null, handled: null }
const takenUp: Received = { result: 'recorded', claimed: null, handled: null }
