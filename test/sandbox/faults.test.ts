import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAxios } from '../../src/channels/axios.ts'
import type { Channel } from '../../src/channels/channel.ts'
import { createFacebookChannel } from '../../src/channels/facebook.ts'
import { createTelegramChannel } from '../../src/channels/telegram.ts'
import type { Transport } from '../../src/channels/transport.ts'
import { createZaloHeaders } from '../../src/channels/zalo-headers.ts'
import { createZaloChannel } from '../../src/channels/zalo.ts'
import { channelNames, type ChannelName } from '../../src/core/contact.ts'
import { SendError } from '../../src/core/delivery.ts'
import { MINUTE, SECOND } from '../../src/core/time.ts'
import type { Citizen } from '../../src/sandbox/citizen.ts'
import type { Fault } from '../../src/sandbox/faults.ts'
import { openRehearsal, type Rehearsal } from './target.ts'

/** Our real channels against the stand-ins: every fault ends as the kind of failure it is. */
let rehearsal: Rehearsal
let channels: Record<ChannelName, Channel>
beforeAll(async () => {
  rehearsal = await openRehearsal()
  const { zalo, facebook, telegram } = rehearsal.sandbox.settings
  const transport: Transport = (request) => rehearsal.transport({ ...request, timeout: 200 })
  const http = createAxios(transport)
  const clock = (): number => rehearsal.clock.now
  const token = async (): Promise<string> => zalo.accounts[0]!.accessToken!
  channels = {
    zalo: createZaloChannel({ apiUrl: zalo.apiUrl, http, clock, headers: createZaloHeaders(zalo.appSecret), tokens: { current: token, replace: token, giveUp: async () => true, refreshDue: async () => [] } }),
    facebook: createFacebookChannel({ ...facebook, http, clock }),
    telegram: createTelegramChannel({ ...telegram, transport }),
  }
})
afterAll(() => rehearsal.close())

async function trySend(channel: ChannelName, fault: Fault): Promise<{ end: object; citizen: Citizen }> {
  const platform = rehearsal.sandbox.platforms[channel]
  const citizen = platform.newCitizen()
  await citizen.says('a')
  platform.fault(fault)
  const contact = { channel, accountId: platform.accountId, userId: citizen.userId }
  const end = await channels[channel].send(contact, { text: 'Chào bà con.' }, 'd1').then(() => ({ kind: 'sent' }), (error: unknown) => {
    if (!(error instanceof SendError)) throw error
    return error.outcome
  })
  platform.mend()
  return { end, citizen }
}

const cases: [name: string, fault: Fault, end: Record<ChannelName, object>, arrives: boolean][] = [
  ['slow', { kind: 'slow', for: 20 }, all({ kind: 'sent' }), true],
  ['throttle', { kind: 'throttle', retryAfter: 7 * SECOND }, {
    zalo: { kind: 'throttled' }, facebook: { kind: 'throttled', retryAfter: MINUTE }, telegram: { kind: 'throttled', retryAfter: 7 * SECOND, perhapsOneChat: true },
  }, false],
  ['a gateway page', { kind: 'fail', code: 'http_503' }, all({ kind: 'unavailable' }), false],
  ['reset', { kind: 'reset' }, all({ kind: 'uncertain' }), false],
  ['reset after it was taken', { kind: 'reset', taken: true }, all({ kind: 'uncertain' }), true],
  ['hang', { kind: 'hang' }, all({ kind: 'uncertain' }), false],
  ['hang after it was taken', { kind: 'hang', taken: true }, all({ kind: 'uncertain' }), true],
]

function all(end: object): Record<ChannelName, object> {
  return { zalo: end, facebook: end, telegram: end }
}

describe('faults of all platforms', () => {
  for (const [name, fault, ends, arrives] of cases) {
    for (const channel of channelNames) {
      it(`${channel}: ${name}`, async () => {
        const { end, citizen } = await trySend(channel, fault)
        expect(end).toEqual(ends[channel])
        expect(citizen.received()).toHaveLength(arrives ? 1 : 0)
      })
    }
  }
})

const codes: [channel: ChannelName, code: string, end: object][] = [
  ['zalo', '-230', { kind: 'contact_gone', reason: 'outside_reply_window' }],
  ['zalo', '-321', { kind: 'bad_configuration', needs: 'money' }],
  ['facebook', '10/2018278', { kind: 'contact_gone', reason: 'outside_reply_window' }],
  ['facebook', '368', { kind: 'bad_configuration', needs: 'blocked' }],
  ['telegram', '403 Forbidden: bot was blocked by the user', { kind: 'contact_gone', reason: 'blocked' }],
  ['telegram', '401 Unauthorized', { kind: 'bad_configuration', needs: 'consent' }],
]

describe('codes', () => {
  for (const [channel, code, end] of codes) it(`${channel}: ${code}`, async () => expect((await trySend(channel, { kind: 'fail', code })).end).toEqual(end))

  it('as many times as asked, then well again', async () => {
    const platform = rehearsal.sandbox.platforms.facebook
    const citizen = platform.newCitizen()
    await citizen.says('a')
    platform.fault({ kind: 'fail', code: '1200', times: 2 })
    const contact = { channel: 'facebook' as const, accountId: platform.accountId, userId: citizen.userId }
    const send = (): Promise<string> => channels.facebook.send(contact, { text: 'a' }, 'd').then(() => 'sent', (error: SendError) => error.code)
    expect([await send(), await send(), await send()]).toEqual(['1200', '1200', 'sent'])
  })

  it('a token call has faults of its own', async () => {
    rehearsal.sandbox.platforms.zalo.fault({ kind: 'fail', code: '-14014', on: 'token' })
    const answer = await fetch(`${rehearsal.sandbox.origin}/v4/oa/access_token`, { method: 'POST', body: new URLSearchParams({}) })
    expect(await answer.json()).toMatchObject({ error: '-14014', access_token: '' })
  })
})
