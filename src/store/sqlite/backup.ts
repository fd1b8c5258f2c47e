import { chmodSync, existsSync, renameSync, rmSync } from 'node:fs'
import { backup as copyDatabase, DatabaseSync } from 'node:sqlite'
import { ConfigError } from '../../config.ts'
import { takeLock } from '../lock.ts'
import { isOfDisk } from '../opening.ts'
import { createPrivately } from '../private.ts'
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

/** What stood there is at `aside` then. When it fails, the store stands where it stood, as it was. */
export async function restoreSqlite(source: string, file: string, aside: string): Promise<void> {
  expectSound(source)
  const lock = takeLock(`${file}.lock`)
  if (lock === null) throw new ConfigError('STORE: máy chủ đang chạy với kho dữ liệu này. Hãy dừng máy chủ rồi khôi phục.')
  try {
    const kept = existsSync(file) ? await keep(file, aside) : 'nothing'
    try {
      await copyTo(source, file)
    } catch (error) {
      if (kept === 'moved') move(aside, file)
      else if (kept === 'copied') rmSync(aside, { force: true })
      throw error
    }
    chmodSync(file, 0o600)
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
    for (const suffix of besides) rmSync(target + suffix, { force: true })
    if (isOfDisk(error)) throw error
    move(file, target)
    return 'moved'
  }
}

/** With what SQLite keeps beside a database; what stood at the target is gone. */
function move(from: string, to: string): void {
  for (const suffix of besides) {
    rmSync(to + suffix, { force: true })
    if (existsSync(from + suffix)) renameSync(from + suffix, to + suffix)
  }
}

const besides: readonly string[] = ['', '-wal', '-shm', '-journal']
