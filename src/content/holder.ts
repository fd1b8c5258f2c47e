import type { Problem } from '../core/problem.ts'
import type { Millis } from '../core/time.ts'
import { missingFile } from './files.ts'
import type { Content } from './types.ts'

/** Which content is being answered from, and what is wrong with the newest files, if anything. */
export interface ContentStatus {
  version: string
  loadedAt: Millis
  /** Why the newest files, or some of them, were not taken; empty when all were. */
  problems: readonly Problem[]
}

/** Holds the content in use: the last good one, whatever is saved after it. */
export class ContentHolder {
  #content: Content
  #loadedAt: Millis
  #problems: readonly Problem[]

  /** `held`: why some of the files are not in it. */
  constructor(first: Content, now: Millis, held: readonly Problem[] = []) {
    this.#content = first
    this.#loadedAt = now
    this.#problems = held
  }

  /** One turn reads this once and keeps it to its end. */
  get current(): Content {
    return this.#content
  }

  get status(): ContentStatus {
    return { version: this.#content.version, loadedAt: this.#loadedAt, problems: this.#problems }
  }

  /**
   * Takes what was read anew. Content that is wrong changes nothing but the status; nor does one whose own province or
   * contacts vanished, since the project's would be told to citizens instead. `held`: why some files are not in it.
   */
  offer(read: { content: Content } | { problems: Problem[] }, now: Millis, held: readonly Problem[] = []): 'taken' | 'same' | 'refused' {
    if ('problems' in read) {
      this.#problems = read.problems
      return 'refused'
    }
    const lost = read.content.lent.filter((name) => !this.#content.lent.includes(name))
    if (lost.length > 0) {
      this.#problems = lost.map(missingFile)
      return 'refused'
    }
    this.#problems = held
    if (read.content.version === this.#content.version) return held.length > 0 ? 'refused' : 'same'
    this.#content = read.content
    this.#loadedAt = now
    return 'taken'
  }
}
