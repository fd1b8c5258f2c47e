import type { CampaignRecord, PublicationRow } from '../core/campaign.ts'
import { publicationId } from '../core/campaign.ts'
import type { CampaignStore } from '../store/campaign-ports.ts'
import type { Campaign } from './campaign.ts'
import type { Forecast } from './forecast.ts'
import type { Actor } from './life.ts'
import type { PlanLine } from './lines.ts'

/** The program itself, in the audit log. */
export const system: Actor = { name: 'hệ thống', role: 'system', via: 'job' }

/** When a campaign begins: with its first post. */
export const startOf = ({ posts }: Campaign): number => Math.min(...posts.map(({ at }) => at))

/** One row for each post on each account by a means without recipients, as the plan has it at this moment. */
export function publicationRows(campaign: Campaign, { posts }: Forecast): PublicationRow[] {
  return posts.flatMap(({ id: post, lines }) => lines.flatMap(({ ledger, account, means, startsAt, skippedBy, optedOutReached }): PublicationRow[] => {
    if (ledger === 'personal') return []
    const reason = Object.keys(skippedBy)[0] ?? null
    const dueAt = startsAt ?? campaign.posts.find(({ id }) => id === post)!.at
    return [{
      id: publicationId(campaign.id, post, account), campaign: campaign.id, post, account, means, status: reason === null ? 'planned' : 'skipped', platformIds: {}, dueAt,
      publishedAt: null, reason, reach: null, optedOutReached,
    }]
  }))
}

/** Whether all of a running campaign has ended. `lines`: its lines with recipients. What is `uncertain` keeps nothing open. */
export async function hasEnded({ id }: Pick<CampaignRecord, 'id'>, lines: readonly PlanLine[], store: CampaignStore): Promise<boolean> {
  for (const { post, account } of lines) if ((await store.planProgress(id, post.id, account))?.done !== true) return false
  const waiting = (await store.readLedger({ campaign: id })).some(({ status, count }) => count > 0 && (status === 'queued' || status === 'sending'))
  return !waiting && (await store.listPublications({ campaign: id })).every(({ status }) => status !== 'planned' && status !== 'publishing')
}
