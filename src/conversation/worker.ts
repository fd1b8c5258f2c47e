import { errorName } from '../core/error-name.ts'
import { whenIdle } from '../core/idle.ts'
import { needsTurn, type InboundEvent } from '../core/event.ts'
import type { Counters } from '../core/ports.ts'
import type { ClaimedTurn, Received, RecordResult } from '../store/ports.ts'
import { handlingAtOnce } from './at-once.ts'
import { handleContact } from './handle.ts'
import { turnLease, type TurnPorts } from './turn-ports.ts'

/** Contacts that a server works on at once. */
const usuallyAtOnce = 256

/** Takes contacts with waiting events, one claim each, and handles their events in order. */
export interface TurnWorker {
  /** Records events, counts what became of each, and begins at once with those that can be handled. Resolves when they are durable. */
  record(events: readonly InboundEvent[]): Promise<void>
  /** There may be something waiting. Returns at once. */
  wake(): void
  /** Whether something is claimed, or about to be. */
  busy(): boolean
  /** Resolves when it is not busy. */
  idle(): Promise<void>
  /** Claims nothing new and resolves when what is claimed has been handled; with `givesBack` only what is being handled, the rest of its claim is let go. */
  stop(givesBack?: boolean): Promise<void>
}

export function createTurnWorker(ports: TurnPorts): TurnWorker {
  const { store, now, log, counters, mostAtOnce = usuallyAtOnce } = ports
  let armed = false
  let claiming = false
  let again = false
  let stopping = false
  let givingBack = false
  let working = 0
  /**
   * A server died here. What it left, and what comes meanwhile, is taken up one by one until nothing waits: what kills is then
   * counted alone, and nobody whose message only stood beside it is set aside after the third time.
   */
  let careful = now() < ports.atOnceFrom
  const isCareful = (): boolean => careful && now() < ports.atOnceFrom
  const most = (): number => (isCareful() ? 1 : mostAtOnce)
  /** Claims on what was tried before: the one that has it may have died of it, so that only one is taken at a time. */
  let retrying = 0
  /** Calls of the store: what they claim or handle is known only when they return. */
  let recording = 0
  /** How many of them there were at once, at most, since there were none; and before that. */
  let together = 0
  let togetherBefore = 0
  const busy = (): boolean => working > 0 || recording > 0 || claiming || armed
  const { settle, idle } = whenIdle(busy)

  async function record(events: readonly InboundEvent[]): Promise<void> {
    ports.model?.heard(events)
    const turns = events.filter(needsTurn).length
    if (stopping || turns === 0 || isCareful() || working + turns > mostAtOnce) return await recordOnly(events, turns > 0)
    together = Math.max(together, ++recording)
    try {
      await (events.length === 1 && now() >= ports.atOnceFrom ? recordOne(events[0]!) : recordAndBegin(events))
    } finally {
      recording--
      if (recording === 0) [together, togetherBefore] = [0, together]
      settle()
    }
  }

  async function recordOnly(events: readonly InboundEvent[], someWait: boolean): Promise<void> {
    countRecorded(counters, events, await store.recordEvents(events, now()))
    if (someWait) wake()
  }

  async function recordAndBegin(events: readonly InboundEvent[]): Promise<void> {
    const { results, claimed } = await store.recordAndClaim(events, now(), turnLease)
    countRecorded(counters, events, results)
    working += claimed.length
    afterAcknowledging(() => begin(claimed))
  }

  /**
   * Handled while it is recorded, where that can be: half the work. Of many at once each is then acknowledged; one that comes alone is
   * kept and acknowledged first, since its sender then waits for less.
   */
  function recordOne(event: InboundEvent): Promise<void> {
    if (store.recordAndHandle === undefined) return recordAndBegin([event])
    const alone = Math.max(together, togetherBefore) < ports.atOnceAmong
    return alone ? keep(event) : recordAndHandle(event, afterAcknowledging)
  }

  async function keep(event: InboundEvent): Promise<void> {
    const arrival = await store.arrive?.(event, now()) ?? null
    if (arrival === null) return await recordAndBegin([event])
    working++
    afterAcknowledging(() => void recordArrived(event, arrival))
  }

  /** What follows its recording is given to `then`, as one that is worked on. */
  async function recordAndHandle(event: InboundEvent, then: (goOn: () => void) => void, arrival?: number): Promise<void> {
    const handling = handlingAtOnce(ports, event)
    let received: Received
    try {
      received = await store.recordAndHandle!(event, now(), turnLease, handling.handle, arrival)
    } catch (error) {
      handling.end(null)
      throw error
    }
    const { result, claimed, handled } = received
    countRecorded(counters, [event], [result])
    // A duplicate may have brought an earlier message with it.
    if (result !== 'recorded' && claimed === null) return handling.end(null)
    working++
    then(() => {
      handling.end(handled)
      if (claimed !== null) void work(claimed)
      else free()
    })
  }

  /** It is counted as worked on already. */
  async function recordArrived(event: InboundEvent, arrival: number): Promise<void> {
    try {
      await recordAndHandle(event, (goOn) => goOn(), arrival)
    } catch (error) {
      log.warn({ error: errorName(error) }, 'cannot record what has arrived: it waits for the next look')
    } finally {
      free()
    }
  }

  /** Those are counted as worked on already. */
  function begin(claimed: readonly ClaimedTurn[]): void {
    for (const contact of claimed) void work(contact)
  }

  function wake(): void {
    if (stopping) return
    if (claiming) again = true
    else if (!armed) {
      armed = true
      setImmediate(() => void claim())
    }
  }

  async function claim(): Promise<void> {
    armed = false
    const room = most() - working
    if (room <= 0 || stopping) return settle()
    claiming = true
    try {
      const claimed = await store.claimTurns(room, now(), turnLease, retrying > 0 ? 0 : 1)
      careful &&= claimed.length > 0
      working += claimed.length
      begin(claimed)
      if (claimed.length === room) again = true
    } catch (error) {
      log.warn({ error: errorName(error) }, 'cannot claim turns')
    } finally {
      claiming = false
      if (again) {
        again = false
        wake()
      }
      settle()
    }
  }

  /** One by one nobody can wait for a model. */
  const handling = (): TurnPorts => (isCareful() ? { ...ports, model: undefined } : ports)

  async function work(claimed: ClaimedTurn): Promise<void> {
    const isRetry = claimed.attempt > 1
    if (isRetry) retrying++
    try {
      for (let next: ClaimedTurn | null = claimed; next !== null;) next = await handleContact(handling(), next, () => givingBack)
    } catch (error) {
      // Only the store can fail here; the claim runs out and the events come again.
      log.error({ contact: claimed.contactKey, error: errorName(error) }, 'cannot commit a turn')
      counters.add('turn_failures', { cause: 'store' })
    } finally {
      if (isRetry && --retrying === 0) wake()
      free()
    }
  }

  function free(): void {
    const wasFull = working >= most()
    working--
    if (wasFull) wake()
    settle()
  }

  return {
    record,
    wake,
    busy,
    idle,
    stop(givesBack = false) {
      stopping = true
      givingBack = givesBack
      ports.model?.stop()
      return idle()
    },
  }
}

/** For the figures of an operator: how many events, of which channel, and what became of them. */
export function countRecorded(counters: Counters, events: readonly InboundEvent[], results: readonly RecordResult[]): void {
  results.forEach((result, index) => counters.add('events', { channel: events[index]!.contact.channel, result }))
}

/** What is recorded is acknowledged before anything else is done about it. */
const afterAcknowledging = (work: () => void): void => void setImmediate(work)
