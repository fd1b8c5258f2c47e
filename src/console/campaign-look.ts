import type { Campaign } from '../campaign/campaign.ts'
import { isError } from '../core/problem.ts'
import type { AnnouncingPorts } from './campaign-desk.ts'
import { draftPart } from './campaign-draft-part.ts'
import { besideFields } from './campaign-form-words.ts'
import { fieldOf, placedProblems, type PlacedProblem } from './campaign-labels.ts'
import type { PostValues } from './campaign-post.ts'
import type { Html } from './components.ts'
import type { Plans } from './campaign-plans.ts'

/** One of a campaign's posts as it would be, before anything is kept; and its errors by the fields of the form, which shows `values`. */
export type Look = (campaign: Campaign, post: string, values: PostValues) => Promise<{ preview: Html; errors: Record<string, string> }>

export const createLook = ({ engine, world, plans }: Pick<AnnouncingPorts, 'engine' | 'world'> & { plans: Plans }): Look => async (campaign, post, values) => {
  const surroundings = await world()
  const problems = await placedProblems(engine, { ...campaign, posts: campaign.posts.filter(({ id }) => id === post) })
  const of = ({ path }: Pick<PlacedProblem, 'path'>): string => fieldOf(path, values)
  return {
    preview: draftPart({ campaign, post, world: surroundings, problems: problems.map((problem) => ({ ...problem, field: of(problem) })), forecast: await plans.of(campaign, surroundings) }),
    errors: besideFields(problems.filter((problem) => isError(problem) && of(problem) !== ''), (path) => of({ path })),
  }
}

/** Around a post that has no campaign yet. */
export const sketch: Omit<Campaign, 'posts'> = { id: 'ban-nhap', sample: false, name: '', purpose: '', period: { from: '2000-01-01', to: '2999-12-31' }, theme: null, slogans: [], keyDays: [] }
