import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as z from 'zod'
import { DAY, HOUR, MINUTE, vietnamDay, vietnamTime, type Clock, type Millis } from '../core/time.ts'
import { faulty, type CallKind, type Faults, type NodeEnv } from './faults.ts'
import type { People } from './people.ts'
import type { Person } from './person.ts'
import type { Deliver, Desk } from './platform.ts'
import { Rate, type RateLimit } from './rate.ts'
import { isBroadcast, zaloArticles, type Broadcast } from './zalo-articles.ts'
import { readZaloMessage } from './zalo-message.ts'
import type { ZaloTokens } from './zalo-tokens.ts'

const windows = { free: 48 * HOUR, open: 7 * DAY }
const broadcastsAMonth = 40
const appLimit = { most: 4_000, within: MINUTE }

export interface ZaloApiPorts {
  oaId: string
  people: People
  tokens: ZaloTokens
  deliver: Deliver
  faults: Faults
  desk: Desk
  newId: () => string
  now: Clock
  /** Another one than Zalo's 4,000 a minute. */
  rateLimit?: RateLimit | undefined
}

/** Zalo's calls: OA API v3.0 and v2.0 as far as our server uses them, OAuth v4. Refusals are HTTP 200 with `error` below 0. */
export function zaloApi({ oaId, people, tokens, deliver, faults, desk, newId, now, rateLimit = appLimit }: ZaloApiPorts): Hono<NodeEnv> {
  const rate = new Rate(rateLimit, now)
  const app = new Hono<NodeEnv>()
  app.use(bodyLimit({ maxSize: 256 * 1024 }))
  app.use(faulty(faults, kindOf, {
    throttled: (c) => refuse(c, -32),
    failed: (c, code) => (kindOf(c) === 'token' ? c.json({ error: code, error_name: messages.get(Number(code)) ?? 'Error', access_token: '', refresh_token: '' }) : refuse(c, Number(code))),
  }))

  app.get('/v4/oa/permission', (c) => {
    const { redirect_uri: redirect = '', code_challenge: challenge = '', state = '' } = c.req.query()
    if (!/^https?:\/\//.test(redirect)) return c.json({ error: '-14003', error_name: 'Invalid redirect uri' })
    return c.redirect(`${redirect}?${new URLSearchParams({ code: tokens.agree(challenge), oa_id: oaId, state })}`)
  })
  app.post('/v4/oa/access_token', async (c) => c.json(tokens.grant(await c.req.parseBody(), c.req.header('secret_key'))))

  const allowed: MiddlewareHandler<NodeEnv> = async (c, next) => {
    const wait = rate.take()
    c.header('X-RateLimit-Limit', String(rateLimit.most))
    c.header('X-RateLimit-Remain', String(Math.max(0, rate.left)))
    if (wait > 0) {
      desk.tally.tooFast++
      return refuse(c, -32)
    }
    const code = tokens.check(c.req.header('access_token'))
    return code === 0 ? next() : refuse(c, code)
  }
  app.use('/:version{v[23]\\.0}/oa/*', allowed)
  app.use('/v2.0/article/*', allowed)
  app.route('/', zaloArticles({ desk, newId, now }))
  app.post('/v3.0/oa/message/cs', async (c) => {
    const body = await c.req.json<unknown>().catch(() => null)
    const call = z.object({ recipient: z.object({ user_id: z.string() }), message: z.unknown() }).safeParse(body)
    const person = call.success ? people.find(call.data.recipient.user_id) : null
    if (!call.success || person === null) return refuse(c, -201, 'user_id')
    return send(c, person, call.data.message, body)
  })
  app.post('/v2.0/oa/message', async (c) => {
    const body = await c.req.json<unknown>().catch(() => null)
    const reaction = z.object({ recipient: z.object({ user_id: z.string() }), sender_action: z.object({ react_icon: z.string(), react_message_id: z.string() }) }).safeParse(body)
    if (isBroadcast(body)) return broadcast(c, body)
    if (reaction.success) return c.json({ error: 0, message: 'Success', data: { message_id: newId() } })
    const call = z.object({ recipient: z.object({ anonymous_id: z.string(), conversation_id: z.string() }), message: z.unknown() }).safeParse(body)
    if (!call.success) return refuse(c, -240)
    const person = people.find(call.data.recipient.anonymous_id)
    return person === null ? refuse(c, -201, 'anonymous_id') : send(c, person, call.data.message, body)
  })
  app.post('/v3.0/oa/message/template', async (c) => {
    const body = await c.req.json<unknown>().catch(() => null)
    const call = z.strictObject({ user_id: z.string(), template_id: z.string(), template_data: z.record(z.string(), z.string().max(1_000)) }).safeParse(body)
    const person = call.success ? people.find(call.data.user_id) : null
    if (!call.success || person === null) return refuse(c, -201, 'user_id')
    const { template_id: template, template_data: data } = call.data
    if (!desk.templates.has(template)) return refuse(c, -249)
    if (person.gone) return refuse(c, -213)
    const [id, at] = [newId(), now()]
    deliver(person, { text: `[${template}] ${Object.values(data).join(' · ')}`, buttons: [], media: null, quotes: null, id, at, billed: true, body })
    return c.json({ error: 0, message: 'Success', data: { message_id: id, user_id: person.userId, sent_time: String(at) } })
  })
  app.get('/v2.0/oa/getoa', (c) => c.json({
    error: 0, message: 'Success',
    data: { oa_id: oaId, name: 'OA tập dượt', is_verified: true, oa_type: 2, num_follower: 0, package_name: 'Nâng cao', package_valid_through_date: '31/12/2099' },
  }))
  app.all('/:version{v[234](?:\\.0)?}/oa/*', (c) => c.json({ error: 404, message: 'empty or invalid API' }, 404))
  return app

  /** To every follower: refused by night and from the 41st in a month on; who had one today gets none. */
  function broadcast(c: Context, { message: { attachment: { payload: { elements: [element] } } } }: Broadcast): Response {
    const at = now()
    const { hour } = vietnamTime(at)
    if (hour >= 22 || hour < 6) return refuse(c, -234)
    const month = vietnamDay(at).slice(0, 7)
    if (desk.publications.all.filter((each) => each.kind === 'broadcast' && vietnamDay(each.at).startsWith(month)).length >= broadcastsAMonth) return refuse(c, -211)
    const article = desk.publications.find(element.attachment_id)
    if (article?.kind !== 'article') return refuse(c, -201, 'attachment_id')
    const { id } = desk.publications.add({ id: newId(), at, kind: 'broadcast', text: article.text, title: article.title, shows: article.id })
    return c.json({ error: 0, message: 'Success', data: { message_id: id } })
  }

  function send(c: Context, person: Person, raw: unknown, body: unknown): Response {
    const shown = readZaloMessage(raw)
    if ('error' in shown) return refuse(c, shown.error, shown.what)
    const closed = whyClosed(person, now())
    if (closed !== 0) return refuse(c, closed)
    if (shown.quotes !== null && !person.entries.some(({ id }) => id === shown.quotes)) return refuse(c, -201, 'quote_message_id')
    const at = now()
    const billed = at - person.lastActAt! > windows.free
    const id = newId()
    deliver(person, { ...shown, id, at, billed, body })
    return c.json({
      error: 0, message: 'Success',
      data: { message_id: id, user_id: person.userId, sent_time: String(at), ...(!billed && { quota: { quota_type: 'reply' } }) },
    })
  }
}

/** 0 while the OA may write to this person. */
function whyClosed({ gone, lastActAt }: Person, now: Millis): 0 | -213 | -230 | -232 {
  if (gone) return -213
  if (lastActAt === null) return -232
  return now - lastActAt > windows.open ? -230 : 0
}

function kindOf(c: Context): CallKind {
  if (c.req.path === '/v4/oa/access_token') return 'token'
  return c.req.method === 'POST' && c.req.path.includes('/oa/message') ? 'send' : 'other'
}

/** Our words, not Zalo's: a caller goes by the number. */
const messages: ReadonlyMap<number, string> = new Map([
  [-32, 'The app or OA exceeded its requests per minute'],
  [-201, 'A parameter is invalid'],
  [-210, 'A parameter is above its limit'],
  [-213, 'The user does not follow the OA'],
  [-216, 'Access token is invalid'],
  [-220, 'Access token has expired'],
  [-230, 'The user has not interacted with the OA in the past 7 days'],
  [-232, 'The user has not interacted with the OA'],
  [-211, 'The quota is used up'],
  [-214, 'The article is being processed'],
  [-233, 'This kind of message is not supported'],
  [-234, 'This kind of message cannot be sent by night'],
  [-249, 'The template cannot be sent to a user id'],
  [-240, 'This API is closed, use v3.0'],
])

function refuse(c: Context, error: number, what = ''): Response {
  const message = messages.get(error) ?? 'Error'
  return c.json({ error, message: what === '' ? message : `${message}: ${what}` })
}
