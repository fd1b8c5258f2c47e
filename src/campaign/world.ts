import type { CampaignSettings } from '../config.ts'
import type { CampaignRecord } from '../core/campaign.ts'
import type { AccountKey } from '../core/contact.ts'
import type { Clock } from '../core/time.ts'
import type { CampaignStore } from '../store/campaign-ports.ts'
import type { Campaign } from './campaign.ts'
import type { ComposeContext } from './compose.ts'
import type { PlatformRules } from './rules.ts'

/** What campaigns are made of beside their own words, as it is at one moment. The same object as long as nothing changed. */
export interface CampaignWorld {
  compose: ComposeContext
  /** Null: `platform-rules.yaml` cannot be used, so that nothing can be planned. */
  rules: PlatformRules | null
}

/** What actions on campaigns need. */
export interface CampaignPorts {
  store: CampaignStore
  world(): Promise<CampaignWorld>
  settings: CampaignSettings
  /** Accounts in service; those of a rehearsal only where the whole server is one. */
  accounts: readonly AccountKey[]
  now: Clock
}

/** What a record says. Only `engine.ts` writes it, and only what `parseCampaign` or `postFromTemplate` made. */
export const contentOf = ({ content }: Pick<CampaignRecord, 'content'>): Campaign => content as Campaign

export const noRules = 'tệp platform-rules.yaml thiếu hoặc sai nên chưa tính được; chạy campaign check để xem lỗi'
