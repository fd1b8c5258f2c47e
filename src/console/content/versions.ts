import type { Millis } from '../../core/time.ts'
import type { Register } from '../../store/ports.ts'

/** What a file said, and who made it say so. */
export interface Version {
  at: Millis
  text: string
  /** Who wrote it; null: somebody wrote the file outside these pages. */
  by: string | null
  /** Who published it; null where nobody had to. */
  publishedBy: string | null
  why: string
}

export interface NumberedVersion extends Version {
  /** From 1, without gaps. */
  seq: number
}

/**
 * Every version of a file that these pages have seen, in the store's register, so that one can go back without git:
 * `content-version:<file>:<number>`.
 */
export interface Versions {
  /** The newest first. */
  of(fileId: string): Promise<NumberedVersion[]>
  /** Nothing where the newest says the same already. Safe to repeat. */
  note(fileId: string, version: Version): Promise<void>
}

const prefixOf = (fileId: string): string => `content-version:${fileId}:`

export function createVersions(register: Register): Versions {
  async function of(fileId: string): Promise<NumberedVersion[]> {
    const entries = await register.listEntries(prefixOf(fileId))
    return entries.map(({ name, value }) => ({ seq: Number(name.slice(prefixOf(fileId).length)), ...(JSON.parse(value) as Version) })).sort((a, b) => b.seq - a.seq)
  }
  return {
    of,
    async note(fileId, version) {
      for (;;) {
        const [newest] = await of(fileId)
        if (newest?.text === version.text) return
        const seq = (newest?.seq ?? 0) + 1
        if (await register.writeEntry(prefixOf(fileId) + String(seq).padStart(6, '0'), JSON.stringify(version), 0)) return
      }
    },
  }
}
