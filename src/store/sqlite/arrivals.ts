import type { DatabaseSync } from 'node:sqlite'
import type { Contact } from '../../core/contact.ts'
import type { InboundEvent } from '../../core/event.ts'
import type { Remembered } from './writer.ts'

/**
 * Events that are durable and not recorded yet (`Inbox.arrive`), as they came. Mostly there is none, and none stays
 * (`EventRecords.takeUpArrivals`). All of these but `keep`, which is one statement, run inside a transaction.
 */
export interface Arrivals extends Remembered {
  /** Returns its number, larger than those before. */
  keep(event: InboundEvent): number
  /** False where it was taken already. */
  take(arrival: number): boolean
  /** Those of this person, or of everybody, in order; they stay until they are taken. */
  list(contactKey: string | undefined): Arrived[]
}

export interface Arrived {
  arrival: number
  event: InboundEvent
}

/** `alone`: nobody else keeps any, so that what was looked at once need not be looked at again for every message. */
export function openArrivals(db: DatabaseSync, { alone, keyOf, nextNumber }: { alone: boolean; keyOf(contact: Contact): string; nextNumber(): number }): Arrivals {
  const insert = db.prepare('insert into arrivals (arrival, event) values (?, ?)')
  const remove = db.prepare('delete from arrivals where arrival = ?')
  const select = db.prepare('select arrival, event from arrivals order by arrival')
  let perhapsSome = true

  function all(): Arrived[] {
    const found = select.all().map(({ arrival, event }) => ({ arrival: Number(arrival), event: JSON.parse(String(event)) as InboundEvent }))
    perhapsSome = !alone || found.length > 0
    return found
  }

  return {
    keep(event) {
      const arrival = nextNumber()
      insert.run(arrival, JSON.stringify(event))
      perhapsSome = true
      return arrival
    },
    take: (arrival) => remove.run(arrival).changes === 1,
    list(contactKey) {
      if (!perhapsSome) return []
      return contactKey === undefined ? all() : all().filter(({ event }) => keyOf(event.contact) === contactKey)
    },
    // What was taken may be there again.
    discard() {
      perhapsSome = true
    },
  }
}
