import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../../../src/core/time.ts'
import type { AtOnce, Store } from '../../../src/store/ports.ts'
import { anEvent, anOutcome, aReply, aText, everythingIn, handled, LEASE, OA, person, T, turnOf, withStore, type OpenStore } from '../../support/store-fixtures.ts'

const an = person(1)
const binh = person(2)
const answering: AtOnce = (turn) => ({ turn: turnOf(turn, { deliveries: [aReply(turn.waiting[0]!.id)] }), deliveries: true })
const shownTo = (seen: string[]): AtOnce => (turn) => {
  seen.push(...turn.waiting.map(({ id }) => id))
  return answering(turn)
}
const nothingMore = { result: 'recorded', claimed: null, handled: null }
const waitingOf = async (store: Store, now = T + 1): Promise<string[]> => (await store.claimTurns(10, now, LEASE)).flatMap(({ waiting }) => waiting.map(({ id }) => id))

/** Kept and acknowledged before it is recorded. */
export function arrivalsContract(open: OpenStore, keepsArrivals: boolean): void {
  it(`${keepsArrivals ? 'keeps' : 'does not keep'} what has arrived before it is recorded`, withStore(open, async ({ store }) => {
    expect(store.arrive !== undefined).toBe(keepsArrivals)
  }))
  if (keepsArrivals) describe('arrive', () => {
    const arrive = async (store: Store, ...events: ReturnType<typeof aText>[]): Promise<number[]> => {
      const numbers: number[] = []
      for (const event of events) numbers.push((await store.arrive!(event, T))!)
      return numbers
    }

    it('keeps an event for recordAndHandle, which then does as without, of somebody new and of somebody known', withStore(open, async ({ store }) => {
      const [first] = await arrive(store, aText(an, 1))
      const met = await store.recordAndHandle!(aText(an, 1), T, LEASE, answering, first)
      expect(met).toMatchObject({ result: 'recorded', handled: null, claimed: { attempt: 1, waiting: [aText(an, 1)] } })
      await store.commitTurns([turnOf(met.claimed!)], T)
      const seen: string[] = []
      const [second] = await arrive(store, aText(an, 2, T + 1))
      expect(await store.recordAndHandle!(aText(an, 2, T + 1), T + 1, LEASE, shownTo(seen), second)).toMatchObject({ result: 'recorded', handled: { delivery: { id: `${aText(an, 2).id}#0` } } })
      expect(seen).toEqual([aText(an, 2).id])
      expect(await waitingOf(store)).toEqual([])
    }))

    it('is as good as recorded: the next process has it, and so has whoever looks for what is due', withStore(open, async ({ store, reopen }) => {
      const [first] = await arrive(store, aText(an, 1), aText(binh, 1))
      const again = await reopen()
      const [number] = await arrive(again, aText(an, 2, T + 1))
      expect(await waitingOf(again)).toEqual([aText(an, 1).id, aText(an, 2).id, aText(binh, 1).id])
      expect(await again.recordAndHandle!(aText(an, 1), T + 2, LEASE, answering, first)).toEqual(nothingMore)
      expect(await again.recordAndHandle!(aText(an, 2, T + 1), T + 2, LEASE, answering, number)).toEqual(nothingMore)
    }))

    it('is found by a tool that opens the store too, even one that keeps and lets wait less', withStore(open, async ({ store, reopen }) => {
      await arrive(store, ...[1, 2, 3].map((n) => aText(an, n, T + n)))
      const tool = await reopen({ role: 'tool', waitingLimit: 1, keysKept: DAY, now: T + 40 * DAY })
      expect((await tool.exportContact(tool.keyOf(an)))!.events).toHaveLength(3)
    }))

    it('what comes after it waits behind it, however it comes', withStore(open, async ({ store }) => {
      await handled(store, an, 'before', () => [])
      const ids = ['a', 'b', 'c', 'd', 'e'].map((native) => aText(an, native, T + 1).id)
      await arrive(store, aText(an, 'a', T + 1))
      const received = await store.recordAndHandle!(aText(an, 'b', T + 1), T + 1, LEASE, answering)
      expect(received).toMatchObject({ handled: null, claimed: { waiting: [{ id: ids[0] }, { id: ids[1] }] } })
      await arrive(store, aText(an, 'c', T + 1))
      await store.recordEvents([aText(an, 'd', T + 1)], T + 1)
      const [number] = await arrive(store, aText(an, 'e', T + 1))
      expect(await store.recordAndHandle!(aText(an, 'e', T + 1), T + 1, LEASE, answering, number)).toEqual(nothingMore)
      expect((await store.claimTurns(1, T + 1 + LEASE, LEASE))[0]!.waiting.map(({ id }) => id)).toEqual(ids)
    }))

    it('the first of two that arrived is recorded first, and takes nothing of the second', withStore(open, async ({ store }) => {
      await handled(store, an, 'before', () => [])
      const seen: string[] = []
      const [first, second] = await arrive(store, aText(an, 1, T + 2), aText(an, 2, T + 1))
      await store.recordAndHandle!(aText(an, 1, T + 2), T + 2, LEASE, shownTo(seen), first)
      await store.recordAndHandle!(aText(an, 2, T + 1), T + 2, LEASE, shownTo(seen), second)
      expect(seen).toEqual([aText(an, 1).id, aText(an, 2).id])
    }))

    it('a duplicate that brings an earlier arrival claims it', withStore(open, async ({ store }) => {
      const known = await handled(store, an, 'before', () => [])
      await arrive(store, aText(an, 1, T + 1))
      expect(await store.recordAndHandle!(known, T + 1, LEASE, answering)).toMatchObject({ result: 'duplicate', claimed: { waiting: [{ id: aText(an, 1).id }] } })
    }))

    it('one that is known already is a duplicate and leaves nothing', withStore(open, async ({ store }) => {
      const known = await handled(store, an, 1, () => [])
      const [number] = await arrive(store, known, known)
      expect(await store.recordAndHandle!(known, T + 1, LEASE, answering, number)).toEqual({ result: 'duplicate', claimed: null, handled: null })
      expect(await waitingOf(store)).toEqual([])
      expect((await store.exportContact(store.keyOf(an)))!.events).toHaveLength(1)
    }))

    it('one more than may wait is only counted, at its own recording', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1)], T)
      const [flood] = await arrive(store, aText(an, 2, T + 1))
      expect((await store.recordAndHandle!(aText(an, 2, T + 1), T + 1, LEASE, answering, flood)).result).toBe('flooded')
      expect(await waitingOf(store)).toEqual([aText(an, 1).id])
    }, { waitingLimit: 1, keysKept: DAY }))

    it('one more than may wait is left at a claim too, but none that a tool takes up', withStore(open, async ({ store, reopen }) => {
      await arrive(store, ...[1, 2, 3].map((n) => aText(an, n, T + n)))
      expect(await waitingOf(store)).toHaveLength(2)
      await arrive(store, ...[1, 2, 3].map((n) => aText(binh, n, T + n)))
      const tool = await reopen({ role: 'tool', waitingLimit: 1 })
      expect((await tool.exportContact(tool.keyOf(binh)))!.events).toHaveLength(3)
    }, { waitingLimit: 2 }))

    it('keeps none that is older than its keys: it would be no duplicate any more', withStore(open, async ({ store }) => {
      expect(await store.arrive!(aText(an, 'old', T - DAY - 1), T)).toBeNull()
      expect(await waitingOf(store)).toEqual([])
    }, { keysKept: DAY }))

    it('is due when it came, also where the clock of who takes it up is ahead', withStore(open, async ({ store, reopen }) => {
      await arrive(store, aText(an, 1))
      await reopen({ role: 'tool', now: T + DAY })
      const again = await reopen({ now: T + 1 })
      expect(await waitingOf(again, T + 2)).toEqual([aText(an, 1).id])
    }))

    it('one that can be neither recorded nor set aside holds up nobody: not its person, not others, no erasure, no opening', withStore(open, async ({ store, reopen }) => {
      await arrive(store, { ...aText(an, 1), id: null as unknown as string }, aText(an, 2, T + 1))
      expect(await store.recordEvents([aText(an, 3, T + 2), aText(binh, 1)], T + 2)).toEqual(['recorded', 'recorded'])
      expect(new Set(await waitingOf(store, T + 3))).toEqual(new Set([aText(an, 2), aText(an, 3), aText(binh, 1)].map(({ id }) => id)))
      expect(await store.forgetContact(store.keyOf(binh), T + 3)).toBe(true)
      const again = await reopen({ now: T + 3 })
      expect(await again.deadEvents(10)).toEqual([])
    }))

    it('goes with its person, at whichever end the erasure comes, and is no message of somebody new', withStore(open, async ({ store, reopen }) => {
      await handled(store, an, 'before', () => [])
      const [first] = await arrive(store, aText(an, 1, T + 1, 'lời riêng một'))
      await store.forgetContact(store.keyOf(an), T + 1)
      expect(await store.recordAndHandle!(aText(an, 1, T + 1, 'lời riêng một'), T + 2, LEASE, answering, first)).toEqual(nothingMore)
      const { claimed } = await store.recordAndClaim([aText(binh, 1)], T, LEASE)
      const [second] = await arrive(store, aText(binh, 2, T + 1, 'lời riêng hai'))
      await store.commitTurns([turnOf(claimed[0]!, { erase: true })], T + 1)
      expect(await store.recordAndHandle!(aText(binh, 2, T + 1, 'lời riêng hai'), T + 2, LEASE, answering, second)).toEqual(nothingMore)
      expect(await waitingOf(store, T + HOUR)).toEqual([])
      const again = await reopen()
      expect(await everythingIn(again)).not.toContain('lời riêng')
      // Its id stays: the platform may bring it again.
      expect(await again.recordEvents([aText(an, 1), aText(binh, 2)], T + 3)).toEqual(['duplicate', 'duplicate'])
    }))

    it('of somebody who wrote nothing else is erased too', withStore(open, async ({ store, reopen }) => {
      await arrive(store, aText(an, 1, T, 'lời riêng'))
      await store.forgetContact(store.keyOf(an), T + 1)
      expect(await waitingOf(store)).toEqual([])
      expect(await everythingIn(await reopen())).not.toContain('lời riêng')
    }))

    it('what cannot be kept so is told, and what cannot be recorded is set aside without holding up others', withStore(open, async ({ store, reopen }) => {
      expect(await store.arrive!(anEvent(an, 'bad', T, { kind: 'submitted_info', fields: { amount: 1n as unknown as string } }), T)).toBeNull()
      await arrive(store, { ...aText(an, 1), sentAt: 'soon' as unknown as number }, aText(binh, 1))
      const again = await reopen()
      expect(await waitingOf(again)).toEqual([aText(binh, 1).id])
      expect(await again.deadEvents(10)).toMatchObject([{ id: aText(an, 1).id }])
    }))

    it('is not lost with an event that brought it and could not be stored', withStore(open, async ({ store }) => {
      await arrive(store, aText(an, 1))
      await store.recordAndClaim([{ ...aText(an, 2), sentAt: 'soon' as unknown as number }], T, LEASE)
      expect(await waitingOf(store)).toEqual([aText(an, 1).id])
    }))

    it('one that cannot be recorded takes nothing of what others in the same unit have counted', withStore(open, async ({ store }) => {
      await handled(store, an, 'before', () => [])
      await arrive(store, { ...aText(binh, 1), sentAt: 'soon' as unknown as number })
      await Promise.all([
        store.recordAndHandle!(aText(an, 1, T + 1), T + 1, LEASE, (turn) => ({ turn: turnOf(turn, { outcome: anOutcome({ status: 'menu' }) }), deliveries: false })),
        store.recordAndHandle!(aText(binh, 2, T + 1), T + 1, LEASE, answering),
      ])
      expect(await store.readOutcomes('2026-11-21', '2026-11-21')).toMatchObject([{ status: 'menu', count: 1 }])
    }))

    it('a handler that throws leaves it claimed, and its words are in the store once', withStore(open, async ({ store }) => {
      await handled(store, an, 'before', () => [])
      const [number] = await arrive(store, aText(an, 1, T + 1))
      const received = await store.recordAndHandle!(aText(an, 1, T + 1), T + 1, LEASE, () => { throw new Error('no') }, number)
      expect(received).toMatchObject({ result: 'recorded', handled: null, claimed: { attempt: 1 } })
      expect(await store.recordAndHandle!(aText(an, 1, T + 1), T + 1, LEASE, answering, number)).toEqual(nothingMore)
      expect(await store.load(T + 1)).toMatchObject({ waitingEvents: 1, lastEventAt: { [OA]: T + 1 } })
    }))
  })
}
