import { createHash } from 'node:crypto'
import type { Millis } from '../../core/time.ts'
import { StoreUnavailable } from '../ports.ts'
import type { Tombstones } from '../tombstones.ts'
import type { Transaction } from './database.ts'

/**
 * Keeps the tombstone file of this machine and the database in step: the database knows the digest of every line it has
 * taken in. A database that was restored does not know the later lines, whichever machine wrote them.
 */
export interface Graves {
  /** The erasures of one transaction, in the tombstone file before it commits. Throws `StoreUnavailable` when they cannot be written. */
  bury(transaction: Transaction, erasures: readonly Erasure[]): void
}
export interface Erasure { contactKey: string; at: Millis }

const insert = 'insert into tombstones (line) select distinct line from unnest($1::text[]) u(line) order by line on conflict do nothing'

/** What the database knows a line by: nobody is named in it. */
export const digestOf = ({ contactKey, at }: Erasure): string => createHash('sha256').update(`${contactKey} ${at}`).digest('base64url').slice(0, 22)

/** `tombstones` null: nothing is kept outside the database. */
export function openGraves(tombstones: Tombstones | null): Graves {
  return {
    bury(transaction, erasures) {
      if (tombstones === null || erasures.length === 0) return
      try {
        for (const { contactKey, at } of erasures) tombstones.add([contactKey], at)
      } catch (error) {
        throw new StoreUnavailable('the tombstones cannot be written', { cause: error })
      }
      noteBuried(transaction, erasures.map(digestOf))
    },
  }
}

/** The database has taken in these lines. */
export const noteBuried = (transaction: Transaction, digests: readonly string[]): void => transaction.send(insert, [digests])
