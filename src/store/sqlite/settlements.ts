import type { DeliveryStatus } from '../../core/delivery.ts'
import type { Millis } from '../../core/time.ts'
import { CAMPAIGN } from '../origins.ts'
import type { Settling } from '../settling.ts'
import type { Core } from './core.ts'
import { openParts } from './campaigns-parts.ts'
import { openEraser } from './eraser.ts'
import { inLedger } from './schema.ts'

export interface Settlements {
  /** Inside a transaction. */
  settle(event: Settling, contactKey: string, now: Millis): void
}

interface EchoedDelivery {
  seq: number
  contact_id: number | null
  origin: number
  status: DeliveryStatus
  line_id: number | null
  /** Of a planned one; means nothing for others. */
  part_no: number
}

/** A receipt only ever replaces a smaller one. */
const rank = `case receipt when 'delivered' then 1 when 'failed' then 2 when 'read' then 3 else 0 end`
const ranks = { delivered: 1, failed: 2, read: 3 } as const

export function openSettlements(core: Core): Settlements {
  const { db, counts, lanes } = core
  const eraser = openEraser(core)
  const parts = openParts(db, counts)
  const echoed = 'select d.seq, d.contact_id, d.origin, d.status, d.line_id, d.part_no from deliveries d'
  const selectOpen = db.prepare(`${echoed} join contacts c on c.id = d.contact_id where c.contact_key = ? and d.finished_at is null and d.id = ?`)
  const selectUncertain = db.prepare(`${echoed} where d.id = ? and d.status = 'uncertain'`)
  const settleSent = db.prepare(`
    update deliveries set ${inLedger}, status = 'sent', reason = null, platform_message_id = ?, due_at = null, finished_at = coalesce(finished_at, ?) where seq = ?`)
  const selectContact = db.prepare('select id from contacts where contact_key = ?')
  const markOne = db.prepare(`
    update deliveries set receipt = ?1 where contact_id = ?2 and origin = 2 and finished_at is not null and platform_message_id = ?3 and ${rank} < ?4`)
  const markUpTo = db.prepare(`
    update deliveries set receipt = ?1 where contact_id = ?2 and origin = 2 and finished_at <= ?3 and status = 'sent' and ${rank} < ?4`)

  const dropComment = db.prepare(`
    update events set body = null where kind = 'comment' and body is not null and contact_id = (select id from contacts where contact_key = ?1)
      and body ->> '$.fields.comment_id' = ?2 and (?3 is null or body ->> '$.fields.message' is not ?3)`)

  function settleEcho(event: Extract<Settling, { kind: 'echo' }>, contactKey: string, now: Millis): void {
    const row = (selectOpen.get(contactKey, event.deliveryId) ?? selectUncertain.get(event.deliveryId)) as EchoedDelivery | undefined
    if (row === undefined) return
    settleSent.run(row.contact_id === null ? null : event.platformMessageId, now, row.seq)
    counts.moved(row.origin, row.status, 'sent')
    if (row.contact_id === null || row.status === 'uncertain') return
    if (row.line_id !== null) return parts.goOn({ contactId: row.contact_id, lineId: row.line_id, n: row.part_no }, 'sent', null, now)
    lanes.advance(row.contact_id, row.origin === CAMPAIGN, now)
    eraser.endFarewell(row.contact_id, now)
  }

  function markReceipt(event: Extract<Settling, { kind: 'receipt' }>, contactKey: string): void {
    const contact = selectContact.get(contactKey)
    if (contact === undefined) return
    const id = Number(contact.id)
    for (const platformId of event.platformMessageIds ?? []) markOne.run(event.status, id, platformId, ranks[event.status])
    if (event.readUpTo !== undefined) markUpTo.run(event.status, id, event.readUpTo, ranks[event.status])
  }

  function removeComment({ commentId, words }: Extract<Settling, { kind: 'comment_removed' }>, contactKey: string): void {
    dropComment.run(contactKey, commentId, words)
  }

  return {
    settle(event, contactKey, now) {
      if (event.kind === 'echo') settleEcho(event, contactKey, now)
      else if (event.kind === 'comment_removed') removeComment(event, contactKey)
      else markReceipt(event, contactKey)
    },
  }
}
