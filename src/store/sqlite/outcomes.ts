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
  /** What came last of each account: in one transaction most are alike, and a look is cheaper than the key. */
  const latest = new Map<string, { outcome: Outcome; counted: { count: number } }>()

  function countedOf(outcome: Outcome): { count: number } {
    const last = latest.get(outcome.account)
    if (last !== undefined && alike(last.outcome, outcome)) return last.counted
    const key = keyOf(outcome)
    const joined = key.join('\n')
    let counted = counts.get(joined)
    if (counted === undefined) counts.set(joined, counted = { key, count: 0 })
    latest.set(outcome.account, { outcome, counted })
    return counted
  }
  const forget = (): void => {
    counts.clear()
    latest.clear()
  }
  return {
    add(outcome, count = 1) {
      countedOf(outcome).count += count
    },
    write() {
      for (const { key, count } of counts.values()) add.run(...key, count)
      forget()
    },
    discard: forget,
  }
}

const alike = (a: Outcome, b: Outcome): boolean => a.status === b.status && a.day === b.day && a.flow === b.flow && a.step === b.step
  && a.article === b.article && a.entry === b.entry && a.handover === b.handover && a.helpful === b.helpful
