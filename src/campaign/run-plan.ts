import type { ContactFacts, SkipReason } from '../core/campaign.ts'
import type { Part } from '../core/message.ts'
import type { Millis } from '../core/time.ts'
import { AudienceTooLarge, type CampaignStore, type PlannedRow } from '../store/campaign-ports.ts'
import type { Campaign } from './campaign.ts'
import { partsOf, prepare, type ComposeContext } from './compose.ts'
import { morningAfter, whyNotSend } from './decide.ts'
import type { PlanLine } from './lines.ts'
import { audienceOfLine } from './reach.ts'

/** Small, so that a citizen's message that comes in between waits for milliseconds. */
const batchSize = 500

/** `stale`: somebody else plans it, or the campaign does not run any more. */
export type Planned = 'done' | 'stale' | { tooLarge: number }

/**
 * Fixes the audience of one post on one account, batch by batch, from where it stands. `planned` hears of each batch.
 * Safe to begin again at any time, in any process.
 */
export async function planLine(campaign: Campaign, line: PlanLine, context: ComposeContext, store: CampaignStore, now: () => Millis, planned: () => void): Promise<Planned> {
  const { post, account, choice: { means } } = line
  const progress = await store.planProgress(campaign.id, post.id, account)
  if (progress?.done === true) return 'done'
  const wanted = await audienceOfLine(campaign, line, store)
  const parts = partsOf(prepare(campaign, post, line.choice, context))
  for (let after = progress?.after ?? null; ;) {
    const people = await store.contactFacts(account, after, batchSize, `${campaign.id}/${post.id}`)
    const at = now()
    const upTo = people.at(-1)?.contactKey ?? after ?? ''
    const done = people.length === 0
    const rows = people.filter(wanted).map((facts) => rowFor(facts, line, parts, at))
    try {
      if (await store.planBatch({ campaign: campaign.id, post: post.id, account, means, after, upTo, done, rows, now: at }) === 'stale') return 'stale'
    } catch (error) {
      if (error instanceof AudienceTooLarge) return { tooLarge: error.limit }
      throw error
    }
    if (done) return 'done'
    planned()
    after = upTo
  }
}

function rowFor(facts: ContactFacts, { terms, post }: PlanLine, parts: readonly Part[], now: Millis): PlannedRow {
  const reason = whyNotSend(facts, terms, null, now)
  // By the time of the post and not of planning: posts are sent in their order, and within one in the order of planning.
  const dueAt = morningAfter(terms, now) ?? post.at
  return { contactKey: facts.contactKey, parts, dueAt, skip: reason !== null && lasting.has(reason) ? reason : null }
}

/** Reasons that are told first and stay: whoever has one now would have it at their turn. The others are asked about then. */
const lasting: ReadonlySet<SkipReason> = new Set<SkipReason>(['unsupported_content', 'blocked', 'opted_out', 'no_consent', 'outside_reply_window'])
