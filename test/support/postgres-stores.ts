import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { openPostgresStore } from '../../src/store/postgres/open.ts'
import type { PostgresServer } from './postgres-server.ts'
import type { OpenStore } from './store-fixtures.ts'

/**
 * Opens the store that belongs to a folder: a database of its own, and the tombstones in the folder. A database whose folder is
 * gone is emptied and serves the next one, because making one takes longer than most tests.
 */
export function postgresStores(server: () => PostgresServer): OpenStore {
  const folders = new Map<string, string>()
  let databases = 0

  async function databaseFor(folder: string): Promise<string> {
    const known = folders.get(folder)
    if (known !== undefined) return known
    const [gone, name = `t${databases++}`] = [...folders].find(([other]) => !existsSync(other)) ?? []
    if (gone === undefined) await server().createDatabase(name)
    else await empty(server().urlOf(name))
    folders.delete(gone ?? '')
    folders.set(folder, name)
    return name
  }
  return async (folder, options) =>
    openPostgresStore({ address: server().urlOf(await databaseFor(folder)), tombstones: join(folder, 'erased') }, options)
}

/** The tables stay as they are. */
async function empty(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(`select format('camnang.%I', tablename) as name from pg_tables where schemaname = 'camnang' and tablename <> 'schema_version'`)
    await client.query(rows.map(({ name }) => `delete from ${name}`).join('; '))
  } finally {
    await client.end()
  }
}
