import path from 'node:path'
import { FILE_MODE, listFolder, TEMPORARY, UNREADABLE, type FileSystem } from './adapter.ts'
import { contactFile, isContactKey } from './names.ts'

/** Says, while it is there, that a copy is being loaded: what a killed process leaves of it is thrown away. */
export class LoadingMark {
  readonly #file: string
  readonly #fs: FileSystem

  constructor(dir: string, fs: FileSystem) {
    this.#file = path.join(dir, 'loading')
    this.#fs = fs
  }

  get stands(): boolean { return this.#fs.existsSync(this.#file) }
  begin(): void { this.#fs.writeFileSync(this.#file, '', { mode: FILE_MODE }) }
  end(): void { this.#fs.unlinkSync(this.#file) }
}

/** Throws away a copy that was not loaded to its end. */
export function dropHalfLoaded(dir: string, fs: FileSystem, loading: LoadingMark): void {
  if (!loading.stands) return
  const loaded = /^(contacts|anonymous|outcomes|unanswered|campaigns|audit|journal-\d+\.jsonl|register\.json|secrets\.json)$/
  for (const name of listFolder(dir, fs)) if (loaded.test(name)) fs.rmSync(path.join(dir, name), { recursive: true })
  loading.end()
}

export interface Found {
  contactKeys: string[]
  /** Files that were set aside, by the name they had. */
  unreadable: string[]
}

/** What stands in the folder. Removes what killed processes left half-written. */
export function lookThrough(dir: string, fs: FileSystem): Found {
  const found: Found = { contactKeys: [], unreadable: [] }
  const contactFolders = listFolder(path.join(dir, 'contacts'), fs).map((folder) => `contacts/${folder}`)
  for (const folder of ['.', 'anonymous', 'outcomes', 'unanswered', 'campaigns', 'audit', ...contactFolders]) {
    for (const file of listFolder(path.join(dir, folder), fs)) {
      const name = path.posix.join(folder, file)
      if (file.endsWith(TEMPORARY)) fs.unlinkSync(path.join(dir, name))
      else if (file.endsWith(UNREADABLE)) found.unreadable.push(name.slice(0, -UNREADABLE.length))
      else if (isContact(name)) found.contactKeys.push(file.slice(0, -'.json'.length))
    }
  }
  return found
}

function isContact(name: string): boolean {
  const key = path.posix.basename(name, '.json')
  return isContactKey(key) && name === `${contactFile(key)}.json`
}
