import type { Campaign } from '../campaign/campaign.ts'
import { canonicalJson } from '../campaign/canonical.ts'
import { partsOf, prepare } from '../campaign/compose.ts'
import type { CampaignEngine } from '../campaign/engine.ts'
import type { Forecast } from '../campaign/forecast.ts'
import type { CampaignWorld } from '../campaign/world.ts'
import { MINUTE, type Clock, type Millis } from '../core/time.ts'

/** A plan is not there yet: everybody is being looked at. */
export const counting = 'counting'
/** Null: the platform rules cannot be used. */
export type Planned = Forecast | null | typeof counting

/** Reach plans for pages: kept for a minute, made one at a time, and not waited for where there are many people. */
export interface Plans { of(campaign: Campaign, world: CampaignWorld): Promise<Planned> }

const kept: Millis = 1 * MINUTE
/** A page waits so long for a plan, and shows it when it is loaded again. */
const patience: Millis = 120
const mostKept = 50

export function createPlans(engine: Pick<CampaignEngine, 'plan'>, now: Clock): Plans {
  const known = new Map<string, { at: Millis; plan: Promise<Forecast | null> }>()
  let last: Promise<unknown> = Promise.resolve()

  function make(key: string, campaign: Campaign): Promise<Forecast | null> {
    for (const [old, { at }] of known) if (now() - at >= kept || known.size >= mostKept) known.delete(old)
    const plan = last.then(() => engine.plan(campaign))
    known.set(key, { at: now(), plan })
    last = plan.catch(() => known.delete(key))
    return plan
  }

  return {
    of(campaign, world) {
      const key = shapeOf(campaign, world)
      const found = known.get(key)
      const plan = found !== undefined && now() - found.at < kept ? found.plan : make(key, campaign)
      return Promise.race([plan, new Promise<typeof counting>((resolve) => setTimeout(() => resolve(counting), patience))])
    },
  }
}

/** All that a plan depends on: of the words only how many parts they make. */
const shapeOf = (campaign: Campaign, { compose, rules }: CampaignWorld): string => canonicalJson({
  ...campaign, name: '', purpose: '', theme: null, slogans: [], rules: rules?.checked ?? null,
  posts: campaign.posts.map(({ message, people: _, ...post }) => ({
    ...post, media: message.media, links: message.links.length, buttons: message.buttons.length,
    file: message.media === null ? null : (compose.media(message.media.asset)?.bytes ?? null),
    parts: post.means.map((choice) => partsOf(prepare(campaign, { ...post, message, people: [] }, choice, compose)).length),
  })),
})
