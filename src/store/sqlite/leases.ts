import type { Millis } from '../../core/time.ts'
import type { Core } from './core.ts'

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

export function openLeases({ db, clock, holder }: Pick<Core, 'db' | 'clock' | 'holder'>): Leases {
  const all = ['mailbox', 'deliveries'].map((table) => db.prepare(`
    update ${table} set claimed_by = 0, claims = claims + 1, due_at = ?1, noted_at = ?1 where due_at is not null and claimed_by <> 0`))
  const own = ['mailbox', 'deliveries'].map((table) => db.prepare(`
    update ${table} set claimed_by = 0, claims = claims + 1, due_at = min(due_at, noted_at) where due_at is not null and claimed_by = ?`))

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
