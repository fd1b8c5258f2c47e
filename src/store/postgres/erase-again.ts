import type { Millis } from '../../core/time.ts'
import { hasNoKey, type Tombstones } from '../tombstones.ts'
import type { Core } from './core.ts'
import { forget } from './eraser.ts'
import { digestOf, noteBuried } from './graves.ts'
import { inUnit } from './unit.ts'

const selectMissed = 'select u.line from unnest($1::text[]) u(line) where not exists (select 1 from tombstones t where t.line = u.line)'
const selectContact = 'select id from contacts where contact_key = $1 for no key update'

/** Erases who was erased after the state that this database was restored to. Safe to repeat. */
export async function eraseAgain(core: Core, tombstones: Tombstones, now: Millis): Promise<void> {
  const lines = new Map(tombstones.list().filter(({ contactKey }) => !hasNoKey(contactKey)).map((line) => [digestOf(line), line]))
  if (lines.size === 0) return
  const missed = await core.database.rows<{ line: string }>(selectMissed, [[...lines.keys()]])
  for (const { line } of missed) {
    await inUnit(core, 'other', async (unit) => {
      const [contact] = await unit.rows<{ id: number }>(selectContact, [lines.get(line)!.contactKey])
      if (contact !== undefined) await forget(unit, [{ contactId: contact.id, now }])
      noteBuried(unit, [line])
    })
  }
}
