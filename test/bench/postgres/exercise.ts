import { accountKey, type Contact } from '../../../src/core/contact.ts'
import { DAY, MINUTE, SECOND } from '../../../src/core/time.ts'
import type { Store } from '../../../src/store/ports.ts'
import { batch as plannedBatch, row } from '../../support/campaign-fixtures.ts'
import { anEvent, anOutcome, aReply, aText, LEASE, sent, T, turnOf } from '../../support/store-fixtures.ts'

/** One thing that servers ask of a store, again and again. */
export interface Step { name: string; work(): Promise<unknown> }

/** So many together in each step that takes many. */
const many = 100

/**
 * Everything a server does all day, in the order in which one thing makes the next possible. `round` makes the ids of a round its
 * own. The people stand in the filled tables; a tenth of those who write first are strangers.
 */
export function everyday(store: Store, round: number, contactOf: (n: number) => Contact): Step[] {
  const people = Array.from({ length: many }, (_, n) => (n % 10 === 0 ? { ...contactOf(0), userId: `new-${round}-${n}` } : contactOf(round * 1_000 + 7 * n + 1)))
  const firstPerson = people[1]!
  const account = accountKey(firstPerson)
  const of = (n: number): string => `${round}-${n}`
  let turns: Awaited<ReturnType<Store['claimTurns']>> = []
  let deliveries: Awaited<ReturnType<Store['claimDeliveries']>> = []
  let planned: Awaited<ReturnType<Store['claimCampaignDeliveries']>> = []
  const day = new Date(T).toISOString().slice(0, 10)
  const terms = { eventText: 7 * DAY, replyText: 30 * DAY, idleContact: 90 * DAY, campaignKey: 90 * DAY, dedupeKey: 30 * DAY, unanswered: 90 * DAY, audit: 90 * DAY }

  return [
    { name: 'messages recorded, contacts claimed', work: async () => { turns = (await store.recordAndClaim(people.map((one, n) => aText(one, of(n))), T, LEASE)).claimed } },
    { name: 'turns committed, first replies claimed', work: async () => {
      const committed = await store.commitAndClaim(turns.map((turn) => turnOf(turn, { deliveries: [0, 1].map((n) => aReply(turn.waiting[0]!.id, n)), outcome: anOutcome() })), T, { lease: LEASE, deliveries: true })
      deliveries = committed.flatMap(({ delivery }) => delivery ?? [])
    } },
    { name: 'replies finished, next ones claimed', work: async () => {
      const ends = await store.finishAndClaim(deliveries.map(sent), T, LEASE)
      deliveries = ends.flatMap(({ next }) => next ?? [])
    } },
    { name: 'last replies finished', work: () => store.finishDeliveries(deliveries.map(sent), T) },
    { name: 'messages recorded only (a burst)', work: () => store.recordEvents([1, 2].flatMap((nth) => people.map((one, n) => aText(one, `burst${nth}-${of(n)}`))), T) },
    { name: 'messages that came before (platform repeats)', work: () => store.recordEvents(people.map((one, n) => aText(one, of(n))), T) },
    { name: 'what is due next', work: () => store.nextDueAt() },
    { name: 'due contacts claimed', work: async () => { turns = await store.claimTurns(many, T, LEASE) } },
    { name: 'claims prolonged', work: () => store.renewTurns(turns.map(({ claim }) => claim), T, LEASE) },
    { name: 'turns committed, claims kept', work: () => store.commitTurns(turns.map((turn) => turnOf(turn, {
      keepClaim: turn.waiting[1]!.id, deliveries: [aReply(turn.waiting[0]!.id)], outcome: anOutcome(), unanswered: { question: 'đất', status: 'no_answer' },
    })), T) },
    { name: 'a turn failed for good', work: () => store.failTurn({ contactKey: turns[0]!.contactKey, claim: turns[0]!.claim, eventId: turns[0]!.waiting[1]!.id, cause: 'x', then: { dead: true } }, T) },
    { name: 'turns committed, people ask for staff', work: () => store.commitTurns(turns.slice(1).map((turn) => turnOf({ ...turn, version: turn.version + 1, waiting: turn.waiting.slice(1) }, {
      deliveries: [aReply(turn.waiting[1]!.id)], handover: { kind: 'open', reason: 'asked' }, consents: [{ purpose: 'announce', given: true, at: T, notice: 'v1', eventId: turn.waiting[1]!.id }],
    })), T) },
    { name: 'accounts with something due', work: () => store.dueAccounts(T) },
    { name: 'due replies claimed', work: async () => { deliveries = await store.claimDeliveries(account, many, T, LEASE) } },
    { name: 'replies put back for later', work: () => store.finishDeliveries(deliveries.map(({ id, claim }) => ({ id, claim, end: { status: 'queued', dueAt: T + 1, maybeSent: false } })), T) },
    { name: 'replies finished', work: async () => store.finishDeliveries((await store.claimDeliveries(account, many, T + 1, LEASE)).map(sent), T + 1) },
    { name: 'echoes and receipts', work: () => store.recordEvents(people.flatMap((one, n) => [
      anEvent(one, `e${of(n)}`, T, { kind: 'echo', deliveryId: `filled:${n}`, platformMessageId: 'p' }),
      anEvent(one, `r${of(n)}`, T, { kind: 'receipt', status: 'read', platformMessageIds: ['p1'], readUpTo: T }),
    ]), T) },
    { name: 'citizens looked up', work: () => store.findContact(store.keyOf(firstPerson)) },
    { name: 'state of the queues (metrics)', work: () => store.load(T) },
    { name: 'places of the shared rate', work: async () => {
      const places = await store.pacing!.takePlaces(account, 10, 30, T + round * MINUTE, T + round * MINUTE + 20 * SECOND)
      await store.pacing!.givePlacesBack(account, places, T + round * MINUTE + SECOND)
    } },
    { name: 'campaign: people of an audience, a page', work: () => store.contactFacts(account, round === 0 ? null : store.keyOf(firstPerson), 500, 'sap-toi/bai') },
    { name: 'campaign: a batch planned', work: () => store.planBatch(plannedBatch('sap-toi', `bai-${round}`, people.slice(1, 10).map((one) => row(store.keyOf(one))), { account })) },
    { name: 'campaign: due ones claimed', work: async () => { planned = await store.claimCampaignDeliveries(account, 30, T, LEASE) } },
    { name: 'campaign: finished', work: () => store.finishDeliveries(planned.map(sent), T) },
    { name: 'campaign: allowance left', work: () => store.usedAllowance('zalo_consultation', account, day.slice(0, 7), 'gone') },
    { name: 'campaign: allowance when planning', work: () => store.usedAllowance('zalo_consultation', account, day) },
    { name: 'campaign: figures', work: () => store.readLedger({ campaign: 'da-xong' }) },
    { name: 'campaign: figures of a month', work: () => store.readLedger({ from: `${day.slice(0, 7)}-01`, to: `${day.slice(0, 7)}-30` }) },
    { name: 'campaign: who got it, a page', work: () => store.reachedBy('da-xong', 'bai', account, store.keyOf(firstPerson), 500) },
    { name: 'campaign: recipients, a page', work: () => store.listRecipients({ campaign: 'da-xong', post: null, status: null, reason: null }, null, 100) },
    { name: 'campaign: uncertain ones', work: () => store.listUncertain('da-xong', 100) },
    { name: 'campaign: publications due', work: () => store.claimPublications(T, LEASE, 10) },
    { name: 'campaign: put on hold', work: () => store.stopDeliveries('sap-toi', 'hold', [], T) },
    { name: 'staff: who waits', work: () => store.listHandovers({ open: true, limit: 50 }) },
    { name: 'staff: who asked this month', work: () => store.handoversAsked(T - 30 * DAY, T) },
    { name: 'staff: comments', work: () => store.listComments(50) },
    { name: 'staff: unanswered questions', work: () => store.listUnanswered(100) },
    { name: 'staff: answers of a month', work: () => store.readOutcomes(`${day.slice(0, 7)}-01`, `${day.slice(0, 7)}-30`) },
    { name: 'staff: dead events', work: () => store.deadEvents(50) },
    { name: 'retention: one batch of each term', work: () => store.sweep(terms, T + (round + 1) * DAY, 500) },
    { name: 'a citizen\'s data shown', work: () => store.exportContact(store.keyOf(firstPerson)) },
    { name: 'a citizen forgotten', work: () => store.forgetContact(store.keyOf(firstPerson), T) },
    { name: 'the clock was put back', work: async () => { await store.claimTurns(1, T + 2 * MINUTE * (many - round), LEASE); await store.dueAccounts(T - DAY) } },
  ]
}
