import { createAuditCheck, type AuditCheck } from '../../src/campaign/audit.ts'
import type { AuditLine } from '../../src/core/campaign.ts'

/** Verifies a whole chain. With `expectHead` (a head noted earlier) a cut tail is found too; a chain that has grown since passes. */
export function verifyAudit(lines: Iterable<AuditLine>, expectHead: string | null = null): AuditCheck {
  const check = createAuditCheck(expectHead)
  for (const line of lines) check.add(line)
  return check.result()
}
