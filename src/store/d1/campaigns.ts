import type { CampaignStore } from '../campaign-ports.ts'
import { campaignClaims } from './campaigns-claims.ts'
import { campaignFigures } from './campaigns-figures.ts'
import { campaignPlanning, campaignTrials } from './campaigns-plan.ts'
import { campaignPublications } from './campaigns-publications.ts'
import { campaignRecords } from './campaigns-records.ts'
import { campaignSettlements } from './campaigns-settle.ts'
import { campaignSettling } from './campaigns-settling.ts'
import type { Core } from './core.ts'

/** Campaigns: their records and log, their audiences, what is sent and what came of it. */
export const campaigns = (core: Core): CampaignStore => ({
  audienceLimit: null,
  ...campaignRecords(core),
  ...campaignPlanning(core),
  ...campaignTrials(core),
  ...campaignClaims(core),
  ...campaignSettling(core),
  ...campaignSettlements(core),
  ...campaignPublications(core),
  ...campaignFigures(core),
})
