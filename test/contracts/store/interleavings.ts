import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClaimedTurn } from '../../../src/store/ports.ts'
import { HOUR, MINUTE, type Millis } from '../../../src/core/time.ts'
import { aReply, aText, LEASE, person, sent, T, turnOf, withStore, type Bench, type OpenStore } from '../../support/store-fixtures.ts'
import { StoreModel } from '../../support/store-model.ts'

const pick = fc.nat(20)
const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('record' as const), who: fc.nat(2), native: fc.nat(14), shift: fc.constantFrom(0, 0, 0, -5_000, 5_000), how: fc.constantFrom('record' as const, 'record' as const, 'claim' as const, 'claim' as const, 'handle' as const, 'handle' as const, 'handle' as const, 'leave' as const, 'throw' as const), deliveries: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('arrive' as const), who: fc.nat(2), native: fc.nat(14), shift: fc.constantFrom(0, 0, 0, -5_000, 5_000) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('arrived' as const), which: pick, how: fc.constantFrom('handle' as const, 'handle' as const, 'leave' as const, 'throw' as const), deliveries: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('claim' as const), limit: fc.integer({ min: 1, max: 3 }), ranOut: fc.constantFrom(undefined, undefined, 0, 1, 2) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('commit' as const), pick, deliveries: fc.nat(2), keepClaim: fc.boolean(), erase: fc.integer({ min: 0, max: 9 }).map((n) => n === 0), wrongVersion: fc.integer({ min: 0, max: 9 }).map((n) => n === 0), event: fc.constantFrom(0, 0, 0, 1), claim: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('fail' as const), pick, then: fc.constantFrom('retry' as const, 'dead' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('renew' as const), pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('send' as const), limit: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('finish' as const), pick, end: fc.constantFrom('sent' as const, 'failed' as const, 'queued' as const, 'maybe' as const), claim: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const), who: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), by: fc.constantFrom(1, 1_000, LEASE / 2, LEASE, LEASE) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('jump' as const), by: fc.constantFrom(2 * HOUR, -2 * HOUR) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
)
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never

const endsAt = (now: Millis) => ({
  sent: { status: 'sent', platformMessageId: 'p' }, failed: { status: 'failed', reason: 'x' },
  queued: { status: 'queued', dueAt: now + 1, maybeSent: false }, maybe: { status: 'queued', dueAt: now + 1, maybeSent: true },
} as const)

async function act(model: StoreModel, step: Action, bench: Bench): Promise<void> {
  const { world } = model
  const turn = 'pick' in step ? world.turns[step.pick % Math.max(1, world.turns.length)] : undefined
  switch (step.do) {
    case 'record': return model.record(step.who, step.native, step.shift, step.how, step.deliveries)
    case 'arrive': return model.arrive(step.who, step.native, step.shift)
    case 'arrived': return model.recordArrived(step.which, step.how, step.deliveries)
    case 'claim': return void await model.claimTurns(step.limit, step.ranOut)
    case 'commit': return turn && model.commit(turn, step)
    case 'fail': return turn && model.fail(turn, step.then)
    case 'renew': return turn && model.renew(turn)
    case 'send': return void await model.claimDeliveries(step.limit)
    case 'finish': {
      const delivery = world.deliveries[step.pick % Math.max(1, world.deliveries.length)]
      return delivery && model.finish(delivery, endsAt(world.now)[step.end], step.claim)
    }
    case 'forget': return model.forget(step.who)
    case 'pass': case 'jump': return model.pass(step.by)
    case 'restart': return model.restarted(await bench.reopen({ now: world.now }))
  }
}

/** `share`: of the runs, for stores whose every step goes over a network. `shared`: by several processes. */
export function interleavingsContract(open: OpenStore, share: number, shared: boolean): void {
  const [alone, together] = [Math.ceil(1_000 * share), Math.ceil(200 * share)]
  describe('any interleaving', () => {
    it(`of records, claims, lost leases, wrong versions, failures, erasures, restarts and clock jumps loses nothing and does nothing twice (${alone} runs)`, withStore(open, async (bench) => {
      let run = 0
      await fc.assert(fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 60, size: 'max' }), async (steps) => {
        // One store serves many runs, with people of its own for each; only a run that failed leaves something behind.
        const first = 3 * run++
        const model = new StoreModel({ store: bench.store, now: T, turns: [], deliveries: [], shared }, [person(first), person(first + 1), person(first + 2, 'telegram', '5551')])
        try {
          for (const step of steps) await act(model, step, bench)
          await model.drain()
        } catch (error) {
          await bench.startOver()
          throw error
        }
        // A store in files reads all of them at every restart: of many people, that is nearly all that takes time.
        if (run % 25 === 0) await bench.startOver()
      }), { numRuns: alone })
    }), 300_000)

    it(`of workers that run at the same time handles each event once and in order (${together} runs)`, withStore(open, async ({ store }) => {
      let run = 0
      await fc.assert(fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const first = 4 * run++
        const people = [0, 1, 2, 3].map((n) => person(first + n, 'facebook', '9'))
        const handledBy = new Map<string, string[]>(people.map((one) => [store.keyOf(one), []]))
        const sentTo = new Map<string, string[]>(people.map((one) => [store.keyOf(one), []]))
        const events = people.flatMap((one) => [1, 2, 3].map((n) => aText(one, n, T + n)))
        const incoming = events.flatMap((event) => [event, event]).map((event) => scheduler.schedule(Promise.resolve(), 'record').then(() => store.recordEvents([event], T + MINUTE)))

        const handle = async (claimed: ClaimedTurn): Promise<void> => {
          const event = claimed.waiting[0]!
          await scheduler.schedule(Promise.resolve(), 'handle')
          const [result] = await store.commitTurns([turnOf(claimed, { deliveries: [aReply(event.id)] })], T + MINUTE)
          if (result === 'committed') handledBy.get(claimed.contactKey)!.push(event.id)
        }
        const worker = async (): Promise<void> => {
          for (let idle = 0; idle < 4;) {
            await scheduler.schedule(Promise.resolve(), 'claim')
            const claimed = await store.claimTurns(2, T + MINUTE, LEASE)
            await Promise.all(claimed.map(handle))
            await scheduler.schedule(Promise.resolve(), 'send')
            const deliveries = await store.claimDeliveries('facebook:9', 2, T + MINUTE, LEASE)
            for (const delivery of deliveries) {
              await scheduler.schedule(Promise.resolve(), 'finish')
              sentTo.get(delivery.contactKey)!.push(delivery.id)
              expect(await store.finishDeliveries([sent(delivery)], T + MINUTE)).toEqual([true])
            }
            idle = claimed.length + deliveries.length > 0 ? 0 : idle + 1
          }
        }
        const all = Promise.all([...incoming, worker(), worker(), worker()])
        await scheduler.waitFor(all)
        await workOff(store, handledBy, sentTo)
        for (const one of people) {
          const key = store.keyOf(one)
          expect(handledBy.get(key)!.toSorted()).toEqual([1, 2, 3].map((n) => aText(one, n).id))
          expect(sentTo.get(key)).toEqual(handledBy.get(key)!.map((id) => `${id}#0`))
        }
      }), { numRuns: together })
    }), 300_000)
  })
}

/** Works off what the scheduled workers left when they had nothing to do for a while. */
async function workOff(store: Bench['store'], handledBy: Map<string, string[]>, sentTo: Map<string, string[]>): Promise<void> {
  for (;;) {
    const claimed = await store.claimTurns(10, T + MINUTE, LEASE)
    for (const turn of claimed) {
      const event = turn.waiting[0]!
      expect(await store.commitTurns([turnOf(turn, { deliveries: [aReply(event.id)] })], T + MINUTE)).toEqual(['committed'])
      handledBy.get(turn.contactKey)!.push(event.id)
    }
    const deliveries = await store.claimDeliveries('facebook:9', 10, T + MINUTE, LEASE)
    for (const delivery of deliveries) {
      sentTo.get(delivery.contactKey)!.push(delivery.id)
      expect(await store.finishDeliveries([sent(delivery)], T + MINUTE)).toEqual([true])
    }
    if (claimed.length + deliveries.length === 0) return
  }
}
