import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { HOUR, SECOND } from '../../src/core/time.ts'
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
  citizen = rehearsal.sandbox.platforms.telegram.newCitizen()
  await citizen.starts()
})

const bot = async (method: string, body: object, token = rehearsal.sandbox.settings.telegram.accounts[0]!.token): Promise<Record<string, any>> =>
  (await call(`${rehearsal.sandbox.origin}/bot${token}/${method}`, body)).json
/** `ok`, or code and description. */
const send = async (body: object, method = 'sendMessage', chat = citizen.userId): Promise<string> => {
  const answer = await bot(method, { chat_id: Number(chat), ...body })
  return answer['ok'] === true ? 'ok' : `${answer['error_code']} ${answer['description']}`
}
const keyboard = (...buttons: object[]): object => ({ text: 'Chọn:', reply_markup: { inline_keyboard: buttons.map((button) => [button]) } })

const messages: [name: string, body: object, end: string, method?: string][] = [
  ['4096 characters', { text: 'ạ'.repeat(4_096) }, 'ok'],
  ['4097 characters', { text: 'ạ'.repeat(4_097) }, '400 Bad Request: message is too long'],
  ['nothing', {}, '400 Bad Request: message text is empty'],
  ['callback data of 64 bytes', keyboard({ text: 'a', callback_data: 'x'.repeat(64) }), 'ok'],
  ['callback data of 65 bytes in 22 letters', keyboard({ text: 'a', callback_data: `${'ạ'.repeat(21)}xx` }), '400 Bad Request: BUTTON_DATA_INVALID'],
  ['100 buttons', keyboard(...Array(100).fill({ text: 'a', callback_data: 'x' })), 'ok'],
  ['101 buttons', keyboard(...Array(101).fill({ text: 'a', callback_data: 'x' })), '400 Bad Request: reply markup is too long'],
  ['a link without a public name', keyboard({ text: 'a', url: 'http://localhost/x' }), '400 Bad Request: inline keyboard button URL is invalid: Wrong HTTP URL'],
  ['a quote of nothing', { text: 'a', reply_parameters: { message_id: 1 } }, '400 Bad Request: message to be replied not found'],
  ['a quote of nothing that may be left out', { text: 'a', reply_parameters: { message_id: 1, allow_sending_without_reply: true } }, 'ok'],
  ['a photo', { photo: 'https://tinh.example/so-do.jpg', caption: 'x'.repeat(1_024) }, 'ok', 'sendPhoto'],
  ['a caption of 1025', { photo: 'https://tinh.example/so-do.jpg', caption: 'x'.repeat(1_025) }, '400 Bad Request: message caption is too long', 'sendPhoto'],
  ['a photo from this machine', { photo: 'http://localhost/a.jpg' }, '400 Bad Request: wrong file identifier/HTTP URL specified', 'sendPhoto'],
]

describe('messages', () => {
  for (const [name, body, end, method] of messages) it(`${name}: ${end.slice(0, 40)}`, async () => expect(await send(body, method)).toBe(end))

  it('to nobody, to who never pressed Start, to who blocked, with a wrong token', async () => {
    expect(await send({ text: 'a' }, 'sendMessage', '1')).toBe('400 Bad Request: chat not found')
    expect(await send({ text: 'a' }, 'sendMessage', rehearsal.sandbox.platforms.telegram.newCitizen().userId)).toBe("403 Forbidden: bot can't initiate conversation with a user")
    await citizen.leaves()
    expect(await send({ text: 'a' })).toBe('403 Forbidden: bot was blocked by the user')
    expect(await bot('getMe', {}, 'sandbox-bot:wrong')).toMatchObject({ ok: false, error_code: 401 })
  })

  it('30 a second to all chats, then three seconds of silence', async () => {
    const crowd = await Promise.all(Array.from({ length: 31 }, async () => {
      const one = rehearsal.sandbox.platforms.telegram.newCitizen()
      await one.starts()
      return one.userId
    }))
    const ends = []
    for (const one of crowd) ends.push(await send({ text: 'a' }, 'sendMessage', one))
    expect(ends.filter((end) => end === 'ok')).toHaveLength(30)
    expect(ends[30]).toBe('429 Too Many Requests: retry after 3')
    rehearsal.clock.now += 2 * SECOND
    expect(await bot('sendMessage', { chat_id: Number(crowd[0]), text: 'a' })).toMatchObject({ error_code: 429, parameters: { retry_after: 1 } })
    rehearsal.clock.now += SECOND
    expect(await send({ text: 'a' }, 'sendMessage', crowd[0])).toBe('ok')
  })

  it('one chat takes a burst, not a flood', async () => {
    const ends = []
    for (let i = 0; i < 21; i++) ends.push(await send({ text: 'a' }))
    expect(ends.indexOf('429 Too Many Requests: retry after 20')).toBe(20)
  })
})

describe('taps, commands and webhook', () => {
  it('a tap can be answered once, within 15 seconds', async () => {
    const tapped = async (): Promise<string> => {
      await citizen.taps('c:a:b:1')
      const event = rehearsal.events.findLast(({ kind }) => kind === 'tap')
      return event?.kind === 'tap' ? event.tapId! : ''
    }
    const tap = await tapped()
    expect(await bot('answerCallbackQuery', { callback_query_id: tap })).toMatchObject({ ok: true })
    expect(await bot('answerCallbackQuery', { callback_query_id: tap })).toMatchObject({ error_code: 400 })
    const old = await tapped()
    rehearsal.clock.now += 15 * SECOND + 1
    expect(await bot('answerCallbackQuery', { callback_query_id: old })).toMatchObject({ description: expect.stringContaining('query is too old') })
  })

  it('commands are checked, and shown on the page', async () => {
    expect(await bot('setMyCommands', { commands: [{ command: 'Menu', description: 'x' }] })).toMatchObject({ error_code: 400 })
    expect(await bot('setMyCommands', { commands: [{ command: 'menu', description: 'Menu chính' }] })).toMatchObject({ ok: true })
    expect(await (await fetch(`${rehearsal.sandbox.origin}/openings`)).json()).toMatchObject({ telegram: { menu: [{ title: '/menu – Menu chính', says: '/menu' }] } })
  })

  it('a webhook needs https, and its new secret is used from then on', async () => {
    expect(await bot('setWebhook', { url: 'http://tinh.example/x' })).toMatchObject({ error_code: 400 })
    expect(await bot('setWebhook', { url: 'https://tinh.example/webhooks/telegram', secret_token: 'another' })).toMatchObject({ ok: true })
    expect(await bot('getWebhookInfo', {})).toMatchObject({ result: { url: 'https://tinh.example/webhooks/telegram' } })
    expect(await citizen.says('a')).toBe(401)
  })
})
