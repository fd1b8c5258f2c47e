import { createHash } from 'node:crypto'
import { DAY, MINUTE, type Millis } from '../../core/time.ts'
import type { D1 } from './binding.ts'
import { openDatabase, quiet, rowsOf, statement, type Step } from './database.ts'

/**
 * Who was erased, kept in a database of its own, so that a restore (Time Travel) does not bring them back. The store's own
 * database keeps a digest of every line it has taken in: one that was restored does not know the later ones.
 */
export interface Graves {
  /** Notes an erasure before it commits; durable when it resolves. What it resolves to belongs into the erasure's batch. Rejects with `StoreUnavailable`. */
  bury(contactKey: string, at: Millis): Promise<Step<null>>
  /** All lines that a restore could need. Those that none can need any more go. */
  list(now: Millis): Promise<Line[]>
}
interface Line { contactKey: string; at: Millis }

const make = 'create table if not exists erasures (contact_key text not null, at integer not null, primary key (contact_key, at)) strict, without rowid'
const insert = 'insert into erasures (contact_key, at) values (?1, ?2) on conflict do nothing'
/** Time Travel goes back 30 days (https://developers.cloudflare.com/d1/reference/time-travel/), and somebody may take a week to notice. */
const kept: Millis = 37 * DAY
/** An erasure is noted before it commits: for so long it may still be under way. */
const underWay: Millis = 1 * MINUTE

/** What the database knows a line by: nobody is named in it. */
const digestOf = ({ contactKey, at }: Line): string => createHash('sha256').update(`${contactKey} ${at}`).digest('base64url').slice(0, 22)
const noteBuried = (line: Line): Step<null> => quiet(statement('insert into tombstones (line) values (?1) on conflict do nothing', digestOf(line)))

/** `erasures` null: nothing is kept outside the store's database. */
export function openGraves(erasures: D1 | null): Graves {
  if (erasures === null) return { bury: async () => quiet(), list: async () => [] }
  const outside = openDatabase(erasures)
  return {
    async bury(contactKey, at) {
      await outside.run(quiet(statement(make), statement(insert, contactKey, at)))
      return noteBuried({ contactKey, at })
    },
    async list(now) {
      const [, lines] = await outside.run(
        quiet(statement(make), statement('delete from erasures where at < ?1', now - kept)),
        rowsOf<Line>('select contact_key as contactKey, at from erasures where at < ?1 order by at', now - underWay))
      return lines
    },
  }
}

/**
 * Forgets a person at once; what goes with the row the trigger `contacts_erased` says. A row is told where there was one. `seenBy`: not who was first
 * seen later.
 */
export const forgetting = (contactKey: string, now: Millis, seenBy: Millis = Number.MAX_SAFE_INTEGER): Step<{ id: number }[]> => {
  const erased = statement('update contacts set erased_at = ?2 where contact_key = ?1 and first_seen_at <= ?3 returning id', contactKey, now, seenBy)
  return { statements: [erased, statement('delete from contacts where contact_key = ?1 and first_seen_at <= ?2', contactKey, seenBy)], read: ([rows]) => rows as { id: number }[] }
}

/**
 * Erases who was erased after the state that this database was restored to, and says how many were still there. A line can also be left by an erasure
 * that failed and was asked for again: who was first seen after it has come back, and stays. The tables are there. Safe to repeat.
 */
export async function eraseAgain(d1: D1, erasures: D1, now: Millis): Promise<number> {
  const lines = new Map((await openGraves(erasures).list(now)).map((line) => [digestOf(line), line]))
  if (lines.size === 0) return 0
  const database = openDatabase(d1)
  const missed = await database.rows<{ line: string }>('select value as line from json_each(?1) where value not in (select line from tombstones)', JSON.stringify([...lines.keys()]))
  let back = 0
  for (const { line } of missed) {
    const one = lines.get(line)!
    const [erased] = await database.run(forgetting(one.contactKey, now, one.at), noteBuried(one))
    back += erased.length
  }
  return back
}
