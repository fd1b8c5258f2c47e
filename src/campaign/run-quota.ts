import type { MeansName } from '../core/campaign.ts'
import type { AccountKey } from '../core/contact.ts'
import { vietnamDay, type Clock } from '../core/time.ts'
import type { CampaignStore, ClaimedCampaignDelivery } from '../store/campaign-ports.ts'
import { monthOf } from './allowance.ts'
import type { PlanLine } from './lines.ts'

/** What the accounts may still send today and this month. */
export interface Quotas {
  /** Null: there is no limit. */
  left(means: MeansName, account: AccountKey): number | null
  spend(means: MeansName, account: AccountKey): void
}

export interface QuotaPorts {
  store: Pick<CampaignStore, 'usedAllowance'>
  lineOf(delivery: Pick<ClaimedCampaignDelivery, 'campaign' | 'post' | 'account'>): PlanLine | null
  now: Clock
}

/** For those just claimed, who count as being sent already: they are taken out. Rejects where the store cannot be read. */
export async function quotasFor(claimed: readonly ClaimedCampaignDelivery[], { store, lineOf, now }: QuotaPorts): Promise<Quotas> {
  const at = now()
  const left = new Map<string, number>()
  for (const [key, group] of Map.groupBy(claimed, ({ means, account }) => `${means} ${account}`)) {
    const { means, account } = group[0]!
    const rules = lineOf(group[0]!)?.rules
    const limits = [[rules?.account_daily, vietnamDay(at)], [rules?.account_monthly, monthOf(at)]] as const
    const firsts = group.filter(({ id, maybeSent }) => id.endsWith('#1') && !maybeSent).length
    for (const [limit, span] of limits) {
      if (limit === null || limit === undefined) continue
      const before = await store.usedAllowance(means, account, span, 'gone') - firsts
      left.set(key, Math.min(left.get(key) ?? Number.POSITIVE_INFINITY, limit.value - before))
    }
  }
  return {
    left: (means, account) => left.get(`${means} ${account}`) ?? null,
    spend(means, account) {
      const before = left.get(`${means} ${account}`)
      if (before !== undefined) left.set(`${means} ${account}`, before - 1)
    },
  }
}
