import { describe, expect, it } from 'vitest'
import { MINUTE, SECOND } from '../../../src/core/time.ts'
import type { Turn } from '../../../src/store/ports.ts'
import { aReply, aText, claimOne, handled, LEASE, OA, person, sendAll, T, turnOf, withStore, type OpenStore } from '../../support/store-fixtures.ts'

const an = person(1)
const binh = person(2)

/** `shared`: several processes may have the store open, so that a claim that ran out may be a dead one's. */
export function claimsContract(open: OpenStore, shared: boolean): void {
  if (shared) ranOutContract(open)
  describe('claimTurns', () => {
    it('hands out each contact once, longest due first, with its waiting events in order', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(binh, 1, T)], T)
      await store.recordEvents([aText(an, 'late', T + 5), aText(an, 'early', T + 1), aText(an, 'tie', T + 5)], T + 10)
      const claimed = await store.claimTurns(10, T + 10, LEASE)
      expect(claimed.map((turn) => turn.contact.userId)).toEqual([binh.userId, an.userId])
      expect(claimed[1]!.waiting.map((event) => event.id)).toEqual(['early', 'late', 'tie'].map((native) => aText(an, native).id))
      expect(claimed[1]).toMatchObject({ version: 0, attempt: 1, conversation: null, profile: { optedOut: false } })
      expect(await store.claimTurns(10, T + 10, LEASE)).toEqual([])
    }))

    it('takes no more contacts than asked for', withStore(open, async ({ store }) => {
      await store.recordEvents([1, 2, 3].map((n) => aText(person(n), n)), T)
      expect(await store.claimTurns(2, T, LEASE)).toHaveLength(2)
      expect(await store.claimTurns(2, T, LEASE)).toHaveLength(1)
    }))

    it('gives one contact to one of many that ask at the same moment', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1)], T)
      const claims = await Promise.all(Array.from({ length: 10 }, () => store.claimTurns(5, T, LEASE)))
      expect(claims.flat()).toHaveLength(1)
    }))

    it('hands out a claim that ran out again, counts the attempt, and refuses the first claim', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1)], T)
      const first = await claimOne(store, T)
      expect(await store.claimTurns(10, T + LEASE - 1, LEASE)).toEqual([])
      const second = await claimOne(store, T + LEASE)
      expect(second).toMatchObject({ attempt: 2, version: first.version })
      expect(second.claim).not.toBe(first.claim)
      expect(await store.commitTurns([turnOf(first)], T + LEASE)).toEqual(['stale'])
      expect(await store.commitTurns([turnOf(second)], T + LEASE)).toEqual(['committed'])
    }))

    it('lets a holder commit after its lease ran out when nobody else took the claim', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1)], T)
      const claimed = await claimOne(store, T)
      expect(await store.commitTurns([turnOf(claimed)], T + 10 * LEASE)).toEqual(['committed'])
    }))

    it('counts the attempts of killed processes: the fourth claim says 4', withStore(open, async (bench) => {
      await bench.store.recordEvents([aText(an, 1)], T)
      for (let attempt = 1; attempt <= 4; attempt++) {
        const now = T + attempt * LEASE
        expect((await claimOne(bench.store, now)).attempt).toBe(attempt)
        await bench.reopen({ now: now + 1 })
      }
    }))

    it('counts each event for itself, also when an earlier one arrives between two tries', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 'poison', T + 10)], T + 10)
      await claimOne(store, T + 10)
      await store.recordEvents([aText(an, 'earlier', T)], T + 20)
      const other = await claimOne(store, T + 10 + LEASE)
      expect(other.attempt).toBe(1)
      expect(await store.commitTurns([turnOf(other)], T + 10 + LEASE)).toEqual(['committed'])
      expect((await claimOne(store, T + 10 + LEASE)).attempt).toBe(2)
    }))

    it('puts what arrives late behind what is committed', withStore(open, async ({ store }) => {
      await handled(store, an, 'second', () => [], {}, T + 10)
      await store.recordEvents([aText(an, 'first', T)], T + 20)
      expect(await claimOne(store, T + 20)).toMatchObject({ version: 1, waiting: [{ id: aText(an, 'first').id }] })
    }))
  })

  describe('renewTurns', () => {
    it('prolongs what is held and names what is not', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1), aText(binh, 1)], T)
      const [a, b] = await store.claimTurns(2, T, LEASE)
      await store.commitTurns([turnOf(b!)], T)
      expect(await store.renewTurns([a!.claim, b!.claim, 'no-such-claim'], T + LEASE - 1, LEASE)).toEqual([b!.claim, 'no-such-claim'])
      expect(await store.claimTurns(10, T + LEASE, LEASE)).toEqual([])
      await claimOne(store, T + 2 * LEASE)
      expect(await store.renewTurns([a!.claim], T + 2 * LEASE, LEASE)).toEqual([a!.claim])
    }))
  })

  describe('commitTurns', () => {
    it('gives up a claim whose contact has more waiting: it cannot be renewed, and holds nobody up', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1), aText(an, 2)], T)
      const claimed = await claimOne(store)
      expect(await store.commitTurns([turnOf(claimed)], T)).toEqual(['committed'])
      expect(await store.renewTurns([claimed.claim], T, LEASE)).toEqual([claimed.claim])
      expect((await claimOne(store)).waiting).toHaveLength(1)
    }))

    it('counts the try of the event for which the claim is kept', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 'first', T), aText(an, 'third', T + 5), aText(an, 'second', T + 1)], T + 5)
      const claimed = await claimOne(store, T + 5)
      expect(await store.commitTurns([turnOf(claimed, { keepClaim: aText(an, 'second').id })], T + 5)).toEqual(['committed'])
      expect(await claimOne(store, T + 5 + LEASE)).toMatchObject({ attempt: 2, waiting: [{ id: aText(an, 'second').id }, { id: aText(an, 'third').id }] })
    }))

    it('counts no try of an event that came meanwhile, however early it is dated', withStore(open, async ({ store }) => {
      await store.recordEvents([1, 2, 3, 4, 5, 6].map((n) => aText(an, n, T + n * 10)), T + 100)
      const claimed = await claimOne(store, T + 100)
      await store.recordEvents([aText(an, 'late', T + 1)], T + 100)
      for (const [n, event] of claimed.waiting.entries()) {
        const next = claimed.waiting[n + 1]
        const turn = turnOf({ ...claimed, version: claimed.version + n }, { eventId: event.id, ...(next === undefined ? {} : { keepClaim: next.id }) })
        expect(await store.commitTurns([turn], T + 100)).toEqual(['committed'])
      }
      expect(await claimOne(store, T + 100)).toMatchObject({ attempt: 1, waiting: [{ id: aText(an, 'late').id }] })
    }))

    it('counts the tries of the event under way where an earlier one came meanwhile', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1, T + 10), aText(an, 'kills', T + 20)], T + 20)
      const claimed = await claimOne(store, T + 20)
      await store.recordEvents([aText(an, 'late', T + 1)], T + 20)
      await store.commitTurns([turnOf(claimed, { keepClaim: aText(an, 'kills').id })], T + 20)
      const late = await claimOne(store, T + 20 + LEASE)
      expect(late).toMatchObject({ attempt: 1, waiting: [{ id: aText(an, 'late').id }, { id: aText(an, 'kills').id }] })
      await store.commitTurns([turnOf(late)], T + 20 + LEASE)
      expect(await claimOne(store, T + 20 + LEASE)).toMatchObject({ attempt: 2, waiting: [{ id: aText(an, 'kills').id }] })
    }))

    it('lets the claim go where the event it is kept for does not wait', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1), aText(an, 2)], T)
      const claimed = await claimOne(store)
      expect(await store.commitTurns([turnOf(claimed, { keepClaim: 'unknown' })], T)).toEqual(['committed'])
      expect(await claimOne(store)).toMatchObject({ attempt: 1, waiting: [{ id: aText(an, 2).id }] })
    }))

    it('queues a delivery once, whoever queues it again', withStore(open, async ({ store }) => {
      await handled(store, an, 1, () => [aReply('same')])
      await handled(store, an, 2, () => [aReply('same'), aReply('other')])
      expect(await store.countDeliveries()).toEqual([{ origin: 'reply', status: 'queued', count: 2 }])
      expect(await sendAll(store)).toEqual(['same#0', 'other#0'])
    }))

    it('saves the conversation, queues the deliveries in order and raises the version', withStore(open, async (bench) => {
      await handled(bench.store, an, 1, (id) => [aReply(id, 0), aReply(id, 1)], { conversation: { at: 'menu', words: ['Đăng ký'] } })
      const store = await bench.reopen()
      await store.recordEvents([aText(an, 2)], T)
      expect(await claimOne(store)).toMatchObject({ version: 1, conversation: { at: 'menu', words: ['Đăng ký'] } })
      expect(await sendAll(store)).toEqual([`${aText(an, 1).id}#0`, `${aText(an, 1).id}#1`])
    }))

    it.each<[string, (turn: Turn) => Turn]>([
      ['another version', (turn) => ({ ...turn, version: turn.version + 1 })],
      ['a claim that is not held', (turn) => ({ ...turn, claim: `${turn.claim}0` })],
      ['another contact', (turn) => ({ ...turn, contactKey: 'somebody-else' })],
      ['an event that does not wait', (turn) => ({ ...turn, eventId: 'zalo:1:text:unknown' })],
    ])('changes nothing for %s', (_, spoil) => withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1)], T)
      const claimed = await claimOne(store)
      const turn = turnOf(claimed, { deliveries: [aReply(claimed.waiting[0]!.id)], profile: { optedOut: true } })
      expect(await store.commitTurns([spoil(turn)], T)).toEqual(['stale'])
      expect(await store.dueAccounts(T)).toEqual([])
      expect((await store.findContact(claimed.contactKey))?.profile.optedOut).toBe(false)
      expect(await store.commitTurns([turn], T)).toEqual(['committed'])
    })())

    it('commits a turn once', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1)], T)
      const turn = turnOf(await claimOne(store))
      expect((await Promise.all([store.commitTurns([turn], T), store.commitTurns([turn], T)])).flat().toSorted()).toEqual(['committed', 'stale'])
      expect(await store.commitTurns([turn], T)).toEqual(['stale'])
    }))

    it('refuses a turn whose own data cannot be stored and keeps the other forty-nine', withStore(open, async ({ store }) => {
      await store.recordEvents(Array.from({ length: 50 }, (_, n) => aText(person(n), n)), T)
      const claimed = await store.claimTurns(50, T, LEASE)
      const turns = claimed.map((one, n) => turnOf(one, { deliveries: [aReply(one.waiting[0]!.id)], ...(n === 7 && { conversation: { amount: 1n } }) }))
      const results = (await Promise.all(turns.map((turn) => store.commitTurns([turn], T)))).flat()
      expect(results).toEqual(turns.map((_, n) => (n === 7 ? 'refused' : 'committed')))
      expect(await store.claimDeliveries(OA, 100, T, LEASE)).toHaveLength(49)
      await store.failTurn({ contactKey: claimed[7]!.contactKey, claim: claimed[7]!.claim, eventId: claimed[7]!.waiting[0]!.id, cause: 'refused', then: { dead: true } }, T)
      expect(await store.deadEvents(10)).toHaveLength(1)
    }))

    it('leaves no half of a turn whose last delivery cannot be stored', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1)], T)
      const claimed = await claimOne(store)
      const id = claimed.waiting[0]!.id
      const bad = aReply(id, 1, { part: { text: 'x', amount: 1n } as never })
      expect(await store.commitTurns([turnOf(claimed, { deliveries: [aReply(id, 0), bad] })], T)).toEqual(['refused'])
      expect(await store.dueAccounts(T)).toEqual([])
      expect((await store.countDeliveries()).filter(({ count }) => count !== 0)).toEqual([])
      expect(await store.commitTurns([turnOf(claimed, { deliveries: [aReply(id, 0)] })], T)).toEqual(['committed'])
    }))

    it('makes the next waiting event due at once, without an attempt counted', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1), aText(an, 2)], T)
      const claimed = await claimOne(store)
      await store.commitTurns([turnOf(claimed)], T)
      expect(await claimOne(store)).toMatchObject({ attempt: 1, version: 1, waiting: [{ id: aText(an, 2).id }] })
    }))

    it('keeps the claim for the next event when asked, counts its attempt, and lets it go after the last', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1), aText(an, 2)], T)
      const claimed = await claimOne(store)
      expect(await store.commitTurns([turnOf(claimed, { keepClaim: aText(an, 2).id })], T)).toEqual(['committed'])
      expect(await store.claimTurns(10, T, LEASE)).toEqual([])
      const again = await claimOne(store, T + LEASE)
      expect(again.attempt).toBe(2)
      expect(await store.commitTurns([turnOf(again, { keepClaim: aText(an, 2).id })], T + LEASE)).toEqual(['committed'])
      expect(await store.renewTurns([again.claim], T + LEASE, LEASE)).toEqual([again.claim])
      expect(await store.nextDueAt()).toBeNull()
    }))

    it('commits the second event under the kept claim with the raised version', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1), aText(an, 2)], T)
      const claimed = await claimOne(store)
      await store.commitTurns([turnOf(claimed, { keepClaim: aText(an, 2).id })], T)
      const second = { ...claimed, version: claimed.version + 1, waiting: claimed.waiting.slice(1) }
      expect(await store.commitTurns([turnOf(second)], T)).toEqual(['committed'])
      expect(await store.claimTurns(10, T + 10 * LEASE, LEASE)).toEqual([])
    }))

    it('saves what was learnt about the person, and only that', withStore(open, async ({ store }) => {
      await handled(store, an, 1, () => [], { profile: { optedOut: true, remembered: { commune: 'Đồng Văn' } } })
      await handled(store, an, 2, () => [], { profile: { blocked: true } })
      expect((await store.findContact(store.keyOf(an)))?.profile).toMatchObject({ optedOut: true, blocked: true, remembered: { commune: 'Đồng Văn' } })
      await handled(store, an, 3, () => [], { profile: { optedOut: false, remembered: {} } })
      expect((await store.findContact(store.keyOf(an)))?.profile).toMatchObject({ optedOut: false, remembered: {} })
    }))
  })

  describe('failTurn', () => {
    it('waits until the retry and loses nothing; new events do not shorten the wait', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1)], T)
      const claimed = await claimOne(store)
      await store.failTurn({ contactKey: claimed.contactKey, claim: claimed.claim, eventId: claimed.waiting[0]!.id, cause: 'TypeError decide', then: { retryAt: T + MINUTE } }, T)
      await store.recordEvents([aText(an, 2)], T + SECOND)
      expect(await store.claimTurns(10, T + MINUTE - 1, LEASE)).toEqual([])
      expect(await store.nextDueAt()).toBe(T + MINUTE)
      const again = await claimOne(store, T + MINUTE)
      expect(again.attempt).toBe(2)
      expect(again.waiting).toHaveLength(2)
    }))

    it('sets a poisonous event aside after its third failure, apologises, and goes on with the next', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 'poison'), aText(an, 'next')], T)
      const id = aText(an, 'poison').id
      for (let attempt = 1; attempt <= 3; attempt++) {
        const claimed = await claimOne(store, T + attempt)
        expect(claimed).toMatchObject({ attempt, waiting: [{ id }, {}] })
        await store.failTurn({
          contactKey: claimed.contactKey, claim: claimed.claim, eventId: id, cause: 'TypeError decide',
          then: attempt < 3 ? { retryAt: T + attempt + 1 } : { dead: true, apology: aReply(id, 0, { part: { text: 'xin lỗi' } }) },
        }, T + attempt)
      }
      const next = await claimOne(store, T + 3)
      expect(next).toMatchObject({ attempt: 1, waiting: [{ id: aText(an, 'next').id }] })
      expect(next.waiting).toHaveLength(1)
      expect(await store.deadEvents(10)).toEqual([{ id, contactKey: next.contactKey, kind: 'text', cause: 'TypeError decide', at: T + 3 }])
      expect(await sendAll(store, T + 3)).toEqual([`${id}#0`])
    }))

    it('leaves the reply window open for the apology, also of somebody who never wrote before', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 'poison')], T)
      const claimed = await claimOne(store)
      await store.failTurn({ contactKey: claimed.contactKey, claim: claimed.claim, eventId: claimed.waiting[0]!.id, cause: 'x', then: { dead: true, apology: aReply('a') } }, T + 1)
      expect(await store.claimDeliveries(OA, 1, T + 1, LEASE)).toMatchObject([{ id: 'a#0', lastInboundAt: T }])
    }))

    it('does nothing when the claim is gone', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1)], T)
      const first = await claimOne(store, T)
      const second = await claimOne(store, T + LEASE)
      await store.failTurn({ contactKey: first.contactKey, claim: first.claim, eventId: first.waiting[0]!.id, cause: 'x', then: { dead: true, apology: aReply('a') } }, T + LEASE)
      expect(await store.deadEvents(10)).toEqual([])
      expect(await store.dueAccounts(T + LEASE)).toEqual([])
      expect(await store.commitTurns([turnOf(second)], T + LEASE)).toEqual(['committed'])
    }))

    it('lets a dead event wait again when it is revived, once, with its tries forgotten', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1)], T)
      const claimed = await claimOne(store)
      const id = claimed.waiting[0]!.id
      await store.failTurn({ contactKey: claimed.contactKey, claim: claimed.claim, eventId: id, cause: 'x', then: { dead: true } }, T)
      expect(await store.claimTurns(10, T + LEASE, LEASE)).toEqual([])
      expect(await store.reviveEvent(id, T + LEASE)).toBe(true)
      expect(await store.reviveEvent(id, T + LEASE)).toBe(false)
      expect(await store.reviveEvent('zalo:1:text:unknown', T)).toBe(false)
      expect(await claimOne(store, T + LEASE)).toMatchObject({ attempt: 1, waiting: [{ id, text: 'hỏi 1' }] })
      expect(await store.deadEvents(10)).toEqual([])
    }))
  })

  describe('a restart', () => {
    it('frees what the dead predecessor held at once', withStore(open, async (bench) => {
      await handled(bench.store, an, 1, (id) => [aReply(id)])
      await bench.store.recordEvents([aText(binh, 1)], T)
      const turn = await claimOne(bench.store)
      await bench.store.claimDeliveries(OA, 10, T, LEASE)
      const store = await bench.reopen({ now: T + 1 })
      expect(await store.commitTurns([turnOf(turn)], T + 1)).toEqual(['stale'])
      expect(await claimOne(store, T + 1)).toMatchObject({ attempt: 2 })
      expect(await store.claimDeliveries(OA, 10, T + 1, LEASE)).toMatchObject([{ maybeSent: true, attempt: 2 }])
    }))
  })
}

function ranOutContract(open: OpenStore): void {
  describe('a claim that ran out', () => {
    it('is handed out again with as many others as asked for, the longest due first, beside what nobody claimed', withStore(open, async ({ store }) => {
      const later = T + 2 * LEASE
      for (const n of [1, 2, 3]) await store.recordAndClaim([aText(person(n), n)], T + n, LEASE)
      for (const n of [4, 5]) await store.recordEvents([aText(person(n), n)], T + n)
      const claimed = async (limit: number, ranOut?: number): Promise<string[]> =>
        (await store.claimTurns(limit, later, LEASE, ranOut)).map((turn) => turn.contact.userId)
      expect(await claimed(1, 0)).toEqual([person(4).userId])
      expect(await claimed(10, 1)).toEqual([person(5).userId, person(1).userId])
      expect(await claimed(10, 0)).toEqual([])
      expect(await claimed(1, 2)).toEqual([person(2).userId])
      expect(await claimed(10)).toEqual([person(3).userId])
    }))

    it('is not one that was let go of: by a failure, by a commit that left more, by closing', withStore(open, async (bench) => {
      const { store } = bench
      const [ofBinh] = (await store.recordAndClaim([aText(binh, 1)], T, LEASE)).claimed
      const [ofAn] = (await store.recordAndClaim([aText(an, 1), aText(an, 2, T + 1)], T + 1, LEASE)).claimed
      await store.commitTurns([turnOf(ofAn!)], T + 2)
      await store.failTurn({ contactKey: ofBinh!.contactKey, claim: ofBinh!.claim, eventId: ofBinh!.waiting[0]!.id, cause: 'Error', then: { retryAt: T + SECOND } }, T + 2)
      expect(await store.claimTurns(10, T + SECOND, LEASE, 0)).toHaveLength(2)
      await bench.reopen({ now: T + 2 * SECOND })
      expect(await bench.store.claimTurns(10, T + 2 * SECOND, LEASE, 0)).toHaveLength(2)
    }))

    it('is taken with none other, so that whoever stood beside a message that kills is not counted with it again', withStore(open, async ({ store }) => {
      const people = Array.from({ length: 20 }, (_, n) => person(n))
      await store.recordEvents(people.map((one, n) => aText(one, n)), T)
      const killer = store.keyOf(people[7]!)
      const tries = new Map<string, number>()
      let now = T
      // A process that claims the killer dies at it, before anything it claimed is committed; the next one finds what ran out.
      for (let lives = 1; lives <= 3;) {
        const claimed = await store.claimTurns(100, now, LEASE, 1)
        expect(claimed).not.toEqual([])
        for (const { contactKey, attempt } of claimed) tries.set(contactKey, attempt)
        if (claimed.every(({ contactKey }) => contactKey !== killer)) {
          await store.commitTurns(claimed.map((turn) => turnOf(turn)), now)
          continue
        }
        lives++
        now += LEASE
      }
      expect(tries.get(killer)).toBe(3)
      expect(Math.max(...people.map((one) => store.keyOf(one)).filter((key) => key !== killer).map((key) => tries.get(key)!))).toBeLessThanOrEqual(2)
    }))

    it('is left by whoever records more of the same person', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1)], T)
      await claimOne(store, T)
      const { claimed } = await store.recordAndClaim([aText(an, 2, T + 1), aText(binh, 1, T + 1)], T + LEASE, LEASE)
      expect(claimed.map((turn) => turn.contact.userId)).toEqual([binh.userId])
      expect(await claimOne(store, T + LEASE)).toMatchObject({ attempt: 2, waiting: [{ id: aText(an, 1).id }, { id: aText(an, 2).id }] })
    }))
  })
}
