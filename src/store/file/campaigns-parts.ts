import type { Millis } from '../../core/time.ts'
import type { StoredDelivery } from './contact-document.ts'

/**
 * The contact's deliveries after a planned one among them has ended or was put back: the next part of its post is due where this one
 * was sent, and where it ended otherwise the rest are skipped for the same reason.
 */
export function withPartsGoingOn(deliveries: readonly StoredDelivery[], { planned, status, reason }: StoredDelivery, now: Millis): readonly StoredDelivery[] {
  if (planned === undefined || status === 'queued' || status === 'sending') return deliveries
  return deliveries.map((row) => {
    if (row.status !== 'queued' || row.planned?.campaign !== planned.campaign || row.planned.post !== planned.post || row.planned.n <= planned.n) return row
    if (status !== 'sent') return { ...row, status: 'skipped', reason, dueAt: null, finishedAt: now }
    return row.planned.n === planned.n + 1 && row.dueAt === null ? { ...row, dueAt: now, waitsSince: now } : row
  })
}
