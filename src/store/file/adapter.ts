import nodeFs from 'node:fs'
import path from 'node:path'
import type { SyncAdapter } from 'lowdb'

/** The calls that the store makes to the file system; a test may hand in one whose disk is full. */
export type FileSystem = Pick<typeof nodeFs,
  'openSync' | 'writeSync' | 'ftruncateSync' | 'closeSync' | 'readFileSync' | 'writeFileSync' | 'renameSync' | 'unlinkSync' |
  'mkdirSync' | 'readdirSync' | 'chmodSync' | 'existsSync' | 'rmSync'>

export const realFileSystem: FileSystem = nodeFs

/** Only the owner reads what citizens wrote. */
export const FILE_MODE = 0o600
export const FOLDER_MODE = 0o700
/** Left by a process that was killed between writing and renaming; removed at start. */
export const TEMPORARY = '.tmp'
/** What a file that cannot be read is renamed to end with. */
export const UNREADABLE = '.unreadable'

/**
 * lowdb's way to one JSON file that a person can read. A new version is written beside the old one and takes its
 * name, so a killed process leaves the one or the other. Makes the folder when it is missing.
 */
export class JsonDocumentFile<T> implements SyncAdapter<T> {
  readonly #file: string
  readonly #fs: FileSystem

  constructor(file: string, fs: FileSystem) {
    this.#file = file
    this.#fs = fs
  }

  /** Null when there is no file. Throws `SyntaxError` when it is not JSON. */
  read(): T | null {
    let text: string
    try {
      text = this.#fs.readFileSync(this.#file, 'utf8')
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
    try {
      return JSON.parse(text) as T
    } catch (error) {
      throw new SyntaxError(`tệp "${this.#file}" không phải JSON`, { cause: error })
    }
  }

  write(data: T): void {
    const text = JSON.stringify(data, null, 2) + '\n'
    const temporary = this.#file + TEMPORARY
    try {
      this.#fs.writeFileSync(temporary, text, { mode: FILE_MODE })
    } catch (error) {
      if (!isMissing(error)) throw error
      this.#fs.mkdirSync(path.dirname(this.#file), { recursive: true, mode: FOLDER_MODE })
      this.#fs.writeFileSync(temporary, text, { mode: FILE_MODE })
    }
    this.#fs.renameSync(temporary, this.#file)
  }
}

/** There is no such file or folder. */
export const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** Names in a folder; none when it is not there, or is a stray file. */
export function listFolder(dir: string, fs: FileSystem): string[] {
  try {
    return fs.readdirSync(dir)
  } catch (error) {
    if (isMissing(error) || (error instanceof Error && 'code' in error && error.code === 'ENOTDIR')) return []
    throw error
  }
}
