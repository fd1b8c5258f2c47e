import { aMoment, othersTurn } from '../core/others-turn.ts'
import type { Store } from '../store/ports.ts'

/** Reads of many rows: up to some milliseconds each, in which a store on this machine lets nobody else do anything. */
const longReads = [
  'load', 'readOutcomes', 'listUnanswered', 'releasedUnanswered', 'listHandovers', 'handoversAsked', 'listComments', 'deadEvents', 'listEntries', 'exportContact',
  'listCampaigns', 'readLedger', 'listPublications', 'listUncertain', 'listRecipients', 'reachedBy', 'contactFacts',
] as const satisfies (keyof Store)[]

/**
 * The store as the pages of staff use it: long reads begin one after another, however many pages are made at once, and before
 * each of them and before what is made of it citizens' messages go first. A page takes some milliseconds longer, a webhook waits
 * for one read at most and not for a page.
 */
export function inTurns(store: Store): Store {
  let last: Promise<unknown> = Promise.resolve()
  const politely = <Given extends unknown[], Found>(read: (...given: Given) => Promise<Found>) => async (...given: Given): Promise<Found> => {
    const begun = last.then(aMoment).then(() => ({ found: read(...given) }))
    last = begun.catch(() => undefined)
    const found = await (await begun).found
    await othersTurn()
    return found
  }
  const reads = Object.fromEntries(longReads.map((name) => [name, politely(store[name] as (...given: unknown[]) => Promise<unknown>)]))
  return { ...store, ...reads as Pick<Store, (typeof longReads)[number]> }
}
