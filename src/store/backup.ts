import { existsSync, realpathSync, renameSync, rmSync, utimesSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { ConfigError } from '../config.ts'
import { DAY, type Millis } from '../core/time.ts'
import { noteBackup, unfinished } from './backup-ledger.ts'
import { explained, lookAt, preparePlace, readMark, reasonOf } from './opening.ts'
import { makeFolder } from './private.ts'
import { openTombstones, tombstoneMargin } from './tombstones.ts'
import { besideStore, readEmbeddedUrl, type EmbeddedPlace } from './url.ts'

/**
 * Copies the store to `target`, a new file (`sqlite:`, also beside a running server) or folder (`file:`, only when no
 * process has it); whole or not at all. The store notes where, for `RETAIN_BACKUPS`. Rejects with `ConfigError` when the
 * target exists or the store cannot be copied.
 */
export async function backup(url: string, target: string): Promise<void> {
  const place = readEmbeddedUrl(url)
  if (!existsSync(place.path)) throw new ConfigError(`STORE: không có kho dữ liệu "${place.path}".`)
  preparePlace(place)
  if (existsSync(target)) throw new ConfigError(`Đã có "${target}". Hãy chọn tên khác cho bản sao lưu.`)
  if (isInside(target, place)) throw new ConfigError(`"${target}" nằm trong chính kho dữ liệu. Hãy chọn một thư mục khác cho bản sao lưu.`)
  const copy = target + unfinished
  try {
    makeFolder(dirname(resolve(target)))
    note(place, target)
    removeCopy(copy)
    if (place.engine === 'sqlite') await (await import('./sqlite/backup.ts')).backupSqlite(place.path, copy)
    else (await import('./file-backup.ts')).backupFolder(place.path, copy)
    renameSync(copy, target)
  } catch (error) {
    removeCopy(copy)
    throw error instanceof ConfigError ? error : new ConfigError(`Không sao lưu được vào "${target}": ${reasonOf(error)}. Hãy chọn chỗ khác cho bản sao lưu, hoặc kiểm tra kho dữ liệu bằng lệnh doctor.`)
  }
}

/** What stands beside the store may fail where the target would not. */
function note(place: EmbeddedPlace, target: string): void {
  try {
    noteBackup(place, target)
  } catch (error) {
    throw new ConfigError(`STORE: không ghi được "${besideStore(place, 'backups')}", nơi ghi các bản sao lưu đã tạo: ${reasonOf(error)}. Hãy dọn bớt ổ đĩa của kho, hoặc sửa quyền của tệp này cho tài khoản chạy máy chủ, rồi sao lưu lại.`)
  }
}

/** How old a backup may be that is brought back. */
export interface BackupAge { now: Millis; kept: Millis }

/**
 * Puts a backup in the place of the store, which is kept as `<store>.before-restore` (`-2` and so on where an earlier
 * restore has left one). Resolves with where; null when there was no store. Nobody may have the store open.
 * Who was erased since the backup is erased again at the next opening; a backup from before what is remembered of erasures
 * is refused when `age` is given. A process killed midway leaves the old store or the new one, never half.
 */
export async function restore(source: string, url: string, age?: BackupAge): Promise<string | null> {
  const place = readEmbeddedUrl(url)
  expectBackup(source, place)
  if (age !== undefined) expectYoung(source, age)
  preparePlace(place)
  const before = sideFilesOf(source)
  let aside: string | null
  try {
    await expectSameKeys(source, place)
    if (place.engine === 'sqlite') aside = await (await import('./sqlite/backup.ts')).restoreSqlite(source, place.path)
    else aside = (await import('./file-backup.ts')).restoreFolder(source, place.path)
  } catch (error) {
    throw explained(error, place)
  } finally {
    // Reading a database makes files beside it that only a writer takes away again.
    for (const file of sideFilesOf(source)) if (!before.includes(file)) rmSync(file, { force: true })
  }
  // A store that was moved aside is kept from now on, however long ago it was last written.
  if (aside !== null) utimesSync(aside, new Date(), new Date())
  return aside
}

function expectBackup(source: string, { engine, path }: EmbeddedPlace): void {
  const found = lookAt(source)
  if (found === null) throw new ConfigError(`Không có bản sao lưu "${source}".`)
  if (existsSync(path) && realpathSync(source) === realpathSync(path)) throw new ConfigError(`"${source}" chính là kho dữ liệu đang dùng (STORE), không phải bản sao lưu.`)
  if (engine === 'file' && !found.isDirectory()) throw new ConfigError(`"${source}" là tệp, mà kho file: (STORE) cần bản sao lưu là thư mục. Hãy chọn thư mục do lệnh backup tạo.`)
  if (engine === 'sqlite' && !found.isFile()) throw new ConfigError(`"${source}" là thư mục, mà kho sqlite: (STORE) cần bản sao lưu là tệp. Hãy chọn tệp do lệnh backup tạo.`)
  if (engine === 'sqlite' && readMark(source) !== 'ours') throw new ConfigError(`"${source}" không phải bản sao lưu của Cẩm nang số.`)
}

function expectYoung(source: string, { now, kept }: BackupAge): void {
  const made = lookAt(source)?.mtimeMs ?? now
  if (now - made <= kept + tombstoneMargin) return
  throw new ConfigError(`"${source}" cũ hơn ${Math.round(kept / DAY)} ngày (RETAIN_BACKUPS), nên người đã xin xóa dữ liệu có thể trở lại. Hãy chọn bản mới hơn; nếu vẫn phải dùng bản này, đặt RETAIN_BACKUPS dài hơn cho lệnh này rồi xóa lại những người đó.`)
}

/** Who was erased is known by keys that are made with the store's own secret: a backup made with another may bring anybody back. */
async function expectSameKeys(source: string, place: EmbeddedPlace): Promise<void> {
  if (openTombstones(besideStore(place, 'erased')).list().length === 0) return
  const { contactSecretIn } = place.engine === 'sqlite' ? await import('./sqlite/backup.ts') : await import('./file-backup.ts')
  const [theirs, ours] = [contactSecretIn(source), contactSecretIn(place.path)]
  if (theirs === null || ours === null || theirs === ours) return
  throw new ConfigError(`"${source}" là bản sao lưu của một kho khác, hoặc từ trước khi kho này được chép sang (store copy không kèm --with-secrets), nên người đã xin xóa dữ liệu có thể trở lại. Hãy chọn bản sao lưu của chính kho này. Nếu vẫn phải dùng: khôi phục vào một STORE khác rồi xóa lại những người đó.`)
}

/** A folder cannot hold its own copy. */
function isInside(target: string, { engine, path }: EmbeddedPlace): boolean {
  const way = relative(resolve(path), resolve(target))
  return engine === 'file' && way !== '' && !way.startsWith('..')
}

function sideFilesOf(source: string): string[] {
  return ['-wal', '-shm'].map((suffix) => source + suffix).filter((file) => existsSync(file))
}

function removeCopy(copy: string): void {
  for (const path of [copy, `${copy}-journal`, `${copy}-wal`, `${copy}-shm`]) rmSync(path, { recursive: true, force: true })
}
