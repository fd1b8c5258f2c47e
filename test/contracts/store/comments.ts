import { describe, expect, it } from 'vitest'
import { DAY, MINUTE } from '../../../src/core/time.ts'
import { anEvent, handled, person, T, withStore, type OpenStore } from '../../support/store-fixtures.ts'

const page = 'facebook:77'
const an = person(1, 'facebook', '77')
const binh = person(2, 'facebook', '77')
const terms = { eventText: 7 * DAY, replyText: 30 * DAY, idleContact: 90 * DAY, campaignKey: 180 * DAY, dedupeKey: 30 * DAY, unanswered: 90 * DAY, audit: 1_826 * DAY }
const aComment = (contact: typeof an, n: number, at = T) => anEvent(contact, n, at, { kind: 'comment', fields: { comment_id: `c${n}`, message: `lời ${n}` } })

export function commentsContract(open: OpenStore): void {
  describe('comments', () => {
    it('are listed with their fields, the last that came in first, after a restart too; they wait for no turn', withStore(open, async (bench) => {
      const { store } = bench
      await store.recordEvents([aComment(an, 1)], T)
      await store.recordEvents([aComment(binh, 2, T - MINUTE)], T)
      await store.recordEvents([aComment(an, 3, T + MINUTE)], T + MINUTE)
      await handled(store, person(3), 1, () => [])
      expect(await store.nextDueAt()).toBeNull()
      const again = await bench.reopen()
      expect(await again.listComments(10)).toEqual([
        { id: aComment(an, 3).id, contactKey: again.keyOf(an), account: page, sentAt: T + MINUTE, fields: { comment_id: 'c3', message: 'lời 3' } },
        { id: aComment(an, 1).id, contactKey: again.keyOf(an), account: page, sentAt: T, fields: { comment_id: 'c1', message: 'lời 1' } },
        { id: aComment(binh, 2).id, contactKey: again.keyOf(binh), account: page, sentAt: T - MINUTE, fields: { comment_id: 'c2', message: 'lời 2' } },
      ])
      expect((await again.listComments(1)).map(({ fields }) => fields.comment_id)).toEqual(['c3'])
    }))

    it('go, in part, when their author takes one away or changes it, whoever tells of it and however often', withStore(open, async (bench) => {
      const removed = (contact: typeof an, commentId: string, words: string | null, n: number) => anEvent(contact, `${commentId}-${n}`, T + MINUTE, { kind: 'comment_removed', commentId, words })
      const changed = anEvent(an, 'new', T, { kind: 'comment', fields: { comment_id: 'c1', message: 'lời mới' } })
      const words = async () => (await bench.store.listComments(10)).map(({ fields }) => fields.message).toSorted()
      await bench.store.recordEvents([aComment(an, 1), aComment(an, 2), aComment(binh, 3)], T)
      expect(await bench.store.recordEvents([removed(an, 'c1', 'lời mới', 1), changed], T + MINUTE)).toEqual(['recorded', 'recorded'])
      expect(await words()).toEqual(['lời 2', 'lời 3', 'lời mới'])
      await bench.store.recordEvents([removed(an, 'c3', null, 2), removed(person(9, 'facebook', '77'), 'c2', null, 3)], T + MINUTE)
      expect(await words(), 'of another author').toEqual(['lời 2', 'lời 3', 'lời mới'])
      for (const n of [4, 5]) await bench.store.recordEvents([removed(an, 'c1', null, n)], T + MINUTE)
      expect(await words()).toEqual(['lời 2', 'lời 3'])
      const again = await bench.reopen()
      expect((await again.load(T + MINUTE)).contacts).toBe(2)
      expect((await again.exportContact(again.keyOf(an)))!.events.map(({ text }) => text).filter((text) => text !== null)).toHaveLength(1)
    }))

    it('go with their author, and with the words of events', withStore(open, async ({ store }) => {
      await store.recordEvents([aComment(an, 1), aComment(binh, 2)], T)
      await store.forgetContact(store.keyOf(an), T)
      expect((await store.listComments(10)).map(({ fields }) => fields.comment_id)).toEqual(['c2'])
      await store.sweep(terms, T + 7 * DAY + MINUTE, 100)
      expect(await store.listComments(10)).toEqual([])
    }))
  })
}
