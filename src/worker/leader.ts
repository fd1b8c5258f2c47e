import type { Entries } from '../core/ports.ts'
import { MINUTE, type Clock } from '../core/time.ts'

const entry = 'worker:leader'

/** Which of several invocations runs what must run once. */
interface Leader {
  /** The first to ask, until a minute after it was last asked: an invocation of cron can last longer than the minute to the next one. */
  leads(): Promise<boolean>
  /** The next to ask leads, at once. Asks nothing of the store where this one never led. */
  giveUp(): Promise<void>
}

export function createLeader(register: Entries, id: string, now: Clock): Leader {
  let led = false
  return {
    async leads() {
      const found = await register.readEntry(entry)
      const held = found === null ? null : JSON.parse(found.value) as { by: string; until: number }
      if (held !== null && held.by !== id && held.until > now()) return false
      const leads = await register.writeEntry(entry, JSON.stringify({ by: id, until: now() + MINUTE }), found?.version ?? 0)
      led ||= leads
      return leads
    },
    async giveUp() {
      if (!led) return
      const found = await register.readEntry(entry)
      if (found !== null && (JSON.parse(found.value) as { by: string }).by === id) await register.writeEntry(entry, null, found.version)
    },
  }
}
