import type { CampaignStore } from '../campaign-ports.ts'
import type { Core } from './core.ts'
import { campaignClaims } from './campaigns-claims.ts'
import { openFacts } from './campaigns-facts.ts'
import { campaignFigures } from './campaigns-figures.ts'
import { openLines } from './campaigns-lines.ts'
import { campaignPlanning, campaignTrials } from './campaigns-plan.ts'
import { campaignPublications } from './campaigns-publications.ts'
import { campaignRecords } from './campaigns-records.ts'
import { campaignSettlements } from './campaigns-settle.ts'
import { campaignSettling } from './campaigns-settling.ts'

/** Campaigns: their records and log, their audiences, what is sent and what came of it. */
export function campaigns(core: Core): CampaignStore {
  const lines = openLines(core.db)
  core.writer.adds(lines)
  const facts = openFacts(core, lines)
  return {
    audienceLimit: null,
    ...campaignRecords(core),
    ...campaignPlanning(core, facts),
    ...campaignTrials(core),
    ...campaignClaims(core, lines, facts),
    ...campaignSettling(core),
    ...campaignSettlements(core),
    ...campaignPublications(core),
    ...campaignFigures(core),
  }
}
