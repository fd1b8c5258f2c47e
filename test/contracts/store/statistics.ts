import { describe, expect, it } from 'vitest'
import { MINUTE, SECOND } from '../../../src/core/time.ts'
import { anOutcome, aReply, aText, claimOne, handled, LEASE, OA, person, T, turnOf, withStore, type OpenStore } from '../../support/store-fixtures.ts'

const an = person(1)

export function statisticsContract(open: OpenStore): void {
  describe('statistics', () => {
    it('counts equal outcomes of a day together and different ones apart', withStore(open, async (bench) => {
      const outcomes = [
        anOutcome(), anOutcome(), anOutcome({ article: 'dvc-login-vneid', helpful: 'yes' }), anOutcome({ article: 'dvc-login-vneid', helpful: 'no' }),
        anOutcome({ flow: 'main', step: 'menu', entry: 'qr-1', handover: true }), anOutcome({ day: '2026-11-22' }), anOutcome({ day: '2026-11-20' }),
      ]
      for (const [n, outcome] of outcomes.entries()) await handled(bench.store, an, n, () => [], { outcome })
      const read = await (await bench.reopen()).readOutcomes('2026-11-21', '2026-11-22')
      expect(read).toHaveLength(5)
      expect(read).toEqual(expect.arrayContaining([{ ...outcomes[0], count: 2 }, ...outcomes.slice(2, 6).map((outcome) => ({ ...outcome, count: 1 }))]))
    }))

    it('counts a hundred turns committed at once', withStore(open, async ({ store }) => {
      await store.recordEvents(Array.from({ length: 100 }, (_, n) => aText(person(n), n)), T)
      const claimed = await store.claimTurns(100, T, LEASE)
      await Promise.all(claimed.map((one) => store.commitTurns([turnOf(one, { outcome: anOutcome() })], T)))
      expect(await store.readOutcomes('2026-11-21', '2026-11-21')).toEqual([{ ...anOutcome(), count: 100 }])
    }))

    it('counts no outcome of a turn that did not commit', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1)], T)
      const claimed = await claimOne(store)
      await store.commitTurns([turnOf(claimed, { version: 9, outcome: anOutcome() })], T)
      await store.commitTurns([turnOf(claimed, { conversation: { n: 1n }, outcome: anOutcome() })], T)
      expect(await store.readOutcomes('2026-11-21', '2026-11-21')).toEqual([])
    }))

    it('lists unanswered questions, newest first', withStore(open, async ({ store }) => {
      await handled(store, an, 1, () => [], { unanswered: { question: 'đền ông Hoàng Mười mở cửa mấy giờ', status: 'no_source_found' } })
      await handled(store, an, 2, () => [], { unanswered: { question: 'học phí', status: 'clarify' } }, T + 1)
      expect(await store.listUnanswered(10)).toEqual([
        { id: expect.any(String), question: 'học phí', status: 'clarify', at: T + 1 },
        { id: expect.any(String), question: 'đền ông Hoàng Mười mở cửa mấy giờ', status: 'no_source_found', at: T },
      ])
      expect(await store.listUnanswered(1)).toHaveLength(1)
    }))

    it('forgets the unanswered questions of a contact with the contact, in a copy too', withStore(open, async (bench) => {
      const { store } = bench
      await handled(store, an, 1, () => [], { unanswered: { question: 'học phí', status: 'clarify' } })
      await handled(store, person(2), 1, () => [], { unanswered: { question: 'viện phí', status: 'clarify' } })
      const copy = await bench.another()
      await copy.loadRows(store.dumpRows({ withSecrets: false }))
      for (const each of [store, copy]) {
        expect(await each.forgetContact(each.keyOf(an), T)).toBe(true)
        expect((await each.listUnanswered(10)).map(({ question }) => question)).toEqual(['viện phí'])
      }
      await handled(store, person(2), 2, () => [], { erase: true, unanswered: { question: 'lệ phí', status: 'clarify' } })
      expect(await store.listUnanswered(10)).toEqual([])
    }))
  })

  describe('load', () => {
    it('is nothing in an empty store', withStore(open, async ({ store }) => {
      expect(await store.load(T)).toEqual({
        contacts: 0, waitingEvents: 0, oldestWaiting: 0, queuedDeliveries: 0, oldestQueued: 0, deadEvents: 0, openHandovers: 0, lastEventAt: {},
      })
    }))

    it('tells how much waits, and for how long', withStore(open, async ({ store }) => {
      await handled(store, an, 1, (id) => [aReply(id, 0), aReply(id, 1)])
      await store.recordEvents([aText(an, 2, T + SECOND), aText(an, 3, T + SECOND), aText(person(2, 'facebook', '77'), 1, T + SECOND)], T + SECOND)
      expect(await store.load(T + MINUTE)).toEqual({
        contacts: 2, waitingEvents: 3, oldestWaiting: MINUTE - SECOND, queuedDeliveries: 2, oldestQueued: MINUTE,
        deadEvents: 0, openHandovers: 0, lastEventAt: { [OA]: T + SECOND, 'facebook:77': T + SECOND },
      })
    }))

    it('counts dead events', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1)], T)
      const claimed = await claimOne(store)
      await store.failTurn({ contactKey: claimed.contactKey, claim: claimed.claim, eventId: claimed.waiting[0]!.id, cause: 'x', then: { dead: true } }, T)
      expect(await store.load(T)).toMatchObject({ waitingEvents: 0, oldestWaiting: 0, deadEvents: 1 })
    }))
  })

  describe('nextDueAt', () => {
    it('names the first of what waits, runs out or is due', withStore(open, async ({ store }) => {
      expect(await store.nextDueAt()).toBeNull()
      await store.recordEvents([aText(an, 1)], T)
      expect(await store.nextDueAt()).toBe(T)
      const claimed = await claimOne(store)
      expect(await store.nextDueAt()).toBe(T + LEASE)
      await store.commitTurns([turnOf(claimed, { deliveries: [aReply(claimed.waiting[0]!.id)] })], T + SECOND)
      expect(await store.nextDueAt()).toBe(T + SECOND)
      await store.claimDeliveries(OA, 1, T + SECOND, LEASE)
      expect(await store.nextDueAt()).toBe(T + SECOND + LEASE)
    }))
  })
}
