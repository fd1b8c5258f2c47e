import { expect, it } from 'vitest'
import type { AccountKey } from '../../src/core/contact.ts'
import type { ClaimedDelivery } from '../../src/core/delivery.ts'
import { noCounters, silentLog } from '../../src/core/ports.ts'
import { HOUR, MINUTE } from '../../src/core/time.ts'
import type { SharedPacing } from '../../src/delivery/attempt.ts'
import { createDeliverer, type Deliverer } from '../../src/delivery/deliver.ts'
import type { FinishedDelivery, Store } from '../../src/store/ports.ts'
import { RecordingChannel } from '../support/world.ts'

const account: AccountKey = 'zalo:oa'
const delivery = (id: string): ClaimedDelivery => ({
  id, contactKey: id, account, origin: 'reply', part: { text: 'chào' }, questionAt: null, contact: { channel: 'zalo', accountId: 'oa', userId: id }, claim: `${id}.1`, attempt: 1,
  maybeSent: false, lastInboundAt: 0, optedOut: false, blocked: false,
})

/** A deliverer over a store of which only this is asked. */
function begin(store: Partial<Store>, pacing?: SharedPacing, mostInFlight?: number): { deliverer: Deliverer; channel: RecordingChannel } {
  const channel = new RecordingChannel('zalo')
  const deliverer = createDeliverer({
    store: { dueAccounts: async () => [], finishDeliveries: async (ended: FinishedDelivery[]) => ended.map(() => true), ...store } as Store,
    channels: { zalo: channel }, gate: { isStopped: () => false, stop: async () => undefined }, now: () => 0, random: () => 0,
    terms: { lateAfter: 15 * MINUTE, staleAfter: 2 * HOUR, lateLine: () => '' }, log: silentLog, counters: noCounters, inboxGrew: () => undefined,
    ...(pacing && { pacing }), mostInFlight,
  })
  return { deliverer, channel }
}
const tick = () => new Promise((go) => setImmediate(go))

it('no more calls than permitted are under way where replies come while the store is asked for others', async () => {
  let answer = (_: ClaimedDelivery[]): void => undefined
  let room: number | null = null
  const { deliverer, channel } = begin({
    claimDeliveries: async (_account, limit) => {
      if (room !== null) return []
      room = limit
      return new Promise((resolve) => { answer = resolve })
    },
    finishAndClaim: async (ended) => ended.map(() => ({ noted: true, next: null })),
  })
  let release = (): void => undefined
  channel.hold = new Promise((resolve) => { release = resolve })
  let underWay = 0
  const send = channel.send.bind(channel)
  channel.send = (...given) => {
    underWay++
    return send(...given)
  }
  deliverer.wake(account)
  await tick()
  for (let turn = 0; turn < 200 && deliverer.reserve(account); turn++) deliverer.carry(delivery(`turn-${turn}`))
  answer(Array.from({ length: room! - 28 }, (_, n) => delivery(`due-${n}`)))
  await tick()
  for (let turn = 0; turn < 200 && deliverer.reserve(account); turn++) deliverer.carry(delivery(`later-${turn}`))
  await tick()
  expect(underWay).toBe(128)
  release()
  await deliverer.idle()
  await deliverer.stop()
})

it('as few calls as are asked for are under way', async () => {
  const asked: number[] = []
  const { deliverer } = begin({ claimDeliveries: async (_account, limit) => { asked.push(limit); return [] } }, undefined, 8)
  deliverer.wake(account)
  await deliverer.idle()
  expect(asked).toEqual([8])
})

it('a reply that waits for its place is not sent when a person has answered meanwhile, and the place is free again', async () => {
  const ends: FinishedDelivery[] = []
  let enter = (): void => undefined
  let left = 0
  const { deliverer, channel } = begin({
    finishAndClaim: async (ended) => {
      ends.push(...ended)
      return ended.map(() => ({ noted: true, next: null }))
    },
  }, { enter: () => new Promise((resolve) => { enter = resolve }), left: () => { left++ }, hold: () => undefined })
  expect(deliverer.reserve(account)).toBe(true)
  deliverer.carry(delivery('lan'))
  await tick()
  deliverer.withdraw('lan')
  enter()
  await deliverer.idle()
  expect(channel.sent).toEqual([])
  expect(ends.map(({ end }) => end)).toEqual([{ status: 'skipped', reason: 'staff_answered' }])
  expect(left).toBe(1)
})
