import type { Millis } from '../../core/time.ts'

interface Entry { key: string; dueAt: Millis; tie: number; place: number }

/** Keys by when they are due, earliest first, ties by `tie`: a binary heap whose entries can be moved and taken out. */
export class Schedule {
  readonly #heap: Entry[] = []
  readonly #entries = new Map<string, Entry>()

  get size(): number { return this.#entries.size }

  /** Puts the key in, or moves it. */
  set(key: string, dueAt: Millis, tie: number): void {
    const known = this.#entries.get(key)
    if (known !== undefined) {
      if (known.dueAt === dueAt && known.tie === tie) return
      known.dueAt = dueAt
      known.tie = tie
      this.#settle(known)
      return
    }
    const entry: Entry = { key, dueAt, tie, place: this.#heap.length }
    this.#entries.set(key, entry)
    this.#heap.push(entry)
    this.#settle(entry)
  }

  delete(key: string): void {
    const entry = this.#entries.get(key)
    if (entry === undefined) return
    this.#entries.delete(key)
    const last = this.#heap.pop()!
    if (last === entry) return
    last.place = entry.place
    this.#heap[last.place] = last
    this.#settle(last)
  }

  /** Null when the key is not in it. */
  dueAt(key: string): Millis | null {
    return this.#entries.get(key)?.dueAt ?? null
  }

  /** Null when empty. */
  first(): { key: string; dueAt: Millis } | null {
    return this.#heap[0] ?? null
  }

  #settle(entry: Entry): void {
    this.#rise(entry)
    this.#sink(entry)
  }

  #rise(entry: Entry): void {
    while (entry.place > 0) {
      const parent = this.#heap[(entry.place - 1) >> 1]!
      if (!before(entry, parent)) return
      this.#swap(entry, parent)
    }
  }

  #sink(entry: Entry): void {
    for (;;) {
      const left = this.#heap[2 * entry.place + 1]
      const right = this.#heap[2 * entry.place + 2]
      if (left === undefined) return
      const least = right !== undefined && before(right, left) ? right : left
      if (!before(least, entry)) return
      this.#swap(least, entry)
    }
  }

  #swap(a: Entry, b: Entry): void {
    const place = a.place
    a.place = b.place
    b.place = place
    this.#heap[a.place] = a
    this.#heap[b.place] = b
  }
}

const before = (a: Entry, b: Entry): boolean => a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.tie < b.tie)
