import type { DatabaseSync } from 'node:sqlite'
import type { AccountKey } from '../../core/contact.ts'
import { SECOND, type Millis } from '../../core/time.ts'
import type { Totals } from './writer.ts'

/** Accounts by their row. Rows are never removed, so that what was once read stays true beside other processes. */
export interface Accounts extends Totals {
  /** Makes the row when it is new: only inside a transaction. */
  idOf(account: AccountKey): number
  /** Null when nothing was ever recorded for it. */
  find(account: AccountKey): number | null
  keyOf(id: number): AccountKey
  all(): { id: number; account: AccountKey; lastEventAt: Millis }[]
  /** Notes that it told us something. Its row learns of it once a second, so that not every message changes one more page. */
  heard(id: number, now: Millis): void
}

export function openAccounts(db: DatabaseSync): Accounts {
  const select = db.prepare('select id from accounts where account = ?')
  const selectKey = db.prepare('select account from accounts where id = ?')
  const selectAll = db.prepare('select id, account, last_event_at as lastEventAt from accounts order by id')
  const insert = db.prepare('insert into accounts (account, last_event_at) values (?, 0)')
  const hear = db.prepare('update accounts set last_event_at = max(last_event_at, ?) where id = ?')
  const ids = new Map<AccountKey, number>()
  const keys = new Map<number, AccountKey>()
  /** When each was heard last, and when its row was told so. */
  const lastHeard = new Map<number, Millis>()
  const written = new Map<number, Millis>()

  function keep(account: AccountKey, id: number): number {
    ids.set(account, id)
    keys.set(id, account)
    return id
  }
  function find(account: AccountKey): number | null {
    const known = ids.get(account)
    if (known !== undefined) return known
    const row = select.get(account)
    return row === undefined ? null : keep(account, Number(row.id))
  }
  return {
    find,
    idOf(account) {
      const known = find(account)
      if (known !== null) return known
      return keep(account, Number(insert.run(account).lastInsertRowid))
    },
    keyOf(id) {
      const known = keys.get(id)
      if (known !== undefined) return known
      const account = String(selectKey.get(id)?.account) as AccountKey
      keep(account, id)
      return account
    },
    all: () => (selectAll.all() as unknown as { id: number; account: AccountKey; lastEventAt: Millis }[])
      .map((row) => ({ ...row, lastEventAt: Math.max(row.lastEventAt, lastHeard.get(row.id) ?? 0) })),
    heard(id, now) {
      lastHeard.set(id, Math.max(lastHeard.get(id) ?? 0, now))
    },
    write() {
      for (const [id, at] of lastHeard) {
        if (at < (written.get(id) ?? -Infinity) + SECOND) continue
        hear.run(at, id)
        written.set(id, at)
      }
    },
    discard() {
      // What the undone part made is gone, and its ids may come again for others.
      ids.clear()
      keys.clear()
      lastHeard.clear()
      written.clear()
    },
  }
}
