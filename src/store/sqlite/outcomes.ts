import type { DatabaseSync } from 'node:sqlite'
import type { Outcome } from '../ports.ts'
import type { Totals } from './writer.ts'

/** Outcomes of one transaction, counted together before they are written. */
export interface Outcomes extends Totals {
  add(outcome: Outcome, count?: number): void
}

/** The columns of the key, null as ''. */
const keyOf = (outcome: Outcome): string[] => [
  outcome.day, outcome.account, outcome.entry ?? '', outcome.flow ?? '', outcome.step ?? '', outcome.article ?? '', outcome.status, outcome.handover ? '1' : '0', outcome.helpful ?? '',
]

export function openOutcomes(db: DatabaseSync): Outcomes {
  const add = db.prepare(`
    insert into outcomes (day, account, entry, flow, step, article, status, handover, helpful, count) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    on conflict do update set count = count + excluded.count`)
  const counts = new Map<string, { key: string[]; count: number }>()
  return {
    add(outcome, count = 1) {
      const key = keyOf(outcome)
      const joined = key.join('\n')
      const counted = counts.get(joined)
      if (counted === undefined) counts.set(joined, { key, count })
      else counted.count += count
    },
    write() {
      for (const { key, count } of counts.values()) add.run(...key, count)
      counts.clear()
    },
    discard: () => counts.clear(),
  }
}
