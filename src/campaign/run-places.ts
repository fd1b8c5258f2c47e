import type { AccountKey } from '../core/contact.ts'
import type { ClaimedDelivery } from '../core/delivery.ts'
import { errorName } from '../core/error-name.ts'
import type { Log } from '../core/ports.ts'
import { SECOND, type Clock, type Millis } from '../core/time.ts'
import type { Pacing, Place } from '../store/ports.ts'
import type { RateLimit } from './rules.ts'

/** Places of an account's limit that the processes of one store share, beside the limiter of each. */
export interface SharedPlaces {
  /** Takes so many for announcements that start right away, or as many as there are; none while nobody can tell. Returns how many. */
  take(want: number): Promise<number>
  /** So many of those taken are not used after all. */
  spare(count: number): void
  /** The send of this id begins, on a place that was taken. */
  use(id: string): void
  /** Resolves when the reply of this id has a place; after a while without one too, since a citizen is answered whatever happens. */
  enter(id: string): Promise<void>
  /** The call is over. Unknown ids are ignored. */
  answered(id: string): void
  /** Nobody waits any more. */
  close(): void
}

/** Where one process has the store. */
export const ownPlaces: SharedPlaces = {
  take: async (want) => want, spare: () => undefined, use: () => undefined, enter: async () => undefined, answered: () => undefined, close: () => undefined,
}

export interface SharedPlacesPorts {
  pacing: Pacing
  account: AccountKey
  limit: RateLimit
  keptForReplies: number
  after(time: Millis, work: () => void): () => void
  now: Clock
  log: Log
}

/** Whoever wrote so lately may be getting a reply, from any process. */
const inTalk: Millis = 10 * SECOND

/**
 * Whether another process may have written to this chat within `pause`, of which this one knows nothing: until when it then waits;
 * null: it may send. That is so for the further parts of a post, due as soon as somebody has sent the one before, and while a
 * citizen is being answered; everything else to one contact lies further apart. Once it has waited it goes.
 */
export function afterOthers({ id, attempt, lastInboundAt }: Pick<ClaimedDelivery, 'id' | 'attempt' | 'lastInboundAt'>, pause: Millis, now: Millis): Millis | null {
  if (attempt > 1) return null
  if (lastInboundAt !== null && now < lastInboundAt + inTalk) return lastInboundAt + inTalk
  return id.endsWith('#1') ? null : now + pause
}

/** No call of a platform takes longer: then it is given up. */
const longestCall: Millis = 20 * SECOND
const longestWait: Millis = 3 * SECOND
const keptMore = 3

export function createSharedPlaces({ pacing, account, limit, keptForReplies, after, now, log }: SharedPlacesPorts): SharedPlaces {
  const pause = Math.max(10, limit.within / limit.most / 3)
  let taken: Place[] = []
  const used = new Map<string, Place>()
  /** Replies that wait here: announcements of this process wait too. Those of others do not know, so that more is kept for replies. */
  let waiting = 0
  let closed = false

  const takeUpTo = (want: number, most: number): Promise<Place[]> => {
    const at = now()
    return pacing.takePlaces(account, want, most, at, at + longestCall + limit.within).catch((error: unknown) => {
      log.warn({ account, error: errorName(error) }, 'cannot take places of the limit')
      return []
    })
  }
  /** Failing costs no more than waiting until they run out. */
  const giveBack = (places: readonly Place[], freeAt: Millis): void =>
    void pacing.givePlacesBack(account, places, freeAt).catch((error: unknown) => log.warn({ account, error: errorName(error) }, 'cannot give places of the limit back'))

  return {
    async take(want) {
      if (waiting > 0) return 0
      const places = await takeUpTo(want, Math.max(1, limit.most - keptForReplies * keptMore))
      taken.push(...places)
      return places.length
    },
    spare(count) {
      const back = taken.slice(0, count)
      taken = taken.slice(count)
      if (back.length > 0) giveBack(back, now())
    },
    use(id) {
      const place = taken.shift()
      if (place !== undefined) used.set(id, place)
    },
    async enter(id) {
      waiting++
      try {
        for (const end = now() + longestWait; !closed && now() < end;) {
          const [place] = await takeUpTo(1, limit.most)
          if (place !== undefined) return void used.set(id, place)
          await new Promise<void>((go) => after(pause, go))
        }
      } finally {
        waiting--
      }
    },
    answered(id) {
      const place = used.get(id)
      if (place === undefined) return
      used.delete(id)
      giveBack([place], now() + limit.within)
    },
    close() {
      closed = true
    },
  }
}
