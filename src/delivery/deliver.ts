import type { Channel, SendContext } from '../channels/channel.ts'
import { accountFrom, type AccountKey, type ChannelName } from '../core/contact.ts'
import { errorName } from '../core/error-name.ts'
import { whenIdle } from '../core/idle.ts'
import { SendError, type ClaimedDelivery, type SendOutcome, type UnsendableReason } from '../core/delivery.ts'
import type { Part } from '../core/message.ts'
import type { Counters, Log } from '../core/ports.ts'
import type { Clock, Millis } from '../core/time.ts'
import type { FinishedDelivery, Store } from '../store/ports.ts'
import { lateness, lateEventOf, type LateTerms } from './late.ts'
import { afterRefusal, calmAccount, free, type AccountPace } from './pace.ts'
import { afterFailure, type AccountEffect } from './retry.ts'

/** Longer than any call's timeout, so that a claim never runs out while its send is under way. */
const lease: Millis = 60_000
/** Calls under way per account: one slow platform takes no more, and never from another account. */
const mostInFlight = 128

export interface DeliveryPorts {
  store: Store
  channels: Partial<Record<ChannelName, Channel>>
  /** Whether an account may send at all, kept in the store. */
  gate: AccountGate
  now: Clock
  /** Between 0 and 1, for jitter. */
  random: () => number
  terms: LateTerms
  log: Log
  counters: Counters
  /** An event of ours was recorded: somebody should look at the inbox. */
  inboxGrew: () => void
  /** Where campaigns share a platform's limit with replies; absent: nowhere. */
  pacing?: SharedPacing
}

/** A platform's limit that replies and announcements share, kept by whoever sends the announcements. */
export interface SharedPacing {
  /** Takes a place for a reply. Null: it has one, or none is needed; else resolves when it has. */
  enter(delivery: Pick<ClaimedDelivery, 'id' | 'account' | 'contactKey'>): Promise<void> | null
  /** The call is over, however it ended. */
  left(delivery: Pick<ClaimedDelivery, 'id' | 'account'>): void
  /** The platform throttled, or is down: nothing starts before `until`. */
  hold(account: AccountKey, until: Millis): void
}

/** How a try of an announcement ended. `refusal`: what the platform, or the way to it, had against it; null: nothing, or it was not asked. */
export interface Announced extends Pick<FinishedDelivery, 'end' | 'contact'> {
  refusal: SendOutcome | null
}

export interface AccountGate {
  isStopped(account: AccountKey): boolean
  /** Stores the state; alerting is the jobs' business. */
  stop(account: AccountKey, needs: Extract<SendOutcome, { kind: 'bad_configuration' }>['needs'], code: string): Promise<void>
}

/** The only caller of `channel.send`. */
export interface Deliverer {
  /** There may be something due for this account (any when not named). Returns at once. */
  wake(account?: AccountKey): void
  /** True: one more may be under way for this account now, and a place is kept for it until `carry` or `giveBack`. */
  reserve(account: AccountKey): boolean
  /** Sends a delivery that was claimed for a place kept. Returns at once. */
  carry(delivery: ClaimedDelivery): void
  giveBack(account: AccountKey): void
  /** One try of an announcement that may be sent now, in a place kept for it. Whoever claimed it notes the end. Never rejects. */
  announce(delivery: ClaimedDelivery): Promise<Announced>
  /** Whether something is under way, or about to be looked for. */
  busy(): boolean
  /** Resolves when it is not busy; what waits for a later moment does not count. */
  idle(): Promise<void>
  /** Starts nothing new and resolves when what is under way has been noted. */
  stop(): Promise<void>
}

export function createDeliverer(ports: DeliveryPorts): Deliverer {
  const { store, channels, gate, now, log, counters } = ports
  const paces = new Map<AccountKey, AccountPace>()
  /** Calls under way, by account. */
  const inFlight = new Map<AccountKey, number>()
  const dirty = new Set<AccountKey>()
  /** Accounts that had no room when something was due. */
  const starved = new Set<AccountKey>()
  const pumping = new Set<AccountKey>()
  /** Whatever must end before `stop` resolves. */
  let underWay = 0
  let stopping = false
  let armed = false
  const busy = (): boolean => underWay > 0 || armed
  const { settle, idle } = whenIdle(busy)

  const paceOf = (account: AccountKey): AccountPace => paces.get(account) ?? calmAccount
  const takePlaces = (account: AccountKey, places: number): void => void inFlight.set(account, (inFlight.get(account) ?? 0) + places)

  function wake(account?: AccountKey): void {
    if (stopping) return
    if (account === undefined) track(findDue())
    else dirty.add(account)
    if (armed) return
    armed = true
    setImmediate(pumpAll)
  }

  async function findDue(): Promise<void> {
    try {
      for (const account of await store.dueAccounts(now())) wake(account)
    } catch (error) {
      log.warn({ error: errorName(error) }, 'cannot look for due deliveries')
    }
  }

  function pumpAll(): void {
    armed = false
    for (const account of dirty) {
      if (pumping.has(account)) continue
      dirty.delete(account)
      pumping.add(account)
      track(pump(account).finally(() => {
        pumping.delete(account)
        if (dirty.has(account)) wake(account)
      }))
    }
    settle()
  }

  /** Claims as much as the account may carry, and starts it. */
  async function pump(account: AccountKey): Promise<void> {
    const at = now()
    const room = roomFor(account, at)
    if (room === 0 || stopping) return
    starved.delete(account)
    try {
      const claimed = await store.claimDeliveries(account, room, at, lease)
      if (claimed.length === 0) return
      takePlaces(account, claimed.length)
      for (const delivery of claimed) carry(delivery)
      if (claimed.length === room) starved.add(account)
    } catch (error) {
      log.warn({ account, error: errorName(error) }, 'cannot claim deliveries')
    }
  }

  function roomFor(account: AccountKey, at: Millis): number {
    if (channelOf(account) === undefined || gate.isStopped(account)) return 0
    const room = free(paceOf(account), inFlight.get(account) ?? 0, at, mostInFlight)
    if (room === 0) starved.add(account)
    return room
  }

  const carry = (delivery: ClaimedDelivery): void => track(carryOut(delivery))

  function giveBack(account: AccountKey): void {
    takePlaces(account, -1)
    if (starved.has(account)) wake(account)
  }

  /** One delivery after another of the same lane, in the place that is kept. */
  async function carryOut(first: ClaimedDelivery): Promise<void> {
    for (let delivery: ClaimedDelivery | null = first; delivery !== null;) delivery = await sendAndNote(delivery)
    giveBack(first.account)
  }

  /** The next of the same lane, which the store hands over where it is due. */
  async function sendAndNote(delivery: ClaimedDelivery): Promise<ClaimedDelivery | null> {
    try {
      const finished = await attempt(delivery)
      const result = { id: delivery.id, claim: delivery.claim, ...finished }
      counters.add('deliveries', { channel: delivery.contact.channel, origin: delivery.origin, end: finished.end.status })
      if (stopping || roomFor(delivery.account, now()) === 0) {
        await store.finishDeliveries([result], now())
        return null
      }
      const [ended] = await store.finishAndClaim([result], now(), lease)
      return ended!.next
    } catch (error) {
      // The claim runs out and the delivery comes back as "may have been sent".
      log.error({ delivery: delivery.id, error: errorName(error) }, 'cannot note how a delivery ended')
      return null
    }
  }

  /** One try: why it may not be sent, or the platform's answer. */
  async function attempt(delivery: ClaimedDelivery): Promise<Pick<FinishedDelivery, 'end' | 'contact'>> {
    const channel = channelOf(delivery.account)!
    const at = now()
    const when = lateness(delivery, at, ports.terms)
    if (when.kind === 'too_late') {
      await handBack(delivery, at)
      return { end: { status: 'skipped', reason: 'too_late' } }
    }
    const context = contextOf(delivery, at)
    const reason: UnsendableReason | null = delivery.blocked ? 'blocked' : channel.whyUnsendable(when.part, context)
    if (reason !== null) return { end: { status: 'skipped', reason } }

    const place = ports.pacing?.enter(delivery) ?? null
    if (place !== null) await place
    const { refusal: _, ...ended } = await send(delivery, when.part, context)
    ports.pacing?.left(delivery)
    return ended
  }

  const contextOf = ({ origin, lastInboundAt, optedOut }: ClaimedDelivery, at: Millis): SendContext => ({ origin, lastInboundAt, optedOut, now: at })

  async function send(delivery: ClaimedDelivery, part: Part, context: SendContext): Promise<Announced> {
    try {
      const { platformMessageId } = await channelOf(delivery.account)!.send(delivery.contact, part, delivery.id, context)
      paces.delete(delivery.account)
      return { end: { status: 'sent', platformMessageId }, refusal: null }
    } catch (error) {
      return failed(delivery, error)
    }
  }

  async function failed(delivery: ClaimedDelivery, error: unknown): Promise<Announced> {
    const { outcome, code } = error instanceof SendError ? error : { outcome: { kind: 'uncertain' } as const, code: errorName(error) }
    counters.add('send_errors', { channel: delivery.contact.channel, outcome: outcome.kind })
    log.warn({ delivery: delivery.id, account: delivery.account, outcome: outcome.kind, code }, 'not sent')
    const next = afterFailure(delivery, outcome, now())
    if (next.account !== undefined) await apply(delivery.account, next.account, code)
    return { end: next.end, refusal: outcome, ...(next.contact === undefined ? {} : { contact: next.contact }) }
  }

  async function apply(account: AccountKey, effect: AccountEffect, code: string): Promise<void> {
    if (effect.kind === 'wait') {
      const pace = afterRefusal(paceOf(account), now(), effect.until, ports.random())
      paces.set(account, pace)
      ports.pacing?.hold(account, pace.waitUntil)
    } else await gate.stop(account, effect.needs, code).catch((error: unknown) => log.error({ account, error: errorName(error) }, 'cannot store account state'))
  }

  /** The question waited too long: it goes back to the inbox, where the apology is made once for the contact. */
  async function handBack(delivery: ClaimedDelivery, at: Millis): Promise<void> {
    await store.recordEvents([lateEventOf(delivery, at)], at)
    ports.inboxGrew()
  }

  const channelOf = (account: AccountKey): Channel | undefined => channels[accountFrom(account).channel]

  /** `work` never rejects. */
  function track(work: Promise<void>): void {
    underWay++
    void work.then(() => {
      underWay--
      settle()
    })
  }

  return {
    wake,
    carry,
    giveBack,
    async announce(delivery) {
      const announced = await send(delivery, delivery.part, contextOf(delivery, now()))
      counters.add('deliveries', { channel: delivery.contact.channel, origin: delivery.origin, end: announced.end.status })
      return announced
    },
    reserve(account) {
      if (stopping || roomFor(account, now()) === 0) return false
      takePlaces(account, 1)
      return true
    },
    busy,
    idle,
    stop() {
      stopping = true
      return idle()
    },
  }
}
