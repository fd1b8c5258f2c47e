import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/core/time.ts'
import type { EventBody, InboundEvent } from '../../../src/core/event.ts'
import { anEvent, aReply, aText, claimOne, everythingIn, handled, LEASE, OA, person, sent, T, turnOf, withStore, type OpenStore } from '../../support/store-fixtures.ts'

const an = person(1)
const binh = person(2)

/** A row whose own data no store can keep. */
const unstorable = (native: string): InboundEvent => anEvent(person(99), native, T, { kind: 'submitted_info', fields: { amount: 1n as unknown as string } })

export function inboxContract(open: OpenStore): void {
  describe('recordEvents', () => {
    it('knows a repeated event by its id, within one call, across calls and after a restart', withStore(open, async (bench) => {
      const event = aText(an, 'a')
      expect(await bench.store.recordEvents([event, event, aText(an, 'b')], T)).toEqual(['recorded', 'duplicate', 'recorded'])
      expect(await bench.store.recordEvents([event], T + HOUR)).toEqual(['duplicate'])
      const store = await bench.reopen()
      expect(await store.recordEvents([event], T + HOUR)).toEqual(['duplicate'])
      expect((await claimOne(store)).waiting.map((one) => one.id)).toEqual([event.id, aText(an, 'b').id])
    }))

    it('knows a repeated event after it was handled', withStore(open, async ({ store }) => {
      const event = await handled(store, an, 'a', () => [])
      expect(await store.recordEvents([event], T + DAY)).toEqual(['duplicate'])
      expect(await store.claimTurns(10, T + DAY, LEASE)).toEqual([])
    }))

    it('records the same event once when it arrives many times at the same moment', withStore(open, async ({ store }) => {
      const results = await Promise.all(Array.from({ length: 20 }, () => store.recordEvents([aText(an, 'a')], T)))
      expect(results.flat().toSorted()).toEqual([...Array.from({ length: 19 }, () => 'duplicate'), 'recorded'])
    }))

    it('gives an event back as it came', withStore(open, async ({ store }) => {
      const bodies: EventBody[] = [
        { kind: 'text', text: 'Giấy khai sinh ở đâu? 👪 "“\\', quotedMessageId: 'm0' },
        { kind: 'tap', payload: 'c:main:menu:1', tapId: 't1' },
        { kind: 'start', ref: null },
        { kind: 'start', ref: 'qr-cho-dong-van' },
        { kind: 'attachment', mediaType: 'image', url: 'https://example.test/a.jpg', caption: 'ảnh' },
        { kind: 'submitted_info', fields: { name: 'A' } },
        { kind: 'staff_message', platformMessageId: 'p1', automatic: false },
        { kind: 'thread_control', owner: 'others' },
        { kind: 'overdue', deliveryId: 'd1' },
        { kind: 'reminder', handoverId: 'h1', what: 'window_closing' },
      ]
      const events = bodies.map((body, n) => anEvent(an, n, T + n, body, n === 0 ? { messageId: 'm1' } : {}))
      await store.recordEvents(events, T + MINUTE)
      const claimed = await claimOne(store, T + MINUTE)
      expect(claimed.contact).toEqual(an)
      expect(claimed.waiting).toEqual(events)
    }))

    it('takes no event older than its keys are kept, and leaves no trace of it', withStore(open, async ({ store }) => {
      expect(await store.recordEvents([aText(an, 'old', T - DAY - 1), aText(binh, 'just', T - DAY)], T)).toEqual(['too_old', 'recorded'])
      expect(await store.findContact(store.keyOf(an))).toBeNull()
    }, { keysKept: DAY }))

    it('counts what comes above the waiting limit as flooded, per contact', withStore(open, async ({ store }) => {
      const results = await store.recordEvents([1, 2, 3, 4].map((n) => aText(an, n)).concat(aText(binh, 1)), T)
      expect(results).toEqual(['recorded', 'recorded', 'recorded', 'flooded', 'recorded'])
      expect(await store.recordEvents([aText(an, 1)], T)).toEqual(['duplicate'])
      const claimed = (await store.claimTurns(10, T, LEASE)).find((turn) => turn.contactKey === store.keyOf(an))!
      expect(claimed.waiting).toHaveLength(3)
      await store.commitTurns([turnOf(claimed)], T)
      expect(await store.recordEvents([aText(an, 4)], T)).toEqual(['recorded'])
    }, { waitingLimit: 3 }))

    it('creates the contact, and moves its last inbound time forward only', withStore(open, async ({ store }) => {
      const key = store.keyOf(an)
      await store.recordEvents([aText(an, 'a', T - MINUTE)], T)
      expect(await store.findContact(key)).toEqual({
        contact: an,
        profile: { firstSeenAt: T, lastInboundAt: T - MINUTE, optedOut: false, blocked: false, remembered: {} },
      })
      await store.recordEvents([aText(an, 'b', T - HOUR)], T)
      expect((await store.findContact(key))?.profile.lastInboundAt).toBe(T - MINUTE)
      await store.recordEvents([anEvent(an, 'i', T + SECOND, { kind: 'interaction' })], T + SECOND)
      expect((await store.findContact(key))?.profile.lastInboundAt).toBe(T + SECOND)
    }))

    it('moves the last inbound time back by no reaction that comes late', withStore(open, async ({ store }) => {
      await handled(store, an, 'a', () => [])
      await store.recordEvents([anEvent(an, 'i', T - HOUR, { kind: 'interaction' })], T)
      expect((await store.findContact(store.keyOf(an)))?.profile.lastInboundAt).toBe(T)
    }))

    it.each<[string, EventBody]>([
      ['a staff message', { kind: 'staff_message', platformMessageId: 'p', automatic: false }],
      ['unfollow', { kind: 'unfollow' }],
      ['a thread given to others', { kind: 'thread_control', owner: 'others' }],
      ['a reminder', { kind: 'reminder', handoverId: 'h', what: 'no_answer_yet' }],
    ])('does not open the reply window by %s', (_, body) => withStore(open, async ({ store }) => {
      await store.recordEvents([anEvent(an, 'x', T, body)], T)
      expect((await store.findContact(store.keyOf(an)))?.profile.lastInboundAt).toBeNull()
    })())

    it('starts no turn for an interaction, a comment, a receipt, an echo or an automatic staff message', withStore(open, async ({ store }) => {
      await store.recordEvents([
        anEvent(an, 1, T, { kind: 'interaction' }), anEvent(an, 2, T, { kind: 'comment', fields: { post: '1' } }),
        anEvent(an, 3, T, { kind: 'receipt', status: 'read', readUpTo: T }), anEvent(an, 4, T, { kind: 'echo', deliveryId: 'x#0', platformMessageId: 'p' }),
        anEvent(an, 5, T, { kind: 'staff_message', platformMessageId: 'p', automatic: true }),
      ], T)
      expect(await store.claimTurns(10, T, LEASE)).toEqual([])
      expect(await store.nextDueAt()).toBeNull()
    }))

    it('tells of what went out in the platform’s app whether a person wrote it', withStore(open, async ({ store }) => {
      await store.recordEvents([false, true].map((automatic, n) => anEvent(an, n, T, { kind: 'staff_message', platformMessageId: `p${n}`, automatic })), T)
      expect((await store.exportContact(store.keyOf(an)))?.events).toEqual([false, true].map((automatic) => ({ kind: 'staff_message', sentAt: T, text: null, automatic })))
    }))

    it('clears "blocked" when the citizen writes again, not when we or others do', withStore(open, async ({ store }) => {
      await handled(store, an, 'a', () => [], { profile: { blocked: true } })
      await store.recordEvents([anEvent(an, 's', T, { kind: 'staff_message', platformMessageId: 'p', automatic: false })], T)
      expect((await store.findContact(store.keyOf(an)))?.profile.blocked).toBe(true)
      await store.recordEvents([aText(an, 'b')], T)
      expect((await store.findContact(store.keyOf(an)))?.profile.blocked).toBe(false)
    }))

    it('keeps forty-nine good rows when one among fifty cannot be stored; that one is dead', withStore(open, async ({ store }) => {
      const events = Array.from({ length: 50 }, (_, n) => (n === 20 ? unstorable('bad') : aText(person(n), n)))
      const results = await Promise.all(events.map((event) => store.recordEvents([event], T)))
      expect(results.flat()).toEqual(events.map(() => 'recorded'))
      expect(await store.claimTurns(100, T, LEASE)).toHaveLength(49)
      expect((await store.deadEvents(10)).map((dead) => dead.id)).toEqual([events[20]!.id])
      expect(await store.recordEvents([unstorable('bad')], T)).toEqual(['duplicate'])
    }))
  })

  describe('an officer’s answer', () => {
    const answer = (once: string, at: number): InboundEvent => ({ id: `console:key:answer:${once}`, contact: an, sentAt: at, receivedAt: at, orderAt: at, kind: 'staff_reply', says: { text: 'Chào bà con' } })

    it('waits in order with what the citizen writes, opens no window, and sent twice is one', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1, T)], T)
      expect(await store.recordEvents([answer('a', T + MINUTE), aText(an, 2, T + 2 * MINUTE), answer('a', T + 3 * MINUTE)], T + 3 * MINUTE)).toEqual(['recorded', 'recorded', 'duplicate'])
      const claimed = await claimOne(store, T + 3 * MINUTE)
      expect(claimed.waiting.map(({ kind }) => kind)).toEqual(['text', 'staff_reply', 'text'])
      expect(claimed.waiting[1]).toEqual(answer('a', T + MINUTE))
    }))

    it('goes out as a staff message, and the citizen’s own words in an export stay the citizen’s', withStore(open, async ({ store }) => {
      await handled(store, an, 1, () => [])
      await store.recordEvents([answer('a', T + MINUTE)], T + MINUTE)
      const claimed = await claimOne(store, T + MINUTE)
      expect(claimed.profile.lastInboundAt).toBe(T)
      const said = aReply(claimed.waiting[0]!.id, 1, { origin: 'staff', questionAt: null, part: { text: 'Chào bà con' } })
      expect(await store.commitTurns([turnOf(claimed, { deliveries: [said], cancelReplies: 'staff_answered' })], T + MINUTE)).toEqual(['committed'])
      expect(await store.claimDeliveries(OA, 10, T + MINUTE, LEASE)).toMatchObject([{ origin: 'staff', part: { text: 'Chào bà con' }, lastInboundAt: T }])
      const kept = await store.exportContact(store.keyOf(an))
      expect(kept?.events.map(({ kind, text }) => [kind, text])).toEqual([['text', 'hỏi 1'], ['staff_reply', null]])
      expect(kept?.deliveries).toMatchObject([{ origin: 'staff', text: 'Chào bà con' }])
    }))
  })

  it('tells a person all that they gave: words, buttons, where they came from, files, forms', withStore(open, async ({ store }) => {
    const given: EventBody[] = [
      { kind: 'text', text: 'xin chào' }, { kind: 'tap', payload: 'k:menu' }, { kind: 'start', ref: 'to-roi' }, { kind: 'attachment', mediaType: 'image', url: 'https://anh.example.vn/1' },
      { kind: 'attachment', mediaType: 'image', url: 'https://anh.example.vn/2', caption: 'đơn của tôi' }, { kind: 'submitted_info', fields: { name: 'Lò Thị An' } }, { kind: 'follow' },
    ]
    await store.recordEvents(given.map((body, at) => anEvent(an, `gave${at}`, T + at, body)), T + MINUTE)
    const texts = (await store.exportContact(store.keyOf(an)))!.events.map(({ text }) => text)
    expect(texts).toEqual(['xin chào', 'k:menu', 'to-roi', 'https://anh.example.vn/1', 'đơn của tôi', '{"name":"Lò Thị An"}', null])
  }))

  describe('an echo', () => {
    const echo = (deliveryId: string, at = T) => anEvent(an, `e${at}`, at, { kind: 'echo', deliveryId, platformMessageId: 'p1' })

    it('settles a delivery being sent, so that its sender finds the claim gone and the next one is due', withStore(open, async ({ store }) => {
      const event = await handled(store, an, 'a', (id) => [aReply(id, 0), aReply(id, 1)])
      const [first] = await store.claimDeliveries(OA, 10, T, LEASE)
      await store.recordEvents([echo(`${event.id}#0`)], T)
      expect(await store.finishDeliveries([sent(first!)], T)).toEqual([false])
      expect((await store.claimDeliveries(OA, 10, T, LEASE)).map((next) => next.id)).toEqual([`${event.id}#1`])
      expect(await store.countDeliveries()).toContainEqual({ origin: 'reply', status: 'sent', count: 1 })
    }))

    it('of the last thing that was to be sent leaves the person as they are', withStore(open, async ({ store }) => {
      const event = await handled(store, an, 'a', (id) => [aReply(id)], { conversation: { at: 'menu' } })
      await store.claimDeliveries(OA, 10, T, LEASE)
      await store.recordEvents([echo(`${event.id}#0`)], T)
      expect(await store.exportContact(store.keyOf(an))).toMatchObject({ contact: an, conversation: { at: 'menu' }, deliveries: [{ status: 'sent' }] })
    }))

    it('of a farewell ends it: nothing is kept of the person', withStore(open, async ({ store }) => {
      const event = await handled(store, an, 'a', (id) => [aReply(id, 0, { part: { text: 'tạm biệt' } })], { erase: true })
      await store.claimDeliveries(OA, 10, T, LEASE)
      await store.recordEvents([echo(`${event.id}#0`)], T)
      const kept = await everythingIn(store)
      for (const trace of ['tạm biệt', '"p1"', `"userId":"${an.userId}"`]) expect(kept).not.toContain(trace)
      expect(await store.countDeliveries()).toContainEqual({ origin: 'reply', status: 'sent', count: 1 })
    }))

    it.each<[string, EventBody]>([
      ['an echo', { kind: 'echo', deliveryId: `${aText(an, 'a').id}#0`, platformMessageId: 'p1' }],
      ['a receipt', { kind: 'receipt', status: 'read', readUpTo: T }],
    ])('%s that comes after the person was erased brings nobody back', (_, news) => withStore(open, async ({ store }) => {
      await handled(store, an, 'a', (id) => [aReply(id)])
      await store.claimDeliveries(OA, 10, T, LEASE)
      await store.forgetContact(store.keyOf(an), T)
      expect(await store.recordEvents([anEvent(an, 'n', T, news)], T)).toEqual(['recorded'])
      expect(await store.findContact(store.keyOf(an))).toBeNull()
      const kept = await everythingIn(store)
      for (const trace of ['"p1"', `"userId":"${an.userId}"`]) expect(kept).not.toContain(trace)
    })())

    it('settles an uncertain delivery, and leaves a failed one', withStore(open, async ({ store }) => {
      const event = await handled(store, an, 'a', (id) => [aReply(id, 0), aReply(id, 1)])
      const [first] = await store.claimDeliveries(OA, 10, T, LEASE)
      await store.finishDeliveries([{ id: first!.id, claim: first!.claim, end: { status: 'uncertain', reason: 'timeout' } }], T)
      const [second] = await store.claimDeliveries(OA, 10, T, LEASE)
      await store.finishDeliveries([{ id: second!.id, claim: second!.claim, end: { status: 'failed', reason: '-201' } }], T)
      await store.recordEvents([echo(`${event.id}#0`), echo(`${event.id}#1`, T + 1)], T + 1)
      expect((await store.countDeliveries()).filter((row) => row.count > 0)).toEqual(expect.arrayContaining([
        { origin: 'reply', status: 'sent', count: 1 }, { origin: 'reply', status: 'failed', count: 1 },
      ]))
    }))
  })
}
