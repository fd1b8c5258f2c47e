import type { AccountKey } from '../core/contact.ts'
import type { ClaimedDelivery } from '../core/delivery.ts'
import type { Millis } from '../core/time.ts'
import { createHold, createLimiter } from './limiter.ts'
import { afterOthers, ownPlaces, type SharedPlaces } from './run-places.ts'
import type { RateLimit } from './rules.ts'

/** One account's way out: how many announcements may start now, with the replies that share the platform's limit. */
export interface Lane {
  readonly account: AccountKey
  /** So many announcements may be claimed now, beside those that are and have not started; and when to ask again (null: when an answer comes). */
  room(now: Millis, claimed: number): { free: number; askAgainAt: Millis | null }
  /** When the next one may start; null: when an answer comes. */
  startsAt(now: Millis): Millis | null
  /** The platform told us to wait. */
  isHeld(now: Millis): boolean
  /** Takes so many places of the limit that other processes share, or as many as there are; each is used by a `start` or spared. */
  take(want: number): Promise<number>
  spare(count: number): void
  /** False: not now. */
  start(id: string, chat: string, now: Millis): boolean
  answered(id: string, now: Millis): void
  hold(until: Millis, now: Millis): void
  /** As the limiter's; where other processes send too, also for what one of them may just have sent. Null: a message to the chat is under way. */
  chatFreeAt(delivery: Pick<ClaimedDelivery, 'id' | 'contactKey' | 'attempt' | 'lastInboundAt'>, now: Millis): Millis | null
  /** As `SharedPacing.enter`. */
  enterReply(id: string, chat: string, now: Millis): Promise<void> | null
  /** Takes a place for a call in the account's own channel, where the limit is shared. Null: it has one, or none is needed; else when to ask again. */
  enterPublication(id: string, now: Millis): Promise<Millis | null>
  /** Gives free places to replies that wait for one; when to do it again, as far as known. Null: none waits. */
  serveReplies(now: Millis): Millis | null
  /** Lets all waiting replies go: nobody counts any more. */
  close(): void
}

export interface LaneOptions {
  account: AccountKey
  limit: RateLimit
  chatLimit: RateLimit | null
  /** Replies count against the same limit. */
  shared: boolean
  /** What went out right before is not known: taken to be as much as there may be, so that no announcement starts in the first `within`. */
  openedAt: Millis
  /** A process before this one may have sent until then: replies wait too. Else they were the only ones to go, and go on. */
  othersUntil: Millis
  /** Where several processes send on the account; absent: this one alone. */
  places?: SharedPlaces
}

/** Of a limit that counts replies, one place is theirs. */
export const keptForReplies = (shared: boolean): number => (shared ? 1 : 0)

/** A tenth of the limit may start at once; more would free their places at once too, and a reply find none for as long. */
const burstShare = 10
/**
 * Claims are written a little before their places become free, so that no place lies idle while the disk is waited for; and for
 * what may start within a moment together, since each claim holds up replies for as long as the disk takes.
 */
const claimedEarly: Millis = 30
const claimedFor: Millis = 125
/** So many are claimed together: a kill leaves what is claimed unknown. */
const mostTogether = 8
/** The chat in which an account publishes, beside those of people. */
const ownChannel = ''

export function createLane({ account, limit, chatLimit, shared, openedAt, othersUntil, places = ownPlaces }: LaneOptions): Lane {
  const kept = keptForReplies(shared)
  const { within } = limit
  const isRestart = openedAt < othersUntil + within
  const limiter = createLimiter({ limit, chatLimit, keptForReplies: kept, restartedAt: isRestart ? openedAt : null })
  const spacing = within / limit.most
  const burst = Math.min(mostTogether, Math.max(1, Math.floor(limit.most / burstShare)))
  /** The moment at which those started so far would all have started, evenly spread. */
  let spreadTo: Millis = Number.NEGATIVE_INFINITY
  let waiting: { id: string; chat: string; go: () => void }[] = []
  // A place of many processes is one only once it is free.
  const [early, ahead] = places === ownPlaces ? [claimedEarly, claimedFor] : [0, 0]
  const together = Math.min(mostTogether, Math.max(burst, Math.ceil((limit.most / within) * ahead)))
  const held = createHold()
  held.begin(openedAt + within, openedAt)

  /** A clock put back leaves no more than one window to wait. */
  function spreadFrom(now: Millis): Millis {
    spreadTo = Math.min(spreadTo, now + within)
    return Math.max(spreadTo, now)
  }
  /** When the nth from now may start, as far as spreading goes. */
  const spreadAt = (nth: number, now: Millis): Millis => spreadFrom(now) + (nth - burst) * spacing
  function startsAt(nth: number, now: Millis): Millis | null {
    const free = limiter.whenFree(nth, now)
    return free === null ? null : Math.max(free, spreadAt(nth, now))
  }
  const startable = (by: Millis, now: Millis): number => Math.min(limiter.freeBy(by, now), Math.max(0, Math.floor((by - spreadAt(1, now)) / spacing + 1.001)))

  return {
    account,
    chatFreeAt(delivery, now) {
      const freeAt = limiter.chatFreeAt(delivery.contactKey)
      if (freeAt === null || freeAt > now || chatLimit === null || places === ownPlaces) return freeAt
      return afterOthers(delivery, chatLimit.within / chatLimit.most, now) ?? freeAt
    },
    startsAt: (now) => startsAt(1, now),
    isHeld: held.isOn,
    hold(until, now) {
      held.begin(until, now)
      limiter.holdUntil(until, now)
    },
    take: places.take,
    spare: places.spare,
    answered(id, now) {
      limiter.answered(id, now)
      places.answered(id)
    },
    room(now, claimed) {
      if (held.isOn(now)) return { free: 0, askAgainAt: held.until() }
      if (claimed >= together) return { free: 0, askAgainAt: startsAt(1, now) }
      const next = startsAt(claimed + 1, now)
      if (next === null || next > now + early) return { free: 0, askAgainAt: next === null ? null : next - early }
      return { free: Math.max(1, Math.min(together, startable(now + ahead, now)) - claimed), askAgainAt: now }
    },
    start(id, chat, now) {
      if (held.isOn(now) || now < spreadAt(1, now) || !limiter.start(id, chat, now, 'campaign')) return false
      spreadTo = spreadFrom(now) + spacing
      places.use(id)
      return true
    },
    enterReply(id, chat, now) {
      if (!shared) return null
      if (waiting.length === 0 && limiter.start(id, chat, now, 'reply')) return places === ownPlaces ? null : places.enter(id)
      return new Promise<void>((go) => waiting.push({ id, chat, go })).then(() => places.enter(id))
    },
    async enterPublication(id, now) {
      if (!shared) return null
      const chatFreeAt = limiter.chatFreeAt(ownChannel) ?? now + spacing
      if (chatFreeAt > now) return Math.ceil(chatFreeAt)
      if (waiting.length > 0 || !limiter.start(id, ownChannel, now, 'reply')) return Math.ceil(Math.max(now + spacing, limiter.step(now).askAgainAt ?? 0))
      await places.enter(id)
      return null
    },
    serveReplies(now) {
      let served = 0
      for (const { id, chat, go } of waiting) {
        if (!limiter.start(id, chat, now, 'reply')) break
        served++
        go()
      }
      if (served > 0) waiting = waiting.slice(served)
      return waiting.length === 0 ? null : (limiter.whenFree(1 - kept, now) ?? now + within)
    },
    close() {
      places.close()
      for (const { go } of waiting) go()
      waiting = []
    },
  }
}
