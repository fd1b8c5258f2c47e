import path from 'node:path'
import { FILE_MODE, listFolder, TEMPORARY, type FileSystem } from './adapter.ts'

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

/** Where documents stand. */
export const folders = ['contacts', 'anonymous', 'outcomes', 'unanswered'] as const

/** Removes what killed processes left: half-written files, and a copy that was not loaded to its end. */
export function cleanFolder(dir: string, fs: FileSystem, loading: LoadingMark): void {
  if (loading.stands) {
    for (const name of listFolder(dir, fs)) {
      if ((folders as readonly string[]).includes(name) || /^(journal-\d+\.jsonl|register\.json|secrets\.json)$/.test(name)) fs.rmSync(path.join(dir, name), { recursive: true })
    }
    loading.end()
  }
  for (const folder of ['.', 'anonymous', 'outcomes', 'unanswered']) {
    for (const name of listFolder(path.join(dir, folder), fs)) if (name.endsWith(TEMPORARY)) fs.unlinkSync(path.join(dir, folder, name))
  }
}
