import type { DatabaseSync } from 'node:sqlite'
import type { DeliveryStatus } from '../../core/delivery.ts'
import type { Millis } from '../../core/time.ts'
import { CAMPAIGN } from '../origins.ts'
import type { DeliveryCounts } from './lanes.ts'
import { inLedger } from './schema.ts'

/** Which part of which post to whom. */
export interface PlannedPart {
  contactId: number
  lineId: number
  n: number
}

/** The parts of one post to one contact, in their order. Inside a transaction. */
export interface Parts {
  /** This part has ended: the next one is due where it was sent; where it was not, the rest are skipped for the same reason. */
  goOn(part: PlannedPart, ended: DeliveryStatus, reason: string | null, now: Millis): void
}

export function openParts(db: DatabaseSync, counts: DeliveryCounts): Parts {
  // `+`: found by the contact, who has few rows, never by the line, which may have a hundred thousand.
  const makeDue = db.prepare(`
    update deliveries set ${inLedger}, due_at = ?1, noted_at = ?1
    where contact_id = ?2 and finished_at is null and +line_id = ?3 and part_no = ?4 and status = 'queued' and due_at is null`)
  const skipRest = db.prepare(`
    update deliveries set ${inLedger}, status = 'skipped', reason = ?1, due_at = null, finished_at = ?2
    where contact_id = ?3 and finished_at is null and +line_id = ?4 and part_no > ?5 and status = 'queued'`)
  return {
    goOn({ contactId, lineId, n }, ended, reason, now) {
      if (ended === 'sent') return void makeDue.run(now, contactId, lineId, n + 1)
      const { changes } = skipRest.run(reason, now, contactId, lineId, n)
      if (changes > 0) counts.moved(CAMPAIGN, 'queued', 'skipped', Number(changes))
    },
  }
}
