import type { Campaign } from '../campaign/campaign.ts'
import type { AnnouncingPorts } from './campaign-desk.ts'
import { draftPart } from './campaign-draft-part.ts'
import type { Html } from './components.ts'
import type { Plans } from './campaign-plans.ts'

/** One of a campaign's posts as it would be, before anything is kept. */
export type Look = (campaign: Campaign, post: string) => Promise<Html>

export const createLook = ({ engine, world, plans }: Pick<AnnouncingPorts, 'engine' | 'world'> & { plans: Plans }): Look => async (campaign, post) => {
  const surroundings = await world()
  const problems = await engine.check({ ...campaign, posts: campaign.posts.filter(({ id }) => id === post) })
  return draftPart({ campaign, post, world: surroundings, problems, forecast: await plans.of(campaign, surroundings) })
}

/** Around a post that has no campaign yet. */
export const sketch: Omit<Campaign, 'posts'> = { id: 'ban-nhap', sample: false, name: '', purpose: '', period: { from: '2000-01-01', to: '2999-12-31' }, theme: null, slogans: [], keyDays: [] }
