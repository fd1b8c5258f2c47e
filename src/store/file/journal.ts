import path from 'node:path'
import { FILE_MODE, isMissing, type FileSystem } from './adapter.ts'

const NAME = /^journal-(\d+)\.jsonl$/

/**
 * What changed since the documents were last written: one line per group of changes, in files that are dropped when
 * all their changes stand in documents. A line is in the file before anybody is told that something is recorded. It
 * survives a killed process; there is no fsync, so not a power cut.
 */
export class Journal {
  readonly #dir: string
  readonly #fs: FileSystem
  #number: number
  #fd: number | null = null
  #size = 0
  /** Older files, still needed. */
  readonly #older: number[]

  constructor(dir: string, fs: FileSystem) {
    this.#dir = dir
    this.#fs = fs
    this.#older = fs.readdirSync(dir).flatMap((name) => NAME.exec(name)?.[1] ?? []).map(Number).sort((a, b) => a - b)
    this.#number = (this.#older.at(-1) ?? 0) + 1
  }

  /** The number of the file that is being written: what a change belongs to. */
  get current(): number { return this.#number }
  /** Bytes in the current file. */
  get size(): number { return this.#size }

  /** All earlier lines, oldest first, with the number of their file. A last line that was cut short never happened. */
  *replay(onUnreadable: (file: string) => void): Generator<{ file: number; record: unknown }> {
    for (const file of this.#older) {
      const text = this.#fs.readFileSync(this.#fileOf(file), 'utf8')
      const lines = text.split('\n')
      lines.pop()
      for (const line of lines) {
        let record: unknown
        try {
          record = JSON.parse(line)
        } catch {
          onUnreadable(path.basename(this.#fileOf(file)))
          continue
        }
        yield { file, record }
      }
    }
  }

  /** One line, whole or not at all. Throws what the file system throws. */
  append(record: unknown): void {
    const line = Buffer.from(JSON.stringify(record) + '\n')
    const fd = (this.#fd ??= this.#fs.openSync(this.#fileOf(this.#number), 'a', FILE_MODE))
    try {
      for (let written = 0; written < line.length;) written += this.#fs.writeSync(fd, line, written)
    } catch (error) {
      this.#cutBack()
      throw error
    }
    this.#size += line.length
  }

  /** Goes on in a new file. */
  rotate(): void {
    this.close()
    this.#older.push(this.#number)
    this.#number++
    this.#size = 0
  }

  /** Removes the files before `number`: their changes stand in documents. */
  dropBefore(number: number): void {
    while (this.#older[0] !== undefined && this.#older[0] < number) {
      try {
        this.#fs.unlinkSync(this.#fileOf(this.#older[0]))
      } catch (error) {
        if (!isMissing(error)) throw error
      }
      this.#older.shift()
    }
  }

  close(): void {
    if (this.#fd === null) return
    this.#fs.closeSync(this.#fd)
    this.#fd = null
  }

  /** A line begun must not stand before the next one. If even that fails, the next lines go to a new file: a cut last line counts as none. */
  #cutBack(): void {
    try {
      this.#fs.ftruncateSync(this.#fd!, this.#size)
    } catch {
      this.rotate()
    }
  }

  #fileOf(number: number): string {
    return path.join(this.#dir, `journal-${String(number).padStart(6, '0')}.jsonl`)
  }
}
