import type { AccountKey } from '../core/contact.ts'
import type { Millis } from '../core/time.ts'
import { createLimiter, type SendLimiter } from './limiter.ts'
import { ownPlaces, type SharedPlaces } from './run-places.ts'
import type { RateLimit } from './rules.ts'

/** One account's way out: how many announcements may start now, with the replies that share the platform's limit. */
export interface Lane {
  readonly account: AccountKey
  /** So many announcements may be claimed now, and when to ask again (null: when an answer comes). */
  room(now: Millis): { free: number; askAgainAt: Millis | null }
  /** Takes so many places of the limit that other processes share, or as many as there are; each is used by a `start` or spared. */
  take(want: number): Promise<number>
  spare(count: number): void
  /** False: not now. */
  start(id: string, chat: string, now: Millis): boolean
  answered(id: string, now: Millis): void
  hold(until: Millis): void
  chatFreeAt: SendLimiter['chatFreeAt']
  /** As `SharedPacing.enter`. */
  enterReply(id: string, chat: string, now: Millis): Promise<void> | null
  /** Takes a place for a call in the account's own channel, where the limit is shared. Null: it has one, or none is needed; else when to ask again. */
  enterPublication(id: string, now: Millis): Promise<Millis | null>
  /** Gives free places to replies that wait for one; true when some still wait. */
  serveReplies(now: Millis): boolean
  /** Lets all waiting replies go: nobody counts any more. */
  close(): void
}

export interface LaneOptions {
  account: AccountKey
  limit: RateLimit
  chatLimit: RateLimit | null
  /** Replies count against the same limit. */
  shared: boolean
  /** What went out right before is not known: taken to be as much as there may be. */
  openedAt: Millis
  /** Where several processes send on the account; absent: this one alone. */
  places?: SharedPlaces
}

/** Of a limit that counts replies, one place is theirs. */
export const keptForReplies = (shared: boolean): number => (shared ? 1 : 0)

/** A tenth of the limit may start at once; more would free their places at once too, and a reply find none for as long. */
const burstShare = 10
/** The chat in which an account publishes, beside those of people. */
const ownChannel = ''
/** So many are claimed together: a kill leaves what is claimed unknown. */
const mostTogether = 16

export function createLane({ account, limit, chatLimit, shared, openedAt, places = ownPlaces }: LaneOptions): Lane {
  const limiter = createLimiter({ limit, chatLimit, keptForReplies: keptForReplies(shared), restartedAt: openedAt })
  const spacing = limit.within / limit.most
  const burst = Math.min(mostTogether, Math.max(1, Math.floor(limit.most / burstShare)))
  /** The moment at which those started so far would all have started, evenly spread. */
  let spreadTo: Millis = openedAt
  let waiting: { id: string; chat: string; go: () => void }[] = []

  return {
    account,
    chatFreeAt: limiter.chatFreeAt,
    hold: limiter.holdUntil,
    take: places.take,
    spare: places.spare,
    answered(id, now) {
      limiter.answered(id, now)
      places.answered(id)
    },
    room(now) {
      const { free, askAgainAt } = limiter.step(now)
      if (free === 0) return { free, askAgainAt }
      const early = spreadTo - burst * spacing
      const spread = now <= early ? 0 : Math.ceil((now - early) / spacing)
      return spread === 0 ? { free: 0, askAgainAt: early + 1 } : { free: Math.min(free, spread, burst), askAgainAt: now }
    },
    start(id, chat, now) {
      if (!limiter.start(id, chat, now, 'campaign')) return false
      spreadTo = Math.max(spreadTo, now) + spacing
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
      return waiting.length > 0
    },
    close() {
      places.close()
      for (const { go } of waiting) go()
      waiting = []
    },
  }
}
