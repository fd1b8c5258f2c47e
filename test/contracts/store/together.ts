import { describe, expect, it } from 'vitest'
import { MINUTE } from '../../../src/core/time.ts'
import { anEvent, aReply, aText, claimOne, finishedAs, handled, LEASE, OA, person, sendAll, sent, T, turnOf, withStore, type OpenStore } from '../../support/store-fixtures.ts'

const an = person(1)
const binh = person(2)
const withDeliveries = { lease: LEASE, deliveries: true }
const withoutDeliveries = { lease: LEASE, deliveries: false }

/** Steps that claim what comes next in the same unit. */
export function togetherContract(open: OpenStore): void {
  describe('recordAndClaim', () => {
    it('claims the contacts whose events it recorded, each once, with all of them in order', withStore(open, async ({ store }) => {
      const events = [aText(an, 'late', T + 5), aText(binh, 1, T), aText(an, 'early', T + 1), aText(binh, 1, T)]
      const { results, claimed } = await store.recordAndClaim(events, T + 10, LEASE)
      expect(results).toEqual(['recorded', 'recorded', 'recorded', 'duplicate'])
      expect(claimed).toHaveLength(2)
      const ofAn = claimed.find((turn) => turn.contactKey === store.keyOf(an))!
      expect(ofAn).toMatchObject({ contact: an, attempt: 1, version: 0, conversation: null, profile: { lastInboundAt: T + 5 } })
      expect(ofAn.waiting).toEqual([events[2], events[0]])
      expect(await store.claimTurns(10, T + 10, LEASE)).toEqual([])
      expect(await store.commitTurns(claimed.map((turn) => turnOf(turn)), T + 10)).toEqual(['committed', 'committed'])
    }))

    it('shows what waited before, and the conversation', withStore(open, async ({ store }) => {
      await handled(store, an, 1, () => [], { conversation: { at: 'menu' } })
      await store.recordEvents([aText(an, 2, T + 1)], T + 1)
      const { claimed } = await store.recordAndClaim([aText(an, 3, T + 2)], T + 2, LEASE)
      expect(claimed).toMatchObject([{ version: 1, conversation: { at: 'menu' }, waiting: [{ id: aText(an, 2).id }, { id: aText(an, 3).id }] }])
    }))

    it('leaves a contact that is held, and one that waits for a retry', withStore(open, async ({ store }) => {
      const [held] = (await store.recordAndClaim([aText(an, 1)], T, LEASE)).claimed
      expect(await store.recordAndClaim([aText(an, 2)], T + 1, LEASE)).toEqual({ results: ['recorded'], claimed: [] })
      await store.failTurn({ contactKey: held!.contactKey, claim: held!.claim, eventId: held!.waiting[0]!.id, cause: 'x', then: { retryAt: T + MINUTE } }, T + 1)
      expect(await store.recordAndClaim([aText(an, 3)], T + 2, LEASE)).toEqual({ results: ['recorded'], claimed: [] })
      expect((await claimOne(store, T + MINUTE)).waiting).toHaveLength(3)
    }))

    it('takes a claim that ran out, and counts the attempt', withStore(open, async ({ store }) => {
      const [first] = (await store.recordAndClaim([aText(an, 1)], T, LEASE)).claimed
      const [second] = (await store.recordAndClaim([aText(an, 2, T + LEASE)], T + LEASE, LEASE)).claimed
      expect(second).toMatchObject({ attempt: 2, waiting: [{ id: aText(an, 1).id }, { id: aText(an, 2).id }] })
      expect(await store.commitTurns([turnOf(first!), turnOf(second!)], T + LEASE)).toEqual(['stale', 'committed'])
    }))

    it('claims nobody for a duplicate, for what is too old, and for what needs no turn', withStore(open, async ({ store }) => {
      const event = await handled(store, an, 1, () => [])
      const { results, claimed } = await store.recordAndClaim([event, aText(binh, 'old', T - 1_000 * MINUTE), anEvent(an, 'i', T, { kind: 'interaction' })], T, LEASE)
      expect(results).toEqual(['duplicate', 'too_old', 'recorded'])
      expect(claimed).toEqual([])
    }, { keysKept: MINUTE }))

    it('gives each contact to one of many calls at the same moment', withStore(open, async ({ store }) => {
      const calls = await Promise.all(Array.from({ length: 20 }, (_, n) => store.recordAndClaim([aText(person(n % 5), n)], T, LEASE)))
      expect(calls.flatMap((call) => call.claimed.map((turn) => turn.contactKey)).toSorted()).toEqual(Array.from({ length: 5 }, (_, n) => store.keyOf(person(n))).toSorted())
    }))

    it('keeps the others when one event cannot be stored', withStore(open, async ({ store }) => {
      const bad = anEvent(person(9), 'bad', T, { kind: 'submitted_info', fields: { amount: 1n as unknown as string } })
      const { results, claimed } = await store.recordAndClaim([aText(an, 1), bad, aText(binh, 1)], T, LEASE)
      expect(results).toEqual(['recorded', 'recorded', 'recorded'])
      expect(new Set(claimed.map((turn) => turn.contact.userId))).toEqual(new Set([an.userId, binh.userId]))
      expect(await store.deadEvents(10)).toHaveLength(1)
    }))
  })

  describe('commitAndClaim', () => {
    it('claims the first reply where its lane is free, so that nobody else does', withStore(open, async ({ store }) => {
      const [claimed] = (await store.recordAndClaim([aText(an, 1)], T, LEASE)).claimed
      const id = claimed!.waiting[0]!.id
      const [committed] = await store.commitAndClaim([turnOf(claimed!, { deliveries: [aReply(id, 0), aReply(id, 1)], profile: { optedOut: true } })], T, withDeliveries)
      expect(committed).toMatchObject({ result: 'committed', next: null, delivery: {
        id: `${id}#0`, contactKey: store.keyOf(an), account: OA, contact: an, origin: 'reply', part: { text: 'trả lời 0' }, attempt: 1, maybeSent: false, lastInboundAt: T, optedOut: true, blocked: false,
      } })
      expect(await store.claimDeliveries(OA, 10, T, LEASE)).toEqual([])
      expect(await store.claimDeliveries(OA, 10, T + LEASE, LEASE)).toMatchObject([{ id: `${id}#0`, attempt: 2, maybeSent: true }])
    }))

    it('claims no delivery when none is asked for, when an earlier one is under way, or when only campaigns were queued', withStore(open, async ({ store }) => {
      const next = async (native: number, deliveries: (id: string) => ReturnType<typeof aReply>[], claim: typeof withDeliveries) => {
        const [claimed] = (await store.recordAndClaim([aText(an, native, T + native)], T + native, LEASE)).claimed
        return (await store.commitAndClaim([turnOf(claimed!, { deliveries: deliveries(claimed!.waiting[0]!.id) })], T + native, claim))[0]
      }
      expect(await next(1, (id) => [aReply(id)], withoutDeliveries)).toEqual({ result: 'committed', next: null, delivery: null })
      const [underWay] = await store.claimDeliveries(OA, 10, T + 1, LEASE)
      expect(await next(2, (id) => [aReply(id)], withDeliveries)).toMatchObject({ result: 'committed', delivery: null })
      expect(await next(3, () => [], withDeliveries)).toMatchObject({ result: 'committed', delivery: null })
      expect(await next(4, (id) => [aReply(id, 0, { id: 'tet/post1:x#0', origin: 'campaign' })], withDeliveries)).toMatchObject({ result: 'committed', delivery: null })
      await store.finishDeliveries([sent(underWay!)], T + 4)
      expect(await sendAll(store, T + 4)).toHaveLength(2)
    }))

    it('claims what waits next, unless the claim is kept', withStore(open, async ({ store }) => {
      const [claimed] = (await store.recordAndClaim([aText(an, 1), aText(an, 2), aText(an, 3)], T, LEASE)).claimed
      const [first] = await store.commitAndClaim([turnOf(claimed!, { conversation: { n: 1 } })], T, withDeliveries)
      expect(first).toMatchObject({ result: 'committed', next: { version: 1, attempt: 1, conversation: { n: 1 }, waiting: [{ id: aText(an, 2).id }, { id: aText(an, 3).id }] } })
      expect(first!.next!.claim).not.toBe(claimed!.claim)
      expect(await store.claimTurns(10, T, LEASE)).toEqual([])
      const [second] = await store.commitAndClaim([turnOf(first!.next!, { keepClaim: true })], T, withDeliveries)
      expect(second).toEqual({ result: 'committed', next: null, delivery: null })
      expect(await store.renewTurns([first!.next!.claim], T, LEASE)).toEqual([])
    }))

    it('shows what came while the turn was handled', withStore(open, async ({ store }) => {
      const [claimed] = (await store.recordAndClaim([aText(an, 1)], T, LEASE)).claimed
      await store.recordEvents([aText(an, 2, T + 1)], T + 1)
      const [committed] = await store.commitAndClaim([turnOf(claimed!)], T + 2, withDeliveries)
      expect(committed!.next).toMatchObject({ waiting: [{ id: aText(an, 2).id }] })
    }))

    it('claims nothing for a turn that is stale or refused', withStore(open, async ({ store }) => {
      const { claimed } = await store.recordAndClaim([aText(an, 1), aText(an, 2), aText(binh, 1)], T, LEASE)
      const [ofAn, ofBinh] = [an, binh].map((one) => claimed.find((turn) => turn.contactKey === store.keyOf(one))!)
      const turns = [
        turnOf(ofAn!, { version: 7, deliveries: [aReply(ofAn!.waiting[0]!.id)] }),
        turnOf(ofBinh!, { conversation: { amount: 1n }, deliveries: [aReply(ofBinh!.waiting[0]!.id)] }),
      ]
      expect(await store.commitAndClaim(turns, T, withDeliveries)).toEqual([{ result: 'stale', next: null, delivery: null }, { result: 'refused', next: null, delivery: null }])
      expect(await store.dueAccounts(T)).toEqual([])
    }))

    it('claims the farewell of a turn that erases', withStore(open, async ({ store }) => {
      const [claimed] = (await store.recordAndClaim([aText(an, 1), aText(an, 2)], T, LEASE)).claimed
      const [committed] = await store.commitAndClaim([turnOf(claimed!, { erase: true, deliveries: [aReply(claimed!.waiting[0]!.id)] })], T, withDeliveries)
      expect(committed).toMatchObject({ result: 'committed', next: null, delivery: { contact: an } })
      expect(await store.finishAndClaim([sent(committed!.delivery!)], T, LEASE)).toEqual([{ noted: true, next: null }])
      expect(await store.forgetContact(store.keyOf(an), T)).toBe(false)
    }))
  })

  describe('finishAndClaim', () => {
    it('hands over the next of the same lane, in order, until there is none', withStore(open, async ({ store }) => {
      await handled(store, an, 1, (id) => [aReply(id, 0), aReply(id, 1), aReply(id, 2)])
      const ids: string[] = []
      for (let delivery = (await store.claimDeliveries(OA, 10, T, LEASE))[0] ?? null; delivery !== null;) {
        ids.push(delivery.id)
        const [ended] = await store.finishAndClaim([sent(delivery)], T, LEASE)
        expect(ended!.noted).toBe(true)
        expect(await store.claimDeliveries(OA, 10, T, LEASE)).toEqual([])
        delivery = ended!.next
      }
      expect(ids).toEqual([0, 1, 2].map((n) => `${aText(an, 1).id}#${n}`))
    }))

    it('hands over nothing after one that was postponed, or whose claim is lost', withStore(open, async ({ store }) => {
      await handled(store, an, 1, (id) => [aReply(id, 0), aReply(id, 1)])
      const [delivery] = await store.claimDeliveries(OA, 10, T, LEASE)
      expect(await store.finishAndClaim([finishedAs(delivery!, { status: 'queued', dueAt: T + 1, maybeSent: false })], T, LEASE)).toEqual([{ noted: true, next: null }])
      expect(await store.finishAndClaim([sent(delivery!)], T, LEASE)).toEqual([{ noted: false, next: null }])
    }))
  })
}
