import { activityKey, activityLimits, merged, unitKey, type Activity, type UnitActivities } from '../campaign/activities.ts'
import { byName } from '../core/text.ts'
import type { Clock } from '../core/time.ts'
import type { Register } from '../store/ports.ts'
import type { AccessLog } from './access-log.ts'
import type { StaffAccount } from './staff.ts'

/** Activities of other units, in the store's register: `activity:<campaign>:<unit>`, one entry a unit, and `activity-units`, who is to report. */

export interface ActivityRegister {
  /** Units that are to report, in the order they were written. */
  expected(): Promise<string[]>
  expect(units: readonly string[], account: StaffAccount): Promise<void>
  /** Of one campaign, or of all, by campaign. */
  read(campaign: string): Promise<UnitActivities[]>
  readAll(): Promise<{ campaign: string; unit: UnitActivities }[]>
  /** Adds what is new and updates what is known. `full`: the unit would have too many; nothing was changed. */
  put(campaign: string, unit: string, activities: readonly Activity[], account: StaffAccount): Promise<{ added: number; changed: number } | 'full'>
  /** False when it is not there. */
  remove(campaign: string, unit: string, key: string, account: StaffAccount): Promise<boolean>
}

const prefix = 'activity:'
const expectedEntry = 'activity-units'

export function createActivityRegister(register: Register, log: AccessLog, now: Clock): ActivityRegister {
  const entryName = (campaign: string, unit: string): string => `${prefix}${campaign}:${unitKey(unit)}`
  const note = (account: StaffAccount, about: string, count: number): Promise<void> => log.append({ at: now(), who: account.name, action: 'activities_changed', about, count, reason: '' })

  async function one(name: string): Promise<{ unit: UnitActivities | null; version: number }> {
    const entry = await register.readEntry(name)
    return entry === null ? { unit: null, version: 0 } : { unit: JSON.parse(entry.value) as UnitActivities, version: entry.version }
  }

  async function readAll(of: string): Promise<{ campaign: string; unit: UnitActivities }[]> {
    const entries = await register.listEntries(of)
    return entries.map(({ name, value }) => ({ campaign: name.slice(prefix.length, name.lastIndexOf(':')), unit: JSON.parse(value) as UnitActivities }))
      .sort((a, b) => byName(a.unit.unit, b.unit.unit))
  }

  return {
    async expected() {
      const entry = await register.readEntry(expectedEntry)
      return entry === null ? [] : (JSON.parse(entry.value) as string[])
    },
    async expect(units, account) {
      const each = [...Map.groupBy(units, unitKey).values()].map(([first]) => first!)
      await note(account, 'danh sách đơn vị', each.length)
      for (;;) {
        const entry = await register.readEntry(expectedEntry)
        if (await register.writeEntry(expectedEntry, JSON.stringify(each), entry?.version ?? 0)) return
      }
    },
    read: async (campaign) => (await readAll(`${prefix}${campaign}:`)).map(({ unit }) => unit),
    readAll: () => readAll(prefix),
    async put(campaign, unit, activities, account) {
      const name = entryName(campaign, unit)
      for (;;) {
        const { unit: known, version } = await one(name)
        const next = merged(known?.activities ?? [], activities)
        if (next.activities.length > activityLimits.perUnit) return 'full'
        const kept: UnitActivities = { unit: known?.unit ?? unit, activities: next.activities }
        if (!(await register.writeEntry(name, JSON.stringify(kept), version))) continue
        await note(account, campaign, next.added + next.changed)
        return { added: next.added, changed: next.changed }
      }
    },
    async remove(campaign, unit, key, account) {
      const name = entryName(campaign, unit)
      for (;;) {
        const { unit: known, version } = await one(name)
        const rest = known?.activities.filter((activity) => activityKey(activity) !== key) ?? []
        if (known === null || rest.length === known.activities.length) return false
        if (!(await register.writeEntry(name, rest.length === 0 ? null : JSON.stringify({ ...known, activities: rest }), version))) continue
        await note(account, campaign, 1)
        return true
      }
    },
  }
}
