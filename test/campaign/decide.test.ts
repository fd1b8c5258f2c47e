import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterQuiet, afterSend, isQuiet, quietFrom, unharmed, whyNotSend, whyPause, type SendTerms } from '../../src/campaign/decide.ts'
import { skipReasons, type SkipReason } from '../../src/core/campaign.ts'
import { DAY, HOUR, MINUTE, vietnamMoment, vietnamTime } from '../../src/core/time.ts'
import { standardSettings } from '../support/campaign-settings.ts'
import { facts, morning } from './support.ts'

const night = { from: 22 * 60, to: 6 * 60 }
const terms = (change: Partial<SendTerms> = {}): SendTerms =>
  ({ announceBasis: 'consent', dailyCap: 1, quiet: [night], window: 48 * HOUR, unsupported: false, atNight: 'wait', ...change })

describe('why somebody does not get a post', () => {
  const rows: [SkipReason | null, string, Parameters<typeof facts>[0], Partial<SendTerms>, number | null, number][] = [
    [null, 'nothing against it', {}, {}, null, morning],
    ['unsupported_content', 'the means cannot carry it', {}, { unsupported: true }, null, morning],
    ['blocked', 'blocked us', { blocked: true }, {}, null, morning],
    ['opted_out', 'said dừng', { optedOut: true }, {}, null, morning],
    ['opted_out', 'said dừng, also without the need of consent', { optedOut: true }, { announceBasis: 'state_task' }, null, morning],
    ['no_consent', 'never agreed', { consented: false }, {}, null, morning],
    [null, 'never agreed, on the basis of a state task', { consented: false }, { announceBasis: 'state_task' }, null, morning],
    ['outside_reply_window', 'wrote too long ago', { lastInboundAt: morning - 48 * HOUR }, {}, null, morning],
    ['outside_reply_window', 'in the last two minutes of the window', { lastInboundAt: morning - 48 * HOUR + MINUTE }, {}, null, morning],
    [null, 'just inside the window', { lastInboundAt: morning - 48 * HOUR + 2 * MINUTE }, {}, null, morning],
    ['outside_reply_window', 'never wrote', { lastInboundAt: null }, {}, null, morning],
    [null, 'never wrote, where there is no window', { lastInboundAt: null }, { window: null }, null, morning],
    ['daily_cap', 'had one today', { campaignDay: '2026-10-01', campaignsThatDay: 1 }, {}, null, morning],
    [null, 'had one yesterday', { campaignDay: '2026-09-30', campaignsThatDay: 1 }, {}, null, morning],
    [null, 'had one of two', { campaignDay: '2026-10-01', campaignsThatDay: 1 }, { dailyCap: 2 }, null, morning],
    ['night_hours', 'at night, when it cannot wait', {}, { atNight: 'skip', window: null }, null, vietnamMoment('2026-10-01', 22 * 60)],
    [null, 'a minute before the night', {}, { atNight: 'skip', window: null }, null, vietnamMoment('2026-10-01', 22 * 60) - 1],
    ['quota', 'nothing left', {}, {}, 0, morning],
    [null, 'one left', {}, {}, 1, morning],
  ]
  it.each(rows)('%s: %s', (reason, _, change, otherTerms, quotaLeft, at) => {
    expect(whyNotSend(facts(change), terms(otherTerms), quotaLeft, at)).toBe(reason)
  })

  it('is the first in the closed list where several hold', () => {
    const all: [SkipReason, Parameters<typeof facts>[0], Partial<SendTerms>][] = [
      ['unsupported_content', {}, { unsupported: true }], ['blocked', { blocked: true }, {}], ['opted_out', { optedOut: true }, {}], ['no_consent', { consented: false }, {}],
      ['outside_reply_window', { lastInboundAt: null }, {}], ['daily_cap', { campaignDay: '2026-10-01', campaignsThatDay: 3 }, {}],
      ['night_hours', {}, { atNight: 'skip', quiet: [{ from: 0, to: 23 * 60 }] }],
    ]
    expect([...all.map(([reason]) => reason), 'quota']).toEqual(skipReasons)
    for (let first = 0; first < all.length; first++) {
      const rest = all.slice(first)
      const reason = whyNotSend(facts(Object.assign({}, ...rest.map(([, change]) => change))), terms(Object.assign({}, ...rest.map(([, , change]) => change))), 0, morning)
      expect(reason).toBe(rest[0]![0])
    }
  })
})

describe('quiet hours', () => {
  it.each([
    ['21:59', false], ['22:00', true], ['23:59', true], ['00:00', true], ['05:59', true], ['06:00', false], ['12:00', false],
  ])('at %s: %s', (clock, quiet) => {
    const [hour = 0, minute = 0] = clock.split(':').map(Number)
    expect(isQuiet([night], vietnamMoment('2026-10-01', hour * 60 + minute))).toBe(quiet)
  })

  it('end the same morning, or the next', () => {
    expect(afterQuiet([night], vietnamMoment('2026-10-01', 23 * 60))).toBe(vietnamMoment('2026-10-02', 6 * 60))
    expect(afterQuiet([night], vietnamMoment('2026-10-02', 3 * 60))).toBe(vietnamMoment('2026-10-02', 6 * 60))
    expect(afterQuiet([night], morning)).toBe(morning)
    expect(afterQuiet([], vietnamMoment('2026-10-02', 3 * 60))).toBe(vietnamMoment('2026-10-02', 3 * 60))
    expect(quietFrom([night], morning)).toBe(vietnamMoment('2026-10-01', 22 * 60))
    expect(quietFrom([], morning)).toBeNull()
  })

  it('of the province and of the platform count together', () => {
    const both = [night, { from: 23 * 60, to: 7 * 60 }]
    expect(afterQuiet(both, vietnamMoment('2026-10-01', 22 * 60 + 30))).toBe(vietnamMoment('2026-10-02', 7 * 60))
  })

  it('are over at the moment named, for any hours and any moment', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1_439 }), fc.integer({ min: 0, max: 1_439 }), fc.integer({ min: 0, max: 20_000 }), (from, to, minutes) => {
      const at = morning + minutes * MINUTE
      const free = afterQuiet([{ from, to }], at)
      expect(isQuiet([{ from, to }], free)).toBe(false)
      expect(free - at).toBeLessThanOrEqual(DAY)
      if (free > at) expect(vietnamTime(free).hour * 60 + vietnamTime(free).minute).toBe(to)
    }))
  })

  it('that never end still end the asking, a day later', () => {
    const always = [{ from: 0, to: 12 * 60 }, { from: 12 * 60, to: 0 }]
    expect(afterQuiet(always, morning)).toBeLessThanOrEqual(morning + 2 * DAY)
  })
})

describe('a campaign pauses', () => {
  const { pause } = standardSettings
  const after = (...ends: boolean[]) => ends.reduce(afterSend, unharmed)
  it('after fifty failures in a row, and not after forty-nine', () => {
    expect(whyPause(after(...Array<boolean>(49).fill(false)), pause)).toBeNull()
    expect(whyPause(after(...Array<boolean>(50).fill(false)), pause)).toContain('50 lượt gửi liên tiếp')
    expect(whyPause(after(...Array<boolean>(49).fill(false), true, ...Array<boolean>(49).fill(false)), { ...pause, share: 1 })).toBeNull()
  })
  it('over five in a hundred, once a hundred were tried', () => {
    const ends = (failed: number, tried: number) => after(...Array.from({ length: tried }, (_, n) => n % Math.ceil(tried / failed) !== 0))
    expect(whyPause({ tried: 99, failed: 40, failedInRow: 1 }, pause)).toBeNull()
    expect(whyPause({ tried: 100, failed: 5, failedInRow: 1 }, pause)).toBeNull()
    expect(whyPause({ tried: 100, failed: 6, failedInRow: 1 }, pause)).toBe('6 trong 100 lượt gửi không thành công, quá 5%')
    expect(ends(10, 100)).toEqual({ tried: 100, failed: 10, failedInRow: 0 })
  })
})
