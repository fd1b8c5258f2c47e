import { describe, expect, it } from 'vitest'
import type { AuditLine } from '../../../src/core/campaign.ts'
import { DAY, HOUR, MINUTE, type Millis } from '../../../src/core/time.ts'
import type { RetentionTerms, Store } from '../../../src/store/ports.ts'
import { aPublication, asDumped, batch, idOf, ids, known, put, recount, row, settle, settleDelivery, twoParts } from '../../support/campaign-fixtures.ts'
import { anEvent, aReply, everythingIn, finishedAs, handled, LEASE, OA, person, sendAll, sent, T, withStore, type OpenStore } from '../../support/store-fixtures.ts'

const an = person(1)
const binh = person(2)
const never = 10_000 * DAY

/** A running campaign whose post `bai` goes to these people in these parts. */
async function running(store: Store, people = [an], parts: Parameters<typeof row>[1] = {}, campaign = 'dot'): Promise<string[]> {
  await put(store, campaign, 'running')
  const keys: string[] = []
  for (const one of people) keys.push(await store.findContact(store.keyOf(one)) === null ? await known(store, one) : store.keyOf(one))
  expect(await store.planBatch(batch(campaign, 'bai', keys.map((key) => row(key, parts))))).toBe('planned')
  return keys
}
const logOf = async (store: Store): Promise<AuditLine[]> => {
  const lines: AuditLine[] = []
  for await (const some of store.auditLines()) lines.push(...some)
  return lines
}
const claim = (store: Store, now: Millis = T, limit = 10) => store.claimCampaignDeliveries(OA, limit, now, LEASE)
const failed = { status: 'failed', reason: '-216' } as const
const unsure = { status: 'uncertain', reason: 'no_answer' } as const
const figures = async (store: Store, campaign = 'dot') => Object.fromEntries((await store.readLedger({ campaign })).map(({ status, reason, count, people }) => [reason === null ? status : `${status} ${reason}`, [count, people]]))

export function campaignSendingContract(open: OpenStore): void {
  describe('contactFacts', () => {
    it('tells what is decided by, in the order of contact key, batch by batch', withStore(open, async ({ store }) => {
      const people = [1, 2, 3, 4, 5].map((n) => person(n))
      for (const one of people) await known(store, one)
      await known(store, person(1, 'facebook', '102030'))
      await known(store, { ...an, userId: 'anon:1:2' })
      const keys = people.map((one) => store.keyOf(one)).toSorted()
      const first = await store.contactFacts(OA, null, 3, null)
      const second = await store.contactFacts(OA, first.at(-1)!.contactKey, 3, null)
      expect([...first, ...second].map(({ contactKey }) => contactKey)).toEqual(keys)
      expect(await store.contactFacts(OA, keys.at(-1)!, 3, null)).toEqual([])
      expect(await store.contactFacts('zalo:none', null, 3, null)).toEqual([])
      expect(first[0]).toEqual({
        contactKey: keys[0], account: OA, lastInboundAt: T, optedOut: false, blocked: false, consented: false, commune: null, role: null, language: null, tags: [], campaignDay: null, campaignsThatDay: 0,
      })
    }))

    it('takes the latest consent, what may be remembered and what is waiting into account', withStore(open, async ({ store }) => {
      const consent = (given: boolean, purpose: 'announce' | 'model' = 'announce') => ({ purpose, given, at: T, notice: 'n1', eventId: 'e' })
      const key = await known(store, an, T, { consents: [consent(false), consent(true), consent(false, 'model')], profile: { optedOut: true, blocked: true, remembered: { commune: 'Hòa Bình', role: 'nông dân', language: 'vi' } } })
      expect(await store.contactFacts(OA, null, 10, null)).toMatchObject([{ contactKey: key, consented: true, optedOut: true, blocked: true, commune: 'Hòa Bình', role: 'nông dân', language: 'vi' }])
      await handled(store, an, 2, () => [], { consents: [consent(false)] }, T + 1)
      await store.recordEvents([anEvent(an, 'now', T + 9, { kind: 'text', text: 'chào' })], T + 9)
      expect(await store.contactFacts(OA, null, 10, null)).toMatchObject([{ consented: false, lastInboundAt: T + 9, blocked: false }])
      await store.forgetContact(key, T)
      expect(await store.contactFacts(OA, null, 10, null)).toEqual([])
    }))

    it('counts posts of the last day that went, go or may have gone, other than the one asked about', withStore(open, async ({ store }) => {
      const [key] = await running(store, [an], { parts: twoParts }, 'mot')
      const day = async (except: string | null) => {
        const [{ campaignDay, campaignsThatDay }] = await store.contactFacts(OA, null, 1, except) as [Awaited<ReturnType<Store['contactFacts']>>[number]]
        return [campaignDay, campaignsThatDay]
      }
      expect(await day(null)).toEqual([null, 0])
      const [first] = await claim(store)
      expect([await day(null), await day('mot/bai')]).toEqual([['2026-11-21', 1], [null, 0]])
      await store.finishDeliveries([sent(first!)], T)
      await store.finishDeliveries((await claim(store)).map(sent), T)
      expect(await day(null)).toEqual(['2026-11-21', 1])
      await running(store, [an], { dueAt: T + DAY }, 'hai')
      const [second] = await claim(store, T + DAY)
      expect(second!.facts).toMatchObject({ contactKey: key, campaignDay: '2026-11-21', campaignsThatDay: 1 })
      await store.finishDeliveries([finishedAs(second!, unsure)], T + DAY)
      expect([await day(null), await day('hai/bai')]).toEqual([['2026-11-22', 1], ['2026-11-21', 1]])
      await running(store, [an], { dueAt: T + DAY }, 'ba')
      const [third] = await claim(store, T + DAY)
      expect(third!.facts.campaignsThatDay).toBe(1)
      await store.finishDeliveries([finishedAs(third!, failed)], T + DAY)
      expect(await day(null)).toEqual(['2026-11-22', 1])
    }))
  })

  describe('planBatch', () => {
    it('makes rows and progress together, each batch once and in its order', withStore(open, async (bench) => {
      const { store } = bench
      const keys = [await known(store, an), await known(store, binh)].toSorted()
      await put(store, 'dot', 'running')
      expect(await store.planProgress('dot', 'bai', OA)).toBeNull()
      const first = batch('dot', 'bai', [row(keys[0]!, { parts: twoParts })], { done: false })
      expect(await store.planBatch(first)).toBe('planned')
      expect(await store.planBatch(first)).toBe('stale')
      expect(await store.planBatch({ ...first, after: 'khac' })).toBe('stale')
      const again = await bench.reopen()
      expect(await again.planProgress('dot', 'bai', OA)).toEqual({ after: keys[0], done: false, planned: 1 })
      const last = batch('dot', 'bai', [row(keys[1]!, { skip: 'opted_out', parts: [] }), row('da-xoa')], { after: keys[0]!, upTo: 'zz' })
      expect(await again.planBatch(last)).toBe('planned')
      expect(await again.planBatch({ ...last, after: 'zz' })).toBe('stale')
      expect(await again.planProgress('dot', 'bai', OA)).toEqual({ after: 'zz', done: true, planned: 2 })
      expect(await figures(again)).toEqual({ queued: [2, 1], 'skipped opted_out': [1, 1] })
    }))

    it.each(['draft', 'scheduled', 'paused', 'finished', 'cancelled'] as const)('plans nothing for a campaign that is %s', (status) => withStore(open, async ({ store }) => {
      const key = await known(store, an)
      await put(store, 'dot', status)
      expect(await store.planBatch(batch('dot', 'bai', [row(key)]))).toBe('stale')
      expect(await store.planBatch(batch('khong-co', 'bai', [row(key)]))).toBe('stale')
      expect(await store.planProgress('dot', 'bai', OA)).toBeNull()
      expect(await store.readLedger({ campaign: 'dot' })).toEqual([])
    })())

    it('leaves rows that are there as they are', withStore(open, async ({ store }) => {
      const [key] = await running(store)
      await put(store, 'dot', 'running')
      await store.finishDeliveries((await claim(store)).map(sent), T)
      await store.planBatch(batch('dot', 'bai', [row(key!)], { account: 'zalo:other' }))
      expect(await figures(store)).toEqual({ sent: [1, 1] })
    }))
  })

  describe('claimCampaignDeliveries', () => {
    it('hands out all that is needed to send, once', withStore(open, async ({ store }) => {
      const [key] = await running(store)
      const facts = (await store.contactFacts(OA, null, 1, null))[0]!
      expect(await claim(store)).toEqual([{
        id: idOf('dot', 'bai', key!), contactKey: key, account: OA, contact: an, origin: 'campaign', part: { text: 'Mời bà con' }, questionAt: null, claim: expect.any(String), attempt: 1,
        maybeSent: false, lastInboundAt: T, optedOut: false, blocked: false, campaign: 'dot', post: 'bai', means: 'zalo_consultation', facts,
      }])
      expect(await claim(store)).toEqual([])
    }))

    it('is the only way out: neither timers nor replies know of planned rows', withStore(open, async ({ store }) => {
      await running(store, [an], { parts: twoParts })
      expect([await store.dueAccounts(T), await store.nextDueAt(), await store.claimDeliveries(OA, 10, T, LEASE)]).toEqual([[], null, []])
      expect((await store.load(T + HOUR)).oldestQueued).toBe(0)
      const event = await handled(store, an, 'q', (id) => [aReply(id, 0), aReply(id, 1)])
      expect(ids(await claim(store))).toHaveLength(1)
      expect(await sendAll(store)).toEqual([`${event.id}#0`, `${event.id}#1`])
      expect(await store.countDeliveries()).toContainEqual({ origin: 'campaign', status: 'sending', count: 1 })
    }))

    it.each(['paused', 'cancelled', 'finished'] as const)('gives nothing of a campaign that is %s, and goes on when it runs again', (status) => withStore(open, async ({ store }) => {
      await running(store)
      await running(store, [binh], {}, 'khac')
      await put(store, 'dot', status)
      expect((await claim(store)).map(({ campaign }) => campaign)).toEqual(['khac'])
      await put(store, 'dot', 'running')
      expect((await claim(store)).map(({ campaign }) => campaign)).toEqual(['dot'])
    })())

    it('waits for the time of each row, older first, no more than asked for', withStore(open, async ({ store }) => {
      const keys = [await known(store, an), await known(store, binh), await known(store, person(3))]
      await put(store, 'dot', 'running')
      await store.planBatch(batch('dot', 'bai', keys.map((key, n) => row(key, { dueAt: T + 3 - n }))))
      expect(await claim(store, T)).toEqual([])
      expect(ids(await claim(store, T + 2))).toEqual([keys[2], keys[1]].map((key) => idOf('dot', 'bai', key!)))
      expect(ids(await claim(store, T + 3, 0))).toEqual([])
      expect(ids(await claim(store, T + 3, 1))).toEqual([idOf('dot', 'bai', keys[0]!)])
    }))

    it('sends the parts of a post in order, each after the one before is sent', withStore(open, async ({ store }) => {
      const [key] = await running(store, [an], { parts: [...twoParts, { text: 'phần ba' }] })
      for (const n of [1, 2, 3]) {
        const claimed = await claim(store)
        expect(ids(claimed)).toEqual([idOf('dot', 'bai', key!, n)])
        expect(await store.finishAndClaim(claimed.map(sent), T, LEASE)).toEqual([{ noted: true, next: null }])
      }
      expect(await claim(store)).toEqual([])
      expect(await figures(store)).toEqual({ sent: [3, 1] })
    }))

    it.each([failed, unsure, { status: 'skipped', reason: 'daily_cap' }] as const)('skips the rest where a part is not sent: %o', (end) => withStore(open, async ({ store }) => {
      await running(store, [an], { parts: [...twoParts, { text: 'phần ba' }] })
      await store.finishDeliveries((await claim(store)).map(sent), T)
      await store.finishDeliveries([finishedAs((await claim(store))[0]!, end)], T)
      expect(await claim(store)).toEqual([])
      const rest = end.status === 'skipped' ? { 'skipped daily_cap': [2, 0] } : { [`${end.status} ${end.reason}`]: [1, 0], [`skipped ${end.reason}`]: [1, 0] }
      expect(await figures(store)).toEqual({ sent: [1, 1], ...rest })
    })())

    it('has one in flight to a contact, so that the next post counts it', withStore(open, async ({ store }) => {
      await running(store, [an], {}, 'mot')
      await running(store, [an, binh], {}, 'hai')
      const both = await claim(store)
      expect(both.map(({ campaign, contactKey }) => [campaign, contactKey])).toEqual([['mot', store.keyOf(an)], ['hai', store.keyOf(binh)]])
      expect(await claim(store)).toEqual([])
      await store.finishDeliveries([sent(both[0]!)], T)
      expect((await claim(store)).map(({ campaign, facts }) => [campaign, facts.campaignsThatDay])).toEqual([['hai', 1]])
    }))

    it('comes back as perhaps sent when the lease ran out or the process was killed, and the old claim is lost', withStore(open, async (bench) => {
      await running(bench.store)
      const [first] = await claim(bench.store)
      expect(await claim(bench.store, T + LEASE - 1)).toEqual([])
      const [second] = await claim(bench.store, T + LEASE)
      expect(second).toMatchObject({ id: first!.id, attempt: 2, maybeSent: true })
      const store = await bench.reopen({ now: T + LEASE + 1 })
      const [third] = await claim(store, T + LEASE + 1)
      expect(third).toMatchObject({ id: first!.id, attempt: 3, maybeSent: true })
      expect(await store.finishDeliveries([sent(first!), sent(second!), sent(third!)], T + LEASE + 1)).toEqual([false, false, true])
    }))

    it('comes back where it was put off, and after a clock put back', withStore(open, async ({ store }) => {
      await running(store)
      const [first] = await claim(store)
      await store.finishDeliveries([finishedAs(first!, { status: 'queued', dueAt: T + MINUTE, maybeSent: false })], T)
      expect(await claim(store, T + MINUTE - 1)).toEqual([])
      expect(await claim(store, T + MINUTE)).toMatchObject([{ attempt: 2, maybeSent: false }])
      const back = T - 2 * HOUR
      const [early] = await claim(store, back)
      expect(early ?? (await claim(store, back + 2 * LEASE))[0]).toMatchObject({ id: first!.id, attempt: 3, maybeSent: true })
    }))
  })

  describe('an echo and a receipt', () => {
    it('settle and mark planned rows as all others', withStore(open, async ({ store }) => {
      const [key] = await running(store, [an], { parts: twoParts })
      const [first] = await claim(store)
      const echo = (native: string, id: string) => store.recordEvents([anEvent(an, native, T, { kind: 'echo', deliveryId: id, platformMessageId: `p-${native}` })], T)
      await echo('e1', first!.id)
      expect(await store.finishDeliveries([finishedAs(first!, unsure)], T)).toEqual([false])
      const [second] = await claim(store)
      expect(second!.id).toBe(idOf('dot', 'bai', key!, 2))
      await store.finishDeliveries([finishedAs(second!, unsure)], T)
      await echo('e2', second!.id)
      await store.recordEvents([anEvent(an, 'r', T, { kind: 'receipt', status: 'read', platformMessageIds: ['p-e1'] })], T)
      expect(await figures(store)).toEqual({ sent: [2, 1] })
      expect(await store.listUncertain('dot', 10)).toEqual([])
      expect(await everythingIn(store)).toContain('"receipt":"read"')
    }))
  })

  describe('stopDeliveries', () => {
    it('holds: what is claimed and surely not sent goes back as if never claimed', withStore(open, async ({ store }) => {
      await running(store, [an, binh])
      const [first, second] = await claim(store)
      await put(store, 'dot', 'paused')
      const unsent = [first!, { id: second!.id, claim: first!.claim }, { id: 'x', claim: 'nonsense' }]
      expect(await store.stopDeliveries('khac', 'hold', [first!], T)).toBe(0)
      expect(await store.stopDeliveries('dot', 'hold', unsent, T)).toBe(1)
      expect(await store.stopDeliveries('dot', 'hold', unsent, T)).toBe(0)
      expect(await figures(store)).toEqual({ queued: [1, 1], sending: [1, 1] })
      expect(await store.finishDeliveries([sent(first!), sent(second!)], T)).toEqual([false, true])
      await put(store, 'dot', 'running')
      expect(await claim(store)).toMatchObject([{ id: first!.id, attempt: 1, maybeSent: false }])
    }))

    it('holds: what a killed process was sending ends as unknown once its lease has run out, with the parts behind it', withStore(open, async ({ store }) => {
      await running(store, [an, binh], { parts: twoParts })
      const [first] = await claim(store, T, 1)
      await put(store, 'dot', 'paused')
      expect(await store.stopDeliveries('dot', 'hold', [], T + LEASE - 1)).toBe(0)
      expect(await store.stopDeliveries('dot', 'hold', [], T + LEASE)).toBe(1)
      expect(await store.stopDeliveries('dot', 'hold', [], T + LEASE)).toBe(0)
      expect(await figures(store)).toEqual({ 'uncertain no_answer': [1, 1], 'skipped no_answer': [1, 0], queued: [2, 1] })
      expect(await store.listUncertain('dot', 10)).toMatchObject([{ id: first!.id, at: T + LEASE }])
      expect(await store.finishDeliveries([sent(first!)], T + LEASE)).toEqual([false])
      expect(await settleDelivery(store, first!.id, 'send_again', T + LEASE)).toBe(true)
      expect(await figures(store)).toEqual({ queued: [4, 2] })
    }))

    it('cancels what is queued and unsent, leaves to others what they send, and tells what they lost', withStore(open, async ({ store }) => {
      await running(store, [an, binh, person(3)], { parts: twoParts })
      await put(store, 'dot', 'running', [aPublication('dot', 'rao')])
      const [first, second] = await claim(store, T, 2)
      await put(store, 'dot', 'cancelled')
      expect(await store.stopDeliveries('dot', 'cancel', [first!], T)).toBe(6)
      expect(await figures(store)).toEqual({ 'skipped cancelled': [5, 2], sending: [1, 1] })
      expect(await store.listPublications({ campaign: 'dot' })).toMatchObject([{ status: 'skipped', reason: 'cancelled' }])
      expect(await store.stopDeliveries('dot', 'cancel', [], T + LEASE - 1)).toBe(0)
      expect(await store.stopDeliveries('dot', 'cancel', [], T + LEASE)).toBe(1)
      expect(await figures(store)).toEqual({ 'skipped cancelled': [5, 2], 'uncertain no_answer': [1, 1] })
      expect(await store.finishDeliveries([sent(second!)], T + LEASE)).toEqual([false])
      expect((await store.countDeliveries()).filter(({ count }) => count > 0)).toHaveLength(2)
    }))
  })

  describe('uncertain rows', () => {
    it('are listed and settled by staff: left, or sent again with the parts skipped because of them', withStore(open, async ({ store }) => {
      const keys = await running(store, [an, binh], { parts: twoParts })
      const [first, second] = await claim(store)
      await store.finishDeliveries([finishedAs(first!, unsure)], T)
      await store.finishDeliveries([finishedAs(second!, unsure)], T + 1)
      const shown = [first!, second!].map(({ id, contactKey }, n) => ({ id, contactKey, account: OA, at: T + n, settled: false }))
      expect(await store.listUncertain('dot', 10)).toEqual(shown)
      expect(await store.listUncertain('dot', 1)).toEqual([shown[0]])
      expect(await settleDelivery(store, first!.id, 'leave', T)).toBe(true)
      expect(await store.listUncertain('dot', 10)).toEqual([{ ...shown[0]!, settled: true }, shown[1]])
      expect(await settleDelivery(store, second!.id, 'send_again', T + 2)).toBe(true)
      expect(await settleDelivery(store, second!.id, 'send_again', T + 2)).toBe(false)
      expect(await settleDelivery(store, 'khong-co', 'leave', T)).toBe(false)
      for (const n of [1, 2]) {
        const again = await claim(store, T + 2)
        expect(again).toMatchObject([{ id: idOf('dot', 'bai', second!.contactKey, n), maybeSent: false, part: twoParts[n - 1] }])
        await store.finishDeliveries(again.map(sent), T + 2)
      }
      expect(await figures(store)).toEqual({ sent: [2, 1], 'uncertain no_answer': [1, 1], 'skipped no_answer': [1, 0] })
      expect(await store.reachedBy('dot', 'bai', OA, null, 10)).toEqual(keys.toSorted())
    }))

    it('are settled with a line in the log or not at all, and may let a finished campaign run again', withStore(open, async ({ store }) => {
      await running(store, [an])
      const [first] = await claim(store)
      await store.finishDeliveries([finishedAs(first!, unsure)], T)
      await put(store, 'dot', 'finished')
      const before = await store.auditHead()
      const decide = { kind: 'delivery', id: first!.id, how: 'send_again' } as const
      expect(await settle(store, decide, T)).toBe(false)
      expect(await settle(store, { ...decide, id: `${first!.id}0` }, T)).toBe(false)
      expect(await store.auditHead()).toEqual(before)
      const record = (await store.loadCampaign('dot'))!
      const line = { seq: before!.seq + 1, at: T, who: 'Lan', via: 'cli', why: '', action: 'settle', campaign: 'dot', before: 'finished', after: 'running', approval: null, previous: before!.hash, hash: 'h' } as const
      const reopened = { ...record, status: 'running' } as const
      for (const logged of [{ line, expectedVersion: record.version - 1, reopened }, { line: { ...line, seq: line.seq + 1 }, expectedVersion: record.version, reopened }, { line: { ...line, previous: 'x' }, expectedVersion: record.version, reopened }]) {
        expect(await store.settle(decide, logged, T)).toBe('stale')
      }
      expect(await store.settle(decide, { line: { ...line, campaign: 'khac' }, expectedVersion: 0, reopened: null }, T)).toBe('refused')
      expect([await store.auditHead(), await store.loadCampaign('dot')]).toEqual([before, record])
      expect(await settle(store, decide, T, true)).toBe(true)
      expect(await store.loadCampaign('dot')).toEqual({ ...record, status: 'running', version: record.version + 1 })
      expect((await store.auditHead())!.seq).toBe(line.seq)
      expect(await claim(store)).toMatchObject([{ id: first!.id, maybeSent: false }])
    }))

    it('are not sent again where the campaign is over, the words or the contact are gone', withStore(open, async ({ store }) => {
      await running(store, [an, binh])
      const [first, second] = await claim(store)
      await store.finishDeliveries([first!, second!].map((one) => finishedAs(one, unsure)), T)
      await put(store, 'dot', 'finished')
      expect(await settleDelivery(store, first!.id, 'send_again', T)).toBe(false)
      await put(store, 'dot', 'paused')
      await store.forgetContact(first!.contactKey, T)
      expect(await settleDelivery(store, first!.id, 'send_again', T)).toBe(false)
      const [anonymous] = (await store.listUncertain('dot', 10)).filter(({ contactKey }) => contactKey === '')
      expect(await settleDelivery(store, anonymous!.id, 'send_again', T)).toBe(false)
      expect(await settleDelivery(store, anonymous!.id, 'leave', T)).toBe(true)
      const terms: RetentionTerms = { eventText: never, replyText: DAY, idleContact: never, campaignKey: never, dedupeKey: never, unanswered: never, audit: never }
      await store.sweep(terms, T + 2 * DAY, 100)
      expect(await settleDelivery(store, second!.id, 'send_again', T + 2 * DAY)).toBe(false)
    }))
  })

  describe('queueTrial', () => {
    const trial = (key: string) => ({ contactKey: key, account: OA, ids: [1, 2].map((n) => `trial:dot/bai:${key}:${T}#${n}`), parts: twoParts })
    it('goes as a staff message, once, outside every figure, and keeps no key of who is erased', withStore(open, async ({ store }) => {
      const key = await known(store, an)
      await put(store, 'dot', 'draft')
      expect(await store.queueTrial(trial('khong-quen'), T)).toBe('no_contact')
      expect(await store.queueTrial({ ...trial(key), account: 'zalo:other' }, T)).toBe('no_contact')
      expect(await Promise.all([store.queueTrial(trial(key), T), store.queueTrial(trial(key), T)])).toEqual(['queued', 'queued'])
      expect(await sendAll(store)).toEqual(trial(key).ids)
      expect(await store.queueTrial(trial(key), T)).toBe('queued')
      expect(await sendAll(store)).toEqual([])
      expect(await store.readLedger({ from: '2026-01-01', to: '2027-01-01' })).toEqual([])
      expect(await store.contactFacts(OA, null, 1, null)).toMatchObject([{ campaignDay: null }])
      await store.forgetContact(key, T)
      expect(await everythingIn(store)).not.toContain(key)
    }))
  })

  describe('listRecipients', () => {
    it('tells row by row what came of it, page by page, for one post or all, without the key of who is gone', withStore(open, async ({ store }) => {
      const keys = (await running(store, [1, 2, 3, 4, 5].map((n) => person(n)), { parts: twoParts })).toSorted()
      await put(store, 'dot-hai', 'running')
      await store.planBatch(batch('dot-hai', 'bai', keys.map((key) => row(key))))
      const claimed = await claim(store, T, 3)
      await store.finishDeliveries([sent(claimed[0]!), finishedAs(claimed[1]!, failed), finishedAs(claimed[2]!, unsure)], T + 1)
      const any = { campaign: 'dot', post: null, status: null, reason: null }
      const all = await store.listRecipients(any, null, 100)
      expect(all.map(({ id }) => id)).toEqual(keys.flatMap((key) => [1, 2].map((n) => idOf('dot', 'bai', key, n))).toSorted())
      const pages = [await store.listRecipients({ ...any, post: 'bai' }, null, 4)]
      for (let page = pages[0]!; page.length > 0;) pages.push(page = await store.listRecipients({ ...any, post: 'bai' }, page.at(-1)!.id, 4))
      expect(pages.flat()).toEqual(all)
      const { contactKey, id } = claimed[0]!
      expect(await store.listRecipients({ ...any, status: 'sent' }, null, 10)).toEqual([{ id, post: 'bai', contactKey, account: OA, n: 1, status: 'sent', reason: null, at: T + 1 }])
      expect((await store.listRecipients({ ...any, status: 'failed' }, null, 10)).map((one) => [one.contactKey, one.n, one.reason])).toEqual([[claimed[1]!.contactKey, 1, failed.reason]])
      expect((await store.listRecipients({ ...any, status: 'skipped', reason: failed.reason }, null, 10)).map((one) => [one.contactKey, one.n])).toEqual([[claimed[1]!.contactKey, 2]])
      expect(await store.listRecipients({ ...any, post: 'ba' }, null, 10)).toEqual([])
      await store.forgetContact(contactKey, T + 1)
      expect((await store.listRecipients({ ...any, status: 'sent' }, null, 10)).map((one) => one.contactKey)).toEqual([''])
      expect(JSON.stringify(await store.listRecipients(any, null, 100))).not.toContain(contactKey)
    }))
  })

  describe('figures', () => {
    it('add up to a plain recount, also after erasure and retention', withStore(open, async ({ store }) => {
      const keys = await running(store, [1, 2, 3, 4, 5, 6].map((n) => person(n)), { parts: twoParts })
      const claimed = await claim(store)
      await store.finishDeliveries([sent(claimed[0]!), finishedAs(claimed[1]!, failed), finishedAs(claimed[2]!, unsure), finishedAs(claimed[3]!, { status: 'queued', dueAt: T, maybeSent: true })], T)
      const same = async (now: Millis) => expect(asDumped(await store.readLedger({ campaign: 'dot' }))).toEqual(await recount(store, now))
      await same(T)
      for (const key of keys.slice(0, 3)) await store.forgetContact(key, T)
      await store.forgetContact(claimed[4]!.contactKey, T)
      await same(T)
      const terms: RetentionTerms = { eventText: never, replyText: DAY, idleContact: never, campaignKey: DAY, dedupeKey: never, unanswered: never, audit: never }
      const before = await store.readLedger({ campaign: 'dot' })
      while ((await store.sweep(terms, T + 2 * DAY, 2)).more) { /* until nothing is left */ }
      expect(await store.readLedger({ campaign: 'dot' })).toEqual(before)
      await same(T)
      expect(before.reduce((sum, { people }) => sum + people, 0)).toBe(6)
      const kept = await everythingIn(store)
      for (const { contactKey } of claimed.slice(1, 3)) expect(kept).not.toContain(`dot/bai:${contactKey}`)
    }))

    it('are told by campaign or by the days rows took their status', withStore(open, async ({ store }) => {
      await running(store, [an, binh])
      const [first, second] = await claim(store)
      await store.finishDeliveries([sent(first!)], T)
      await store.finishDeliveries([finishedAs(second!, failed)], T + DAY)
      const base = { campaign: 'dot', post: 'bai', account: OA, means: 'zalo_consultation' as const, count: 1, people: 1 }
      const sentRow = { ...base, day: '2026-11-21', status: 'sent' as const, reason: null }
      const failedRow = { ...base, day: '2026-11-22', status: 'failed' as const, reason: '-216' }
      expect(await store.readLedger({ campaign: 'dot' })).toEqual([sentRow, failedRow])
      expect(await store.readLedger({ from: '2026-11-22', to: '2026-11-30' })).toEqual([failedRow])
      expect(await store.readLedger({ campaign: 'khac' })).toEqual([])
    }))

    it('say what of an allowance is used: what went, may have gone or is booked', withStore(open, async ({ store }) => {
      const keys = [1, 2, 3, 4, 5].map((n) => person(n))
      await running(store, keys, { parts: twoParts })
      const claimed = await claim(store, T, 4)
      await store.finishDeliveries([sent(claimed[0]!), finishedAs(claimed[1]!, unsure), finishedAs(claimed[2]!, failed)], T)
      const used = (span: string, which?: 'gone', account = OA) => store.usedAllowance('zalo_consultation', account, span, which)
      expect([await used('2026-11-21'), await used('2026-11-21', 'gone'), await used('2026-11'), await used('2026-11-22'), await used('2026-12')]).toEqual([4, 3, 4, 0, 0])
      expect([await used('2026-11', undefined, 'zalo:other'), await store.usedAllowance('zalo_template', OA, '2026-11')]).toEqual([0, 0])
      const december = Date.UTC(2026, 11, 31, 16, 59)
      await put(store, 'rao', 'running', [
        aPublication('rao', 'mot'), aPublication('rao', 'hai', { status: 'published', publishedAt: T + DAY }), aPublication('rao', 'ba', { status: 'failed' }),
        aPublication('rao', 'bon', { status: 'withdrawn', publishedAt: T }), aPublication('rao', 'nam', { dueAt: december }), aPublication('rao', 'sau', { dueAt: december + MINUTE }),
      ])
      const broadcasts = (span: string, which?: 'gone') => store.usedAllowance('zalo_broadcast', OA, span, which)
      expect([await broadcasts('2026-11-21'), await broadcasts('2026-11'), await broadcasts('2026-12', 'gone'), await broadcasts('2027-01')]).toEqual([2, 3, 1, 1])
    }))

    it('say who got a post, in the order of contact key', withStore(open, async ({ store }) => {
      const keys = (await running(store, [1, 2, 3, 4, 5].map((n) => person(n)), { parts: twoParts })).toSorted()
      const claimed = (await claim(store)).toSorted((a, b) => (a.contactKey < b.contactKey ? -1 : 1))
      await store.finishDeliveries([sent(claimed[0]!), finishedAs(claimed[1]!, failed), finishedAs(claimed[2]!, unsure), sent(claimed[3]!)], T)
      await store.finishDeliveries([finishedAs((await claim(store)).find(({ contactKey }) => contactKey === keys[0])!, failed)], T)
      await running(store, [person(5)], {}, 'dot-hai')
      const reached = (after: string | null, limit = 10) => store.reachedBy('dot', 'bai', OA, after, limit)
      expect(await reached(null)).toEqual([keys[0], keys[2], keys[3]])
      expect([await reached(null, 2), await reached(keys[2]!), await reached(keys[3]!)]).toEqual([[keys[0], keys[2]], [keys[3]], []])
      await store.forgetContact(keys[2]!, T)
      expect(await reached(null)).toEqual([keys[0], keys[3]])
      expect(await store.reachedBy('dot', 'bai', 'zalo:other', null, 10)).toEqual([])
    }))
  })

  describe('retention', () => {
    it('keeps the log for its term and its last line for ever, and what is left still verifies', withStore(open, async ({ store }) => {
      for (const day of [0, 1, 2]) await put(store, 'dot', 'draft', [], T + day * DAY)
      const terms: RetentionTerms = { eventText: never, replyText: never, idleContact: never, campaignKey: never, dedupeKey: never, unanswered: never, audit: DAY }
      expect((await store.sweep(terms, T + DAY, 10)).removed.audit).toBe(0)
      const first = (await logOf(store))[0]!
      expect((await store.sweep(terms, T + DAY + 1, 10)).removed.audit).toBe(1)
      expect(await store.auditStart()).toEqual({ seq: 1, hash: first.hash })
      expect(await store.sweep(terms, T + 10 * DAY, 1)).toMatchObject({ removed: { audit: 1 } })
      expect((await store.sweep(terms, T + 10 * DAY, 10)).removed.audit).toBe(0)
      expect((await logOf(store))).toMatchObject([{ seq: 3 }])
      await put(store, 'dot', 'submitted', [], T + 3 * DAY)
      expect(await store.auditHead()).toMatchObject({ seq: 4 })
    }))
  })
}
