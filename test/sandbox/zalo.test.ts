import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts'
import type { Citizen } from '../../src/sandbox/citizen.ts'
import { call, openRehearsal, type Rehearsal } from './target.ts'

let rehearsal: Rehearsal
let citizen: Citizen
let token: string
beforeAll(async () => {
  rehearsal = await openRehearsal()
  token = rehearsal.sandbox.settings.zalo.accounts[0]!.accessToken!
})
afterAll(() => rehearsal.close())
beforeEach(async () => {
  citizen = rehearsal.sandbox.platforms.zalo.newCitizen()
  await citizen.says('a')
})

const send = async (message: unknown, to = citizen.userId): Promise<number> =>
  (await call(`${rehearsal.sandbox.origin}/v3.0/oa/message/cs`, { recipient: { user_id: to }, message }, { access_token: token })).json['error'] as number

const button = { title: 'Tra cứu', type: 'oa.query.hide', payload: 'c:main:menu:1' }
const withButtons = (buttons: unknown[]): object => ({ text: 'Chọn:', attachment: { type: 'template', payload: { buttons } } })
const picture = (element: object): object => ({ attachment: { type: 'template', payload: { template_type: 'media', elements: [{ media_type: 'image', ...element }] } } })

const messages: [name: string, message: unknown, error: number][] = [
  ['2000 characters', { text: 'ạ'.repeat(2_000) }, 0],
  ['2001 characters', { text: 'ạ'.repeat(2_001) }, -210],
  ['no words', { text: '' }, -201],
  ['nothing', {}, -201],
  ['5 buttons', withButtons(Array(5).fill(button)), 0],
  ['6 buttons', withButtons(Array(6).fill(button)), -210],
  ['buttons without a text', { attachment: { type: 'template', payload: { buttons: [button] } } }, -201],
  ['a title of 100', withButtons([{ ...button, title: 'x'.repeat(100) }]), 0],
  ['a title of 101', withButtons([{ ...button, title: 'x'.repeat(101) }]), -210],
  ['a payload of 1001', withButtons([{ ...button, payload: 'x'.repeat(1_001) }]), -210],
  ['a link', withButtons([{ title: 'Mở', type: 'oa.open.url', payload: { url: 'https://dichvucong.gov.vn' } }]), 0],
  ['a link without a public name', withButtons([{ title: 'Mở', type: 'oa.open.url', payload: { url: 'http://localhost/x' } }]), -201],
  ['an unknown button', withButtons([{ ...button, type: 'oa.dance' }]), -201],
  ['a picture by address', picture({ url: 'https://tinh.example/so-do.jpg' }), 0],
  ['a picture by address and id', picture({ url: 'https://tinh.example/so-do.jpg', attachment_id: 'x' }), -201],
  ['a picture and buttons', { text: 'a', attachment: { type: 'template', payload: { template_type: 'media', elements: [{ media_type: 'image', url: 'https://a.example/b.jpg' }], buttons: [button] } } }, -201],
  ['a list', { attachment: { type: 'template', payload: { template_type: 'list', elements: [] } } }, -233],
  ['a quote of nothing', { text: 'a', quote_message_id: 'nope' }, -201],
]

describe('messages', () => {
  for (const [name, message, error] of messages) it(`${name}: ${error}`, async () => expect(await send(message)).toBe(error))

  it('shows what was sent', async () => {
    await send(withButtons([button]))
    expect(await citizen.hears()).toMatchObject({ text: 'Chọn:', buttons: [{ title: 'Tra cứu', payload: 'c:main:menu:1', url: null, quick: false }], billed: false })
    await citizen.taps('c:main:menu:1')
    expect(citizen.conversation().at(-1)).toMatchObject({ by: 'citizen', did: 'tapped', text: 'Tra cứu' })
  })

  it('to nobody: -201; to who left: -213; to who never wrote: -232', async () => {
    expect(await send({ text: 'a' }, '1')).toBe(-201)
    await citizen.leaves()
    expect(await send({ text: 'a' })).toBe(-213)
    expect(await send({ text: 'a' }, rehearsal.sandbox.platforms.zalo.newCitizen().userId)).toBe(-232)
  })

  it('the closed v2.0 call: -240; a made-up one: 404', async () => {
    const headers = { access_token: token }
    expect((await call(`${rehearsal.sandbox.origin}/v2.0/oa/message`, { recipient: { user_id: citizen.userId }, message: { text: 'a' } }, headers)).json['error']).toBe(-240)
    expect((await call(`${rehearsal.sandbox.origin}/v3.0/oa/message`, {}, headers)).status).toBe(404)
  })
})

describe('time', () => {
  let timed: Rehearsal
  let person: Citizen
  let access: string
  beforeEach(async () => {
    timed = await openRehearsal()
    access = timed.sandbox.settings.zalo.accounts[0]!.accessToken!
    person = timed.sandbox.platforms.zalo.newCitizen()
    await person.says('a')
    return () => timed.close()
  })
  const sendNow = async (): Promise<Record<string, any>> =>
    (await call(`${timed.sandbox.origin}/v3.0/oa/message/cs`, { recipient: { user_id: person.userId }, message: { text: 'a' } }, { access_token: access })).json
  const refresh = async (refreshToken: string): Promise<Record<string, any>> => {
    const { appId, appSecret } = timed.sandbox.settings.zalo
    const response = await fetch(`${timed.sandbox.origin}/v4/oa/access_token`, {
      method: 'POST', headers: { secret_key: appSecret }, body: new URLSearchParams({ grant_type: 'refresh_token', app_id: appId, refresh_token: refreshToken }),
    })
    return response.json() as Promise<Record<string, any>>
  }
  const first = (): string => timed.sandbox.settings.zalo.accounts[0]!.refreshToken!

  it('an access token lives 25 hours', async () => {
    timed.clock.now += 25 * HOUR - 1
    expect((await sendNow())['error']).toBe(0)
    timed.clock.now += 1
    expect((await sendNow())['error']).toBe(-220)
  })

  it('a refresh token works once, and the access token before it is dead at once', async () => {
    const pair = await refresh(first())
    expect(pair).toMatchObject({ expires_in: '90000' })
    expect((await sendNow())['error']).toBe(-216)
    expect(await refresh(first())).toEqual({ error: '-14014', error_name: 'Invalid refresh token.', error_description: '', access_token: '', refresh_token: '' })
    access = pair['access_token']
    expect((await sendNow())['error']).toBe(0)
    expect(await refresh(pair['refresh_token'])).toHaveProperty('access_token')
  })

  it('a refresh token lives three months', async () => {
    timed.clock.now += 90 * DAY
    expect((await refresh(first()))['error']).toBe('-14014')
  })

  it('a reply is free for 48 hours, billed up to 7 days, refused after', async () => {
    let fresh = first()
    const pairs = async (): Promise<void> => {
      const pair = await refresh(fresh)
      fresh = pair['refresh_token']
      access = pair['access_token']
    }
    timed.clock.now += 48 * HOUR
    await pairs()
    expect((await sendNow())['data'].quota).toEqual({ quota_type: 'reply' })
    timed.clock.now += 1
    expect((await sendNow())['data']).not.toHaveProperty('quota')
    expect(person.received().map(({ billed }) => billed)).toEqual([false, true])
    timed.clock.now += 7 * DAY - 48 * HOUR
    await pairs()
    expect((await sendNow())['error']).toBe(-230)
    await person.follows()
    expect((await sendNow())['error']).toBe(0)
  })

  it('takes 4000 calls a minute', { timeout: 90_000 }, async () => {
    const codes = new Map<number, number>()
    for (let batch = 0; batch < 41; batch++) {
      const answers = await Promise.all(Array.from({ length: 100 }, sendNow))
      for (const { error } of answers) codes.set(error, (codes.get(error) ?? 0) + 1)
    }
    expect(codes).toEqual(new Map([[0, 4_000], [-32, 100]]))
    timed.clock.now += MINUTE
    expect((await sendNow())['error']).toBe(0)
  })
})
