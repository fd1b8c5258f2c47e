import type { Register } from '../ports.ts'
import type { Database } from './database.ts'

const select = 'select value, version from entries where name = ?1'
const list = 'select name, value, version from entries where substr(name, 1, length(?1)) = ?1 and name >= ?1 order by name'
const insert = 'insert into entries (name, value, version) values (?1, ?2, 1) on conflict do nothing returning name'
const update = 'update entries set value = ?2, version = version + 1 where name = ?1 and version = ?3 returning name'
const remove = 'delete from entries where name = ?1 and version = ?2 returning name'

/** Small named values with compare-and-set. */
export const register = ({ database }: { database: Database }): Register => ({
  readEntry: async (name) => (await database.rows<{ value: string; version: number }>(select, name))[0] ?? null,
  async writeEntry(name, value, expected) {
    const written = value === null ? await database.rows(remove, name, expected)
      : expected === 0 ? await database.rows(insert, name, value) : await database.rows(update, name, value, expected)
    return written.length === 1
  },
  listEntries: (prefix) => database.rows(list, prefix),
})
