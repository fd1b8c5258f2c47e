import path from 'node:path'
import { LowSync } from 'lowdb'
import { ConfigError } from '../../config.ts'
import { JsonDocumentFile, type FileSystem } from './adapter.ts'

/** The layout of the folder that this program writes. */
const SCHEMA = 1

/** What turns a folder of version n into one of version n + 1, by n. Each may be run again after it was stopped half-way. */
const migrations: Readonly<Record<number, (dir: string, fs: FileSystem) => void>> = {}

/** Brings the folder to this program's layout. Throws when a newer program wrote it. */
export function readSchema(dir: string, fs: FileSystem): void {
  const db = new LowSync<{ schema: number }>(new JsonDocumentFile(path.join(dir, 'store.json'), fs), { schema: 0 })
  db.read()
  if (db.data.schema > SCHEMA) throw new ConfigError(`STORE: "${dir}" do một bản Cẩm nang số mới hơn ghi (kiểu ${db.data.schema}, bản này biết đến ${SCHEMA}). Hãy cài bản mới, hoặc khôi phục bản sao lưu cũ.`)
  if (db.data.schema === SCHEMA) return
  for (let version = db.data.schema; version > 0 && version < SCHEMA; version++) migrations[version]!(dir, fs)
  db.data = { schema: SCHEMA }
  db.write()
}
