import { createHash } from 'node:crypto'
import type { Millis } from '../../core/time.ts'
import { StoreUnavailable } from '../ports.ts'
import { hasNoKey, type Tombstones } from '../tombstones.ts'
import type { Core } from './core.ts'
import type { Transaction } from './database.ts'
import { forget } from './eraser.ts'
import { inUnit } from './unit.ts'

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
const selectMissed = 'select u.line from unnest($1::text[]) u(line) where not exists (select 1 from tombstones t where t.line = u.line)'
const selectContact = 'select id from contacts where contact_key = $1 for no key update'

const digestOf = ({ contactKey, at }: Erasure): string => createHash('sha256').update(`${contactKey} ${at}`).digest('base64url').slice(0, 22)

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
      transaction.send(insert, [erasures.map(digestOf)])
    },
  }
}

/** Erases who was erased after the state that this database was restored to. Safe to repeat. */
export async function eraseAgain(core: Core, tombstones: Tombstones, now: Millis): Promise<void> {
  const lines = new Map(tombstones.list().filter(({ contactKey }) => !hasNoKey(contactKey)).map((line) => [digestOf(line), line]))
  if (lines.size === 0) return
  const missed = await core.database.rows<{ line: string }>(selectMissed, [[...lines.keys()]])
  for (const { line } of missed) {
    await inUnit(core, 'other', async (unit) => {
      const [contact] = await unit.rows<{ id: number }>(selectContact, [lines.get(line)!.contactKey])
      if (contact !== undefined) await forget(unit, contact.id, now)
      unit.send(insert, [[line]])
    })
  }
}
