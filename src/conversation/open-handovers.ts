import { DAY, type Millis } from '../core/time.ts'
import type { Handover, Store } from '../store/ports.ts'

/** As many of the oldest are read. */
const mostOldest = 500
/** Longer than any holiday, after which somebody is still waited for. */
const lookedBack = 14 * DAY

/**
 * Everybody who waits for a person, whoever asked first first. What nobody ever answers stays open and must not hide who asks today:
 * of very many these are the oldest, and whoever asked in the last two weeks, of them at most the last `mostLatest`.
 */
export async function openHandovers(store: Pick<Store, 'listHandovers' | 'handoversAsked'>, now: Millis, mostLatest = Infinity): Promise<Handover[]> {
  const oldest = await store.listHandovers({ open: true, limit: mostOldest })
  const last = oldest.at(-1)
  if (last === undefined || oldest.length < mostOldest) return oldest
  const known = new Set(oldest.map(({ id }) => id))
  const latest = await store.handoversAsked(Math.max(last.askedAt, now - lookedBack), now)
  return [...oldest, ...latest.filter(({ id, closedAt }) => closedAt === null && !known.has(id)).slice(-mostLatest)]
}

/** The request of this person that nobody has closed; null where there is none, or nothing is kept of them. */
export async function openHandoverOf(store: Pick<Store, 'exportContact'>, contactKey: string): Promise<Handover | null> {
  const kept = await store.exportContact(contactKey)
  return kept?.handovers.find(({ closedAt }) => closedAt === null) ?? null
}
