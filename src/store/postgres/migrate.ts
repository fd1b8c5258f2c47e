import type { QueryConfig, QueryResultRow } from 'pg'
import { ConfigError } from '../../config.ts'
import { longPatience, type Database } from './database.ts'
import { fromDriver } from './errors.ts'
import { schemaName } from './schema.ts'

/** Under which advisory lock tables are made: "camnang" as a number. */
const MIGRATION_LOCK = 0x63616d6e

/**
 * Makes our schema and brings its tables up to the newest version, step by step and each step whole; of many processes that
 * start together one does it and the others wait. Rejects with `ConfigError` when the tables are of a newer version, or the
 * database cannot hold Vietnamese.
 */
export async function migrate(database: Database, steps: readonly string[]): Promise<void> {
  const client = database.client()
  /** Large tables take their time, and so do others that are at it. */
  const run = <Row extends QueryResultRow>(text: string) => client.query<Row>({ text, query_timeout: longPatience } as QueryConfig)
  try {
    await client.connect()
    await expectUnicode(client)
    await run(`set statement_timeout = 0; select pg_advisory_lock(${MIGRATION_LOCK})`)
    await run(`create schema if not exists ${schemaName}; create table if not exists ${schemaName}.schema_version (version integer not null)`)
    const { rows } = await client.query<{ version: number | null }>('select max(version) as version from schema_version')
    const version = rows[0]?.version ?? 0
    if (version > steps.length) throw new ConfigError(`STORE: kho dữ liệu được tạo bởi bản mới hơn (${version}, bản này biết tới ${steps.length}). Hãy cài bản mới.`)
    for (const [n, step] of steps.entries()) {
      if (n < version) continue
      // Several statements in one message are one transaction.
      await run(`${step}; insert into schema_version (version) values (${n + 1})`)
    }
  } catch (error) {
    throw error instanceof ConfigError ? error : fromDriver(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function expectUnicode(client: ReturnType<Database['client']>): Promise<void> {
  const { rows } = await client.query<{ server_encoding: string }>('show server_encoding')
  if (rows[0]?.server_encoding !== 'UTF8') throw new ConfigError('STORE: cơ sở dữ liệu phải có bảng mã UTF8. Hãy tạo lại bằng: create database … encoding \'UTF8\' template template0.')
}
