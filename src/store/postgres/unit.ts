import type { Millis } from '../../core/time.ts'
import type { Transaction } from './database.ts'
import type { Parts } from './parts.ts'
import { openTotals, type Totals } from './totals.ts'

/** One transaction with what it adds up and what it leaves for others to do. */
export interface Unit extends Transaction {
  totals: Totals
  /** Notes, before it commits, that this contact is erased in it. `at`: when that was asked for; the same in every repetition where it can be. */
  erased(contactKey: string, at: Millis): void
  /** It leaves something due that nobody has claimed: other processes are told after the commit. */
  leavesWork(): void
}

/** Runs `body` in a transaction of its own; tombstones are durable and totals written before it commits. */
export async function inUnit<R>(core: Parts, connection: 'writer' | 'other', body: (unit: Unit) => Promise<R>): Promise<R> {
  let work = false
  const result = await core.database.transaction(async (transaction) => {
    const totals = openTotals(core.shard())
    const erasures: { contactKey: string; at: Millis }[] = []
    work = false
    const done = await body({
      ...transaction, totals,
      erased: (contactKey, at) => void erasures.push({ contactKey, at }),
      leavesWork: () => { work = true },
    })
    core.graves.bury(transaction, erasures)
    totals.write(transaction)
    return done
  }, connection)
  if (work) core.tellOthers()
  return result
}
