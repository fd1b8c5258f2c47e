import { afterEach, describe, expect, it } from 'vitest'
import { confirmCorrection, dropCorrection, followUpId, proposeCorrection } from '../../src/campaign/correct.ts'
import { reportOf, reportPeriod, verifyLog } from '../../src/campaign/figures.ts'
import { addPhone, listPhones, sendTrial } from '../../src/campaign/trial.ts'
import type { AuditLine } from '../../src/core/campaign.ts'
import { accountKey } from '../../src/core/contact.ts'
import type { Part } from '../../src/core/message.ts'
import { DAY, HOUR, MINUTE, SECOND, vietnamMoment } from '../../src/core/time.ts'
import { StoreUnavailable } from '../../src/store/ports.ts'
import { campaignText, morning, readCampaign } from './support.ts'
import { by, expectDone, Running } from './running.ts'
import { compose, rules } from './world.ts'

let running: Running
afterEach(() => running.close())

const start = morning - 5 * MINUTE
const direct = campaignText()
const lines = async (): Promise<AuditLine[]> => {
  const all: AuditLine[] = []
  for await (const batch of running.store.auditLines()) all.push(...batch)
  return all
}
const texts = (n: number): string[] => running.platform('telegram').received(String(5_550_000_000 + n)).map(({ text }) => text)

describe('a campaign end to end', () => {
  it('ends as it was foretold, reason by reason', async () => {
    running = await Running.open(start)
    await running.people('telegram', 100, (n) => (n < 10 ? { optedOut: true } : n < 20 ? { consent: false } : n < 25 ? { consent: null } : n < 30 ? { blocked: true } : {}))
    await running.people('zalo', 40, (n) => (n < 7 ? { ago: 49 * HOUR } : {}))
    const campaign = await running.approved(campaignText({ post: '    means: { telegram: direct, zalo: consultation }' }))
    const forecast = await running.forecast(campaign)
    expect(forecast.posts[0]).toMatchObject({ counts: { planned: 140, sent: 103, skipped: 37 }, skippedBy: { opted_out: 10, no_consent: 15, blocked: 5, outside_reply_window: 7 } })
    await running.run(running.finished('dot-thu'))
    expect(await running.status('dot-thu')).toEqual(forecast)
    expect(running.platform('telegram').tally).toEqual({ taken: 70, tooFast: 0 })
    expect(running.platform('zalo').tally).toEqual({ taken: 33, tooFast: 0 })
    expect(texts(50)).toEqual(['Chào bà con.\n\nKhông muốn nhận nữa, nhắn “dừng”.'])
    expect((await verifyLog(running.store, null))).toMatchObject({ ok: true })
    expect((await lines()).map(({ action, who }) => `${action} ${who}`)).toEqual(['edit Lan', 'submit Lan', 'approve Minh', 'schedule hệ thống', 'start hệ thống', 'finish hệ thống'])
  })

  it('counts one post a day over its posts and over another campaign, as foretold', async () => {
    running = await Running.open(start)
    await running.people('telegram', 20)
    const posts = ['a', 'b'].map((id, n) => `  - { id: ${id}, title: Bài, time: 2026-10-01 09:0${n}, message: { text: Bài ${id} }, means: { telegram: direct } }`).join('\n')
    const campaign = await running.approved(campaignText({ posts }))
    const forecast = await running.forecast(campaign)
    await running.run(running.finished('dot-thu'))
    expect(forecast.posts.map(({ counts }) => counts.sent)).toEqual([20, 0])
    expect(await running.status('dot-thu')).toEqual(forecast)
    await running.people('telegram', 25, (n) => (n < 20 ? { ago: MINUTE } : {}))
    const second = await running.approved(campaignText().replace('id: dot-thu', 'id: dot-hai').replace('09:00', '09:30'))
    const next = await running.forecast(second)
    await running.run(running.finished('dot-hai'), 1 * HOUR)
    expect(await running.status('dot-hai')).toEqual(next)
    expect(next.posts[0]).toMatchObject({ skippedBy: { daily_cap: 20 }, counts: { sent: 5 } })
  })

  it('spends what an account may still send today, and no more', async () => {
    const limited = { ...rules, accounts: { 'telegram:sandbox-bot': { telegram_direct: { account_daily: { value: 12, sure: 'sure' as const, source: 's', note: null } } } } }
    running = await Running.open(start, { rules: limited })
    await running.people('telegram', 30)
    const forecast = await running.forecast(await running.approved(direct))
    await running.run(running.finished('dot-thu'))
    expect(forecast.posts[0]).toMatchObject({ skippedBy: { quota: 18 }, counts: { sent: 12 } })
    expect(await running.status('dot-thu')).toEqual(forecast)
  })

  it('waits for the morning and loses nobody, or leaves them out where it may not wait', async () => {
    running = await Running.open(morning)
    await running.people('telegram', 60)
    const late = direct.replace('09:00', '21:59')
    const waiting = await running.approved(late)
    running.now = vietnamMoment('2026-10-01', 21 * 60 + 59) + 59 * SECOND
    const forecast = await running.forecast(waiting)
    await running.run(running.finished('dot-thu'), 9 * HOUR)
    expect(await running.status('dot-thu')).toEqual(forecast)
    expect(running.platform('telegram').tally.taken).toBe(60)
    expect(running.now).toBeGreaterThanOrEqual(vietnamMoment('2026-10-02', 6 * 60))
  })

  it('honours an opt-out between planning and sending, and between claim and call', async () => {
    running = await Running.open(start)
    await running.people('telegram', 120)
    await running.approved(direct)
    /** One of those who stand like this and have nothing yet: what was sent is noted a moment later. */
    const oneOf = async (status: 'queued' | 'sending'): Promise<number[]> => {
      const keys = (await running.store.listRecipients({ campaign: 'dot-thu', post: null, status, reason: null }, null, 120)).map(({ contactKey }) => contactKey)
      return Array.from({ length: 120 }, (_, n) => n).filter((n) => keys.includes(running.keyOf('telegram', n)) && texts(n).length === 0).slice(0, 1)
    }
    await running.run(async () => (await running.status('dot-thu')).posts[0]!.counts.sent > 5 && (await oneOf('sending')).length === 1)
    const who = [...await oneOf('queued'), ...await oneOf('sending')]
    for (const n of who) {
      await running.store.recordEvents([{ id: `stop ${n}`, contact: running.contact('telegram', n), sentAt: running.now, receivedAt: running.now, orderAt: running.now, kind: 'text', text: 'dừng' }], running.now)
      const [turn] = await running.store.claimTurns(10, running.now, MINUTE)
      await running.store.commitTurns([{ contactKey: turn!.contactKey, claim: turn!.claim, version: turn!.version, eventId: `stop ${n}`, conversation: null, deliveries: [], outcome: null, profile: { optedOut: true } }], running.now)
    }
    await running.run(running.finished('dot-thu'))
    expect((await running.status('dot-thu')).posts[0]!.skippedBy).toEqual({ opted_out: 2 })
    expect(who.flatMap(texts)).toEqual([])
  })

  it('writes to nobody of whom it cannot read whether they still want it', async () => {
    running = await Running.open(start)
    await running.people('telegram', 60)
    await running.approved(direct)
    const { findContact } = running.store
    const asked = new Set<string>()
    running.store.findContact = async (key) => {
      asked.add(key)
      throw new StoreUnavailable('cannot read')
    }
    await running.run(async () => asked.size > 4)
    const who = Array.from({ length: 60 }, (_, n) => n).filter((n) => asked.has(running.keyOf('telegram', n)))
    expect(who).toHaveLength(asked.size)
    expect(who.flatMap(texts)).toEqual([])
    running.store.findContact = findContact
    await running.run(running.finished('dot-thu'))
    expect((await running.status('dot-thu')).posts[0]!.counts).toMatchObject({ sent: 60 })
    expect(who.map((n) => texts(n).length)).toEqual(who.map(() => 1))
  })

  it('sends the parts of a long post in their order, a second apart in one chat', async () => {
    running = await Running.open(start)
    await running.people('telegram', 40)
    const campaign = await running.approved(campaignText({ post: `    means: { telegram: direct }` }).replace('Chào bà con.', `"${'Câu dài của bài này. '.repeat(250)}"`))
    const forecast = await running.forecast(campaign)
    expect(forecast.posts[0]!.counts.planned).toBe(80)
    await running.run(running.finished('dot-thu'))
    expect(await running.status('dot-thu')).toEqual(forecast)
    expect(texts(7)).toHaveLength(2)
    expect(texts(7)[1]).toContain('dừng')
    expect(running.platform('telegram').tally.tooFast).toBe(0)
  })
})

describe('approved templates', () => {
  const withTemplates = campaignText({ post: '    means:\n      zalo: { by: template, template: "7001", data: { ten: Bà con } }\n      facebook: { by: utility, template: thong_bao, language: vi, data: { ngay: 10/10 } }' })

  it('go to people outside the window too, with their data alone', async () => {
    running = await Running.open(start)
    await running.people('zalo', 4, () => ({ ago: 30 * DAY }))
    await running.people('facebook', 3, () => ({ ago: 3 * DAY }))
    running.platform('zalo').approveTemplate('7001')
    running.platform('facebook').approveTemplate('thong_bao')
    const forecast = await running.forecast(await running.approved(withTemplates))
    await running.run(running.finished('dot-thu'))
    expect(await running.status('dot-thu')).toEqual(forecast)
    expect(forecast.posts[0]!.counts.sent).toBe(7)
    expect(running.platform('zalo').received('5550000001').map(({ text }) => text)).toEqual(['[7001] Bà con'])
    expect(running.platform('facebook').received('5550000001').map(({ text }) => text)).toEqual(['[thong_bao] 10/10'])
  })

  it('that the platform has not approved fail, and say by which code', async () => {
    running = await Running.open(start)
    await running.people('zalo', 4)
    await running.approved(campaignText({ post: '    means: { zalo: { by: template, template: "7001", data: { ten: Bà con } } }' }))
    await running.run(running.finished('dot-thu'))
    expect((await running.status('dot-thu')).posts[0]!.failedBy).toEqual({ rejected: 4 })
  })
})

describe('what the platform does not let an account announce', () => {
  const article = campaignText({ post: '      image: anh\n    means: { zalo: broadcast }' })
  const template = campaignText({ post: '    means: { zalo: { by: template, template: "7001", data: { ten: Bà con } } }' })
  const post = campaignText({ post: '    means: { facebook: page_post }' })
  it.each([
    ['a template without money for it', template, 'zalo', '-321', 'send'],
    ['an article beyond its package', article, 'zalo', '-224', 'other'],
    ['a post without the permission', post, 'facebook', '200', 'other'],
  ] as const)('%s pauses the campaign, and replies go on', async (_, text, channel, code, on) => {
    running = await Running.open(start)
    await running.people(channel, 100)
    running.platform(channel).approveTemplate('7001')
    await running.approved(text)
    running.platform(channel).fault({ kind: 'fail', code, on, times: 1_000 })
    await running.run(async () => (await running.record('dot-thu')).status === 'paused')
    const account = accountKey(running.contact(channel, 0))
    expect((await running.record('dot-thu')).reason).toContain(account)
    expect(running.gate.isStopped(account)).toBe(false)
    expect((await running.status('dot-thu')).posts[0]!.counts).toMatchObject({ failed: 0, uncertain: 0 })
  })
})

describe('what a platform calls against its rules', () => {
  it.each([
    ['to a person', campaignText({ post: '    means: { zalo: { by: template, template: "7001", data: { ten: Bà con } } }' }), 'send'],
    ['an article', campaignText({ post: '      image: anh\n    means: { zalo: broadcast }' }), 'other'],
  ] as const)('goes to nobody else (%s), people are told, and replies go on', async (_, text, on) => {
    running = await Running.open(start)
    await running.people('zalo', 100)
    running.platform('zalo').approveTemplate('7001')
    await running.approved(text)
    running.platform('zalo').fault({ kind: 'fail', code: '-248', on, times: 1_000 })
    await running.run(async () => (await running.record('dot-thu')).status === 'paused')
    expect((await running.record('dot-thu')).reason).toContain('vi phạm quy định của nền tảng')
    expect(running.alerts.map(({ kind }) => kind)).toEqual(['campaign'])
    expect(running.gate.isStopped(accountKey(running.contact('zalo', 0)))).toBe(false)
    expect((await running.status('dot-thu')).posts[0]!.counts.failed).toBeLessThan(30)
  })
})

describe('while it runs', () => {
  it('pauses, goes on where it was, and is cancelled half way', async () => {
    running = await Running.open(start)
    await running.people('telegram', 300)
    await running.approved(direct)
    await running.run(async () => (await running.status('dot-thu')).posts[0]!.counts.sent >= 50)
    expectDone(await running.engine.pause('dot-thu', by('Hoa', 'duty')))
    await running.step()
    const paused = (await running.status('dot-thu')).posts[0]!.counts
    for (let second = 0; second < 5; second++) {
      running.now += SECOND
      running.timers.fire()
      await running.step()
    }
    expect((await running.status('dot-thu')).posts[0]!.counts).toEqual(paused)
    expect(paused.sending).toBe(0)
    expectDone(await running.engine.resume('dot-thu', by('Minh', 'approver')))
    await running.run(async () => (await running.status('dot-thu')).posts[0]!.counts.sent >= 150)
    expectDone(await running.engine.cancel('dot-thu', by('Minh', 'approver', 'sai giờ')))
    await running.step()
    const { counts, skippedBy } = (await running.status('dot-thu')).posts[0]!
    expect(counts).toMatchObject({ planned: 300, queued: 0, sending: 0 })
    expect(skippedBy).toEqual({ cancelled: 300 - counts.sent })
    expect(running.platform('telegram').tally.taken).toBe(counts.sent)
  })

  it('is throttled without one message too fast, and nobody twice', async () => {
    running = await Running.open(start)
    await running.people('telegram', 200)
    await running.approved(direct)
    await running.run(async () => (await running.status('dot-thu')).posts[0]!.counts.sent >= 40)
    running.platform('telegram').fault({ kind: 'throttle', times: 5, retryAfter: 4 * SECOND })
    await running.run(running.finished('dot-thu'))
    expect(running.platform('telegram').tally).toEqual({ taken: 200, tooFast: 0 })
    expect((await running.status('dot-thu')).posts[0]!.counts).toMatchObject({ sent: 200, failed: 0, uncertain: 0 })
  })

  it('pauses after too many failures in a row, and says why', async () => {
    running = await Running.open(start, { settings: { pause: { share: 0.05, shareFrom: 100, inRow: 10 } } })
    await running.people('telegram', 100)
    await running.approved(direct)
    running.platform('telegram').fault({ kind: 'fail', code: '400 wrong thing', times: 1_000 })
    await running.run(async () => (await running.record('dot-thu')).status === 'paused')
    expect((await running.record('dot-thu')).reason).toBe('10 lượt gửi liên tiếp không thành công')
    const { failed, queued } = (await running.status('dot-thu')).posts[0]!.counts
    expect(failed).toBeLessThan(45)
    expect(queued).toBe(100 - failed)
    expect(running.alerts.map(({ kind }) => kind)).toEqual(['campaign'])
  })

  it('counts failures on over a restart, and anew after it was resumed', async () => {
    running = await Running.open(start, { settings: { pause: { share: 1, shareFrom: 1_000, inRow: 60 } } })
    await running.people('telegram', 300)
    await running.approved(direct)
    const failed = async (): Promise<number> => (await running.status('dot-thu')).posts[0]!.counts.failed
    running.platform('telegram').fault({ kind: 'fail', code: '400 wrong thing', times: 1_000 })
    await running.run(async () => await failed() >= 25)
    const before = await failed()
    expect(before).toBeLessThan(60)
    await running.restart()
    await running.run(async () => (await running.record('dot-thu')).status === 'paused')
    expect((await running.record('dot-thu')).reason).toMatch(/lượt gửi liên tiếp không thành công$/)
    const atPause = await failed()
    expect(atPause).toBeGreaterThanOrEqual(60)
    expect(atPause).toBeLessThan(before + 60)
    expectDone(await running.engine.resume('dot-thu', by('Minh', 'approver')))
    await running.step()
    await running.restart()
    await running.run(async () => await failed() >= atPause + 25)
    expect((await running.record('dot-thu')).status).toBe('running')
    expect(await running.store.listEntries('campaign_health:')).toHaveLength(1)
    await running.run(async () => (await running.record('dot-thu')).status === 'paused')
    await running.run(async () => (await running.store.listEntries('campaign_health:')).length === 0, 5 * SECOND)
  })

  it('pauses on a dead token and burns nobody', async () => {
    running = await Running.open(start)
    await running.people('telegram', 100)
    await running.approved(direct)
    running.platform('telegram').fault({ kind: 'fail', code: '401 Unauthorized', times: 1_000 })
    await running.run(async () => (await running.record('dot-thu')).status === 'paused')
    expect((await running.status('dot-thu')).posts[0]!.counts).toMatchObject({ queued: 100, failed: 0, uncertain: 0 })
    expect((await running.record('dot-thu')).reason).toContain('telegram:sandbox-bot')
  })

  it('pauses before the disk is full', async () => {
    let free = 0.5
    running = await Running.open(start, { freeDisk: async () => free })
    await running.people('telegram', 100)
    await running.approved(direct)
    await running.run(async () => (await running.status('dot-thu')).posts[0]!.counts.sent > 10)
    free = 0.01
    await running.run(async () => (await running.record('dot-thu')).status === 'paused')
    expect((await running.status('dot-thu')).posts[0]!.counts).toMatchObject({ failed: 0, uncertain: 0 })
  })

  it('keeps what the store could not note, claims nothing meanwhile, and takes nobody for unknown', async () => {
    running = await Running.open(start)
    await running.people('telegram', 100)
    await running.approved(direct)
    await running.run(async () => (await running.status('dot-thu')).posts[0]!.counts.sent > 10)
    const { finishDeliveries } = running.store
    running.store.finishDeliveries = async () => { throw new StoreUnavailable('no space left') }
    const before = running.platform('telegram').tally.taken
    const end = running.now + 20 * SECOND
    await running.run(async () => running.now >= end)
    expect(running.platform('telegram').tally.taken - before).toBeLessThan(10)
    running.store.finishDeliveries = finishDeliveries
    await running.run(running.finished('dot-thu'))
    expect((await running.status('dot-thu')).posts[0]!.counts).toMatchObject({ sent: 100, uncertain: 0 })
    expect(running.platform('telegram').tally.taken).toBe(100)
  })

  it('is returned, or paused before its next post, when what was approved has changed', async () => {
    running = await Running.open(start)
    await running.people('telegram', 10)
    const posts = ['a', 'b'].map((id, n) => `  - { id: ${id}, title: Bài, time: 2026-10-0${n + 1} 09:00, message: { text: "{{province.hotline}}" }, means: { telegram: direct } }`).join('\n')
    await running.approved(campaignText({ posts }))
    await running.approved(campaignText({ posts }).replace('id: dot-thu', 'id: dot-sau').replaceAll('09:00', '10:00'))
    await running.run(async () => (await running.status('dot-thu')).posts[0]!.counts.sent === 10)
    const approved = running.world
    const changed = { ...approved, compose: compose({ province: { name: 'TỈNH MẪU', office: 'Sở Mẫu', hotline: '1900', website: 'https://tinhmau.example' } }) }
    // Put right within a minute it is as if nothing had been changed.
    for (const [world, until] of [[changed, running.now + 50 * SECOND], [approved, running.now + 3 * MINUTE]] as const) {
      running.world = world
      await running.run(async () => running.now >= until)
    }
    expect((await running.record('dot-sau')).status).toBe('scheduled')
    running.world = changed
    await running.run(async () => (await running.record('dot-sau')).status === 'returned', 2 * MINUTE)
    expect(running.alerts.at(-1)!.text).toContain('Đợt dot-sau phải duyệt lại trước giờ gửi')
    expect((await running.record('dot-sau')).reason).toContain('nội dung gửi đi đã đổi')
    running.now = morning + DAY - MINUTE
    await running.run(async () => (await running.record('dot-thu')).status === 'paused')
    expect((await running.status('dot-thu')).posts[1]!.counts.planned).toBe(0)
    expect(await running.engine.resume('dot-thu', by('Minh', 'approver'))).toMatchObject({ refused: [expect.stringContaining('duyệt không còn hiệu lực'), expect.anything()] })
  })

  it('goes on after a restart without anybody left out or asked twice', async () => {
    running = await Running.open(start)
    await running.people('telegram', 150)
    await running.approved(direct)
    for (const enough of [20, 60, 100]) {
      await running.run(async () => (await running.status('dot-thu')).posts[0]!.counts.sent >= enough)
      await running.restart()
    }
    await running.run(running.finished('dot-thu'))
    expect((await running.status('dot-thu')).posts[0]!.counts).toMatchObject({ sent: 150, uncertain: 0 })
    expect(running.platform('telegram').tally).toEqual({ taken: 150, tooFast: 0 })
  })

  it('shows what a killed process was sending before anything else is sent', async () => {
    running = await Running.open(start)
    await running.people('telegram', 150)
    await running.approved(direct)
    await running.run(async () => (await running.status('dot-thu')).posts[0]!.counts.sent >= 20)
    const lost = await running.store.claimCampaignDeliveries('telegram:sandbox-bot', 3, running.now, MINUTE)
    expect(lost).toHaveLength(3)
    await running.restart()
    const before = (await running.status('dot-thu')).posts[0]!.counts.sent
    await running.run(async () => (await running.status('dot-thu')).posts[0]!.counts.uncertain === 3, 3 * SECOND)
    expect((await running.status('dot-thu')).posts[0]!.counts.sent).toBeLessThan(before + 70)
    expect((await running.store.listUncertain('dot-thu', 10)).map(({ id }) => id).toSorted()).toEqual(lost.map(({ id }) => id).toSorted())
    await running.run(running.finished('dot-thu'))
    expect((await running.status('dot-thu')).posts[0]!.counts).toMatchObject({ sent: 147, uncertain: 3 })
  })

  it('lets replies go first: they share the limit and wait for nobody', async () => {
    running = await Running.open(start)
    await running.people('telegram', 200)
    await running.approved(direct)
    await running.run(async () => (await running.status('dot-thu')).posts[0]!.counts.sent >= 60)
    for (let n = 0; n < 20; n++) await reply(`r${n}`, n)
    running.deliverer.wake()
    await running.run(async () => Array.from({ length: 20 }, (_, n) => texts(n)).every((list) => list.some((text) => text.startsWith('trả lời'))), 3 * SECOND)
    await running.run(running.finished('dot-thu'))
    expect(running.platform('telegram').tally).toEqual({ taken: 220, tooFast: 0 })
  })

  it('keeps to the limit in a busy hour: announcements, replies and a long post in the channel together', async () => {
    running = await Running.open(start, { settings: { dailyCap: 2 } })
    await running.people('telegram', 120)
    const post = (id: string, time: string, text: string, means: string): string => `  - { id: ${id}, title: A, time: 2026-10-01 ${time}, message: { text: ${text} }, means: { telegram: ${means} } }`
    await running.approved(campaignText({ posts: [post('a', '09:00', 'Chào', 'direct'), post('b', '09:01', 'Chào', 'direct'), post('c', '09:01', 'Dòng '.repeat(6_000), 'channel_post')].join('\n') }))
    const asked: number[] = []
    await running.run(async () => {
      const { posts } = await running.status('dot-thu')
      for (let n = 0; n < 12 && posts[1]!.counts.queued > 0; n++) await reply(`r${asked.length}`, (asked.push(running.now) - 1) % 120)
      running.deliverer.wake()
      return running.finished('dot-thu')()
    })
    const waits = asked.map((at, n) => running.platform('telegram').received(String(5_550_000_000 + (n % 120))).find(({ text }) => text === `trả lời r${n}`)?.at! - at)
    expect(Math.max(...waits)).toBeLessThan(SECOND)
    expect(running.platform('telegram').publications).toHaveLength(8)
    expect(running.platform('telegram').tally.tooFast).toBe(0)
  })

  async function reply(id: string, n: number): Promise<void> {
    await running.store.recordEvents([{ id, contact: running.contact('telegram', n), sentAt: running.now, receivedAt: running.now, orderAt: running.now, kind: 'text', text: 'hỏi' }], running.now)
    const part: Part = { text: `trả lời ${id}` }
    for (const turn of await running.store.claimTurns(10, running.now, MINUTE)) {
      await running.store.commitTurns([{ contactKey: turn.contactKey, claim: turn.claim, version: turn.version, eventId: id, conversation: null, deliveries: [{ id: `${id}#1`, origin: 'reply', part, questionAt: running.now }], outcome: null }], running.now)
    }
  }

  it('what a killed process was sending is known to be unknown while the campaign is paused too', async () => {
    running = await Running.open(start)
    await running.people('telegram', 20)
    const campaign = await running.approved(campaignText({ post: '    means: { telegram: direct }' }))
    await running.run(async () => (await running.record(campaign.id)).status === 'running')
    // As a process would that dies right after.
    expect(await running.store.claimCampaignDeliveries('telegram:sandbox-bot', 2, running.now, MINUTE)).toHaveLength(2)
    expectDone(await running.engine.pause(campaign.id, by('Hoa', 'duty', 'mất điện')))
    await running.run(async () => (await running.status(campaign.id)).posts[0]!.counts.uncertain === 2, 2 * MINUTE)
    expect((await running.status(campaign.id)).posts[0]!.counts).toMatchObject({ sending: 0, uncertain: 2 })
    expectDone(await running.engine.resume(campaign.id, by('Minh', 'approver')))
    await running.run(running.finished(campaign.id))
    expect((await running.status(campaign.id)).posts[0]!.counts).toMatchObject({ sent: 18, uncertain: 2 })
    expect(running.platform('telegram').tally).toEqual({ taken: 18, tooFast: 0 })
  })

  it('leaves what nobody knows to staff, who send it again', async () => {
    running = await Running.open(start)
    await running.people('telegram', 40)
    await running.approved(direct)
    running.platform('telegram').fault({ kind: 'reset', taken: false, times: 1 })
    await running.run(async () => (await running.status('dot-thu')).posts[0]!.counts.uncertain === 1)
    const [row] = await running.store.listUncertain('dot-thu', 10)
    expect(await running.engine.settle('dot-thu', { kind: 'delivery', id: row!.id, how: 'send_again' }, by('Biên', 'editor'))).toHaveProperty('refused')
    expectDone(await running.engine.settle('dot-thu', { kind: 'delivery', id: row!.id, how: 'send_again' }, by('Minh', 'approver', 'chưa ai thấy tin')))
    await running.run(running.finished('dot-thu'))
    expect((await running.status('dot-thu')).posts[0]!.counts).toMatchObject({ sent: 40, uncertain: 0 })
    expect(running.platform('telegram').tally.taken).toBe(40)
    expect((await lines()).filter(({ action }) => action === 'send_again')).toMatchObject([{ who: 'Minh', before: 'running', after: 'running', why: 'bài mo-dau: gửi lại 1 lượt; chưa ai thấy tin' }])
  })
})

describe('publications', () => {
  const everywhere = campaignText({ post: '      image: anh\n    means: { zalo: broadcast, facebook: page_post, telegram: channel_post }' })
  const shown = () => (['zalo', 'facebook', 'telegram'] as const).flatMap((channel) => running.platform(channel).publications.filter(({ state }) => state !== 'gone').map(({ kind }) => kind))

  it('go up once on each platform, with those counted that Zalo reaches all the same', async () => {
    running = await Running.open(start)
    await running.people('zalo', 5, (n) => ({ optedOut: n < 2 }))
    const forecast = await running.forecast(await running.approved(everywhere))
    await running.run(running.finished('dot-thu'))
    expect(shown()).toEqual(['article', 'broadcast', 'page_post', 'channel_post'])
    expect(await running.status('dot-thu')).toEqual(forecast)
    const rows = await running.store.listPublications({ campaign: 'dot-thu' })
    expect(rows.map(({ status, means, optedOutReached }) => [means, status, optedOutReached])).toEqual(expect.arrayContaining([['zalo_broadcast', 'published', 2], ['facebook_post', 'published', null], ['telegram_channel', 'published', null]]))
  })

  it('of a thank-you after the days themselves stand in the report of the campaign', async () => {
    running = await Running.open(vietnamMoment('2026-10-12', 8 * 60 + 59))
    const campaign = await running.approved(campaignText({ post: '    means: { telegram: channel_post }' }).replace('time: 2026-10-01', 'time: 2026-10-12'))
    await running.run(running.finished(campaign.id))
    expect(await reportPeriod(await running.record(campaign.id), running.store, running.now)).toEqual({ preset: 'after', period: { from: '2026-10-01', to: '2026-10-12' } })
  })

  it('are looked for before they are repeated, and stay unknown where the platform cannot say', async () => {
    running = await Running.open(start)
    await running.approved(everywhere)
    running.platform('facebook').fault({ kind: 'reset', taken: true, on: 'other', times: 1 })
    running.platform('telegram').fault({ kind: 'reset', taken: true, times: 1 })
    running.platform('zalo').fault({ kind: 'reset', taken: true, on: 'other', times: 1 })
    await running.run(running.finished('dot-thu'))
    expect(shown()).toEqual(['article', 'broadcast', 'page_post', 'channel_post'])
    const rows = await running.store.listPublications({ campaign: 'dot-thu' })
    expect(Object.fromEntries(rows.map(({ means, status }) => [means, status]))).toEqual({ zalo_broadcast: 'published', facebook_post: 'published', telegram_channel: 'uncertain' })
  })

  const broadcastOf = (id: string, time: string): string => campaignText({ post: '      image: anh\n    means: { zalo: broadcast }' }).replace('id: dot-thu', `id: ${id}`).replace('09:00', time)

  it('of campaigns that are approved and not begun count in the plan of the next', async () => {
    running = await Running.open(start)
    const next = readCampaign(broadcastOf('dot-hai', '15:00'))
    expect((await running.engine.plan(next))!.refusals).toEqual([])
    const first = await running.approved(broadcastOf('dot-mot', '09:00'))
    expect((await running.engine.plan(next))!.refusals).toEqual([expect.stringContaining('trong ngày đã có bài khác')])
    expectDone(await running.engine.draft(next, by('Lan', 'editor')))
    expect(await running.engine.submit('dot-hai', by('Lan', 'editor'))).toHaveProperty('refused')
    expect((await running.engine.plan(first))!.refusals).toEqual([])
    await running.step()
    expect((await running.record('dot-mot')).status).toBe('scheduled')
    expect((await running.engine.plan(next))!.refusals).toHaveLength(1)
    expectDone(await running.engine.cancel('dot-mot', by('Minh', 'approver')))
    expect((await running.engine.plan(next))!.refusals).toEqual([])
  })

  it('of two campaigns that were submitted together the one that was approved first goes up', async () => {
    running = await Running.open(start)
    for (const [id, time] of [['dot-a', '09:02'], ['dot-b', '09:03']] as const) {
      expectDone(await running.engine.draft(readCampaign(broadcastOf(id, time)), by('Lan', 'editor')))
      expectDone(await running.engine.submit(id, by('Lan', 'editor')))
    }
    for (const id of ['dot-b', 'dot-a']) {
      expectDone(await running.engine.approve(id, by('Minh', 'approver')))
      running.now += SECOND
    }
    await running.run(running.finished('dot-a', 'dot-b'), 20 * MINUTE)
    const rows = [...await running.store.listPublications({ campaign: 'dot-a' }), ...await running.store.listPublications({ campaign: 'dot-b' })]
    expect(rows.map(({ campaign, status, reason }) => [campaign, status, reason])).toEqual([['dot-a', 'skipped', 'daily_cap'], ['dot-b', 'published', null]])
    expect(shown()).toEqual(['article', 'broadcast'])
  })

  it('a broadcast without an answer is not sent again', async () => {
    running = await Running.open(start)
    await running.approved(campaignText({ post: '      image: anh\n    means: { zalo: broadcast }' }))
    running.platform('zalo').fault({ kind: 'reset', taken: true, times: 1 })
    await running.run(running.finished('dot-thu'))
    expect(shown()).toEqual(['article', 'broadcast'])
    expect((await running.status('dot-thu')).posts[0]!.counts).toMatchObject({ uncertain: 1 })
  })

  it('that nobody knows of are published again, once, when somebody has looked', async () => {
    running = await Running.open(start)
    await running.people('telegram', 400)
    const posts = ['  - { id: bai, title: Bài, time: 2026-10-01 09:00, message: { text: Bài kênh }, means: { telegram: channel_post } }', '  - { id: tin, title: Tin, time: 2026-10-01 09:01, message: { text: Tin }, means: { telegram: direct } }'].join('\n')
    await running.approved(campaignText({ posts }))
    running.platform('telegram').fault({ kind: 'reset', taken: false, times: 1 })
    const publication = async () => (await running.store.listPublications({ campaign: 'dot-thu' }))[0]
    await running.run(async () => (await publication())?.status === 'uncertain')
    expect(shown()).toEqual([])
    expectDone(await running.engine.settle('dot-thu', { kind: 'publication', id: (await publication())!.id, how: 'publish_again' }, by('Minh', 'approver')))
    await running.run(running.finished('dot-thu'))
    expect(shown()).toEqual(['channel_post'])
    expect(await publication()).toMatchObject({ status: 'published', reason: null })
  })

  it('the only one of a finished campaign is published again: the campaign runs once more, and finishes', async () => {
    running = await Running.open(start)
    await running.approved(campaignText({ post: '    means: { telegram: channel_post }' }))
    running.platform('telegram').fault({ kind: 'reset', taken: false, times: 1 })
    await running.run(running.finished('dot-thu'))
    const publication = async () => (await running.store.listPublications({ campaign: 'dot-thu' }))[0]!
    expect((await publication()).status).toBe('uncertain')
    const again = { kind: 'publication', id: (await publication()).id, how: 'publish_again' } as const
    expectDone(await running.engine.settle('dot-thu', again, by('Minh', 'approver')))
    await running.run(running.finished('dot-thu'))
    expect(shown()).toEqual(['channel_post'])
    expect(await publication()).toMatchObject({ status: 'published', reason: null })
    expect(await running.engine.settle('dot-thu', again, by('Minh', 'approver'))).toEqual({ refused: [expect.stringContaining('không còn ở trạng thái chưa rõ')] })
    const { id } = again
    expectDone(await running.engine.settle('dot-thu', { kind: 'reach', id, reach: { value: 1_234, source: 'by_hand', who: 'Lan', day: running.day } }, by('Lan', 'editor')))
    expect((await publication()).reach).toMatchObject({ value: 1_234, who: 'Lan' })
    expect((await lines()).map(({ action, before, after, why }) => [action, before, after, why]).slice(-3)).toEqual([
      ['send_again', 'finished', 'running', 'bài mo-dau trên telegram …-bot: đăng lại; theo kế hoạch'], ['finish', 'running', 'finished', ''],
      ['note_reach', 'finished', 'finished', 'bài mo-dau trên telegram …-bot: 1234 người, số ngày 01/10/2026; theo kế hoạch'],
    ])
    expect(await verifyLog(running.store, null)).toMatchObject({ ok: true })
  })

  it('are taken back by two people, and those reached in person are told', async () => {
    running = await Running.open(start)
    await running.people('telegram', 10)
    const posts = ['  - { id: bai, title: Bài, time: 2026-10-01 09:00, message: { text: Sai rồi, image: anh }, means: { facebook: page_post } }', '  - { id: tin, title: Tin, time: 2026-10-01 09:00, message: { text: Tin sai }, means: { telegram: direct } }'].join('\n')
    await running.approved(campaignText({ posts }))
    await running.run(running.finished('dot-thu'))
    expectDone(await proposeCorrection(running.engine, 'dot-thu', { kind: 'recall', text: 'Tin trước sai, bà con bỏ qua.' }, by('Hoa', 'duty', 'nhầm số'), running.now))
    expect(await confirmCorrection(running.engine, 'dot-thu', by('Hoa', 'approver'), running.now)).toHaveProperty('refused')
    await running.people('telegram', 12, (n) => (n < 10 ? { ago: MINUTE } : {}))
    const corrected = expectDone(await confirmCorrection(running.engine, 'dot-thu', by('Minh', 'approver'), running.now))
    await running.run(running.finished(followUpId(corrected)))
    expect(running.platform('facebook').publications.map(({ state }) => state)).toEqual(['gone'])
    expect(texts(3)).toEqual([expect.stringContaining('Tin sai'), expect.stringContaining('THU HỒI: Tin trước sai, bà con bỏ qua.')])
    expect(texts(11)).toEqual([])
    expect(running.platform('telegram').tally.taken).toBe(20)
  })

  it('are put right post by post: the others stay, nobody gets the wrong words any more, and a second correction in the same minute is told too', async () => {
    running = await Running.open(start, { settings: { dailyCap: 9 } })
    await running.people('telegram', 60)
    const post = (id: string, time: string, text: string, means: string): string => `  - { id: ${id}, title: A, time: 2026-10-01 ${time}, message: { text: ${text} }, means: { telegram: ${means} } }`
    await running.approved(campaignText({ posts: [post('kenh', '09:00', 'Dòng '.repeat(1_500), 'channel_post'), post('sai', '09:00', 'Sai', 'direct'), post('dung', '09:01', 'Đúng', 'direct')].join('\n') }))
    await running.run(async () => (await running.status('dot-thu')).posts[1]!.counts.sent >= 20)
    const correct = async (text: string, ...posts: string[]) => {
      expectDone(await proposeCorrection(running.engine, 'dot-thu', { kind: 'correct', text, posts }, by('Hoa', 'duty', 'nhầm số'), running.now))
      return expectDone(await confirmCorrection(running.engine, 'dot-thu', by('Minh', 'approver'), running.now))
    }
    expect(await proposeCorrection(running.engine, 'dot-thu', { kind: 'correct', text: 'Lời đúng', posts: ['la'] }, by('Hoa', 'duty', 'nhầm số'), running.now)).toEqual({ refused: ['đợt không có bài "la"'] })
    expect(await proposeCorrection(running.engine, 'dot-thu', { kind: 'correct', text: 'x'.repeat(1_001) }, by('Hoa', 'duty', 'nhầm số'), running.now)).toEqual({ refused: [expect.stringContaining('1000 ký tự')] })
    const told = followUpId(await correct('Lời đúng', 'sai'))
    expectDone(await running.engine.resume('dot-thu', by('Minh', 'approver')))
    await running.run(running.finished('dot-thu', told))
    const [, wrong, right] = (await running.status('dot-thu')).posts
    expect(wrong!.skippedBy).toEqual({ corrected: 60 - wrong!.counts.sent })
    expect(right!.counts.sent).toBe(60)
    expect((await running.status(told)).posts[0]!.counts.sent).toBe(wrong!.counts.sent)
    expect(running.platform('telegram').publications.map(({ state }) => state)).toEqual(['up', 'up'])
    const again = followUpId(await correct('Lời đúng hơn', 'dung'))
    expectDone(await proposeCorrection(running.engine, 'dot-thu', { kind: 'correct', text: 'Kênh đúng', posts: ['kenh'] }, by('Hoa', 'duty', 'nhầm số'), running.now))
    expectDone(await dropCorrection(running.engine, 'dot-thu', by('Minh', 'approver')))
    await running.run(running.finished(again))
    expect(followUpId(await correct('Đúng nữa', 'dung'))).toBe(again)
    await running.run(running.finished(`${again}-2`))
    expect(texts(3).slice(-2).map((text) => text.split('\n')[0])).toEqual(['ĐÍNH CHÍNH: Lời đúng hơn', 'ĐÍNH CHÍNH: Đúng nữa'])
    await correct('Kênh đúng', 'kenh')
    await running.run(async () => (await running.store.listPublications({ campaign: 'dot-thu' }))[0]!.status === 'edited')
    expect(running.platform('telegram').publications.map(({ state, text }) => [state, text.slice(0, 20)])).toEqual([['edited', 'ĐÍNH CHÍNH: Kênh đúng'.slice(0, 20)], ['gone', expect.any(String)]])
  })
})

describe('before it runs', () => {
  it('is tried on staff phones, outside all figures', async () => {
    running = await Running.open(start)
    await running.people('telegram', 3)
    await addPhone(running.store, { contactKey: running.keyOf('telegram', 1), account: 'telegram:sandbox-bot', name: 'Lan' })
    const campaign = readCampaign(direct)
    const results = await sendTrial({ id: campaign.id, content: campaign }, 'mo-dau', await listPhones(running.store), running.world.compose, running.store, running.now)
    expect(results).toEqual([{ name: 'Lan', result: 'queued' }])
    running.deliverer.wake()
    await running.run(async () => texts(1).length === 1)
    expect(texts(1)[0]).toMatch(/^\[GỬI THỬ\]/)
    expect((await reportOf({ preset: 'ad_hoc', period: { from: '2026-01-01', to: '2026-12-31' } }, running.store, '2027-01-01')).totals.sent).toBe(0)
  })

  it('is not submitted as a sample, with errors, or beyond what a platform allows', async () => {
    running = await Running.open(start)
    const draft = async (text: string) => {
      expectDone(await running.engine.draft(readCampaign(text), by('Lan', 'editor')))
      return running.engine.submit('dot-thu', by('Lan', 'editor'))
    }
    expect(await draft(campaignText({ head: 'sample: true' }))).toMatchObject({ refused: [expect.stringContaining('mẫu')] })
    expect(await draft(campaignText({ post: '    means: { zalo: broadcast }' }))).toMatchObject({ refused: expect.arrayContaining([expect.stringContaining('ảnh bìa')]) })
  })

  it('says in the log what made an approval void', async () => {
    running = await Running.open(start)
    await running.approved(direct)
    expectDone(await running.engine.draft(readCampaign(direct.replace('Chào bà con.', 'Chào.')), by('Lan', 'editor', 'gọn hơn')))
    expect((await lines()).at(-1)).toMatchObject({
      before: 'approved', after: 'draft', approval: null, why: 'gọn hơn; duyệt của Minh không còn hiệu lực; bài "mo-dau": nội dung gửi đi đã đổi (Telegram: tin nhắn riêng)',
    })
  })

  it.each(['sqlite', 'file'] as const)('is not approved by who rewrote it, though another one edited last and the server started anew (%s)', async (store) => {
    running = await Running.open(start, { store })
    const edited = (who: string, words: string) => running.engine.draft(readCampaign(direct.replace('Chào bà con.', words)), by(who, 'editor')).then(expectDone)
    await running.approved(direct)
    await edited('Minh', 'Lời khác hẳn.')
    await running.restart()
    await edited('Lan', 'Lời khác hẳn!')
    expectDone(await running.engine.submit('dot-thu', by('Lan', 'editor')))
    expect(await running.engine.approve('dot-thu', by('minh', 'approver'))).toEqual({ refused: [expect.stringContaining('người đã sửa')] })
    expectDone(await running.engine.approve('dot-thu', by('Hoa', 'approver')))
    await edited('Lan', 'Lời ngắn.')
    expectDone(await running.engine.submit('dot-thu', by('Lan', 'editor')))
    expectDone(await running.engine.approve('dot-thu', by('Minh', 'approver')))
  })

  it('two people who save at once both have their line in the log', async () => {
    running = await Running.open(start)
    const one = (id: string) => running.engine.draft(readCampaign(direct.replace('id: dot-thu', `id: ${id}`)), by('Lan', 'editor'))
    const done = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => one(`dot-${name}`)))
    expect(done.every((each) => 'done' in each)).toBe(true)
    expect(await verifyLog(running.store, null)).toMatchObject({ ok: true, lines: 5 })
  })

  it('is refused by a file store where it goes to more than that takes', async () => {
    running = await Running.open(start, { store: 'file' })
    await running.people('telegram', 2_001)
    expectDone(await running.engine.draft(readCampaign(direct), by('Lan', 'editor')))
    expect(await running.engine.submit('dot-thu', by('Lan', 'editor'))).toMatchObject({ refused: [expect.stringContaining('2000')] })
  })
})
