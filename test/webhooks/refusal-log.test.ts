import { describe, expect, it } from 'vitest'
import { silentLog } from '../../src/core/ports.ts'
import { MINUTE, SECOND } from '../../src/core/time.ts'
import { createRefusalLog, linesPerMinute } from '../../webhooks/refusal-log.ts'
import type { Refusal } from '../../webhooks/route.ts'

function setUp() {
  const clock = { now: Date.UTC(2026, 10, 23, 2) }
  const lines: { fields: Record<string, unknown>; message: string }[] = []
  const log = createRefusalLog({ ...silentLog, warn: (fields, message) => void lines.push({ fields, message }) }, () => clock.now, (account) => account === 'zalo:4300112233445566778')
  const refuse = (change: Partial<Refusal> = {}) => log.refused({ request: 'start-1', channel: 'zalo', accountId: null, status: 401, reason: 'wrong_signature', ...change })
  return { clock, lines, log, refuse }
}

describe('refused requests in the log', () => {
  it('have one line each, with what is needed to find the fault', () => {
    const { lines, refuse } = setUp()
    refuse({ accountId: '4300112233445566778' })
    expect(lines).toEqual([{ message: 'webhook request refused', fields: { request: 'start-1', channel: 'zalo', account: 'zalo:4300112233445566778', status: 401, reason: 'wrong_signature' } }])
  })

  it('name no account that is not ours: anybody may write one into the address', () => {
    const { lines, refuse } = setUp()
    refuse({ accountId: '0912345678' })
    expect(lines[0]!.fields.account).toBeNull()
  })

  it('are bounded for each channel and status, the rest is one line with its number', () => {
    const { clock, lines, log, refuse } = setUp()
    for (let n = 0; n < 100_000; n++) refuse()
    refuse({ status: 413, reason: 'too_large' })
    refuse({ channel: 'facebook' })
    expect(lines).toHaveLength(linesPerMinute + 2)
    clock.now += 59 * SECOND
    log.flush(clock.now)
    expect(lines).toHaveLength(linesPerMinute + 2)
    clock.now += SECOND
    log.flush(clock.now)
    log.flush(clock.now)
    expect(lines.slice(linesPerMinute + 2)).toEqual([{ message: 'more webhook requests refused', fields: { channel: 'zalo', status: 401, more: 100_000 - linesPerMinute, since: '2026-11-23T02:00:00.000Z' } }])
  })

  it('begin anew every minute, without a flush too, and after a clock that was put back', () => {
    const { clock, lines, refuse } = setUp()
    for (const step of [MINUTE, -5 * MINUTE, 0]) {
      for (let n = 0; n <= linesPerMinute; n++) refuse()
      clock.now += step
    }
    expect(lines.filter(({ message }) => message === 'webhook request refused')).toHaveLength(3 * linesPerMinute)
    expect(lines.filter(({ message }) => message === 'more webhook requests refused').map(({ fields }) => fields.more)).toEqual([1, 1])
  })
})
