import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as z from 'zod'
import { DAY, HOUR, MINUTE, type Clock, type Millis } from '../core/time.ts'
import { faulty, type CallKind, type Faults, type NodeEnv } from './faults.ts'
import type { People } from './people.ts'
import type { Person } from './person.ts'
import type { Deliver } from './platform.ts'
import { Rate } from './rate.ts'
import { readZaloMessage } from './zalo-message.ts'
import type { ZaloTokens } from './zalo-tokens.ts'

const windows = { free: 48 * HOUR, open: 7 * DAY }
const appLimit = { most: 4_000, within: MINUTE }

export interface ZaloApiPorts {
  oaId: string
  people: People
  tokens: ZaloTokens
  deliver: Deliver
  faults: Faults
  newId: () => string
  now: Clock
}

/** Zalo's calls: OA API v3.0 and v2.0 as far as our server uses them, OAuth v4. Refusals are HTTP 200 with `error` below 0. */
export function zaloApi({ oaId, people, tokens, deliver, faults, newId, now }: ZaloApiPorts): Hono<NodeEnv> {
  const rate = new Rate(appLimit, now)
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

  app.use('/:version{v[23]\\.0}/oa/*', async (c, next) => {
    const wait = rate.take()
    c.header('X-RateLimit-Limit', String(appLimit.most))
    c.header('X-RateLimit-Remain', String(Math.max(0, rate.left)))
    if (wait > 0) return refuse(c, -32)
    const code = tokens.check(c.req.header('access_token'))
    return code === 0 ? next() : refuse(c, code)
  })
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
    if (reaction.success) return c.json({ error: 0, message: 'Success', data: { message_id: newId() } })
    const call = z.object({ recipient: z.object({ anonymous_id: z.string(), conversation_id: z.string() }), message: z.unknown() }).safeParse(body)
    if (!call.success) return refuse(c, -240)
    const person = people.find(call.data.recipient.anonymous_id)
    return person === null ? refuse(c, -201, 'anonymous_id') : send(c, person, call.data.message, body)
  })
  app.get('/v2.0/oa/getoa', (c) => c.json({
    error: 0, message: 'Success',
    data: { oa_id: oaId, name: 'OA tập dượt', is_verified: true, oa_type: 2, num_follower: 0, package_name: 'Nâng cao', package_valid_through_date: '31/12/2099' },
  }))
  app.all('/:version{v[234](?:\\.0)?}/oa/*', (c) => c.json({ error: 404, message: 'empty or invalid API' }, 404))
  return app

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
  [-233, 'This kind of message is not supported'],
  [-240, 'This API is closed, use v3.0'],
])

function refuse(c: Context, error: number, what = ''): Response {
  const message = messages.get(error) ?? 'Error'
  return c.json({ error, message: what === '' ? message : `${message}: ${what}` })
}
