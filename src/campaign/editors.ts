import type { AuditLine } from '../core/campaign.ts'
import type { CampaignStore } from '../store/campaign-ports.ts'

/** Who has edited a campaign since it was approved last, or since it was made. None of them approves it. `lines`: its own, oldest first. Pure. */
export function editorsIn(lines: readonly Pick<AuditLine, 'who' | 'action'>[]): string[] {
  const sinceApproval = lines.slice(lines.findLastIndex(({ action }) => action === 'approve') + 1)
  return [...new Set(sinceApproval.filter(({ action }) => action === 'edit').map(({ who }) => who))]
}

/** All lines of these campaigns that are kept, oldest first, by campaign. One way through the log, and none where nobody is asked for. */
export async function auditLinesOf(ids: readonly string[], store: Pick<CampaignStore, 'auditLines'>): Promise<ReadonlyMap<string, AuditLine[]>> {
  const lines = new Map(ids.map((id): [string, AuditLine[]] => [id, []]))
  if (lines.size > 0) for await (const batch of store.auditLines()) for (const line of batch) lines.get(line.campaign)?.push(line)
  return lines
}
