import nock from 'nock'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { telegramOutcomes } from '../../src/channels/telegram-errors.ts'
import { createTelegramPublisher } from '../../src/channels/telegram-publisher.ts'
import { createTelegramChannel } from '../../src/channels/telegram.ts'
import { renderTelegram, toRequest } from '../../src/channels/telegram-message.ts'
import type { Part } from '../../src/core/message.ts'
import { createNodeTransport } from '../../src/node/transport.ts'
import { channelContract } from '../contracts/channel.ts'

const token = '7000000001:canary-telegram-token'
channelContract('telegram', {
  create: (origin, transport) => createTelegramChannel({ apiUrl: origin, accounts: [{ botId: '7000000001', token }], transport }),
  contact: { channel: 'telegram', accountId: '7000000001', userId: '5550001111' },
  accepted: { body: { ok: true, result: { message_id: 12, date: 1, chat: { id: 5550001111, type: 'private' } } }, id: '12' },
  hours: null,
  secrets: [token],
  expectWithinLimits(part) {
    const { media, text, extra } = toRequest(part)
    expect(text.length).toBeLessThanOrEqual(media === null ? 4_096 : 1_024)
    if (media === null) expect(text).not.toBe('')
    for (const row of extra.reply_markup?.inline_keyboard ?? []) {
      expect(row).toHaveLength(1)
      if ('callback_data' in row[0]!) expect(Buffer.byteLength(row[0].callback_data)).toBeLessThanOrEqual(64)
    }
  },
})

const citizen = { channel: 'telegram', accountId: '7000000001', userId: '5550001111' } as const
const link = { title: 'Cổng Dịch vụ công', url: 'https://dichvucong.gov.vn' }
const choice = { title: 'Đất đai', payload: 'c:main:menu:1' }
const image = { kind: 'image', url: 'https://example.gov.vn/so-do.jpg', alt: 'Sơ đồ' } as const

describe('telegram renders', () => {
  it.each([
    ['everything on one part', { text: 'Chọn', choices: [choice], links: [link], media: image }, [{ text: 'Chọn', choices: [choice], links: [link], media: image }]],
    ['no choice whose payload is over 64 bytes', { text: 'x', choices: [choice, { title: 'Dài', payload: 'ữ'.repeat(22) }] }, [{ text: 'x', choices: [choice] }]],
    ['an address that Telegram refuses as a line', { text: 'Xem', links: [{ title: 'Thử', url: 'http://localhost:3000/muc/a' }] }, [{ text: 'Xem\n\nThử: http://localhost:3000/muc/a' }]],
  ])('%s', (_label, message, parts) => expect(renderTelegram(message)).toEqual(parts))
  it('the words that fit under a picture as its caption, the others before it', () => {
    const parts = renderTelegram({ text: 'Bước một. '.repeat(150), media: image, choices: [choice] })
    expect(parts).toHaveLength(2)
    expect(parts[0]).not.toHaveProperty('media')
    expect(parts[1]).toMatchObject({ media: image, choices: [choice] })
  })
})

describe('telegram against its own address', () => {
  const transport = createNodeTransport()
  const channel = createTelegramChannel({ apiUrl: 'https://api.telegram.org', accounts: [{ botId: '7000000001', token }], transport: transport.send })
  const bot = (method: string, reply: object, status = 200, check: (body: any) => boolean = () => true) =>
    nock('https://api.telegram.org').post(`/bot${token}/${method}`, check).reply(status, reply)
  const ok = { ok: true, result: { message_id: 12 } }
  const fails = (part: Part = { text: 'Chào' }) => channel.send(citizen, part, 'd#0').then(() => expect.unreachable(), (error: unknown) => error)
  afterEach(() => {
    expect(nock.pendingMocks()).toEqual([])
    nock.cleanAll()
  })
  afterAll(() => transport.close())

  it('sends words as they are, one button to a row, without a preview, quoting what may be gone', async () => {
    bot('sendMessage', ok, 200, (body) => {
      expect(body).toEqual({
        chat_id: 5550001111, text: 'a < b & c_d*', link_preview_options: { is_disabled: true },
        reply_parameters: { message_id: 11, allow_sending_without_reply: true },
        reply_markup: { inline_keyboard: [[{ text: 'Đất đai', callback_data: 'c:main:menu:1' }], [{ text: 'Cổng Dịch vụ công', url: link.url }]] },
      })
      return true
    })
    expect(await channel.send(citizen, { text: 'a < b & c_d*', choices: [choice], links: [link], quote: '11' }, 'd#0')).toEqual({ platformMessageId: '12' })
  })
  it.each([['image', 'sendPhoto', 'photo'], ['audio', 'sendAudio', 'audio'], ['video', 'sendVideo', 'video'], ['file', 'sendDocument', 'document']] as const)(
    '%s by URL through %s, words as caption', async (kind, method, field) => {
      bot(method, ok, 200, (body) => body[field] === image.url && body.caption === 'Đây ạ' && body.text === undefined)
      await channel.send(citizen, { text: 'Đây ạ', media: { ...image, kind } }, 'd#0')
    })
  it.each(telegramOutcomes.map(({ code, says, outcome }) => [code, says, outcome] as const))('%i "%s" is %o', async (code, says, outcome) => {
    bot('sendMessage', { ok: false, error_code: code, description: `Error: ${says === '' ? 'something new' : says.toUpperCase()} here` }, code)
    expect(await fails()).toMatchObject({ code: says === '' ? String(code) : `${code} ${says}`, outcome })
  })
  it('429 as a wait of its own seconds', async () => {
    bot('sendMessage', { ok: false, error_code: 429, description: 'Too Many Requests: retry after 7', parameters: { retry_after: 7 } }, 429)
    expect(await fails()).toMatchObject({ code: '429', outcome: { kind: 'throttled', retryAfter: 7_000 } })
  })
  it('its own 5xx as a fault of the platform', async () => {
    bot('sendMessage', { ok: false, error_code: 502, description: 'Bad Gateway' }, 502)
    expect(await fails()).toMatchObject({ code: '502', outcome: { kind: 'unavailable' } })
  })
  it.each<[object, number, string, string]>([
    [{ ok: true }, 200, 'uncertain', 'no_message_id'],
    [{ ok: true, result: {} }, 200, 'uncertain', 'no_message_id'],
    [{ ok: true, result: { message_id: 'x' } }, 200, 'uncertain', 'no_message_id'],
    [{ ok: false }, 200, 'uncertain', 'http_200'],
    [{ ok: false, description: 'Bad Gateway' }, 502, 'unavailable', 'http_502'],
    [{ ok: false, error_code: 400 }, 400, 'rejected', '400'],
    [{ ok: false, error_code: 403, description: null }, 403, 'contact_gone', '403'],
  ])('an answer without what belongs in it is judged by what is there: %j', async (reply, status, kind, code) => {
    bot('sendMessage', reply, status)
    expect(await fails()).toMatchObject({ code, outcome: { kind } })
  })
  it('a file Telegram cannot fetch goes out as a line', async () => {
    bot('sendPhoto', { ok: false, error_code: 400, description: 'Bad Request: wrong file identifier/HTTP URL specified' }, 400)
    bot('sendMessage', ok, 200, (body) => body.text === 'Đây ạ\n\nSơ đồ: https://example.gov.vn/so-do.jpg')
    expect(await channel.send(citizen, { text: 'Đây ạ', media: image }, 'd#0')).toEqual({ platformMessageId: '12' })
  })
  it('acknowledges a tap', async () => {
    bot('answerCallbackQuery', { ok: true, result: true }, 200, (body) => body.callback_query_id === '98765432100')
    await channel.acknowledge?.(citizen, '98765432100')
  })
  it('does not mind a tap that is too old to acknowledge', async () => {
    bot('answerCallbackQuery', { ok: false, error_code: 400, description: 'Bad Request: query is too old and response timeout expired' }, 400)
    await expect(channel.acknowledge?.(citizen, '1')).resolves.toBeUndefined()
  })
  it('a bot that is not ours is a matter of settings', async () => {
    await expect(channel.send({ ...citizen, accountId: '1' }, { text: 'x' }, 'd#0')).rejects.toMatchObject({ code: 'unknown_bot' })
  })
})

describe('a post in a Telegram channel', () => {
  const transport = createNodeTransport()
  const publisher = createTelegramPublisher({ apiUrl: 'https://api.telegram.org', accounts: [{ botId: '7000000001', token, channel: '@tinhmau' }], transport: transport.send })
  const bot = (method: string, description: string | null) =>
    nock('https://api.telegram.org').post(`/bot${token}/${method}`).reply(description === null ? 200 : 400, description === null ? { ok: true, result: true } : { ok: false, error_code: 400, description: `Bad Request: ${description}` })
  const ids = { message1: '12', message2: '13' }
  afterEach(() => {
    expect(nock.pendingMocks()).toEqual([])
    nock.cleanAll()
  })
  afterAll(() => transport.close())

  it('keeps none of its old words when it is put right, whichever of its messages has the picture and however old they are', async () => {
    bot('editMessageCaption', 'there is no caption in the message to edit')
    bot('editMessageText', null)
    bot('deleteMessage', "message can't be deleted for everyone")
    bot('editMessageText', 'there is no text in the message to edit')
    bot('editMessageCaption', null)
    await publisher.edit('7000000001', ids, { kind: 'channel_post', parts: [{ text: 'ĐÍNH CHÍNH: 9 giờ', media: image }] })
  })
  it('is changed, or gone, when it was so already: the answer of the call before may have been lost', async () => {
    bot('editMessageText', 'message is not modified: specified new message content and reply markup are exactly the same')
    await publisher.edit('7000000001', { message1: '12' }, { kind: 'channel_post', parts: [{ text: 'ĐÍNH CHÍNH: 9 giờ' }] })
    bot('deleteMessage', 'message to delete not found')
    bot('deleteMessage', null)
    await publisher.withdraw('7000000001', ids)
  })
})
