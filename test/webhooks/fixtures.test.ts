import { describe, expect, it } from 'vitest'
import { needsTurn } from '../../src/core/event.ts'
import { receivedAt, webhookFixtures } from '../support/fixtures.ts'
import { signed, testWebhooks } from '../support/sign.ts'

describe('what comes in, one row per situation', () => {
  it.each(webhookFixtures)('$label', ({ channel, bytes, payload, expected }) => {
    const webhook = testWebhooks[channel]
    const proof = webhook.verify(bytes, new Headers(signed(channel, bytes)).get(webhook.proofHeader))
    expect(proof.ok).toBe(true)
    const { events, accountEvents, ignored } = webhook.parse(payload, { receivedAt, accountId: proof.ok ? proof.accountId : null })
    expect(events.map(({ contact, receivedAt: _, orderAt: __, ...rest }) => ({ account: contact.accountId, user: contact.userId, ...rest }))).toEqual(expected.events)
    expect(accountEvents).toEqual(expected.accountEvents ?? [])
    expect(ignored).toEqual(expected.ignored ?? {})
    for (const event of events) {
      expect(event.contact.channel).toBe(channel)
      expect(event.receivedAt).toBe(receivedAt)
      expect(event.orderAt).toBe(channel === 'telegram' ? receivedAt : event.sentAt)
    }
  })

  it('gives every event an id of its own, the same at every repeat', () => {
    const idsOf = () => webhookFixtures.flatMap(({ channel, payload, label }) =>
      testWebhooks[channel].parse(payload, { receivedAt, accountId: channel === 'telegram' ? '7000000001' : null }).events.map(({ id }) => ({ id, label })))
    expect(idsOf()).toEqual(idsOf())
    const hashed = idsOf().filter(({ id }) => /:[\w-]{22}$/.test(id))
    expect(hashed.length).toBeGreaterThan(10)
    expect(new Set(hashed.map(({ id }) => id)).size).toBe(hashed.length)
  })

  it('starts no turn from standby, receipts, echoes or programs', () => {
    const quiet = webhookFixtures.filter(({ label }) => /\/(standby-(text|postback|read)|delivered|read\.|seen|sent-by-us|sent-by-program|reaction)/.test(label))
    expect(quiet.length).toBeGreaterThan(10)
    const events = quiet.flatMap(({ channel, payload }) => testWebhooks[channel].parse(payload, { receivedAt, accountId: null }).events)
    expect(events.filter(needsTurn).map(({ kind }) => kind)).toEqual(['thread_control', 'thread_control'])
  })
})
