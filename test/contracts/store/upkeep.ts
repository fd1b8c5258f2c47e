import { describe, expect, it } from 'vitest'
import { DAY } from '../../../src/core/time.ts'
import type { RetentionTerms, Store } from '../../../src/store/ports.ts'
import { aReply, aText, claimOne, everythingIn, handled, LEASE, OA, person, sendAll, T, turnOf, withStore, type OpenStore } from '../../support/store-fixtures.ts'

const an = person(1)
const never = 10_000 * DAY
const terms = (some: Partial<RetentionTerms>): RetentionTerms =>
  ({ eventText: never, replyText: never, idleContact: never, campaignKey: never, dedupeKey: never, unanswered: never, audit: never, ...some })
const nothing = { eventText: 0, replyText: 0, idleContact: 0, campaignKey: 0, dedupeKey: 0, unanswered: 0, audit: 0 }

const sweepAll = async (store: Store, some: Partial<RetentionTerms>, now: number, limit = 100) => {
  const removed = { ...nothing }
  for (let batches = 0; batches < 1_000; batches++) {
    const batch = await store.sweep(terms(some), now, limit)
    for (const name of Object.keys(removed) as (keyof RetentionTerms)[]) {
      expect(batch.removed[name]).toBeLessThanOrEqual(limit)
      removed[name] += batch.removed[name]
    }
    if (!batch.more) return removed
  }
  throw new Error('a sweep that never ends')
}

/** One of everything that has a term. */
const fill = (store: Store) => handled(store, an, 1, (id) => [
  aReply(id, 0, { part: { text: 'lời đáp' } }), aReply(id, 0, { id: `tet/post1:${store.keyOf(an)}#0`, origin: 'campaign', part: { text: 'lời mời' } }),
], { conversation: { said: 'lời thoại' }, unanswered: { question: 'câu khó', status: 'no_source_found' } })

export function upkeepContract(open: OpenStore): void {
  describe('sweep', () => {
    it.each<[keyof RetentionTerms, number, (store: Store) => string]>([
      ['eventText', 1, () => 'hỏi 1'],
      ['replyText', 2, () => 'lời đáp'],
      ['idleContact', 1, () => `"userId":"${an.userId}"`],
      ['campaignKey', 1, (store) => `"tet/post1:${store.keyOf(an)}#0"`],
      ['dedupeKey', 1, () => `{"id":"${aText(an, 1).id}"`],
      ['unanswered', 1, () => 'câu khó'],
    ])('keeps for the term of %s, to the millisecond, and not longer', (term, count, trace) => withStore(open, async ({ store }) => {
      await fill(store)
      await sendAll(store)
      expect(await sweepAll(store, { [term]: DAY }, T + DAY)).toEqual(nothing)
      expect(await everythingIn(store)).toContain(trace(store))
      expect(await sweepAll(store, { [term]: DAY }, T + DAY + 1)).toEqual({ ...nothing, [term]: count })
      expect(await everythingIn(store)).not.toContain(trace(store))
      expect(await sweepAll(store, { [term]: DAY }, T + DAY + 1)).toEqual(nothing)
    })())

    it('keeps the key of an event whose words it removed', withStore(open, async ({ store }) => {
      const event = await fill(store)
      await sweepAll(store, { eventText: DAY }, T + 2 * DAY)
      expect(await store.recordEvents([event], T + 2 * DAY)).toEqual(['duplicate'])
      expect((await store.exportContact(store.keyOf(an)))?.events).toEqual([{ kind: 'text', sentAt: T, text: null }])
      await sweepAll(store, { dedupeKey: DAY }, T + 2 * DAY)
      expect(await store.recordEvents([event], T + 2 * DAY)).toEqual(['recorded'])
    }))

    it('takes nothing that still waits for a turn or a send', withStore(open, async ({ store }) => {
      await handled(store, an, 1, (id) => [aReply(id)])
      await store.recordEvents([aText(an, 2)], T)
      await sweepAll(store, { eventText: 0, replyText: 0, idleContact: 0, campaignKey: 0, dedupeKey: 0 }, T + DAY)
      expect(await store.claimTurns(10, T + DAY, LEASE)).toMatchObject([{ contact: an, waiting: [{ text: 'hỏi 2' }] }])
      expect(await store.claimDeliveries(OA, 10, T + DAY, LEASE)).toMatchObject([{ part: { text: 'trả lời 0' } }])
    }))

    it('keeps nobody for a reply that never went out, but for what was queued within the term', withStore(open, async ({ store }) => {
      await handled(store, an, 1, (id) => [aReply(id)])
      const [question, other] = [aText(person(2), 1), person(2)]
      await store.recordEvents([question], T)
      await store.commitTurns([turnOf(await claimOne(store), { deliveries: [aReply(question.id)] })], T + 1)
      expect(await sweepAll(store, { idleContact: DAY }, T + DAY + 1)).toEqual({ ...nothing, idleContact: 1 })
      expect([await store.findContact(store.keyOf(an)), await store.findContact(store.keyOf(other))]).toMatchObject([null, { contact: other }])
      expect(await everythingIn(store)).not.toContain(`"userId":"${an.userId}"`)
    }))

    it('keeps who wrote again within the term, counted from the last event', withStore(open, async ({ store }) => {
      await handled(store, an, 1, () => [])
      await handled(store, person(2), 1, () => [])
      await handled(store, an, 2, () => [], {}, T + DAY)
      expect(await sweepAll(store, { idleContact: DAY }, T + DAY + 1)).toEqual({ ...nothing, idleContact: 1 })
      expect(await store.findContact(store.keyOf(an))).not.toBeNull()
      expect(await store.findContact(store.keyOf(person(2)))).toBeNull()
    }))

    it('takes no more than its batch and says that there is more', withStore(open, async ({ store }) => {
      for (let n = 0; n < 7; n++) await handled(store, person(n), 1, () => [])
      const first = await store.sweep(terms({ eventText: DAY, idleContact: DAY }), T + DAY + 1, 3)
      expect(first).toEqual({ removed: { ...nothing, eventText: 3, idleContact: 3 }, more: true })
      await sweepAll(store, { eventText: DAY, idleContact: DAY }, T + DAY + 1, 3)
      expect((await store.load(T)).contacts).toBe(0)
      expect(await everythingIn(store)).not.toContain('hỏi')
    }))
  })
}
