import type { DeliveryStatus } from '../../core/delivery.ts'
import type { Millis } from '../../core/time.ts'
import { isFinal, type ContactDocument, type HistoryDocument, type StoredDelivery, type StoredEvent } from './contact-document.ts'

/** So many done rows of each kind stay in the contact's own document: it is written often and must stay small. */
const KEPT = 12
/** Rows move when there are twice as many, so that the history is written seldom. */
const MOVED_AT = 2 * KEPT

/** Moves older done rows into the history; null when there is nothing to move yet. Planned deliveries stay: figures are made of them. */
export function archive(document: ContactDocument, readHistory: () => HistoryDocument): { document: ContactDocument; history: HistoryDocument } | null {
  const doneEvents = document.events.filter((event) => event.status === 'handled')
  const doneDeliveries = document.deliveries.filter((row) => isFinal(row.status) && row.planned === undefined)
  if (doneEvents.length <= MOVED_AT && doneDeliveries.length <= MOVED_AT) return null
  const movedEvents = new Set(doneEvents.slice(0, -KEPT))
  const movedDeliveries = new Set(doneDeliveries.slice(0, -KEPT))
  const old = readHistory()
  const history = { events: [...old.events, ...movedEvents], deliveries: [...old.deliveries, ...movedDeliveries] }
  return {
    history,
    document: {
      ...document,
      events: document.events.filter((event) => !movedEvents.has(event)),
      deliveries: document.deliveries.filter((row) => !movedDeliveries.has(row)),
      history: aboutHistory(history),
    },
  }
}

/** What the contact's document says about its history; null when that is empty. */
export function aboutHistory(history: HistoryDocument): ContactDocument['history'] {
  if (history.events.length === 0 && history.deliveries.length === 0) return null
  return { events: history.events.length, deliveries: countRows(history.deliveries), ...oldestOf(history) }
}

/** How old the oldest of each kind is that retention has yet to act on; null when there is none. */
export interface Oldest {
  oldestWords: Millis | null
  oldestEvent: Millis | null
  oldestText: Millis | null
  oldestCampaign: Millis | null
}

/** Only what is done: waiting words and queued messages are still needed. */
export function oldestOf(rows: { events: readonly StoredEvent[]; deliveries: readonly StoredDelivery[] }): Oldest {
  const oldest: Oldest = { oldestWords: null, oldestEvent: null, oldestText: null, oldestCampaign: null }
  for (const event of rows.events) {
    if (event.status === 'waiting') continue
    if (event.body !== null) oldest.oldestWords = earlier(oldest.oldestWords, event.receivedAt)
    oldest.oldestEvent = earlier(oldest.oldestEvent, event.receivedAt)
  }
  for (const row of rows.deliveries) {
    if (row.finishedAt === null) continue
    if (row.origin === 'campaign') oldest.oldestCampaign = earlier(oldest.oldestCampaign, row.finishedAt)
    if (row.part !== null) oldest.oldestText = earlier(oldest.oldestText, row.finishedAt)
  }
  return oldest
}

export function earlier(a: Millis | null, b: Millis | null): Millis | null {
  if (a === null || b === null) return a ?? b
  return Math.min(a, b)
}

type Count = { origin: StoredDelivery['origin']; status: Exclude<DeliveryStatus, 'sending'>; count: number }

function countRows(rows: readonly StoredDelivery[]): Count[] {
  const counts = new Map<string, Count>()
  for (const { origin, status } of rows) {
    if (status === 'sending') continue
    const known = counts.get(`${origin} ${status}`)
    if (known === undefined) counts.set(`${origin} ${status}`, { origin, status, count: 1 })
    else known.count++
  }
  return [...counts.values()]
}
