import { expect } from 'vitest'
import type { Contact } from '../../src/core/contact.ts'
import type { ClaimedDelivery } from '../../src/core/delivery.ts'
import type { InboundEvent } from '../../src/core/event.ts'
import { HOUR, type Millis } from '../../src/core/time.ts'
import type { AtOnce, ClaimedTurn, FinishedDelivery, NewDelivery, Store, Turn } from '../../src/store/ports.ts'
import { aReply, aText, finishedAs, LEASE } from './store-fixtures.ts'

interface WaitingEvent { id: string; orderAt: Millis; row: number; attempts: number }
interface Person {
  contact: Contact
  key: string
  waiting: WaitingEvent[]
  conversation: string[] | null
  version: number
  claim: { token: string; until: Millis; jumps: number } | null
  notBefore: Millis
}
interface Arrived { arrival: number; event: InboundEvent; person: Person; taken: boolean }
interface Sending { id: string; person: Person; open: boolean; token: string | null; until: Millis; jumps: number; attempts: number; maybeSent: boolean }

export interface World {
  store: Store
  now: Millis
  /** Claims handed out in this run, also those that are no longer good: workers try to use all of them. */
  turns: ClaimedTurn[]
  deliveries: ClaimedDelivery[]
  /** The store is one of several processes: it tells claims that ran out from what nobody claimed. */
  shared: boolean
}

/**
 * What a store must answer, kept beside it in plain maps. It predicts every commit and finish exactly, checks whatever
 * is handed out, and where the clock was never put back also that nothing due is held back.
 */
export class StoreModel {
  readonly world: World
  readonly #people: Person[]
  readonly #known = new Set<string>()
  readonly #dead = new Set<string>()
  readonly #committed = new Map<string, number>()
  readonly #lost = new Set<string>()
  readonly #sendings: Sending[] = []
  readonly #tokens = new Set<string>()
  readonly #arrived: Arrived[] = []
  #rows = 0
  /** How often the clock was put back: what was claimed before may be handed out early or late. */
  #jumps = 0

  constructor(world: World, contacts: readonly Contact[]) {
    this.world = world
    this.#people = contacts.map((contact) => ({ contact, key: world.store.keyOf(contact), waiting: [], conversation: null, version: 0, claim: null, notBefore: -Infinity }))
  }

  /** `handle`, `leave`, `throw`: what the handler does when the store asks it while recording; where a store does not, it claims. */
  async record(who: number, native: number, shift: Millis, how: 'record' | 'claim' | 'handle' | 'leave' | 'throw', deliveries: number): Promise<void> {
    const person = this.#at(who)
    return this.#record(person, this.#eventOf(person, native, shift), how, deliveries)
  }

  /** Acknowledged, and then nobody comes for it, or `recordArrived`. */
  async arrive(who: number, native: number, shift: Millis): Promise<void> {
    const person = this.#at(who)
    const event = this.#eventOf(person, native, shift)
    const arrival = await this.world.store.arrive?.(event, this.world.now)
    if (arrival !== undefined && arrival !== null) this.#arrived.push({ arrival, event, person, taken: false })
  }

  async recordArrived(which: number, how: 'handle' | 'leave' | 'throw', deliveries: number): Promise<void> {
    const arrived = this.#arrived[which % Math.max(1, this.#arrived.length)]
    if (arrived === undefined) return
    const { arrival, event, person } = arrived
    if (!arrived.taken) {
      arrived.taken = true
      return this.#record(person, event, how, deliveries, arrival)
    }
    expect(await this.world.store.recordAndHandle!(event, this.world.now, LEASE, () => null, arrival)).toEqual({ result: 'recorded', claimed: null, handled: null })
  }

  /** What the store records by itself: of this person or everybody, before the arrival given. */
  #takeUp(person?: Person, before = Infinity): void {
    for (const arrived of this.#arrived) {
      if (arrived.taken || arrived.arrival >= before || (person !== undefined && arrived.person !== person)) continue
      arrived.taken = true
      if (!this.#known.has(arrived.event.id)) this.#wait(arrived.person, arrived.event)
    }
  }

  #wait(person: Person, event: InboundEvent): void {
    this.#known.add(event.id)
    person.waiting.push({ id: event.id, orderAt: event.orderAt, row: this.#rows++, attempts: 0 })
    person.waiting.sort((a, b) => a.orderAt - b.orderAt || a.row - b.row)
  }

  #eventOf(person: Person, native: number, shift: Millis): InboundEvent {
    const { now } = this.world
    return aText(person.contact, native, now, 'x', { sentAt: now, orderAt: now + shift })
  }

  async #record(person: Person, event: InboundEvent, how: 'record' | 'claim' | 'handle' | 'leave' | 'throw', deliveries: number, arrival?: number): Promise<void> {
    const { store, now } = this.world
    const free = person.waiting.length === 0 || (this.#jumps === 0 && !this.#held(person) && person.notBefore <= now)
    this.#takeUp(person, arrival)
    const shown: ClaimedTurn[] = []
    const answers = Array.from({ length: deliveries }, (_, n) => aReply(event.id, n))
    const handle: AtOnce = (turn) => {
      shown.push(turn)
      if (how === 'throw') throw new Error('the handler fails')
      if (how === 'leave') return null
      const conversation = [...(turn.conversation as string[] | null ?? []), event.id]
      return { turn: { contactKey: turn.contactKey, claim: turn.claim, version: turn.version, eventId: event.id, conversation, deliveries: answers, outcome: null }, deliveries: true }
    }
    const { results, claimed, handled } = how === 'record' ? { results: await store.recordEvents([event], now), claimed: [], handled: null }
      : how === 'claim' || store.recordAndHandle === undefined ? { ...await store.recordAndClaim([event], now, LEASE), handled: null }
      : await store.recordAndHandle(event, now, LEASE, handle, arrival).then(({ result, claimed: turn, handled: done }) => ({ results: [result], claimed: turn === null ? [] : [turn], handled: done }))
    const claim = how !== 'record'
    const known = this.#known.has(event.id)
    expect(results).toEqual([known ? 'duplicate' : 'recorded'])
    if (known) {
      expect(handled).toBeNull()
      // It may have brought with it what arrived before.
      for (const turn of claimed) this.#takeTurn(turn)
      return
    }
    if (handled !== null) return this.#handledAtOnce(person, event.id, shown.at(-1)!, answers, handled.delivery)
    this.#wait(person, event)
    const ranOutApart = this.world.shared && person.claim !== null
    if (claim && free) expect(claimed).toHaveLength(ranOutApart ? 0 : 1)
    for (const turn of claimed) this.#takeTurn(turn)
  }

  /** As a claim and its commit in one: of somebody for whom nothing waited. */
  #handledAtOnce(person: Person, id: string, shown: ClaimedTurn, answers: readonly NewDelivery[], delivery: ClaimedDelivery | null): void {
    expect({ waiting: person.waiting, held: this.#jumps === 0 && this.#held(person) }).toEqual({ waiting: [], held: false })
    expect({ contact: shown.contact, key: shown.contactKey, waiting: shown.waiting.map((event) => event.id), attempt: shown.attempt, version: shown.version, conversation: shown.conversation })
      .toEqual({ contact: person.contact, key: person.key, waiting: [id], attempt: 1, version: person.version, conversation: person.conversation })
    this.#known.add(id)
    this.#committed.set(id, (this.#committed.get(id) ?? 0) + 1)
    person.conversation = [...(person.conversation ?? []), id]
    person.version++
    person.notBefore = -Infinity
    this.#queued(person, answers, delivery)
  }

  async claimTurns(limit: number, ranOut?: number): Promise<ClaimedTurn[]> {
    const { store, now, shared } = this.world
    this.#takeUp()
    const due = this.#people.filter((person) => person.waiting.length > 0 && !this.#held(person) && person.notBefore <= now)
    const held = this.#people.filter((person) => person.claim !== null)
    const most = shared ? ranOut ?? limit : limit
    const claimed = await store.claimTurns(limit, now, LEASE, ranOut)
    expect(claimed.filter(({ contactKey }) => held.some(({ key }) => key === contactKey)).length, 'whose claim ran out').toBeLessThanOrEqual(most)
    for (const turn of claimed) this.#takeTurn(turn)
    const others = due.filter((person) => !held.includes(person))
    if (this.#jumps === 0) expect(claimed).toHaveLength(Math.min(limit, others.length + Math.min(most, due.length - others.length)))
    return claimed
  }

  async renew(turn: ClaimedTurn): Promise<void> {
    const { store, now } = this.world
    const person = this.#holder(turn)
    expect(await store.renewTurns([turn.claim], now, LEASE)).toEqual(person ? [] : [turn.claim])
    if (person?.claim) person.claim = { token: turn.claim, until: now + LEASE, jumps: this.#jumps }
  }

  async commit(turn: ClaimedTurn, how: { deliveries: number; keepClaim: boolean; erase: boolean; wrongVersion: boolean; event: number; claim: boolean }): Promise<void> {
    const { store, now } = this.world
    const person = this.#holder(turn)
    const waiting = person?.waiting ?? []
    const event = turn.waiting[how.event % turn.waiting.length]!
    const version = (person?.version ?? turn.version) + (how.wrongVersion ? 1 : 0)
    const good = person !== undefined && !how.wrongVersion && waiting.some((one) => one.id === event.id)
    const conversation = [...(person?.conversation ?? []), event.id]
    const kept = how.keepClaim ? turn.waiting.find(({ id }) => id !== event.id) : undefined
    const written: Turn = {
      contactKey: turn.contactKey, claim: turn.claim, version, eventId: event.id, conversation, outcome: null,
      deliveries: Array.from({ length: how.deliveries }, (_, n) => aReply(event.id, n)), erase: how.erase, ...(kept === undefined ? {} : { keepClaim: kept.id }),
    }
    const [committed] = how.claim
      ? await store.commitAndClaim([written], now, { lease: LEASE, deliveries: true })
      : (await store.commitTurns([written], now)).map((result) => ({ result, next: null, delivery: null }))
    expect(committed!.result).toBe(good ? 'committed' : 'stale')
    if (!good) return expect(committed).toEqual({ result: 'stale', next: null, delivery: null })
    this.#committed.set(event.id, (this.#committed.get(event.id) ?? 0) + 1)
    person.waiting = waiting.filter((one) => one.id !== event.id)
    person.conversation = conversation
    person.version++
    person.notBefore = -Infinity
    const next = person.waiting.find(({ id }) => id === kept?.id)
    if (next) next.attempts++
    else person.claim = null
    if (how.erase) {
      this.#takeUp(person)
      this.#erase(person)
    }
    if (how.claim) {
      expect(committed!.next !== null, 'what waits next is claimed').toBe(kept === undefined && person.waiting.length > 0)
      if (committed!.next) this.#takeTurn(committed!.next)
    }
    this.#queued(person, written.deliveries, how.claim ? committed!.delivery : undefined)
  }

  /** `claimed`: what was handed over with it; undefined where nothing was asked for. */
  #queued(person: Person, deliveries: readonly NewDelivery[], claimed: ClaimedDelivery | null | undefined): void {
    for (const delivery of deliveries) {
      this.#sendings.push({ id: delivery.id, person, open: true, token: null, until: -Infinity, jumps: 0, attempts: 0, maybeSent: false })
    }
    if (claimed === undefined) return
    const laneWasEmpty = this.#sendings.find((one) => one.person === person && one.open)?.id === deliveries[0]?.id
    if (deliveries.length > 0 && laneWasEmpty) expect(claimed, 'the first reply is claimed').not.toBeNull()
    // Where an earlier reply is queued and nobody sends it, a store may hand that one over or leave it.
    if (claimed) this.#takeDelivery(claimed)
  }

  async fail(turn: ClaimedTurn, then: 'retry' | 'dead'): Promise<void> {
    const { store, now } = this.world
    const person = this.#holder(turn)
    // A handler fails at what it works on: an event that still waits, unless its claim is gone.
    const event = turn.waiting.find((shown) => person?.waiting.some((one) => one.id === shown.id)) ?? turn.waiting[0]!
    const held = person?.waiting.find((one) => one.id === event.id)
    if (person && !held) return
    await store.failTurn({ contactKey: turn.contactKey, claim: turn.claim, eventId: event.id, cause: 'Error', then: then === 'dead' ? { dead: true } : { retryAt: now + LEASE } }, now)
    if (!person || !held) return
    person.claim = null
    if (then === 'retry') person.notBefore = now + LEASE
    else {
      person.waiting = person.waiting.filter((one) => one !== held)
      person.notBefore = -Infinity
      this.#dead.add(event.id)
    }
  }

  async claimDeliveries(limit: number): Promise<ClaimedDelivery[]> {
    const { store, now } = this.world
    const taken: ClaimedDelivery[] = []
    for (const account of await store.dueAccounts(now)) taken.push(...await store.claimDeliveries(account, limit, now, LEASE))
    for (const delivery of taken) this.#takeDelivery(delivery)
    return taken
  }

  async finish(delivery: ClaimedDelivery, end: FinishedDelivery['end'], claim: boolean): Promise<void> {
    const { store, now } = this.world
    const sending = this.#sendings.find((one) => one.id === delivery.id)!
    const good = sending.open && sending.token === delivery.claim
    const [ended] = claim
      ? await store.finishAndClaim([finishedAs(delivery, end)], now, LEASE)
      : (await store.finishDeliveries([finishedAs(delivery, end)], now)).map((noted) => ({ noted, next: null }))
    expect(ended!.noted).toBe(good)
    if (!good) return expect(ended!.next).toBeNull()
    sending.token = null
    if (end.status === 'queued') sending.maybeSent = end.maybeSent
    else sending.open = false
    const others = this.#sendings.some((one) => one.person === sending.person && one.open)
    if (claim) expect(ended!.next !== null, 'the next of the lane is claimed').toBe(end.status !== 'queued' && others)
    if (ended!.next) this.#takeDelivery(ended!.next)
  }

  async forget(who: number): Promise<void> {
    const person = this.#at(who)
    await this.world.store.forgetContact(person.key, this.world.now)
    person.claim = null
    this.#takeUp(person)
    this.#erase(person)
  }

  pass(by: Millis): void {
    this.world.now += by
    if (by < 0) this.#jumps++
  }

  /** As the next process finds it: every lease is free, and every claim of before is good for nothing. */
  restarted(store: Store): void {
    this.world.store = store
    this.#takeUp()
    for (const person of this.#people) person.claim = null
    for (const sending of this.#sendings) {
      if (sending.token !== null) Object.assign(sending, { token: 'given up', until: -Infinity })
    }
  }

  /** Works everything off and checks that nothing was lost, nothing was done twice and nothing is left. */
  async drain(): Promise<void> {
    this.pass(10 * HOUR)
    for (let rounds = 0; ; rounds++) {
      expect(rounds, 'rounds of draining').toBeLessThan(200)
      const turns = await this.claimTurns(100)
      for (const turn of turns) await this.commit(turn, { deliveries: 0, keepClaim: false, erase: false, wrongVersion: false, event: 0, claim: false })
      const deliveries = await this.claimDeliveries(100)
      for (const delivery of deliveries) await this.finish(delivery, { status: 'sent', platformMessageId: delivery.id }, false)
      if (turns.length === 0 && deliveries.length === 0) break
    }
    for (const id of this.#known) {
      const times = (this.#committed.get(id) ?? 0) + (this.#dead.has(id) ? 1 : 0) + (this.#lost.has(id) ? 1 : 0)
      expect(times, `${id} was settled`).toBe(1)
    }
    expect(this.#sendings.filter((one) => one.open).map((one) => one.id), 'deliveries never finished').toEqual([])
    expect(await this.world.store.load(this.world.now)).toMatchObject({ waitingEvents: 0, queuedDeliveries: 0 })
    expect(await this.world.store.nextDueAt()).toBeNull()
  }

  #at(who: number): Person {
    return this.#people[who % this.#people.length]!
  }

  #held(person: Person): boolean {
    return person.claim !== null && person.claim.until > this.world.now
  }

  #holder(turn: ClaimedTurn): Person | undefined {
    return this.#people.find((person) => person.claim?.token === turn.claim)
  }

  #takeTurn(turn: ClaimedTurn): void {
    this.world.turns.push(turn)
    const person = this.#people.find((one) => one.key === turn.contactKey)
    expect(person, 'a contact of this run').toBeDefined()
    if (person!.claim?.jumps === this.#jumps) expect(this.#held(person!), 'claimed while another holds it').toBe(false)
    expect(this.#tokens.has(turn.claim), 'a claim used before').toBe(false)
    this.#tokens.add(turn.claim)
    const head = person!.waiting[0]
    head!.attempts++
    expect({ contact: turn.contact, waiting: turn.waiting.map((event) => event.id), attempt: turn.attempt, version: turn.version, conversation: turn.conversation }).toEqual({
      contact: person!.contact, waiting: person!.waiting.map((event) => event.id), attempt: head!.attempts, version: person!.version, conversation: person!.conversation,
    })
    person!.claim = { token: turn.claim, until: this.world.now + LEASE, jumps: this.#jumps }
  }

  #takeDelivery(delivery: ClaimedDelivery): void {
    this.world.deliveries.push(delivery)
    const sending = this.#sendings.find((one) => one.id === delivery.id)!
    expect(this.#sendings.find((one) => one.person === sending.person && one.open), 'the first in its lane').toBe(sending)
    if (sending.token && sending.jumps === this.#jumps) expect(sending.until, 'handed out while in flight').toBeLessThanOrEqual(this.world.now)
    sending.attempts++
    sending.maybeSent ||= sending.token !== null
    expect(delivery).toMatchObject({ attempt: sending.attempts, maybeSent: sending.maybeSent, contact: sending.person.contact })
    sending.token = delivery.claim
    sending.until = this.world.now + LEASE
    sending.jumps = this.#jumps
  }

  #erase(person: Person): void {
    for (const event of person.waiting) this.#lost.add(event.id)
    Object.assign(person, { waiting: [], conversation: null, version: 0, claim: null, notBefore: -Infinity })
    for (const sending of this.#sendings) if (sending.person === person) sending.open = false
  }
}
