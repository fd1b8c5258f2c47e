import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { z } from 'zod'
import { HOUR, SECOND, type Clock, type Millis } from '../core/time.ts'
import { faulty, type CallKind, type Faults, type NodeEnv } from './faults.ts'
import type { People } from './people.ts'
import type { Person } from './person.ts'
import type { Deliver, Desk } from './platform.ts'
import { Rate, type RateLimit } from './rate.ts'
import type { SandboxSecrets } from './secrets.ts'
import { shownByTelegram, telegramCalls, telegramChanges, telegramSends, type TelegramSend } from './telegram-calls.ts'
import type { TelegramBot } from './telegram-bot.ts'

/** To all chats together; whoever goes over it waits this long. */
const bulk = { most: 30, within: SECOND, penalty: 3 * SECOND }
/** One chat takes about one message a second; Telegram lets short bursts pass, and so does this. */
const oneChat = { most: 20, within: 20 * SECOND }

export interface TelegramApiPorts {
  secrets: SandboxSecrets['telegram']
  bot: TelegramBot
  people: People
  deliver: Deliver
  faults: Faults
  desk: Desk
  now: Clock
  /** Another one than Telegram's 30 a second. */
  rateLimit?: RateLimit | undefined
}

type Answer = { result: unknown } | { code: number; description: string; retryAfter?: Millis }

/** The Bot API as far as our server uses it: `/bot<token>/<method>`, GET or POST with JSON. */
export function telegramApi({ secrets, bot, people, deliver, faults, desk, now, rateLimit = bulk }: TelegramApiPorts): Hono<NodeEnv> {
  const all = new Rate(rateLimit, now)
  const chats = new WeakMap<Person, Rate>()
  let blockedUntil: Millis = 0

  const app = new Hono<NodeEnv>()
  app.use(bodyLimit({ maxSize: 1024 * 1024 }))
  app.use(faulty(faults, kindOf, {
    throttled: (c, retryAfter) => reply(c, tooMany(retryAfter)),
    failed(c, code) {
      const [number, ...words] = code.split(' ')
      return reply(c, { code: Number(number), description: words.join(' ') || 'Internal Server Error' })
    },
  }))
  app.all('/:bot{bot[^/]+}/:method', async (c) => {
    if (c.req.param('bot') !== `bot${secrets.token}`) return reply(c, { code: 401, description: 'Unauthorized' })
    const body = await c.req.json<unknown>().catch(() => ({}))
    return reply(c, call(c.req.param('method'), { ...c.req.query(), ...(body as object) }))
  })
  return app

  function call(method: string, given: object): Answer {
    if (method in telegramSends) {
      const sent = parse(telegramSends[method as keyof typeof telegramSends] as z.ZodType<TelegramSend>, given)
      return 'code' in sent ? sent : send(sent.result, given)
    }
    if (method in telegramChanges) {
      const changed = parse(telegramChanges[method as keyof typeof telegramChanges] as z.ZodType<{ chat_id: string; message_id: number }>, given)
      if ('code' in changed) return changed
      return changed.result.chat_id === secrets.channel ? change(method as keyof typeof telegramChanges, changed.result) : badRequest('chat not found')
    }
    if (method in telegramCalls) {
      const checked = parse(telegramCalls[method as keyof typeof telegramCalls] as z.ZodType<object>, given)
      return 'code' in checked ? checked : bot.set(method as keyof typeof telegramCalls, checked.result)
    }
    return bot.get(method)
  }

  function post(sent: TelegramSend): Answer {
    const wait = now() < blockedUntil ? blockedUntil - now() : all.take()
    if (wait > 0) return tooMany(wait)
    const { text, media } = shownByTelegram(sent)
    const { id } = desk.publications.add({ id: bot.newMessageId(), at: now(), kind: 'channel_post', text, shows: media?.url ?? null })
    return { result: { message_id: Number(id), date: Math.floor(now() / SECOND), chat: { id: -1_002_000_000_002, type: 'channel', title: 'Kênh tập dượt' }, text } }
  }

  function change(method: keyof typeof telegramChanges, call: { message_id: number; text?: string; caption?: string }): Answer {
    const found = desk.publications.find(String(call.message_id))
    if (found === null) return badRequest(method === 'deleteMessage' ? 'message to delete not found' : 'message to edit not found')
    if (method === 'deleteMessage' && now() - found.at > 48 * HOUR) return badRequest("message can't be deleted for everyone")
    found.state = method === 'deleteMessage' ? 'gone' : 'edited'
    found.text = call.text ?? call.caption ?? found.text
    return { result: true }
  }

  function send(sent: TelegramSend, body: object): Answer {
    if (sent.chat_id === secrets.channel) return post(sent)
    const person = people.find(sent.chat_id)
    const refused = whyRefused(person)
    if (refused !== null || person === null) return refused ?? badRequest('chat not found')
    const { quotes, ...shown } = shownByTelegram(sent)
    const quoted = quotes !== null && person.entries.some(({ id }) => id === quotes)
    if (quotes !== null && !quoted && !sent.reply_parameters?.allow_sending_without_reply) return badRequest('message to be replied not found')
    const wait = waitFor(person)
    if (wait > 0) return tooMany(wait)
    const id = bot.newMessageId()
    deliver(person, { ...shown, quotes: quoted ? quotes : null, id, at: now(), billed: false, body })
    return { result: { message_id: Number(id), date: Math.floor(now() / SECOND), chat: { id: Number(person.userId), type: 'private' }, from: bot.me, text: shown.text } }
  }

  function waitFor(person: Person): Millis {
    if (now() < blockedUntil) return blockedUntil - now()
    if (all.take() > 0) {
      blockedUntil = now() + bulk.penalty
      desk.tally.tooFast++
      return bulk.penalty
    }
    const chat = chats.get(person) ?? new Rate(oneChat, now)
    chats.set(person, chat)
    return chat.take()
  }
}

/** A bot writes only to who has written to it and has not blocked it. */
function whyRefused(person: Person | null): Answer | null {
  if (person?.gone) return { code: 403, description: 'Forbidden: bot was blocked by the user' }
  return person !== null && person.lastActAt === null ? { code: 403, description: "Forbidden: bot can't initiate conversation with a user" } : null
}

function parse<Call>(schema: z.ZodType<Call>, given: object): { result: Call } | Extract<Answer, { code: number }> {
  const checked = schema.safeParse(given)
  return checked.success ? { result: checked.data } : badRequest(checked.error.issues[0]?.message ?? 'wrong parameter')
}

const badRequest = (what: string): Extract<Answer, { code: number }> => ({ code: 400, description: `Bad Request: ${what}` })

const tooMany = (wait: Millis): Answer => {
  const seconds = Math.ceil(wait / SECOND)
  return { code: 429, description: `Too Many Requests: retry after ${seconds}`, retryAfter: wait }
}

function reply(c: Context, answer: Answer): Response {
  if ('result' in answer) return c.json({ ok: true, result: answer.result })
  const { code, description, retryAfter } = answer
  const parameters = retryAfter === undefined ? {} : { parameters: { retry_after: Math.ceil(retryAfter / SECOND) } }
  return c.json({ ok: false, error_code: code, description, ...parameters }, code as 400)
}

const kindOf = (c: Context): CallKind => (/\/send(?!ChatAction)\w+$/.test(c.req.path) ? 'send' : 'other')
