import type { Campaign } from '../campaign/campaign.ts'
import type { CampaignEngine } from '../campaign/engine.ts'
import type { Problem } from '../core/problem.ts'
import type { Path } from '../core/yaml.ts'
import { tellFault } from './campaign-form-words.ts'
import { headFieldOf, headLabels } from './campaign-head.ts'
import { postFieldOf, postLabel, postValuesOf, type PostValues } from './campaign-post.ts'

/** Where in a campaign a finding is, as officers call the place. */

/** A finding with the place it is about. */
export interface PlacedProblem extends Problem { path: Path }

/** What is wrong or doubtful in a campaign, with its places. */
export async function placedProblems(engine: Pick<CampaignEngine, 'check'>, campaign: Campaign): Promise<PlacedProblem[]> {
  const paths: Path[] = []
  const problems = await engine.check(campaign, { file: campaign.id, locate: (path) => ({ line: paths.push(path), column: 1 }) })
  return problems.map((problem) => ({ ...problem, path: paths[problem.line - 1] ?? [] }))
}

/** The field of the form that a place of a campaign is written in, empty where in none. `values`: of the form of the post it is in. */
export const fieldOf = (path: Path, values: PostValues): string => (path[0] === 'posts' ? postFieldOf(path.slice(2), values) : headFieldOf(path))

/** Empty for what is no field. */
export const labelOf = (field: string): string => (Object.hasOwn(headLabels, field) ? headLabels[field as keyof typeof headLabels] : postLabel(field))

/** `Bài “Mở đầu”, Lời: what → what to do`. */
export function tellPlaced(problem: PlacedProblem, { posts }: Campaign): string {
  const post = problem.path[0] === 'posts' ? posts[Number(problem.path[1])] : undefined
  const label = labelOf(fieldOf(problem.path, post === undefined ? {} : postValuesOf(post)))
  const place = [...(post === undefined ? [] : [`Bài “${post.title}”`]), ...(label === '' ? [] : [label])].join(', ')
  return `${place === '' ? '' : `${place}: `}${tellFault(problem)}`
}
