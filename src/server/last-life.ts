import { MINUTE, type Millis } from '../core/time.ts'
import type { Register } from '../store/ports.ts'
import { SERVER_RUNNING as entry } from '../store/rows.ts'

/**
 * How long every event is claimed, and so counted, before it is handled, when the server before this one died: whatever killed it is
 * about to come again. What it left is taken up one by one, at most for so long.
 */
export const caution: Millis = 15 * MINUTE

/** Notes that a server runs on this store. True: the one before was not stopped but died. */
export async function noteStart(register: Register, now: Millis): Promise<boolean> {
  const left = await register.readEntry(entry)
  if (left === null) await register.writeEntry(entry, String(now), 0)
  return left !== null
}

/** Notes that it stopped in good order. Safe to repeat. */
export async function noteStop(register: Register): Promise<void> {
  const left = await register.readEntry(entry)
  if (left !== null) await register.writeEntry(entry, null, left.version)
}
