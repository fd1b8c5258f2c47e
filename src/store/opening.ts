import { closeSync, openSync, readdirSync, readSync, type Stats, statSync } from 'node:fs'
import { ConfigError } from '../config.ts'
import { makeFolder } from './private.ts'
import { folderOf, type EmbeddedPlace } from './url.ts'

/** Makes what folders are missing. Throws `ConfigError`, which names the setting, where no store can be. Changes nothing that is there. */
export function preparePlace(place: EmbeddedPlace): void {
  expectKind(place)
  const folder = folderOf(place)
  try {
    makeFolder(folder)
  } catch (error) {
    throw new ConfigError(`STORE: không tạo được thư mục "${folder}": ${reasonOf(error)}. Hãy chọn đường dẫn khác, hoặc sửa quyền của thư mục.`)
  }
}

function expectKind({ engine, path }: EmbeddedPlace): void {
  const found = lookAt(path)
  if (found === null) return
  if (engine === 'file') {
    if (!found.isDirectory()) throw new ConfigError(`STORE: "${path}" là tệp, mà kho file: cần một thư mục. Hãy chọn một thư mục, hoặc ghi sqlite:${path} nếu đây là kho SQLite.`)
    if (isOfOthers(path)) throw new ConfigError(`STORE: thư mục "${path}" đang chứa tệp khác, không phải kho dữ liệu của Cẩm nang số. Hãy chọn một thư mục mới hoặc trống, ví dụ file:${path.replace(/\/$/, '')}/camnang.`)
  } else {
    if (found.isDirectory()) throw new ConfigError(`STORE: "${path}" là thư mục, mà kho sqlite: cần một tệp. Hãy ghi sqlite:${path.replace(/\/$/, '')}/camnang.db, hoặc file:${path} nếu đây là kho thư mục.`)
    if (!found.isFile()) throw new ConfigError(`STORE: "${path}" không phải tệp thường. Hãy chọn đường dẫn khác.`)
  }
}

/** What a store in a folder consists of, `store.json` apart; a SQLite store beside it; what a disk or an editor leaves in any folder. */
const oursOrNobodys = /^(?:.*\.db(?:[-.].*)?|contacts|anonymous|outcomes|unanswered|campaigns|audit|journal-.*|register\.json.*|secrets\.json.*|store\.json.+|lock|lock-journal|loading|erased|backups|lost\+found|\..*)$/

/** Whether a folder is in use for something else: it would become readable for one account alone, and be moved aside by a restore. */
function isOfOthers(folder: string): boolean {
  const names = namesIn(folder)
  return !names.includes('store.json') && names.some((name) => !oursOrNobodys.test(name))
}

/** None where it may not be looked into: what opens it tells why. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Throws `ConfigError` when another program, or nothing SQLite knows, is in this file. Only looks: a file that is not ours stays as it is. */
export function expectOurFile(path: string): void {
  if (lookAt(path) === null || readMark(path) !== 'foreign') return
  throw new ConfigError(`STORE: tệp "${path}" không phải kho dữ liệu của Cẩm nang số, hoặc đã hỏng. Hãy kiểm tra đường dẫn, hoặc khôi phục bản sao lưu bằng lệnh restore.`)
}

const magic = 'SQLite format 3\0'
/** "Cmng", as `migrate.ts` writes it. */
const applicationId = 0x436d6e67

/**
 * What the first bytes of a file tell: a database of ours, one without any table yet (as a start that was killed leaves it),
 * or something else. https://sqlite.org/fileformat.html, 1.3: schema cookie at 40, application id at 68.
 */
export function readMark(path: string): 'ours' | 'empty' | 'foreign' {
  const header = Buffer.alloc(100)
  const handle = openSync(path, 'r')
  try {
    const length = readSync(handle, header, 0, header.length, 0)
    if (length === 0) return 'empty'
    if (length < header.length || header.toString('latin1', 0, magic.length) !== magic) return 'foreign'
  } finally {
    closeSync(handle)
  }
  const [schemaCookie, application] = [header.readUInt32BE(40), header.readUInt32BE(68)]
  if (application === applicationId) return 'ours'
  return application === 0 && schemaCookie === 0 ? 'empty' : 'foreign'
}

/** Null when nothing is there. */
export function lookAt(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null
  } catch {
    return null
  }
}

/** An error of opening as one sentence for the operator: what the system or SQLite says, and what to do. Others as they are. */
export function explained(error: unknown, { path }: EmbeddedPlace): unknown {
  if (error instanceof ConfigError || !(error instanceof Error)) return error
  if (causeOf(error) === null) return error
  return new ConfigError(`STORE: không mở được kho dữ liệu "${path}": ${reasonOf(error)}. ${todoOf(error)}`)
}

type Cause = 'readonly' | 'full' | 'locked' | 'damaged' | 'io' | 'kind' | 'nowhere'

const reasons: Readonly<Record<Cause, string>> = {
  readonly: 'không có quyền ghi, hoặc ổ đĩa chỉ cho đọc',
  full: 'ổ đĩa đã đầy',
  locked: 'một chương trình khác đang khóa tệp',
  damaged: 'tệp bị hỏng',
  io: 'ổ đĩa báo lỗi',
  kind: 'có tệp nằm ở chỗ phải là thư mục',
  nowhere: 'hệ điều hành không cho tạo gì ở đó',
}

const todos: Readonly<Record<Cause, string>> = {
  readonly: 'Hãy sửa quyền của tệp và thư mục cho tài khoản chạy chương trình.',
  full: 'Hãy dọn bớt ổ đĩa, hoặc chuyển kho sang ổ khác.',
  locked: 'Hãy dừng chương trình đó rồi thử lại.',
  damaged: 'Hãy khôi phục bản sao lưu bằng lệnh restore.',
  io: 'Hãy kiểm tra ổ đĩa, rồi khôi phục bản sao lưu nếu cần.',
  kind: 'Hãy chọn đường dẫn khác.',
  nowhere: 'Hãy chọn đường dẫn khác.',
}

const systemCauses: Readonly<Record<string, Cause>> = {
  EACCES: 'readonly', EPERM: 'readonly', EROFS: 'readonly', ENOSPC: 'full', EDQUOT: 'full', EFBIG: 'full', EBUSY: 'locked', EIO: 'io',
  ENOTDIR: 'kind', EISDIR: 'kind', EEXIST: 'kind', ENOENT: 'nowhere', ENAMETOOLONG: 'nowhere', ELOOP: 'nowhere', EINVAL: 'nowhere',
}
/** SQLite's primary result codes; any other speaks of what stands in the file. 4874 (`SQLITE_IOERR_SHMSIZE`): no room for the file that readers share. */
const sqliteCauses: Readonly<Record<number, Cause>> = { 5: 'locked', 6: 'locked', 8: 'readonly', 14: 'readonly', 13: 'full', 10: 'io', 4874: 'full' }

function causeOf(error: unknown): Cause | null {
  if (!(error instanceof Error)) return null
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  if (code === 'ERR_SQLITE_ERROR') return typeof errcode === 'number' ? (sqliteCauses[errcode] ?? sqliteCauses[errcode & 0xff] ?? 'damaged') : 'damaged'
  return (typeof code === 'string' ? systemCauses[code] : undefined) ?? causeOf(error.cause)
}

/** Whether the disk, its room or its rights stood in the way, and not what stands in the file. */
export function isOfDisk(error: unknown): boolean {
  const cause = causeOf(error)
  return cause !== null && cause !== 'damaged'
}

/** Why something on the disk failed, in words; the system's own code where there are none. */
export function reasonOf(error: unknown): string {
  const cause = causeOf(error)
  if (cause !== null) return reasons[cause]
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : 'không rõ nguyên nhân'
}

function todoOf(error: unknown): string {
  const cause = causeOf(error)
  return cause === null ? '' : todos[cause]
}
