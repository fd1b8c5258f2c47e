import { describe, expect, it } from 'vitest'
import { MINUTE } from '../../src/core/time.ts'
import { openD1Store } from '../../src/store/d1/open.ts'
import { batch, idOf, put, row, twoParts } from '../support/campaign-fixtures.ts'
import { d1InNode } from '../support/d1-in-node.ts'
import { anEvent, anOutcome, aReply, aText, finishedAs, LEASE, OA, person, sent, storeOptions, T, turnOf } from '../support/store-fixtures.ts'

/** One of everything that happens while citizens write and a campaign runs; what staff and retention ask for once in a while is left out. */
async function live() {
  const { d1, db, statements } = d1InNode()
  const store = await openD1Store(d1, storeOptions)
  statements.clear()
  const an = person(1)
  const key = store.keyOf(an)
  const { claimed: [first] } = await store.recordAndClaim([aText(an, 1), anEvent(an, 'i', T, { kind: 'interaction' })], T, LEASE)
  await store.recordEvents([aText(an, 2, T + 1), aText(an, 3, T + 1)], T + 1)
  const id = aText(an, 1).id
  const [committed] = await store.commitAndClaim([turnOf(first!, {
    deliveries: [aReply(id, 0), aReply(id, 1)], outcome: anOutcome(), cancelReplies: 'staff_answered', handover: { kind: 'open', reason: 'asked' },
    consents: [{ purpose: 'announce', given: true, at: T, notice: 'n', eventId: id }], unanswered: { question: 'câu khó', status: 'clarify' },
  })], T + 1, { lease: LEASE, deliveries: true })
  await store.renewTurns([committed!.next!.claim], T + 1, LEASE)
  await store.commitTurns([turnOf(committed!.next!, { keepClaim: aText(an, 3).id, handover: { kind: 'staff_answered' } })], T + 2)
  const [again] = await store.claimTurns(10, T + 2 * LEASE, LEASE)
  await store.failTurn({ contactKey: key, claim: again!.claim, eventId: again!.waiting[0]!.id, cause: 'x', then: { dead: true, apology: aReply(again!.waiting[0]!.id, 9) } }, T + 2 * LEASE)
  await store.finishAndClaim([finishedAs(committed!.delivery!, { status: 'sent', platformMessageId: 'p' }, { windowClosed: true })], T + 2 * LEASE, LEASE)
  await store.recordEvents([anEvent(an, 'e', T, { kind: 'echo', deliveryId: `${id}#1`, platformMessageId: 'q' }), anEvent(an, 'r', T, { kind: 'receipt', status: 'read', platformMessageIds: ['p'], readUpTo: T })], T + 2 * LEASE)
  const now = T + 3 * LEASE
  for (const account of await store.dueAccounts(now)) {
    const deliveries = await store.claimDeliveries(account, 10, now, LEASE)
    await store.finishDeliveries(deliveries.map((one) => finishedAs(one, { status: 'queued', dueAt: now + MINUTE, maybeSent: false })), now)
  }
  await store.nextDueAt()
  await store.load(now)
  await store.findContact(key)

  await put(store, 'dot', 'running')
  await store.contactFacts(OA, null, 10, 'dot/bai')
  await store.planBatch(batch('dot', 'bai', [row(key, { parts: twoParts })]))
  const planned = await store.claimCampaignDeliveries(OA, 10, now, LEASE)
  await store.finishDeliveries(planned.map(sent), now)
  const [second] = await store.claimCampaignDeliveries(OA, 10, now, LEASE)
  expect(second!.id).toBe(idOf('dot', 'bai', key, 2))
  await store.stopDeliveries('dot', 'hold', [second!], now)
  await store.usedAllowance('zalo_consultation', OA, '2026-11-21', 'gone')
  await store.readLedger({ campaign: 'dot' })
  await store.listUncertain('dot', 10)
  const places = await store.pacing!.takePlaces(OA, 2, 30, now, now + MINUTE)
  await store.pacing!.givePlacesBack(OA, places, now)
  await store.forgetContact(key, now)
  return { db, statements }
}

describe('the statements of the D1 store', () => {
  it('keep within D1’s limits: 100 values, 100 KB, five parts of a compound select', async () => {
    const { statements } = await live()
    expect(statements.size).toBeGreaterThan(60)
    for (const [sql, values] of statements) {
      expect([sql, values.length <= 100, sql.length < 100_000]).toEqual([sql, true, true])
      expect([sql, (sql.match(/\bunion\b/g) ?? []).length < 5]).toEqual([sql, true])
    }
  })

  it('walk no table that grows: contacts, events and deliveries are found by an index', async () => {
    const { db, statements } = await live()
    // Whole only by an index that holds what passes through (due, waiting, dead, planned); else by a key.
    const walk = /^(SCAN|SEARCH) (contacts|events|deliveries|[a-z])\b(?!.*(\(\w+[=<>]|<expr>=|VIRTUAL TABLE|(deliveries_due|events_dead|events_waiting|planned_\w+)$))/
    const walks = [...statements].flatMap(([sql, values]) => db.prepare(`explain query plan ${sql}`).all(...values as string[])
      .filter(({ detail }) => walk.test(String(detail))).map(({ detail }) => [sql.trim().slice(0, 120), detail]))
    expect(walks).toEqual([])
  })
})
