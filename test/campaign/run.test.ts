import { afterEach, describe, expect, it } from 'vitest'
import { HOUR } from '../../src/core/time.ts'
import { campaignText, morning } from './support.ts'
import { Running } from './running.ts'

let running: Running
afterEach(() => running.close())

describe('a campaign end to end', () => {
  it('ends as it was foretold, reason by reason', async () => {
    running = await Running.open(morning - 5 * 60_000)
    await running.people('telegram', 100, (n) => (n < 10 ? { optedOut: true } : n < 20 ? { consent: false } : n < 25 ? { consent: null } : n < 30 ? { blocked: true } : {}))
    await running.people('zalo', 40, (n) => (n < 7 ? { ago: 49 * HOUR } : {}))
    const campaign = await running.approved(campaignText({ post: '    means: { telegram: direct, zalo: consultation }' }))
    const forecast = await running.forecast(campaign)
    expect(forecast.posts[0]).toMatchObject({ counts: { planned: 140, sent: 103, skipped: 37 }, skippedBy: { opted_out: 10, no_consent: 15, blocked: 5, outside_reply_window: 7 } })
    await running.run(running.finished('dot-thu'))
    expect(await running.status('dot-thu')).toEqual(forecast)
    expect(running.platform('telegram').tally).toEqual({ taken: 70, tooFast: 0 })
    expect(running.platform('zalo').tally).toEqual({ taken: 33, tooFast: 0 })
  })
})
