import type { Core } from './core.ts'
import { quiet, statement } from './database.ts'

const own = [
  'update mailbox set claimed_by = 0, claims = claims + 1, due_at = min(due_at, noted_at) where claimed_by = ?1',
  ...['null', 'not null'].map((line) => `
    update deliveries set claimed_by = 0, claims = claims + 1, due_at = min(due_at, noted_at)
    where due_at is not null and line_id is ${line} and claimed_by = ?1 and status = 'sending'`),
  `update publications set claimed_by = 0, claims = claims + 1, claimed_until = noted_at where status = 'publishing' and claimed_by = ?1`,
]

/**
 * At closing: what this opened store claimed is due at once, and its claims are good for nothing any more. What a killed invocation held is due when its
 * leases run out: nobody can tell a dead one from one that is out of reach.
 */
export async function giveUpLeases({ database, holder }: Core): Promise<void> {
  await database.run(quiet(...own.map((sql) => statement(sql, holder))))
}
