import type { AccountKey } from '../../core/contact.ts'
import type { Database } from './database.ts'

/** Accounts by their row. Rows are never removed, so that what was once read stays true beside other processes. */
export interface Accounts {
  /** Null when nothing was ever recorded for it. */
  find(account: AccountKey): Promise<number | null>
  /** Makes what is missing, outside every transaction. The answer knows all that were asked for. */
  idsOf(accounts: Iterable<AccountKey>): Promise<ReadonlyMap<AccountKey, number>>
}

export function openAccounts(database: Database): Accounts {
  const ids = new Map<AccountKey, number>()
  async function find(account: AccountKey): Promise<number | null> {
    const known = ids.get(account)
    if (known !== undefined) return known
    const [row] = await database.rows<{ id: number }>('select id from accounts where account = $1', [account])
    if (row === undefined) return null
    ids.set(account, row.id)
    return row.id
  }
  return {
    find,
    async idsOf(accounts) {
      for (const account of new Set(accounts)) {
        if (await find(account) !== null) continue
        await database.rows('insert into accounts (account) values ($1) on conflict do nothing', [account])
        await find(account)
      }
      return ids
    },
  }
}
