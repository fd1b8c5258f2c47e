import type { DatabaseSync } from 'node:sqlite'
import type { MeansName } from '../../core/campaign.ts'
import type { Totals } from './writer.ts'

/** One post on one account. */
export interface Line {
  id: number
  campaign: string
  post: string
  means: MeansName
}

/** Lines by their row. They are never removed and never change in this, so that what was once read stays true. */
export interface Lines extends Totals {
  of(id: number): Line
}

export function openLines(db: DatabaseSync): Lines {
  const select = db.prepare('select id, campaign, post, means from campaign_lines where id = ?')
  const known = new Map<number, Line>()
  return {
    of(id) {
      const line = known.get(id) ?? ({ ...select.get(id) } as unknown as Line)
      known.set(id, line)
      return line
    },
    write: () => undefined,
    // What the undone part made is gone, and its ids may come again for others.
    discard: () => known.clear(),
  }
}
