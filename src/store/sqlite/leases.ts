import type { Millis } from '../../core/time.ts'
import type { Core } from './core.ts'
import { inLedger } from './schema.ts'

/** What happens to claims when a process begins and ends. Inside a transaction. */
export interface Leases {
  /**
   * At opening. The one server knows that whoever held something is dead: everything claimed is due now. Whoever opens,
   * a clock that was put back while nobody looked is settled.
   */
  begin(server: boolean, now: Millis): void
  /** At closing: what this opened store claimed is due at once, and its claims are good for nothing any more. */
  giveUp(): void
}

/** What can be claimed, found by the small indexes of what is due or under way. */
const claimable = [
  { rows: 'mailbox set', claimed: 'due_at is not null' },
  { rows: 'deliveries set', claimed: 'due_at is not null and line_id is null' },
  { rows: `deliveries set ${inLedger},`, claimed: `due_at is not null and line_id is not null and status = 'sending'` },
] as const

export function openLeases({ db, clock, holder }: Pick<Core, 'db' | 'clock' | 'holder'>): Leases {
  const all = [...claimable.map(({ rows, claimed }) => `
    update ${rows} claimed_by = 0, claims = claims + 1, due_at = ?1, noted_at = ?1 where ${claimed} and claimed_by <> 0`), `
    update publications set claimed_by = 0, claims = claims + 1, claimed_until = ?1, noted_at = ?1 where status = 'publishing' and claimed_by <> 0`].map((sql) => db.prepare(sql))
  const own = [...claimable.map(({ rows, claimed }) => `
    update ${rows} claimed_by = 0, claims = claims + 1, due_at = min(due_at, noted_at) where ${claimed} and claimed_by = ?`), `
    update publications set claimed_by = 0, claims = claims + 1, claimed_until = noted_at where status = 'publishing' and claimed_by = ?`].map((sql) => db.prepare(sql))

  return {
    begin(server, now) {
      if (server) for (const statement of all) statement.run(now)
      clock.settle(now)
    },
    giveUp() {
      for (const statement of own) statement.run(holder)
    },
  }
}
