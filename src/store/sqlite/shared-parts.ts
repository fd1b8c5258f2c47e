import type { DatabaseSync } from 'node:sqlite'
import type { Part } from '../../core/message.ts'
import type { Remembered } from './writer.ts'

/**
 * Parts that go to many people (the menus, an announcement) stand in a table of their own, each once, and a delivery's row
 * holds `#` and the number instead of a kilobyte that is written when it is queued and again when it has been sent. They
 * are nobody's words, so nothing erases them.
 */
export interface SharedParts extends Remembered {
  /** What the row of a delivery holds for it. Inside a transaction. */
  columnOf(part: Part): string
}

/** The part of a row of `deliveries`, as JSON; null where it is removed. */
export const partColumn = (table: string): string =>
  `iif(${table}.part glob '#*', (select shared.part from shared_parts shared where shared.id = cast(substr(${table}.part, 2) as integer)), ${table}.part)`

export function openSharedParts(db: DatabaseSync): SharedParts {
  const select = db.prepare('select id from shared_parts where part = ?')
  const insert = db.prepare('insert into shared_parts (part) values (?)')
  let columns = new WeakMap<Part, string>()

  function made(part: Part): string {
    const text = JSON.stringify(part)
    const id = select.get(text)?.id ?? insert.run(text).lastInsertRowid
    const column = `#${id}`
    columns.set(part, column)
    return column
  }
  return {
    columnOf: (part) => columns.get(part) ?? made(part),
    discard() {
      // What the undone part made is gone, and its numbers may come again for others.
      columns = new WeakMap()
    },
  }
}
