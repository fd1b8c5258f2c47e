import type { AccountKey } from '../core/contact.ts'
import { wasAsked } from '../core/turn-status.ts'
import type { Outcome } from '../store/ports.ts'

/** Figures of what citizens asked, from the outcomes that are counted per day. Pure; sums of parts are the sum of the whole. */

export interface Tally {
  /** Everything that came in and was handled. */
  turns: number
  /** In these something was asked in free words, or an article was opened. */
  asked: number
  answered: number
  /** No article fits. */
  unanswered: number
  handovers: number
  helpful: number
  notHelpful: number
}

export interface Figures {
  total: Tally
  byDay: ReadonlyMap<string, Tally>
  byAccount: ReadonlyMap<AccountKey, Tally>
  /** By the code or link that led in last; those who came by none are in no line. */
  byEntry: ReadonlyMap<string, Tally>
  /** The same for each account, by `codeKey`. */
  byCode: ReadonlyMap<string, Tally>
  byArticle: ReadonlyMap<string, Tally>
  /** Turns by what became of them. */
  byStatus: ReadonlyMap<string, number>
  /** How often somebody came to a step, by `flow/step`. */
  steps: ReadonlyMap<string, number>
  /** How often an article was given out of a flow, by flow. */
  flowAnswers: ReadonlyMap<string, number>
  /** How often somebody asked for a person out of a flow, by flow. */
  flowHandovers: ReadonlyMap<string, number>
}

export const nothing: Tally = { turns: 0, asked: 0, answered: 0, unanswered: 0, handovers: 0, helpful: 0, notHelpful: 0 }
export const noFigures: Figures = {
  total: nothing, byDay: new Map(), byAccount: new Map(), byEntry: new Map(), byCode: new Map(), byArticle: new Map(), byStatus: new Map(), steps: new Map(), flowAnswers: new Map(), flowHandovers: new Map(),
}

export function countOutcomes(rows: readonly (Outcome & { count: number })[]): Figures {
  const total = { ...nothing }
  const [byDay, byEntry, byCode, byArticle] = [new Map<string, Tally>(), new Map<string, Tally>(), new Map<string, Tally>(), new Map<string, Tally>()]
  const byAccount = new Map<AccountKey, Tally>()
  const [byStatus, steps, flowAnswers, flowHandovers] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>(), new Map<string, number>()]
  for (const row of rows) {
    count(total, row)
    count(tallyOf(byDay, row.day), row)
    count(tallyOf(byAccount, row.account), row)
    if (row.entry !== null) {
      count(tallyOf(byEntry, row.entry), row)
      count(tallyOf(byCode, codeKey(row.entry, row.account)), row)
    }
    if (row.article !== null) count(tallyOf(byArticle, row.article), row)
    add(byStatus, row.status, row.count)
    if (row.flow === null) continue
    if (row.status === 'flow') add(steps, `${row.flow}/${row.step ?? ''}`, row.count)
    if (row.status === 'answered') add(flowAnswers, row.flow, row.count)
    if (row.handover) add(flowHandovers, row.flow, row.count)
  }
  return { total, byDay, byAccount, byEntry, byCode, byArticle, byStatus, steps, flowAnswers, flowHandovers }
}

/** One code on one account. */
export const codeKey = (entry: string, account: AccountKey): string => `${account} ${entry}`

function count(tally: Tally, { status, handover, helpful, count: by }: Outcome & { count: number }): void {
  tally.turns += by
  if (wasAsked(status)) tally.asked += by
  if (status === 'answered') tally.answered += by
  if (status === 'no_source_found') tally.unanswered += by
  if (handover) tally.handovers += by
  if (helpful === 'yes') tally.helpful += by
  if (helpful === 'no') tally.notHelpful += by
}

function tallyOf<Key>(tallies: Map<Key, Tally>, key: Key): Tally {
  const known = tallies.get(key)
  if (known !== undefined) return known
  const made = { ...nothing }
  tallies.set(key, made)
  return made
}

const add = (counts: Map<string, number>, key: string, by: number): void => void counts.set(key, (counts.get(key) ?? 0) + by)

export function joined(parts: readonly Figures[]): Figures {
  const tallies = <Key>(of: (part: Figures) => ReadonlyMap<Key, Tally>): Map<Key, Tally> => {
    const sums = new Map<Key, Tally>()
    for (const part of parts) for (const [key, tally] of of(part)) sums.set(key, sum(sums.get(key) ?? nothing, tally))
    return sums
  }
  const counts = (of: (part: Figures) => ReadonlyMap<string, number>): Map<string, number> => {
    const sums = new Map<string, number>()
    for (const part of parts) for (const [key, by] of of(part)) add(sums, key, by)
    return sums
  }
  return {
    total: parts.reduce((all, { total }) => sum(all, total), nothing),
    byDay: tallies(({ byDay }) => byDay), byAccount: tallies(({ byAccount }) => byAccount), byEntry: tallies(({ byEntry }) => byEntry),
    byCode: tallies(({ byCode }) => byCode), byArticle: tallies(({ byArticle }) => byArticle),
    byStatus: counts(({ byStatus }) => byStatus), steps: counts(({ steps }) => steps), flowAnswers: counts(({ flowAnswers }) => flowAnswers), flowHandovers: counts(({ flowHandovers }) => flowHandovers),
  }
}

export const sum = (a: Tally, b: Tally): Tally => ({
  turns: a.turns + b.turns, asked: a.asked + b.asked, answered: a.answered + b.answered, unanswered: a.unanswered + b.unanswered,
  handovers: a.handovers + b.handovers, helpful: a.helpful + b.helpful, notHelpful: a.notHelpful + b.notHelpful,
})

/** Sums by another name of each key: articles by topic. */
export function regrouped<Key>(tallies: ReadonlyMap<Key, Tally>, nameOf: (key: Key) => string): Map<string, Tally> {
  const sums = new Map<string, Tally>()
  for (const [key, tally] of tallies) sums.set(nameOf(key), sum(sums.get(nameOf(key)) ?? nothing, tally))
  return sums
}

/** The largest first, equal ones by name. */
export const ranked = <Key extends string>(tallies: ReadonlyMap<Key, Tally>, by: keyof Tally = 'turns'): [Key, Tally][] =>
  [...tallies].sort(([a, x], [b, y]) => y[by] - x[by] || (a < b ? -1 : 1))
