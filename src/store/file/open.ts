import { randomBytes, randomUUID } from 'node:crypto'
import path from 'node:path'
import { ConfigError } from '../../config.ts'
import { takeLock, type Lock } from '../lock.ts'
import type { Store, StoreOptions } from '../ports.ts'
import { openTombstones } from '../tombstones.ts'
import { CONTACT_KEY_SECRET } from '../rows.ts'
import { FOLDER_MODE, realFileSystem, type FileSystem } from './adapter.ts'
import { rememberedKeys } from './contact-keys.ts'
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
export const TOMBSTONES = 'erased'

/** What a test may replace. */
export interface FileStoreParts { fs?: FileSystem }

/**
 * Opens the store that lives in `dir`, or makes it. One process at a time, whatever its role: a second one is refused
 * with `ConfigError`, as is a folder that a newer program wrote. What was acknowledged survives a killed process, not a power cut. `sending` deliveries of a
 * dead predecessor are due at once and perhaps sent.
 */
export async function openFileStore(dir: string, options: StoreOptions, { fs = realFileSystem }: FileStoreParts = {}): Promise<FileStore> {
  fs.mkdirSync(dir, { recursive: true, mode: FOLDER_MODE })
  fs.chmodSync(dir, FOLDER_MODE)
  const lock = takeLock(path.join(dir, 'lock'))
  if (lock === null) throw new ConfigError(`STORE: một tiến trình khác (máy chủ?) đang dùng "${dir}", mà kho file: chỉ cho một tiến trình dùng mỗi lúc. Hãy dừng tiến trình đó trước, hoặc dùng kho sqlite: để chạy lệnh bên cạnh máy chủ.`)
  try {
    return openLocked(dir, options, fs, lock)
  } catch (error) {
    lock.release()
    throw error
  }
}

function openLocked(dir: string, options: StoreOptions, fs: FileSystem, lock: Lock): FileStore {
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
  void commits.run((unit) => eraseReturned(unit, state, tombstones))
  commits.flush()
  writeBack.wake()

  const { listEntries, readEntry, writeEntry } = register
  let closed = false
  return {
    ...inboxPort(state, keyOf, commits),
    ...deliveriesPort(state, commits),
    ...contactsPort(state, keyOf, commits),
    ...handoversPort(state, commits),
    ...statisticsPort(state),
    ...upkeepPort(state, commits),
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
  return { dir, options, documents, turnLeases, laneLeases, index: new ContactIndex(turnLeases, laneLeases, options.now), anonymousEvents: new Map(), lastNumber: 0 }
}
