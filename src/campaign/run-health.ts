import type { Entries } from '../core/ports.ts'
import { afterSend, unharmed, type Health } from './decide.ts'

/** How the sends of running campaigns have gone, kept in the register so that a restart goes on counting. */
export interface HealthBook {
  /** Reads what was kept of the campaign in this version, else begins anew: a resume is another version. Before anything of it is sent. */
  open(campaign: string, version: number): Promise<void>
  /** One more send. */
  tried(campaign: string, ok: boolean): Health
  /** Writes what has changed since the last time. Safe to call at any moment. */
  keep(): Promise<void>
  /** It does not run any more. Safe to call twice. */
  close(campaign: string): Promise<void>
}

interface Kept extends Health { version: number }

const entryOf = (campaign: string): string => `campaign_health:${campaign}`

export function createHealthBook(register: Entries): HealthBook {
  const open = new Map<string, Kept>()
  const changed = new Set<string>()

  /** What another process wrote meanwhile is not overwritten; the next call tries again. */
  async function write(campaign: string, value: string | null): Promise<boolean> {
    const entry = await register.readEntry(entryOf(campaign))
    return value === null && entry === null ? true : register.writeEntry(entryOf(campaign), value, entry?.version ?? 0)
  }

  return {
    async open(campaign, version) {
      const entry = await register.readEntry(entryOf(campaign))
      const kept = entry === null ? null : JSON.parse(entry.value) as Kept
      open.set(campaign, kept?.version === version ? kept : { version, ...unharmed })
    },
    tried(campaign, ok) {
      const before = open.get(campaign)
      const next = afterSend(before ?? unharmed, ok)
      // An answer may come after the campaign was stopped: nothing is kept of it.
      if (before === undefined) return next
      open.set(campaign, { version: before.version, ...next })
      changed.add(campaign)
      return next
    },
    async keep() {
      for (const campaign of [...changed]) {
        changed.delete(campaign)
        const kept = open.get(campaign)
        if (kept !== undefined && !await write(campaign, JSON.stringify(kept)).catch(() => false)) changed.add(campaign)
      }
    },
    async close(campaign) {
      open.delete(campaign)
      changed.delete(campaign)
      await write(campaign, null)
    },
  }
}
