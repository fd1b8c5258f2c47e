import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { createLimiter, type LimiterOptions, type SendLimiter } from '../../src/campaign/limiter.ts'
import { createLane, type LaneOptions } from '../../src/campaign/run-lane.ts'
import { afterOthers, ownPlaces } from '../../src/campaign/run-places.ts'
import { SECOND, type Millis } from '../../src/core/time.ts'
import { BOT } from './support.ts'

const thirty: LimiterOptions = { limit: { most: 30, within: SECOND }, chatLimit: { most: 1, within: SECOND }, keptForReplies: 0, restartedAt: null }

/** After a collection: what other tests left behind does not count. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
  return process.memoryUsage().heapUsed
}

/** When the platform counted each request, in thought: sent, travelling there, answered. */
interface Counted { chat: string; sentAt: Millis; countedAt: Millis; answeredAt: Millis }

/**
 * Sends as fast as the limiter lets it, on a clock of its own. `latency` draws how long a request is under way and which share
 * of that lies before the platform counts it. `throttle`: now and then the platform says to wait.
 */
function run(limiter: SendLimiter, until: Millis, draw: () => number, world: { longest: Millis; throttle: number; chats: number }): { counted: Counted[]; held: Millis } {
  const counted: Counted[] = []
  const underWay: { id: string; at: Millis }[] = []
  let now = 0
  let sent = 0
  let held = 0
  let heldTo = 0
  while (now < until) {
    for (let { free } = limiter.step(now); free > 0; free--) {
      const chat = `chat-${world.chats === 0 ? sent : Math.floor(draw() * world.chats)}`
      if (!limiter.start(`s${sent}`, chat, now, 'campaign')) break
      const takes = 1 + draw() * world.longest
      counted.push({ chat, sentAt: now, countedAt: now + takes * draw(), answeredAt: now + takes })
      underWay.push({ id: `s${sent}`, at: now + takes })
      sent++
    }
    const ends = underWay.map(({ at }) => at)
    const { askAgainAt } = limiter.step(now)
    now = Math.min(...ends, askAgainAt !== null && askAgainAt > now ? askAgainAt : now + 50)
    for (const answer of underWay.filter(({ at }) => at <= now)) {
      underWay.splice(underWay.indexOf(answer), 1)
      limiter.answered(answer.id, answer.at)
      if (draw() < world.throttle) {
        const wait = draw() * 2 * SECOND
        limiter.holdUntil(now + wait, now)
        held += Math.max(0, now + wait - Math.max(heldTo, now))
        heldTo = Math.max(heldTo, now + wait)
      }
    }
  }
  return { counted, held }
}

/** The most that any stretch of a second holds, by the times given: a stretch begins best at one of them. */
function mostInSecond(times: readonly Millis[]): number {
  const sorted = [...times].sort((a, b) => a - b)
  let most = 0
  for (let from = 0, to = 0; to < sorted.length; to++) {
    while (sorted[to]! - sorted[from]! >= SECOND) from++
    most = Math.max(most, to - from + 1)
  }
  return most
}

/** A small generator of its own, so that a seed gives the same run again. */
function drawing(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

describe('a limiter of 30 a second', () => {
  it('never lets a second hold more than 30, wherever on its way the platform counts a request', () => {
    fc.assert(fc.property(fc.integer(), fc.constantFrom(5, 80, 400, 3_000), fc.constantFrom(0, 0.02), (seed, longest, throttle) => {
      const { counted } = run(createLimiter(thirty), 12 * SECOND, drawing(seed), { longest, throttle, chats: 0 })
      expect(counted.length).toBeGreaterThan(30)
      expect(mostInSecond(counted.map(({ countedAt }) => countedAt))).toBeLessThanOrEqual(30)
      expect(mostInSecond(counted.map(({ sentAt }) => sentAt))).toBeLessThanOrEqual(30)
      expect(mostInSecond(counted.map(({ answeredAt }) => answeredAt))).toBeLessThanOrEqual(30)
    }), { numRuns: 60 })
  })

  it('would break it with places freed by the time of sending: the check can fail', () => {
    const draw = drawing(7)
    const times = Array.from({ length: 300 }, (_, i) => Math.floor(i / 30) * SECOND + draw() * 400)
    expect(mostInSecond(times)).toBeGreaterThan(30)
  })

  it('sends at least nine tenths of what is permitted, faults and waits of the platform left out', () => {
    for (const throttle of [0, 0.002]) {
      const { counted, held } = run(createLimiter(thirty), 60 * SECOND, drawing(11), { longest: 80, throttle, chats: 0 })
      expect(counted.length / ((60 * SECOND - held) / SECOND * 30)).toBeGreaterThanOrEqual(0.9)
    }
  })

  it('sends to one chat once a second, counted by answers', () => {
    const { counted } = run(createLimiter(thirty), 20 * SECOND, drawing(3), { longest: 120, throttle: 0, chats: 12 })
    const byChat = Map.groupBy(counted, ({ chat }) => chat)
    expect(byChat.size).toBe(12)
    for (const sends of byChat.values()) expect(mostInSecond(sends.map(({ countedAt }) => countedAt))).toBe(1)
  })

  it('after a restart takes the last second of its predecessor as full', () => {
    const limiter = createLimiter({ ...thirty, restartedAt: 5_000 })
    expect(limiter.step(5_000)).toEqual({ free: 0, askAgainAt: 6_000 })
    expect(limiter.start('a', 'x', 5_999, 'campaign')).toBe(false)
    expect(limiter.step(6_000)).toEqual({ free: 30, askAgainAt: 6_000 })
  })

  it('holds a place for what is never answered, until it is given up', () => {
    const limiter = createLimiter({ ...thirty, limit: { most: 1, within: SECOND } })
    expect(limiter.start('a', 'x', 0, 'campaign')).toBe(true)
    expect(limiter.step(14_000)).toEqual({ free: 0, askAgainAt: null })
    limiter.answered('a', 15_000)
    expect(limiter.step(15_999)).toEqual({ free: 0, askAgainAt: 16_000 })
    expect(limiter.step(16_000).free).toBe(1)
  })

  it('gives a reply the places kept for it, also in a chat that just got a campaign message', () => {
    const limiter = createLimiter({ ...thirty, limit: { most: 3, within: SECOND }, keptForReplies: 1 })
    expect([limiter.start('a', 'x', 0, 'campaign'), limiter.start('b', 'y', 0, 'campaign'), limiter.start('c', 'z', 0, 'campaign')]).toEqual([true, true, false])
    expect(limiter.start('r', 'x', 0, 'reply')).toBe(true)
    expect(limiter.start('r2', 'x', 0, 'reply')).toBe(false)
  })

  it('starts nothing, replies neither, while the platform told us to wait; an earlier end changes nothing', () => {
    const limiter = createLimiter(thirty)
    limiter.holdUntil(3_000, 0)
    limiter.holdUntil(1_000, 0)
    expect(limiter.step(2_999)).toEqual({ free: 0, askAgainAt: 3_000 })
    expect(limiter.start('r', 'x', 2_999, 'reply')).toBe(false)
    expect(limiter.start('r', 'x', 3_000, 'reply')).toBe(true)
  })

  it('tells when a chat is free, and ignores answers it does not know', () => {
    const limiter = createLimiter(thirty)
    expect(limiter.chatFreeAt('x')).toBe(Number.NEGATIVE_INFINITY)
    limiter.start('a', 'x', 0, 'campaign')
    expect(limiter.chatFreeAt('x')).toBeNull()
    limiter.answered('nobody', 10)
    limiter.answered('a', 40)
    limiter.answered('a', 50)
    expect(limiter.chatFreeAt('x')).toBe(1_040)
    expect(limiter.step(1_040).free).toBe(30)
  })

  it('forgets chats that are long free: memory stays flat over 100,000 recipients', () => {
    const limiter = createLimiter({ ...thirty, limit: { most: 100_000, within: SECOND } })
    const before = heapInUse()
    for (let i = 0; i < 100_000; i++) {
      limiter.start(`s${i}`, `chat-${i}`, i * 30, 'campaign')
      limiter.answered(`s${i}`, i * 30 + 20)
      limiter.step(i * 30 + 20)
    }
    expect(limiter.chatFreeAt('chat-5')).toBe(Number.NEGATIVE_INFINITY)
    expect(heapInUse() - before).toBeLessThan(20 * 1024 * 1024)
  })
})

describe('the lane of an account with 30 a second, one of them kept for replies', () => {
  const opened = (change: Partial<LaneOptions> = {}) =>
    createLane({ account: BOT, limit: thirty.limit, chatLimit: null, shared: true, openedAt: 0, othersUntil: -10 * SECOND, ...change })
  /** Claims and starts as the sender does, millisecond by millisecond, with calls of `takes`; the moments of the starts. */
  function startsOf(lane: ReturnType<typeof opened>, from: Millis, to: Millis, takes: Millis, stalled: (now: Millis) => boolean = () => false): Millis[] {
    const starts: Millis[] = []
    let claimed = 0
    for (let now = from; now < to; now++) {
      while (starts.length > answered && starts[answered]! + takes <= now) lane.answered(`s${answered++}`, now)
      if (stalled(now)) continue
      claimed += lane.room(now, claimed).free
      expect(claimed).toBeLessThanOrEqual(4)
      for (; claimed > 0 && lane.start(`s${starts.length}`, 'x', now); claimed--) starts.push(now)
    }
    return starts
  }
  let answered = 0
  beforeEach(() => { answered = 0 })

  const together = (starts: readonly Millis[]): number => Math.max(...starts.map((at) => starts.filter((other) => other === at).length))

  it('goes on at once, for replies too, when the clock was put back two hours', () => {
    const lane = opened({})
    let now = 7_200_000
    for (let nth = 0; nth < 29; nth++) {
      now += 40
      expect(lane.start(`c${nth}`, `k${nth}`, now)).toBe(true)
      lane.answered(`c${nth}`, now)
    }
    lane.hold(now + 20 * SECOND, now)
    now -= 7_200_000
    expect(lane.isHeld(now)).toBe(false)
    expect(Array.from({ length: 30 }, (_, nth) => lane.enterReply(`r${nth}`, `x${nth}`, now))).toEqual(Array.from({ length: 30 }, () => null))
    for (let nth = 0; nth < 30; nth++) lane.answered(`r${nth}`, now)
    expect(lane.room(now, 0).askAgainAt).toBeLessThanOrEqual(now + SECOND)
    now += 2 * SECOND
    expect(lane.room(now, 0).free).toBeGreaterThan(0)
    expect(lane.enterReply('late', 'y', now)).toBeNull()
  })

  it('starts nothing in its first second, and then no more than three together, so that its places do not become free together', () => {
    const starts = startsOf(opened(), 0, 6 * SECOND, 5)
    expect(starts[0]).toBe(SECOND)
    expect(together(starts)).toBe(3)
    expect(Math.max(...starts.slice(1).map((at, index) => at - starts[index]!))).toBeLessThan(170)
    expect(starts.length / (5 * 30)).toBeGreaterThan(0.96)
  })

  it('goes on at once after a standstill in the middle, with no more than three together either', () => {
    const starts = startsOf(opened(), 0, 20 * SECOND, 5, (now) => now >= 5_000 && now < 5_400)
    expect(starts.filter((at) => at === 5_400)).toHaveLength(3)
    expect(together(starts)).toBe(3)
    expect(mostInSecond(starts)).toBeLessThanOrEqual(29)
    expect(starts.length / (18.6 * 30)).toBeGreaterThan(0.96)
  })

  it('lets replies go in its first second, where no process before it may have filled it', () => {
    expect(opened().enterReply('r', 'x', 10)).toBeNull()
    expect(opened({ othersUntil: -10 }).enterReply('r', 'x', 10)).toBeInstanceOf(Promise)
  })

  it('claims nothing ahead of places that other processes share', () => {
    const lane = opened({ places: { ...ownPlaces } })
    expect(lane.room(SECOND - 1, 0)).toEqual({ free: 0, askAgainAt: SECOND })
    expect(lane.room(SECOND, 0).free).toBe(3)
    expect(lane.room(SECOND, 3)).toMatchObject({ free: 0 })
    expect(opened().room(SECOND, 0).free).toBe(4)
  })
})

describe('beside other processes', () => {
  const [first, next] = ['dot/bai:key#1', 'dot/bai:key#2']
  it.each([
    ['the first message of a post, to somebody who wrote an hour ago', first, 1, 0, null],
    ['to somebody who never wrote', first, 1, null, null],
    ['a further part, which somebody else may just have begun', next, 1, 0, 3_600_000 + SECOND],
    ['a further part that has waited', next, 2, 0, null],
    ['to somebody who is just being answered', first, 1, 3_600_000 - SECOND, 3_600_000 + 9 * SECOND],
    ['to somebody who was being answered when it was first claimed', first, 2, 3_600_000 - SECOND, null],
  ])('%s', (_, id, attempt, lastInboundAt, until) => expect(afterOthers({ id, attempt, lastInboundAt }, SECOND, 3_600_000)).toBe(until))
})
