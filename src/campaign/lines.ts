import type { CampaignSettings } from '../config.ts'
import { channelOfMeans, type MeansName } from '../core/campaign.ts'
import type { AccountKey } from '../core/contact.ts'
import type { Millis } from '../core/time.ts'
import { accountsFor } from './audience.ts'
import type { Campaign, MeansChoice, Post } from './campaign.ts'
import { filledPost, partsOf, prepare, type ComposeContext } from './compose.ts'
import type { SendTerms } from './decide.ts'
import { cannotCarry, isPublication, type Limitation } from './means.ts'
import { rulesOf, type MeansRules, type PlatformRules } from './rules.ts'

export interface PlanInput {
  campaign: Campaign
  /** Accounts in service; rehearsal accounts only where the whole server is a rehearsal. */
  accounts: readonly AccountKey[]
  rules: PlatformRules
  settings: CampaignSettings
  context: ComposeContext
  now: Millis
  /** What the account has sent or booked by this means already, other than by this campaign: on a day (`2026-10-10`) or in a month (`2026-10`). */
  used(means: MeansName, account: AccountKey, span: string): number
}

/** One post by one means on one account: what is decided and counted by itself. */
export interface PlanLine {
  post: Post
  choice: MeansChoice
  account: AccountKey
  rules: MeansRules
  limitations: Limitation[]
  terms: SendTerms
  /** Platform calls a person's copy takes. */
  calls: number
}

/** By time, then as written. */
export function linesOf({ campaign, accounts, rules, settings, context }: Pick<PlanInput, 'campaign' | 'accounts' | 'rules' | 'settings' | 'context'>): PlanLine[] {
  return [...campaign.posts].sort((a, b) => a.at - b.at).flatMap((post) => post.means.flatMap((choice) =>
    accountsFor(post.audience, channelOfMeans(choice.means), accounts).map((account): PlanLine => {
      const own = rulesOf(rules, choice.means, account)
      const media = post.message.media === null ? null : context.media(post.message.media.asset)
      const limitations = cannotCarry(choice, filledPost(post, campaign, context), media, own)
      return {
        post, choice, account, rules: own, limitations,
        // A correction is not held up by the announcement that it corrects.
        terms: { ...termsOf(post, choice, own, settings, limitations), ...(campaign.followUp !== undefined && { dailyCap: Number.POSITIVE_INFINITY }) },
        calls: isPublication(choice.means) ? 1 : partsOf(prepare(campaign, post, choice, context)).length,
      }
    })))
}

/** What the decider is asked with, at planning and at the moment of sending. */
function termsOf(post: Post, choice: MeansChoice, rules: MeansRules, settings: CampaignSettings, limitations: readonly Limitation[]): SendTerms {
  return {
    announceBasis: settings.announceBasis,
    dailyCap: settings.dailyCap,
    window: (choice.paid ? (rules.paid_window ?? rules.window) : rules.window)?.value ?? null,
    unsupported: limitations.some(({ effect }) => effect === 'refused'),
    atNight: post.atNight,
    quiet: [settings.quietHours, rules.night?.value ?? null].filter((quiet) => quiet !== null),
  }
}
