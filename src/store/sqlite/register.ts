import type { Register } from '../ports.ts'
import { read, type Core } from './core.ts'

/** Small named values with compare-and-set. */
export function register({ db, writer }: Pick<Core, 'db' | 'writer'>): Register {
  const select = db.prepare('select value, version from entries where name = ?')
  const list = db.prepare('select name, value, version from entries where substr(name, 1, length(?1)) = ?1 and name >= ?1 order by name')
  const insert = db.prepare('insert into entries (name, value, version) values (?, ?, 1) on conflict do nothing')
  const update = db.prepare('update entries set value = ?, version = version + 1 where name = ? and version = ?')
  const remove = db.prepare('delete from entries where name = ? and version = ?')

  function write(name: string, value: string | null, expected: number): boolean {
    if (value === null) return remove.run(name, expected).changes === 1
    if (expected === 0) return insert.run(name, value).changes === 1
    return update.run(value, name, expected).changes === 1
  }
  const entry = (row: Record<string, unknown>) => ({ value: String(row.value), version: Number(row.version) })
  return {
    readEntry: (name) => read(() => {
      const row = select.get(name)
      return row === undefined ? null : entry(row)
    }),
    writeEntry: (name, value, expected) => writer.run(() => write(name, value, expected)),
    listEntries: (prefix) => read(() => list.all(prefix).map((row) => ({ name: String(row.name), ...entry(row) }))),
  }
}
