import type { DatabaseSync } from 'node:sqlite'
import type { Millis } from '../../core/time.ts'
import { StoreUnavailable } from '../ports.ts'
import type { Tombstones } from '../tombstones.ts'
import type { Core } from './core.ts'
import { openEraser } from './eraser.ts'
import type { Totals } from './writer.ts'

/** Keeps the tombstones beside the file and the file in step. */
export interface Graves extends Totals {
  /** The erasures of one transaction, in the tombstone file before it commits. */
  add(contactKey: string, now: Millis): void
  /**
   * Erases who was erased after this file was copied: a restored backup has taken in fewer tombstones than there are.
   * Counted, not compared by time, so that a clock put back erases nobody who came back. Inside a transaction.
   */
  eraseAgain(core: Core, now: Millis): void
}

export function openGraves(db: DatabaseSync, tombstones: Tombstones): Graves {
  const selectSeen = db.prepare(`select value from marks where name = 'tombstones'`)
  const markSeen = db.prepare(`insert into marks (name, value) values ('tombstones', ?) on conflict do update set value = excluded.value`)
  let erased = new Map<Millis, string[]>()
  return {
    add(contactKey, now) {
      erased.set(now, [...(erased.get(now) ?? []), contactKey])
    },
    write() {
      if (erased.size === 0) return
      try {
        for (const [now, keys] of erased) tombstones.add(keys, now)
      } catch (error) {
        throw new StoreUnavailable('the tombstones cannot be written', { cause: error })
      }
      erased = new Map()
      markSeen.run(tombstones.list().length)
    },
    discard() {
      erased = new Map()
    },
    eraseAgain(core, now) {
      const all = tombstones.list()
      const missed = all.slice(Number(selectSeen.get()?.value ?? 0))
      if (missed.length === 0) return
      const eraser = openEraser(core)
      const select = db.prepare('select id from contacts where contact_key = ?')
      for (const { contactKey } of missed) {
        const contact = select.get(contactKey)
        if (contact !== undefined) eraser.forget(Number(contact.id), now)
      }
      core.counts.write()
      markSeen.run(all.length)
    },
  }
}
