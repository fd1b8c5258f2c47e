import { describe, expect, it } from 'vitest'
import type { SendOutcome } from '../../src/core/delivery.ts'
import { afterFailure, type AfterFailure } from '../../src/delivery/retry.ts'

const now = 1_000_000
const part = { text: 'Chào' }
const reply = { origin: 'reply', part, maybeSent: false, attempt: 1 } as const
const campaign = { origin: 'campaign', part, maybeSent: false, attempt: 1 } as const
const trial = { origin: 'staff', part: { text: '', template: { id: '7001', language: null, data: {} } }, maybeSent: false, attempt: 1 } as const

describe('one retry policy', () => {
  const rows: [string, Parameters<typeof afterFailure>[0], SendOutcome, AfterFailure][] = [
    ['throttled, told how long: the account waits so long', reply, { kind: 'throttled', retryAfter: 7_000 },
      { end: { status: 'queued', dueAt: now + 7_000, maybeSent: false }, account: { kind: 'wait', until: now + 7_000 } }],
    ['throttled, not told: the account backs off', reply, { kind: 'throttled' },
      { end: { status: 'queued', dueAt: now, maybeSent: false }, account: { kind: 'wait' } }],
    ['throttled, perhaps in one chat: that one waits', reply, { kind: 'throttled', retryAfter: 7_000, perhapsOneChat: true }, { end: { status: 'queued', dueAt: now + 7_000, maybeSent: false } }],
    ['… and the account when it was not that', { ...reply, attempt: 2 }, { kind: 'throttled', retryAfter: 7_000, perhapsOneChat: true },
      { end: { status: 'queued', dueAt: now + 7_000, maybeSent: false }, account: { kind: 'wait', until: now + 7_000 } }],
    ['… or an announcement', campaign, { kind: 'throttled', retryAfter: 7_000, perhapsOneChat: true },
      { end: { status: 'queued', dueAt: now + 7_000, maybeSent: false }, account: { kind: 'wait', until: now + 7_000 } }],
    ['unavailable: again when the account is', campaign, { kind: 'unavailable' },
      { end: { status: 'queued', dueAt: now, maybeSent: false }, account: { kind: 'wait' } }],
    ['bad configuration stops the account and burns nobody', campaign, { kind: 'bad_configuration', needs: 'consent' },
      { end: { status: 'queued', dueAt: now + 300_000, maybeSent: false }, account: { kind: 'stop', needs: 'consent' } }],
    ['… also where a reply lacks a permission', reply, { kind: 'bad_configuration', needs: 'permission' },
      { end: { status: 'queued', dueAt: now + 300_000, maybeSent: false }, account: { kind: 'stop', needs: 'permission' } }],
    ['… but replies need nothing that only an announcement lacks', campaign, { kind: 'bad_configuration', needs: 'money' },
      { end: { status: 'queued', dueAt: now + 300_000, maybeSent: false } }],
    ['… nor a template that is tried out', trial, { kind: 'bad_configuration', needs: 'money' }, { end: { status: 'failed', reason: 'rejected' } }],
    ['… while a block concerns everything', campaign, { kind: 'bad_configuration', needs: 'blocked' },
      { end: { status: 'queued', dueAt: now + 300_000, maybeSent: false }, account: { kind: 'stop', needs: 'blocked' } }],
    ['blocked: the contact is marked', reply, { kind: 'contact_gone', reason: 'blocked' },
      { end: { status: 'failed', reason: 'blocked' }, contact: { blocked: true } }],
    ['window closed by the platform’s clock', reply, { kind: 'contact_gone', reason: 'outside_reply_window' },
      { end: { status: 'skipped', reason: 'outside_reply_window' }, contact: { windowClosed: true } }],
    ['refused this kind of message: opted out', campaign, { kind: 'contact_gone', reason: 'opted_out' },
      { end: { status: 'skipped', reason: 'opted_out' }, contact: { optedOut: true } }],
    ['daily cap', campaign, { kind: 'contact_gone', reason: 'daily_cap' }, { end: { status: 'skipped', reason: 'daily_cap' } }],
    ['rejected content is never repeated', reply, { kind: 'rejected' }, { end: { status: 'failed', reason: 'rejected' } }],
    ['night: at the time the platform allows', campaign, { kind: 'not_now', reason: 'night_hours', retryAt: now + 9 },
      { end: { status: 'queued', dueAt: now + 9, maybeSent: false } }],
    ['quota without a time: later', reply, { kind: 'not_now', reason: 'quota' },
      { end: { status: 'queued', dueAt: now + 900_000, maybeSent: false } }],
    ['a reply without an answer is sent once more', reply, { kind: 'uncertain' },
      { end: { status: 'queued', dueAt: now + 5_000, maybeSent: true }, account: { kind: 'wait' } }],
    ['… then it is uncertain', { ...reply, maybeSent: true, attempt: 2 }, { kind: 'uncertain' }, { end: { status: 'uncertain', reason: 'no_answer' }, account: { kind: 'wait' } }],
    ['a campaign delivery without an answer is never repeated', campaign, { kind: 'uncertain' }, { end: { status: 'uncertain', reason: 'no_answer' }, account: { kind: 'wait' } }],
    ['a fault that follows one delivery holds only that one', { ...reply, attempt: 4 }, { kind: 'unavailable' },
      { end: { status: 'queued', dueAt: now + 60_000, maybeSent: false } }],
    ['… longer each time, to ten minutes', { ...reply, attempt: 40 }, { kind: 'unavailable' },
      { end: { status: 'queued', dueAt: now + 600_000, maybeSent: false } }],
    ['a throttled second try stays a second try', { ...reply, origin: 'staff', maybeSent: true, attempt: 2 }, { kind: 'throttled' },
      { end: { status: 'queued', dueAt: now, maybeSent: true }, account: { kind: 'wait' } }],
  ]
  it.each(rows)('%s', (_, delivery, outcome, expected) => {
    expect(afterFailure(delivery, outcome, now)).toEqual(expected)
  })
})
