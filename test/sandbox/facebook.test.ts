import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../../src/core/time.ts'
import type { Citizen } from '../../src/sandbox/citizen.ts'
import { call, openRehearsal, type Rehearsal } from './target.ts'

let rehearsal: Rehearsal
let citizen: Citizen
beforeAll(async () => {
  rehearsal = await openRehearsal()
})
afterAll(() => rehearsal.close())
beforeEach(async () => {
  rehearsal.clock.now += HOUR
  citizen = rehearsal.sandbox.platforms.facebook.newCitizen()
  await citizen.says('a')
})

const tokenOf = (): string => rehearsal.sandbox.settings.facebook.accounts[0]!.pageToken
const proofOf = (): string => createHmac('sha256', rehearsal.sandbox.settings.facebook.appSecrets[0]!).update(tokenOf()).digest('hex')

/** Any call below the page: `ok`, or Meta's numbers as `SendError` names them. */
async function graph(path: string, body: object, given: { token?: string; proof?: string } = {}): Promise<string> {
  const { token = tokenOf(), proof = proofOf() } = given
  const { json } = await call(`${rehearsal.sandbox.origin}/v26.0/sandbox-page${path}`, { ...body, appsecret_proof: proof }, { authorization: `Bearer ${token}` })
  const { code, error_subcode: subcode } = json['error'] ?? {}
  return code === undefined ? 'ok' : subcode === undefined ? String(code) : `${code}/${subcode}`
}
const send = (message: object, rest: object = { messaging_type: 'RESPONSE' }): Promise<string> =>
  graph('/messages', { recipient: { id: citizen.userId }, message, ...rest })

const reply = { content_type: 'text', title: 'Đất đai', payload: 'c:a:b:1' }
const key = { type: 'postback', title: 'Đất đai', payload: 'c:a:b:1' }
const template = (change: object): object => ({ attachment: { type: 'template', payload: { template_type: 'button', text: 'Chọn:', buttons: [key], ...change } } })

const messages: [name: string, message: object, end: string][] = [
  ['2000 characters', { text: 'ạ'.repeat(2_000) }, 'ok'],
  ['2001 characters', { text: 'ạ'.repeat(2_001) }, '100'],
  ['nothing', {}, '100'],
  ['text and attachment', { text: 'a', ...template({}) }, '100'],
  ['13 quick replies', { text: 'a', quick_replies: Array(13).fill(reply) }, 'ok'],
  ['14 quick replies', { text: 'a', quick_replies: Array(14).fill(reply) }, '100'],
  ['a title of 21', { text: 'a', quick_replies: [{ ...reply, title: 'x'.repeat(21) }] }, '100'],
  ['a payload of 1001', { text: 'a', quick_replies: [{ ...reply, payload: 'x'.repeat(1_001) }] }, '100'],
  ['metadata of 999', { text: 'a', metadata: 'x'.repeat(999) }, 'ok'],
  ['metadata of 1000', { text: 'a', metadata: 'x'.repeat(1_000) }, '100'],
  ['3 buttons', template({ buttons: Array(3).fill(key) }), 'ok'],
  ['4 buttons', template({ buttons: Array(4).fill(key) }), '100'],
  ['a template text of 641', template({ text: 'x'.repeat(641) }), '100'],
  ['a picture', { attachment: { type: 'image', payload: { url: 'https://tinh.example/so-do.jpg' } } }, 'ok'],
  ['a picture from this machine', { attachment: { type: 'image', payload: { url: 'http://localhost/so-do.jpg' } } }, '100'],
]

describe('messages', () => {
  for (const [name, message, end] of messages) it(`${name}: ${end}`, async () => expect(await send(message)).toBe(end))

  it('a quick reply comes back as a message with its payload, a button as a postback', async () => {
    await send({ text: 'a', quick_replies: [reply] })
    await citizen.taps(reply.payload)
    await send(template({}))
    await citizen.taps(key.payload)
    expect(rehearsal.events.filter(({ kind, contact }) => kind === 'tap' && contact.userId === citizen.userId)).toHaveLength(2)
    expect(citizen.received().map(({ buttons }) => buttons[0]!.quick)).toEqual([true, false])
  })

  it('an echo carries our metadata back', async () => {
    await send({ text: 'a', metadata: 'camnang:d1' })
    expect(await rehearsal.event(({ kind, contact }) => kind === 'echo' && contact.userId === citizen.userId)).toMatchObject({ deliveryId: 'd1' })
  })
})

describe('who may write when', () => {
  const tags: [string, object][] = [['RESPONSE', { messaging_type: 'RESPONSE' }], ['UPDATE', { messaging_type: 'UPDATE' }]]
  for (const [name, rest] of tags) {
    it(`${name}: 24 hours`, async () => {
      rehearsal.clock.now += 24 * HOUR
      expect(await send({ text: 'a' }, rest)).toBe('ok')
      rehearsal.clock.now += 1
      expect(await send({ text: 'a' }, rest)).toBe('10/2018278')
    })
  }

  it('HUMAN_AGENT: 7 days; the dead tags: 100', async () => {
    const tagged = (tag: string): Promise<string> => send({ text: 'a' }, { messaging_type: 'MESSAGE_TAG', tag })
    rehearsal.clock.now += 7 * DAY
    expect(await tagged('HUMAN_AGENT')).toBe('ok')
    expect(await tagged('ACCOUNT_UPDATE')).toBe('100')
    rehearsal.clock.now += 1
    expect(await tagged('HUMAN_AGENT')).toBe('10/2018278')
  })

  it('strangers, people who left, wrong tokens and proofs', async () => {
    expect(await graph('/messages', { recipient: { id: '1' }, messaging_type: 'RESPONSE', message: { text: 'a' } })).toBe('100/2018001')
    await citizen.leaves()
    expect(await send({ text: 'a' })).toBe('551/1545041')
    expect(await graph('/messages', {}, { token: 'x' })).toBe('190')
    expect(await graph('/messages', {}, { proof: 'x' })).toBe('100')
  })

  it('300 sends a second', async () => {
    const ends = await Promise.all(Array.from({ length: 301 }, () => send({ text: 'a' })))
    expect(ends.filter((end) => end === 'ok')).toHaveLength(300)
    expect(ends.filter((end) => end === '613')).toHaveLength(1)
  })
})

describe('profile and subscription', () => {
  const menu = [{ locale: 'default', composer_input_disabled: false, call_to_actions: [{ type: 'postback', title: 'Menu', payload: 'c:a:b:1' }] }]

  it('a menu needs a start button, and is shown on the page', async () => {
    expect(await graph('/messenger_profile', { persistent_menu: menu })).toBe('100')
    expect(await graph('/messenger_profile', { get_started: { payload: 'GET_STARTED' }, persistent_menu: menu })).toBe('ok')
    expect(await (await fetch(`${rehearsal.sandbox.origin}/openings`)).json()).toMatchObject({ facebook: { menu: [{ title: 'Menu', payload: 'c:a:b:1' }] } })
  })

  it('ten calls in ten minutes', async () => {
    const ends = []
    for (let i = 0; i < 11; i++) ends.push(await graph('/messenger_profile', { get_started: { payload: 'GET_STARTED' } }))
    expect(ends.filter((end) => end === '613')).toHaveLength(1)
  })

  it('an unknown webhook field fails the whole call', async () => {
    expect(await graph('/subscribed_apps', { subscribed_fields: 'messages,standby' })).toBe('ok')
    expect(await graph('/subscribed_apps', { subscribed_fields: 'messages,nonsense' })).toBe('100')
  })
})
