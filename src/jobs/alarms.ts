import type { Alert } from '../core/ports.ts'
import type { Register } from '../store/ports.ts'

/** Tells people once per change: what is being told stands in the store, so that a restart does not tell it again. */
export interface Alarms {
  /**
   * `alert` null: all is well again. `state` tells changes apart (`needs_consent` → `revoked` is one); same key and state: nothing.
   * `isNews`: whether this change is worth telling, after what stood before; every one is where it is left out.
   */
  set(key: string, state: string | null, alert: Alert | null, isNews?: (before: string | null) => boolean): Promise<void>
}

export function createAlarms(register: Register, tell: (alert: Alert) => Promise<void>): Alarms {
  return {
    async set(key, state, alert, isNews) {
      const name = `alarm:${key}`
      const before = await register.readEntry(name)
      if ((before?.value ?? null) === state) return
      if (!(await register.writeEntry(name, state, before?.version ?? 0))) return
      if (alert !== null && isNews?.(before?.value ?? null) !== false) await tell(alert)
    },
  }
}
