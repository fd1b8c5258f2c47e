import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { openPostgresStore } from '../../src/store/postgres/open.ts'
import type { PostgresServer } from './postgres-server.ts'
import type { OpenStore } from './store-fixtures.ts'

/** Opens the store that belongs to a folder: a database of its own, and the tombstones in the folder. */
export function postgresStores(server: () => PostgresServer): OpenStore {
  const made = new Set<string>()
  return async (folder, options) => {
    const name = `t_${createHash('sha256').update(folder).digest('hex').slice(0, 20)}`
    if (!made.has(name)) {
      await server().createDatabase(name)
      made.add(name)
    }
    return openPostgresStore({ address: server().urlOf(name), tombstones: join(folder, 'erased') }, options)
  }
}
