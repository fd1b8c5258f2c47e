import { existsSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { readAccountState, setAccountState } from '../../src/channels/account-state.ts'
import type { AppTerms } from '../../src/app.ts'
import type { Answerer } from '../../src/answer/answerer.ts'
import { backup } from '../../src/store/backup.ts'
import { StoreUnavailable } from '../../src/store/ports.ts'
import { sampleContent } from '../support/content.ts'
import { DAY, HOUR, MINUTE, SECOND, World } from '../support/world.ts'

const content = (answerer?: Answerer) => sampleContent({
  answers: { 'quên mật khẩu vneid': { status: 'answered', article: 'dvc-forgot-password' } },
  ...(answerer === undefined ? {} : { answerer }),
})

const worlds: World[] = []
async function world(terms: Partial<AppTerms> = {}, answerer?: Answerer): Promise<World> {
  const made = await World.open(content(answerer), terms)
  worlds.push(made)
  return made
}
afterEach(async () => {
  for (const each of worlds.splice(0)) await each.close()
})

const staffMessage = { kind: 'staff_message', platformMessageId: 's', automatic: false } as const

describe('one message', () => {
  it.each(['zalo', 'facebook', 'telegram'] as const)('is greeted and answered on %s, in order, once', async (channel) => {
    const here = await world()
    await here.hears('lan', 'quên mật khẩu vneid', { channel, id: 'e1' })
    await here.hears('lan', 'quên mật khẩu vneid', { channel, id: 'e1' })
    const texts = here.channels[channel].textsTo('lan')
    expect(texts).toHaveLength(2)
    expect(texts[0]).toContain('«greeting»')
    expect(texts[1]).toContain('Trả lời ngắn dvc-forgot-password.')
  })

  it('of several people are answered each in their own order', async () => {
    const here = await world()
    for (let turn = 0; turn < 5; turn++) {
      for (const person of ['a', 'b', 'c']) await here.hears(person, turn === 0 ? 'menu' : turn % 2 === 1 ? '1' : '0')
    }
    expect(here.channels.zalo.textsTo('a')).toEqual(here.channels.zalo.textsTo('b'))
    expect(here.channels.zalo.textsTo('a').slice(1).map((text) => text.split('\n')[0])).toEqual([
      'Bà con cần giúp việc gì?', 'Dịch vụ công, bà con chọn một việc', 'Bà con cần giúp việc gì?', 'Dịch vụ công, bà con chọn một việc', 'Bà con cần giúp việc gì?',
    ])
  })

  it('a conversation goes on after a restart', async () => {
    const here = await world()
    await here.hears('lan', 'menu')
    await here.restart()
    await here.hears('lan', '1')
    expect(here.channels.zalo.textsTo('lan').at(-1)).toContain('Dịch vụ công, bà con chọn một việc')
  })
})

describe('somebody who leaves', () => {
  const isBlocked = async (here: World) => (await here.store.findContact(here.store.keyOf(here.contact('lan'))))?.profile.blocked

  it('and writes again is answered, also where both are read together', async () => {
    const here = await world()
    await here.hears('lan', 'menu')
    const before = here.channels.zalo.textsTo('lan').length
    const [left, wrote] = [here.now + 10 * SECOND, here.now + 30 * SECOND]
    here.now += MINUTE
    const head = { contact: here.contact('lan'), receivedAt: here.now }
    await here.store.recordEvents([
      { ...head, id: 'zalo:oa:unfollow:1', sentAt: left, orderAt: left, kind: 'unfollow' }, { ...head, id: 'zalo:oa:text:2', sentAt: wrote, orderAt: wrote, kind: 'text', text: 'menu' },
    ], here.now)
    await here.settle()
    expect(here.channels.zalo.textsTo('lan')).toHaveLength(before + 1)
    expect(await isBlocked(here)).toBe(false)
  })

  it('is gone, and back where it was told only after they wrote again', async () => {
    const here = await world()
    await here.hears('lan', 'menu')
    await here.hears('lan', { kind: 'unfollow' })
    expect(await isBlocked(here)).toBe(true)
    await here.hears('lan', 'menu')
    await here.hears('lan', { kind: 'unfollow' }, { sentAt: here.now - HOUR })
    expect(await isBlocked(here)).toBe(false)
  })
})

describe('what cannot be handled', () => {
  it('is tried three times, set aside with an apology, and the next message goes on', async () => {
    let calls = 0
    const here = await world({}, { answer() { calls++; throw new TypeError('broken') } })
    await here.hears('lan', 'câu hỏi làm hỏng')
    await here.hears('lan', 'menu')
    expect(here.channels.zalo.sent).toEqual([])
    for (let turn = 0; turn < 4; turn++) await here.pass(10 * SECOND)
    expect(calls).toBe(3)
    expect(here.channels.zalo.textsTo('lan')[0]).toContain('«failed»')
    expect(here.channels.zalo.textsTo('lan').at(-1)).toContain('Bà con cần giúp việc gì?')
    expect(await here.store.deadEvents(10)).toMatchObject([{ kind: 'text', cause: 'TypeError' }])
  })
})

describe('sending', () => {
  it('an account that is throttled waits as long as it was told, another one does not', async () => {
    const here = await world()
    here.channels.facebook.failures = [{ kind: 'throttled', retryAfter: 60 * SECOND }]
    await here.hears('an', 'menu', { channel: 'facebook' })
    await here.hears('lan', 'menu')
    expect(here.channels.facebook.sent).toEqual([])
    expect(here.channels.zalo.sent).toHaveLength(2)
    await here.pass(59 * SECOND)
    expect(here.channels.facebook.sent).toEqual([])
    await here.pass(2 * SECOND)
    expect(here.channels.facebook.sent).toHaveLength(2)
  })

  it('a person whose chat is written to too fast holds up nobody else', async () => {
    const here = await world()
    here.channels.telegram.failures = [{ kind: 'throttled', retryAfter: 30 * SECOND, perhapsOneChat: true }]
    await here.hears('nhanh', 'menu', { channel: 'telegram' })
    await here.hears('lan', 'menu', { channel: 'telegram' })
    expect(here.channels.telegram.textsTo('nhanh')).toEqual([])
    expect(here.channels.telegram.textsTo('lan')).not.toEqual([])
    await here.pass(31 * SECOND)
    expect(here.channels.telegram.textsTo('nhanh')).toEqual(here.channels.telegram.textsTo('lan'))
  })

  it('a platform that hangs does not hold the others', async () => {
    const here = await world()
    let release = (): void => undefined
    here.channels.facebook.hold = new Promise((resolve) => { release = resolve })
    for (let person = 0; person < 20; person++) await here.hears(`fb${person}`, 'menu', { channel: 'facebook' })
    await here.hears('lan', 'menu')
    expect(here.channels.zalo.sent).toHaveLength(2)
    release()
    await here.pass(1 * SECOND)
    expect(here.channels.facebook.sent).toHaveLength(40)
  })

  it('a reply without an answer is sent once more, then shown as uncertain', async () => {
    const here = await world()
    here.channels.zalo.failures = [{ kind: 'uncertain' }, { kind: 'uncertain' }]
    await here.hears('lan', 'menu')
    await here.pass(6 * SECOND)
    await here.pass(6 * SECOND)
    expect(here.channels.zalo.textsTo('lan').map((text) => text.split('\n')[0])).toEqual(['Bà con cần giúp việc gì?'])
    expect(await here.store.countDeliveries()).toContainEqual({ origin: 'reply', status: 'uncertain', count: 1 })
  })

  it('what was sent while the store was away is noted when it is back, and the next reply goes out', async () => {
    const here = await world()
    const { finishAndClaim, finishDeliveries } = here.store
    const away = async (): Promise<never> => { throw new StoreUnavailable('gone') }
    Object.assign(here.store, { finishAndClaim: away, finishDeliveries: away })
    await here.hears('lan', 'xin chào')
    await here.hears('lan', 'menu')
    expect(here.channels.zalo.textsTo('lan')).toHaveLength(1)
    await here.pass(5 * SECOND)
    Object.assign(here.store, { finishAndClaim, finishDeliveries })
    await here.pass(1 * SECOND)
    const all = here.channels.zalo.textsTo('lan')
    expect(all.length).toBeGreaterThan(1)
    expect(new Set(here.channels.zalo.sent.map(({ deliveryId }) => deliveryId)).size).toBe(all.length)
    expect(await here.store.countDeliveries()).toEqual([{ origin: 'reply', status: 'sent', count: all.length }])
  })

  it('what was sent while the store was away for longer than a claim holds is not sent again', async () => {
    const here = await world()
    const { finishAndClaim, finishDeliveries } = here.store
    const away = async (): Promise<never> => { throw new StoreUnavailable('gone') }
    Object.assign(here.store, { finishAndClaim: away, finishDeliveries: away })
    await here.hears('lan', 'xin chào')
    for (let minute = 0; minute < 3; minute++) await here.pass(1 * MINUTE)
    Object.assign(here.store, { finishAndClaim, finishDeliveries })
    for (let minute = 0; minute < 3; minute++) await here.pass(1 * MINUTE)
    const ids = here.channels.zalo.sent.map(({ deliveryId }) => deliveryId)
    expect(ids).toEqual([...new Set(ids)])
    expect(await here.store.countDeliveries()).toEqual([{ origin: 'reply', status: 'sent', count: ids.length }])
  })

  it('what is being sent when its claim runs out is not sent beside it', async () => {
    const here = await world()
    let release = (): void => undefined
    here.channels.zalo.hold = new Promise((resolve) => { release = resolve })
    await here.hears('lan', 'menu', { id: 'e1' })
    await here.pass(2 * MINUTE)
    release()
    for (let turn = 0; turn < 3; turn++) await here.pass(10 * SECOND)
    expect(here.channels.zalo.sent.map(({ deliveryId }) => deliveryId)).toEqual(['e1#1', 'e1#2'])
    expect(await here.store.countDeliveries()).toEqual([{ origin: 'reply', status: 'sent', count: 2 }])
  })

  it('an echo settles a send whose answer was lost: it is not repeated', async () => {
    const here = await world()
    here.channels.facebook.failures = [{ kind: 'uncertain' }]
    await here.hears('lan', 'menu', { channel: 'facebook', id: 'e1' })
    await here.hears('lan', { kind: 'echo', deliveryId: 'e1#1', platformMessageId: 'm_1' }, { channel: 'facebook' })
    await here.pass(10 * SECOND)
    expect(here.channels.facebook.sent.map(({ deliveryId }) => deliveryId)).toEqual(['e1#2'])
  })

  it('an echo that comes before the answer of its send keeps nobody waiting for the next part', async () => {
    const here = await world()
    const { facebook } = here.channels
    const base = { contact: here.contact('lan', 'facebook'), sentAt: here.now, receivedAt: here.now, orderAt: here.now }
    const send = facebook.send.bind(facebook)
    facebook.send = async (to, part, id) => {
      await here.app.record([{ ...base, id: `echo:${id}`, kind: 'echo', deliveryId: id, platformMessageId: id }])
      return send(to, part, id)
    }
    await here.app.record([{ ...base, id: 'e1', kind: 'text', text: 'xin chào' }])
    await here.app.idle()
    expect(facebook.sent.map(({ deliveryId }) => deliveryId)).toEqual(['e1#1', 'e1#2'])
  })

  it('a dead token stops the account, is told once, and sending goes on after consent', async () => {
    const here = await world()
    here.channels.zalo.failures = [{ kind: 'bad_configuration', needs: 'consent' }]
    await here.hears('lan', 'menu')
    await here.hears('mai', 'menu')
    for (let turn = 0; turn < 3; turn++) await here.pass(10 * SECOND)
    expect(here.channels.zalo.sent).toEqual([])
    expect(here.alerts.map(({ kind }) => kind)).toEqual(['account_state'])
    await setAccountState(here.store, 'zalo:oa', { status: 'ok', code: null }, here.now)
    await here.pass(6 * MINUTE)
    await here.pass(6 * SECOND)
    expect(here.alerts.map(({ kind }) => kind)).toEqual(['account_state', 'recovered'])
    expect(new Set(here.channels.zalo.sent.map(({ to }) => to))).toEqual(new Set(['lan', 'mai']))
  })

  it('a repeated block from before the account was let go stops nothing, a new one does, and so the other way round', async () => {
    const here = await world()
    const state = async () => (await readAccountState(here.store, 'zalo:oa')).status
    await here.hearsOfAccount('policy_block', here.now - 2 * HOUR)
    expect(await state()).toBe('blocked')
    await here.hearsOfAccount('policy_unblock', here.now - HOUR)
    await here.hearsOfAccount('policy_block', here.now - 2 * HOUR)
    expect(await state()).toBe('ok')
    await here.hearsOfAccount('policy_block', here.now)
    await here.hearsOfAccount('policy_unblock', here.now - HOUR)
    expect(await state()).toBe('blocked')
  })

  it('rights that were withdrawn come back by consent, which a repeat of the withdrawal does not undo', async () => {
    const here = await world()
    const state = async () => (await readAccountState(here.store, 'zalo:oa')).status
    await here.hearsOfAccount('token_revoked', here.now - 2 * HOUR)
    await here.hearsOfAccount('policy_unblock', here.now - HOUR)
    expect(await state()).toBe('revoked')
    await setAccountState(here.store, 'zalo:oa', { status: 'ok', code: null }, here.now)
    await here.hearsOfAccount('token_revoked', here.now - 2 * HOUR)
    expect(await state()).toBe('ok')
  })

  it('a person who turns out to have blocked us is sent nothing more, until they write again', async () => {
    const here = await world()
    here.channels.zalo.failures = [{ kind: 'contact_gone', reason: 'blocked' }]
    await here.hears('lan', 'menu')
    expect(here.channels.zalo.sent).toEqual([])
    expect((await here.store.countDeliveries()).map(({ status, count }) => `${status} ${count}`).toSorted()).toEqual(['failed 1', 'skipped 1'])
    await here.hears('lan', 'menu')
    expect(here.channels.zalo.sent).toHaveLength(1)
  })

  it('a send that went well ends the account’s waiting: the next failure is a first one', async () => {
    const here = await world()
    await here.hears('lan', 'menu')
    for (let failure = 0; failure < 2; failure++) {
      const before = here.channels.zalo.sent.length
      here.channels.zalo.failures = [{ kind: 'unavailable' }]
      await here.hears('lan', 'menu')
      await here.pass(1 * SECOND)
      expect(here.channels.zalo.sent).toHaveLength(before + 1)
    }
  })

  it('a question handed back as too late is apologised for without anybody asking again', async () => {
    const here = await world()
    await here.hears('lan', 'menu')
    here.channels.zalo.failures = [{ kind: 'throttled', retryAfter: 3 * HOUR }]
    await here.hears('lan', 'quên mật khẩu vneid')
    here.now += 3 * HOUR + SECOND
    here.app.wake()
    await here.app.idle()
    expect(here.channels.zalo.sent.at(-1)!.text).toMatch(/^«stale»/)
  })

  it('a reply that waited over 15 minutes says so and quotes the question', async () => {
    const here = await world()
    await here.hears('lan', 'menu')
    here.channels.zalo.failures = [{ kind: 'throttled', retryAfter: 20 * MINUTE }]
    await here.hears('lan', 'quên mật khẩu vneid')
    await here.pass(21 * MINUTE)
    expect(here.channels.zalo.sent.at(-1)).toMatchObject({ text: expect.stringMatching(/^«late» 09:00\n\nTrả lời ngắn/), quote: 'm2' })
  })

  it('replies that waited over two hours become one apology with the menu, and the questions go to staff', async () => {
    const here = await world()
    await here.hears('lan', 'menu')
    here.channels.zalo.failures = [{ kind: 'throttled', retryAfter: 3 * HOUR }]
    await here.hears('lan', 'quên mật khẩu vneid')
    await here.hears('lan', 'câu khác')
    const before = here.channels.zalo.sent.length
    await here.pass(3 * HOUR + SECOND)
    await here.pass(10 * SECOND)
    expect(here.channels.zalo.sent.slice(before).map(({ text }) => text.split('\n')[0])).toEqual(['«stale»'])
    expect(await here.store.listHandovers({ open: true, limit: 9 })).toHaveLength(1)
  })

  it('a question that comes over two hours late gets the apology, and goes to staff', async () => {
    const here = await world()
    await here.hears('lan', 'menu')
    const before = here.channels.zalo.sent.length
    await here.hears('lan', 'quên mật khẩu vneid', { sentAt: here.now - 3 * HOUR })
    expect(here.channels.zalo.sent.slice(before).map(({ text }) => text.split('\n')[0])).toEqual(['«stale»'])
    expect(await here.store.listHandovers({ open: true, limit: 9 })).toMatchObject([{ reason: 'stale' }])
  })

  it.each([40 * MINUTE, 3 * HOUR])('an emergency that comes %i ms late is answered at once, with nothing before the numbers', async (late) => {
    const here = await world()
    await here.hears('lan', 'menu')
    const before = here.channels.zalo.sent.length
    await here.hears('lan', 'nhà tôi đang cháy cứu với', { sentAt: here.now - late })
    expect(here.channels.zalo.sent.slice(before).map(({ text, part }) => [text, part.choices])).toEqual([['«emergency_fire»', undefined]])
    await here.pass(MINUTE)
    expect(here.channels.zalo.sent).toHaveLength(before + 1)
  })

  it('outside the reply window nothing is sent', async () => {
    const here = await world({ staleAfter: 100 * HOUR, lateAfter: 99 * HOUR })
    here.channels.zalo.failures = [{ kind: 'throttled', retryAfter: 49 * HOUR }]
    await here.hears('lan', 'menu')
    await here.pass(50 * HOUR)
    expect(here.channels.zalo.sent).toEqual([])
    expect(await here.store.countDeliveries()).toContainEqual({ origin: 'reply', status: 'skipped', count: 2 })
  })
})

describe('a person', () => {
  it('staff hear at once, are reminded after 30 working minutes, and the citizen is told once', async () => {
    const here = await world()
    await here.hears('lan', 'gặp cán bộ')
    await here.pass(10 * SECOND)
    expect(here.alerts.map(({ kind }) => kind)).toEqual(['handover'])
    expect(JSON.stringify(here.alerts)).not.toContain('lan')
    await here.pass(29 * MINUTE)
    expect(here.alerts).toHaveLength(1)
    await here.pass(2 * MINUTE)
    await here.pass(10 * SECOND)
    expect(here.alerts.map(({ kind }) => kind)).toEqual(['handover', 'handover_waiting'])
    expect(here.channels.zalo.textsTo('lan').filter((text) => text === '«handover_waiting»')).toHaveLength(1)
  })

  it('is told again before the reply window closes', async () => {
    const here = await world()
    await here.hears('lan', 'gặp cán bộ', { channel: 'facebook' })
    const told = () => here.channels.facebook.textsTo('lan').filter((text) => text.startsWith('«handover_window»'))
    for (let hour = 0; hour < 21; hour++) await here.pass(1 * HOUR)
    expect(told(), 'two hours before is soon enough').toEqual([])
    for (let hour = 0; hour < 3; hour++) await here.pass(1 * HOUR)
    expect(told()).toHaveLength(1)
  })

  it('who writes in the platform’s inbox cancels the bot’s waiting replies and closes the record later', async () => {
    const here = await world()
    here.channels.zalo.failures = [{ kind: 'throttled', retryAfter: 60 * SECOND }]
    await here.hears('lan', 'gặp cán bộ')
    await here.hears('lan', staffMessage)
    await here.pass(2 * MINUTE)
    expect(here.channels.zalo.sent).toEqual([])
    expect(await here.store.listHandovers({ open: true, limit: 9 })).toMatchObject([{ firstStaffAnswerAt: expect.any(Number) }])
    await here.pass(5 * HOUR)
    expect(await here.store.listHandovers({ open: true, limit: 9 })).toEqual([])
    await here.hears('lan', 'menu')
    expect(here.channels.zalo.sent).not.toEqual([])
  })

  it('who writes while a reply is on its way is not followed by it later, where the platform did not take it', async () => {
    const here = await world()
    let release = (): void => undefined
    here.channels.zalo.hold = new Promise((resolve) => { release = resolve })
    here.channels.zalo.failures = [{ kind: 'unavailable' }]
    await here.hears('lan', 'menu')
    await here.hears('lan', staffMessage)
    release()
    for (let turn = 0; turn < 4; turn++) await here.pass(5 * SECOND)
    expect(here.channels.zalo.sent).toEqual([])
    expect(await here.store.countDeliveries()).toEqual([{ origin: 'reply', status: 'skipped', count: 2 }])
  })

  it('who answers on our pages is sent as staff, not as the bot', async () => {
    const here = await world()
    await here.hears('lan', 'menu')
    await here.hears('lan', { kind: 'staff_reply', says: { text: 'Chào bà con' } })
    expect(here.channels.zalo.textsTo('lan').at(-1)).toBe('Chào bà con')
    expect(await here.store.countDeliveries()).toContainEqual({ origin: 'staff', status: 'sent', count: 1 })
  })

  it('eight contacts paused within a minute are an automatic message: alarm, and the bot answers again', async () => {
    const here = await world()
    for (let person = 0; person < 8; person++) {
      await here.hears(`p${person}`, 'menu')
      await here.hears(`p${person}`, staffMessage)
    }
    await here.settle()
    expect(here.alerts.map(({ kind }) => kind)).toEqual(['automatic_replies'])
    const before = here.channels.zalo.sent.length
    await here.hears('p3', 'menu')
    expect(here.channels.zalo.sent.length).toBe(before + 1)
  })

  it('a store that fails just then does not end the program', async () => {
    const here = await world()
    const found = here.store.findContact
    here.store.findContact = async () => { throw new StoreUnavailable('gone') }
    for (let person = 0; person < 8; person++) {
      await here.hears(`p${person}`, 'menu')
      await here.hears(`p${person}`, staffMessage)
    }
    await here.settle()
    here.store.findContact = found
    expect(here.alerts).toEqual([])
    await here.hears('p9', 'menu')
    expect(here.channels.zalo.textsTo('p9')).not.toEqual([])
  })
})

describe('people of staff', () => {
  it('who wrote to many within an hour are not taken for a machine when the platform brings it all at once', async () => {
    const here = await world()
    for (let person = 0; person < 9; person++) await here.hears(`p${person}`, 'menu')
    const before = here.channels.zalo.sent.length
    for (let person = 0; person < 9; person++) await here.hears(`p${person}`, staffMessage, { sentAt: here.now - (9 - person) * 5 * MINUTE })
    await here.hears('p3', 'menu nào')
    expect(here.alerts).toEqual([])
    expect(here.channels.zalo.sent.length).toBe(before)
  })
})

describe('data about a person', () => {
  it('dữ liệu của tôi tells what is kept', async () => {
    const here = await world()
    await here.hears('lan', 'menu')
    await here.hears('lan', 'dữ liệu của tôi')
    expect(here.channels.zalo.textsTo('lan').at(-1)).toMatch(/«data_shown»\n– Nhắn lần đầu: ngày 23\/11\/2026\n– Tin nhắn còn lưu: 2 tin/)
  })

  it('xóa dữ liệu, confirmed, leaves the farewell and nothing else; who writes again is new', async () => {
    const here = await world()
    await here.hears('lan', 'dừng')
    await here.hears('lan', 'xóa dữ liệu')
    await here.hears('lan', { kind: 'tap', payload: 'k:erase-yes' })
    expect(here.channels.zalo.textsTo('lan').at(-1)).toBe('«erase_done»')
    const key = here.store.keyOf(here.contact('lan'))
    expect(await here.store.exportContact(key)).toBeNull()
    await here.restart()
    expect(await here.store.exportContact(key)).toBeNull()
    await here.hears('lan', 'menu')
    expect(here.channels.zalo.textsTo('lan').at(-2)).toContain('«greeting»')
  })

  it('terms are kept by the clock: words after 7 and 30 days, the contact after 90', async () => {
    const here = await world()
    await here.hears('lan', 'một câu riêng tư')
    const key = here.store.keyOf(here.contact('lan'))
    const wordsKept = async () => (await here.store.exportContact(key))!.events.map(({ text }) => text)
    await here.pass(6 * DAY)
    expect(await wordsKept()).toEqual(['một câu riêng tư'])
    await here.pass(2 * DAY)
    expect(await wordsKept()).toEqual([null])
    expect((await here.store.exportContact(key))!.deliveries.some(({ text }) => text !== null)).toBe(true)
    await here.pass(23 * DAY)
    expect((await here.store.exportContact(key))?.deliveries.every(({ text }) => text === null)).toBe(true)
    await here.pass(60 * DAY)
    expect(await here.store.exportContact(key)).toBeNull()
    const outcomes = await here.store.readOutcomes('2026-11-23', '2026-11-23')
    expect(outcomes).toMatchObject([{ status: 'no_source_found', count: 1 }])
  })
})

describe('backups', () => {
  it('are deleted by the clock, thirty days after they were made', async () => {
    const here = await world()
    const copy = join(here.folder, 'copy.db')
    await backup(here.url, copy)
    utimesSync(copy, here.now / 1000, here.now / 1000)
    await here.pass(29 * DAY)
    expect(existsSync(copy)).toBe(true)
    await here.pass(2 * DAY)
    expect(existsSync(copy)).toBe(false)
    expect(here.alerts.filter(({ kind }) => kind === 'backups')).toEqual([])
  })
})

describe('a job', () => {
  it('that is under way when the server stops has the store to its end', async () => {
    const here = await world()
    const [begun, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    here.free = 0.01
    here.beforeDisk = () => {
      begun.resolve()
      return held.promise
    }
    const running = here.app.runJobs(here.now)
    await begun.promise
    const stopped = here.app.stop().then(() => here.store.close())
    await new Promise(setImmediate)
    held.resolve()
    await Promise.all([running, stopped])
    expect(here.alerts.map(({ kind }) => kind)).toEqual(['disk'])
    await here.start()
  })
})

describe('alarms', () => {
  it('a full disk is told once, and may be told again after it was well', async () => {
    const here = await world()
    here.free = 0.01
    for (let turn = 0; turn < 3; turn++) await here.pass(1 * MINUTE)
    here.free = 0.5
    await here.pass(1 * MINUTE)
    here.free = 0.01
    await here.pass(1 * MINUTE)
    expect(here.alerts.map(({ kind }) => kind)).toEqual(['disk', 'disk'])
  })

  it('silence by day after messages were heard', async () => {
    const here = await world()
    await here.hears('lan', 'menu')
    await here.pass(11 * HOUR)
    expect(here.alerts).toEqual([])
    await here.pass(13 * HOUR)
    expect(here.alerts.map(({ kind }) => kind)).toEqual(['silence'])
  })
})
