import type { Alert } from '../core/ports.ts'
import { MINUTE, SECOND, type Millis } from '../core/time.ts'
import { StoreUnavailable, type Register } from '../store/ports.ts'
import type { Job } from './job.ts'

/** Since when nothing can be recorded, and what the store says. */
export interface WriteTrouble { since: Millis; reason: string }

/** Whether the last thing that was to be recorded was recorded. Costs nothing while all is well. */
export interface WriteHealth {
  readonly trouble: WriteTrouble | null
  /** Runs what records something and notes how it ended. */
  noting<T>(recording: Promise<T>, now: Millis): Promise<T>
}

export function createWriteHealth(): WriteHealth {
  let trouble: WriteTrouble | null = null
  return {
    get trouble() {
      return trouble
    },
    noting: (recording, now) => recording.then((result) => {
      trouble = null
      return result
    }, (error: unknown) => {
      if (error instanceof StoreUnavailable) trouble = { since: trouble?.since ?? now, reason: reasonOf(error) }
      throw error
    }),
  }
}

/** The store's sentence and the system's code: neither holds anything of what was to be written. */
function reasonOf({ message, cause }: StoreUnavailable): string {
  const code = (cause as { code?: unknown } | undefined)?.code
  return typeof code === 'string' && /^E[A-Z]+$/.test(code) ? `${message} (${code})` : message
}

/** What is written to see whether anything can be. */
const probeEntry = 'watch:writing'
/** A disk that is full fails now and then: it is well again when it has not for so long. */
const calm = 5 * MINUTE

/**
 * Writes something small now and then: while platforms are refused, or silent, nothing else would show that the store
 * fails, or that it works again. Tells people once per change, without the store: what they are told cannot be noted there.
 */
export function writingJob({ register, health, tell }: { register: Register; health: WriteHealth; tell: (alert: Alert) => Promise<void> }): Job {
  let told = false
  let lastTroubleAt: Millis = 0

  async function probe(now: Millis): Promise<void> {
    const before = await register.readEntry(probeEntry)
    await register.writeEntry(probeEntry, String(now), before?.version ?? 0)
  }

  return {
    name: 'writing',
    every: 10 * SECOND,
    async step(now) {
      const failure = health.trouble
      await health.noting(probe(now), now).catch(() => undefined)
      const trouble = health.trouble ?? failure
      if (trouble !== null) lastTroubleAt = now
      if (trouble !== null && !told) {
        told = true
        await tell({ kind: 'store', text: `Kho dữ liệu không ghi được (${trouble.reason}): tin của người dân đang bị từ chối, nền tảng sẽ gửi lại. Kiểm tra ổ đĩa và quyền ghi.` })
      } else if (trouble === null && told && now - lastTroubleAt >= calm) {
        told = false
        await tell({ kind: 'recovered', text: 'Kho dữ liệu ghi lại được.' })
      }
    },
  }
}
