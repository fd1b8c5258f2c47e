import { randomBytes, randomUUID } from 'node:crypto'
import path from 'node:path'
import { ConfigError } from '../../config.ts'
import { rememberedKeys } from '../contact-keys.ts'
import { takeLock, type Lock } from '../lock.ts'
import { StoreUnavailable, type Store, type StoreOptions } from '../ports.ts'
import { openTombstones } from '../tombstones.ts'
import { CONTACT_KEY_SECRET } from '../rows.ts'
import { FOLDER_MODE, realFileSystem, type FileSystem } from './adapter.ts'
import { campaignsPort } from './campaigns.ts'
import { commentsPort } from './comments-port.ts'
import { ContactIndex } from './contact-index.ts'
import { contactsPort, handoversPort } from './contacts-port.ts'
import { copyPort } from './copy-port.ts'
import { deliveriesPort } from './deliveries-port.ts'
import { Documents, type FileProblem } from './documents.ts'
import { checkDocument } from './document-kinds.ts'
import { eraseReturned, noteErasures } from './erasures.ts'
import { GroupCommit } from './group-commit.ts'
import { inboxPort } from './inbox-port.ts'
import { Leases } from './leases.ts'
import { dropHalfLoaded, LoadingMark } from './folder.ts'
import { rebuild } from './rebuild.ts'
import { FileRegister } from './register.ts'
import { readSchema } from './schema.ts'
import { statisticsPort } from './statistics-port.ts'
import type { State } from './unit.ts'
import { upkeepPort } from './upkeep-port.ts'
import { WriteBack } from './write-back.ts'

/** A store in a folder, which can say what is wrong with its files. */
export interface FileStore extends Store {
  /** For `doctor`; empty when all is well. */
  fileProblems(): readonly FileProblem[]
}

/** Beside the documents; a restore keeps it. */
const TOMBSTONES = 'erased'

/** What a test may replace. */
export interface FileStoreParts { fs?: FileSystem }

/**
 * Opens the store that lives in `dir`, or makes it. What was acknowledged survives a killed process, not a power cut;
 * `sending` deliveries of a dead predecessor are due at once and perhaps sent. Rejects with `ConfigError` when another
 * process has the folder (whatever the roles), a newer program wrote it, or the file with the secrets is damaged; with
 * `StoreUnavailable` when it cannot be read or written.
 */
export async function openFileStore(dir: string, options: StoreOptions, { fs = realFileSystem }: FileStoreParts = {}): Promise<FileStore> {
  let lock: Lock | null = null
  try {
    fs.mkdirSync(dir, { recursive: true, mode: FOLDER_MODE })
    fs.chmodSync(dir, FOLDER_MODE)
    lock = takeLock(path.join(dir, 'lock'))
    if (lock === null) throw new ConfigError(inUse(dir))
    return await openLocked(dir, options, fs, lock)
  } catch (error) {
    lock?.release()
    throw asPromised(error)
  }
}

const inUse = (dir: string): string =>
  `STORE: một tiến trình khác (máy chủ?) đang dùng "${dir}", mà kho file: chỉ cho một tiến trình dùng mỗi lúc. ` +
  'Hãy dừng tiến trình đó trước, hoặc dùng kho sqlite: để chạy lệnh bên cạnh máy chủ.'

function asPromised(error: unknown): unknown {
  if (error instanceof SyntaxError) return new ConfigError(`STORE: ${error.message}. Hãy sửa tệp này hoặc khôi phục bản sao lưu.`)
  if (error instanceof Error && 'code' in error) return new StoreUnavailable('the store folder cannot be opened', { cause: error })
  return error
}

async function openLocked(dir: string, options: StoreOptions, fs: FileSystem, lock: Lock): Promise<FileStore> {
  readSchema(dir, fs)
  const loading = new LoadingMark(dir, fs)
  dropHalfLoaded(dir, fs, loading)
  const register = new FileRegister(dir, fs)
  if (register.find(CONTACT_KEY_SECRET) === null) register.put(CONTACT_KEY_SECRET, { name: CONTACT_KEY_SECRET, value: randomBytes(32).toString('base64url'), version: 1 })
  const keyOf = rememberedKeys(() => register.find(CONTACT_KEY_SECRET)!.value)

  const documents = new Documents(dir, { fs, check: checkDocument })
  const state = newState(dir, options, documents)
  rebuild(state, fs)
  const writeBack = new WriteBack(documents)
  const tombstones = openTombstones(path.join(dir, TOMBSTONES))
  const commits = new GroupCommit(state, {
    record: (unit) => noteErasures(unit, tombstones),
    recorded: () => writeBack.wake(),
  })
  await commits.run((unit) => eraseReturned(unit, state, tombstones))
  writeBack.wake()

  const { listEntries, readEntry, writeEntry } = register
  let closed = false
  return {
    ...inboxPort(state, keyOf, commits),
    ...deliveriesPort(state, commits),
    ...contactsPort(state, keyOf, commits),
    ...handoversPort(state, commits),
    ...commentsPort(state),
    ...statisticsPort(state),
    ...upkeepPort(state, commits),
    ...campaignsPort(state, commits),
    ...copyPort(state, register, keyOf, commits, loading),
    listEntries: listEntries.bind(register), readEntry: readEntry.bind(register), writeEntry: writeEntry.bind(register),
    fileProblems: () => documents.problems,
    close: async () => {
      if (closed) return
      closed = true
      commits.close()
      writeBack.finish()
      documents.close()
      lock.release()
    },
  }
}

function newState(dir: string, options: StoreOptions, documents: Documents): State {
  const session = randomUUID()
  let claims = 0
  const newClaim = (): string => `${session}-${++claims}`
  const turnLeases = new Leases(newClaim)
  const laneLeases = new Leases(newClaim)
  return { dir, options, documents, turnLeases, laneLeases, publicationLeases: new Leases(newClaim), index: new ContactIndex(turnLeases, laneLeases, options.now), anonymousEvents: new Map(), lastNumber: 0 }
}
