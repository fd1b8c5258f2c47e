import { expect, it } from 'vitest'
import { SendError, type ClaimedDelivery } from '../../src/core/delivery.ts'
import { noCounters } from '../../src/core/ports.ts'
import { HOUR, MINUTE } from '../../src/core/time.ts'
import { createAttempts } from '../../src/delivery/attempt.ts'
import type { Store } from '../../src/store/ports.ts'
import { RecordingChannel } from '../support/world.ts'

const delivery: ClaimedDelivery = {
  id: 'facebook:page:text:m_1#0', contactKey: 'k', account: 'facebook:page', origin: 'reply', part: { text: 'Lời của cán bộ' }, questionAt: null,
  contact: { channel: 'facebook', accountId: 'page', userId: '7788990011223344' }, claim: 'c', attempt: 1, maybeSent: false, lastInboundAt: 0, optedOut: false, blocked: false,
}

it.each([
  ['with the name that Meta’s people find the call by', new SendError({ kind: 'throttled' }, '4/2018022', 'AxYz'), { outcome: 'throttled', code: '4/2018022', trace: 'AxYz' }],
  ['without one where there is none', new SendError({ kind: 'rejected' }, '-201'), { outcome: 'rejected', code: '-201' }],
  ['by its kind alone where a fault of ours is behind it', new TypeError('Lời của cán bộ'), { outcome: 'uncertain', code: 'TypeError' }],
])('a send that failed is told %s', async (_, error, told) => {
  const lines: unknown[] = []
  const channel = new RecordingChannel('facebook')
  channel.send = () => Promise.reject(error)
  const attempts = createAttempts({
    store: {} as Store, channels: { facebook: channel }, gate: { isStopped: () => false, stop: async () => undefined }, now: () => 0, random: () => 0,
    terms: { lateAfter: 15 * MINUTE, staleAfter: 2 * HOUR, lateLine: () => '' }, counters: noCounters, inboxGrew: () => undefined,
    log: { info() {}, error() {}, warn: (fields, message) => void lines.push({ message, ...fields }) },
  })
  await attempts.reply(delivery, () => false)
  expect(lines).toEqual([{ message: 'not sent', delivery: delivery.id, account: delivery.account, ...told }])
})
