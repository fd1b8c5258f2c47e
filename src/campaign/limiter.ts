import { MINUTE, type Millis } from '../core/time.ts'
import { isOn, type Wait } from '../core/wait.ts'
import type { RateLimit } from './rules.ts'

/**
 * A sliding window over answers. A platform counts a request somewhere between its sending and its answer, so a place is taken
 * from the sending on and free again only `within` after the answer: however long requests travel, no span of `within` ever
 * holds more than `most` of them. Nothing here reads a clock or waits. Where the times passed in go far back (the clock was put
 * right), what was counted before is let go: it would keep its places for as long.
 */
export interface SendLimiter {
  /** How many campaign messages may be started at `now`, and when to ask again (null: when an answer comes). */
  step(now: Millis): { free: number; askAgainAt: Millis | null }
  /** When so many campaign messages may have been started, one after another from now on; null: it takes answers that have not come. */
  whenFree(count: number, now: Millis): Millis | null
  /** How many campaign messages may have been started by `at`, of those whose places are free by then without another answer. */
  freeBy(at: Millis, now: Millis): number
  /**
   * Takes a place for a send to this chat (a contact key); false: not now. A reply may also take the places kept for replies,
   * and waits for no chat: a citizen is answered whatever a campaign does.
   */
  start(id: string, chat: string, now: Millis, origin: 'campaign' | 'reply'): boolean
  /** The platform answered, refused, or the call was given up. Unknown ids are ignored. */
  answered(id: string, now: Millis): void
  /** The platform throttled at `now`: nothing starts before. An earlier end than one already known changes nothing. */
  holdUntil(until: Millis, now: Millis): void
  /** When this chat may get its next campaign message; `now` or earlier: at once. Null: one is under way. */
  chatFreeAt(chat: string): Millis | null
}

export interface LimiterOptions {
  limit: RateLimit
  /** To one chat, beside that; null: no limit of its own. */
  chatLimit: RateLimit | null
  /** Places that only replies may take. */
  keptForReplies: number
  /** When this process began: what the one before sent in its last moments is taken to count. Null: nothing was sent before. */
  restartedAt: Millis | null
}

export function createLimiter({ limit, chatLimit, keptForReplies, restartedAt }: LimiterOptions): SendLimiter {
  /** Sends without an answer yet, with their chat. */
  const underWay = new Map<string, string>()
  /** When places become free, soonest first. */
  const cooling = createQueue<Millis>()
  const chats = createChats(chatLimit)
  const hold = createHold()
  if (restartedAt !== null) for (let place = 0; place < limit.most; place++) cooling.add(restartedAt + limit.within)

  function freeAt(now: Millis): number {
    while (cooling.size() > 0 && (cooling.first() <= now || cooling.first() > now + limit.within + MINUTE)) cooling.drop()
    return limit.most - underWay.size - cooling.size()
  }

  return {
    step(now) {
      const free = Math.max(0, freeAt(now) - keptForReplies)
      if (hold.isOn(now)) return { free: 0, askAgainAt: hold.until() }
      return { free, askAgainAt: free > 0 ? now : cooling.size() > 0 ? cooling.first() : null }
    },
    whenFree(count, now) {
      const missing = count + keptForReplies - freeAt(now)
      if (missing > cooling.size()) return null
      return Math.max(now, hold.isOn(now) ? hold.until() : now, missing <= 0 ? now : cooling.at(missing - 1))
    },
    freeBy(at, now) {
      if (hold.isOn(now) && at < hold.until()) return 0
      let free = freeAt(now) - keptForReplies
      for (let next = 0; next < cooling.size() && cooling.at(next) <= at; next++) free++
      return Math.max(0, free)
    },
    start(id, chat, now, origin) {
      if (hold.isOn(now)) return false
      const free = freeAt(now) - (origin === 'reply' ? 0 : keptForReplies)
      if (free <= 0 || (origin === 'campaign' && !chats.isFree(chat, now))) return false
      underWay.set(id, chat)
      chats.started(chat)
      return true
    },
    answered(id, now) {
      const chat = underWay.get(id)
      if (chat === undefined) return
      underWay.delete(id)
      cooling.add(now + limit.within)
      chats.answered(chat, now)
    },
    holdUntil: hold.begin,
    chatFreeAt: chats.freeAt,
  }
}

/** A wait that a clock put far back ends. */
export interface Hold {
  isOn(now: Millis): boolean
  until(): Millis
  /** An earlier end than one that holds changes nothing. */
  begin(until: Millis, now: Millis): void
}

export function createHold(): Hold {
  let held: Wait = { until: Number.NEGATIVE_INFINITY, since: Number.NEGATIVE_INFINITY }
  return {
    isOn: (now) => isOn(held, now),
    until: () => held.until,
    begin(until, now) {
      if (!isOn(held, now) || until > held.until) held = { until, since: now }
    },
  }
}

interface Chats {
  isFree(chat: string, now: Millis): boolean
  freeAt(chat: string): Millis | null
  started(chat: string): void
  answered(chat: string, now: Millis): void
}

const noChats: Chats = { isFree: () => true, freeAt: () => Number.NEGATIVE_INFINITY, started: () => undefined, answered: () => undefined }

/** One chat at a time, and the next `within / most` after the answer. Chats long free are forgotten. */
function createChats(limit: RateLimit | null): Chats {
  if (limit === null) return noChats
  const pause = limit.within / limit.most
  const busy = new Map<string, number>()
  const freeFrom = new Map<string, Millis>()
  const ends = createQueue<{ chat: string; at: Millis }>()
  const freeAt = (chat: string): Millis | null => (busy.has(chat) ? null : (freeFrom.get(chat) ?? Number.NEGATIVE_INFINITY))
  return {
    freeAt,
    isFree(chat, now) {
      const from = freeAt(chat)
      return from !== null && from <= now
    },
    started: (chat) => void busy.set(chat, (busy.get(chat) ?? 0) + 1),
    answered(chat, now) {
      const left = busy.get(chat)! - 1
      if (left === 0) busy.delete(chat)
      else busy.set(chat, left)
      freeFrom.set(chat, now + pause)
      ends.add({ chat, at: now + pause })
      for (; ends.size() > 0 && ends.first().at <= now; ends.drop()) {
        const { chat: old, at } = ends.first()
        if (freeFrom.get(old) === at) freeFrom.delete(old)
      }
    },
  }
}

/** First in, first out, without moving what remains at every step. */
function createQueue<T>(): { add(item: T): void; first(): T; at(place: number): T; drop(): void; size(): number } {
  let items: T[] = []
  let head = 0
  return {
    add: (item) => void items.push(item),
    first: () => items[head]!,
    at: (place) => items[head + place]!,
    drop() {
      head++
      if (head < 1_024 || head * 2 < items.length) return
      items = items.slice(head)
      head = 0
    },
    size: () => items.length - head,
  }
}
