import { ConfigError } from '../../config.ts'
import { statement, quiet, rowsOf, type Database } from './database.ts'

const versionOf = (database: Database): Promise<number> => database.run(
  quiet(statement('create table if not exists schema_version (version integer primary key) strict')),
  rowsOf<{ version: number | null }>('select max(version) as version from schema_version'),
).then(([, [row]]) => row?.version ?? 0)

/**
 * Brings the tables to the last step. A step and its number are one batch, so that of two that begin at the same moment one takes it and the other
 * finds it taken. Safe to repeat. Rejects with `ConfigError` for a database of a newer version.
 */
export async function migrate(database: Database, steps: readonly (readonly string[])[]): Promise<void> {
  let version = await versionOf(database)
  while (version < steps.length) {
    const next = version + 1
    try {
      await database.run(quiet(statement(`insert into schema_version values (${next})`), ...steps[version]!.map((sql) => statement(sql))))
      version = next
    } catch (error) {
      version = await versionOf(database)
      if (version < next) throw error
    }
  }
  if (version > steps.length) {
    throw new ConfigError(`STORE: cơ sở dữ liệu D1 do bản mới hơn tạo (cấu trúc ${version}, bản này hiểu đến ${steps.length}). Hãy triển khai bản mới.`)
  }
}
