import type { Register } from '../ports.ts'
import type { Core } from './core.ts'

const select = 'select value, version from entries where name = $1'
const list = 'select name, value, version from entries where name >= $1 and starts_with(name, $1) order by name'
const insert = 'insert into entries (name, value, version) values ($1, $2, 1) on conflict do nothing returning 1'
const update = 'update entries set value = $2, version = version + 1 where name = $1 and version = $3 returning 1'
const remove = 'delete from entries where name = $1 and version = $2 returning 1'

/** Small named values with compare-and-set: one conditional statement each, so that of many processes one wins. */
export function register({ database }: Pick<Core, 'database'>): Register {
  return {
    readEntry: async (name) => (await database.rows<{ value: string; version: number }>(select, [name]))[0] ?? null,
    async writeEntry(name, value, expected) {
      const written = value === null ? database.rows(remove, [name, expected])
        : expected === 0 ? database.rows(insert, [name, value])
          : database.rows(update, [name, value, expected])
      return (await written).length === 1
    },
    listEntries: (prefix) => database.rows(list, [prefix]),
  }
}
