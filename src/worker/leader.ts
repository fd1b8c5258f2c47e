import type { Entries } from '../core/ports.ts'
import { MINUTE, type Clock } from '../core/time.ts'

const entry = 'worker:leader'

/**
 * Whether this invocation runs what must run once: the first to ask, until a minute after it was last asked. An invocation of cron can last longer than the minute
 * to the next one.
 */
export function createLeader(register: Entries, id: string, now: Clock): () => Promise<boolean> {
  return async () => {
    const found = await register.readEntry(entry)
    const held = found === null ? null : JSON.parse(found.value) as { by: string; until: number }
    if (held !== null && held.by !== id && held.until > now()) return false
    return register.writeEntry(entry, JSON.stringify({ by: id, until: now() + MINUTE }), found?.version ?? 0)
  }
}
