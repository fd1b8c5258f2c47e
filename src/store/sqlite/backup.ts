import { chmodSync, existsSync, renameSync, rmSync } from 'node:fs'
import { backup as copyDatabase, DatabaseSync } from 'node:sqlite'
import { ConfigError } from '../../config.ts'
import { nextAside } from '../backup-aside.ts'
import { takeLock } from '../lock.ts'
import { isOfDisk } from '../opening.ts'
import { createPrivately } from '../private.ts'
import { CONTACT_KEY_SECRET } from '../rows.ts'
import { schemaVersion } from './migrate.ts'
import { schemaSteps } from './schema.ts'

/** One moment's state of the file, also while a server writes to it. */
export async function backupSqlite(file: string, target: string): Promise<void> {
  if (!existsSync(file)) throw new ConfigError(`STORE: không có kho dữ liệu "${file}".`)
  await copyTo(file, target)
}

/** SQLite's own backup writes the target in one transaction: killed midway, the target is as it was. */
async function copyTo(file: string, target: string): Promise<void> {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    schemaVersion(db, schemaSteps.length)
    createPrivately(target)
    await copyDatabase(db, target)
  } finally {
    db.close()
  }
}

/** What this file's contact keys are made with; null where it cannot be read. */
export function contactSecretIn(file: string): string | null {
  try {
    const db = new DatabaseSync(file, { readOnly: true })
    try {
      return (db.prepare('select value from entries where name = ?').get(CONTACT_KEY_SECRET)?.value ?? null) as string | null
    } finally {
      db.close()
    }
  } catch {
    return null
  }
}

/** Resolves with where what stood there is kept; null when nothing stood there. When it fails, the store stands where it stood, as it was. */
export async function restoreSqlite(source: string, file: string): Promise<string | null> {
  expectSound(source)
  const lock = takeLock(`${file}.lock`)
  if (lock === null) throw new ConfigError('STORE: máy chủ đang chạy với kho dữ liệu này. Hãy dừng máy chủ rồi khôi phục.')
  try {
    const aside = nextAside(file)
    const kept = existsSync(file) ? await keep(file, aside) : 'nothing'
    try {
      await copyTo(source, file)
    } catch (error) {
      if (kept === 'copied') clear(aside)
      if (kept === 'moved') {
        clear(file)
        move(aside, file)
      }
      throw error
    }
    chmodSync(file, 0o600)
    return kept === 'nothing' ? null : aside
  } finally {
    lock.release()
  }
}

/** Throws when the backup is not ours, is of a newer version, or is damaged. */
function expectSound(source: string): void {
  const db = new DatabaseSync(source, { readOnly: true })
  try {
    const version = schemaVersion(db, schemaSteps.length)
    const check = version === 0 ? 'empty' : String(db.prepare('pragma quick_check').get()?.quick_check)
    if (check !== 'ok') throw new ConfigError(`"${source}" bị hỏng hoặc trống, không khôi phục được.`)
  } catch (error) {
    // Its mark is ours (`readMark`): SQLite stumbles over what is cut off or overwritten.
    throw error instanceof ConfigError ? error : new ConfigError(`"${source}" bị hỏng hoặc thiếu một phần, không khôi phục được. Hãy dùng bản sao lưu khác.`)
  } finally {
    db.close()
  }
}

/** A copy of what stands there now; a file that SQLite cannot read is moved out of the way as it is. Without room for the copy nothing is moved. */
async function keep(file: string, target: string): Promise<'copied' | 'moved'> {
  try {
    await copyTo(file, target)
    return 'copied'
  } catch (error) {
    clear(target)
    if (isOfDisk(error)) throw error
    move(file, target)
    return 'moved'
  }
}

/** A database, and what SQLite keeps beside it. */
const suffixes: readonly string[] = ['', '-wal', '-shm', '-journal']

function clear(file: string): void {
  for (const suffix of suffixes) rmSync(file + suffix, { force: true })
}

function move(from: string, to: string): void {
  for (const suffix of suffixes) if (existsSync(from + suffix)) renameSync(from + suffix, to + suffix)
}
