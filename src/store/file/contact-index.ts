import type { AccountKey } from '../../core/contact.ts'
import type { DeliveryStatus, Origin } from '../../core/delivery.ts'
import { MINUTE, type Millis } from '../../core/time.ts'
import { origins } from '../origins.ts'
import type { Leases, Undo } from './leases.ts'
import type { Lane } from './outbox.ts'
import { Schedule } from './schedule.ts'
import { isFinal } from './contact-document.ts'
import type { Count, Due, Planned, Summary } from './summary.ts'

/** The name under which a lane of a contact is claimed. */
export const laneSubject = (key: string, lane: Lane): string => `${lane}:${key}`

/** A clock that goes back by less is only a late caller; by more, it was put back. */
const CLOCK_SLACK = MINUTE

/** The summaries of all contacts, and what follows from them: what is due when, and the totals. */
export class ContactIndex {
  readonly #summaries = new Map<string, Summary>()
  readonly #turnLeases: Leases
  readonly #laneLeases: Leases
  readonly turns = new Schedule()
  readonly #outboxes = new Map<AccountKey, Record<Origin, Schedule>>()
  readonly totals = new Totals()
  readonly deadEvents = new Map<string, string>()
  /** Contacts with planned deliveries that are not final. */
  readonly planned = new Map<string, readonly Planned[]>()
  readonly handovers = new Map<string, { key: string; askedAt: Millis; open: boolean }>()
  readonly lastEventAt = new Map<AccountKey, Millis>()
  #now: Millis

  constructor(turnLeases: Leases, laneLeases: Leases, now: Millis) {
    this.#turnLeases = turnLeases
    this.#laneLeases = laneLeases
    this.#now = now
  }

  /** To be told the time of every call: when the clock was put back, no wait or lease may last longer for it. */
  see(now: Millis): void {
    const putBack = now < this.#now - CLOCK_SLACK
    this.#now = putBack ? now : Math.max(now, this.#now)
    if (putBack) for (const key of this.#summaries.keys()) this.reschedule(key)
  }

  get size(): number { return this.#summaries.size }
  get(key: string): Summary | null { return this.#summaries.get(key) ?? null }
  keys(): IterableIterator<string> { return this.#summaries.keys() }
  entries(): IterableIterator<[string, Summary]> { return this.#summaries.entries() }

  /** What is now known about a contact; null when it is gone. */
  set(key: string, summary: Summary | null, undo: Undo): void {
    const before = this.get(key)
    this.#replace(key, before, summary)
    undo.push(() => this.#replace(key, this.get(key), before))
  }

  /** To be called when a lease of the contact was granted, renewed or given up. */
  reschedule(key: string): void {
    this.#schedule(key, this.get(key))
  }

  outbox(account: AccountKey): Record<Origin, Schedule> {
    let outbox = this.#outboxes.get(account)
    if (outbox === undefined) this.#outboxes.set(account, (outbox = { reply: new Schedule(), staff: new Schedule(), campaign: new Schedule() }))
    return outbox
  }

  /** Accounts with something to send now, most urgent origin first. */
  dueAccounts(now: Millis): AccountKey[] {
    return origins.flatMap((origin) => [...this.#outboxes].filter(([, outbox]) => isDue(outbox[origin], now)).map(([account]) => account))
      .filter((account, place, all) => all.indexOf(account) === place)
  }

  /** Since when the oldest waiting event and the oldest queued delivery are there; null when there is none. */
  oldest(): { waitingSince: Millis | null; queuedSince: Millis | null } {
    let [waiting, queued] = [Infinity, Infinity]
    for (const { turn, queued: deliveries } of this.#summaries.values()) {
      if (turn !== null && turn.oldestAt < waiting) waiting = turn.oldestAt
      if (deliveries !== null && deliveries.oldestAt < queued) queued = deliveries.oldestAt
    }
    return { waitingSince: waiting === Infinity ? null : waiting, queuedSince: queued === Infinity ? null : queued }
  }

  /** Whether a lease keeps others off at this moment: one that began in the future was made before the clock was put back. */
  isHeld(lease: { since: Millis; until: Millis } | null, now: Millis): boolean {
    return lease !== null && lease.until > now && lease.since <= this.#now + CLOCK_SLACK
  }

  /** When a planned delivery may be handed out; null: it is not queued, or waits for the part before it. */
  plannedDueAt(key: string, row: Planned): Millis | null {
    const lease = this.#laneLeases.of(laneSubject(key, 'planned'))
    if (row.status === 'sending') return lease === null ? this.#now : this.#dueAt({ dueAt: this.#now, waitsSince: null }, lease)
    if (row.dueAt === null) return null
    return this.#dueAt({ dueAt: row.dueAt, waitsSince: row.waitsSince ?? row.at }, null)
  }

  /** Null when nothing is waiting, queued or claimed. */
  nextDueAt(): Millis | null {
    const schedules = [this.turns, ...[...this.#outboxes.values()].flatMap((outbox) => Object.values(outbox))]
    const first = Math.min(...schedules.map((schedule) => schedule.first()?.dueAt ?? Infinity))
    return first === Infinity ? null : first
  }

  /** A wait or lease that began in the future was made before the clock was put back: it is over. */
  #dueAt(due: Due, lease: { since: Millis; until: Millis } | null): Millis {
    const since = lease?.since ?? due.waitsSince
    if (since === null) return Math.min(due.dueAt, this.#now)
    return since > this.#now + CLOCK_SLACK ? this.#now : (lease?.until ?? due.dueAt)
  }

  #replace(key: string, before: Summary | null, after: Summary | null): void {
    if (before !== null) this.#forget(before)
    this.planned.delete(key)
    if (after === null) this.#summaries.delete(key)
    else this.#learn(key, after)
    this.#schedule(key, after, before?.account)
  }

  #forget(before: Summary): void {
    this.totals.add(before, -1)
    for (const id of before.dead) this.deadEvents.delete(id)
    for (const { id } of before.handovers) this.handovers.delete(id)
  }

  #learn(key: string, after: Summary): void {
    this.#summaries.set(key, after)
    this.totals.add(after, 1)
    for (const id of after.dead) this.deadEvents.set(id, key)
    const open = after.planned.filter(({ status }) => !isFinal(status))
    if (open.length > 0) this.planned.set(key, open)
    for (const { id, askedAt, open } of after.handovers) this.handovers.set(id, { key, askedAt, open })
    this.lastEventAt.set(after.account, Math.max(this.lastEventAt.get(after.account) ?? 0, after.lastEventAt))
  }

  #schedule(key: string, summary: Summary | null, account = summary?.account): void {
    if (summary?.turn) this.turns.set(key, this.#dueAt(summary.turn, this.#turnLeases.of(key)), 0)
    else this.turns.delete(key)
    if (account === undefined) return
    const outbox = this.outbox(account)
    for (const lane of ['direct', 'campaign'] as const) {
      const head = summary?.[lane] ?? null
      for (const origin of lane === 'direct' ? (['reply', 'staff'] as const) : (['campaign'] as const)) {
        if (head?.origin === origin) outbox[origin].set(key, this.#dueAt(head, this.#laneLeases.of(laneSubject(key, lane))), head.seq)
        else outbox[origin].delete(key)
      }
    }
  }
}

const isDue = (schedule: Schedule, now: Millis): boolean => (schedule.first()?.dueAt ?? Infinity) <= now

/** Counted while contacts come, change and go. */
class Totals {
  waitingEvents = 0
  queuedDeliveries = 0
  readonly #counts = new Map<string, Count>()

  add(summary: Summary, sign: 1 | -1): void {
    this.waitingEvents += sign * (summary.turn?.waiting ?? 0)
    this.queuedDeliveries += sign * (summary.queued?.count ?? 0)
    for (const { origin, status, count } of summary.counts) this.addDeliveries(origin, status, sign * count)
  }

  addDeliveries(origin: Origin, status: DeliveryStatus, count: number): void {
    const known = this.#counts.get(`${origin} ${status}`)
    if (known === undefined) this.#counts.set(`${origin} ${status}`, { origin, status, count })
    else known.count += count
  }

  deliveries(): Count[] {
    return [...this.#counts.values()].filter(({ count }) => count > 0).map((count) => ({ ...count }))
  }
}
