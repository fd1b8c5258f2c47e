import { hasNoKey, type Tombstones } from '../tombstones.ts'
import type { Core } from './core.ts'
import { forget } from './eraser.ts'
import { digestOf, noteBuried } from './graves.ts'
import { inUnit } from './unit.ts'

const selectMissed = 'select u.line from unnest($1::text[]) u(line) where not exists (select 1 from tombstones t where t.line = u.line)'
const selectContact = 'select id from contacts where contact_key = $1 and first_seen_at <= $2 for no key update'

/**
 * Erases who was erased after the state that this database was restored to. A line can also be left by an erasure that failed and was asked for
 * again: who was first seen after it has come back, and stays. Safe to repeat.
 */
export async function eraseAgain(core: Core, tombstones: Tombstones): Promise<void> {
  const lines = new Map(tombstones.list().filter(({ contactKey }) => !hasNoKey(contactKey)).map((line) => [digestOf(line), line]))
  if (lines.size === 0) return
  const missed = await core.database.rows<{ line: string }>(selectMissed, [[...lines.keys()]])
  for (const { line } of missed) {
    const { contactKey, at } = lines.get(line)!
    const found = await inUnit(core, 'other', async (unit) => {
      const [contact] = await unit.rows<{ id: number }>(selectContact, [contactKey, at])
      if (contact !== undefined) await forget(unit, [{ contactId: contact.id, now: core.options.now }])
      noteBuried(unit, [line])
      return contact !== undefined
    })
    if (found) core.options.onErasedAgain?.(contactKey, at)
  }
}
