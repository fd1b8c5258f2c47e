import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Answer } from '../../src/answer/answerer.ts'
import type { Content } from '../../src/content.ts'
import type { ModelDesk } from '../../src/conversation/model-desk.ts'
import { createTurnWorker, type TurnWorker } from '../../src/conversation/worker.ts'
import type { Contact } from '../../src/core/contact.ts'
import type { ClaimedDelivery } from '../../src/core/delivery.ts'
import { silentLog } from '../../src/core/ports.ts'
import { HOUR, MINUTE, SECOND } from '../../src/core/time.ts'
import { openStore } from '../../src/store/open.ts'
import { StoreUnavailable, type Store } from '../../src/store/ports.ts'
import { sampleContent } from '../support/content.ts'
import { monday9, settings } from '../support/dialogue.ts'
import { anEvent, aReply, aText, person, sent, storeOptions, turnOf } from '../support/store-fixtures.ts'
import { RecordingChannel } from '../support/world.ts'

const usual = sampleContent({ answers: { 'quên mật khẩu vneid': { status: 'answered', article: 'dvc-forgot-password' } } })
const lan = person(1, 'zalo', 'oa')

let content: Content
let folder: string
let store: Store
let worker: TurnWorker
let now: number
let atOnceFrom: number
let atOnceAmong: number
let mostAtOnce: number | undefined
/** Which of the store's ways were taken. */
let ways: string[]
/** What became of each event. */
let counted: string[]
let places: number
let woken: string[]
let staffWrote: string[]
let carried: string[]
let serial: number
let sending: Promise<void>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camnang-worker-'))
  store = await openStore(`sqlite:${folder}/w.db?sync=normal`, { ...storeOptions, now: monday9 })
  content = usual
  now = monday9
  atOnceFrom = 0
  atOnceAmong = 1
  mostAtOnce = undefined
  ways = []
  counted = []
  places = 0
  woken = []
  staffWrote = []
  carried = []
  serial = 0
  sending = Promise.resolve()
})
afterEach(async () => {
  await worker.stop()
  await sending
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The worker over the store, or over one that does some things otherwise. */
function begin(otherwise: Partial<Store> = {}, model?: ModelDesk): void {
  const seen = (name: 'recordEvents' | 'recordAndClaim' | 'recordAndHandle' | 'arrive' | 'commitAndClaim') => (...given: unknown[]) => {
    ways.push(name)
    return ((otherwise[name] ?? store[name]) as (...given: unknown[]) => unknown)(...given)
  }
  worker = createTurnWorker({
    store: { ...store, ...otherwise, ...Object.fromEntries((['recordEvents', 'recordAndClaim', 'recordAndHandle', 'arrive', 'commitAndClaim'] as const).map((name) => [name, seen(name)])) } as Store,
    channels: { zalo: new RecordingChannel('zalo') }, content: () => content, settings, now: () => now, log: silentLog, counters: { add: (name, labels) => void (name === 'events' && counted.push(labels!['result']!)) },
    model, staffWrote: (contactKey) => void staffWrote.push(contactKey),
    get atOnceFrom() { return atOnceFrom },
    get atOnceAmong() { return atOnceAmong },
    mostAtOnce,
    outbox: {
      reserve: () => { places++; return true },
      carry: (delivery) => { places--; sending = Promise.all([sending, send(delivery)]).then(() => undefined) },
      giveBack: () => { places-- },
      withdraw: () => undefined,
      wake: (account) => void woken.push(account),
    },
  })
}

/** All of a turn's replies, one after another. */
async function send(first: ClaimedDelivery): Promise<void> {
  for (let delivery: ClaimedDelivery | null = first; delivery !== null;) {
    carried.push(delivery.part.text)
    const [ended]: { next: ClaimedDelivery | null }[] = await store.finishAndClaim([sent(delivery)], now, MINUTE)
    delivery = ended!.next
  }
}

async function says(text: string, who: Contact = lan): Promise<void> {
  now += SECOND
  await worker.record([aText(who, ++serial, now, text)])
  await worker.idle()
  await sending
  expect(counted.at(-1)).toBe('recorded')
}

describe('an event', () => {
  it('that only moves the conversation on is handled while it is recorded, once the person is known', async () => {
    begin()
    await says('menu')
    expect(ways).toEqual(['recordAndHandle', 'commitAndClaim'])
    ways = []
    await says('menu')
    expect(ways).toEqual(['recordAndHandle'])
    expect(carried.at(-1)).toMatch(/^Bà con cần giúp việc gì\?/)
    expect(places).toBe(0)
    expect((await store.exportContact(store.keyOf(lan)))!.events).toHaveLength(2)
  })

  it.each([['a question, whose answer is looked up', 'quên mật khẩu vneid'], ['an order that changes more', 'dừng'], ['a long text', `menu ${'x'.repeat(300)}`]])('%s is claimed first', async (_, text) => {
    begin()
    await says('menu')
    ways = []
    await says(text)
    expect(ways).toEqual(['recordAndHandle', 'commitAndClaim'])
    expect(places).toBe(0)
    expect(carried).toHaveLength(3)
  })

  it('that is not the citizen’s own is claimed first: others look at it too', async () => {
    begin()
    await says('menu')
    ways = []
    now += SECOND
    await worker.record([anEvent(lan, 'staff', now, { kind: 'staff_message', platformMessageId: 'p1', automatic: false })])
    await worker.idle()
    expect(ways).toEqual(['recordAndHandle', 'commitAndClaim'])
  })

  it('is claimed first for a while after a server died', async () => {
    atOnceFrom = monday9 + MINUTE
    begin()
    worker.wake()
    await worker.idle()
    await says('menu')
    await says('menu')
    expect(ways).toEqual(['recordAndClaim', 'commitAndClaim', 'recordAndClaim', 'commitAndClaim'])
    now = atOnceFrom
    await says('menu')
    expect(ways.at(-1)).toBe('recordAndHandle')
  })

  it('that comes alone is acknowledged before it is recorded, so that its sender waits for less; among others it is recorded first, and so are those right after them', async () => {
    atOnceAmong = 3
    begin()
    await says('menu')
    await says('menu')
    expect(ways).toEqual(['arrive', 'recordAndHandle', 'commitAndClaim', 'arrive', 'recordAndHandle'])
    ways = []
    now += SECOND
    await Promise.all([1, 2, 3, 4].map((n) => worker.record([aText(person(n, 'zalo', 'oa'), ++serial, now, 'menu')])))
    expect(ways.slice(0, 4)).toEqual(['arrive', 'arrive', 'recordAndHandle', 'recordAndHandle'])
    await worker.idle()
    ways = []
    await says('menu')
    await says('menu')
    expect(ways.filter((way) => way !== 'commitAndClaim')).toEqual(['recordAndHandle', 'arrive', 'recordAndHandle'])
  })

  it('that comes alone to a store that keeps nothing beforehand, or cannot keep this one, is claimed first', async () => {
    atOnceAmong = 2
    begin({ arrive: () => Promise.resolve(null) })
    await says('menu')
    await says('menu')
    expect(ways).toEqual(['arrive', 'recordAndClaim', 'commitAndClaim', 'arrive', 'recordAndClaim', 'commitAndClaim'])
  })

  it('that has arrived and cannot be recorded is taken up at the next look; nobody who writes meanwhile is answered before', async () => {
    atOnceAmong = 2
    begin()
    await says('menu')
    let full = true
    const recordAndHandle = store.recordAndHandle!
    await worker.stop()
    begin({ recordAndHandle: (...given) => (full ? Promise.reject(new StoreUnavailable('the disk is full')) : recordAndHandle(...given)) })
    carried = []
    await worker.record([aText(lan, 'kept', now, 'menu')])
    await worker.idle()
    expect({ carried, places, counted: counted.length }).toEqual({ carried: [], places: 0, counted: 1 })
    full = false
    await says('dừng')
    expect((await store.exportContact(store.keyOf(lan)))!.events.map(({ text }) => text)).toEqual(['menu', 'menu', 'dừng'])
    expect(carried).toHaveLength(2)
    expect(places).toBe(0)
  })

  it('that is known already sets going what arrived before it', async () => {
    atOnceAmong = 2
    begin()
    await says('menu')
    const known = aText(lan, serial, now, 'menu')
    await store.arrive!(aText(lan, 'kept', now, 'menu'), now)
    carried = []
    await worker.record([known])
    await worker.idle()
    await sending
    expect({ carried: carried.length, counted: counted.at(-1) }).toEqual({ carried: 1, counted: 'duplicate' })
  })

  it('that was taken up by somebody else meanwhile is left to whoever takes it up', async () => {
    atOnceAmong = 2
    begin()
    await says('menu')
    await worker.stop()
    carried = []
    begin({ recordAndHandle: async (...given) => {
      const beside = await openStore(`sqlite:${folder}/w.db?sync=normal`, { ...storeOptions, now, role: 'tool' })
      await beside.close()
      return store.recordAndHandle!(...given)
    } })
    await says('menu')
    expect({ carried, places }).toEqual({ carried: [], places: 0 })
    worker.wake()
    await worker.idle()
    await sending
    expect(carried).toHaveLength(1)
    expect((await store.load(now)).waitingEvents).toBe(0)
  })

  it('that the store could not take leaves no place taken, and comes again', async () => {
    begin()
    await says('menu')
    await worker.stop()
    const down: Store['recordAndHandle'] = (event, at, lease, handle) => store.recordAndHandle!(event, at, lease, (turn) => {
      handle(turn)
      return null
    }).then(() => { throw new StoreUnavailable('the disk is full') })
    begin({ recordAndHandle: down })
    await expect(worker.record([aText(lan, 'lost', now, 'menu')])).rejects.toBeInstanceOf(StoreUnavailable)
    expect(places).toBe(0)
  })

  it.each([['handled at once', 'menu'], ['claimed', `menu ${'x'.repeat(300)}`]])('that is being recorded when the worker stops, and %s, is handled before it has stopped', async (_, text) => {
    begin()
    await says('menu')
    carried = []
    const recorded = worker.record([aText(lan, ++serial, now, text)])
    await worker.stop()
    expect(carried).toHaveLength(1)
    await recorded
    expect(counted.at(-1)).toBe('recorded')
  })

  it('that the store asks about twice takes one place', async () => {
    begin({ recordAndHandle: (event, at, lease, handle) => store.recordAndHandle!(event, at, lease, (turn) => { handle(turn); return handle(turn) }) })
    await says('menu')
    await says('menu')
    expect(ways).toEqual(['recordAndHandle', 'commitAndClaim', 'recordAndHandle'])
    expect(places).toBe(0)
  })

  it('whose reply must wait for an earlier one gives its place back, and somebody is told that it waits', async () => {
    begin()
    await says('menu')
    await store.recordEvents([aText(lan, 'before', now, 'menu')], now)
    const [turn] = await store.claimTurns(1, now, MINUTE)
    const [before] = await store.commitAndClaim([turnOf(turn!, { conversation: turn!.conversation, deliveries: [aReply(turn!.waiting[0]!.id)] })], now, { lease: MINUTE, deliveries: true })
    for (const text of ['menu', 'dừng']) {
      woken = []
      await says(text)
      expect({ places, woken }).toEqual({ places: 0, woken: ['zalo:oa'] })
    }
    expect((await store.finishAndClaim([sent(before!.delivery!)], now, MINUTE))[0]!.next).not.toBeNull()
  })

  it('tells of a person who wrote in the platform’s own app, and of nobody else', async () => {
    begin()
    await says('menu')
    await says('dừng')
    await worker.record([anEvent(lan, 'staff', now, { kind: 'staff_message', platformMessageId: 'p1', automatic: false })])
    await worker.idle()
    expect(staffWrote).toEqual([store.keyOf(lan)])
  })

  it('that is known already is not answered again', async () => {
    begin()
    await says('menu')
    const again = aText(lan, serial, now, 'menu')
    await worker.record([again])
    await worker.idle()
    expect(counted.at(-1)).toBe('duplicate')
    expect({ places, carried: carried.length }).toEqual({ places: 0, carried: 2 })
  })
})

describe('many at once', () => {
  /** Everybody asks a question whose answer takes until `answer`. */
  function asked(): { waiting(): number; most(): number; answer(): void } {
    let [waiting, most] = [0, 0]
    let answer = (): void => undefined
    const gate = new Promise<void>((resolve) => { answer = resolve })
    content = sampleContent({ answerer: { async answer() {
      most = Math.max(most, ++waiting)
      await gate
      waiting--
      return { status: 'no_source_found', article: null, candidates: [], reply: null } as unknown as Answer
    } } })
    return { waiting: () => waiting, most: () => most, answer: () => answer() }
  }
  const turns = async (): Promise<void> => { for (let n = 0; n < 100; n++) await new Promise((resolve) => setImmediate(resolve)) }
  const question = 'một câu hỏi dài hơn ba mươi hai chữ, để mà tra'

  it.each([['one by one', 1], ['in batches', 50]])('256 contacts are worked on, the others are recorded and follow when there is room: %s', async (_, size) => {
    const held = asked()
    begin()
    const events = Array.from({ length: 300 }, (_, n) => aText(person(n, 'zalo', 'oa'), n, now, question))
    for (let from = 0; from < events.length; from += size) await worker.record(events.slice(from, from + size))
    await turns()
    expect(counted).toEqual(Array.from({ length: 300 }, () => 'recorded'))
    expect(held.waiting()).toBe(256)
    held.answer()
    await worker.idle()
    expect(held.most()).toBe(256)
    expect((await store.load(now)).waitingEvents).toBe(0)
  })

  it('as few as are asked for', async () => {
    const held = asked()
    await store.recordEvents(Array.from({ length: 20 }, (_, n) => aText(person(n, 'zalo', 'oa'), n, now, question)), now)
    mostAtOnce = 8
    begin()
    worker.wake()
    await turns()
    held.answer()
    await worker.idle()
    expect(held.most()).toBe(8)
    expect((await store.load(now)).waitingEvents).toBe(0)
  })

  it('a backlog of more than that is worked off without anybody asking again', async () => {
    const held = asked()
    await store.recordEvents(Array.from({ length: 300 }, (_, n) => aText(person(n, 'zalo', 'oa'), n, now, question)), now)
    begin()
    held.answer()
    worker.wake()
    await worker.idle()
    expect((await store.load(now)).waitingEvents).toBe(0)
  })
})

it('what came is acknowledged before it is handled', async () => {
  begin()
  await worker.record([aText(lan, 1, now, 'menu'), aText(person(2, 'zalo', 'oa'), 1, now, 'menu')])
  expect(ways).toEqual(['recordAndClaim'])
  await worker.idle()
  expect(ways).toEqual(['recordAndClaim', 'commitAndClaim', 'commitAndClaim'])
})

it('what comes after the worker has stopped is recorded only', async () => {
  begin()
  await worker.stop()
  await worker.record([aText(lan, 1, now, 'menu')])
  worker.wake()
  await worker.idle()
  expect(ways).toEqual(['recordEvents'])
  expect(counted).toEqual(['recorded'])
  expect((await store.load(now)).waitingEvents).toBe(1)
})

it('the model’s desk hears of everything that comes, before it is recorded, and of the end', async () => {
  const heard: string[] = []
  begin({}, { heard: (events) => void heard.push(`${events.length} ${ways.length}`), improve: ({ answer }) => answer, stop: () => void heard.push('stop') })
  await worker.record([anEvent(lan, 'i', now, { kind: 'interaction' }), aText(lan, 1, now, 'menu')])
  await worker.stop()
  expect(heard).toEqual(['2 0', 'stop'])
})

describe('what waits together', () => {
  const waiting = (...texts: string[]) => store.recordEvents(texts.map((text, n) => aText(lan, `w${n}`, now + n - SECOND, text)), now)
  const work = async (): Promise<void> => {
    worker.wake()
    await worker.idle()
    await sending
  }
  /** Claimed by processes that die at it. */
  const killed = async (times: number): Promise<void> => {
    for (let n = 0; n < times; n++, now += 2 * MINUTE) expect(await store.claimTurns(1, now, MINUTE)).toHaveLength(1)
  }

  it('is handled in order, each from where the one before it left, under one claim', async () => {
    let claims = 0
    begin({ claimTurns: (...given) => { claims++; return store.claimTurns(...given) } })
    await waiting('menu', '1', '1')
    await work()
    expect(carried.slice(1).map((text) => text.split('\n')[0])).toEqual(['Bà con cần giúp việc gì?', 'Dịch vụ công, bà con chọn một việc', 'Nộp ở đâu?'])
    expect({ claims, ways, places }).toEqual({ claims: 1, ways: ['commitAndClaim', 'commitAndClaim', 'commitAndClaim'], places: 0 })
  })

  it('is nobody else’s while its claim lasts, which is renewed before it ends', async () => {
    let others = 0
    content = sampleContent({ answerer: { async answer() {
      now += 40 * SECOND
      others += (await store.claimTurns(10, now, MINUTE)).length
      return { status: 'no_source_found', article: null, candidates: [], reply: null }
    } } })
    begin()
    await waiting('câu hỏi một', 'câu hỏi hai', 'câu hỏi ba')
    await work()
    expect(others).toBe(0)
    expect((await store.load(now)).waitingEvents).toBe(0)
  })

  it('is left to whoever has taken it meanwhile', async () => {
    let asked = 0
    content = sampleContent({ answerer: { answer() {
      asked++
      now += 2 * MINUTE
      return { status: 'no_source_found', article: null, candidates: [], reply: null }
    } } })
    begin({ async renewTurns(...given) {
      expect(await store.claimTurns(10, now, MINUTE)).toHaveLength(1)
      return store.renewTurns(...given)
    } })
    await waiting('câu hỏi một', 'câu hỏi hai')
    await work()
    expect(asked).toBe(1)
    expect((await store.load(now)).waitingEvents).toBe(1)
  })

  it('a message that killed three processes is set aside unread, with an apology that is never late; the next one goes on', async () => {
    let asked = 0
    content = sampleContent({ answerer: { answer() { asked++; return { status: 'no_source_found', article: null, candidates: [], reply: null } } } })
    await waiting('câu hỏi làm sập máy', 'menu')
    await killed(3)
    begin()
    await work()
    expect(await store.deadEvents(10)).toMatchObject([{ id: aText(lan, 'w0').id, cause: 'interrupted' }])
    expect({ asked, woken: new Set(woken) }).toEqual({ asked: 0, woken: new Set(['zalo:oa']) })
    const [apology] = await store.claimDeliveries('zalo:oa', 10, now, MINUTE)
    expect(apology).toMatchObject({ part: { text: '«failed»' }, questionAt: null })
    const [ended] = await store.finishAndClaim([sent(apology!)], now, MINUTE)
    expect(ended!.next?.part.text).toMatch(/^«greeting»/)
  })

  it('of those that were tried before one is taken at a time, beside what nobody tried', async () => {
    content = sampleContent({ answerer: { answer: () => new Promise<Answer>((resolve) => answers.push(() => resolve({ status: 'no_source_found', article: null, candidates: [], reply: null }))) } })
    const answers: (() => void)[] = []
    const asked: (number | undefined)[] = []
    const settled = async (): Promise<void> => {
      for (let n = 0; n < 20; n++) await new Promise((resolve) => setImmediate(resolve))
    }
    await waiting('một câu hỏi đã thử')
    await store.claimTurns(1, now, SECOND)
    now += SECOND
    begin({ claimTurns(limit, at, lease, ranOut) {
      asked.push(ranOut)
      return store.claimTurns(limit, at, lease, ranOut)
    } })
    worker.wake()
    await settled()
    worker.wake()
    await settled()
    expect(answers).toHaveLength(1)
    expect(asked).toEqual([1, 0])
    answers[0]!()
    await worker.idle()
    expect(asked).toEqual([1, 0, 1])
  })

  it('where a server died it is taken up one by one, so that whoever only stands beside a message that kills is not counted with it', async () => {
    atOnceFrom = now + HOUR
    const asked: string[] = []
    let kills = true
    content = sampleContent({ answerer: { answer(question) {
      asked.push(question)
      return kills ? new Promise<Answer>(() => undefined) : { status: 'no_source_found', article: null, candidates: [], reply: null }
    } } })
    await store.recordEvents(['câu hỏi làm sập máy', 'một câu hỏi khác', 'và một câu nữa'].map((text, n) => aText(person(n, 'zalo', 'oa'), n, now + n - SECOND, text)), now - SECOND)
    begin()
    worker.wake()
    for (let n = 0; n < 100 && asked.length === 0; n++) await new Promise((resolve) => setImmediate(resolve))
    await worker.record([aText(person(3, 'zalo', 'oa'), 3, now, 'một câu hỏi tới sau')])
    for (let n = 0; n < 20; n++) await new Promise((resolve) => setImmediate(resolve))
    // Here the process would have died: the others are counted for the first time now, by this claim.
    expect(asked).toEqual(['câu hỏi làm sập máy'])
    expect((await store.claimTurns(10, now, MINUTE)).map(({ attempt }) => attempt)).toEqual([1, 1, 1])

    await store.close()
    store = await openStore(`sqlite:${folder}/w.db?sync=normal`, { ...storeOptions, now })
    kills = false
    begin()
    await work()
    expect((await store.load(now)).waitingEvents).toBe(0)
    expect(asked.toSorted()).toEqual(['câu hỏi làm sập máy', 'câu hỏi làm sập máy', 'một câu hỏi khác', 'một câu hỏi tới sau', 'và một câu nữa'].toSorted())
    // Nothing is left of it: several are worked on at once again.
    ways = []
    await worker.record([aText(person(4, 'zalo', 'oa'), 4, now, 'menu')])
    await worker.idle()
    expect(ways).toEqual(['recordAndClaim', 'commitAndClaim'])
  })

  it('that comes while the inbox is being looked at is not left lying', async () => {
    let looked = 0
    begin({ async claimTurns(...given) {
      const claimed = await store.claimTurns(...given)
      if (++looked === 1) {
        await waiting('menu')
        worker.wake()
      }
      return claimed
    } })
    await work()
    expect(carried.at(-1)).toMatch(/^Bà con cần giúp việc gì\?/)
  })

  it('waits on when the worker stops before it has looked', async () => {
    begin()
    await waiting('menu')
    worker.wake()
    await worker.stop()
    expect((await store.load(now)).waitingEvents).toBe(1)
    expect(await store.claimTurns(1, now, MINUTE)).toHaveLength(1)
  })

  it('is given back from the next message on when the worker breaks off, with no try counted', async () => {
    const answered = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    content = sampleContent({ answerer: { async answer() {
      asked.resolve()
      await answered.promise
      return { status: 'no_source_found', article: null, candidates: [], reply: null } as unknown as Answer
    } } })
    await waiting('một câu hỏi dài hơn ba mươi hai chữ, để mà tra', 'menu', 'menu')
    begin()
    worker.wake()
    await asked.promise
    const stopped = worker.stop(true)
    answered.resolve()
    await stopped
    expect(woken).toContain('zalo:oa')
    const [turn] = await store.claimTurns(1, now, MINUTE)
    expect(turn).toMatchObject({ attempt: 1, version: 1, waiting: [{ id: aText(lan, 'w1').id }, { id: aText(lan, 'w2').id }] })
  })

  it('counts the tries of each message by itself', async () => {
    content = sampleContent({ answerer: { answer() { throw new TypeError('broken') } } })
    await waiting('menu', 'câu hỏi làm hỏng')
    await killed(2)
    begin()
    await work()
    expect(await store.deadEvents(10)).toEqual([])
    for (let tries = 1; tries < 3; tries++) {
      now += MINUTE
      await work()
    }
    expect(await store.deadEvents(10)).toMatchObject([{ cause: 'TypeError' }])
  })

  it('a turn the store refuses for its own data is set aside at once, and its place given back', async () => {
    begin({ commitAndClaim: async () => [{ result: 'refused', next: null, delivery: null }] })
    await waiting('menu')
    await work()
    expect(await store.deadEvents(10)).toMatchObject([{ cause: 'refused' }])
    expect(places).toBe(0)
  })

  it('a turn the store cannot take leaves no place taken, and comes again', async () => {
    begin({ commitAndClaim: () => Promise.reject(new StoreUnavailable('gone')) })
    await waiting('menu')
    await work()
    expect(places).toBe(0)
    expect((await store.load(now)).waitingEvents).toBe(1)
  })
})
