import { afterEach, describe, expect, it } from 'vitest'
import type { ClaimedDelivery } from '../../src/core/delivery.ts'
import type { InboundEvent } from '../../src/core/event.ts'
import { noCounters, silentLog } from '../../src/core/ports.ts'
import { createAttempts } from '../../src/delivery/attempt.ts'
import { StoreUnavailable, type Store } from '../../src/store/ports.ts'
import { sampleContent } from '../support/content.ts'
import { HOUR, MINUTE, RecordingChannel, SECOND, World } from '../support/world.ts'

const worlds: World[] = []
/** What a failed test still holds must not hold its end. */
const releases: (() => void)[] = []
async function world(): Promise<World> {
  const made = await World.open(sampleContent())
  worlds.push(made)
  return made
}
afterEach(async () => {
  for (const release of releases.splice(0)) release()
  for (const each of worlds.splice(0)) await each.close()
})

const people = Array.from({ length: 140 }, (_, n) => `p${n}`)

function says(here: World, userId: string, body: Partial<InboundEvent> = { kind: 'text', text: 'menu' }): InboundEvent {
  return { id: `e:${userId}`, contact: here.contact(userId), sentAt: here.now, receivedAt: here.now, orderAt: here.now, ...body } as InboundEvent
}

/** Lets sends wait; tells how many do. */
function holding(channel: RecordingChannel): { waiting(): number; release(): void } {
  let waiting = 0
  let release = (): void => undefined
  const gate = new Promise<void>((resolve) => { release = resolve })
  channel.hold = { then: (...given: Parameters<Promise<void>['then']>) => { waiting++; return gate.then(...given) } } as Promise<void>
  const end = (): void => {
    channel.hold = null
    release()
  }
  releases.push(end)
  return { waiting: () => waiting, release: end }
}

/** Until nothing has changed for a good while. */
async function calm(look: () => number): Promise<void> {
  for (let same = 0, last = look(); same < 50; same = look() === last ? same + 1 : 0, last = look()) await new Promise((resolve) => setImmediate(resolve))
}

describe('an account’s places', () => {
  it('are 128, for replies as they come; whoever waits for one is sent when it is free, unasked', async () => {
    const here = await world()
    const held = holding(here.channels.zalo)
    for (const one of people) await here.app.record([says(here, one)])
    await calm(held.waiting)
    expect(held.waiting()).toBe(128)
    held.release()
    await here.app.idle()
    expect(here.channels.zalo.sent).toHaveLength(2 * people.length)
  })

  it('are 128, for replies that were held up together; and all are sent in the end, unasked', async () => {
    const here = await world()
    here.channels.zalo.failures = [{ kind: 'throttled', retryAfter: MINUTE }]
    // The first one hears that all must wait.
    for (const together of [people.slice(0, 1), people.slice(1)]) {
      for (const one of together) await here.app.record([says(here, one)])
      await here.app.idle()
    }
    expect(here.channels.zalo.sent).toEqual([])
    here.now += MINUTE
    const held = holding(here.channels.zalo)
    const { claimDeliveries } = here.store
    here.store.claimDeliveries = async (...given) => { await calm(() => 0); return claimDeliveries(...given) }
    for (let times = 0; times < 20; times++) {
      here.app.wake()
      for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setImmediate(resolve))
    }
    await calm(held.waiting)
    expect(held.waiting()).toBe(128)
    held.release()
    await here.app.idle()
    expect(here.channels.zalo.sent).toHaveLength(2 * people.length)
  })
})

it('whoever stops waits for what is under way and for its being noted, also of what could not be noted before', async () => {
  const here = await world()
  const { finishAndClaim, finishDeliveries } = here.store
  const away = async (): Promise<never> => { throw new StoreUnavailable('gone') }
  Object.assign(here.store, { finishAndClaim: away, finishDeliveries: away })
  await here.app.record([says(here, 'mai')])
  await here.app.idle()
  Object.assign(here.store, { finishAndClaim, finishDeliveries })
  const held = holding(here.channels.zalo)
  await here.app.record([says(here, 'lan')])
  await calm(held.waiting)
  let stopped = false
  const stopping = here.app.stop().then(() => { stopped = true })
  await calm(() => 0)
  expect(stopped).toBe(false)
  held.release()
  await stopping
  expect(here.channels.zalo.sent.map(({ deliveryId }) => deliveryId)).toEqual(['e:mai#1', 'e:lan#1'])
  expect(await here.store.countDeliveries()).toEqual([{ origin: 'reply', status: 'queued', count: 2 }, { origin: 'reply', status: 'sent', count: 2 }])
})

it('what is queued while the account is being looked at is not left lying', async () => {
  const here = await world()
  await here.hears('lan', 'menu')
  await here.hears('mai', 'menu')
  const before = here.channels.zalo.sent.length
  const { claimDeliveries } = here.store
  const officer = (userId: string): InboundEvent => says(here, userId, { id: `o:${userId}`, kind: 'staff_reply', says: { text: `Chào ${userId}` } })
  let looked = 0
  here.store.claimDeliveries = async (...given) => {
    const claimed = await claimDeliveries(...given)
    if (++looked === 1) {
      await here.app.record([officer('mai')])
      await calm(() => 0)
    }
    return claimed
  }
  await here.app.record([officer('lan')])
  await here.app.idle()
  expect(here.channels.zalo.sent.slice(before).map(({ text }) => text)).toEqual(['Chào lan', 'Chào mai'])
})

/** One try on an account, and what announcements there hear of it. */
function trying() {
  const now = 1_795_400_000_000
  const zalo = new RecordingChannel('zalo')
  const heard: unknown[] = []
  const attempts = createAttempts({
    store: {} as Store, channels: { zalo }, gate: { isStopped: () => false, stop: async () => undefined }, now: () => now, random: () => 0,
    terms: { lateAfter: HOUR, staleAfter: 2 * HOUR, lateLine: (time) => time }, log: silentLog, counters: noCounters, inboxGrew: () => undefined,
    pacing: { enter: () => null, left: ({ id }) => heard.push(['left', id]), hold: (account, until) => heard.push([account, until - now]) },
  })
  const delivery: ClaimedDelivery = {
    id: 'e#1', contactKey: 'k', account: 'zalo:oa', contact: { channel: 'zalo', accountId: 'oa', userId: 'lan' }, origin: 'reply', part: { text: 'chào' }, questionAt: now,
    claim: '1.1', attempt: 1, maybeSent: false, lastInboundAt: now, optedOut: false, blocked: false,
  }
  return { attempts, zalo, heard, delivery }
}

it('announcements wait, and replies go on, while little of the platform’s limits is left', async () => {
  const { attempts, zalo, heard, delivery } = trying()
  zalo.used = 0.8
  expect(await attempts.reply(delivery, () => false)).toMatchObject({ end: { status: 'sent' } })
  expect(await attempts.announcement({ ...delivery, origin: 'campaign' })).toMatchObject({ end: { status: 'sent' } })
  zalo.used = 0.95
  expect(await attempts.reply(delivery, () => false)).toMatchObject({ end: { status: 'sent' } })
  expect(heard).toEqual([['left', 'e#1'], ['zalo:oa', SECOND], ['zalo:oa', 5 * MINUTE], ['left', 'e#1']])
  expect(attempts.paceOf('zalo:oa').waitUntil).toBe(0)
})

it.each([
  ['as long as the platform says', { kind: 'throttled', retryAfter: 2 * MINUTE }, 2 * MINUTE],
  ['a second where it does not say', { kind: 'throttled' }, SECOND],
  ['a second where nobody answers', { kind: 'unavailable' }, SECOND],
] as const)('announcements wait with the replies: %s', async (_, outcome, wait) => {
  const { attempts, zalo, heard, delivery } = trying()
  zalo.failures = [outcome]
  expect(await attempts.reply(delivery, () => false)).toMatchObject({ end: { status: 'queued' } })
  expect(heard).toEqual([['zalo:oa', wait], ['left', 'e#1']])
})
