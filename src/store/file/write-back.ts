import type { Documents } from './documents.ts'

/** How often documents are written back, in milliseconds, while any is newer than its file. */
const EVERY = 50
/** A document is written when it has been newer for so many rounds: a second. */
const ROUNDS = 20
/** How long one round may keep the process busy, in milliseconds. */
const BUSY = 10
/** After a failure (a full disk) the next try is later, in milliseconds. */
const AFTER_FAILURE = 1_000

/** Writes documents some time after their changes were recorded, a few at a time. The timer never keeps a process alive. */
export class WriteBack {
  readonly #documents: Documents
  #timer: NodeJS.Timeout | null = null

  constructor(documents: Documents) {
    this.#documents = documents
  }

  /** There may be something to write. */
  wake(): void {
    if (this.#timer === null && this.#documents.dirtyCount > 0) this.#again(EVERY)
  }

  /** Writes everything now and stops. What cannot be written stays in the journal. */
  finish(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#documents.writeBack(0, () => false)
  }

  #again(after: number): void {
    this.#timer = setTimeout(() => this.#round(), after).unref()
  }

  #round(): void {
    const until = performance.now() + BUSY
    const written = this.#documents.writeBack(ROUNDS, () => performance.now() > until)
    this.#timer = null
    if (this.#documents.dirtyCount > 0) this.#again(written ? EVERY : AFTER_FAILURE)
  }
}
