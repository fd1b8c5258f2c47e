import { accountFrom, type AccountKey } from '../core/contact.ts'
import type { ClaimedDelivery } from '../core/delivery.ts'
import { errorName } from '../core/error-name.ts'
import { whenIdle } from '../core/idle.ts'
import type { Millis } from '../core/time.ts'
import type { FinishedDelivery } from '../store/ports.ts'
import { createAttempts, type Announced, type DeliveryPorts, type Ended } from './attempt.ts'
import { free } from './pace.ts'
import { createUnderWay, endWithdrawn } from './under-way.ts'
import { createUnnoted } from './unnoted.ts'

/** Longer than any call's timeout: a claim runs out while its send is under way only where the clock jumps or a place is long waited for. */
const lease: Millis = 60_000
/** Calls of a server under way per account: one slow platform takes no more, and never from another account. */
const usuallyInFlight = 128

/** The way out: takes what is due, sends it, notes how it ended. */
export interface Deliverer {
  /** There may be something due for this account (any when not named). Returns at once. */
  wake(account?: AccountKey): void
  /** True: one more may be under way for this account now, and a place is kept for it until `carry` or `giveBack`. */
  reserve(account: AccountKey): boolean
  /** Sends a delivery that was claimed for a place kept. Returns at once. */
  carry(delivery: ClaimedDelivery): void
  giveBack(account: AccountKey): void
  /** A person answered this contact: replies of the bot that are just being sent are not tried again. */
  withdraw(contactKey: string): void
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
  const { store, channels, gate, now, log, counters, mostInFlight = usuallyInFlight } = ports
  const attempts = createAttempts(ports)
  /** Calls under way, by account. */
  const inFlight = new Map<AccountKey, number>()
  const dirty = new Set<AccountKey>()
  /** Accounts that had no room when something was due. */
  const starved = new Set<AccountKey>()
  const pumping = new Set<AccountKey>()
  const unnoted = createUnnoted(store, now)
  const sending = createUnderWay()
  /** Whatever must end before `stop` resolves. */
  let underWay = 0
  let stopping = false
  let armed = false
  const busy = (): boolean => underWay > 0 || armed
  const { settle, idle } = whenIdle(busy)

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
      await noteAgain()
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

  /** Claims as much as the account may carry, and starts it. The places are taken before: turns go on reserving while the store is asked. */
  async function pump(account: AccountKey): Promise<void> {
    const at = now()
    const room = roomFor(account, at)
    if (room === 0 || stopping) return
    starved.delete(account)
    takePlaces(account, room)
    try {
      const claimed = await store.claimDeliveries(account, room, at, lease)
      takePlaces(account, claimed.length - room)
      for (const delivery of claimed) carry(delivery)
      if (claimed.length === room) starved.add(account)
      else if (starved.has(account)) wake(account)
    } catch (error) {
      takePlaces(account, -room)
      log.warn({ account, error: errorName(error) }, 'cannot claim deliveries')
    }
  }

  function roomFor(account: AccountKey, at: Millis): number {
    if (channels[accountFrom(account).channel] === undefined || gate.isStopped(account)) return 0
    const room = free(attempts.paceOf(account), inFlight.get(account) ?? 0, at, mostInFlight)
    if (room === 0) starved.add(account)
    return room
  }

  function carry(delivery: ClaimedDelivery): void {
    if (sending.takeOver(delivery)) giveBack(delivery.account)
    else track(carryOut(delivery))
  }

  function giveBack(account: AccountKey): void {
    takePlaces(account, -1)
    if (starved.has(account)) wake(account)
  }

  /** One delivery after another of the same lane, which the store hands over where it is due, in the place that is kept. */
  async function carryOut(first: ClaimedDelivery): Promise<void> {
    for (let delivery: ClaimedDelivery | null = first; delivery !== null;) {
      const { id } = delivery
      sending.begin(delivery)
      try {
        const ended = unnoted.take(id) ?? afterAttempt(delivery, await attempts.reply(delivery, () => sending.isWithdrawn(id)))
        delivery = await note(delivery, ended)
      } catch (error) {
        // The claim runs out and the delivery comes back as "may have been sent".
        log.error({ delivery: id, error: errorName(error) }, 'cannot hand a late question back')
        delivery = null
      } finally {
        sending.end(id)
      }
    }
    giveBack(first.account)
  }

  function afterAttempt({ id, contact, origin }: ClaimedDelivery, tried: Ended): Ended {
    const ended = sending.isWithdrawn(id) ? endWithdrawn(tried) : tried
    counters.add('deliveries', { channel: contact.channel, origin, end: ended.end.status })
    return ended
  }

  /** The next of the same lane; null where nobody may send it yet. */
  async function note(delivery: ClaimedDelivery, ended: Ended): Promise<ClaimedDelivery | null> {
    const { id, account } = delivery
    const noting: FinishedDelivery = { ...ended, id, claim: sending.claimOf(id) }
    try {
      const alone = stopping || roomFor(account, now()) === 0
      const { noted, next } = alone
        ? { noted: (await store.finishDeliveries([noting], now()))[0]!, next: null }
        : (await store.finishAndClaim([noting], now(), lease))[0]!
      if (!noted && sending.claimOf(id) !== noting.claim) return await note(delivery, ended)
      // Its echo came before the answer and settled it: what comes after it is nobody's yet.
      if (!noted) wake(account)
      return next
    } catch (error) {
      unnoted.keep([noting])
      log.error({ delivery: id, error: errorName(error) }, 'cannot note how a delivery ended')
      return null
    }
  }

  /** Until it is noted, the person waits for what comes after it. */
  const noteAgain = (): Promise<void> => unnoted.noteAgain().catch(() => undefined)

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
    withdraw: sending.withdraw,
    async announce(delivery) {
      const announced = await attempts.announcement(delivery)
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
    async stop() {
      stopping = true
      await idle()
      await noteAgain()
    },
  }
}
