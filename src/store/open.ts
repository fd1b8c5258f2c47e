import type { Store, StoreOptions } from './ports.ts'
import { readStoreUrl } from './url.ts'

/**
 * Opens the store that `STORE` names: `sqlite:./data/camnang.db` (`?sync=normal`), `file:./data`. Rejects with
 * `ConfigError` for anything else.
 */
export async function openStore(url: string, options: StoreOptions): Promise<Store> {
  const place = readStoreUrl(url)
  if (place.engine === 'sqlite') {
    const { openSqliteStore } = await import('./sqlite/open.ts')
    return openSqliteStore(place.path, place.sync, options)
  }
  const [{ openFileStore }, { finishRestore }] = await Promise.all([import('./file/open.ts'), import('./file-backup.ts')])
  finishRestore(place.path)
  return openFileStore(place.path, options)
}
