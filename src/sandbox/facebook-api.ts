import { createHmac } from 'node:crypto'
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { DAY, HOUR, MINUTE, SECOND, type Clock } from '../core/time.ts'
import type { FacebookCommentsStandIn } from './facebook-comments.ts'
import { facebookAction, facebookSend, facebookUtility, shownByMessenger, type FacebookSend, type FacebookUtility } from './facebook-message.ts'
import { facebookPosts } from './facebook-posts.ts'
import { facebookProfile, webhookFields, type FacebookProfile } from './facebook-profile.ts'
import { faulty, type CallKind, type Faults, type NodeEnv } from './faults.ts'
import type { People } from './people.ts'
import type { Person } from './person.ts'
import type { Deliver, Desk } from './platform.ts'
import { Rate, type RateLimit } from './rate.ts'
import type { SandboxSecrets } from './secrets.ts'

const windows = { standard: 24 * HOUR, humanAgent: 7 * DAY }
const limits = { sends: { most: 300, within: SECOND }, profile: { most: 10, within: 10 * MINUTE } }

export interface FacebookApiPorts {
  page: SandboxSecrets['facebook']
  people: People
  deliver: Deliver
  faults: Faults
  desk: Desk
  comments: FacebookCommentsStandIn
  newId: () => string
  now: Clock
  /** Told of each profile that was taken. */
  profileChanged: (profile: FacebookProfile) => void
  /** Another one for sends than Meta's 300 a second. */
  rateLimit?: RateLimit | undefined
}

/** The Graph API as far as our server uses it: messages, the Messenger profile, webhook subscriptions of one page. */
export function facebookApi({ page, people, deliver, faults, desk, comments, newId, now, profileChanged, rateLimit = limits.sends }: FacebookApiPorts): Hono<NodeEnv> {
  const rates = { sends: new Rate(rateLimit, now), profile: new Rate(limits.profile, now) }
  const proof = createHmac('sha256', page.appSecret).update(page.pageToken).digest('hex')
  let subscribed = [...webhookFields]
  let profile: FacebookProfile = {}

  const app = new Hono<NodeEnv>()
  app.use(bodyLimit({ maxSize: 1024 * 1024 }))
  app.use(faulty(faults, kindOf, {
    throttled: (c, wait) => throttled(c, wait),
    failed(c, code) {
      const [number, subcode] = code.split('/').map(Number)
      return refuse(c, number ?? 1, subcode)
    },
  }))
  app.use('/:version{v\\d+\\.\\d+}/*', async (c, next) => {
    const given = { ...c.req.query(), ...(c.req.method === 'POST' ? await bodyOf(c) : {}) }
    const token = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? given['access_token']
    if (token !== page.pageToken) return refuse(c, 190)
    return given['appsecret_proof'] === proof ? next() : refuse(c, 100, undefined, 'appsecret_proof')
  })

  const edge = (name: string): string => `/:version{v\\d+\\.\\d+}/:id{(${page.pageId}|me)}/${name}`
  app.post(edge('messages'), async (c) => {
    const body = await bodyOf(c)
    const wait = rates.sends.take()
    if (wait > 0) {
      desk.tally.tooFast++
      return throttled(c, wait)
    }
    const utility = facebookUtility.safeParse(body)
    if (utility.success) return sendTemplate(c, utility.data, body)
    const action = facebookAction.safeParse(body)
    if (action.success) return c.json({ recipient_id: action.data.recipient.id })
    const replied = comments.replied(c, body, deliver, (code, subcode) => refuse(c, code, subcode))
    if (replied !== null) return replied
    const call = facebookSend.safeParse(body)
    return call.success ? send(c, call.data, body) : refuse(c, 100, undefined, call.error.issues[0]?.path.join('.'))
  })
  app.post(edge('messenger_profile'), async (c) => {
    const wait = rates.profile.take()
    if (wait > 0) return throttled(c, wait)
    const given = facebookProfile.safeParse(await bodyOf(c))
    if (!given.success) return refuse(c, 100, undefined, given.error.issues[0]?.path.join('.'))
    const next = { ...profile, ...given.data }
    if (next.persistent_menu !== undefined && next.get_started === undefined) return refuse(c, 100, undefined, 'get_started')
    profile = next
    profileChanged(profile)
    return c.json({ result: 'success' })
  })
  app.get(edge('messenger_profile'), (c) => c.json({ data: [profile] }))
  app.get(edge('subscribed_apps'), (c) => c.json({ data: [{ id: page.appId, name: 'Cẩm nang số (tập dượt)', subscribed_fields: subscribed }] }))
  app.post(edge('subscribed_apps'), async (c) => {
    const fields = String((await bodyOf(c))['subscribed_fields'] ?? c.req.query('subscribed_fields') ?? '').split(',')
    if (!fields.every((field) => webhookFields.has(field))) return refuse(c, 100, undefined, 'subscribed_fields')
    subscribed = fields
    return c.json({ success: true })
  })
  app.route('/', comments.routes(bodyOf, refuse))
  app.route('/', facebookPosts({ pageId: page.pageId, desk, newId, now, bodyOf }))
  app.all('/:version{v\\d+\\.\\d+}/*', (c) => refuse(c, 100, 33))
  return app

  function send(c: Context, call: FacebookSend, body: unknown): Response {
    const person = people.find(call.recipient.id)
    if (person === null) return refuse(c, 100, 2018001)
    if (person.gone) return refuse(c, 551, 1545041)
    if (isClosed(person, call)) return refuse(c, 10, 2018278)
    if (call.reply_to !== undefined && !person.entries.some(({ id }) => id === call.reply_to!.mid)) return refuse(c, 100, undefined, 'reply_to')
    const id = newId()
    deliver(person, { ...shownByMessenger(call), id, at: now(), billed: false, body })
    return c.json({ recipient_id: person.userId, message_id: id })
  }

  /** Outside the window too, but only what was approved. */
  function sendTemplate(c: Context, { recipient, message: { template } }: FacebookUtility, body: unknown): Response {
    const person = people.find(recipient.id)
    if (person === null) return refuse(c, 100, 2018001)
    if (person.gone) return refuse(c, 551, 1545041)
    if (!desk.templates.has(template.name)) return refuse(c, 100, undefined, 'template')
    const id = newId()
    const words = template.components.flatMap(({ parameters }) => parameters.map(({ text }) => text))
    deliver(person, { text: `[${template.name}] ${words.join(' · ')}`, buttons: [], media: null, quotes: null, id, at: now(), billed: false, body })
    return c.json({ recipient_id: person.userId, message_id: id })
  }

  function isClosed({ lastActAt }: Person, { tag }: FacebookSend): boolean {
    return lastActAt === null || now() - lastActAt > (tag === 'HUMAN_AGENT' ? windows.humanAgent : windows.standard)
  }

  function throttled(c: Context, wait: number): Response {
    const minutes = Math.ceil(wait / MINUTE)
    c.header('X-Business-Use-Case-Usage', JSON.stringify({ [page.pageId]: [{ type: 'messenger', call_count: 100, total_cputime: 25, total_time: 25, estimated_time_to_regain_access: minutes }] }))
    return refuse(c, 613)
  }
}

/** Empty for what is no JSON object. Hono keeps the body, so that it may be read again. */
async function bodyOf(c: Context): Promise<Record<string, unknown>> {
  const body = await c.req.json<unknown>().catch(() => null)
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
}

const kindOf = (c: Context): CallKind => (c.req.method === 'POST' && c.req.path.endsWith('/messages') ? 'send' : 'other')

/** Our words, not Meta's: a caller goes by the numbers. */
const messages: ReadonlyMap<number, string> = new Map([
  [10, 'This message is sent outside of allowed window'],
  [100, 'Invalid parameter'],
  [190, 'Invalid OAuth access token'],
  [551, 'This person is not available right now'],
  [613, 'Calls to this API have exceeded the rate limit'],
])

function refuse(c: Context, code: number, subcode?: number, what?: string): Response {
  const message = messages.get(code) ?? 'An error occurred'
  return c.json({
    error: {
      message: `(#${code}) ${message}${what === undefined ? '' : `: ${what}`}`,
      type: code === 100 ? 'GraphMethodException' : 'OAuthException',
      code,
      ...(subcode !== undefined && { error_subcode: subcode }),
      fbtrace_id: 'AsandboxTrace',
    },
  }, code === 1 || code === 2 ? 500 : 400)
}
