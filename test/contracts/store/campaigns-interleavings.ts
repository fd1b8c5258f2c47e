import * as fc from 'fast-check'
import { describe, it } from 'vitest'
import type { CampaignStatus } from '../../../src/core/campaign.ts'
import { CampaignModel, type Ending } from '../../support/campaign-model.ts'
import { LEASE, person, T, withStore, type OpenStore } from '../../support/store-fixtures.ts'

const pick = fc.nat(20)
const campaign = fc.nat(1)
const action = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('plan' as const), campaign, stale: fc.integer({ min: 0, max: 5 }).map((n) => n === 0) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('turn' as const), campaign, to: fc.constantFrom<CampaignStatus>('running', 'running', 'paused', 'finished') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stop' as const), campaign, how: fc.constantFrom('hold' as const, 'hold' as const, 'cancel' as const), pick }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('claim' as const), limit: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('finish' as const), pick, end: fc.constantFrom<Ending>('sent', 'sent', 'sent', 'failed', 'uncertain', 'queued', 'maybe') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const), pick, how: fc.constantFrom('send_again' as const, 'leave' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), who: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), by: fc.constantFrom(1, LEASE / 2, LEASE, LEASE) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('kill' as const) }) },
)
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never

async function act(model: CampaignModel, step: Action, restart: () => Promise<CampaignModel['store']>): Promise<void> {
  switch (step.do) {
    case 'plan': return model.plan(step.campaign, step.stale)
    case 'turn': return model.turn(step.campaign, step.to)
    case 'stop': return model.stop(step.campaign, step.how, step.pick)
    case 'claim': return void await model.claim(step.limit)
    case 'finish': return model.finish(step.pick, step.end)
    case 'settle': return model.settle(step.pick, step.how)
    case 'erase': return model.erase(step.who)
    case 'pass': return model.pass(step.by)
    case 'kill': return model.killed(await restart())
  }
}

/** `share`: of the runs, for stores whose every step goes over a network. */
export function campaignInterleavingsContract(open: OpenStore, share = 1): void {
  const runs = Math.ceil(120 * share)
  describe('any interleaving of a campaign', () => {
    it(`of planning, pausing, claims, lost leases, endings, settling, erasures and kills skips nobody, sends nothing twice and keeps the books (${runs} runs)`, withStore(open, async (bench) => {
      let run = 0
      await fc.assert(fc.asyncProperty(fc.array(action, { minLength: 8, maxLength: 60, size: 'max' }), async (steps) => {
        const first = 4 * run++
        const people = [0, 1, 2, 3].map((n) => person(first + n))
        const model = await CampaignModel.begin(bench.store, people, [`mot-${run}`, `hai-${run}`], T)
        try {
          for (const step of steps) await act(model, step, () => bench.reopen({ now: model.now }))
          await model.drain()
        } catch (error) {
          await bench.startOver()
          throw error
        }
        if (run % 40 === 0) await bench.startOver()
      }), { numRuns: runs })
    }), 300_000)
  })
}
