import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Channel, SendContext } from '../../src/channels/channel.ts'
import type { Transport } from '../../src/channels/transport.ts'
import type { Contact } from '../../src/core/contact.ts'
import { SendError } from '../../src/core/delivery.ts'
import type { Message, Part } from '../../src/core/message.ts'
import { HOUR } from '../../src/core/time.ts'
import { createNodeTransport } from '../../src/node/transport.ts'
import { answer, type Behaviour, type Platform, reset, silence, stall, startPlatform } from '../channels/platform.ts'

export interface ChannelUnderTest {
  create(origin: string, transport: Transport): Channel
  contact: Contact
  /** What the platform answers when it has taken a message, and the id in it. */
  accepted: { body: object; id: string }
  /** Fails where the part is beyond a limit of the platform. */
  expectWithinLimits(part: Part): void
  /** How long after a person's message the platform lets us answer, in hours; null: for ever. */
  hours: number | null
  /** Must never stand in an error. */
  secrets: string[]
}

const now = Date.UTC(2026, 10, 21, 3)
const context = (change: Partial<SendContext> = {}): SendContext => ({ origin: 'reply', lastInboundAt: now - HOUR, optedOut: false, now, ...change })
const words = 'Bà con cần hỏi việc gì? Mang theo căn cước và 2 ảnh 4×6.'
const message: Message = {
  text: words,
  choices: [{ title: 'Đăng ký khai sinh cho con mới sinh ở bệnh viện', payload: 'c:main:menu:1' }, { title: 'Gặp cán bộ', payload: 'c:main:menu:2' }],
  links: [{ title: 'Cổng Dịch vụ công quốc gia', url: 'https://dichvucong.gov.vn/p/home' }],
}

/** What every channel promises, whatever the platform. Sending is tried against a real server on this machine. */
export function channelContract(name: string, { create, contact, accepted, expectWithinLimits, hours, secrets }: ChannelUnderTest): void {
  const offline = create('http://127.0.0.1:9', () => Promise.reject(new Error('rendering must not send')))

  describe(`${name} renders`, () => {
    it('any message to parts within its limits that render to themselves', () => {
      fc.assert(fc.property(anyMessage, (any) => {
        const parts = offline.render(any)
        expect(parts.length).toBeGreaterThan(0)
        for (const part of parts) {
          expectWithinLimits(part)
          expect(offline.render(part)).toEqual([part])
          expect(offline.whyUnsendable(part, context())).toBeNull()
        }
      }), { numRuns: 300 })
    })

    it('every word, link, number and emoji whole and in order', () => {
      fc.assert(fc.property(anyMessage, (any) => {
        const parts = offline.render(any)
        const said = parts.map(({ text }) => text).join('\n')
        expect(bare(said)).toContain(bare(any.text))
        for (const token of any.text.split(/\s+/u)) expect(parts.some(({ text }) => text.includes(token)), token).toBe(true)
        for (const { url } of any.links ?? []) {
          expect(parts.some((part) => part.text.includes(url) || part.links?.some((link) => link.url === url)), url).toBe(true)
        }
        if (any.media) expect(parts.some((part) => part.text.includes(any.media!.url) || part.media?.url === any.media!.url)).toBe(true)
      }), { numRuns: 300 })
    })

    it('choices on the last part only, where the platform keeps them in sight', () => {
      const parts = offline.render({ ...message, text: 'Bà con xem các bước dưới đây. '.repeat(400) })
      expect(parts.length).toBeGreaterThan(2)
      expect(parts.slice(0, -1).some((part) => part.choices)).toBe(false)
      expect(parts.at(-1)?.choices?.map(({ payload }) => payload)).toEqual(['c:main:menu:1', 'c:main:menu:2'])
    })

    it('the quote on the first part', () => {
      const parts = offline.render({ text: 'Trả lời. '.repeat(1_000), quote: '1234' })
      expect(parts.map(({ quote }) => quote)).toEqual(['1234', ...parts.slice(1).map(() => undefined)])
    })

    it('a long text with room for the line that is put before a late reply', () => {
      const late = 'Xin lỗi bà con, câu trả lời này đến chậm. Bà con đã hỏi lúc 08:05 ngày 21/11/2026.'
      for (const part of offline.render({ text: 'x'.repeat(9_000) })) expectWithinLimits({ ...part, text: `${late}\n\n${part.text}` })
    })

    it('decomposed Vietnamese composed, since limits count composed letters', () => {
      expect(offline.render({ text: 'Thủ tục'.normalize('NFD') })[0]?.text).toBe('Thủ tục')
    })

    it('choices without words as a list, since no platform takes bare buttons', () => {
      expect(offline.render({ text: '', choices: message.choices! })[0]?.text).toContain('2. Gặp cán bộ')
    })

    it('nothing for nothing', () => {
      expect(offline.render({ text: ' \n ' })).toEqual([])
    })
  })

  describe(`${name} decides what may be sent`, () => {
    const part: Part = { text: words }
    it('answers who has just written', () => expect(offline.whyUnsendable(part, context())).toBeNull())
    it('sends no campaign to who opted out', () => expect(offline.whyUnsendable(part, context({ origin: 'campaign', optedOut: true }))).toBe('opted_out'))
    it('still answers who opted out', () => expect(offline.whyUnsendable(part, context({ optedOut: true }))).toBeNull())
    it('refuses an empty part', () => expect(offline.whyUnsendable({ text: '' }, context())).toBe('unsupported_content'))
    it('closes the window two minutes before the platform does', () => {
      const window = offline.replyWindow
      expect(window).toBe(hours === null ? null : hours * HOUR)
      if (window === null) expect(offline.whyUnsendable(part, context({ lastInboundAt: now - 1_000 * HOUR }))).toBeNull()
      else {
        expect(offline.whyUnsendable(part, context({ lastInboundAt: now - window + 120_000 }))).toBeNull()
        expect(offline.whyUnsendable(part, context({ lastInboundAt: now - window + 119_999 }))).toBe('outside_reply_window')
        expect(offline.whyUnsendable(part, context({ lastInboundAt: null }))).toBe('outside_reply_window')
      }
    })
  })

  describe(`${name} sends`, () => {
    let platform: Platform
    const transport = createNodeTransport()
    /** Only who is to be given up is given up early. */
    let patience = 10_000
    const hasty: Transport = (request) => transport.send({ ...request, timeout: patience })
    const send = (origin = platform.origin): Promise<{ platformMessageId: string }> =>
      create(origin, hasty).send(contact, offline.render(message)[0]!, 'zalo:1:text:abc#0', context())
    const failure = async (origin?: string): Promise<SendError> => {
      const error: unknown = await send(origin).then(() => 'sent', (error: unknown) => error)
      expect(error).toBeInstanceOf(SendError)
      return error as SendError
    }
    beforeAll(async () => { platform = await startPlatform() })
    afterAll(async () => {
      await transport.close()
      await platform.close()
    })
    beforeEach(() => {
      platform.seen.length = 0
      patience = 10_000
    })

    it('in one call and returns the platform’s id', async () => {
      platform.behave(answer(accepted.body))
      expect(await send()).toEqual({ platformMessageId: accepted.id })
      expect(platform.seen).toHaveLength(1)
    })

    it('gives no call more than 15 seconds, so that a claim outlives its send', async () => {
      const patient: number[] = []
      platform.behave(answer(accepted.body))
      const timed: Transport = (request) => {
        patient.push(request.timeout)
        return transport.send(request)
      }
      await create(platform.origin, timed).send(contact, offline.render(message)[0]!, 'zalo:1:text:abc#0', context())
      expect(patient).toHaveLength(1)
      expect(patient[0]).toBeLessThanOrEqual(15_000)
    })

    it.each([['no answer in time', silence], ['an answer that stops half way', stall]])('%s is uncertain', async (_label, behaviour) => {
      patience = 600
      platform.behave(behaviour)
      expect((await failure()).outcome.kind).toBe('uncertain')
    })

    it.each<[string, Behaviour, string]>([
      ['a connection reset after the request', reset, 'uncertain'],
      ['a gateway that stopped waiting', answer('<html>504</html>', 504), 'uncertain'],
      ['a page instead of an answer', answer('<html>ok</html>', 200), 'uncertain'],
      ['a gateway without a platform behind it', answer('<html>502</html>', 502), 'unavailable'],
      ['a platform that says it is down', answer('<html>503</html>', 503), 'unavailable'],
      ['a page that says not found', answer('<html>404</html>', 404), 'unavailable'],
      ['a redirect to a login page', answer('', 302, { location: 'http://127.0.0.1:9/' }), 'unavailable'],
    ])('$0 is $2', async (_label, behaviour, kind) => {
      platform.behave(behaviour)
      expect((await failure()).outcome.kind).toBe(kind)
      expect(platform.seen).toHaveLength(1)
    })

    it('a refused connection as surely not sent', async () => {
      expect(await failure('http://127.0.0.1:9')).toMatchObject({ outcome: { kind: 'unavailable' }, code: 'not_sent' })
    })

    it('429 as a wait as long as the header says', async () => {
      platform.behave(answer('slow down', 429, { 'retry-after': '7' }))
      expect((await failure()).outcome).toEqual({ kind: 'throttled', retryAfter: 7_000 })
    })

    it('without words, ids or secrets in any error', async () => {
      for (const behaviour of [reset, answer('<html>', 500), answer('{', 200)]) {
        platform.behave(behaviour)
        const error = await failure()
        const told = `${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`
        for (const canary of [...secrets, contact.userId, 'khai sinh', 'Bà con']) expect(told).not.toContain(canary)
      }
    })
  })
}

const bare = (text: string): string => text.replace(/\s+/gu, '')

const token = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('Bà', 'con', 'nộp', 'hồ', 'sơ', 'trực', 'tuyến.', 'đường', '(căn', 'cước)', 'nghiêng', '<b>&amp;', '*_[') },
  { weight: 2, arbitrary: fc.constantFrom('1.234.567', '30/11/2026', '0235.3852.000', '7:30–17:00', '000.12.H05-261121-0001') },
  { weight: 1, arbitrary: fc.webUrl({ withQueryParameters: true, withFragments: true }).map((url) => url.slice(0, 400)) },
  { weight: 1, arbitrary: fc.constantFrom('👨‍👩‍👧‍👦', '🇻🇳', '👍🏽', '☎️') },
)
const anyText = fc.array(fc.tuple(token, fc.constantFrom(' ', ' ', ' ', ' ', '\n', '\n\n')), { minLength: 1, maxLength: 2_500, size: 'max' })
  .map((pairs) => pairs.flat().join('').trim().normalize('NFC'))
const anyTitle = fc.array(fc.constantFrom('Đăng ký', 'khai sinh', 'Gặp cán bộ', '👨‍👩‍👧‍👦', 'x'.repeat(40)), { minLength: 1, maxLength: 6 }).map((all) => all.join(' '))
const anyMessage: fc.Arbitrary<Message> = fc.record({
  text: anyText,
  choices: fc.array(fc.record({ title: anyTitle, payload: fc.stringMatching(/^c:[a-z]{1,20}:[a-z]{1,20}:\d$/) }), { maxLength: 20 }),
  links: fc.array(fc.record({ title: anyTitle, url: fc.oneof(fc.webUrl().map((url) => url.slice(0, 300)), fc.constantFrom('http://localhost:3000/muc/a', '19001234')) }), { maxLength: 8 }),
  media: fc.record({
    kind: fc.constantFrom('image' as const, 'audio' as const, 'video' as const, 'file' as const),
    url: fc.webUrl().map((url) => url.slice(0, 300)),
    alt: anyTitle,
  }),
  quote: fc.stringMatching(/^[1-9]\d{0,8}$/),
}, { requiredKeys: ['text'] }) as fc.Arbitrary<Message>
