import { channelOfMeans, type CampaignRecord, type MeansName } from '../core/campaign.ts'
import { accountFrom, type AccountKey } from '../core/contact.ts'
import type { Millis } from '../core/time.ts'
import type { CampaignStore } from '../store/campaign-ports.ts'
import type { Register } from '../store/ports.ts'
import type { MeansChoice, Post } from './campaign.ts'
import { asTrial, partsOf, prepare, type ComposeContext } from './compose.ts'
import { contentOf } from './world.ts'

/** Trials: a post as it will look, on the phones of staff, outside all figures. */

/** A phone that may get trials. It has written to the account, since nothing can be sent to it otherwise. */
export interface TrialPhone { contactKey: string; account: AccountKey; /** Whose it is. */ name: string }

const prefix = 'trial_phone:'

export const listPhones = async (register: Pick<Register, 'listEntries'>): Promise<TrialPhone[]> =>
  (await register.listEntries(prefix)).map(({ value }) => JSON.parse(value) as TrialPhone)

/** Safe to call twice. */
export async function addPhone(register: Register, phone: TrialPhone): Promise<void> {
  const entry = await register.readEntry(prefix + phone.contactKey)
  await register.writeEntry(prefix + phone.contactKey, JSON.stringify(phone), entry?.version ?? 0)
}

/** False when it was not there. */
export async function removePhone(register: Register, contactKey: string): Promise<boolean> {
  const entry = await register.readEntry(prefix + contactKey)
  return entry !== null && register.writeEntry(prefix + contactKey, null, entry.version)
}

/** A publication is shown as the message that comes nearest to it. */
const shownAs: Partial<Record<MeansName, MeansName>> = { zalo_broadcast: 'zalo_consultation', facebook_post: 'facebook_message', telegram_channel: 'telegram_direct' }

/** What became of a trial, phone by phone. `not_by_this_post`: it does not go out on the phone's channel. */
export type TrialResult = { name: string; result: 'queued' | 'no_contact' | 'not_by_this_post' }[]

/** Queues a post for the registered phones; null: no such post. */
export async function sendTrial(record: Pick<CampaignRecord, 'id' | 'content'>, postId: string, phones: readonly TrialPhone[], compose: ComposeContext, store: Pick<CampaignStore, 'queueTrial'>, now: Millis): Promise<TrialResult | null> {
  const campaign = contentOf(record)
  const post = campaign.posts.find(({ id }) => id === postId)
  if (post === undefined) return null
  const results: TrialResult = []
  for (const { name, contactKey, account } of phones) {
    const choice = choiceFor(post, account)
    if (choice === undefined) {
      results.push({ name, result: 'not_by_this_post' })
      continue
    }
    const parts = partsOf(asTrial(prepare(campaign, post, { ...choice, means: shownAs[choice.means] ?? choice.means }, compose)))
    const ids = parts.map((_, index) => `trial:${record.id}/${postId}:${contactKey}:${now}#${index + 1}`)
    results.push({ name, result: await store.queueTrial({ contactKey, account, ids, parts }, now) })
  }
  return results
}

const choiceFor = ({ means }: Post, account: AccountKey): MeansChoice | undefined => means.find((choice) => channelOfMeans(choice.means) === accountFrom(account).channel)
