import * as z from 'zod'
import { vietnamDay, type Millis } from '../../core/time.ts'
import type { Outcome } from '../ports.ts'
import { outcomeRow, unansweredRow, type OutcomeRow, type UnansweredRow } from '../rows.ts'
import { outcomesFile, unansweredFile } from './names.ts'
import type { Document } from './patch.ts'
import type { Unit } from './unit.ts'

/** One day's outcomes, in `outcomes/<day>.json`. */
export const outcomesDocument = z.object({ rows: z.array(outcomeRow.extend({ id: z.string() })) })
interface OutcomesDocument { readonly rows: readonly (OutcomeRow & { id: string })[] }

/** One month's questions that nobody could answer, in `unanswered/<month>.json`. */
export const unansweredDocument = z.object({ rows: z.array(unansweredRow) })
interface UnansweredDocument { readonly rows: readonly UnansweredRow[] }

const countable = outcomeRow.omit({ count: true }).extend({ day: z.string().regex(/^\d{4}-\d\d-\d\d$/) })

/** Throws when it cannot be counted: a day that is none. */
export function checkOutcome(outcome: Outcome): void {
  countable.parse(outcome)
}

/** One more (or `count`) of this outcome on its day. */
export function countOutcome(unit: Unit, outcome: Outcome, count = 1): void {
  const { day, account, entry, flow, step, article, status, handover, helpful } = outcome
  const id = JSON.stringify([account, entry, flow, step, article, status, handover, helpful])
  const rows = unit.read<OutcomesDocument>(outcomesFile(day))?.rows ?? []
  const known = rows.findIndex((row) => row.id === id)
  const row = { id, day, account, entry, flow, step, article, status, handover, helpful, count: count + (rows[known]?.count ?? 0) }
  unit.write(outcomesFile(day), { rows: known < 0 ? [...rows, row] : rows.with(known, row) })
}

export function outcomesOf(document: Document | null): (Outcome & { count: number })[] {
  return ((document as OutcomesDocument | null)?.rows ?? []).map(({ id: _, ...row }) => row as Outcome & { count: number })
}

export function keepUnanswered(unit: Unit, contactKey: string, { question, status }: { question: string; status: string }, at: Millis): void {
  addUnanswered(unit, { id: String(unit.nextNumber()), question, status, at, contactKey })
}

/** What this contact asked, oldest first. */
export const unansweredBy = (unit: Unit, contactKey: string): { question: string; at: Millis }[] =>
  unit.names('unanswered').flatMap((name) => unansweredOf(unit.read(name))).filter((row) => row.contactKey === contactKey)
    .sort((a, b) => a.at - b.at || numberOf(a) - numberOf(b)).map(({ question, at }) => ({ question, at }))

/** Takes out what this contact asked. */
export function forgetUnanswered(unit: Unit, contactKey: string): void {
  for (const name of unit.names('unanswered')) {
    const rows = unansweredOf(unit.read(name))
    const left = rows.filter((row) => row.contactKey !== contactKey)
    if (left.length < rows.length) unit.write(name, left.length === 0 ? null : { rows: left })
  }
}

export function addUnanswered(unit: Unit, row: UnansweredRow): void {
  unit.passNumber(numberOf(row))
  const name = unansweredFile(vietnamDay(row.at))
  unit.write(name, { rows: [...unansweredOf(unit.read(name)), row] })
}

/** A person lets it into reports. False when there is no such question. */
export function releaseQuestion(unit: Unit, id: string, by: string, at: Millis): boolean {
  for (const name of unit.names('unanswered')) {
    const rows = unansweredOf(unit.read(name))
    if (!rows.some((row) => row.id === id)) continue
    unit.write(name, { rows: rows.map((row) => (row.id === id ? { ...row, released: { by, at } } : row)) })
    return true
  }
  return false
}

/** Asked between two days, both included, oldest first. */
export function releasedQuestions(unit: Unit, from: string, to: string): { question: string; day: string; releasedBy: string }[] {
  return unit.names('unanswered').flatMap((name) => unansweredOf(unit.read(name))).sort((a, b) => a.at - b.at || numberOf(a) - numberOf(b))
    .flatMap(({ question, at, released }) => (released === undefined ? [] : [{ question, day: vietnamDay(at), releasedBy: released.by }]))
    .filter(({ day }) => day >= from && day <= to)
}

/** The number that a question's id is; 0 when it is none. */
export const numberOf = ({ id }: UnansweredRow): number => (/^\d{1,15}$/.test(id) ? Number(id) : 0)

/** Oldest first. */
export const unansweredOf = (document: Document | null): readonly UnansweredRow[] => (document as UnansweredDocument | null)?.rows ?? []
