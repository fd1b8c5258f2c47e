import { DAY, type Millis } from '../core/time.ts'
import { openStore } from './open.ts'

/**
 * Copies everything from one store into another, empty one; without `secret:` entries unless asked. Contact keys are made
 * anew then, except with secrets. Returns how many rows. Rejects, leaving the target empty, when anything does not fit.
 */
export async function copyStore(from: string, to: string, options: { withSecrets: boolean; now?: Millis }): Promise<number> {
  const opening = { role: 'tool' as const, now: options.now ?? Date.now(), waitingLimit: 1, keysKept: DAY }
  const source = await openStore(from, opening)
  try {
    const target = await openStore(to, opening)
    try {
      return await target.loadRows(source.dumpRows(options))
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}
