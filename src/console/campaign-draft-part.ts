import { html } from 'hono/html'
import type { Campaign } from '../campaign/campaign.ts'
import type { CampaignWorld } from '../campaign/world.ts'
import { isError, type Problem } from '../core/problem.ts'
import { planShown } from './campaign-figures.ts'
import type { Planned } from './campaign-plans.ts'
import { previewOf } from './campaign-preview.ts'
import { tellFault } from './campaign-form-words.ts'
import { labelOf } from './campaign-labels.ts'
import { notice, type Html } from './components.ts'

/** A post that is being written: as each channel would show it, whom it would reach, and what is wrong with it. */
export interface DraftView {
  campaign: Campaign
  /** Which of its posts. */
  post: string
  world: CampaignWorld
  /** Of this post; `field`: of the form, empty where it is of none. */
  problems: readonly (Problem & { field: string })[]
  forecast: Planned
}

/** Null: not looked at yet; `missing`: why it cannot be shown. The script puts it in place again while somebody writes. */
export function draftPart(view: DraftView | null, missing: readonly string[] = []): Html {
  return html`<section class="card preview" id="xem-truoc" tabindex="0" aria-label="Xem trước"><h2>Xem trước</h2>${missing.length > 0 ? notice(html`${missing.map((what) => html`<bdi>${what}</bdi><br>`)}`, 'warn') : view === null ? html`<p class="soft">Bấm “Xem trước” để xem bài như từng kênh sẽ hiện, và bao nhiêu người nhận được.</p>` : shown(view)}</section>`
}

function shown({ campaign, post: id, world: { compose }, problems, forecast }: DraftView): Html {
  const post = campaign.posts.find((each) => each.id === id)!
  return html`${problems.map((problem) => notice(html`${labelled(problem.field)}<bdi>${tellFault(problem)}</bdi>`, isError(problem) ? 'bad' : 'warn'))}
${previewOf(campaign, post, compose)}
<h3>Ai nhận được</h3>${planShown(forecast, (each) => campaign.posts.find((other) => other.id === each)?.title ?? each, id)}`
}

const labelled = (field: string): Html | '' => (labelOf(field) === '' ? '' : html`<strong>${labelOf(field)}:</strong> `)
