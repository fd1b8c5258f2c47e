import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '../../../src/core/time.ts'
import { accountKey } from '../../../src/core/contact.ts'
import { anEvent, aReply, aText, claimOne, finishedAs, handled, LEASE, OA, person, sendAll, sent, T, turnOf, withStore, type OpenStore } from '../../support/store-fixtures.ts'

const an = person(1)
const binh = person(2)
const onPage = person(3, 'facebook', '102030')
const PAGE = accountKey(onPage)

const staff = (id: string) => aReply(id, 0, { id: `${id}#staff`, origin: 'staff' })
const campaign = (id: string, key: string, n = 0) => aReply(id, 0, { id: `tet/post1:${key}#${n}`, origin: 'campaign', questionAt: null })

export function deliveriesContract(open: OpenStore): void {
  describe('claimDeliveries', () => {
    it('hands out what must be known to send, under the account it belongs to', withStore(open, async ({ store }) => {
      await handled(store, an, 1, (id) => [aReply(id, 0, { part: { text: 'Bà con', choices: [{ title: 'Một', payload: 'c:1' }] }, questionMessageId: 'm1' })])
      expect(await store.claimDeliveries(PAGE, 10, T, LEASE)).toEqual([])
      expect(await store.claimDeliveries(OA, 10, T, LEASE)).toEqual([{
        id: `${aText(an, 1).id}#0`, contactKey: store.keyOf(an), account: OA, contact: an, origin: 'reply',
        part: { text: 'Bà con', choices: [{ title: 'Một', payload: 'c:1' }] }, questionAt: T, questionMessageId: 'm1',
        claim: expect.any(String), attempt: 1, maybeSent: false, lastInboundAt: T, optedOut: false, blocked: false,
      }])
    }))

    it('keeps the replies to one contact in order, one in flight', withStore(open, async ({ store }) => {
      await handled(store, an, 1, (id) => [aReply(id, 0), aReply(id, 1)])
      await handled(store, an, 2, (id) => [aReply(id, 0)], {}, T + 1)
      const ids: string[] = []
      for (let n = 0; n < 3; n++) {
        const claimed = await store.claimDeliveries(OA, 10, T + 1, LEASE)
        expect(claimed).toHaveLength(1)
        expect(await store.claimDeliveries(OA, 10, T + 1, LEASE)).toEqual([])
        ids.push(claimed[0]!.id)
        expect(await store.finishDeliveries([sent(claimed[0]!)], T + 1)).toEqual([true])
      }
      expect(ids).toEqual([`${aText(an, 1).id}#0`, `${aText(an, 1).id}#1`, `${aText(an, 2).id}#0`])
      expect(await store.nextDueAt()).toBeNull()
    }))

    it('takes replies before staff messages before campaigns, older first', withStore(open, async ({ store }) => {
      const key = (n: number) => store.keyOf(person(n))
      await handled(store, person(1), 1, (id) => [campaign(id, key(1))])
      await handled(store, person(2), 1, (id) => [staff(id)], {}, T + 1)
      await handled(store, person(3), 1, (id) => [aReply(id)], {}, T + 2)
      await handled(store, person(4), 1, (id) => [aReply(id)], {}, T + 3)
      const users = async () => (await store.claimDeliveries(OA, 3, T + 3, LEASE)).map((delivery) => delivery.contact.userId)
      expect(await users()).toEqual([person(3), person(4), person(2)].map((one) => one.userId))
      expect(await users()).toEqual([person(1).userId])
    }))

    it('claims at most as many as asked for', withStore(open, async ({ store }) => {
      for (let n = 0; n < 5; n++) await handled(store, person(n), 1, (id) => [n < 4 ? aReply(id) : staff(id)])
      expect(await store.claimDeliveries(OA, 3, T, LEASE)).toHaveLength(3)
      expect(await store.claimDeliveries(OA, 3, T, LEASE)).toHaveLength(2)
      for (let n = 5; n < 9; n++) await handled(store, person(n), 1, (id) => [n < 7 ? aReply(id) : staff(id)])
      expect((await store.claimDeliveries(OA, 3, T, LEASE)).map(({ origin }) => origin)).toEqual(['reply', 'reply', 'staff'])
    }))

    it('gives one delivery to one of many that ask at the same moment', withStore(open, async ({ store }) => {
      await handled(store, an, 1, (id) => [aReply(id)])
      expect((await Promise.all(Array.from({ length: 8 }, () => store.claimDeliveries(OA, 5, T, LEASE)))).flat()).toHaveLength(1)
    }))

    it('lets no campaign hold a reply to the same person', withStore(open, async ({ store }) => {
      await handled(store, an, 1, (id) => [campaign(id, store.keyOf(an), 0), campaign(id, store.keyOf(an), 1)])
      expect(await store.claimDeliveries(OA, 10, T, LEASE)).toHaveLength(1)
      const reply = await handled(store, an, 2, (id) => [aReply(id)])
      expect((await store.claimDeliveries(OA, 10, T, LEASE)).map((one) => one.id)).toEqual([`${reply.id}#0`])
    }))

    it('hands out a claim that ran out again as maybe sent, and refuses the first claim', withStore(open, async ({ store }) => {
      await handled(store, an, 1, (id) => [aReply(id)])
      const [first] = await store.claimDeliveries(OA, 10, T, LEASE)
      expect(await store.claimDeliveries(OA, 10, T + LEASE - 1, LEASE)).toEqual([])
      const [second] = await store.claimDeliveries(OA, 10, T + LEASE, LEASE)
      expect(second).toMatchObject({ id: first!.id, attempt: 2, maybeSent: true })
      expect(await store.finishDeliveries([sent(first!), sent(second!)], T + LEASE)).toEqual([false, true])
      expect(await store.finishDeliveries([sent(second!)], T + LEASE)).toEqual([false])
    }))
  })

  describe('dueAccounts', () => {
    it('names accounts with something due, the most urgent origin first', withStore(open, async ({ store }) => {
      expect(await store.dueAccounts(T)).toEqual([])
      await handled(store, an, 1, (id) => [campaign(id, store.keyOf(an))])
      await handled(store, onPage, 1, (id) => [aReply(id)])
      expect(await store.dueAccounts(T)).toEqual([PAGE, OA])
      await store.claimDeliveries(PAGE, 10, T, LEASE)
      expect(await store.dueAccounts(T)).toEqual([OA])
    }))
  })

  describe('finishDeliveries', () => {
    it('puts a postponed one back first in its lane, with its attempts kept', withStore(open, async ({ store }) => {
      await handled(store, an, 1, (id) => [aReply(id, 0), aReply(id, 1)])
      const [first] = await store.claimDeliveries(OA, 10, T, LEASE)
      expect(await store.finishDeliveries([finishedAs(first!, { status: 'queued', dueAt: T + MINUTE, maybeSent: false })], T)).toEqual([true])
      expect(await store.claimDeliveries(OA, 10, T + MINUTE - 1, LEASE)).toEqual([])
      expect(await store.nextDueAt()).toBe(T + MINUTE)
      const [again] = await store.claimDeliveries(OA, 10, T + MINUTE, LEASE)
      expect(again).toMatchObject({ id: first!.id, attempt: 2, maybeSent: false })
      await store.finishDeliveries([finishedAs(again!, { status: 'queued', dueAt: T + MINUTE, maybeSent: true })], T + MINUTE)
      expect(await store.claimDeliveries(OA, 10, T + MINUTE, LEASE)).toMatchObject([{ id: first!.id, attempt: 3, maybeSent: true }])
    }))

    it.each(['failed', 'uncertain', 'skipped'] as const)('takes the next one after one %s', (status) => withStore(open, async ({ store }) => {
      await handled(store, an, 1, (id) => [aReply(id, 0), aReply(id, 1)])
      const [first] = await store.claimDeliveries(OA, 10, T, LEASE)
      await store.finishDeliveries([finishedAs(first!, { status, reason: '-216' })], T)
      expect(await sendAll(store)).toEqual([`${aText(an, 1).id}#1`])
      expect((await store.countDeliveries()).filter((row) => row.count > 0).toSorted((a, b) => (a.status < b.status ? -1 : 1))).toEqual(
        [{ origin: 'reply' as const, status, count: 1 }, { origin: 'reply' as const, status: 'sent' as const, count: 1 }].toSorted((a, b) => (a.status < b.status ? -1 : 1)),
      )
    })())

    it('learns from the answer that a person blocked us, opted out or can no longer be written to', withStore(open, async ({ store }) => {
      const learn = async (contact: typeof an, learnt: NonNullable<Parameters<typeof finishedAs>[2]>) => {
        await handled(store, contact, 1, (id) => [aReply(id)])
        const [claimed] = await store.claimDeliveries(OA, 10, T, LEASE)
        await store.finishDeliveries([finishedAs(claimed!, { status: 'failed', reason: 'x' }, learnt)], T)
        return (await store.findContact(store.keyOf(contact)))?.profile
      }
      expect(await learn(person(1), { blocked: true })).toMatchObject({ blocked: true, optedOut: false, lastInboundAt: T })
      expect(await learn(person(2), { optedOut: true })).toMatchObject({ blocked: false, optedOut: true, lastInboundAt: T })
      expect(await learn(person(3), { windowClosed: true })).toMatchObject({ blocked: false, optedOut: false, lastInboundAt: null })
      const claimed = await (async () => {
        await handled(store, person(4), 1, (id) => [aReply(id, 0), aReply(id, 1)])
        return (await store.claimDeliveries(OA, 10, T, LEASE))[0]!
      })()
      const [next] = await store.finishAndClaim([finishedAs(claimed, { status: 'failed', reason: 'x' }, { blocked: true })], T, LEASE)
      expect(next).toMatchObject({ next: { blocked: true, optedOut: false } })
      await store.finishDeliveries([finishedAs(next!.next!, { status: 'failed', reason: 'x' }, { optedOut: true })], T)
      expect((await store.findContact(store.keyOf(person(4))))?.profile).toMatchObject({ blocked: true, optedOut: true })
    }))

    it('counts deliveries by origin and status', withStore(open, async ({ store }) => {
      await handled(store, an, 1, (id) => [aReply(id, 0), aReply(id, 1), campaign(id, 'k')])
      await store.claimDeliveries(OA, 1, T, LEASE)
      const counts = (await store.countDeliveries()).filter((row) => row.count > 0)
      expect(counts).toHaveLength(3)
      expect(counts).toEqual(expect.arrayContaining([
        { origin: 'reply', status: 'sending', count: 1 }, { origin: 'reply', status: 'queued', count: 1 }, { origin: 'campaign', status: 'queued', count: 1 },
      ]))
    }))
  })

  describe('cancelReplies', () => {
    it('skips queued replies when a person answered; what is being sent and other lanes stay', withStore(open, async ({ store }) => {
      const first = await handled(store, an, 1, (id) => [aReply(id, 0), aReply(id, 1), aReply(id, 2), campaign(id, store.keyOf(an))])
      await handled(store, binh, 1, (id) => [aReply(id)])
      const inFlight = (await store.claimDeliveries(OA, 1, T, LEASE))[0]!
      expect(inFlight.id).toBe(`${first.id}#0`)
      await store.recordEvents([anEvent(an, 'staff', T, { kind: 'staff_message', platformMessageId: 'p', automatic: false })], T)
      const claimed = await claimOne(store)
      const id = claimed.waiting[0]!.id
      await store.commitTurns([turnOf(claimed, { cancelReplies: 'staff_answered', deliveries: [aReply(id)] })], T)
      expect(await store.finishDeliveries([sent(inFlight)], T)).toEqual([true])
      expect(new Set(await sendAll(store))).toEqual(new Set([`${aText(binh, 1).id}#0`, `${id}#0`, `tet/post1:${store.keyOf(an)}#0`]))
      expect(await store.countDeliveries()).toContainEqual({ origin: 'reply', status: 'skipped', count: 2 })
      expect((await store.exportContact(claimed.contactKey))?.deliveries.filter((one) => one.status === 'skipped')).toHaveLength(2)
    }))

    it('leaves what is being sent to whoever sends it', withStore(open, async ({ store }) => {
      await handled(store, an, 1, (id) => [aReply(id, 0), aReply(id, 1)])
      const [inFlight] = await store.claimDeliveries(OA, 1, T, LEASE)
      await handled(store, an, 2, () => [], { cancelReplies: 'staff_answered' }, T + 1)
      expect(await store.claimDeliveries(OA, 10, T + 1, LEASE)).toEqual([])
      expect(await store.finishDeliveries([sent(inFlight!)], T + 1)).toEqual([true])
    }))

    it('makes the next in the lane due when the head is cancelled', withStore(open, async ({ store }) => {
      await handled(store, an, 1, (id) => [aReply(id, 0), staff(id)])
      const [head] = await store.claimDeliveries(OA, 1, T, LEASE)
      await store.finishDeliveries([finishedAs(head!, { status: 'queued', dueAt: T + HOUR, maybeSent: false })], T)
      await handled(store, an, 2, () => [], { cancelReplies: 'staff_answered' })
      expect(await sendAll(store)).toEqual([`${aText(an, 1).id}#staff`])
    }))
  })

  describe('receipts', () => {
    const read = async (store: Parameters<typeof sendAll>[0]) => {
      const marks: Record<string, unknown> = {}
      for await (const { table, row } of store.dumpRows({ withSecrets: false })) if (table === 'delivery') marks[String(row.id)] = row.receipt
      return marks
    }
    it('mark campaign deliveries by id or up to a moment, never back from read to delivered, and no replies', withStore(open, async ({ store }) => {
      const ids = [0, 1, 2].map((n) => `tet/post1:${store.keyOf(an)}#${n}`)
      const event = await handled(store, an, 1, (id) => [aReply(id), ...[0, 1, 2].map((n) => campaign(id, store.keyOf(an), n))])
      for (const at of [T, T + 1, T + 2]) {
        const claimed = await store.claimDeliveries(OA, 10, at, LEASE)
        await store.finishDeliveries(claimed.map(sent), at)
      }
      await store.recordEvents([anEvent(an, 'r1', T + 3, { kind: 'receipt', status: 'delivered', platformMessageIds: [`p-${ids[2]}`, `p-${event.id}#0`] })], T + 3)
      expect(await read(store)).toEqual({ [`${event.id}#0`]: null, [ids[0]!]: null, [ids[1]!]: null, [ids[2]!]: 'delivered' })
      await store.recordEvents([anEvent(an, 'r2', T + 4, { kind: 'receipt', status: 'read', readUpTo: T + 1 })], T + 4)
      await store.recordEvents([anEvent(an, 'r3', T + 5, { kind: 'receipt', status: 'delivered', platformMessageIds: [`p-${ids[0]}`] })], T + 5)
      await store.recordEvents([anEvent(binh, 'r4', T + 5, { kind: 'receipt', status: 'failed', platformMessageIds: [`p-${ids[1]}`] })], T + 5)
      expect(await read(store)).toEqual({ [`${event.id}#0`]: null, [ids[0]!]: 'read', [ids[1]!]: 'read', [ids[2]!]: 'delivered' })
    }))
  })
}
