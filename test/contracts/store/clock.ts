import { describe, expect, it } from 'vitest'
import { HOUR } from '../../../src/core/time.ts'
import { aReply, aText, claimOne, finishedAs, handled, LEASE, OA, person, sent, T, turnOf, withStore, type OpenStore } from '../../support/store-fixtures.ts'

const an = person(1)
const BACK = T - 2 * HOUR
const AHEAD = T + 2 * HOUR

export function clockContract(open: OpenStore): void {
  describe('a clock put back two hours', () => {
    it('hands out at once what was waiting', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1)], T)
      expect(await claimOne(store, BACK)).toMatchObject({ waiting: [{ id: aText(an, 1).id }] })
    }))

    it('hands out at once what was queued', withStore(open, async ({ store }) => {
      await handled(store, an, 1, (id) => [aReply(id)])
      expect(await store.dueAccounts(BACK)).toEqual([OA])
      expect(await store.claimDeliveries(OA, 10, BACK, LEASE)).toMatchObject([{ maybeSent: false }])
    }))

    it('keeps no claim longer than two leases, and one holder at a time', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1)], T)
      const first = await claimOne(store, T)
      const [early] = await store.claimTurns(10, BACK, LEASE)
      const second = early ?? await claimOne(store, BACK + 2 * LEASE)
      expect(second.attempt).toBe(2)
      expect(await store.commitTurns([turnOf(first)], BACK + 2 * LEASE)).toEqual(['stale'])
      expect(await store.commitTurns([turnOf(second)], BACK + 2 * LEASE)).toEqual(['committed'])
    }))

    it('holds no reply in flight longer than two leases, and hands it out as maybe sent', withStore(open, async ({ store }) => {
      await handled(store, an, 1, (id) => [aReply(id)])
      const [first] = await store.claimDeliveries(OA, 10, T, LEASE)
      const [early] = await store.claimDeliveries(OA, 10, BACK, LEASE)
      const second = early ?? (await store.claimDeliveries(OA, 10, BACK + 2 * LEASE, LEASE))[0]
      expect(second).toMatchObject({ id: first!.id, maybeSent: true })
      expect(await store.finishDeliveries([sent(first!), sent(second!)], BACK + 2 * LEASE)).toEqual([false, true])
    }))

    it('lets the holder finish after the jump', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1)], T)
      const claimed = await claimOne(store, T)
      expect(await store.commitTurns([turnOf(claimed, { deliveries: [aReply(claimed.waiting[0]!.id)] })], BACK)).toEqual(['committed'])
      const [delivery] = await store.claimDeliveries(OA, 10, BACK, LEASE)
      expect(await store.finishDeliveries([sent(delivery!)], BACK - HOUR)).toEqual([true])
    }))

    it('keeps a wait that was asked for at most as long as it was', withStore(open, async ({ store }) => {
      await handled(store, an, 1, (id) => [aReply(id)])
      const [claimed] = await store.claimDeliveries(OA, 10, T, LEASE)
      await store.finishDeliveries([finishedAs(claimed!, { status: 'queued', dueAt: T + HOUR, maybeSent: false })], T)
      await store.dueAccounts(BACK)
      expect(await store.claimDeliveries(OA, 10, BACK + HOUR, LEASE)).toHaveLength(1)
    }))

    it('holds across a restart', withStore(open, async (bench) => {
      await bench.store.recordEvents([aText(an, 1)], T)
      await claimOne(bench.store, T)
      const store = await bench.reopen({ now: BACK })
      await claimOne(store, BACK)
    }))
  })

  describe('a clock put forward two hours', () => {
    it('loses nothing and commits nothing twice', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1)], T)
      const first = await claimOne(store, T)
      const second = await claimOne(store, AHEAD)
      const results = (await Promise.all([store.commitTurns([turnOf(first)], AHEAD), store.commitTurns([turnOf(second)], AHEAD)])).flat()
      expect(results).toEqual(['stale', 'committed'])
    }))

    it('knows an event again that comes with the other time', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1)], T)
      expect(await store.recordEvents([aText(an, 1, AHEAD)], AHEAD)).toEqual(['duplicate'])
      expect(await store.recordEvents([aText(an, 1, BACK)], BACK)).toEqual(['duplicate'])
    }))
  })
}
