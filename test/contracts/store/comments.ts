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

    it('go with their author, and with the words of events', withStore(open, async ({ store }) => {
      await store.recordEvents([aComment(an, 1), aComment(binh, 2)], T)
      await store.forgetContact(store.keyOf(an), T)
      expect((await store.listComments(10)).map(({ fields }) => fields.comment_id)).toEqual(['c2'])
      await store.sweep(terms, T + 7 * DAY + MINUTE, 100)
      expect(await store.listComments(10)).toEqual([])
    }))
  })
}
