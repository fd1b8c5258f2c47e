import type { ContactFacts } from '../core/campaign.ts'
import { audienceOf } from './audience.ts'
import { forecastOf, type Forecast } from './forecast.ts'
import { linesOf, type PlanInput } from './lines.ts'
import { isPublication } from './means.ts'
import { createPeople } from './people.ts'
import { planPublications } from './publication-plan.ts'
import { planSending } from './sending-plan.ts'

/** The reach plan: who will get what, who cannot and why, how long it takes and what it costs, before anything is sent. */

/** Takes all contacts of the accounts in batches, in the order in which their deliveries will be queued; then tells, once. */
export interface Planner {
  add(batch: Iterable<ContactFacts>): void
  forecast(): Promise<Forecast>
}

export function createPlanner(input: PlanInput): Planner {
  const lines = linesOf(input)
  const [publications, personal] = [lines.filter(({ choice }) => isPublication(choice.means)), lines.filter(({ choice }) => !isPublication(choice.means))]
  const people = createPeople(personal.map((line) => ({ account: line.account, matches: audienceOf(line.post.audience), line })))
  return {
    add: people.add,
    async forecast() {
      const told = new Map([...planPublications(publications, people, input), ...await planSending(personal, people, input)])
      return forecastOf(input.campaign, lines.map((line) => ({ line, forecast: told.get(line)! })))
    },
  }
}

/** The plan over everything the store hands out. */
export async function planReach(input: PlanInput, batches: AsyncIterable<Iterable<ContactFacts>>): Promise<Forecast> {
  const planner = createPlanner(input)
  for await (const batch of batches) planner.add(batch)
  return planner.forecast()
}
