import type { Entries } from '../../src/core/ports.ts'

/** A register with the store's own rule: a write succeeds only over the version it names. Each call takes a turn of the loop. */
export interface MemoryEntries extends Entries {
  values: Map<string, { value: string; version: number }>
  /** While set, every call rejects with it. */
  failing: Error | null
  writes: number
}

export function memoryEntries(): MemoryEntries {
  const values: MemoryEntries['values'] = new Map()
  const turn = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve))
    if (entries.failing !== null) throw entries.failing
  }
  const entries: MemoryEntries = {
    values,
    failing: null,
    writes: 0,
    async readEntry(name) {
      await turn()
      return values.get(name) ?? null
    },
    async writeEntry(name, value, expected) {
      await turn()
      if ((values.get(name)?.version ?? 0) !== expected) return false
      entries.writes++
      if (value === null) values.delete(name)
      else values.set(name, { value, version: expected + 1 })
      return true
    },
  }
  return entries
}
