import { expectOurFile, explained, preparePlace } from './opening.ts'
import type { Store, StoreOptions } from './ports.ts'
import { readStoreUrl, type EmbeddedPlace } from './url.ts'

/**
 * Opens the store that `STORE` names: `sqlite:./data/camnang.db` (`?sync=normal`), `file:./data`, `postgres://…`. Rejects with
 * `ConfigError`, a sentence for the operator, for anything else and for a place where no store can be opened.
 */
export async function openStore(url: string, options: StoreOptions): Promise<Store> {
  const place = readStoreUrl(url)
  if (place.engine === 'postgres') {
    const [{ openPostgresStore }, { explainedPostgres }] = await Promise.all([import('./postgres/open.ts'), import('./postgres/opening.ts')])
    return openPostgresStore(place, options).catch((error: unknown) => { throw explainedPostgres(error) })
  }
  try {
    preparePlace(place)
    return await openPlace(place, options)
  } catch (error) {
    throw explained(error, place)
  }
}

async function openPlace(place: EmbeddedPlace, options: StoreOptions): Promise<Store> {
  if (place.engine === 'sqlite') {
    expectOurFile(place.path)
    const { openSqliteStore } = await import('./sqlite/open.ts')
    return openSqliteStore(place.path, place.sync, options)
  }
  const [{ openFileStore }, { finishRestore }] = await Promise.all([import('./file/open.ts'), import('./file-backup.ts')])
  finishRestore(place.path)
  return openFileStore(place.path, options)
}
