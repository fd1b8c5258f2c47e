import { channelOfMeans, type ContactFacts, type MeansName } from '../core/campaign.ts'
import type { AccountKey } from '../core/contact.ts'
import { othersTurn } from '../core/others-turn.ts'
import { DAY, vietnamDay, type Millis } from '../core/time.ts'
import type { CampaignStore } from '../store/campaign-ports.ts'
import { monthOf } from './allowance.ts'
import { accountsFor, audienceOf } from './audience.ts'
import type { Campaign } from './campaign.ts'
import type { Forecast } from './forecast.ts'
import { linesOf, type PlanInput, type PlanLine } from './lines.ts'
import { isPublication } from './means.ts'
import { planReach } from './plan.ts'
import { publicationTime } from './publication-plan.ts'
import { rulesOf, type PlatformRules } from './rules.ts'
import { contentOf, type CampaignPorts, type CampaignWorld } from './world.ts'

/** The reach plan over what the store holds. */

/** Contacts a read; small, so that a citizen's message in between waits for milliseconds. */
const batchSize = 250
/** A plan looks no further ahead: so long would 100,000 messages take at one in ten seconds. */
const horizon = 14 * DAY

/** Null when the platform rules cannot be used. */
export async function forecastCampaign(campaign: Campaign, { store, settings, accounts, now }: Omit<CampaignPorts, 'world'>, { compose, rules }: CampaignWorld): Promise<Forecast | null> {
  if (rules === null) return null
  const at = now()
  const surroundings = { accounts, rules, settings, context: compose, now: at }
  const [used, booked] = [await usedBy(campaign, { store, accounts, rules, now: at }), await bookedBy(campaign.id, store, surroundings)]
  const input: PlanInput = { campaign, ...surroundings, used: (means, account, span) => used(means, account, span) + booked(means, account, span) }
  return planReach(input, allContacts(campaign, store, accounts))
}

/** Everybody on the accounts that the campaign goes to, in the order in which deliveries are queued. */
async function* allContacts(campaign: Campaign, store: CampaignStore, accounts: readonly AccountKey[]): AsyncIterable<ContactFacts[]> {
  const wanted = new Set(campaign.posts.flatMap(({ audience, means }) => means.flatMap((choice) => accountsFor(audience, channelOfMeans(choice.means), accounts))))
  const chosen = await followUpFilter(campaign, store)
  for (const account of wanted) {
    for (let after: string | null = null; ;) {
      const batch: ContactFacts[] = await store.contactFacts(account, after, batchSize, null)
      if (batch.length === 0) break
      yield chosen === null ? batch : batch.filter((facts) => chosen.has(facts.contactKey))
      await othersTurn()
      after = batch.at(-1)!.contactKey
    }
  }
}

/** For a correction's follow-up: whom the corrected posts reached. Null: no such bound. */
async function followUpFilter({ followUp, posts }: Campaign, store: CampaignStore): Promise<Set<string> | null> {
  if (followUp === undefined) return null
  const keys = new Set<string>()
  for (const post of posts) for (const account of post.audience.accounts) for (const key of await reachedKeys(store, followUp.campaign, followUp.posts[post.id]!, account)) keys.add(key)
  return keys
}

async function reachedKeys(store: CampaignStore, campaign: string, post: string, account: AccountKey): Promise<Set<string>> {
  const keys = new Set<string>()
  for (let after: string | null = null; ;) {
    const batch: string[] = await store.reachedBy(campaign, post, account, after, batchSize)
    if (batch.length === 0) return keys
    for (const key of batch) keys.add(key)
    after = batch.at(-1)!
  }
}

/** Whether a contact is in the audience of a line. For a follow-up the people reached are read once, here. */
export async function audienceOfLine({ followUp }: Campaign, { post, account }: Pick<PlanLine, 'post' | 'account'>, store: CampaignStore): Promise<(facts: ContactFacts) => boolean> {
  const matches = audienceOf(post.audience)
  if (followUp === undefined) return matches
  const keys = await reachedKeys(store, followUp.campaign, followUp.posts[post.id]!, account)
  return (facts) => keys.has(facts.contactKey) && matches(facts)
}

/** What other campaigns have used or booked of each allowance, on every day and in every month that the plan may ask about. */
async function usedBy(campaign: Campaign, { store, accounts, rules, now }: { store: CampaignStore; accounts: readonly AccountKey[]; rules: PlatformRules; now: Millis }): Promise<PlanInput['used']> {
  const used = new Map<string, number>()
  const limited = campaign.posts.flatMap(({ audience, means }) => means.flatMap((choice) => accountsFor(audience, channelOfMeans(choice.means), accounts).map((account) => ({ means: choice.means, account }))))
    .filter(({ means, account }) => {
      const { account_daily: daily, account_monthly: monthly, contact_daily: contact } = rulesOf(rules, means, account)
      return daily !== null || monthly !== null || contact !== null
    })
  if (limited.length === 0) return () => 0
  const times = campaign.posts.map(({ at }) => Math.max(at, now))
  const spans = new Set(dailyMoments(Math.min(...times), Math.max(...times) + horizon).flatMap((at) => [vietnamDay(at), monthOf(at)]))
  const own = await ownUse(campaign.id, store)
  for (const [key, { means, account }] of new Map(limited.map((each) => [`${each.means} ${each.account}`, each]))) {
    for (const span of spans) used.set(`${key} ${span}`, Math.max(0, await store.usedAllowance(means, account, span) - own(means, account, span)))
  }
  return (means, account, span) => used.get(`${means} ${account} ${span}`) ?? 0
}

/**
 * Publications of other campaigns that are approved and not begun: no row tells of them yet. Once a campaign is approved itself,
 * those approved after it do not count, so that of two that are too many together the later one gives way.
 */
async function bookedBy(campaign: string, store: CampaignStore, surroundings: Omit<PlanInput, 'campaign' | 'used'>): Promise<PlanInput['used']> {
  const records = await store.listCampaigns()
  const own = records.find(({ id }) => id === campaign)?.approval ?? null
  const booked: { means: MeansName; account: AccountKey; day: string }[] = []
  for (const { id, status, approval } of records) {
    const isAhead = own === null || approval === null || approval.at < own.at || (approval.at === own.at && id < campaign)
    if (id === campaign || !isAhead || (status !== 'approved' && status !== 'scheduled')) continue
    const record = await store.loadCampaign(id)
    if (record === null) continue
    const lines = linesOf({ ...surroundings, campaign: contentOf(record) }).filter(({ choice, terms }) => isPublication(choice.means) && !terms.unsupported)
    booked.push(...lines.map((line) => ({ means: line.choice.means, account: line.account, day: vietnamDay(publicationTime(line, surroundings.now)) })))
  }
  return (means, account, span) => booked.filter((each) => each.means === means && each.account === account && each.day.startsWith(span)).length
}

/** One moment for each day in between. */
const dailyMoments = (from: Millis, to: Millis): Millis[] => Array.from({ length: Math.ceil((to - from) / DAY) + 1 }, (_, n) => from + n * DAY)

async function ownUse(campaign: string, store: CampaignStore): Promise<(means: MeansName, account: AccountKey, span: string) => number> {
  const [publications, ledger] = [await store.listPublications({ campaign }), await store.readLedger({ campaign })]
  return (means, account, span) =>
    publications.filter((row) => row.means === means && row.account === account && !['skipped', 'failed'].includes(row.status) && vietnamDay(row.publishedAt ?? row.dueAt).startsWith(span)).length +
    ledger.reduce((sum, row) => (row.means === means && row.account === account && !['skipped', 'failed'].includes(row.status) && row.day.startsWith(span) ? sum + row.people : sum), 0)
}
