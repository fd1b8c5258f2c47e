import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '../../../src/core/time.ts'
import { aText, claimOne, handled, OA, person, T, turnOf, withStore, type OpenStore } from '../../support/store-fixtures.ts'

const an = person(1)
const opening = { handover: { kind: 'open', reason: 'asked' } } as const

export function handoversContract(open: OpenStore): void {
  describe('handovers', () => {
    it('opens one per contact, oldest first', withStore(open, async ({ store }) => {
      const first = await handled(store, an, 1, () => [], opening)
      await handled(store, an, 2, () => [], opening)
      const other = await handled(store, person(2), 1, () => [], { handover: { kind: 'open', reason: 'stale' } }, T + MINUTE)
      expect(await store.listHandovers({ open: true, limit: 10 })).toEqual([
        { id: first.id, contactKey: store.keyOf(an), account: OA, reason: 'asked', askedAt: T, firstStaffAnswerAt: null, closedAt: null, marks: [] },
        { id: other.id, contactKey: store.keyOf(person(2)), account: OA, reason: 'stale', askedAt: T + MINUTE, firstStaffAnswerAt: null, closedAt: null, marks: [] },
      ])
      expect(await store.listHandovers({ open: true, limit: 1 })).toHaveLength(1)
      expect((await store.load(T)).openHandovers).toBe(2)
    }))

    it('stands since it was asked for, however late that was handled', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1, T - HOUR)], T)
      expect(await store.commitTurns([turnOf(await claimOne(store, T + MINUTE), opening)], T + MINUTE)).toEqual(['committed'])
      expect(await store.listHandovers({ open: true, limit: 10 })).toMatchObject([{ askedAt: T - HOUR }])
    }))

    it('keeps the end of an earlier one when a later one ends', withStore(open, async ({ store }) => {
      const close = { handover: { kind: 'close' } } as const
      for (const [n, change] of [opening, close, opening, close].entries()) await handled(store, an, n, () => [], change, T + n * HOUR)
      expect(await store.listHandovers({ open: false, limit: 10 })).toMatchObject([{ closedAt: T + HOUR }, { closedAt: T + 3 * HOUR }])
    }))

    it('notes the first staff answer only, and lets a closed one be opened anew', withStore(open, async ({ store }) => {
      await handled(store, an, 1, () => [], opening)
      await handled(store, an, 2, () => [], { handover: { kind: 'staff_answered' } }, T + MINUTE)
      await handled(store, an, 3, () => [], { handover: { kind: 'staff_answered' } }, T + HOUR)
      expect(await store.listHandovers({ open: true, limit: 10 })).toMatchObject([{ firstStaffAnswerAt: T + MINUTE, closedAt: null }])
      await handled(store, an, 4, () => [], { handover: { kind: 'close' } }, T + HOUR)
      expect(await store.listHandovers({ open: true, limit: 10 })).toEqual([])
      expect(await store.listHandovers({ open: false, limit: 10 })).toMatchObject([{ closedAt: T + HOUR }])
      await handled(store, an, 5, () => [], opening, T + HOUR)
      expect(await store.listHandovers({ open: true, limit: 10 })).toHaveLength(1)
      expect(await store.listHandovers({ open: false, limit: 10 })).toHaveLength(2)
    }))

    it('lists those asked in a period, open or not, erased or not, oldest first', withStore(open, async (bench) => {
      const { store } = bench
      for (const n of [3, 1, 2]) await handled(store, person(n), n, () => [], opening, T + n * HOUR)
      await handled(store, person(2), 9, () => [], { handover: { kind: 'close' } }, T + 4 * HOUR)
      await store.forgetContact(store.keyOf(person(1)), T + 5 * HOUR)
      const again = await bench.reopen()
      expect((await again.handoversAsked(T + HOUR, T + 2 * HOUR)).map(({ askedAt, contactKey }) => [askedAt, contactKey])).toEqual([[T + HOUR, ''], [T + 2 * HOUR, again.keyOf(person(2))]])
      expect(await again.handoversAsked(T + 3 * HOUR + 1, T + 4 * HOUR)).toEqual([])
    }))

    it('changes nothing when a person writes or closes and none is open', withStore(open, async ({ store }) => {
      await handled(store, an, 1, () => [], { handover: { kind: 'staff_answered' } })
      await handled(store, an, 2, () => [], { handover: { kind: 'close' } })
      expect(await store.listHandovers({ open: false, limit: 10 })).toEqual([])
    }))

    it('marks once, closes once, and does neither to one that is gone', withStore(open, async ({ store }) => {
      const { id } = await handled(store, an, 1, () => [], opening)
      expect(await Promise.all([store.markHandover(id, 'citizen_told'), store.markHandover(id, 'citizen_told')])).toEqual(expect.arrayContaining([true, false]))
      expect(await store.markHandover(id, 'staff_reminded')).toBe(true)
      expect(await store.markHandover('gone', 'citizen_told')).toBe(false)
      expect((await store.listHandovers({ open: true, limit: 1 }))[0]?.marks.toSorted()).toEqual(['citizen_told', 'staff_reminded'])
      expect(await store.closeHandover(id, T)).toBe(true)
      expect(await store.closeHandover(id, T)).toBe(false)
      expect(await store.closeHandover('gone', T)).toBe(false)
      expect(await store.markHandover(id, 'window_told')).toBe(false)
    }))
  })
}
