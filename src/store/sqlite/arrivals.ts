import type { DatabaseSync } from 'node:sqlite'
import type { InboundEvent } from '../../core/event.ts'
import type { Remembered } from './writer.ts'

/**
 * Events that are durable and not recorded yet (`Inbox.arrive`), as they came. Mostly there is none, and none stays
 * (`EventRecords.takeUpArrivals`). All of these but `keep`, which is one statement, run inside a transaction.
 */
export interface Arrivals extends Remembered {
  /** Returns its number, larger than those before it that are still there. */
  keep(contactKey: string, event: InboundEvent): number
  /** False where it was taken already. */
  take(arrival: number): boolean
  /** Of this person or of everybody, and only before the arrival given; in order. They stay until they are taken. */
  list(of: { contactKey?: string; before?: number | undefined }): Arrived[]
}

export interface Arrived {
  arrival: number
  contactKey: string
  /** The event as JSON. */
  event: string
}

/** `alone`: nobody else keeps any, so that what was looked at once need not be looked at again for every message. */
export function openArrivals(db: DatabaseSync, { alone, nextNumber }: { alone: boolean; nextNumber(): number }): Arrivals {
  const insert = db.prepare('insert into arrivals (arrival, contact_key, event) values (?, ?, ?)')
  const remove = db.prepare('delete from arrivals where arrival = ?')
  const select = db.prepare('select arrival, contact_key as contactKey, event from arrivals where arrival < ?1 and contact_key = coalesce(?2, contact_key) order by arrival')
  const selectAny = db.prepare('select 1 from arrivals limit 1')
  let perhapsSome = true

  return {
    keep(contactKey, event) {
      const arrival = nextNumber()
      insert.run(arrival, contactKey, JSON.stringify(event))
      perhapsSome = true
      return arrival
    },
    take: (arrival) => remove.run(arrival).changes === 1,
    list({ contactKey, before }) {
      if (!perhapsSome) return []
      perhapsSome = !alone || selectAny.get() !== undefined
      return perhapsSome ? select.all(before ?? Number.MAX_SAFE_INTEGER, contactKey ?? null) as unknown as Arrived[] : []
    },
    // What was taken may be there again.
    discard() {
      perhapsSome = true
    },
  }
}
