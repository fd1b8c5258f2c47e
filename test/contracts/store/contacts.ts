import { describe, expect, it } from 'vitest'
import { HOUR } from '../../../src/core/time.ts'
import type { Consent, Store } from '../../../src/store/ports.ts'
import { anEvent, anOutcome, aReply, aText, claimOne, everythingIn, finishedAs, handled, LEASE, OA, person, sendAll, sent, T, turnOf, withStore, type OpenStore } from '../../support/store-fixtures.ts'

const an = person(1)
const binh = person(2)
const consent: Consent = { purpose: 'announce', given: true, at: T, notice: 'notice-1', eventId: aText(an, 1).id }

async function statuses(store: Store): Promise<Record<string, number>> {
  const sums: Record<string, number> = {}
  for (const { status, count } of await store.countDeliveries()) if (count > 0) sums[status] = (sums[status] ?? 0) + count
  return sums
}

/** Nothing kept names the person, their key or their words. */
async function expectNoTrace(store: Store, words: string[]): Promise<void> {
  const kept = await everythingIn(store)
  const key = store.keyOf(an)
  // Made ids (dedupe keys) stay and may carry what the platform put into them; rows of the person do not.
  for (const trace of [...words, `"userId":"${an.userId}"`, key]) expect(kept).not.toContain(trace)
  expect(await store.findContact(key)).toBeNull()
  expect(await store.exportContact(key)).toBeNull()
}

export function contactsContract(open: OpenStore): void {
  describe('keyOf', () => {
    it('is the same for one contact in one store for ever, and another in another store', withStore(open, async (bench) => {
      const key = bench.store.keyOf(an)
      expect(key).toMatch(/^[\w-]{22}$/)
      expect(bench.store.keyOf({ ...an })).toBe(key)
      expect(bench.store.keyOf(binh)).not.toBe(key)
      const other = await bench.another()
      expect(other.keyOf(an)).not.toBe(key)
      expect((await bench.reopen()).keyOf(an)).toBe(key)
    }))
  })

  describe('exportContact', () => {
    it('gives everything kept about one person and nothing about another', withStore(open, async ({ store }) => {
      expect(await store.exportContact(store.keyOf(an))).toBeNull()
      await handled(store, binh, 1, (id) => [aReply(id, 0, { part: { text: 'của Bình' } })])
      const event = await handled(store, an, 1, (id) => [aReply(id)], {
        conversation: { at: 'menu' }, consents: [consent], profile: { remembered: { commune: 'Lũng Cú' } }, handover: { kind: 'open', reason: 'asked' },
        unanswered: { question: 'học phí', status: 'not_helpful' },
      })
      expect(await store.exportContact(store.keyOf(an))).toEqual({
        contact: an,
        profile: { firstSeenAt: T, lastInboundAt: T, optedOut: false, blocked: false, remembered: { commune: 'Lũng Cú' } },
        conversation: { at: 'menu' },
        events: [{ kind: 'text', sentAt: T, text: 'hỏi 1' }],
        deliveries: [{ origin: 'reply', status: 'queued', at: T, text: 'trả lời 0' }],
        consents: [consent],
        handovers: [{ id: event.id, contactKey: store.keyOf(an), account: OA, reason: 'asked', askedAt: T, firstStaffAnswerAt: null, closedAt: null, marks: [] }],
        unanswered: [{ question: 'học phí', at: T }],
      })
    }))
  })

  describe('forgetContact', () => {
    it('removes mapping, words and queued sends; dedupe keys and totals stay', withStore(open, async (bench) => {
      const { store } = bench
      const event = await handled(store, an, 1, (id) => [aReply(id, 0), aReply(id, 0, { id: `tet/post1:${store.keyOf(an)}#0`, origin: 'campaign' })], {
        conversation: { said: 'bí mật' }, consents: [consent], handover: { kind: 'open', reason: 'asked' }, outcome: anOutcome(),
      })
      await store.recordEvents([aText(an, 2, T, 'đang chờ')], T)
      expect(await store.forgetContact(store.keyOf(an), T)).toBe(true)
      expect(await store.forgetContact(store.keyOf(an), T)).toBe(false)
      await expectNoTrace(store, ['hỏi 1', 'bí mật', 'đang chờ', 'trả lời 0'])
      expect(await store.claimTurns(10, T + HOUR, LEASE)).toEqual([])
      expect(await store.dueAccounts(T + HOUR)).toEqual([])
      expect(await store.nextDueAt()).toBeNull()
      expect(await statuses(store)).toEqual({ skipped: 2 })
      expect(await store.readOutcomes('2026-11-21', '2026-11-21')).toMatchObject([{ count: 1 }])
      expect(await store.listHandovers({ open: true, limit: 10 })).toEqual([])
      expect(await store.recordEvents([event, aText(an, 2)], T + 1)).toEqual(['duplicate', 'duplicate'])
      const again = await bench.reopen()
      await expectNoTrace(again, ['hỏi 1', 'bí mật', 'đang chờ', 'trả lời 0'])
    }))

    it('takes the platform’s ids of what was said and sent with it', withStore(open, async ({ store }) => {
      await handled(store, an, 1, (id) => [aReply(id, 0, { questionMessageId: 'mid-question' })])
      const [delivery] = await store.claimDeliveries(OA, 1, T, LEASE)
      await store.finishDeliveries([finishedAs(delivery!, { status: 'sent', platformMessageId: 'mid-answer' })], T)
      await store.forgetContact(store.keyOf(an), T)
      await expectNoTrace(store, ['mid-question', 'mid-answer'])
      expect(await statuses(store)).toEqual({ sent: 1 })
    }))

    it('knows nothing about somebody never seen', withStore(open, async ({ store }) => {
      expect(await store.forgetContact(store.keyOf(an), T)).toBe(false)
    }))

    it('leaves the next person alone', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1), aText(binh, 1)], T)
      await store.forgetContact(store.keyOf(an), T)
      expect((await claimOne(store)).contact).toEqual(binh)
    }))

    it('makes a turn under way fail, also when the person has come back meanwhile', withStore(open, async ({ store }) => {
      await store.recordEvents([aText(an, 1)], T)
      const claimed = await claimOne(store)
      await store.forgetContact(claimed.contactKey, T)
      expect(await store.commitTurns([turnOf(claimed, { deliveries: [aReply(claimed.waiting[0]!.id)] })], T)).toEqual(['stale'])
      await store.recordEvents([aText(an, 2, T + 1)], T + 1)
      const fresh = await claimOne(store, T + 1)
      expect(fresh).toMatchObject({ version: 0, conversation: null, profile: { firstSeenAt: T + 1 }, waiting: [{ id: aText(an, 2).id }] })
      expect(fresh.waiting).toHaveLength(1)
      expect(await store.commitTurns([turnOf(claimed, { eventId: fresh.waiting[0]!.id })], T + 1)).toEqual(['stale'])
      expect(await store.renewTurns([claimed.claim], T + 1, LEASE)).toEqual([claimed.claim])
      await store.failTurn({ contactKey: claimed.contactKey, claim: claimed.claim, eventId: fresh.waiting[0]!.id, cause: 'x', then: { dead: true } }, T + 1)
      expect(await store.deadEvents(10)).toEqual([])
      expect(await store.commitTurns([turnOf(fresh)], T + 1)).toEqual(['committed'])
    }))

    it('makes a send under way lose its claim', withStore(open, async ({ store }) => {
      await handled(store, an, 1, (id) => [aReply(id)])
      const [claimed] = await store.claimDeliveries(OA, 1, T, LEASE)
      await store.forgetContact(store.keyOf(an), T)
      expect(await store.finishDeliveries([sent(claimed!)], T)).toEqual([false])
      expect(await store.claimDeliveries(OA, 1, T + HOUR, LEASE)).toEqual([])
      expect(await statuses(store)).toEqual({ uncertain: 1 })
      expect(await everythingIn(store)).toContain('"status":"uncertain"')
    }))
  })

  describe('a turn that erases', () => {
    const erase = async (store: Store, deliveries = 2) => {
      await handled(store, an, 1, (id) => [aReply(id, 0, { part: { text: 'câu trả lời cũ' } })], { conversation: { said: 'bí mật' }, consents: [consent], profile: { optedOut: true, remembered: { commune: 'Lũng Cú' } } })
      return handled(store, an, 2, (id) => Array.from({ length: deliveries }, (_, n) => aReply(id, n, { part: { text: `tạm biệt ${n}` } })), { erase: true, conversation: { said: 'quên đi' } })
    }

    it('still sends the farewell, in order, and nothing older; then everything is gone', withStore(open, async (bench) => {
      const event = await erase(bench.store)
      expect(await bench.store.findContact(bench.store.keyOf(an))).toBeNull()
      expect(await bench.store.exportContact(bench.store.keyOf(an))).toBeNull()
      const kept = await everythingIn(bench.store)
      for (const words of ['hỏi 1', 'hỏi 2', 'bí mật', 'quên đi', 'câu trả lời cũ', 'Lũng Cú']) expect(kept).not.toContain(words)
      const store = await bench.reopen()
      expect(await sendAll(store)).toEqual([`${event.id}#0`, `${event.id}#1`])
      await expectNoTrace(store, ['tạm biệt'])
      expect(await statuses(store)).toEqual({ sent: 2, skipped: 1 })
      expect(await store.recordEvents([event], T)).toEqual(['duplicate'])
    }))

    it('knows the platform id of the person for the farewell only', withStore(open, async ({ store }) => {
      await erase(store, 1)
      expect(await store.claimDeliveries(OA, 1, T, LEASE)).toMatchObject([{ contact: an, part: { text: 'tạm biệt 0' } }])
    }))

    it('leaves nothing at once when there is no farewell', withStore(open, async ({ store }) => {
      await erase(store, 0)
      await expectNoTrace(store, ['hỏi 2', 'quên đi'])
    }))

    it('lets the person come back as a stranger while the farewell is under way', withStore(open, async ({ store }) => {
      await erase(store)
      await store.recordEvents([aText(an, 3, T + 1)], T + 1)
      const fresh = await claimOne(store, T + 1)
      expect(fresh).toMatchObject({ conversation: null, profile: { firstSeenAt: T + 1, optedOut: false, remembered: {} } })
      expect(await sendAll(store, T + 1)).toHaveLength(2)
      expect(await store.commitTurns([turnOf(fresh)], T + 1)).toEqual(['committed'])
      expect(await store.findContact(store.keyOf(an))).not.toBeNull()
    }))

    it('knows of the stranger’s reply window nothing that the erased person opened', withStore(open, async ({ store }) => {
      await erase(store)
      await store.recordEvents([anEvent(an, 's', T + 1, { kind: 'staff_message', platformMessageId: 'p', automatic: false })], T + 1)
      expect((await claimOne(store, T + 1)).profile).toMatchObject({ firstSeenAt: T + 1, lastInboundAt: null })
    }))

    it('drops other waiting words of the same person', withStore(open, async ({ store }) => {
      await store.recordEvents([anEvent(an, 'e', T, { kind: 'erasure_request' }), aText(an, 2, T, 'chưa trả lời')], T)
      const claimed = await claimOne(store)
      expect(await store.commitTurns([turnOf(claimed, { erase: true })], T)).toEqual(['committed'])
      expect(await store.claimTurns(10, T + HOUR, LEASE)).toEqual([])
      await expectNoTrace(store, ['chưa trả lời'])
    }))

    it('forgets the farewell too when asked to forget at once', withStore(open, async ({ store }) => {
      await erase(store)
      expect(await store.forgetContact(store.keyOf(an), T)).toBe(true)
      expect(await store.dueAccounts(T)).toEqual([])
      await expectNoTrace(store, ['tạm biệt'])
    }))
  })
}
