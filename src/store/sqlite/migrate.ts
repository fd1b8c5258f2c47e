import { chmodSync } from 'node:fs'
import { type DatabaseSync, backup } from 'node:sqlite'
import { ConfigError } from '../../config.ts'

/** "Cmng": what tells our file from any other SQLite file. */
const APPLICATION_ID = 0x436d6e67

export type SchemaStep = string | ((db: DatabaseSync) => void)

const pragma = (db: DatabaseSync, name: string): number => Number(db.prepare(`pragma ${name}`).get()?.[name])

/** The version of this file's tables; 0 for one that is new. Refuses files of other programs and of newer versions. */
export function schemaVersion(db: DatabaseSync, newest: number): number {
  const version = pragma(db, 'user_version')
  const application = pragma(db, 'application_id')
  const empty = version === 0 && application === 0 && db.prepare('select 1 from sqlite_schema limit 1').get() === undefined
  if (empty) return 0
  if (application !== APPLICATION_ID) throw new ConfigError('STORE: tệp này không phải kho dữ liệu của Cẩm nang số. Hãy kiểm tra đường dẫn.')
  if (version > newest) {
    throw new ConfigError(`STORE: kho dữ liệu do bản mới hơn tạo (cấu trúc ${version}, bản này hiểu đến ${newest}). Hãy cài bản mới, hoặc khôi phục bản sao lưu cũ.`)
  }
  return version
}

/**
 * Brings the tables to the last step, each step in one transaction, so that a process killed midway leaves the version
 * before or after it. A file that holds data is first copied to `<file>.before-<version>`. Returns that copy's name,
 * null when none was needed.
 */
export async function migrate(db: DatabaseSync, file: string, steps: readonly SchemaStep[]): Promise<string | null> {
  const from = schemaVersion(db, steps.length)
  if (from === steps.length) return null
  const copy = from === 0 ? null : `${file}.before-${from + 1}`
  if (copy !== null) {
    await backup(db, copy)
    chmodSync(copy, 0o600)
  }
  for (let version = from + 1; version <= steps.length; version++) takeStep(db, steps[version - 1]!, version)
  return copy
}

function takeStep(db: DatabaseSync, step: SchemaStep, version: number): void {
  db.exec('begin immediate')
  try {
    if (schemaVersion(db, version) < version) {
      if (typeof step === 'string') db.exec(step)
      else step(db)
      db.exec(`pragma user_version = ${version}; pragma application_id = ${APPLICATION_ID}`)
    }
    db.exec('commit')
  } catch (error) {
    if (db.isTransaction) db.exec('rollback')
    throw error
  }
}
