import { expect } from 'vitest'
import type { CampaignStatus } from '../../src/core/campaign.ts'
import type { Contact } from '../../src/core/contact.ts'
import { HOUR, type Millis } from '../../src/core/time.ts'
import type { ClaimedCampaignDelivery } from '../../src/store/campaign-ports.ts'
import type { FinishedDelivery, Store } from '../../src/store/ports.ts'
import { asDumped, batch, idOf, known, put, recount, row, settleDelivery, twoParts } from './campaign-fixtures.ts'
import { finishedAs, LEASE, OA } from './store-fixtures.ts'

export type Ending = 'sent' | 'failed' | 'uncertain' | 'queued' | 'maybe'

interface Row {
  campaign: string
  key: string
  n: number
  status: 'queued' | 'sending' | 'sent' | 'failed' | 'uncertain' | 'skipped'
  reason: string | null
  /** Null: waits for the part before it. */
  dueAt: Millis | null
  token: string | null
  until: Millis
  maybe: boolean
  /** How often a worker sent it. */
  sends: number
  /** A later post to the contact was handed out when its lease had run out: a store may count the claim as lost. */
  passedBy: boolean
}

/** What a store must answer about campaigns, kept beside it in plain maps: two campaigns of two parts to the same four people. */
export class CampaignModel {
  store: Store
  now: Millis
  readonly #campaigns: string[]
  readonly #keys: string[]
  readonly #gone = new Set<string>()
  readonly #status = new Map<string, CampaignStatus>()
  /** How many people each campaign's planning has passed. */
  readonly #passed = new Map<string, number>()
  readonly #rows = new Map<string, Row>()
  /** Also those that are no longer good: workers try to use all of them. */
  readonly #claims: ClaimedCampaignDelivery[] = []

  private constructor(store: Store, keys: string[], campaigns: string[], now: Millis) {
    this.store = store
    this.now = now
    this.#keys = keys.toSorted()
    this.#campaigns = campaigns
  }

  static async begin(store: Store, people: readonly Contact[], campaigns: string[], now: Millis): Promise<CampaignModel> {
    const keys: string[] = []
    for (const one of people) keys.push(await known(store, one, now))
    const model = new CampaignModel(store, keys, campaigns, now)
    for (const campaign of campaigns) await model.#put(campaign, 'running')
    return model
  }

  /** The next two people; `stale`: as a planner does that has not noticed how far another one came. */
  async plan(which: number, stale: boolean): Promise<void> {
    const campaign = this.#campaigns[which]!
    const passed = this.#passed.get(campaign) ?? 0
    const from = stale ? (passed === 0 ? 2 : 0) : passed
    const keys = this.#keys.slice(from, from + 2)
    const done = from + 2 >= this.#keys.length
    const good = !stale && passed < this.#keys.length && this.#status.get(campaign) === 'running'
    const result = await this.store.planBatch(batch(campaign, 'bai', keys.map((key) => row(key, { parts: twoParts, dueAt: this.now })), {
      after: from === 0 ? null : this.#keys[from - 1]!, upTo: keys.at(-1) ?? 'zz', done, now: this.now,
    }))
    expect(result).toBe(good ? 'planned' : 'stale')
    if (!good) return
    this.#passed.set(campaign, from + 2)
    for (const key of keys.filter((one) => !this.#gone.has(one))) {
      for (const n of [1, 2]) {
        this.#rows.set(idOf(campaign, 'bai', key, n), {
          campaign, key, n, status: 'queued', reason: null, dueAt: n === 1 ? this.now : null, token: null, until: 0, maybe: false, sends: 0, passedBy: false,
        })
      }
    }
  }

  async turn(which: number, to: CampaignStatus): Promise<void> {
    const campaign = this.#campaigns[which]!
    if (this.#status.get(campaign) !== 'cancelled') await this.#put(campaign, to)
  }

  /** Pauses or cancels, giving back one claim that was surely not sent. */
  async stop(which: number, how: 'hold' | 'cancel', pick: number): Promise<void> {
    const campaign = this.#campaigns[which]!
    if (this.#status.get(campaign) !== 'cancelled') await this.#put(campaign, how === 'hold' ? 'paused' : 'cancelled')
    const claim = this.#claims[pick % Math.max(1, this.#claims.length)]
    const given = claim === undefined ? undefined : this.#rows.get(claim.id)
    if (given?.passedBy === true) return
    const good = claim !== undefined && given?.status === 'sending' && given.token === claim.claim && given.campaign === campaign
    let changed = good ? 1 : 0
    if (good) Object.assign(given, { status: 'queued', dueAt: this.now, token: null })
    const isCancelled = how === 'cancel'
    if (isCancelled) {
      changed = 0
      const all = [...this.#rows.values()].filter((one) => one.campaign === campaign)
      for (const one of all.filter(({ status }) => status === 'queued')) {
        changed++
        Object.assign(one, { status: 'skipped', reason: 'cancelled', dueAt: null })
      }
    }
    for (const one of [...this.#rows.values()].filter(({ campaign: of, status, key, until }) => of === campaign && status === 'sending' && until <= this.now && !this.#isBusy(key))) {
      changed++
      Object.assign(one, { status: 'uncertain', reason: 'no_answer', token: null, dueAt: null })
      for (const rest of this.#restOf(one)) if (rest.status === 'queued') Object.assign(rest, { status: 'skipped', reason: 'no_answer', dueAt: null })
    }
    const passed = [...this.#rows.values()].some((one) => one.campaign === campaign && one.status === 'sending' && one.until <= this.now && this.#isBusy(one.key))
    const count = await this.store.stopDeliveries(campaign, how, claim === undefined ? [] : [claim], this.now)
    if (passed) return void await this.#learn()
    expect(count).toBe(changed)
  }

  async claim(limit: number): Promise<ClaimedCampaignDelivery[]> {
    const due = new Set([...this.#rows.values()].filter((one) => this.#isDue(one) && !this.#isBusy(one.key)).map(({ key }) => key))
    const claimed = await this.store.claimCampaignDeliveries(OA, limit, this.now, LEASE)
    expect(claimed).toHaveLength(Math.min(limit, due.size))
    for (const delivery of claimed) this.#take(delivery)
    return claimed
  }

  async finish(pick: number, ending: Ending): Promise<void> {
    const claim = this.#claims[pick % Math.max(1, this.#claims.length)]
    if (claim !== undefined) await this.#finish(claim, ending)
  }

  async settle(pick: number, how: 'send_again' | 'leave'): Promise<void> {
    const all = [...this.#rows.entries()]
    const found = all.filter(([, one]) => one.status === 'uncertain')
    const [id, one] = found[pick % Math.max(1, found.length)] ?? all[pick % Math.max(1, all.length)] ?? []
    if (id === undefined || one === undefined) return
    const status = this.#status.get(one.campaign)
    const good = one.status === 'uncertain' && (how === 'leave' || status === 'running' || status === 'paused')
    expect(await settleDelivery(this.store, id, how, this.now)).toBe(good)
    if (!good || how === 'leave') return
    for (const rest of this.#restOf(one)) if (rest.status === 'skipped' && rest.reason === one.reason) Object.assign(rest, { status: 'queued', reason: null, dueAt: null })
    Object.assign(one, { status: 'queued', reason: null, dueAt: this.now, maybe: false, token: null, sends: 0 })
  }

  async erase(who: number): Promise<void> {
    const key = this.#keys[who]!
    expect(await this.store.forgetContact(key, this.now)).toBe(!this.#gone.has(key))
    this.#gone.add(key)
    for (const [id, one] of this.#rows) if (one.key === key) this.#rows.delete(id)
  }

  pass(by: Millis): void {
    this.now += by
  }

  /** As the next process finds it: every lease is free, and every claim of before is good for nothing. */
  killed(store: Store): void {
    this.store = store
    for (const one of this.#rows.values()) if (one.status === 'sending') Object.assign(one, { token: null, until: this.now, passedBy: false })
  }

  /** Sends everything there is, and looks whether it was all, once, and whether the books say so. */
  async drain(): Promise<void> {
    this.pass(HOUR)
    for (const campaign of this.#campaigns) {
      if (this.#status.get(campaign) === 'cancelled') await this.store.stopDeliveries(campaign, 'cancel', [], this.now)
      else await this.#put(campaign, 'running')
    }
    await this.#learn()
    for (const which of [0, 0, 1, 1]) if ((this.#passed.get(this.#campaigns[which]!) ?? 0) < this.#keys.length) await this.plan(which, false)
    for (let rounds = 0; ; rounds++) {
      expect(rounds, 'rounds of draining').toBeLessThan(100)
      const claimed = await this.claim(3)
      for (const delivery of claimed) await this.#finish(delivery, 'sent')
      if (claimed.length === 0) break
    }
    expect([...this.#rows].filter(([, { status }]) => status === 'queued' || status === 'sending'), 'left over').toEqual([])
    const recounted = await recount(this.store, this.now)
    for (const campaign of this.#campaigns) {
      const ledger = await this.store.readLedger({ campaign })
      expect(asDumped(ledger)).toEqual(recounted.filter((count) => count.campaign === campaign))
      const told = new Map<string, number>()
      for (const { status, reason, count } of ledger) if (reason !== 'erased') told.set(status, (told.get(status) ?? 0) + count)
      for (const [status, count] of Object.entries(Object.groupBy([...this.#rows.values()].filter((one) => one.campaign === campaign), (one) => one.status))) {
        expect(told.get(status) ?? 0, status).toBeGreaterThanOrEqual(count!.length)
      }
      const reached = [...this.#rows.values()].filter((one) => one.campaign === campaign && (one.status === 'sent' || one.status === 'uncertain')).map(({ key }) => key)
      expect(await this.store.reachedBy(campaign, 'bai', OA, null, 10)).toEqual([...new Set(reached)].toSorted())
    }
  }

  async #put(campaign: string, status: CampaignStatus): Promise<void> {
    await put(this.store, campaign, status, [], this.now)
    this.#status.set(campaign, status)
  }

  #take(delivery: ClaimedCampaignDelivery): void {
    const one = this.#rows.get(delivery.id)!
    expect(one, 'a known row').toBeDefined()
    expect(this.#isDue(one) && !this.#isBusy(one.key), `${delivery.id} may be claimed`).toBe(true)
    expect(delivery.maybeSent).toBe(one.maybe || one.status === 'sending')
    const others = [...this.#rows.values()].filter((other) => other.key === one.key && other.campaign !== one.campaign && ['sent', 'sending', 'uncertain'].includes(other.status))
    expect(delivery.facts.campaignsThatDay).toBe(others.length === 0 ? 0 : 1)
    for (const other of others) if (other.status === 'sending') other.passedBy = true
    Object.assign(one, { maybe: delivery.maybeSent, status: 'sending', token: delivery.claim, until: this.now + LEASE, dueAt: null, passedBy: false })
    this.#claims.push(delivery)
  }

  async #finish(claim: ClaimedCampaignDelivery, ending: Ending): Promise<void> {
    const one = this.#rows.get(claim.id)
    const good = one?.status === 'sending' && one.token === claim.claim
    const ends: Record<Ending, FinishedDelivery['end']> = {
      sent: { status: 'sent', platformMessageId: `p-${claim.id}` }, failed: { status: 'failed', reason: 'x' }, uncertain: { status: 'uncertain', reason: 'no_answer' },
      queued: { status: 'queued', dueAt: this.now + 1, maybeSent: false }, maybe: { status: 'queued', dueAt: this.now + 1, maybeSent: true },
    }
    const end = ends[ending]
    const [noted] = await this.store.finishDeliveries([finishedAs(claim, end)], this.now)
    if (good && one.passedBy && noted === false) return
    expect(noted).toBe(good)
    if (!good) return
    if (ending === 'sent') {
      one.sends++
      expect(one.sends, `${claim.id} was sent`).toBe(1)
      const next = this.#restOf(one).find(({ n }) => n === one.n + 1)
      if (next?.status === 'queued' && next.dueAt === null) next.dueAt = this.now
    }
    if (end.status === 'queued') return void Object.assign(one, { status: 'queued', dueAt: end.dueAt, maybe: end.maybeSent, token: null })
    const reason = end.status === 'sent' ? null : end.reason
    Object.assign(one, { status: end.status, reason, dueAt: null, token: null })
    if (end.status !== 'sent') for (const rest of this.#restOf(one)) if (rest.status === 'queued') Object.assign(rest, { status: 'skipped', reason, dueAt: null })
  }

  /** Takes over from the store what two stores may decide differently: what became of rows under way whose lease was over, and of what came back to a cancelled campaign. */
  async #learn(): Promise<void> {
    for await (const { table, row: stored } of this.store.dumpRows({ withSecrets: false })) {
      const one = table === 'delivery' ? this.#rows.get(String(stored.id)) : undefined
      if (one === undefined || (one.status !== 'sending' && one.status !== 'queued') || !['uncertain', 'skipped'].includes(String(stored.status))) continue
      Object.assign(one, { status: stored.status, reason: stored.reason, token: null, dueAt: null })
      for (const rest of this.#restOf(one)) if (rest.status === 'queued') Object.assign(rest, { status: 'skipped', reason: one.reason, dueAt: null })
    }
  }

  #restOf(one: Row): Row[] {
    return [...this.#rows.values()].filter((other) => other.campaign === one.campaign && other.key === one.key && other.n > one.n)
  }

  #isBusy(key: string): boolean {
    return [...this.#rows.values()].some((one) => one.key === key && one.status === 'sending' && one.until > this.now)
  }

  #isDue(one: Row): boolean {
    if (this.#status.get(one.campaign) !== 'running') return false
    return one.status === 'sending' ? one.until <= this.now : one.status === 'queued' && one.dueAt !== null && one.dueAt <= this.now
  }
}
