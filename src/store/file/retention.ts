import type { Millis } from '../../core/time.ts'
import type { RetentionTerms } from '../ports.ts'
import type { DeliveryRow } from '../rows.ts'
import type { ContactDocument, HistoryDocument, StoredDelivery, StoredEvent } from './contact-document.ts'
import { anonymousDelivery } from './erasure.ts'
import { aboutHistory, type Oldest } from './history.ts'

export type Removed = Record<keyof RetentionTerms, number>

export const nothingRemoved = (): Removed => ({ eventText: 0, replyText: 0, idleContact: 0, campaignKey: 0, dedupeKey: 0, unanswered: 0, audit: 0 })

/** Whether something of this age has outlived its term. */
export const isOver = (at: Millis | null, term: Millis, now: Millis): boolean => at !== null && at < now - term

/** Whether the contact has rows that have outlived their term. */
export function hasExpired(oldest: Oldest, terms: RetentionTerms, now: Millis): boolean {
  return isOver(oldest.oldestWords, terms.eventText, now) || isOver(oldest.oldestText, terms.replyText, now)
    || isOver(oldest.oldestCampaign, terms.campaignKey, now) || isOver(oldest.oldestEvent, terms.dedupeKey, now)
}

/**
 * Contact and history without what has outlived its term, each kind at most up to `limit` in `removed`, which is
 * counted up. `anonymous`: campaign deliveries that lost their contact key.
 */
export function expire(document: ContactDocument, history: HistoryDocument, terms: RetentionTerms, now: Millis, limit: number, removed: Removed):
{ document: ContactDocument; history: HistoryDocument; anonymous: DeliveryRow[] } {
  const anonymous: DeliveryRow[] = []
  const take = (kind: keyof Removed, at: Millis | null): boolean => {
    if (!isOver(at, terms[kind], now) || removed[kind] >= limit) return false
    removed[kind]++
    return true
  }
  const events = (rows: readonly StoredEvent[]): readonly StoredEvent[] => changedRows(rows, (row) => {
    if (row.status === 'waiting') return row
    const bare = row.body !== null && take('eventText', row.receivedAt) ? { ...row, body: null } : row
    return take('dedupeKey', row.receivedAt) ? null : bare
  })
  const deliveries = (rows: readonly StoredDelivery[]): readonly StoredDelivery[] => changedRows(rows, (row) => {
    const bare = row.part !== null && take('replyText', row.finishedAt) ? { ...row, part: null, questionMessageId: null } : row
    if (row.origin !== 'campaign' || !take('campaignKey', row.finishedAt)) return bare
    anonymous.push(anonymousDelivery(document, bare, now))
    return null
  })
  const older = { events: events(history.events), deliveries: deliveries(history.deliveries) }
  return {
    anonymous,
    history: older,
    document: { ...document, events: events(document.events), deliveries: deliveries(document.deliveries), history: aboutHistory(older) },
  }
}

/** The same list when no row changed. Null takes the row out. */
function changedRows<T>(rows: readonly T[], change: (row: T) => T | null): readonly T[] {
  const after = rows.map(change)
  return after.every((row, n) => row === rows[n]) ? rows : after.filter((row) => row !== null)
}
