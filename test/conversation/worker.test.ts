import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTurnWorker, type TurnWorker } from '../../src/conversation/worker.ts'
import type { Contact } from '../../src/core/contact.ts'
import type { ClaimedDelivery } from '../../src/core/delivery.ts'
import { noCounters, silentLog } from '../../src/core/ports.ts'
import { MINUTE, SECOND } from '../../src/core/time.ts'
import { openStore } from '../../src/store/open.ts'
import { StoreUnavailable, type Store } from '../../src/store/ports.ts'
import { sampleContent } from '../support/content.ts'
import { monday9, settings } from '../support/dialogue.ts'
import { anEvent, aText, person, sent, storeOptions } from '../support/store-fixtures.ts'
import { RecordingChannel } from '../support/world.ts'

const content = sampleContent({ answers: { 'quên mật khẩu vneid': { status: 'answered', article: 'dvc-forgot-password' } } })
const lan = person(1, 'zalo', 'oa')

let folder: string
let store: Store
let worker: TurnWorker
let now: number
let atOnceFrom: number
/** Which of the store's ways were taken. */
let ways: string[]
let places: number
let carried: string[]
let serial: number
let sending: Promise<void>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camnang-worker-'))
  store = await openStore(`sqlite:${folder}/w.db?sync=normal`, { ...storeOptions, now: monday9 })
  now = monday9
  atOnceFrom = 0
  ways = []
  places = 0
  carried = []
  serial = 0
})
afterEach(async () => {
  await worker.stop()
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The worker over the store, or over one that does some things otherwise. */
function begin(otherwise: Partial<Store> = {}): void {
  const seen = (name: 'recordEvents' | 'recordAndClaim' | 'recordAndHandle' | 'commitAndClaim') => (...given: unknown[]) => {
    ways.push(name)
    return ((otherwise[name] ?? store[name]) as (...given: unknown[]) => unknown)(...given)
  }
  worker = createTurnWorker({
    store: { ...store, ...otherwise, ...Object.fromEntries((['recordEvents', 'recordAndClaim', 'recordAndHandle', 'commitAndClaim'] as const).map((name) => [name, seen(name)])) } as Store,
    channels: { zalo: new RecordingChannel('zalo') }, content: () => content, settings, now: () => now, log: silentLog, counters: noCounters,
    get atOnceFrom() { return atOnceFrom },
    outbox: {
      reserve: () => { places++; return true },
      carry: (delivery) => { places--; sending = send(delivery) },
      giveBack: () => { places-- },
      withdraw: () => undefined,
      wake: () => undefined,
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
  expect(await worker.record([aText(who, ++serial, now, text)])).toEqual(['recorded'])
  await worker.idle()
  await sending
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
    await says('menu')
    await says('menu')
    expect(ways).toEqual(['recordAndClaim', 'commitAndClaim', 'recordAndClaim', 'commitAndClaim'])
    now = atOnceFrom
    await says('menu')
    expect(ways.at(-1)).toBe('recordAndHandle')
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
    expect(await recorded).toEqual(['recorded'])
  })

  it('that is known already is not answered again', async () => {
    begin()
    await says('menu')
    const again = aText(lan, serial, now, 'menu')
    expect(await worker.record([again])).toEqual(['duplicate'])
    await worker.idle()
    expect({ places, carried: carried.length }).toEqual({ places: 0, carried: 2 })
  })
})
