import type { CampaignSettings } from '../config.ts'
import type { CampaignRecord } from '../core/campaign.ts'
import type { AccountKey } from '../core/contact.ts'
import { SECOND } from '../core/time.ts'
import type { Campaign } from './campaign.ts'
import { takenBack } from './correction.ts'
import { linesOf, type PlanLine } from './lines.ts'
import { isPublication } from './means.ts'
import type { PlatformRules, RateLimit } from './rules.ts'
import { contentOf, type CampaignWorld } from './world.ts'

/** A running campaign as this process knows it. */
export interface ActiveCampaign {
  id: string
  version: number
  world: CampaignWorld
  campaign: Campaign
  /** By time, then as written. */
  lines: readonly PlanLine[]
  /** Keys of lines that are not planned to the end, or not published, as far as known here. */
  open: Set<string>
  /** What has changed since the approval; empty: it holds. */
  changes: string[]
  /** Posts that a correction stopped. */
  takenBack: ReadonlySet<string>
  lineAt(post: string, account: AccountKey): PlanLine | undefined
  /** The strictest limits of the means that it uses on an account. */
  limitsOf(account: AccountKey): { limit: RateLimit; chatLimit: RateLimit | null }
}

/** Where the rules name none. */
const usualLimit: RateLimit = { most: 30, within: SECOND }

export const lineKey = ({ post, account }: { post: { id: string }; account: AccountKey }): string => `${post.id}@${account}`

/** `known`: the same campaign before the world changed, whose finished lines stay finished. */
export function createActive(record: CampaignRecord, world: CampaignWorld, rules: PlatformRules, given: {
  accounts: readonly AccountKey[]
  settings: CampaignSettings
  changes(record: CampaignRecord, world: CampaignWorld): string[]
  known: ActiveCampaign | undefined
}): ActiveCampaign {
  const campaign = contentOf(record)
  const { accounts, settings, known } = given
  const lines = linesOf({ campaign, accounts, rules, settings, context: world.compose })
  const byKey = new Map(lines.map((line) => [lineKey(line), line]))
  const strictest = (account: AccountKey, of: 'rate' | 'chat_rate'): RateLimit | null =>
    lines.flatMap((line) => (line.account === account && !isPublication(line.choice.means) && line.rules[of] !== null ? [line.rules[of].value] : []))
      .reduce<RateLimit | null>((least, limit) => (least === null || limit.most / limit.within < least.most / least.within ? limit : least), null)
  return {
    id: record.id, version: record.version, world, campaign, lines,
    open: new Set([...byKey.keys()].filter((key) => known === undefined || known.open.has(key))),
    changes: given.changes(record, world),
    takenBack: takenBack(record.correction, campaign.posts),
    lineAt: (post, account) => byKey.get(lineKey({ post: { id: post }, account })),
    limitsOf: (account) => ({ limit: strictest(account, 'rate') ?? usualLimit, chatLimit: strictest(account, 'chat_rate') }),
  }
}
