import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../../src/core/time.ts'
import { fixed } from '../../../src/core/fixed.ts'
import type { AtOnce, ClaimedTurn, Store, Turn } from '../../../src/store/ports.ts'
import { anEvent, anOutcome, aReply, aText, claimOne, everythingIn, finishedAs, handled, LEASE, OA, person, sendAll, sent, T, turnOf, withStore, type OpenStore } from '../../support/store-fixtures.ts'

const an = person(1)
const binh = person(2)
const withDeliveries = { lease: LEASE, deliveries: true }
const withoutDeliveries = { lease: LEASE, deliveries: false }

/** Steps that claim what comes next in the same unit. */
export function togetherContract(open: OpenStore, handlesAtOnce: boolean, shared: boolean): void {
  it(`${handlesAtOnce ? 'can' : 'cannot'} handle an event while it is recorded`, withStore(open, async ({ store }) => {
    expect(store.recordAndHandle !== undefined).toBe(handlesAtOnce)
  }))
  if (handlesAtOnce) handlingContract(open)

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

    if (!shared) it('takes a claim that ran out, and counts the attempt', withStore(open, async ({ store }) => {
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
      const [second] = await store.commitAndClaim([turnOf(first!.next!, { keepClaim: aText(an, 3).id })], T, withDeliveries)
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

  it('takes lists with nothing in them', withStore(open, async ({ store }) => {
    expect(await store.recordEvents([], T)).toEqual([])
    expect(await store.recordAndClaim([], T, LEASE)).toEqual({ results: [], claimed: [] })
    expect(await store.renewTurns([], T, LEASE)).toEqual([])
    expect(await store.commitTurns([], T)).toEqual([])
    expect(await store.commitAndClaim([], T, { lease: LEASE, deliveries: true })).toEqual([])
    expect(await store.finishDeliveries([], T)).toEqual([])
    expect(await store.finishAndClaim([], T, LEASE)).toEqual([])
  }))

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

/** An event is handled in the unit that records it. */
function handlingContract(open: OpenStore): void {
  describe('recordAndHandle', () => {
    const answering = (more: Partial<Turn> = {}): AtOnce => (turn) => ({ turn: turnOf(turn, { deliveries: [aReply(turn.waiting[0]!.id, 0), aReply(turn.waiting[0]!.id, 1)], ...more }), deliveries: true })
    /** Somebody who wrote before, for whom nothing waits. */
    const known = async (store: Store): Promise<void> => void await handled(store, an, 'before', () => [], { conversation: { at: 'menu' } })

    it('stores the event with its turn: the event is handled, the conversation saved, the first reply claimed', withStore(open, async ({ store, reopen }) => {
      await known(store)
      const event = aText(an, 1, T + 1)
      let shown: ClaimedTurn | null = null
      const received = await store.recordAndHandle!(event, T + 2, LEASE, (turn) => {
        shown = turn
        return answering({ conversation: { at: 'step' }, outcome: anOutcome({ status: 'menu' }) })(turn)
      })
      expect(shown).toMatchObject({ contact: an, contactKey: store.keyOf(an), attempt: 1, version: 1, conversation: { at: 'menu' }, profile: { lastInboundAt: T + 1 }, waiting: [event] })
      expect(received).toMatchObject({ result: 'recorded', claimed: null, handled: { delivery: { id: `${event.id}#0`, contact: an, attempt: 1, maybeSent: false, lastInboundAt: T + 1 } } })
      expect(await store.claimTurns(10, T + 2, LEASE)).toEqual([])
      expect(await store.finishAndClaim([sent(received.handled!.delivery!)], T + 2, LEASE)).toMatchObject([{ noted: true, next: { id: `${event.id}#1` } }])
      expect(await store.readOutcomes('2026-11-21', '2026-11-21')).toMatchObject([{ status: 'menu', count: 1 }])
      expect(await store.load(T + 2)).toMatchObject({ waitingEvents: 0 })
      const again = await reopen()
      expect(await again.exportContact(again.keyOf(an))).toMatchObject({ conversation: { at: 'step' }, profile: { lastInboundAt: T + 1 }, events: [{}, { text: 'hỏi 1' }], deliveries: [{ status: 'sent' }, {}] })
    }))

    it('notes that the account told us something', withStore(open, async ({ store }) => {
      await known(store)
      await store.recordAndHandle!(aText(an, 1, T + 1), T + 2, LEASE, answering())
      expect((await store.load(T + 2)).lastEventAt[OA]).toBe(T + 2)
    }))

    it('takes no event older than its keys are kept, of somebody who is known', withStore(open, async ({ store }) => {
      await known(store)
      expect(await store.recordAndHandle!(aText(an, 'old', T - DAY - 1), T, LEASE, answering())).toEqual({ result: 'too_old', claimed: null, handled: null })
      expect(await store.dueAccounts(T)).toEqual([])
    }, { keysKept: DAY }))

    it('moves the last inbound time forward only, and by nobody but the citizen', withStore(open, async ({ store }) => {
      await handled(store, an, 'before', () => [], {}, T + HOUR)
      const shown: (number | null)[] = []
      const note: AtOnce = (turn) => { shown.push(turn.profile.lastInboundAt); return answering()(turn) }
      const late = await store.recordAndHandle!(aText(an, 1, T), T + HOUR, LEASE, note)
      expect(late.handled?.delivery?.lastInboundAt).toBe(T + HOUR)
      await store.recordAndHandle!(anEvent(an, 's', T + 2 * HOUR, { kind: 'staff_message', platformMessageId: 'p', automatic: false }), T + 2 * HOUR, LEASE, note)
      expect(shown).toEqual([T + HOUR, T + HOUR])
      expect((await store.findContact(store.keyOf(an)))!.profile.lastInboundAt).toBe(T + HOUR)
    }))

    it('clears "blocked" before the turn: whoever writes again is answered', withStore(open, async ({ store }) => {
      await handled(store, an, 'before', () => [], { profile: { blocked: true } })
      const { result, claimed, handled: done } = await store.recordAndHandle!(aText(an, 1, T + 1), T + 1, LEASE, answering())
      expect([result, claimed?.profile.blocked ?? done?.delivery?.blocked]).toEqual(['recorded', false])
      expect((await store.findContact(store.keyOf(an)))!.profile.blocked).toBe(false)
    }))

    it('takes whoever comes back before the farewell is out for a stranger, whose answer stays', withStore(open, async ({ store }) => {
      await handled(store, an, 'erase', (id) => [aReply(id)], { erase: true })
      const { claimed, handled: done } = await store.recordAndHandle!(aText(an, 1, T + 1), T + 1, LEASE, answering())
      if (done === null) expect(await store.commitTurns([answering()(claimed!)!.turn], T + 1)).toEqual(['committed'])
      expect(await sendAll(store, T + 1 + LEASE)).toEqual([`${aText(an, 'erase').id}#0`, `${aText(an, 1).id}#0`, `${aText(an, 1).id}#1`])
      expect((await store.findContact(store.keyOf(an)))!.profile.firstSeenAt).toBe(T + 1)
    }))

    it('is over when it resolves: whoever comes again is a duplicate, and nobody is asked twice to good effect', withStore(open, async ({ store }) => {
      await known(store)
      const event = aText(an, 1, T + 1)
      const both = await Promise.all([1, 2].map(() => store.recordAndHandle!(event, T + 1, LEASE, answering())))
      expect(both.map(({ result }) => result).toSorted()).toEqual(['duplicate', 'recorded'])
      expect(await store.recordAndHandle!(event, T + 1, LEASE, answering())).toEqual({ result: 'duplicate', claimed: null, handled: null })
      expect((await store.exportContact(store.keyOf(an)))!.deliveries).toHaveLength(2)
    }))

    it('claims the event where the handler leaves it, and where it throws, and counts that attempt', withStore(open, async ({ store }) => {
      await known(store)
      const left = await store.recordAndHandle!(aText(an, 1, T + 1), T + 1, LEASE, () => null)
      expect(left).toMatchObject({ result: 'recorded', handled: null, claimed: { attempt: 1, version: 1, conversation: { at: 'menu' }, waiting: [{ id: aText(an, 1).id }] } })
      expect(await store.commitTurns([turnOf(left.claimed!)], T + 1)).toEqual(['committed'])
      const thrown = await store.recordAndHandle!(aText(an, 2, T + 2), T + 2, LEASE, () => { throw new Error('no') })
      expect(thrown).toMatchObject({ result: 'recorded', handled: null, claimed: { attempt: 1, version: 2 } })
      expect((await claimOne(store, T + 2 + LEASE)).attempt).toBe(2)
    }))

    it('keeps the order of a contact: nothing is handled before what waits, nothing while somebody holds it', withStore(open, async ({ store }) => {
      await known(store)
      const { claimed } = await store.recordAndHandle!(aText(an, 1, T + 1), T + 1, LEASE, () => null)
      expect(await store.recordAndHandle!(aText(an, 2, T + 2), T + 2, LEASE, answering())).toEqual({ result: 'recorded', claimed: null, handled: null })
      expect(await store.commitAndClaim([turnOf(claimed!)], T + 2, withoutDeliveries)).toMatchObject([{ next: { waiting: [{ id: aText(an, 2).id }] } }])
      await handled(store, binh, 'before', () => [])
      await store.recordEvents([aText(binh, 1, T + 1)], T + 1)
      const late = await store.recordAndHandle!(aText(binh, 2, T + 2), T + 2, LEASE, answering())
      expect(late).toMatchObject({ handled: null, claimed: { waiting: [{ id: aText(binh, 1).id }, { id: aText(binh, 2).id }] } })
    }))

    it('claims no reply where none is asked for, and none before an earlier one is final', withStore(open, async ({ store }) => {
      await known(store)
      const first = await store.recordAndHandle!(aText(an, 1, T + 1), T + 1, LEASE, (turn) => ({ turn: turnOf(turn, { deliveries: [aReply(turn.waiting[0]!.id)] }), deliveries: false }))
      expect(first).toEqual({ result: 'recorded', claimed: null, handled: { delivery: null } })
      const [underWay] = await store.claimDeliveries(OA, 10, T + 1, LEASE)
      expect(await store.recordAndHandle!(aText(an, 2, T + 2), T + 2, LEASE, answering())).toEqual({ result: 'recorded', claimed: null, handled: { delivery: null } })
      expect(await store.finishAndClaim([sent(underWay!)], T + 2, LEASE)).toMatchObject([{ next: { id: `${aText(an, 2).id}#0` } }])
    }))

    it('keeps an event whose turn cannot be stored, for the way all others go, and its neighbours', withStore(open, async ({ store }) => {
      await known(store)
      await handled(store, binh, 'before', () => [])
      const [bad, good] = await Promise.all([
        store.recordAndHandle!(aText(an, 1, T + 1), T + 1, LEASE, answering({ conversation: { amount: 1n } })),
        store.recordAndHandle!(aText(binh, 1, T + 1), T + 1, LEASE, answering()),
      ])
      expect(bad).toMatchObject({ result: 'recorded', handled: null, claimed: { attempt: 1, waiting: [{ id: aText(an, 1).id }] } })
      expect(good).toMatchObject({ result: 'recorded', handled: { delivery: { id: `${aText(binh, 1).id}#0` } } })
      expect(await store.commitTurns([turnOf(bad.claimed!)], T + 1)).toEqual(['committed'])
    }))

    it('takes what everybody is told, and what is told to one, and shows both', withStore(open, async ({ store, another }) => {
      await known(store)
      const menu = fixed({ text: 'Thực đơn chung', choices: [{ title: 'Nộp hồ sơ', payload: 'c:main:menu:1' }] })
      const parts = [menu, { text: 'chỉ mình ai đó' }]
      const { handled: done } = await store.recordAndHandle!(aText(an, 1, T + 1), T + 1, LEASE, (turn) =>
        ({ turn: turnOf(turn, { deliveries: parts.map((part, n) => aReply(turn.waiting[0]!.id, n, { part })) }), deliveries: true }))
      expect(done!.delivery!.part).toEqual(menu)
      const texts = async (one: Store): Promise<unknown> => (await one.exportContact(one.keyOf(an)))!.deliveries.map(({ text }) => text)
      expect(await texts(store)).toEqual(['Thực đơn chung', 'chỉ mình ai đó'])
      expect((await store.claimDeliveries(OA, 10, T + 1 + LEASE, LEASE))[0]!.part).toEqual(menu)
      const copy = await another()
      await copy.loadRows(store.dumpRows({ withSecrets: true }))
      expect(await texts(copy)).toEqual(['Thực đơn chung', 'chỉ mình ai đó'])
      await store.forgetContact(store.keyOf(an), T + 2)
      expect(await everythingIn(store)).not.toContain('chỉ mình ai đó')
    }))
  })
}
