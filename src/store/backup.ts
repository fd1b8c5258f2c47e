import { ConfigError } from '../config.ts'
import { existsSync } from 'node:fs'
import { readStoreUrl } from './url.ts'

/**
 * Copies the store to `target`, a new file (`sqlite:`, also beside a running server) or folder (`file:`, only when no
 * process has it). Rejects with `ConfigError` when the target exists or the store cannot be copied.
 */
export async function backup(url: string, target: string): Promise<void> {
  if (existsSync(target)) throw new ConfigError(`Đã có "${target}". Hãy chọn tên khác cho bản sao lưu.`)
  const place = readStoreUrl(url)
  if (place.engine === 'sqlite') return (await import('./sqlite/backup.ts')).backupSqlite(place.path, target)
  return (await import('./file-backup.ts')).backupFolder(place.path, target)
}

/**
 * Puts a backup in the place of the store, which is kept as `<store>.before-restore`. Nobody may have the store open.
 * Who was erased since the backup is erased again at the next opening. A process killed midway leaves the old store or the
 * new one, never half.
 */
export async function restore(source: string, url: string): Promise<void> {
  if (!existsSync(source)) throw new ConfigError(`Không có bản sao lưu "${source}".`)
  const place = readStoreUrl(url)
  if (place.engine === 'sqlite') return (await import('./sqlite/backup.ts')).restoreSqlite(source, place.path)
  return (await import('./file-backup.ts')).restoreFolder(source, place.path)
}
