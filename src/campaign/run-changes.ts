import type { CampaignRecord } from '../core/campaign.ts'
import { MINUTE, type Clock, type Millis } from '../core/time.ts'
import type { CampaignWorld } from './world.ts'

/** An approval is void when something has been changed for so long: a file may be half written, or put right at once. */
const changedFor: Millis = 1 * MINUTE

/** Looks at campaigns that wait for their time: compares only when their world is another one. */
export interface ChangeWatch {
  /** What has been other than approved for a while; empty: it holds so far. */
  lasting(record: CampaignRecord, world: CampaignWorld): string[]
  forget(id: string): void
}

export function createChangeWatch(changesOf: (record: CampaignRecord, world: CampaignWorld) => string[], now: Clock): ChangeWatch {
  /** What each was last compared with; `changedAt` null: it is as approved. */
  const looked = new Map<string, { version: number; world: CampaignWorld | null; changedAt: Millis | null }>()
  return {
    lasting(record, world) {
      const { id, version } = record
      const before = looked.get(id)
      const seen = before?.version === version ? before : { world: null, changedAt: null }
      if (seen.world === world && seen.changedAt === null) return []
      const changes = changesOf(record, world)
      const changedAt = changes.length === 0 ? null : seen.changedAt ?? now()
      looked.set(id, { version, world, changedAt })
      return changedAt !== null && now() - changedAt >= changedFor ? changes : []
    },
    forget: (id) => void looked.delete(id),
  }
}
