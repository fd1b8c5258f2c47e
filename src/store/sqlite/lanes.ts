import type { DatabaseSync } from 'node:sqlite'
import type { DeliveryStatus, Origin } from '../../core/delivery.ts'
import { isFixed } from '../../core/fixed.ts'
import type { Part } from '../../core/message.ts'
import type { Millis } from '../../core/time.ts'
import { bit } from '../column-values.ts'
import { CAMPAIGN, origins } from '../origins.ts'
import type { NewDelivery } from '../ports.ts'
import { inLedger } from './schema.ts'
import type { SharedParts } from './shared-parts.ts'
import type { Totals } from './writer.ts'

/** How many deliveries stand in each status, kept as they change: counting a ledger of millions would stop the server. */
export interface DeliveryCounts extends Totals {
  moved(origin: number, from: DeliveryStatus | null, to: DeliveryStatus | null, count?: number): void
  all(): { origin: Origin; status: DeliveryStatus; count: number }[]
}

export function openDeliveryCounts(db: DatabaseSync): DeliveryCounts {
  const add = db.prepare(`
    insert into delivery_counts (origin, status, count) values (?, ?, ?)
    on conflict do update set count = count + excluded.count`)
  const selectAll = db.prepare('select origin, status, count from delivery_counts where count <> 0 order by origin, status')
  const changes = origins.map(() => new Map<DeliveryStatus, number>())
  let changed = false
  const change = (origin: number, status: DeliveryStatus, by: number): void => {
    const counts = changes[origin]!
    counts.set(status, (counts.get(status) ?? 0) + by)
  }
  const forget = (): void => {
    changed = false
    for (const counts of changes) counts.clear()
  }
  return {
    moved(origin, from, to, count = 1) {
      changed = true
      if (from !== null) change(origin, from, -count)
      if (to !== null) change(origin, to, count)
    },
    all: () => selectAll.all().map((row) => ({ origin: origins[Number(row.origin)]!, status: row.status as DeliveryStatus, count: Number(row.count) })),
    write() {
      if (!changed) return
      for (const [origin, counts] of changes.entries()) for (const [status, by] of counts) if (by !== 0) add.run(origin, status, by)
      forget()
    },
    discard: forget,
  }
}

/**
 * A contact's two lanes: replies and staff messages in one, campaigns in the other. Within a lane only the first that is
 * not final can be due. Planned deliveries stand in neither (`campaigns-parts.ts`), but `endAll` ends them too. All of these run
 * inside a transaction.
 */
export interface Lanes {
  /** Its row; null when it was queued before. */
  queue(contact: { id: number; accountId: number }, delivery: NewDelivery, now: Millis): number | null
  /** Whether something in the lane of this origin is not final. */
  isTaken(contactId: number, origin: Origin): boolean
  /** Under way from the start, in a lane that is not taken. `until` is the end of the lease. Its row. */
  queueSending(contact: { id: number; accountId: number }, delivery: NewDelivery, now: Millis, until: Millis, holder: number): number
  /** Lets the first of the lane be due, where it waited for the one before it: its row, null when there is none. */
  advance(contactId: number, campaign: boolean, now: Millis): number | null
  /** Queued replies become `skipped`. */
  cancelReplies(contactId: number, reason: string, now: Millis): void
  /** Everything not final becomes so: queued ones `skipped`, those under way `uncertain`, both `erased`. */
  endAll(contactId: number, now: Millis): void
}

/** What is not final in a lane of the person: `campaign` 1 that of campaigns, 0 the other. */
export const openInLane = (contactId: string, campaign: string): string =>
  `select 1 from deliveries where contact_id = ${contactId} and finished_at is null and line_id is null and (origin = 2) = ${campaign}`

export function openLanes(db: DatabaseSync, counts: DeliveryCounts, shared: SharedParts): Lanes {
  const insert = db.prepare(`
    insert into deliveries (id, contact_id, account_id, origin, status, question_at, question_message_id, queued_at, noted_at, part, due_at, attempts, claims, claimed_by)
    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9, ?10, ?11, ?11, ?12)`)
  const selectOpenIn = db.prepare(`${openInLane('?', '?')} limit 1`)
  const selectQueued = db.prepare('select 1 from deliveries where contact_id = ? and finished_at is null and id = ?')
  const selectFirst = db.prepare(`
    select seq, due_at from deliveries where contact_id = ? and finished_at is null and line_id is null and (origin = 2) = ? order by seq limit 1`)
  const makeDue = db.prepare('update deliveries set due_at = ?1, noted_at = ?1 where seq = ?2')
  const cancel = db.prepare(`
    update deliveries set status = 'skipped', reason = ?, due_at = null, finished_at = ?
    where contact_id = ? and finished_at is null and origin = 0 and status = 'queued'`)
  const selectOpen = db.prepare('select origin, status from deliveries where contact_id = ? and finished_at is null')
  const endOpen = db.prepare(`
    update deliveries set ${inLedger}, status = iif(status = 'sending', 'uncertain', 'skipped'), reason = 'erased', due_at = null, finished_at = ?
    where contact_id = ? and finished_at is null`)

  const columnOf = (part: Part): string => (isFixed(part) ? shared.columnOf(part) : JSON.stringify(part))

  function advance(contactId: number, campaign: boolean, now: Millis): number | null {
    const first = selectFirst.get(contactId, bit(campaign))
    if (first === undefined || first.due_at !== null) return null
    makeDue.run(now, Number(first.seq))
    return Number(first.seq)
  }
  const isTaken = (contactId: number, origin: number): boolean => selectOpenIn.get(contactId, bit(origin === CAMPAIGN)) !== undefined

  /** `holder` null: queued. */
  function add(contact: { id: number; accountId: number }, delivery: NewDelivery, origin: number, now: Millis, dueAt: Millis | null, holder: number | null): number {
    const status = holder === null ? 'queued' : 'sending'
    const { lastInsertRowid } = insert.run(
      delivery.id, contact.id, contact.accountId, origin, status, delivery.questionAt, delivery.questionMessageId ?? null, now, columnOf(delivery.part), dueAt,
      holder === null ? 0 : 1, holder ?? 0)
    counts.moved(origin, null, status)
    return Number(lastInsertRowid)
  }

  return {
    advance,
    queue(contact, delivery, now) {
      const origin = origins.indexOf(delivery.origin)
      if (!isTaken(contact.id, origin)) return add(contact, delivery, origin, now, now, null)
      return selectQueued.get(contact.id, delivery.id) === undefined ? add(contact, delivery, origin, now, null, null) : null
    },
    isTaken: (contactId, origin) => isTaken(contactId, origins.indexOf(origin)),
    queueSending: (contact, delivery, now, until, holder) => add(contact, delivery, origins.indexOf(delivery.origin), now, until, holder),
    cancelReplies(contactId, reason, now) {
      const { changes } = cancel.run(reason, now, contactId)
      if (changes === 0) return
      counts.moved(0, 'queued', 'skipped', Number(changes))
      advance(contactId, false, now)
    },
    endAll(contactId, now) {
      for (const { origin, status } of selectOpen.all(contactId)) {
        counts.moved(Number(origin), status as DeliveryStatus, status === 'sending' ? 'uncertain' : 'skipped')
      }
      endOpen.run(now, contactId)
    },
  }
}
